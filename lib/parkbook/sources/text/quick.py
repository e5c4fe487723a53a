"""Frozen records, made as fast as those that are not.

The constructor of a frozen dataclass sets field by field through `object.__setattr__`, which takes ten times as long as an
assignment: for the 36 fields of an observation, a tenth of the time that reading a dense text takes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, field, fields, make_dataclass
from typing import Any, ParamSpec, TypeVar, cast

_Arguments = ParamSpec("_Arguments")
_Record = TypeVar("_Record")


def quick(record: Callable[_Arguments, _Record]) -> Callable[_Arguments, _Record]:
    """A constructor for a frozen dataclass with slots: it fills an open record of the same slots, which then becomes a frozen one."""

    def freeze(self: Any) -> None:
        self.__class__ = record

    declared = [(one.name, one.type, _as_declared(one)) for one in fields(cast(Any, record))]
    made = make_dataclass("Open", declared, namespace={"__post_init__": freeze}, slots=True)
    return cast(Callable[_Arguments, _Record], made)


def _as_declared(one: Field[Any]) -> Any:
    """The field again: its default, and whether it is given by name only."""
    if one.default_factory is not MISSING:
        return field(default_factory=one.default_factory, kw_only=bool(one.kw_only))
    return field(default=one.default, kw_only=bool(one.kw_only))


def draft(record: type) -> Callable[[], Any]:
    """Makes open records of a frozen dataclass with slots, for the one place that makes most of them.

    Every field is to be set, then `__class__` to the frozen one. A call that names thirty arguments takes four times as long.
    """
    return type("Draft", (), {"__slots__": tuple(one.name for one in fields(record))})
