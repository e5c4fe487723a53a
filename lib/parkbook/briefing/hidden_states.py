"""Why a figure is no number, in words, and what stands over and below a list of such figures."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from parkbook.codelists import label_zh
from parkbook.model import Observation, ObsStatus, SourceKind

LEDGER_WORDS = {
    ObsStatus.MASKED: "原表隐去",
    ObsStatus.NOT_STATED: "原表未填数",
    ObsStatus.ERROR: "原表为错误值",
}
"""Why a cell of a ledger has no number, where a report would be said otherwise."""
KNOWN = frozenset({ObsStatus.CONFIDENTIAL, ObsStatus.DOUBTFUL, ObsStatus.ERROR})
"""Statuses of figures that the source does give."""


def state_words(observation: Observation) -> str:
    """缺报, 存疑, 按保密规定不对外列示; of a cell of a ledger 原表隐去."""
    usual = label_zh(observation.obs_status)
    ledger = observation.source.kind is SourceKind.LEDGER
    return LEDGER_WORDS.get(observation.obs_status, usual) if ledger else usual


def states_said(observations: Iterable[Observation]) -> str:
    """All states met, each once."""
    return "、".join(dict.fromkeys(state_words(o) for o in observations))


def hidden_note(observations: Iterable[Observation]) -> str:
    """What stands below a list of figures without a number: only of those that the source does not give is it said so."""
    met = {o.obs_status for o in observations}
    told = []
    if ObsStatus.DOUBTFUL in met:
        told.append("存疑的数台账已填，经核对不成立，核实前不采用")
    if ObsStatus.CONFIDENTIAL in met:
        told.append("按保密规定不对外列示的各项不列数字，也不由其他数推出")
    if ObsStatus.ERROR in met:
        told.append("单元格错误的无法读数")
    if met - KNOWN:
        told.append(f"{'其余' if told else '上述'}各项原文未给出数字，本文不作推测，也不计为零")
    return "；".join(told) + "。" if told else ""


def all_confidential(observations: Collection[Observation]) -> bool:
    """Whether it is only that readers outside are not shown them."""
    return bool(observations) and all(o.obs_status is ObsStatus.CONFIDENTIAL for o in observations)


def any_confidential(observations: Iterable[Observation]) -> bool:
    """Whether some of them are there and not shown to readers outside."""
    return any(o.obs_status is ObsStatus.CONFIDENTIAL for o in observations)


def hidden_title(observations: Collection[Observation]) -> str:
    """What the list of them is called."""
    if all_confidential(observations):
        return "不对外列示的指标"
    if any(o.obs_status in KNOWN for o in observations):
        return "没有可用数字的指标"
    return "未以数字公布的指标"
