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


def count_table(months, kinds):
    """A long table as `wardmap count` writes it: two areas, every month and kind, then rows of no area."""
    lines = ["area_code,area_name,period,offence,count"]
    for code, name in [("E05001218", "Bablake"), ("E05001219", "Binley and Willenhall"), ("", "Outside"), ("", "Not located")]:
        for month in months:
            for kind, count in kinds.items():
                lines.append(f"{code},{name},{month},{kind},{count(month) if code else 1}")
    return "\n".join(lines) + "\n"


TWO_YEARS = [f"{year}-{month:02}" for year in (2020, 2021) for month in range(1, 13)]
WHAT = ["--unit", "offences", "--whole", "Coventry", "--source", "Simulated"]


@pytest.fixture
def counts(write):
    return write("counts.csv", count_table(TWO_YEARS, {"ROBBERY": lambda m: 10 + (m > "2021"), "THEFT": lambda m: 40}))


@pytest.mark.parametrize("arguments, title, label", [
    (["months", "--kind", "ROBBERY", "--break", "2020-03..2020-06=First lockdown"], "Robbery rose 10% in the year to December 2021", "First lockdown"),
    (["index", "--kind", "ROBBERY", "--baseline", "2020-12"], "Robbery: up 10% from December 2020 to December 2021", "+10%"),
    (["index", "--kind", "ROBBERY", "--baseline", "year-before"], "Robbery: up 10% from December 2020 to December 2021", "+10%"),
    (["share", "--kind", "ROBBERY"], "Robbery: share of all offences grew", "Fitted trend"),
    (["season"], "Offences by calendar month", "8%"),
    (["season", "--kind", "ROBBERY", "--season-style", "dots", "--season-start", "april"], "Robbery by calendar month", "Even share"),
])
def test_charts_of_counts_by_month_come_with_their_words(wardmap, counts, arguments, title, label):
    wardmap("chart", arguments[0], counts, *arguments[1:], *WHAT, "-o", "p.svg", "-o", "p.pdf", "-o", "p.png", "--data-out", "p.json")
    facts = json.loads((wardmap.folder / "p.json").read_text())
    assert facts["title"].startswith(title)
    assert facts["alt"] and len(facts["alt"]) <= 200 and facts["description"]
    found = texts(wardmap.folder / "p.svg")
    assert any(label in text for text in found), found
    assert any("outside all areas" in text for text in found)


def test_the_published_shares_by_calendar_month_come_out_of_counts(wardmap, write):
    # 10 events a percent printed, and ten more where they change no whole percent: 1,000 in three years from July 2019.
    printed = [8, 5, 7, 7, 12, 12, 9, 10, 7, 8, 7, 7]
    sums = [10 * share + {4: 4, 5: 4, 7: 2}.get(i, 0) for i, share in enumerate(printed)]
    months = [f"{2019 + (6 + i) // 12}-{(6 + i) % 12 + 1:02}" for i in range(36)]
    rows = [(m, sums[int(m[5:]) - 1]) for m in months]
    lines = [f"E05001218,Bablake,{m},{s // 3 if i < 24 else s - 2 * (s // 3)}" for i, (m, s) in enumerate(rows)]
    table = write("c.csv", "area_code,area_name,period,count\n" + "\n".join(lines) + "\n")
    wardmap("chart", "season", table, *WHAT, "-o", "p.svg")
    shares = [t for t in texts(wardmap.folder / "p.svg") if re.fullmatch(r"\d+%", t)]
    assert [int(t[:-1]) for t in shares[-12:]] == printed


def test_hours_are_drawn_with_the_share_without_a_time(wardmap, write):
    day = [f"E05001218,Bablake,{hour:02},{90 if hour == 0 else 10}" for hour in range(24)] + ["E05001218,Bablake,no time,80"]
    run = wardmap("chart", "hours", write("h.csv", "area_code,area_name,period,count\n" + "\n".join(day) + "\n"), *WHAT, "-o", "p.svg")
    found = " ".join(texts(wardmap.folder / "p.svg"))
    assert "80 offences, 20% of all" in found and "unknown time" in found and "unknown time" in run.err
    days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    week = [f"E05001218,Bablake,{name} {hour:02},{hour}" for name in days for hour in range(24)]
    wardmap("chart", "hours", write("w.csv", "area_code,area_name,period,count\n" + "\n".join(week) + "\n"), *WHAT, "-o", "w.svg")
    assert {"Monday", "Sunday"} <= set(texts(wardmap.folder / "w.svg"))


def test_charts_of_counts_say_what_is_wrong_and_what_to_do(wardmap, write, counts):
    assert "did you mean 'ROBBERY'" in wardmap("chart", "months", counts, "--kind", "ROBERY", "-o", "p.svg", code=2).err
    assert "--kind" in wardmap("chart", "share", counts, "-o", "p.svg", code=2).err
    assert "from 2020-01 to 2021-12" in wardmap("chart", "index", counts, "--baseline", "2019-01", "-o", "p.svg", code=2).err
    assert "2020-03..2020-06=note" in wardmap("chart", "months", counts, "--break", "2020-03", "-o", "p.svg", code=2).err
    assert "wardmap count" in wardmap("chart", "months", OFFENCES, "-o", "p.svg", code=1).err
    quarters = write("q.csv", "area_code,area_name,period,count\nE1,A,2020-Q1,4\n")
    assert "--period month" in wardmap("chart", "months", quarters, "-o", "p.svg", code=1).err
    gap = write("gap.csv", count_table(["2020-01", "2020-02", "2020-05"], {"ROBBERY": lambda m: 9}))
    assert "March to April 2020" in wardmap("chart", "months", gap, "-o", "gap.svg", "--strict", code=3).err


def test_one_chart_a_ward_names_the_ward(wardmap, counts):
    wardmap("chart", "months", counts, "--kind", "ROBBERY", "--by", "area_name", *WHAT, "-o", "{area_name}.svg")
    assert sorted(path.name for path in wardmap.folder.glob("*.svg")) == ["bablake.svg", "binley-and-willenhall.svg"]
    assert any("Binley and Willenhall" in text for text in texts(wardmap.folder / "binley-and-willenhall.svg"))


def test_small_months_are_in_no_output(wardmap, write):
    table = write("s.csv", count_table(TWO_YEARS + ["2022-01"], {"ROBBERY": lambda m: 2 if m == "2020-05" else 50}))
    wardmap("chart", "months", table, *WHAT, "--small-numbers", "under:5", "-o", "p.svg", "--data-out", "p.json")
    facts = (wardmap.folder / "p.json").read_text() + (wardmap.folder / "p.svg").read_text()
    assert "2020-05" not in facts and "May 2020" in facts and "small-number rule" in facts
