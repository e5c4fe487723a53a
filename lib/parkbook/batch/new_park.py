"""`parkbook new-park`: a folder with everything a park needs, which `parkbook check` accepts as it is."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Final

import yaml

from parkbook.batch.folder import writing
from parkbook.codelists import Relation, parse_code
from parkbook.errors import ParameterError
from parkbook.parameters import known_parks
from parkbook.project import parks_directory, relative_name
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
    """Make the folder of a new park; ParameterError when the id cannot be one or is taken."""
    _check_id(park)
    kind = parse_code(Relation, relation, "--relation")
    folder = parks_directory() / park
    content = TEMPLATE.format(id=park, name=_quoted(name.strip() or park), relation=kind.value)
    with writing(relative_name(folder)):
        folder.mkdir(parents=True)
        try:
            (folder / "park.yaml").write_text(content, encoding="utf-8", newline="\n")
            (folder / "published.csv").write_text(",".join(COLUMNS) + "\n", encoding="utf-8", newline="\n")
            (folder / "ledgers").mkdir()
        except OSError:
            shutil.rmtree(folder, ignore_errors=True)
            raise
    return folder


def _check_id(park: str) -> None:
    if not _ID.fullmatch(park) or len(park) > 40 or _RESERVED.fullmatch(park):
        raise ParameterError(
            f"“{park}”不能作园区代码",
            expected="小写字母、数字和连字符，以字母或数字开头和结尾，不超过 40 个字符",
            found=park,
            remedy="例如 parkbook new-park my-park --name 我的园区",
        )
    if park in known_parks():
        raise ParameterError(f"园区“{park}”已经存在", where=f"data/parks/{park}", remedy="换一个代码，或直接修改该目录")


def _quoted(text: str) -> str:
    """A YAML scalar on one line, quoted where it must be."""
    return yaml.safe_dump(text, allow_unicode=True, default_style='"', width=10_000).strip()
