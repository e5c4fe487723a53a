"""The frameworks under `data/frameworks/`: one file each, found by id, name, short name or alias."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from parkbook.catalogue import Catalogue
from parkbook.comparison.scoring.inputs import folded
from parkbook.comparison.scoring.schema import Framework, Reading
from parkbook.datafiles import read_model, require_same_name
from parkbook.errors import Finding, UnknownCodeError, did_you_mean
from parkbook.project import data_directory
from parkbook.units import parse_unit

FOLDER: Final = "frameworks"


def read_framework(path: Path) -> Framework:
    """One file; DataError with field and problem when it does not satisfy the schema."""
    framework = read_model(Framework, path, what="评价体系文件不合规则", remedy="按 docs/frameworks.md 的格式修改")
    require_same_name(framework.id, path, what="评价体系的代码与文件名不同")
    return framework


@lru_cache(maxsize=4)
def _read(folder: Path) -> dict[str, Framework]:
    found = [read_framework(path) for path in sorted(folder.glob("*.yaml"))]
    return {framework.id: framework for framework in found}


def frameworks() -> dict[str, Framework]:
    """Every framework by id; read once per process."""
    return _read(data_directory() / FOLDER)


def get_framework(name: str, where: str = "") -> Framework:
    """The framework of an id, or of a Chinese name that only one has."""
    known = frameworks()
    if name in known:
        return known[name]
    wanted = folded(name)
    exact = [f for f in known.values() if wanted in {folded(n) for n in (f.id, f.name, f.short, *f.aliases)}]
    near = exact or [f for f in known.values() if wanted and (wanted in folded(f.name) or wanted in folded(f.short))]
    if len(near) == 1:
        return near[0]
    if near:
        cause = f"“{name}”可以指 {'、'.join(f'{f.id}（{f.short}）' for f in near)}"
    else:
        cause = did_you_mean(name, [*known, *(n for f in known.values() for n in (f.name, f.short, *f.aliases))])
    raise UnknownCodeError(
        f"没有评价体系“{name}”" if not near else f"评价体系“{name}”不唯一",
        where=where,
        expected="data/frameworks 下的代码，或只属于一个体系的名称",
        found=name,
        cause=cause,
        remedy="用 parkbook score --list 查看全部评价体系",
    )


def check_frameworks(catalogue: Catalogue) -> list[Finding]:
    """References of all frameworks to the catalogue and the list of units; an unreadable file raises."""
    findings: list[Finding] = []
    for framework in frameworks().values():
        where = f"data/frameworks/{framework.id}.yaml"
        for item in framework.items:
            findings += _unknown(item.catalogue, item.unit, f"{where} {item.id}", catalogue)
        for part in framework.ingredients:
            findings += _unknown(part.catalogue, part.unit, f"{where} {part.id}", catalogue)
    return findings


def _unknown(readings: Sequence[Reading], unit: str, where: str, catalogue: Catalogue) -> list[Finding]:
    """Readings of no indicator of the catalogue; the unit of a part that is read from it must be one that converts."""
    if readings:
        parse_unit(unit)
    return [
        Finding(
            what=f"未知的指标代码“{reading.indicator}”",
            where=where,
            cause=did_you_mean(reading.indicator, [indicator.id for indicator in catalogue]),
            remedy="改用指标目录中的代码",
            code="unknown_code",
        )
        for reading in readings
        if reading.indicator not in catalogue
    ]
