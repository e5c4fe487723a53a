"""What went wrong, where, and what to do about it: findings and the exceptions that carry them.

A *finding* is one problem met while reading, computing or rendering. It is written for the analyst who meets it,
in Chinese: what, where (file, sheet, cell or span), expected, found, likely cause, next step.
A problem that stops the work is raised as a `ParkbookError`, which carries a finding; one that does not is
collected and shown on the pages.
What a finding quotes from a file is shortened, and characters that cannot be seen or that turn the line are shown as
escapes: a cell can hold 32,000 characters, line breaks, and marks that make a message read other than it is.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

QUOTED, PIECE, FIELD = 64, 120, 1000
"""The longest quotation in a finding, or run without a pause (a sha256 fits); the longest item of a list; the longest field."""
_UNSEEN: Final = re.compile(
    r"[\x00-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_LONG: Final = re.compile(rf"(?<=“)[^”]{{{QUOTED + 1},}}|[^\s、，；：。“”（）\\]{{{QUOTED + 1},}}")
_LONG_PIECE: Final = re.compile(rf"(?:(?!\\n)[^、；“”]){{{PIECE + 1},}}")
"""Lists of the project are joined by these; a cell of many sentences is not."""


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


SEVERITY_ZH = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.NOTE: "提示"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One problem, in the words of the person who has to mend it."""

    what: str
    where: str = ""
    expected: str = ""
    found: str = ""
    cause: str = ""
    remedy: str = ""
    code: str = "finding"
    severity: Severity = Severity.ERROR
    doubted: tuple[str, ...] = ()
    """Of the places of `where`, those whose figure cannot be used until it is settled; empty where the code alone decides."""

    def __post_init__(self) -> None:
        for name in ("what", "where", "expected", "found", "cause", "remedy"):
            object.__setattr__(self, name, plain_words(getattr(self, name)))
        for name in ("what", "expected", "found", "cause"):  # a place is needed whole, a remedy is ours
            object.__setattr__(self, name, shortened(getattr(self, name)))

    def __str__(self) -> str:
        parts = (
            ("位置", self.where),
            ("应为", self.expected),
            ("实为", self.found),
            ("可能原因", self.cause),
            ("处理办法", self.remedy),
        )
        return self.what + "".join(f"；{name}：{text}" for name, text in parts if text)

    def at(self, where: str) -> Finding:
        """The same finding with a fuller place."""
        return replace(self, where=f"{where}，{self.where}" if self.where else where)


class ParkbookError(Exception):
    """Base of all errors of the project; its text is the finding's."""

    code = "parkbook"

    def __init__(
        self, what: str, *, where: str = "", expected: str = "", found: str = "", cause: str = "", remedy: str = ""
    ) -> None:
        self.finding = Finding(
            what=what, where=where, expected=expected, found=found, cause=cause, remedy=remedy, code=self.code
        )
        super().__init__(str(self.finding))

    def _render_traceback_(self) -> list[str]:
        """What IPython shows instead of a traceback: the words for the analyst."""
        return [str(self.finding)]

    def __reduce__(self) -> tuple[object, ...]:
        # keyword-only arguments do not survive the default pickling, and errors cross process boundaries here
        f = self.finding
        return (_rebuild, (type(self), f.what, f.where, f.expected, f.found, f.cause, f.remedy))


def _rebuild(
    kind: type[ParkbookError], what: str, where: str, expected: str, found: str, cause: str, remedy: str
) -> ParkbookError:
    return kind(what, where=where, expected=expected, found=found, cause=cause, remedy=remedy)


class ParameterError(ParkbookError):
    """An unknown or wrongly typed notebook parameter."""

    code = "parameter"


class UnknownCodeError(ParkbookError):
    """A park, period, notebook, unit, indicator or status that no code list knows."""

    code = "unknown_code"


class PeriodError(ParkbookError):
    """Words that are no reporting period."""

    code = "period"


class NoPeriodError(PeriodError):
    """Words without any reporting period."""


class UnitError(ParkbookError):
    """An unknown unit, or two units that do not convert."""

    code = "unit"


class DataError(ParkbookError):
    """A file under data/ that does not satisfy its schema or rules."""

    code = "data"


class LayoutError(DataError):
    """A ledger that does not match its declared layout."""

    code = "layout"


class CorrectionError(DataError):
    """A correction whose `expect` guard no longer holds."""

    code = "correction"


class GlyphError(ParkbookError):
    """A character that none of the package's fonts can draw."""

    code = "glyph"


class RenderError(ParkbookError):
    """A document that cannot be rendered."""

    code = "render"


class OutputError(ParkbookError):
    """A folder or file that cannot be written."""

    code = "output"


def plain_words(text: str) -> str:
    """The text on one line, with the characters that cannot be seen as escapes: `\\n`, `\\u202e`."""
    if text.isprintable():
        return text
    return _UNSEEN.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def shortened(text: str) -> str:
    """The text with its long quotations cut, and not longer than a field."""
    if len(text) <= QUOTED:
        return text
    short = _LONG.sub(lambda found: f"{found[0][: QUOTED - 1]}…", text)
    short = _LONG_PIECE.sub(lambda found: f"{found[0][: PIECE - 1]}…", short)
    return short if len(short) <= FIELD else f"{short[: FIELD - 1]}…"


def did_you_mean(name: str, candidates: Iterable[str]) -> str:
    """`您是不是要用 qilu？`, or an empty text when nothing is near."""
    near = difflib.get_close_matches(name, list(candidates), n=3, cutoff=0.5)
    return f"您是不是要用 {'、'.join(near)}？" if near else ""
