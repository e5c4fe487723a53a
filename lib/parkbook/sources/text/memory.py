"""What the reader remembers of phrases rests on one project's catalogue and units; in another project folder it starts anew."""

from __future__ import annotations

import gc
import os
import sys

from parkbook.project import HOME_VARIABLE, data_directory
from parkbook.sources.text import attach, lex, typed, vocabulary

_PROJECT: list[str] = []


def of_this_project() -> None:
    """Forget all that was remembered under another project folder (PARKBOOK_HOME has changed)."""
    home = os.environ.get(HOME_VARIABLE) or ""
    if [home] == _PROJECT:
        return
    data_directory()
    package = __name__.rpartition(".")[0] + "."
    for module in [module for name, module in sys.modules.items() if name.startswith(package)]:
        for value in list(vars(module).values()):
            if hasattr(value, "cache_clear"):
                value.cache_clear()
    if not _PROJECT:
        _load()
    _PROJECT[:] = [home]


def _load() -> None:
    """Loads what every text needs, and collects what that leaves behind: left to itself, the collector would do so in the
    middle of the first report, which takes as long as reading ten thousand characters of it."""
    for load in (lex.load, attach.load, vocabulary.load, typed.load):
        load()
    gc.collect()
