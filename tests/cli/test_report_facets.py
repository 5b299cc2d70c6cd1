"""Small maps of all tables of a chapter, where the project asks for them."""
import csv
import html
import re

import pytest

from conftest import OFFENCES, POPULATION, ROOT

PROJECT = """[report]
title = "Chapters"
areas = "coventry-wards"

[population]
file = "{people}"

[[table]]
id = "{{marker}}-{{offence}}"
file = "{offences}"
area = "ward"
from = "yt_june_2021"
to = "yt_june_2022"
by = ["marker", "offence"]
measure = "{{marker}}-marked {{offence}}"
chapter = "{{marker}}-marked offences"
{more}
"""


def write_project(folder, more, change=lambda text: text):
    (folder / "project.toml").write_text(change(PROJECT.format(people=POPULATION, offences=OFFENCES, more=more)), encoding="utf-8")


def test_facets_of_a_project_are_one_figure_a_chapter_with_its_data(wardmap):
    write_project(wardmap.folder, 'draw = ["table"]\nfacets = ["quadrant-map", "rate-map", "count-map"]')
    wardmap("report", "project.toml", "-o", "out")
    out = wardmap.folder / "out"
    for chapter, tables in (("alcohol", 4), ("drug", 5)):
        for part, column in (("quadrant-map", "quadrant"), ("rate-map", "rate"), ("count-map", "count_after")):
            name = f"chapter-{chapter}-marked-offences"
            drawn = (out / f"figures/{name}.{part}.svg").read_text(encoding="utf-8")
            assert len(re.findall(r'id="[^"]*panel-\d+"', drawn)) == tables
            with (out / f"tables/{name}-{part}.csv").open(encoding="utf-8-sig") as file:
                rows = list(csv.DictReader(file))
            assert len(rows) == 19 and len(rows[0]) == 2 + tables
            of_one = next(out.glob(f"tables/{chapter}-violence-with-injury.csv"))
            with of_one.open(encoding="utf-8-sig") as file:
                expected = {row["area_name"]: row[column] for row in csv.DictReader(file)}
            assert {row["area_name"]: row[f"{chapter.title()}-marked violence with injury"] for row in rows} == expected
    page = (out / "index.html").read_text(encoding="utf-8")
    assert 'id="figure-chapter-drug-marked-offences.quadrant-map"' in page
    # Each has its table on the page, the numbers those of the file.
    for part in ("quadrant-map", "rate-map", "count-map"):
        table = re.search(rf'<table id="table-chapter-drug-marked-offences-{part}".*?</table>', page, re.S).group(0)
        rows = [[html.unescape(re.sub("<[^>]+>", "", cell)) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)] for row in re.findall(r"<tr.*?</tr>", table, re.S)]
        with (out / f"tables/chapter-drug-marked-offences-{part}.csv").open(encoding="utf-8-sig") as file:
            cells = {row["area_name"]: row for row in csv.DictReader(file)}
        assert len(rows) == 1 + (18 if part == "quadrant-map" else 19)
        printed = next(row for row in rows if row[0] == "Foleshill")[1]
        value = cells["Foleshill"]["Drug-marked violence without injury"]
        if part == "quadrant-map":
            rate, change = value.split("_")
            assert printed.startswith("Higher rate" if rate == "high" else "Lower rate") and ("above" if change == "faster" else "below") in printed
        else:
            assert printed == f"{round(float(value)):,}"


def test_a_chapter_of_one_table_has_no_facets_and_the_log_says_so(wardmap):
    write_project(wardmap.folder, 'draw = ["table"]\nfacets = "rate-map"', lambda text: text.replace('chapter = "{marker}-marked offences"', 'chapter = "{marker}, {offence}"'))
    run = wardmap("report", "project.toml", "-o", "out", "--json")
    assert "facets_of_one_table" in run.err
    assert not list((wardmap.folder / "out/figures").glob("chapter-*"))


@pytest.mark.parametrize("more, change, words", [
    ('facets = "rate-mop"', lambda text: text, ["project.toml, row 17", "'facets' of [[table]]", "rate-map"]),
    ('facets = "table"', lambda text: text, ["row 17", "'table' in 'facets'"]),
    ('facets = "rate-map"', lambda text: re.sub(r'by = .*\n', "", text).replace("{marker}", "x").replace("{offence}", "y"),
     ["project.toml, row 16", "'facets' of [[table]]", 'by = ["COLUMN"]']),
    ('facets = ["rate-map", "rate-map"]', lambda text: text, ["row 17", "stands twice", "leave one out"]),
    ('facet = "rate-map"', lambda text: text, ["row 17", "'facet' is no key", "facets"]),
])
def test_facets_that_cannot_be_drawn_say_file_line_key_and_remedy(wardmap, more, change, words):
    write_project(wardmap.folder, more, change)
    run = wardmap("report", "project.toml", "-o", "out", code=(1, 2, 3))
    for word in words:
        assert word in run.err, run.err
    assert not (wardmap.folder / "out").exists()


def test_the_example_of_facets_in_the_documentation_makes_a_report(wardmap):
    shown = next(block for block in re.findall(r"^```toml\n(.*?)^```", (ROOT / "docs/reports.md").read_text(encoding="utf-8"), re.M | re.S) if "facets" in block)
    data = ROOT / "examples/coventry/data"
    (wardmap.folder / "out").mkdir()
    (wardmap.folder / "examples").mkdir()
    (wardmap.folder / "examples/coventry").symlink_to(data.parent)
    (wardmap.folder / "out/chapters.toml").write_text(shown, encoding="utf-8")
    wardmap("report", "out/chapters.toml", "-o", "made")
    assert {path.name for path in (wardmap.folder / "made/figures").glob("chapter-*.svg")} == {
        "chapter-alcohol-marked-offences.quadrant-map.svg", "chapter-drug-marked-offences.quadrant-map.svg"}
