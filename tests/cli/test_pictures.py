"""Maps and charts from the command: right formats, real text, the same bytes, words that are true."""
import json
import re
import struct
import xml.etree.ElementTree as tree

import pytest

from conftest import DATA, OFFENCES, POPULATION

SVG = "{http://www.w3.org/2000/svg}"
WORDS = ["--measure", "alcohol-marked violence without injury", "--source", "Coventry Drug and Alcohol Needs Assessment 2022"]


@pytest.fixture
def table(wardmap):
    wardmap("indicators", OFFENCES, "--areas", "coventry-wards", "--area", "ward", "--from", "yt_june_2021", "--to", "yt_june_2022",
            "--population", POPULATION, "--where", "marker=alcohol", "--where", "offence=VIOLENCE WITHOUT INJURY", *WORDS, "-o", "t.csv")
    return "t.csv"


def texts(path):
    return [" ".join(node.itertext()) for node in tree.parse(path).iter(SVG + "text")]


@pytest.mark.parametrize("arguments, label", [
    (["map", "{}", "--areas", "coventry-wards", "--value", "rate"], "1,116"),
    (["map", "{}", "--areas", "coventry-wards", "--value", "count_after", "--kind", "circles"], "456"),
    (["map", "{}", "--areas", "coventry-wards", "--value", "rate", "--kind", "quadrant"], "+126%"),
    (["chart", "quadrant", "{}"], "Henley"),
    (["chart", "table", "{}"], "1,526"),
])
def test_each_picture_comes_as_svg_pdf_and_png(wardmap, table, arguments, label):
    arguments = [a.format(table) for a in arguments]
    wardmap(*arguments, "-o", "p.svg", "-o", "p.pdf", "-o", "p.png", "--data-out", "p.json")
    root = tree.parse(wardmap.folder / "p.svg").getroot()
    assert root.get("role") == "img" and root.get("width").endswith("mm")
    assert root.find(SVG + "title") is not None and root.find(SVG + "desc") is not None
    assert "textLength" not in (wardmap.folder / "p.svg").read_text()
    assert any(label in text for text in texts(wardmap.folder / "p.svg")), texts(wardmap.folder / "p.svg")
    assert (wardmap.folder / "p.pdf").read_bytes()[:5] == b"%PDF-"
    png = (wardmap.folder / "p.png").read_bytes()
    width = struct.unpack(">I", png[16:20])[0]
    assert abs(width - 1878) <= 1 and b"pHYs" in png[:200]
    facts = json.loads((wardmap.folder / "p.json").read_text())
    assert facts["alt"] and len(facts["alt"]) <= 200 and facts["description"]


def test_all_18_names_stand_in_the_map(wardmap, table):
    wardmap("map", table, "--areas", "coventry-wards", "--value", "rate", "-o", "p.svg")
    found = " ".join(texts(wardmap.folder / "p.svg"))
    for name in ["Bablake", "Willenhall", "St Michael", "Wainbody", "Whoberley", "Cheylesmore"]:
        assert name in found
    assert all(text in found for text in ["250 to 399", "400 to 999", "1,000 and over", "under 250", "Crown copyright"])


def test_the_same_run_gives_the_same_bytes(wardmap, table):
    for name in ("a", "b"):
        wardmap("map", table, "--areas", "coventry-wards", "--value", "rate", "-o", f"{name}.svg", "-o", f"{name}.pdf", "-o", f"{name}.png")
    for extension in ("svg", "pdf", "png"):
        assert (wardmap.folder / f"a.{extension}").read_bytes() == (wardmap.folder / f"b.{extension}").read_bytes()


def test_by_makes_one_map_a_value_with_one_scale_for_all(wardmap):
    wardmap("indicators", OFFENCES, "--areas", "coventry-wards", "--area", "ward", "--from", "yt_june_2021", "--to", "yt_june_2022",
            "--population", POPULATION, "--by", "marker", "--by", "offence", "-o", "nine.csv")
    (wardmap.folder / "fig").mkdir()
    wardmap("map", "nine.csv", "--areas", "coventry-wards", "--value", "rate", "--where", "marker=alcohol", "--by", "offence", "-o", "fig/{offence}.svg")
    made = sorted((wardmap.folder / "fig").glob("*.svg"))
    assert len(made) == 4
    scales = {tuple(t for t in texts(path) if re.fullmatch(r"under [\d,]+|[\d,]+ to [\d,]+|[\d,]+ and over", t)) for path in made}
    assert len(scales) == 1


def test_ages_bars_and_matrix(wardmap):
    wardmap("chart", "ages", POPULATION, "--bands", "0-14,15-24,25-44,45-64,65+", "-o", "ages.svg")
    assert any("65" in text for text in texts(wardmap.folder / "ages.svg"))
    by_type = DATA / "needs_assessment/offences_by_type.csv"
    wardmap("chart", "bars", by_type, "--where", "marker=alcohol", "--label", "offence", "--value", "yt_june_2021", "--value", "yt_june_2022", "-o", "bars.svg")
    assert any("1,526" in text for text in texts(wardmap.folder / "bars.svg"))
    wardmap("chart", "matrix", OFFENCES, "--where", "marker=alcohol", "--area", "ward", "--by", "offence", "--value", "yt_june_2022", "-o", "matrix.svg")
    assert any("456" in text for text in texts(wardmap.folder / "matrix.svg"))


def test_a_count_map_by_shading_is_warned_about(wardmap, table):
    assert "circles" in wardmap("map", table, "--areas", "coventry-wards", "--value", "count_after", "--kind", "choropleth", "-o", "p.svg").err


def test_suppressed_numbers_are_in_no_output(wardmap, write):
    counts = write("t.csv", "ward,a,b\nBablake,100,3\nEarlsdon,90,50\nWyken,80,60\nHenley,70,70\n")
    wardmap("indicators", counts, "--areas", "coventry-wards", "--from", "a", "--to", "b", "--population", POPULATION, "--small-numbers",
            "under:5", "-o", "t2.csv")
    text = (wardmap.folder / "t2.csv").read_text()
    bablake = next(line for line in text.splitlines() if "Bablake" in line)
    assert "[c]" in bablake and ",3," not in bablake and "-97" not in bablake


def test_a_picture_without_output_asks_for_it(wardmap, table):
    run = wardmap("map", table, "--areas", "coventry-wards", "--value", "rate")
    assert run.out.lstrip().startswith("<")  # not a terminal: SVG on standard output
