"""Errors: what happened, where, and what to do. Each is also the built-in error Python users expect."""

from __future__ import annotations

from typing import TypeVar


class Error(Exception):
    """Base of every error wardmap raises on purpose. ``str()`` says where, what happened and what to do."""

    what_happened: str = ""
    what_to_do: str = ""
    file: str | None = None
    layer: str | None = None
    row: int | None = None
    column: str | None = None
    code: str | None = None

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""


class InputError(Error, ValueError):
    """A file, table, layer or value cannot be read or does not hold what was asked of it."""


class FileMissing(InputError, FileNotFoundError):
    """A file that is not there."""


class NameUnknown(InputError, KeyError):
    """A column, layer, area or built-in name that does not exist; the message names the nearest."""


class CrsError(Error, ValueError):
    """A coordinate system is missing, unknown, or does not fit."""


class GeometryError(Error, ValueError):
    """A shape cannot be used or repaired."""


class OutputError(Error, OSError):
    """A result cannot be written; an existing file needs ``overwrite=True``."""


class UsageError(Error, ValueError):
    """An argument makes no sense."""


class Cancelled(Error):
    """A long call was cancelled."""


Kind = TypeVar("Kind", bound=Error)


def about(kind: type[Kind], column: str, what_happened: str, what_to_do: str) -> Kind:
    """An error about a column, with its parts as the compiled half gives them."""
    error = kind(f"{what_happened}; {what_to_do}" if what_to_do else what_happened)
    error.what_happened, error.what_to_do, error.column = what_happened, what_to_do, column
    return error


class WardmapWarning(UserWarning):
    """Something in the data may matter to the reader: rows without an area, repaired shapes."""
