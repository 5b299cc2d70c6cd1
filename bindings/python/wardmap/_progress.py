"""A bar for calls that take over a second: by tqdm, where it is installed and somebody looks."""

from __future__ import annotations

import sys
from typing import Any

__all__ = ["Bar", "progress"]

_wanted: bool | None = None


def progress(shown: bool | None = None) -> None:
    """Whether calls over a second show a bar (tqdm's): True, False, or None: in notebooks and terminals only, as at first."""
    global _wanted
    _wanted = shown


def _somebody_looks() -> bool:
    if _wanted is not None:
        return _wanted
    if "ipykernel" in sys.modules:
        return True
    return bool(getattr(sys.stderr, "isatty", lambda: False)())


class Bar:
    """Made when a call has taken a second; the compiled half shows and closes it."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._stage = ""
        self._make: Any = None
        if _somebody_looks():
            try:
                from tqdm.auto import tqdm
            except ImportError:
                return
            self._make = tqdm

    def show(self, stage: str, done: float) -> None:
        """done: of the stage, 0 to 1; NaN: cannot be told."""
        if self._make is None:
            return
        if self._bar is None or stage != self._stage:
            self.close()
            shape = "{desc}: {percentage:3.0f}%|{bar}| {elapsed}" if done == done else "{desc} {elapsed}"
            self._bar = self._make(total=1.0, desc=stage or "Working", leave=False, bar_format=shape)
            self._stage = stage
        self._bar.update((done - self._bar.n) if done == done else 0)
        self._bar.refresh()

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None
