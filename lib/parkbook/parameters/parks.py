"""The park folders, as far as parameters need them: which there are, and what a park.yaml sets."""

from __future__ import annotations

from typing import Any

from parkbook.datafiles import load_yaml
from parkbook.errors import ParameterError, UnknownCodeError, did_you_mean
from parkbook.project import parks_directory, relative_name


def known_parks() -> list[str]:
    """The ids of all park folders, with or without a park.yaml."""
    folder = parks_directory()
    if not folder.is_dir():
        return []
    return sorted(path.name for path in folder.iterdir() if path.is_dir() and not path.name.startswith((".", "_")))


def _named_parks() -> dict[str, str]:
    """Chinese name to id, of the parks whose park.yaml can be read; only needed to word an error."""
    named: dict[str, str] = {}
    for park in known_parks():
        path = parks_directory() / park / "park.yaml"
        content = load_yaml(path) if path.is_file() else None
        if isinstance(content, dict) and content.get("name"):
            named[str(content["name"])] = park
    return named


def check_park(park: str, where: str = "") -> str:
    """`park` itself; UnknownCodeError with the nearest ids, also for a Chinese name, when there is no such park."""
    ids = known_parks()
    if park in ids:
        return park
    named = _named_parks()
    hint = f"您是不是要用 {named[park]}？" if park in named else did_you_mean(park.lower(), ids)
    raise UnknownCodeError(
        f"没有园区“{park}”",
        where=where,
        expected="data/parks 下的目录名",
        cause=hint,
        remedy="用 parkbook parks 查看全部园区；新建园区用 parkbook new-park",
    )


def park_defaults(park: str) -> dict[str, Any]:
    """What a park's park.yaml sets: `parameters`, and `period` unless that is among them."""
    path = parks_directory() / park / "park.yaml"
    if not path.is_file():
        raise UnknownCodeError(
            f"园区“{park}”的目录中没有 park.yaml",
            where=relative_name(path.parent),
            expected="park.yaml",
            remedy="补写 park.yaml（格式见 docs/architecture.md），或用 parkbook new-park 新建园区",
        )
    content = load_yaml(path)
    if not isinstance(content, dict) or not isinstance(content.get("parameters") or {}, dict):
        raise ParameterError(
            "park.yaml 的格式不对",
            where=relative_name(path),
            expected="键值对，其中 parameters 也是键值对",
            remedy="按 docs/architecture.md 的格式修改",
        )
    return {"period": content.get("period")} | (content.get("parameters") or {})
