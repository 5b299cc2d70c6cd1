"""The next quarter: `report --previous`, and the analyst's own words beside the tables."""
import csv

PROJECT = """[report]
title = "Small"
edition = "{edition}"
areas = "coventry-wards"
[[table]]
id = "robbery"
file = "counts.csv"
from = "{before}"
to = "{after}"
measure = "robbery"
draw = ["table"]
"""


def write(folder, rows, before="yt_june_2021", after="yt_june_2022", edition="June 2022"):
    (folder / "project.toml").write_text(PROJECT.format(before=before, after=after, edition=edition))
    (folder / "counts.csv").write_text(f"ward,{before},{after}\n" + "".join(f"{w},{a},{b}\n" for w, a, b in rows))


def changes(folder):
    with open(folder / "tables/changes.csv", newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_next_quarter_is_no_revision_but_a_revised_year_is(wardmap):
    write(wardmap.folder, [("Foleshill", 10, 20), ("Henley", 4, 8)])
    wardmap("report", "project.toml", "-o", "old")
    write(wardmap.folder, [("Foleshill", 22, 30), ("Henley", 8, 9)], "yt_june_2022", "yt_june_2023", "June 2023")
    run = wardmap("report", "project.toml", "-o", "new", "--previous", "old")
    assert "Since the last edition 1 count was revised, with 1 number worked out from it" in run.err
    rows = changes(wardmap.folder / "new")
    revised = [(r["row"], r["column"], r["period"], r["old"], r["new"], r["difference"]) for r in rows if r["kind"] == "revised"]
    assert revised == [
        ("Foleshill", "count_before", "year to June 2022", "20", "22", "2"),
        ("Total", "count_before", "year to June 2022", "28", "30", "2"),
    ]
    assert {r["kind"] for r in rows} == {"revised", "period", "input", "not_compared"}
    page = (wardmap.folder / "new/index.html").read_text(encoding="utf-8")
    assert "the last edition, “June 2022”" in page and "20 before, 22 now" in page


def test_twice_the_same_gives_the_same_bytes(wardmap):
    write(wardmap.folder, [("Foleshill", 10, 20), ("Henley", 4, 8)])
    wardmap("report", "project.toml", "-o", "old")
    write(wardmap.folder, [("Foleshill", 11, 20), ("Henley", 4, 8)])
    for folder in ("a", "b"):
        wardmap("report", "project.toml", "-o", folder, "--previous", "old")
    for name in ("index.html", "report.pdf", "report.docx", "tables/changes.csv", "manifest.json"):
        assert (wardmap.folder / "a" / name).read_bytes() == (wardmap.folder / "b" / name).read_bytes(), name


def test_an_altered_table_is_said_and_strict_stops(wardmap):
    write(wardmap.folder, [("Foleshill", 10, 20), ("Henley", 4, 8)])
    wardmap("report", "project.toml", "-o", "old")
    table = wardmap.folder / "old/tables/robbery.csv"
    table.write_bytes(table.read_bytes().replace(b",20,", b",21,"))
    run = wardmap("report", "project.toml", "-o", "new", "--previous", "old", "--strict", code=3)
    assert "altered since it was made" in run.err and "robbery.csv" in run.err


def test_what_is_no_report_is_refused(wardmap):
    write(wardmap.folder, [("Foleshill", 10, 20)])
    assert "manifest.json" in wardmap("report", "project.toml", "-o", "new", "--previous", ".", code=1).err
    assert "no such folder" in wardmap("report", "project.toml", "-o", "new", "--previous", "nowhere", code=1).err
    assert not (wardmap.folder / "new").exists()


def test_init_leaves_the_words_that_are_there(wardmap):
    write(wardmap.folder, [("Foleshill", 10, 20), ("Henley", 4, 8)])
    wardmap("init", "counts.csv", "-o", "first.toml")
    words = wardmap.folder / "introduction.md"
    assert "{Bablake.rate}" in words.read_text(encoding="utf-8")
    wardmap("report", "first.toml", "-o", "empty")  # the file says nothing yet: no page
    assert "id=\"introduction\"" not in (wardmap.folder / "empty/index.html").read_text(encoding="utf-8")
    words.write_text("# Ours\n\nHenley: {Henley.count_after}.\n", encoding="utf-8")
    run = wardmap("init", "counts.csv", "-o", "first.toml", "--overwrite")
    assert "stays as it is" in run.err
    wardmap("report", "first.toml", "-o", "out")
    page = (wardmap.folder / "out/index.html").read_text(encoding="utf-8")
    assert "<h2 id=\"introduction\">Ours</h2>" in page and "Henley: 8." in page


def test_a_wrong_name_in_the_words_names_the_line_and_the_nearest(wardmap):
    write(wardmap.folder, [("Foleshill", 10, 20), ("Henley", 4, 8)])
    with open(wardmap.folder / "project.toml", "a") as file:
        file.write('[[page]]\ntext = "words.md"\n')
    (wardmap.folder / "words.md").write_text("# Words\n\n{Folshill.rate}\n")
    err = wardmap("report", "project.toml", "-o", "out", code=2).err
    assert "words.md" in err and "row 3" in err and "Foleshill" in err
