"""Cheap looks before patterns (an ending, a sign) agree with the patterns that they stand before.

Each guard is held against the words that its pattern can match, made from the pattern itself, and then all texts of the tests,
and texts cut and joined from them, are read with the guard and without: a pattern that is changed without its guard fails here.
"""

from __future__ import annotations

import importlib
import random
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from parkbook.sources.text import extract as reader
from parkbook.sources.text import (
    grammar,
    heads,
    introduced,
    items,
    labels,
    lex,
    modality,
    names,
    naming,
    parts,
    phrases,
    quoted,
    spoken,
    typed,
    values,
    verbs,
    when,
)
from parkbook.sources.text.kinds import KINDS_OF_BUSINESS, THINGS
from parkbook.sources.text.wordlists import Ending, Kinds

_parser: Any = importlib.import_module("re._parser")
_HERE = Path(__file__).parent
_WORDS = 300
"""How many words are made by chance of each pattern, besides those that show each of its choices."""


# ---------------------------------------------------------------- words that a pattern matches
def words_of(pattern: re.Pattern[str]) -> set[str]:
    """Words that a pattern matches, between them every alternative, sign and number of repetitions that it lists."""
    tree = _parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)
    chance = random.Random(1)
    made = {*_cover(tree), *("".join(_some(tree, chance)) for _ in range(_WORDS))}
    found = (
        pattern.search(word) or pattern.search(word + "某某某某") or pattern.search(word + "完成") for word in made
    )
    return {one[0] for one in found if one is not None and one[0]}


def _signs(members: Iterable[tuple[Any, Any]]) -> list[str]:
    signs: list[str] = []
    for kind, value in members:
        name = str(kind)
        if name == "NEGATE":
            return ["某"]
        if name == "LITERAL":
            signs.append(chr(value))
        elif name == "RANGE":
            low, high = value
            signs += map(chr, range(low, high + 1) if high - low < 100 else [ord("某")])
        else:
            signs.append({"CATEGORY_DIGIT": "3", "CATEGORY_SPACE": " ", "CATEGORY_WORD": "某"}.get(str(value), "某"))
    return signs


def _inner(name: str, value: Any) -> Any:
    """The pattern inside a group or a repetition."""
    return value[-1] if name in ("SUBPATTERN", "MAX_REPEAT", "MIN_REPEAT") else value


def _cover(tree: Any) -> list[str]:
    """Every choice at least once, the others at their first."""
    columns = [_choices(str(kind), value) for kind, value in tree]
    plain = [column[0] for column in columns]
    made = ["".join(plain)]
    for place, column in enumerate(columns):
        made += ["".join((*plain[:place], one, *plain[place + 1 :])) for one in column[1:]]
    return made


def _choices(name: str, value: Any) -> list[str]:
    if name == "LITERAL":
        return [chr(value)]
    if name in ("ANY", "NOT_LITERAL"):
        return ["某"]
    if name == "IN":
        return _signs(value)
    if name == "BRANCH":
        return [one for branch in value[1] for one in _cover(branch)]
    if name in ("MAX_REPEAT", "MIN_REPEAT"):
        least, most, inner = value
        once = _cover(inner)
        found = ["".join([one] * max(least, 1)) for one in once] if most else [""]
        return ["", *found] if least == 0 else found
    return _cover(_inner(name, value)) if name == "SUBPATTERN" else [""]


def _some(tree: Any, chance: random.Random) -> Iterator[str]:
    """One word by chance."""
    for kind, value in tree:
        name = str(kind)
        if name == "BRANCH":
            yield from _some(chance.choice(value[1]), chance)
        elif name in ("MAX_REPEAT", "MIN_REPEAT"):
            least, most, inner = value
            for _ in range(chance.randint(least, min(int(most), least + 2))):
                yield from _some(inner, chance)
        elif name == "SUBPATTERN":
            yield from _some(_inner(name, value), chance)
        else:
            yield chance.choice(_choices(name, value))


def test_words_are_made_of_every_choice() -> None:
    assert words_of(re.compile(r"(?:增|降)[至到]?(?<!降)的?\Z")) >= {"增", "增至", "增到", "增的"}


# ---------------------------------------------------------------- guards against words
ENDINGS: list[tuple[str, re.Pattern[str], Iterable[str]]] = [
    *((f"rule {rule.name} {place}", rule.pattern, rule.ends) for place, rule in enumerate(grammar.RULES) if rule.ends),
    ("led", values._LED, values._LEADING),
    ("each", values._EACH, values._LEADING),
    ("within", spoken._IN_IT, "中"),
    ("mainly", spoken._MAIN, "中"),
    ("towards", spoken._TOWARDS, ("而言", "来说")),
    ("came about", introduced._CAME_ABOUT, introduced._HAPPENS),
    ("base", when._BASE_BEFORE, when._BASE_SIGNS),
    ("whole", spoken._IN_IT, spoken._ENDS_WHOLE),
    ("made of", spoken._MADE_OF, spoken._ENDS_WHOLE),
    ("offices", names._OFFICES, names._OFFICE_ENDS),
    ("organs", names._ORGAN, names._OFFICE_ENDS),
    ("part alone", names._PART_ALONE, names._PART_ENDS),
]
BEGINNINGS: list[tuple[str, re.Pattern[str], Iterable[str]]] = [
    ("suffix", grammar.SUFFIX, grammar.SUFFIX_STARTS),
    ("leaning", introduced._LEANING, (*introduced._LEANS, "主要")),
    ("lead", heads._LEAD, heads._LEADS),
    ("opens", heads.OPENS, heads._OPENING),
    ("whole", names.WHOLE, names.WHOLE_BEGINS),
    ("going", names._GOING, names._GOES),
    ("verbs", verbs.BEGINS, verbs.BEGINNING),
    ("anaphor", items._ANAPHOR, items._MAY_MEAN),
    ("this", items._THIS, items._MAY_MEAN),
    ("threshold", modality._THRESHOLD_AFTER, modality._LIMITING),
    ("lead of a phrase", phrases._LEAD, phrases._LEADS),
    ("aspect", phrases.ASPECT, phrases.ASPECTS),
]
CONTENTS: list[tuple[str, re.Pattern[str], Iterable[str]]] = [
    ("places", phrases.PLACE, phrases.PLACES),
    ("generic places", phrases.GENERIC_PLACE, phrases.PLACES),
    ("says who", parts._WHO, parts._SAYS_WHO),
    ("compared", spoken._COMPARED, "比"),
    ("this one", naming._THIS_ONE, "该"),
    ("behind", introduced._BEHIND, "的"),
    ("each", heads._EACH, ("各", "分别", "依次")),
    ("quoted", quoted._QUOTED, '“"'),
    ("place in front", heads._PLACE_FRONT, "区园"),
    ("narrowed", grammar._NARROWED, ("收窄", "扩大")),
    ("share of", labels.SHARE_OF, "占"),
    ("share in", labels._SHARE_IN, "全"),
    ("region", labels._REGION, ("全", "所在")),
]
ENDING_OBJECTS = [
    (f"{module.__name__.rsplit('.', 1)[1]}.{name}", value)
    for module in (grammar, heads, introduced, modality, names, naming, parts, phrases, spoken, typed, values)
    for name, value in vars(module).items()
    if isinstance(value, Ending)
]


def ids(listed: list[tuple[str, Any, Any]]) -> list[str]:
    return [row[0] for row in listed]


@pytest.mark.parametrize(("name", "pattern", "guard"), ENDINGS, ids=ids(ENDINGS))
def test_endings(name: str, pattern: re.Pattern[str], guard: Iterable[str]) -> None:
    words = words_of(pattern)
    assert words
    assert [word for word in words if not word.endswith(tuple(guard))] == []


@pytest.mark.parametrize(("name", "pattern", "guard"), BEGINNINGS, ids=ids(BEGINNINGS))
def test_beginnings(name: str, pattern: re.Pattern[str], guard: Iterable[str]) -> None:
    words = words_of(pattern)
    assert words
    assert [word for word in words if not word.startswith(tuple(guard))] == []


@pytest.mark.parametrize(("name", "pattern", "guard"), CONTENTS, ids=ids(CONTENTS))
def test_contents(name: str, pattern: re.Pattern[str], guard: Iterable[str]) -> None:
    words = words_of(pattern)
    assert words
    assert [word for word in words if not any(one in word for one in guard)] == []


@pytest.mark.parametrize(("name", "ending"), ENDING_OBJECTS, ids=[name for name, _ in ENDING_OBJECTS])
def test_last_signs(name: str, ending: Ending) -> None:
    """What the pattern finds, `search` finds."""
    words = words_of(ending.pattern)
    assert words
    assert [word for word in words if ending.search(word) is None] == []


@pytest.mark.parametrize("front", ["", "某", "加油", "工作", "年度"])
@pytest.mark.parametrize("kinds", [KINDS_OF_BUSINESS, THINGS], ids=["business", "things"])
def test_kinds(kinds: Kinds, front: str) -> None:
    """What the pattern finds, `of` finds, and nothing else."""
    said = [front + word for word in words_of(kinds.pattern)]
    said += [phrase[:-1] for phrase in said]
    expected = [one[0] if (one := kinds.pattern.search(phrase)) is not None else "" for phrase in said]
    assert any(expected)
    assert [kinds.of(phrase) for phrase in said] == expected


def test_words_that_say_a_basis() -> None:
    said = [pattern for _, pattern in (*modality._PRICES, *modality._FISCAL)] + [modality._COMPARABLE]
    assert [word for pattern in said for word in words_of(pattern) if modality._BASES.search(word) is None] == []


def test_words_that_compare() -> None:
    said = [pattern for _, pattern in grammar._COMPARISONS]
    assert [word for pattern in said for word in words_of(pattern) if grammar._COMPARING.search(word) is None] == []


def test_where_tokens_begin() -> None:
    """What a rule of the lexicon matches begins with a sign of its own, and with one that may follow that."""
    wrong = []
    for rule in lex.lexicon():
        for word in words_of(rule.pattern):
            if rule.pattern.match(word) is None or word[0] not in rule.starts:
                continue
            if len(word) > 1 and word[0] in lex._FOLLOWED and word[1] not in lex._FOLLOWED[word[0]]:
                wrong.append((rule.name, word))
    assert wrong == []


# ---------------------------------------------------------------- texts with and without guards
def _flat(entry: Any) -> Iterator[str]:
    if isinstance(entry, str):
        yield entry
    elif isinstance(entry, (dict, list)):
        for one in entry.values() if isinstance(entry, dict) else entry:
            yield from _flat(one)


@lru_cache(maxsize=1)
def texts() -> tuple[str, ...]:
    """All labelled sentences and specimens, and clauses of them in any order, cut and joined."""
    own = [text for file in sorted(_HERE.glob("scopes*.yaml")) for text, _ in yaml.safe_load(file.read_text("utf-8"))]
    specimens = yaml.safe_load((_HERE / "specimens.yaml").read_text("utf-8"))
    own += [specimen for entries in specimens.values() for specimen, _ in entries]
    chance = random.Random(20261122)
    clauses = [clause for text in own for clause in re.split(r"(?<=[，,、；。：（）\n])", text) if clause]
    cut = [clause[chance.randrange(len(clause)) :] for clause in clauses]
    mixed = ["".join(chance.choices(clauses + cut, k=6)) for _ in range(200)]
    return (*own, *mixed)


class _All(frozenset[str]):
    """A set that has every sign, and shares one with any words."""

    def __contains__(self, sign: object) -> bool:
        return True

    def isdisjoint(self, other: Iterable[object]) -> bool:
        return False


_CACHED = [
    value
    for module in (
        grammar,
        heads,
        introduced,
        lex,
        modality,
        names,
        naming,
        parts,
        phrases,
        spoken,
        typed,
        values,
        when,
    )
    for value in vars(module).values()
    if hasattr(value, "cache_clear")
]


def _forget() -> None:
    for cached in _CACHED:
        cached.cache_clear()


def _read() -> list[str]:
    _forget()
    return [repr(reader.extract_text(text).figures) for text in texts()]


@lru_cache(maxsize=1)
def guarded() -> list[str]:
    return _read()


def _without_endings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        grammar,
        "_RULES_BY_UNIT",
        {kind: tuple(replace(rule, ends="") for rule in rules) for kind, rules in grammar._RULES_BY_UNIT.items()},
    )


def _sets(module: Any, name: str, value: Any) -> Callable[[pytest.MonkeyPatch], None]:
    return lambda monkeypatch: monkeypatch.setattr(module, name, value)


WITHOUT: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "rule endings": _without_endings,
    "suffix": _sets(grammar, "SUFFIX_STARTS", _All()),
    "comparing": _sets(grammar, "_COMPARING", re.compile("")),
    "leading": _sets(values, "_LEADING", _All()),
    "places": _sets(phrases, "PLACES", _All()),
    "says who": _sets(parts, "_SAYS_WHO", _All()),
    "bases": _sets(modality, "_BASES", re.compile("")),
    "base signs": _sets(when, "_BASE_SIGNS", _All()),
    "plain numbers": _sets(lex, "_PLAIN", re.compile("(?!)")),
    "plain masks": _sets(lex, "_PLAIN_MASK", re.compile("(?!)")),
    "happens": _sets(introduced, "_HAPPENS", ("",)),
    "lead": _sets(heads, "_LEADS", _All()),
    "opening": _sets(heads, "_OPENING", _All()),
    "lead of a phrase": _sets(phrases, "_LEADS", _All()),
    "threshold": _sets(modality, "_LIMITING", _All()),
    "meant": _sets(items, "_MAY_MEAN", _All()),
    "parts of firms": _sets(names, "_PART_ENDS", _All()),
    "leans": _sets(introduced, "_LEANS", ("",)),
    "kinds": _sets(Kinds, "of", lambda self, phrase: (self.pattern.search(phrase) or [""])[0]),
    "endings": _sets(Ending, "search", lambda self, words: self.pattern.search(words)),
}


@pytest.mark.parametrize("guard", WITHOUT)
def test_reading_without(guard: str, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = guarded()
    WITHOUT[guard](monkeypatch)
    try:
        found = _read()
    finally:
        monkeypatch.undo()
        _forget()
    assert [text for text, one, other in zip(texts(), found, expected, strict=True) if one != other] == []


@pytest.mark.parametrize("name", ["_PLAIN", "_PLAIN_MASK"])
def test_plain_numbers_are_the_same_tokens(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each unit of the plain numbers and masks before what may follow it."""
    behind = (
        "",
        "，",
        "的",
        "级",
        "以上",
        "企业",
        "/亩",
        "-5%",
        "至5元",
        "左右",
        "次",
        "元",
        "人",
        "月",
        "区",
        "工",
        "多家",
        "分之一",
        "均",
        "3",
    )
    before = ("", "第", "近", "增长", "A", "比", "1-")
    made = [
        front + word + after for word in sorted(words_of(getattr(lex, name))) for front in before for after in behind
    ]
    expected = [[(token.start, token.end, token.rule) for token in lex.tokenise(text)] for text in made]
    monkeypatch.setattr(lex, name, re.compile("(?!)"))
    lex._by_character.cache_clear()
    found = [[(token.start, token.end, token.rule) for token in lex.tokenise(text)] for text in made]
    lex._by_character.cache_clear()
    assert [text for text, one, other in zip(made, found, expected, strict=True) if one != other] == []
