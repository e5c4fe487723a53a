"""The forms in which a command prints: `--format`."""

from __future__ import annotations

from collections.abc import Sequence

from parkbook.errors import ParameterError, did_you_mean


def check_form(form: str, known: Sequence[str]) -> None:
    """Refuses a form that the command does not print."""
    if form not in known:
        raise ParameterError(
            f"不支持的格式“{form}”",
            where="--format",
            expected="、".join(known),
            found=form,
            cause=did_you_mean(form, known),
            remedy="改用上列格式",
        )
