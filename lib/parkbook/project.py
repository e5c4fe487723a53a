"""Where the project's files are, from whichever folder a notebook or command is started."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from parkbook.errors import DataError

HOME_VARIABLE = "PARKBOOK_HOME"
"""Environment variable that names another project folder (with its own data/)."""


@lru_cache(maxsize=1)
def _installed_root() -> Path:
    return Path(__file__).resolve().parents[2]


def project_root() -> Path:
    """The folder that holds data/, notebooks/ and outputs/: PARKBOOK_HOME, else the checkout of this package."""
    root = Path(os.environ[HOME_VARIABLE]) if os.environ.get(HOME_VARIABLE) else _installed_root()
    if not (root / "data" / "catalogue").is_dir():
        raise DataError(
            "找不到工作簿的 data 目录",
            where=root.name,
            expected="含 data/catalogue 的项目目录",
            remedy=f"在项目目录内安装（pip install -e .），或用环境变量 {HOME_VARIABLE} 指明项目目录",
        )
    return root


def data_directory() -> Path:
    return project_root() / "data"


def parks_directory() -> Path:
    return data_directory() / "parks"


def relative_name(path: Path) -> str:
    """A path as it may be shown: relative to the project, never absolute."""
    try:
        return path.resolve().relative_to(project_root().resolve()).as_posix()
    except ValueError:
        return path.name
