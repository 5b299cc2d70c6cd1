"""Whole reports, and what this build is made of."""

from __future__ import annotations

import os
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from . import _html, _wardmap
from ._frames import warn_of

__all__ = ["Report", "build_info", "report"]


@dataclass(frozen=True)
class Report:
    """Where a report lies, and the lines that matter."""

    folder: Path
    headlines: tuple[str, ...]

    @property
    def html(self) -> Path:
        return self.folder / "index.html"

    @property
    def pdf(self) -> Path:
        return self.folder / "report.pdf"

    @property
    def manifest(self) -> Path:
        return self.folder / "manifest.json"

    def _repr_html_(self) -> str:
        files = (("report", self.html), ("PDF", self.pdf), ("manifest", self.manifest))
        links = ", ".join(f'<a href="{escape(path.as_posix())}">{words}</a>' for words, path in files)
        return f"<p>{links}</p>" + "".join(_html.paragraph(line) for line in self.headlines)


def report(
    project: str | os.PathLike[str],
    folder: str | os.PathLike[str],
    *,
    previous: str | os.PathLike[str] | None = None,
    overwrite: bool = False,
    png_dpi: float | None = None,
    threads: int = 0,
) -> Report:
    """Makes everything a project file asks for: HTML, PDF, figures, tables, a manifest.

    folder is made if it is not there. With ``overwrite=True`` a report that stands there is replaced: the files its own
    manifest lists, nothing else. previous: the folder of the last edition, also the same one: tables/changes.csv and a
    page say what was revised, moved and changed since. png_dpi: also every figure as PNG. threads: 0 is one a core.

    Raises ``FileNotFoundError``, ``ValueError`` with the line of the project file, ``OSError`` if it cannot be written.
    """
    headlines, problems = _wardmap.report(
        os.fspath(project), os.fspath(folder), "" if previous is None else os.fspath(previous), overwrite, png_dpi or 0.0, threads
    )
    warn_of(problems, stacklevel=3)
    return Report(Path(folder), tuple(headlines))


def build_info() -> dict[str, Any]:
    """``version``, the libraries ``built_with`` and those ``loaded`` (no GDAL there: this build reads CSV, GeoJSON and
    the built-in areas)."""
    return _wardmap.build_info()
