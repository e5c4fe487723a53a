"""Where a park stands among its peers, on what is comparable and of the same period; and its published ranks over the years."""

from __future__ import annotations

from dataclasses import dataclass

from parkbook.briefing.blocks import Block, Column, Run, Runs, present
from parkbook.briefing.claims import Sentence, bullets, words
from parkbook.briefing.comparison_parts import ahead_text, between_places, gap_text, shown_places, signed_text
from parkbook.briefing.format import arrow_text, number_text, value_text
from parkbook.briefing.tables import RIGHT, TableBuilder, unit_notes
from parkbook.briefing.view import ParkView
from parkbook.catalogue import Comparability, Direction
from parkbook.codelists import Audience
from parkbook.comparison.comparability import IndicatorComparison, compare
from parkbook.comparison.peers import PeerChoice, Position, Standing, choose_peers, standing
from parkbook.comparison.ranking import RankChange, published_ranks, rank_intervals
from parkbook.errors import ParkbookError
from parkbook.indicators.figures import FigureIndex
from parkbook.indicators.formulas import published
from parkbook.model import Observation, Transformation
from parkbook.observations.disclosure import disclosable
from parkbook.observations.doubtful import with_doubts
from parkbook.observations.duplicates import settled
from parkbook.observations.read import ParkData, read_context, read_park
from parkbook.periods import year_period
from parkbook.sources.park import Park, list_parks, park_folder, read_park_file

MOST_YEARS = 5


@dataclass(frozen=True)
class PeerView:
    """The park's view with its peers' figures."""

    view: ParkView
    choice: PeerChoice
    peers: dict[str, ParkData]

    def name(self, park_id: str) -> str:
        return self.view.name if park_id == self.view.data.park.id else self.peers[park_id].park.name

    @property
    def indexes(self) -> dict[str, FigureIndex]:
        """The park's first, then its peers'."""
        found = {self.view.data.park.id: FigureIndex(settled(self.view.data.observations))}
        for park_id, data in self.peers.items():
            found[park_id] = FigureIndex(settled(self._shown(data)))
        return found

    def _shown(self, data: ParkData) -> tuple[Observation, ...]:
        """For readers outside, only what a peer may give out."""
        if self.view.choices.audience is Audience.INTERNAL:
            return with_doubts(data.observations, data.findings)
        return disclosable(data, self.view.catalogue).observations

    @property
    def outside(self) -> frozenset[str]:
        """Synthetic parks are not ranked with real ones."""
        synthetic = self.view.data.park.synthetic
        return frozenset(park_id for park_id, data in self.peers.items() if data.park.synthetic is not synthetic)


def peer_view(view: ParkView) -> PeerView:
    """Choose and read the peers; one that cannot be read is left out (its own page says why)."""
    choice = choose_peers(view.data.park, _park_files(), view.choices.peers)
    found: dict[str, ParkData] = {}
    for park_id in choice.ids:
        try:
            found[park_id] = read_park(park_id)
        except ParkbookError:
            continue
    return PeerView(view, choice, found)


def _park_files() -> dict[str, Park]:
    """Every park.yaml that can be read."""
    found: dict[str, Park] = {}
    for park_id in list_parks():
        try:
            found[park_id] = read_park_file(park_folder(park_id))
        except ParkbookError:
            continue
    return found


def peers_part(view: ParkView) -> list[Block]:
    """One row for each figure in which the park is ranked among its peers; its published ranks below. Empty without either."""
    peers = peer_view(view)
    standings = _standings(peers)
    ranks = published_ranks(_ranked_by_then(view), view.data.park.id)
    blocks: list[Block] = []
    if standings:
        blocks += [_lead(peers, standings), *_table(peers, standings)]
    if ranks:
        blocks.append(bullets(_rank_sentence(view, change) for change in ranks))
    return blocks


def _ranked_by_then(view: ParkView) -> list[Observation]:
    """The park's own figures and those of published rankings, none of a time after the page's."""
    until = view.period.end if view.period is not None else None
    found = (*view.data.observations, *read_context().observations)
    return [o for o in found if until is None or o.period.end is None or o.period.end <= until]


def _standings(peers: PeerView) -> list[Standing]:
    """Levels and growth of the park's rows of the page's period, where it and a peer are comparable."""
    indexes, own = peers.indexes, peers.view.data.park.id
    found: list[Standing] = []
    seen: set[tuple[str, Transformation]] = set()
    for row in peers.view.rows:
        if row.indicator.comparability is Comparability.NONE or row.key.scope:
            continue
        for kind, value in ((Transformation.LEVEL, row.level), (Transformation.GROWTH, row.growth)):
            key = (row.indicator.id, kind)
            if value is None or not value.is_number or value.computed or key in seen or not row.period.known:
                continue
            seen.add(key)
            place = standing(compare(row.indicator, kind, row.period, indexes, peers.outside))
            if place is not None and place.of(own) is not None:
                found.append(place)
    return found


def _lead(peers: PeerView, standings: list[Standing]) -> Block:
    met = {p.entry.park_id for place in standings for p in place.positions} - {peers.view.data.park.id}
    names = "、".join(peers.name(park_id) for park_id in peers.peers if park_id in met)
    silent = len(peers.choice.ids) - len(met)
    text = f"可比园区的确定办法：{peers.choice.basis}。其中有同期可比数的为{names}共{len(met)}个"
    text += f"，另有{silent}个没有同期可比数" if silent else ""
    notes = {peers.view.data.park.note, *(data.park.note for data in peers.peers.values())}
    overlap = "有的园区相互重叠，只比名次和水平，不相加。" if any("重叠" in note for note in notes) else ""
    return words(f"{text}。名次按公布数计算，分母为含该园区在内的可比园区数。{overlap}", "note")


def _table(peers: PeerView, standings: list[Standing]) -> list[Block]:
    own = peers.view.data.park.id
    neutral = {place.compared.indicator.direction is Direction.NEUTRAL for place in standings}
    ahead = "高于" if neutral == {True} else "优于" if neutral == {False} else "优于或高于"
    builder = TableBuilder(
        f"{peers.view.name}与可比园区",
        [
            Column(label="指标", weight=2),
            Column(label="该园区", align=RIGHT, weight=1.3),
            Column(label="位次", align=RIGHT, weight=1),
            Column(label=ahead, align=RIGHT, weight=1.2),
            Column(label="中位数", align=RIGHT, weight=1.3),
            Column(label="与中位数之差", align=RIGHT, weight=1.5),
            Column(label="与第1位之差", weight=2.2),
        ],
    )
    for place in standings:
        position = place.of(own)
        if position is not None:
            builder.row(*_cells(peers, builder, place, position))
    shown = (o for place in standings for position in place.positions for o in _inputs(position))
    table = builder.build(
        notes=(
            *unit_notes(shown),
            f"“{ahead}”为位次在后的园区数与其余园区数之比，并列的按半个计{_neutral_words(ahead)}；中位数含该园区，"
            "与其之差按未取整的中位数计算",
            "位次后括号内为公布数的取整误差可能造成的名次，未注的不受取整影响",
        )
    )
    return present(table)


def _neutral_words(ahead: str) -> str:
    """What being ahead means of figures of which neither more nor less is better."""
    return "；不分优劣的指标按数值由高到低排位" if "高于" in ahead else ""


def _cells(peers: PeerView, builder: TableBuilder, place: Standing, position: Position) -> list[Runs | str]:
    compared, entry = place.compared, position.entry
    growing = compared.transformation is Transformation.GROWTH
    period = "" if compared.period.key == _page_period(peers) else f"（{compared.period.label_zh}）"
    return [
        compared.indicator.label_zh + ("同比" if growing else "") + period,
        builder.figure(entry.value, arrow_text(entry.value) if growing else value_text(entry.value)),
        f"{entry.rank}/{position.of}{_interval(compared, entry.park_id)}",
        ahead_text(position),
        builder.figure(place.median, signed_text(place.median, shown_places(compared))),
        builder.figure(position.to_median, gap_text(position.to_median, shown_places(compared))),
        _behind_best(builder, place, position, peers.name(place.positions[0].entry.park_id)),
    ]


def _behind_best(builder: TableBuilder, place: Standing, position: Position, best: str) -> Runs | str:
    """低26.2个百分点（北京经济技术开发区）."""
    if position.to_best is None:
        return "该园区为第1位"
    gap = gap_text(position.to_best, between_places(place.compared))
    return (*builder.figure(position.to_best, gap), Run(text=f"（{best}）"))


def _inputs(position: Position) -> tuple[Observation, ...]:
    return position.entry.value.inputs if position.entry.value is not None else ()


def _page_period(peers: PeerView) -> tuple[object, ...] | None:
    return peers.view.period.key if peers.view.period is not None else None


def _interval(compared: IndicatorComparison, park_id: str) -> str:
    span = next(item for item in rank_intervals(compared) if item.park_id == park_id)
    return "" if span.firm else f"（{span.best}—{span.worst}）"


def _rank_sentence(view: ParkView, change: RankChange) -> Sentence:
    """综合考核：公布的国家级经开区位次，2017年为第3位（共219个），2019年为第4位（共218个）."""
    shown = _shown_ranks(change)
    last = shown[-1]
    known = last.indicator_id in view.catalogue
    same = len({o.reported_label for o in shown}) == 1
    label = last.reported_label if same or not known else view.catalogue.get(last.indicator_id).label_zh
    sentence = Sentence(f"{label}：公布的{last.rank_scope}位次，")
    for number, o in enumerate(shown):
        value = published(o, None)
        sentence.say("，" if number else "").say(f"{o.period.label_zh}为第").figure(value, number_text(value)).say("位")
        sentence.say(f"（共{o.rank_denominator}个）" if o.rank_denominator else "（参评数未公布）")
    numbers = {o.rank_denominator for o in shown}
    if None in numbers:
        sentence.say("；参评数不全，位次的变化不能折算为分位的变化")
    elif len(numbers) > 1:
        sentence.say("；参评数不同，位次不能直接相减")
    return sentence.say("。")


def _shown_ranks(change: RankChange) -> tuple[Observation, ...]:
    """Yearly evaluations: the last years; ranks of a running year: the last, and that of a year before or else the one before."""
    whole = [
        o for o in change.ranks if o.period.start is not None and o.period.key == year_period(o.period.start.year).key
    ]
    if len(whole) == len(change.ranks):
        return change.ranks[-MOST_YEARS:]
    last = change.ranks[-1]
    year_before = [o for o in change.ranks if o.period.key == last.period.shift_years(-1).key]
    return (year_before[0] if year_before else change.ranks[-2], last)
