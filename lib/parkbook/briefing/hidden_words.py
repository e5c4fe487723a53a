"""What is there and is no number, in words: why it is none, of which months, of how many enterprises or projects.

9月当月工业投资存疑；企业融资金额及其增速按保密规定不对外列示；3家企业主营业务收入缺报，1家企业税收及其增速原表隐去
"""

from __future__ import annotations

from collections.abc import Sequence

from parkbook.briefing import tables
from parkbook.briefing.claims import Sentence
from parkbook.briefing.hidden_states import all_confidential, state_words, states_said
from parkbook.briefing.sections import Section
from parkbook.briefing.view import ParkView
from parkbook.briefing.wording import same_time, span_words
from parkbook.codelists import label_zh
from parkbook.model import Observation, ObsStatus, SourceKind, Transformation
from parkbook.periods import Basis

HIDDEN_NAMES = 4
"""Names of hidden figures in a sentence; the annex lists all."""
SUBJECT_NOUNS = (("地块", "宗地块"), ("项目", "个项目"), ("企业", "家企业"), ("培育", "家企业"), ("基金", "家企业"))
"""What the lines of a ledger are, by a word of its name."""


def hidden_sentence(view: ParkView, part: Section, *, spoken: bool) -> Sentence:
    """One sentence that names what is not shown, of whom and of which kind, without guessing; empty where all is shown."""
    hidden = view.section_hidden(part)
    if not hidden:
        return Sentence()
    own = _names(view, [o for o in hidden if not o.subject])
    of_others = _names(view, [o for o in hidden if o.subject])
    head = Sentence("另有" if spoken else "本部分")
    names = list(dict.fromkeys(name.text for name, _ in (*own, *of_others)))
    if len(names) > HIDDEN_NAMES and not view.own:
        head.extend(_first([name for name, _ in (*own, *of_others)]))
        return head.say(f"等{len(names)}项指标共{len(hidden)}条{states_said(hidden)}，不作推测，清单见附件。")
    closing = "" if all_confidential(hidden) else "，不作推测"
    head.extend(Sentence.join([*_by_state(own), *_by_state(of_others)], "；"))
    return head.say(f"{closing}，清单见附件。")


def listed_in(view: ParkView, observation: Observation, text: str) -> bool:
    """Whether a document that says `text` speaks of the figure: its indicator, and whom it is of where that is one among many."""
    name = tables.listed_name(observation, view.catalogue, tables.masked_names(view.hidden))
    noun = _noun(observation)
    return noun + _beside(noun, name) in text if observation.subject else name in text


def _beside(noun: str, name: str) -> str:
    """估值 of 企业估值 behind 9家企业."""
    return name[2:] if noun.endswith(name[:2]) else name


def _first(names: Sequence[Sentence]) -> Sentence:
    """The first names, each once."""
    return Sentence.join(list({name.text: name for name in reversed(names)}.values())[::-1][:HIDDEN_NAMES], "、")


def _by_state(named: Sequence[tuple[Sentence, str]]) -> list[Sentence]:
    """甲、乙存疑: the names under each state, the first few of them."""
    groups: dict[str, list[Sentence]] = {}
    for name, state in named:
        groups.setdefault(state, []).append(name)
    return [
        _first(names).say((f"等{len(names)}项" if len(names) > HIDDEN_NAMES else "") + state)
        for state, names in groups.items()
    ]


def _names(view: ParkView, hidden: Sequence[Observation]) -> list[tuple[Sentence, str]]:
    """(what, state) of each indicator and time, once for its level and its rates."""
    groups: dict[tuple[str, str, str, str], list[Observation]] = {}
    for o in hidden:
        noun = _noun(o) if o.subject else ""
        groups.setdefault((o.indicator_id, noun, _time(view, o), state_words(o)), []).append(o)
    return [(_name(view, members, noun, time), state) for (_, noun, time, state), members in groups.items()]


def _time(view: ParkView, o: Observation) -> str:
    """9月当月, 上半年: the months of a figure that are not those of the page; of a doubted one always."""
    period = view.period
    if not view.own or period is None or not period.known or not o.period.known or o.period.end is None:
        return ""
    if same_time(o.period, period) and o.obs_status is not ObsStatus.DOUBTFUL:
        return ""
    if o.period.basis is Basis.MONTH:
        year = "" if period.end is not None and o.period.end.year == period.end.year else f"{o.period.end.year}年"
        return f"{year}{o.period.end.month}月当月"
    return span_words(o.period, period) if not same_time(o.period, period) or o.period.basis is Basis.YTD else ""


def _name(view: ParkView, members: Sequence[Observation], noun: str, time: str) -> Sentence:
    """规上工业总产值的总量, where its growth is known; 企业融资金额及其增速; 3家企业主营业务收入."""
    first = members[0]
    name = time + tables.listed_name(first, view.catalogue, tables.masked_names(view.hidden))
    said = Sentence()
    if noun:
        name = _beside(noun, name)
        subjects = list(dict.fromkeys(o.subject for o in members))
        said.count(len(subjects), noun, f"{name}{state_words(first)}", subjects)
    return said.say(name + _form(view, members))


def _form(view: ParkView, members: Sequence[Observation]) -> str:
    """及其增速, 的增速, 的总量: which of the indicator's figures they are."""
    first = members[0]
    kinds = list(dict.fromkeys(o.transformation for o in members))
    rest = "、".join(label_zh(kind) for kind in kinds if kind is not Transformation.LEVEL)
    if Transformation.LEVEL not in kinds:
        return f"的{rest}"
    if rest:
        return f"及其{rest}"
    if first.subject or first.period.basis is Basis.MONTH:
        return ""
    told = any(row.is_numeric and row.indicator.id == first.indicator_id for row in view.rows)
    if told and first.obs_status is ObsStatus.DOUBTFUL and first.period.basis is Basis.YTD:
        return "的累计数"
    return "的总量" if told else ""


def _noun(observation: Observation) -> str:
    """家企业, 个项目, by the ledger whose line it is."""
    title = observation.source.title if observation.source.kind is SourceKind.LEDGER else ""
    return next((noun for word, noun in SUBJECT_NOUNS if word in title), "个企业或项目")
