"""`parkbook new-park`: a folder with everything a park needs, which `parkbook check` accepts as it is."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Final

import yaml

from parkbook.batch.folder import writing
from parkbook.codelists import Relation, parse_code
from parkbook.errors import ParameterError, ParkbookError
from parkbook.project import parks_directory, relative_name
from parkbook.sources.form.parts import FORM_FILE
from parkbook.sources.form.write import write_form
from parkbook.sources.park import PARK_FILE, list_parks, read_park_file
from parkbook.sources.published import COLUMNS

_ID: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")
_RESERVED: Final = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)")
"""Names that Windows keeps for devices."""

TEMPLATE: Final = """\
id: {id}                    # 目录名
name: {name}
relation: {relation}        # own 本单位；third_party 其他单位，只作公开数据概览
type: unstated              # software high_tech economic industrial bonded functional reform unstated
level: unstated             # national provincial municipal district unstated
area: ""                    # 所在地，不清楚时留空
synthetic: false            # true：示例数据
period: ""                  # 默认报告期，如 "2025"；留空取有数据的最近一期
peers: []                   # 参照园区的代码
parameters: {{}}              # 分析本参数的默认值，如 {{audience: external}}
note: ""
sources: []                 # published.csv 引用的资料；不清楚的项留空，不得编造
# - id: {id}-2025
#   kind: report            # report 报告，publication 公开发布，ledger 台账
#   title: ""
#   publisher: ""
#   published: ""
#   address: ""
#   sha256: ""
#   grade: official         # official 官方公布，official_reprint 官方发布的转载，unlocated 未核对原文
"""


def new_park(park: str, *, name: str = "", relation: str = "third_party") -> Path:
    """Make the folder of a new park: park.yaml, published.csv, ledgers/ and 填报表.xlsx.

    A folder that has no park.yaml (a clerk's, with a form and ledgers) is completed, and what is in it stays as it is.
    ParameterError when the id cannot be one or is taken.
    """
    _check_id(park)
    kind = parse_code(Relation, relation, "--relation")
    folder = parks_directory() / park
    content = TEMPLATE.format(id=park, name=_quoted(name.strip() or park), relation=kind.value)
    with writing(relative_name(folder)):
        there = folder.is_dir()
        folder.mkdir(parents=True, exist_ok=True)
        made: list[Path] = []
        try:
            _fill(folder, content, made)
        except (OSError, ParkbookError):
            for path in made:
                path.unlink(missing_ok=True)
            if not there:
                shutil.rmtree(folder, ignore_errors=True)
            raise
    return folder


def _fill(folder: Path, content: str, made: list[Path]) -> None:
    """Write what the folder does not have; `made` grows with each file."""
    texts = {PARK_FILE: content, "published.csv": ",".join(COLUMNS) + "\n"}
    for name, text in texts.items():
        if not (folder / name).exists():
            made.append(folder / name)
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
    (folder / "ledgers").mkdir(exist_ok=True)
    if not (folder / FORM_FILE).exists():
        made.append(folder / FORM_FILE)
        write_form(folder / FORM_FILE, read_park_file(folder), _other_parks(folder.name))


def _other_parks(park: str) -> list[tuple[str, str]]:
    """Ids and names of the parks that can be peers; one whose park.yaml is broken goes by its id."""
    others: list[tuple[str, str]] = []
    for other in list_parks():
        if other != park:
            try:
                name = read_park_file(parks_directory() / other).name
            except ParkbookError:
                name = ""
            others.append((other, name))
    return others


def _check_id(park: str) -> None:
    if not _ID.fullmatch(park) or len(park) > 40 or _RESERVED.fullmatch(park):
        raise ParameterError(
            f"“{park}”不能作园区代码",
            expected="小写字母、数字和连字符，以字母或数字开头和结尾，不超过 40 个字符",
            found=park,
            remedy="例如 parkbook new-park my-park --name 我的园区",
        )
    if park in list_parks():
        raise ParameterError(f"园区“{park}”已经存在", where=f"data/parks/{park}", remedy="换一个代码，或直接修改该目录")


def _quoted(text: str) -> str:
    """A YAML scalar on one line, quoted where it must be."""
    return yaml.safe_dump(text, allow_unicode=True, default_style='"', width=10_000).strip()
