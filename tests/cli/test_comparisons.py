"""Compare, trend, scatter and gradient from the command: districts as Fingertips exports them, small areas by decile."""
import csv
import json
import xml.etree.ElementTree as tree

import pytest

from conftest import OFFENCES, ROOT

SVG = "{http://www.w3.org/2000/svg}"
DISTRICTS = ROOT / "examples/comparisons/data/invented_districts.csv"
SMALL_AREAS = ROOT / "examples/comparisons/data/invented_counts_by_lsoa.csv"
CHARTS = {
    "compare": [DISTRICTS, "--highlight", "Brackford", "--reference", "England"],
    "trend": [DISTRICTS, "--highlight", "Brackford", "--reference", "England"],
    "gradient": [SMALL_AREAS],
    "scatter": [OFFENCES, "--where", "marker=alcohol", "--where", "offence=VIOLENCE WITH INJURY", "--label", "ward", "--x", "yt_june_2021", "--y", "yt_june_2022"],
}


def texts(path):
    return [" ".join(node.itertext()) for node in tree.parse(path).iter(SVG + "text")]


@pytest.mark.parametrize("kind", CHARTS)
def test_each_comes_as_svg_pdf_png_and_data_with_words(wardmap, kind):
    wardmap("chart", kind, *CHARTS[kind], "-o", "p.svg", "-o", "p.pdf", "-o", "p.png", "--data-out", "p.json")
    root = tree.parse(wardmap.folder / "p.svg").getroot()
    assert root.find(SVG + "title") is not None and root.find(SVG + "desc") is not None
    assert (wardmap.folder / "p.pdf").read_bytes()[:5] == b"%PDF-"
    facts = json.loads((wardmap.folder / "p.json").read_text())
    assert 0 < len(facts["alt"]) <= 150 and facts["description"] and facts["notes"]
    wardmap("chart", kind, *CHARTS[kind], "-o", "again.svg")
    assert (wardmap.folder / "again.svg").read_bytes() == (wardmap.folder / "p.svg").read_bytes()


def test_higher_lower_and_similar_are_what_the_table_says(wardmap):
    with DISTRICTS.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["Time period"] == "2022/23" and not row["Category"]]
    england = next(float(row["Value"]) for row in rows if row["Area Name"] == "England")
    for row in rows:
        if row["Area Type"] != "Districts & UAs" or row["Value"] in ("", "*"):
            continue
        lower, upper = float(row["Lower CI 95.0 limit"]), float(row["Upper CI 95.0 limit"])
        words = "higher than" if lower > england else "lower than" if upper < england else "similar to"
        wardmap("chart", "compare", DISTRICTS, "--highlight", row["Area Name"], "--reference", "England", "-o", "p.svg", "--data-out", "p.json", "--overwrite")
        facts = json.loads((wardmap.folder / "p.json").read_text())
        assert f"is {words} England" in facts["title"], row["Area Name"]


def test_the_period_can_be_chosen_and_a_wrong_one_names_the_nearest(wardmap):
    wardmap("chart", "compare", DISTRICTS, "--reference", "England", "--period", "2016/17", "-o", "p.svg")
    assert any("2016/17" in text for text in texts(wardmap.folder / "p.svg"))
    failed = wardmap("chart", "compare", DISTRICTS, "--period", "2016/18", "-o", "q.svg", code=2)
    assert "2016/17" in failed.err


def test_withheld_values_are_rows_with_their_sign_and_no_number(wardmap):
    wardmap("chart", "compare", DISTRICTS, "--reference", "England", "-o", "p.svg")
    shown = texts(wardmap.folder / "p.svg")
    assert "Old Sarley" in shown and "[c]" in shown and "Gorse Hill" in shown and "[x]" in shown


def test_what_is_left_out_is_said(wardmap):
    said = wardmap("chart", "compare", DISTRICTS, "--reference", "England", "-o", "p.svg", "--json").log
    codes = {problem["code"] for problem in said["problems"]}
    assert {"breakdown_rows", "other_area_types", "other_periods"} <= codes


def test_two_sexes_are_refused_and_drawn_by_sex(wardmap, write):
    write("s.csv", "Area Name,Sex,Value\nA,Male,1\nA,Female,2\nB,Male,3\nB,Female,5\n")
    assert "Sex" in wardmap("chart", "compare", "s.csv", "-o", "p.svg", code=1).err
    wardmap("chart", "compare", "s.csv", "--by", "Sex", "-o", "p-{Sex}.svg")
    assert "B" in texts(wardmap.folder / "p-male.svg")


@pytest.mark.parametrize("arguments, part", [
    (["compare", DISTRICTS, "--highlight", "Brakford"], "Brackford"),
    (["trend", DISTRICTS], "--highlight"),
    (["scatter", OFFENCES, "--label", "ward"], "--x"),
    (["gradient", OFFENCES], "--decile"),
    (["compare", DISTRICTS, "--small-numbers", "under:5"], "--small-numbers"),
    (["scatter", OFFENCES, "--x", "a", "--y", "b", "--x-scale", "cube"], "square-root"),
    (["scatter", OFFENCES, "--x", "a", "--y", "b", "--correlation", "kendall"], "spearman"),
])
def test_wrong_use_says_what_to_do(wardmap, arguments, part):
    assert part in wardmap("chart", *arguments, "-o", "p.svg", code=(1, 2)).err


def test_small_numbers_are_of_the_sums_of_a_gradient(wardmap, write):
    write("g.csv", "decile,count,population\n1,300,1000\n2,1,500\n2,1,500\n3,4,1000\n10,100,1000\n")
    wardmap("chart", "gradient", "g.csv", "--small-numbers", "under:5", "-o", "p.svg", "--data-out", "p.json")
    facts = (wardmap.folder / "p.json").read_text()
    assert "[c]" in texts(wardmap.folder / "p.svg") and '"count": 2' not in facts


def test_a_report_holds_them_with_their_data(wardmap):
    wardmap("report", ROOT / "examples/comparisons/comparisons.toml", "-o", "report")
    folder = wardmap.folder / "report"
    names = {path.name for path in (folder / "figures").iterdir()}
    assert {"districts.compare.svg", "districts.trend.svg", "gradient.gradient.svg", "violence-and-deprivation.scatter.svg"} <= names
    tables = {path.name for path in (folder / "tables").iterdir()}
    assert {"districts-compare.csv", "districts-trend.csv", "gradient.csv", "violence-and-deprivation.csv"} <= tables
    page = next(folder.glob("*.html")).read_text(encoding="utf-8")
    assert "Brackford is " in page and "Spearman" in page and "ratio of rates" in page


def test_a_ward_table_or_index_that_the_report_does_not_have_is_named_with_its_line(wardmap, write):
    project = (ROOT / "examples/comparisons/comparisons.toml").read_text(encoding="utf-8")
    project = project.replace('"../coventry/', f'"{ROOT}/examples/coventry/').replace('"data/', f'"{ROOT}/examples/comparisons/data/')
    write("a.toml", project.replace('table = "alcohol-violence"', 'table = "alcohol-violense"'))
    assert "alcohol-violence" in wardmap("report", "a.toml", "-o", "a", code=(1, 2)).err
    write("b.toml", project.replace('deprivation = "imd-2019"', 'deprivation = "imd-2015"'))
    assert "imd-2019" in wardmap("report", "b.toml", "-o", "b", code=(1, 2)).err
    write("c.toml", project.replace('reference = "England"', 'reference = "Wales"'))
    failed = wardmap("report", "c.toml", "-o", "c", code=(1, 2))
    assert "Wales" in failed.err and "districts" in failed.err
