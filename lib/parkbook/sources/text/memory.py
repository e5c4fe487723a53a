"""What the reader remembers of phrases rests on one project's catalogue and units; in another project folder it starts anew."""

from __future__ import annotations

import sys
from pathlib import Path

from parkbook.project import data_directory

_PROJECT: list[Path] = []


def of_this_project() -> None:
    """Forget all that was remembered under another project folder (PARKBOOK_HOME has changed)."""
    folder = data_directory()
    if [folder] == _PROJECT:
        return
    package = __name__.rpartition(".")[0] + "."
    for module in [module for name, module in sys.modules.items() if name.startswith(package)]:
        for value in list(vars(module).values()):
            if hasattr(value, "cache_clear"):
                value.cache_clear()
    _PROJECT[:] = [folder]
