"""The report as a browser shows it: it opens from disk, asks for nothing, and fits a small screen."""
import re
import subprocess

import pytest
from chromium import CHROMIUM


def chromium(folder, *arguments):
    if CHROMIUM is None:
        pytest.skip("chromium is not installed here")
    return subprocess.run([CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
                           "--disable-component-update", "--disable-sync", "--hide-scrollbars", f"--user-data-dir={folder / 'profile'}", *arguments],
                          capture_output=True, text=True, timeout=120)


def test_the_page_names_no_outside_resource(report):
    text = (report / "index.html").read_text(encoding="utf-8")
    links = re.findall(r'<a\b[^>]*\bhref="[^"]*"', text)
    for link in links:
        text = text.replace(link, "")
    text = text.replace('xmlns="http://www.w3.org/2000/svg"', "").replace('xmlns:xlink="http://www.w3.org/1999/xlink"', "")
    for sign in ("http://", "https://", "@import", 'src="//', "url(//"):
        assert sign not in text
    assert "Content-Security-Policy" in text and "default-src 'none'" in text


def test_the_page_is_drawn_without_errors_at_two_widths(report, tmp_path):
    page = f"file://{report / 'index.html'}"
    for width in (320, 1280):
        picture = tmp_path / f"{width}.png"
        done = chromium(tmp_path, f"--window-size={width},2000", f"--screenshot={picture}", page)
        assert picture.is_file() and picture.stat().st_size > 10_000, done.stderr


def test_the_document_the_browser_built_has_every_figure_and_table(report, tmp_path):
    done = chromium(tmp_path, "--dump-dom", f"file://{report / 'index.html'}")
    names = [path.name for path in (report / "figures").glob("*.svg")]
    assert len(names) >= 54
    # A picture of a table is for paper: the page has the table itself.
    tables = [name for name in names if name.endswith((".table.svg", ".matrix.svg"))]
    assert len(re.findall(r"<svg\b", done.stdout)) >= len(names) - len(tables)
    assert len(re.findall(r"<table\b", done.stdout)) >= len(tables)
    assert done.stdout.count("<h1") == 1 and 'lang="en-GB"' in done.stdout
