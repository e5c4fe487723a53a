"""Where the project's files are, from whichever folder a notebook or command is started."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
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


def data_files(folder: Path) -> list[Path]:
    """All files below a folder but caches and what an open office program leaves, in order."""
    found = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return sorted(path for path in found if not path.name.startswith((".", "~$")))


def file_hash(path: Path) -> str:
    """The sha256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def data_hash(parks: Iterable[str]) -> str:
    """One sha256 over all that documents about these parks are made from: their folders and what all parks share."""
    shared = [
        path for path in data_files(data_directory()) if "parks" not in path.relative_to(data_directory()).parts[:1]
    ]
    own = [path for park in sorted(parks) for path in data_files(parks_directory() / park)]
    total = hashlib.sha256()
    for path in shared + own:
        total.update(f"{path.relative_to(data_directory()).as_posix()} {file_hash(path)}\n".encode())
    return total.hexdigest()


def relative_name(path: Path) -> str:
    """A path as it may be shown: relative to the project, never absolute."""
    try:
        return path.resolve().relative_to(project_root().resolve()).as_posix()
    except ValueError:
        return path.name
