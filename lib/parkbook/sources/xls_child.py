"""Reads the values of an .xls file with calamine and prints them as JSON: run as a script, in a process of its own.

Nothing of parkbook is imported, so that the process starts at once and its memory limit is calamine's alone.
"""

from __future__ import annotations

import datetime
import json
import sys

from python_calamine import CalamineWorkbook

MEMORY = 1 << 30


def main(path: str) -> None:
    _limit_memory()
    with open(path, "rb") as file:  # noqa: PTH123  no pathlib here: it is imported for nothing else
        book = CalamineWorkbook.from_filelike(file)
        sheets = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    sys.stdout.write(json.dumps(sheets, default=_written))


def _limit_memory() -> None:
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        limit = MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard)
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def _written(value: object) -> object:
    """A date, time or duration with its kind."""
    if isinstance(value, datetime.datetime):
        return {"kind": "datetime", "text": value.isoformat()}
    if isinstance(value, datetime.date):
        return {"kind": "date", "text": value.isoformat()}
    if isinstance(value, datetime.time):
        return {"kind": "time", "text": value.isoformat()}
    if isinstance(value, datetime.timedelta):
        return {"kind": "duration", "text": str(value.total_seconds())}
    return str(value)


if __name__ == "__main__":
    main(sys.argv[1])
