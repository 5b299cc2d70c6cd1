"""The files of a whole report, by other people's tools: figures that can stand on one page, tagged PDF, words for what has no percentage."""
import csv
import pathlib
import re
import shutil
import subprocess
import xml.etree.ElementTree as tree

import pytest

from conftest import COMMAND, ROOT

SVG = "{http://www.w3.org/2000/svg}"
NAMESPACES = ('"http://www.w3.org/2000/svg"', '"http://www.w3.org/1999/xlink"')


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    folder = tmp_path_factory.mktemp("report") / "coventry"
    subprocess.run([COMMAND, "report", ROOT / "examples/coventry/coventry.toml", "-o", folder, "--quiet"], check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def figures(report):
    found = sorted((report / "figures").glob("*.svg"))
    assert len(found) >= 54
    return found


def tool(name, *arguments):
    if shutil.which(name) is None:
        pytest.skip(f"{name} is not installed here")
    return subprocess.run([name, *map(str, arguments)], capture_output=True, text=True, timeout=120)


def test_ids_are_unique_when_all_figures_share_a_page(report, figures):
    together = [one for path in figures for one in re.findall(r'\sid="([^"]+)"', path.read_text(encoding="utf-8"))]
    assert len(together) > 1000 and len(set(together)) == len(together)
    page = re.findall(r'\sid="([^"]+)"', (report / "index.html").read_text(encoding="utf-8"))
    assert len(page) > 1000 and len(set(page)) == len(page)


def test_ids_that_a_figure_refers_to_are_its_own(figures):
    for path in figures:
        text = path.read_text(encoding="utf-8")
        own = set(re.findall(r'\sid="([^"]+)"', text))
        asked = re.findall(r"url\(#([^)]+)\)", text) + re.findall(r'href="#([^"]+)"', text) + " ".join(re.findall(r'aria-labelledby="([^"]+)"', text)).split()
        assert asked and set(asked) <= own, path.name


def test_figures_have_title_description_role_size_and_words_at_their_own_width(figures):
    for path in figures:
        root = tree.parse(path).getroot()
        assert root.get("role") == "img" and re.fullmatch(r"[\d.]+mm", root.get("width")) and root.get("viewBox"), path.name
        assert root.findtext(SVG + "title") and len(root.findtext(SVG + "desc")) > 40, path.name
        assert "textLength" not in path.read_text(encoding="utf-8") and len(list(root.iter(SVG + "text"))) > 10, path.name


def test_nothing_is_asked_for_from_outside(report, figures):
    for path in [*figures, report / "index.html"]:
        text = re.sub(r"<script>.*?</script>", "", path.read_text(encoding="utf-8"), flags=re.S)
        for namespace in NAMESPACES:
            text = text.replace(namespace, '""')
        for sign in ("http://", "https://", '"//', "'//", "@import", " src=", "<link", "<iframe", "<image", "<object", "<base"):
            assert sign not in text, (path.name, sign)
        assert set(re.findall(r"url\(.", text)) <= {"url(#"}, path.name


def test_pdf_is_tagged_described_and_carries_its_fonts(report):
    some = ["alcohol-violence-without-injury.rate-map", "alcohol-violence-without-injury.quadrant", "alcohol-violence-without-injury.table",
            "offences-by-ward.matrix", "population.ages", "needle-finds.chart", "imd-2019.map"]
    for path in [report / "report.pdf", *(report / f"figures/{name}.pdf" for name in some)]:
        checked = tool("qpdf", "--check", path)
        assert checked.returncode == 0 and "WARNING" not in checked.stdout + checked.stderr, checked.stdout + checked.stderr
        fonts = tool("pdffonts", path).stdout.splitlines()[2:]
        assert fonts
        for line in fonts:
            assert re.search(r"\s(TrueType|CID TrueType|CID Type 0C|Type 1C)\s", line) and re.search(r"\syes yes\s", line), (path.name, line)
        structure = tool("pdfinfo", "-struct", path).stdout
        # A picture of a table is a table to a reader of the PDF; any other picture is a figure and says what it shows.
        is_figure = "Figure" in structure
        assert structure.startswith("Document") and (is_figure or "TH" in structure), path.name
        whole = subprocess.run(["qpdf", "--qdf", "--object-streams=disable", path, "-"], capture_output=True).stdout
        assert all(part in whole for part in (b"/Lang", b"/DisplayDocTitle true", b"/MarkInfo")) and (b"/Alt " in whole) == is_figure, path.name


def test_the_pdf_report_has_headings_tables_and_a_described_figure_for_each_picture(report):
    structure = tool("pdfinfo", "-struct", report / "report.pdf").stdout
    kinds = re.findall(r"^\s*(\w+)", structure, re.M)
    assert kinds.count("H1") >= 1 and kinds.count("H2") >= 5 and kinds.count("TH") > 50
    whole = subprocess.run(["qpdf", "--qdf", "--object-streams=disable", report / "report.pdf", "-"], capture_output=True).stdout
    assert kinds.count("Figure") == whole.count(b"/Alt ") >= 39


# The published tables have one ward from none, one that fell to none, and one that rose sixteenfold (figures 10.4.15, 10.4.31, 10.4.45).
CASES = [("alcohol-criminal-damage", "Wainbody", "0", "3", None, "0 to 3"),
         ("drug-possession-of-drugs", "Woodlands", "3", "0", "−100%", "−100% (Woodlands)"),
         ("drug-stalking-and-harassment", "Cheylesmore", "1", "16", "+1,500%", "+1,500% (Cheylesmore)")]


def words_of(path):
    return [" ".join(node.itertext()) for node in tree.parse(path).iter(SVG + "text")]


@pytest.mark.parametrize("topic, ward, before, after, change, described", CASES)
def test_what_has_no_percentage_and_what_has_a_huge_one_stand_in_chart_table_and_words(report, topic, ward, before, after, change, described):
    with (report / f"tables/{topic}.csv").open(encoding="utf-8-sig") as file:
        row = next(one for one in csv.DictReader(file) if one["area_name"] == ward)
    assert (row["count_before"], row["count_after"]) == (before, after)
    figures = report / "figures"
    chart, table, map_ = (words_of(figures / f"{topic}.{kind}.svg") for kind in ("quadrant", "table", "quadrant-map"))
    description = tree.parse(figures / f"{topic}.quadrant.svg").findtext(SVG + "desc")
    page = (report / "index.html").read_text(encoding="utf-8")
    caption = re.search(rf'<figure id="figure-{topic}\.quadrant".*?<figcaption>(.*?)</figcaption>', page, re.S)[1]
    spoken = re.search(rf'<table id="table-{topic}">.*?data-spoken="{ward}: ([^"]*)"', page, re.S)[1]
    assert ward in chart and described in description and described in caption
    if change is None:
        assert row["change_pct"] == "" or row["change_pct"] == "[z]"
        assert "From 0" in chart and "[z]" in table and any("from zero" in text for text in map_)
        assert "%" not in spoken.split("change")[1].split(".")[0] and not any("∞" in text or "inf" in text for text in chart + table + map_)
    else:
        assert float(row["change_pct"]) == float(change.replace("−", "-").replace(",", "").replace("%", ""))
        assert any(change in text for text in map_) and any(change.rstrip("%") in text for text in table) and change in spoken
        assert ("Fell to 0" in chart) == (after == "0")
