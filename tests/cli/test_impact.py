"""wardmap impact: units and events in, impact areas with their defence out."""
import csv
import datetime
import json
import random

import pytest

from conftest import DATA, POPULATION, ROOT, SHARED

IMD = DATA / "coventry_lsoa_deprivation.csv"


@pytest.fixture
def events(tmp_path):
    """Two years of invented events over Coventry, four times as dense about one place in Foleshill."""
    dice = random.Random(20261126)
    rows = []
    for year in (2021, 2022):
        for place, n in (((-1.4905, 52.4325, 0.004), 900), ((-1.51, 52.41, 0.05), 2400)):
            for _ in range(n):
                day = datetime.date(year, 1, 1) + datetime.timedelta(days=dice.randrange(365))
                rows.append((day.isoformat(), dice.choice(["Robbery", "Burglary"]), place[0] + dice.uniform(-1, 1) * place[2],
                             place[1] + dice.uniform(-1, 1) * place[2] * 0.6))
    path = tmp_path / "events.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["date", "offence", "longitude", "latitude"])
        writer.writerows(rows)
    return path


@pytest.fixture
def ask(wardmap, events):
    def call(*more, code=0, units="hex:500"):
        return wardmap("impact", units, "--areas", "coventry-wards", "--events", events, "--population", POPULATION, "--imd", IMD,
                       "--kind", "offence", *more, code=code)
    return call


def numbers(rows, column):
    return [float(row[column]) for row in rows if row[column]]


def test_the_example_is_a_definition_that_changes_nothing(wardmap, ask, write):
    text = wardmap("impact", "--example").out
    assert "residents_share = 0.10" in text and text.count("#") > 20
    write("d.toml", text)
    assert ask("--no-defence").out == ask("--no-defence", "--definition", "d.toml").out


def test_the_planted_place_is_found_and_rows_add_up(ask):
    run = ask("--threads", 1)
    areas = [row for row in run.rows if row["area"]]
    assert any("Foleshill" in row["name"] for row in areas)
    by_name = {row["name"]: row for row in run.rows}
    total = by_name["Total"]
    for column in ("events", "residents"):
        parts = [float(by_name[name][column] or 0) for name in ("All impact areas", "Rest of Coventry", "Not located")]
        assert sum(parts) == pytest.approx(float(total[column]))
        assert sum(numbers(areas, column)) == pytest.approx(float(by_name["All impact areas"][column]))
    assert float(by_name["All impact areas"]["resident_share_pct"]) <= 10
    for row in areas:
        assert 1500 <= float(row["residents"]) <= 10000 and float(row["deprived_pct"]) >= 50
        assert row["standing"] in ("robust", "arguable", "fragile") and 0 <= float(row["probability"]) <= 1
        assert row["lasting"] in ("persistent", "emerging", "former", "intermittent", "in no single year")
    # Events of two years: none of the 6,600 is lost.
    assert float(total["events"]) + sum(json.loads(ask("--no-defence", "--json").err)["ledger"][k] for k in ("outside",)) == 6600


def test_the_same_on_any_number_of_threads(ask):
    assert ask("--threads", 1).out == ask("--threads", 3).out


def test_layer_map_documents_and_further_tables_are_written(wardmap, ask):
    run = ask("-o", "a.csv", "-o", "a.geojson", "-o", "a.png", "-o", "a.svg", "-o", "a.html", "-o", "a.pdf", "-o", "a.docx",
              "--units-out", "u.csv", "--reruns-out", "r.csv")
    folder = wardmap.folder
    table = list(csv.DictReader((folder / "a.csv").open(encoding="utf-8")))
    layer = json.loads((folder / "a.geojson").read_text())
    assert [f["properties"]["area_code"] for f in layer["features"]] == [row["area"] for row in table if row["area"]]
    units = list(csv.DictReader((folder / "u.csv").open(encoding="utf-8")))
    assert {row["area"] for row in units if row["area"]} == {row["area"] for row in table if row["area"]}
    assert all(row["given_up"] == "" for row in units if row["area"])
    reruns = list(csv.DictReader((folder / "r.csv").open(encoding="utf-8")))
    assert reruns[0]["varied"] == "nothing" and float(reruns[0]["overlap"]) == 1
    assert {"denominator", "years", "budget", "method", "deprivation", "top unit"} <= {row["varied"] for row in reruns}
    page = (folder / "a.html").read_text()
    assert "Would another analyst have chosen the same?" in page and "Chosen by method A" in page
    assert (folder / "a.pdf").read_bytes().startswith(b"%PDF") and (folder / "a.docx").read_bytes().startswith(b"PK")
    assert "hold" in run.err


def test_existing_areas_are_scored_and_watched(ask, write):
    write("old.geojson", json.dumps({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"code": "P1", "name": "Old place"}, "geometry": {"type": "Polygon", "coordinates": [
            [[-1.497, 52.428], [-1.484, 52.428], [-1.484, 52.437], [-1.497, 52.437], [-1.497, 52.428]]]}}]}))
    run = ask("--existing", "old.geojson", "--no-defence", "-o", "m.html")
    assert "events in the impact area" in run.err and "if they and the ring had moved" in run.err or "no clear difference from the rest" in run.err


@pytest.mark.parametrize("more, code, says", [
    (["-o", "a.txt"], 2, ".geojson"),
    (["--definition", "nowhere.toml"], (1, 2), "--example"),
    (["--last-month", "2022-13"], (1, 2), "2022-06"),
    (["--last-month", "2024-06"], 1, "not all there"),
])
def test_slips_say_what_to_do(ask, more, code, says):
    assert says in ask(*more, code=code).err


def test_a_kind_that_no_column_has_suggests_the_nearest(wardmap, events):
    run = wardmap("impact", "hex:500", "--areas", "coventry-wards", "--events", events, "--population", POPULATION, "--imd", IMD,
                  "--kind", "offnce", code=2)
    assert "offence" in run.err


def test_hexagons_need_areas_and_units_need_people(wardmap, events):
    assert "--areas" in wardmap("impact", "hex:500", "--events", events, code=2).err
    assert "hex:500" in wardmap("impact", "hex:big", "--areas", "coventry-wards", "--events", events, code=2).err
    assert "--population" in wardmap("impact", "coventry-wards", "--events", events, code=2).err
    assert "--imd" in wardmap("impact", "coventry-wards", "--events", events, "--population", POPULATION, code=2).err


def test_snapped_events_refuse_units_smaller_than_small_areas(wardmap):
    crime = SHARED / "crime/warrington"
    if not crime.exists():
        pytest.skip(f"{crime} is not there")
    arguments = ["--events", f"{crime}/2016*.csv", "--events", f"{crime}/2017*.csv"]
    people = SHARED / "population/england_ward2020_mid2020_5year.csv"
    wards = SHARED / "boundaries/warrington_wards.geojson"
    run = wardmap("impact", "hex:200", "--areas", wards, *arguments, "--population", people, code=(1, 2))
    assert "eight addresses" in run.err or "population" in run.err


def test_a_real_year_of_warrington_is_warned_of_and_named_after_wards(wardmap):
    crime = SHARED / "crime/warrington"
    if not crime.exists():
        pytest.skip(f"{crime} is not there")
    run = wardmap("impact", SHARED / "boundaries/warrington_lsoa11.geojson", "--areas", SHARED / "boundaries/warrington_wards.geojson",
                  "--events", f"{crime}/2016*.csv", "--events", f"{crime}/2017*.csv", "--kind", "Crime type",
                  "--population", SHARED / "population/england_lsoa11_mid2020_5year.csv", "--imd", SHARED / "imd/england_imd2019_lsoa11.csv")
    areas = [row for row in run.rows if row["area"]]
    assert len(areas) >= 3 and any("Bewsey and Whitecross" in row["name"] for row in areas)
    assert "one full year" in run.err and "years_in" not in run.rows[0]
    assert sum(float(row["events"]) for row in run.rows if row["name"] == "Total") == 18702  # March 2016 to February 2017
    assert (ROOT / "docs/impact-areas.md").exists()


PROJECT = """
[report]
title = "Invented"
areas = "coventry-wards"
[population]
file = "{population}"
year = "mid-2020"
[[events]]
id = "of-{{offence}}"
files = "{events}"
x = "longitude"
y = "latitude"
date = "date"
by = "offence"
periods = ["2021", "2022"]
measure = "{{offence}}"
draw = ["rate-map", "count-map"]
[impact]
{impact}
"""


@pytest.fixture
def report(wardmap, events, tmp_path):
    def call(impact, *, code=0):
        text = PROJECT.format(population=POPULATION.as_posix(), events=events.as_posix(), impact=impact)
        (tmp_path / "project.toml").write_text(text, encoding="utf-8")
        return wardmap("report", tmp_path / "project.toml", "-o", tmp_path / "report", "--overwrite", "--json", code=code)
    return call


def test_a_report_has_its_impact_areas_and_outlines_them_on_its_maps(wardmap, ask, report, tmp_path):
    report(f'events = "of-{{offence}}"\nimd = "{IMD.as_posix()}"')
    made = list(csv.DictReader((tmp_path / "report/tables/impact-areas.csv").open(encoding="utf-8")))
    ask("-o", "alone.csv")
    alone = list(csv.DictReader((tmp_path / "alone.csv").open(encoding="utf-8")))
    assert made == alone  # what the command finds by the same definition
    assert made[0]["area"] == "IA1"
    page = (tmp_path / "report/index.html").read_text(encoding="utf-8")
    assert 'id="impact-areas"' in page and "Would another analyst have chosen the same?" in page
    maps = sorted((tmp_path / "report/figures").glob("*-map.svg"))
    assert len(maps) == 5  # two kinds, rates and counts, and the map of impact areas
    assert all(">IA1<" in one.read_text(encoding="utf-8") for one in maps)
    reruns = list(csv.DictReader((tmp_path / "report/tables/impact-reruns.csv").open(encoding="utf-8")))
    assert {"measure", "years", "method"} & {row["varied"] for row in reruns}


@pytest.mark.parametrize("impact, says", [
    ('events = "of-{offense}"', "did you mean 'of-{offence}'"),
    ('events = "of-{offence}"\nunit = "hex:500"', "did you mean 'units'"),
    ('events = "of-{offence}"\nunits = "hex:wide"', "hex:500"),
    ('events = "of-{offence}"\nimd = "not-there.csv"', "not-there.csv"),
    ('events = "of-{offence}"\ndefinition = "not-there.toml"', "not-there.toml"),
    ('events = "of-{offence}"\nlast_month = "June"', "2022-06"),
])
def test_slips_in_a_project_name_its_line(report, impact, says):
    run = report(impact, code=(1, 2))
    assert says in run.err and "project.toml" in run.err
