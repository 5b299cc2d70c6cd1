"""A first report by somebody in a hurry: without people to divide by, with one table, areas of their own, words not yet written."""
import csv
import json
import re
import subprocess

import pytest

from conftest import OFFENCES, POPULATION

ONE = """[report]
title = "{title}"
areas = "coventry-wards"
{report}
{people}
[[table]]
id = "violence"
file = "{offences}"
area = "ward"
from = "yt_june_2021"
to = "yt_june_2022"
where = {{ marker = "alcohol", offence = "VIOLENCE WITHOUT INJURY" }}
measure = "alcohol-marked violence"
{more}
"""


def write(folder, people=False, report="", more="", title="Mine"):
    text = ONE.format(title=title, report=report, more=more, offences=OFFENCES, people=f'[population]\nfile = "{POPULATION}"\n' if people else "")
    (folder / "project.toml").write_text(text, encoding="utf-8")


def words_of(pdf):
    return subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout


def test_without_people_nothing_is_said_or_drawn_of_rates(wardmap):
    write(wardmap.folder)
    run = wardmap("report", "project.toml", "-o", "out")
    assert "warning" in run.err and "no ward has a rate" in run.err and "[population]" in run.err
    out = wardmap.folder / "out"
    assert sorted(path.name for path in (out / "figures").glob("*.svg")) == ["violence.count-map.svg", "violence.table.svg"]
    page = re.sub(r"<script.*?</script>|<style.*?</style>", "", (out / "index.html").read_text(encoding="utf-8"), flags=re.S)
    for words in (page, " ".join(words_of(out / "report.pdf").split())):
        assert "the highest count of alcohol-marked violence" in words
        assert not re.search(r"highest rate|lowest rate|Per 0|Highest rate", words)
    problems = [one["code"] for one in json.loads((out / "manifest.json").read_text(encoding="utf-8"))["problems"]]
    assert "no_rates" in problems


def test_one_table_is_spoken_of_as_one(wardmap):
    write(wardmap.folder, people=True)
    wardmap("report", "project.toml", "-o", "out")
    page = (wardmap.folder / "out/index.html").read_text(encoding="utf-8")
    assert "1 tables" not in page and "1 of the 1" not in page
    assert "St Michael’s has the highest rate, clearly above Coventry’s." in page
    assert "Foleshill has a rate clearly above Coventry’s." in page and "Bablake has neither the highest nor the lowest rate." in page
    # It needs no chapter before it, and is told how to be read.
    contents = page[page.index("<nav"):page.index("</nav>")]
    assert "chapter-" not in page and contents.count('href="#violence"') == 1 and page.count("How to read the quadrant chart") == 1


def test_the_project_says_what_all_areas_are_called(wardmap):
    write(wardmap.folder, people=True, report='whole = "The City"')
    wardmap("report", "project.toml", "-o", "out")
    page = (wardmap.folder / "out/index.html").read_text(encoding="utf-8")
    assert "The City has 379,387 people" in page and "clearly above The City’s" in page


def test_periods_that_are_years_are_written_as_years(wardmap):
    with open(OFFENCES, encoding="utf-8-sig") as file:
        rows = [row for row in csv.DictReader(file) if row["marker"] == "alcohol" and row["offence"] == "VIOLENCE WITHOUT INJURY"]
    with open(wardmap.folder / "counts.csv", "w", encoding="utf-8") as file:
        file.write("ward,2021,2022\n" + "".join(f"{row['ward']},{row['yt_june_2021']},{row['yt_june_2022']}\n" for row in rows))
    write(wardmap.folder, people=True)
    project = wardmap.folder / "project.toml"
    text = project.read_text(encoding="utf-8").replace(str(OFFENCES), "counts.csv").replace("yt_june_", "")
    project.write_text(re.sub("where = .*\n", "", text), encoding="utf-8")
    wardmap("report", "project.toml", "-o", "out")
    page = (wardmap.folder / "out/index.html").read_text(encoding="utf-8")
    assert "In 2022 there were 1,526 offences, 593 more than in 2021 (933, +64%)" in page


def test_words_of_init_on_the_cover_are_a_warning(wardmap):
    write(wardmap.folder, people=True, title="Title of the report", report='organisation = "Your organisation"')
    run = wardmap("report", "project.toml", "-o", "out")
    assert "init" in run.err and "your own words" in run.err
    write(wardmap.folder, people=True, report='organisation = "City Council"')
    assert "your own words" not in wardmap("report", "project.toml", "-o", "out", "--overwrite").err


@pytest.mark.parametrize("more, words", [
    ('draw = ["table", "table"]', ["row", "'table' stands twice in 'draw' of [[table]]", "leave one out"]),
    ("draw = []", ["'draw' of [[table]] is empty", "leave it out"]),
])
def test_what_cannot_be_drawn_is_refused_before_anything_is_written(wardmap, more, words):
    write(wardmap.folder, people=True, more=more)
    run = wardmap("report", "project.toml", "-o", "out", code=(1, 2, 3))
    for one in words:
        assert one in run.err, run.err
    assert not (wardmap.folder / "out").exists()


def test_check_of_a_project_file_says_who_looks_it_over(wardmap):
    write(wardmap.folder, people=True)
    run = wardmap("check", "project.toml", code=2)
    assert "project file" in run.err and "'wardmap lint project.toml'" in run.err
    wardmap("lint", "project.toml", code=(0, 3))


@pytest.mark.parametrize("value, marked", [("rate", []), ("change_pct", ["Wainbody"])])
def test_a_rate_is_marked_by_its_own_count_from_a_file_too(wardmap, value, marked):
    wardmap("indicators", OFFENCES, "--areas", "coventry-wards", "--area", "ward", "--from", "yt_june_2021", "--to", "yt_june_2022", "--population", POPULATION,
            "--where", "marker=alcohol", "--where", "offence=VIOLENCE WITHOUT INJURY", "-o", "t.csv")  # Wainbody: 7, then 11
    wardmap("map", "t.csv", "--areas", "coventry-wards", "--value", value, "-o", "m.svg")
    drawn = (wardmap.folder / "m.svg").read_text(encoding="utf-8")
    assert re.findall(r"<title>(\w+): [^<]*low reliability</title>", drawn) == marked
    assert ("[u]" in drawn) == bool(marked)
