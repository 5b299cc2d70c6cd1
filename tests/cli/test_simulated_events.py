"""The worked example: simulated events that give the printed tables back. Counted here by plain Python, polygons and all."""
import collections
import csv
import json
import os
import pathlib
import re
import subprocess
from decimal import ROUND_HALF_UP, Decimal

import pytest

from conftest import COMMAND, DATA, ROOT, published_tables

SIMULATE = pathlib.Path(COMMAND).parent / "wardmap-simulate"
TABLES = DATA / "needs_assessment"
INVENTED = ROOT / "examples/simulated-events/data"
YEARS_TO_JUNE = {"2020": ("2019-07", "2020-06"), "2021": ("2020-07", "2021-06"), "2022": ("2021-07", "2022-06")}
YEARS_TO_JULY = {"2020": ("2019-08", "2020-07"), "2021": ("2020-08", "2021-07"), "2022": ("2021-08", "2022-07")}

pytestmark = pytest.mark.skipif(not SIMULATE.exists(), reason="wardmap-simulate is not built: WARDMAP_BUILD_EXAMPLES is off")


def simulate(folder, *options, code=0, tables=TABLES):
    done = subprocess.run([SIMULATE, "-o", folder, "--tables", tables, *options], capture_output=True, text=True, timeout=120,
                          env={**os.environ, "LC_ALL": "C.UTF-8"})
    assert done.returncode == code, done.stderr
    return done


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("simulated") / "out"
    simulate(folder)
    return folder


@pytest.fixture(scope="module")
def events(made):
    return [dict(row, ward=WARDS.ward_of(row["longitude"], row["latitude"])) for row in rows_of(made / "events.csv")]


@pytest.fixture(scope="module")
def finds(made):
    return [dict(row, ward=WARDS.ward_of(row["longitude"], row["latitude"])) for row in rows_of(made / "needle_finds.csv")]


class Wards:
    """Even-odd rule over the built-in wards, without any of our own code."""

    def __init__(self):
        features = json.loads((ROOT / "boundaries/coventry-wards.geojson").read_text())["features"]
        self.rings = {}
        for feature in features:
            geometry = feature["geometry"]
            polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
            self.rings[feature["properties"]["ward_name"]] = [ring for polygon in polygons for ring in polygon]
        self.boxes = {ward: (min(p[0] for r in rings for p in r), min(p[1] for r in rings for p in r),
                             max(p[0] for r in rings for p in r), max(p[1] for r in rings for p in r))
                      for ward, rings in self.rings.items()}
        self.known = {}

    def ward_of(self, longitude, latitude):
        """None without a place, "" outside, else the name; a place in two wards fails."""
        try:
            x, y = float(longitude), float(latitude)
        except ValueError:
            return None
        if (x, y) == (0, 0):
            return None
        if (x, y) not in self.known:
            inside = [ward for ward, (left, low, right, high) in self.boxes.items()
                      if left <= x <= right and low <= y <= high and self.odd(self.rings[ward], x, y)]
            assert len(inside) <= 1, f"{longitude}, {latitude} lies in {inside}"
            self.known[x, y] = inside[0] if inside else ""
        return self.known[x, y]

    @staticmethod
    def odd(rings, x, y):
        inside = False
        for ring in rings:
            for (x1, y1), (x2, y2) in zip(ring, ring[1:]):
                if (y1 > y) != (y2 > y) and x < x1 + (x2 - x1) * (y - y1) / (y2 - y1):
                    inside = not inside
        return inside


WARDS = Wards()


def dated(row, period, column="recorded_at"):
    first, last = period
    return first <= row[column][:7] <= last and row[column][:10] != "2021-02-30"


def marked(row, marker):
    return row[marker] == "Y"


def test_all_162_ward_rows_of_the_nine_tables_come_back(events):
    counts = collections.Counter()
    for row in events:
        for year in ("2021", "2022"):
            for marker in ("alcohol", "drug"):
                if row["ward"] and marked(row, marker) and dated(row, YEARS_TO_JUNE[year]):
                    counts[marker, row["offence"], row["ward"], year] += 1
    rows = 0
    for (marker, offence), table in published_tables().items():
        for row in table[:-1]:
            assert str(counts.pop((marker, offence, row["ward"], "2021"), 0)) == row["yt_june_2021"]
            assert str(counts.pop((marker, offence, row["ward"], "2022"), 0)) == row["yt_june_2022"]
            rows += 1
    assert rows == 162
    assert not counts, "events of offences or wards that no table has"


def test_the_twelve_calendar_month_percentages_print_as_published(events):
    months = collections.Counter(
        row["recorded_at"][5:7] for row in events
        if row["ward"] and row["offence"] == "VIOLENCE WITH INJURY" and marked(row, "drug") and dated(row, ("2019-07", "2022-06")))
    total = Decimal(sum(months.values()))
    printed = [int((100 * months[f"{month:02}"] / total).quantize(Decimal(1), rounding=ROUND_HALF_UP)) for month in range(1, 13)]
    assert printed == [int(row["share_pct"]) for row in rows_of(TABLES / "calendar_month_share.csv")]
    assert printed == [8, 5, 7, 7, 12, 12, 9, 10, 7, 8, 7, 7]


def test_the_year_to_june_2020_is_the_one_that_130_percent_was_said_of(events):
    year = [row for row in events if row["ward"] and dated(row, YEARS_TO_JUNE["2020"])]
    # 2,726 is 130% above 1,185, and 1,888 lies between: each table's year to June 2021 times 1,185 / 1,888, by hand.
    by_hand = {"VIOLENCE WITHOUT INJURY": 201, "VIOLENCE WITH INJURY": 142, "POSSESSION OF DRUGS": 290, "TRAFFICKING OF DRUGS": 181,
               "STALKING AND HARASSMENT": 87}
    assert collections.Counter(row["offence"] for row in year if marked(row, "drug")) == by_hand


def test_one_in_five_of_the_smaller_count_carries_both_markers(events):
    both = collections.Counter((row["offence"], row["ward"]) for row in events
                               if row["ward"] and marked(row, "alcohol") and marked(row, "drug") and dated(row, YEARS_TO_JUNE["2022"]))
    tables = {key: {row["ward"]: int(row["yt_june_2022"]) for row in table} for key, table in published_tables().items()}
    expected = collections.Counter()
    for (marker, offence), alcohol in tables.items():
        drug = tables.get(("drug", offence))
        if marker == "alcohol" and drug:
            expected.update({(offence, ward): min(alcohol[ward], drug[ward]) // 5 for ward in alcohol if ward != "Total"})
    assert both == +expected
    assert sum(both.values()) > 100


def test_every_row_is_labelled_and_carries_a_marker(events, finds):
    assert all(row["note"].startswith("SIMULATED") for row in events + finds)
    assert all(row["alcohol"] in "YN" and row["drug"] in "YN" and (marked(row, "alcohol") or marked(row, "drug")) for row in events)


def test_the_rows_that_no_ward_and_year_counts_are_as_many_as_the_readme_says(events):
    assert sum(row["ward"] == "" for row in events) == 43
    assert sum(row["longitude"] == "" for row in events) == 25
    assert sum(row["longitude"] == "0" and row["latitude"] == "0" for row in events) == 15
    assert sum(row["longitude"] == "not known" for row in events) == 5
    assert sum(row["recorded_at"] == "" for row in events) == 10
    assert sum(row["recorded_at"] == "2021-02-30" for row in events) == 5
    ids = collections.Counter(row["incident_id"] for row in events)
    assert sorted(ids.values())[-4:] == [1, 2, 2, 2]
    same_but_for_the_id = collections.Counter(tuple(v for k, v in row.items() if k != "incident_id") for row in events if row["ward"])
    assert sum(n - 1 for n in same_but_for_the_id.values()) >= 150


def test_every_row_is_where_the_ledger_of_the_events_page_has_it(events):
    located = [row for row in events if row["ward"]]
    no_date = [row for row in located if row["recorded_at"] in ("", "2021-02-30")]
    counted = [row for row in located if dated(row, ("2020-07", "2022-06"))]
    page = dict(re.findall(r"^\| ([a-z ]+) \| ([0-9,]+) \|", (ROOT / "docs/events.md").read_text(), re.M))
    assert page == {"rows read": f"{len(events):,}", "filtered": "0", "duplicates": "0", "located": f"{len(located):,}", "outside": "43",
                    "no location": "45", "rejected": "0", "counted": f"{len(counted):,}",
                    "out of period": f"{len(located) - len(counted) - len(no_date):,}", "no date": "15"}
    assert len(events) == len(located) + 43 + 45


def test_some_rows_have_a_date_only_and_some_places_come_again(events):
    date_only = sum(len(row["recorded_at"]) == 10 for row in events) / len(events)
    assert 0.08 < date_only < 0.15
    places = collections.Counter((row["longitude"], row["latitude"]) for row in events if row["ward"])
    assert len(places) < 0.7 * sum(places.values())
    assert all(len(text.split(".")[1]) == 6 for place in places for text in place)


def test_needle_finds_come_back_by_ward_and_year(finds):
    counts = collections.Counter((row["ward"], year) for row in finds for year, period in YEARS_TO_JULY.items()
                                 if dated(row, period, "found_on"))
    for row in rows_of(TABLES / "needle_finds_by_ward.csv")[:-1]:
        assert [counts[row["ward"], year] for year in YEARS_TO_JULY] == [int(row[f"yt_july_{year}"]) for year in YEARS_TO_JULY]
    assert len(finds) == 322
    assert sum(row["ward"] != row["ward_named"] for row in finds) == 13


def test_the_same_seed_gives_the_same_bytes_and_another_gives_other_events_with_the_same_counts(made, tmp_path):
    simulate(tmp_path / "again")
    simulate(tmp_path / "other", "--seed", "2")
    for name in ("events.csv", "needle_finds.csv"):
        assert (tmp_path / "again" / name).read_bytes() == (made / name).read_bytes()
        assert (tmp_path / "other" / name).read_bytes() != (made / name).read_bytes()

    def totals(folder):
        return collections.Counter((row["offence"], row["alcohol"], row["drug"]) for row in rows_of(folder / "events.csv")
                                   if WARDS.ward_of(row["longitude"], row["latitude"]) and dated(row, ("2019-07", "2022-06")))
    assert totals(tmp_path / "other") == totals(made)


def test_without_faults_the_other_rows_stay_as_they_are(made, tmp_path):
    simulate(tmp_path / "clean", "--no-faults")
    clean = rows_of(tmp_path / "clean/events.csv")
    assert len(clean) == len(rows_of(made / "events.csv")) - 103
    assert {tuple(row.values()) for row in clean} <= {tuple(row.values()) for row in rows_of(made / "events.csv")}


def test_files_that_are_there_are_not_replaced_unasked(made):
    before = (made / "events.csv").read_bytes()
    assert "--overwrite" in simulate(made, code=1).stderr
    assert (made / "events.csv").read_bytes() == before
    simulate(made, "--overwrite")


@pytest.mark.parametrize("seed", ["-4", "1.5", "one", "18446744073709551616"])
def test_a_seed_that_is_no_whole_number_is_refused(tmp_path, seed):
    assert f"'{seed}' is no whole number" in simulate(tmp_path / "out", f"--seed={seed}", code=2).stderr


def edited(folder, name, old, new):
    for file in TABLES.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    text = (TABLES / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


@pytest.mark.parametrize("name, old, new, said", [
    ("offences_by_ward.csv", "INJURY,Bablake,31,", "INJURY,Bablake,some,", "row 2, column yt_june_2021"),
    ("offences_by_ward.csv", "10.4.7,alcohol,VIOLENCE WITHOUT INJURY,Bablake,31,32,1,3,190\n", "", "0 rows for Bablake"),
    ("offences_by_ward.csv", "10.4.7,alcohol", "10.4.7,both", "'both' is no marker"),
    ("calendar_month_share.csv", "January,8", "Janvier,8", "'Janvier' is no month"),
    ("calendar_month_share.csv", "January,8", "January,60", "no numbers of events by calendar month"),
    ("calendar_month_share.csv", "drug,VIOLENCE WITH INJURY,January", "drug,ARSON,January", "no table by ward"),
    ("needle_finds_by_ward.csv", "Wyken,1,1,0,2", "Wyken,1,1.5,0,2", "column yt_july_2021"),
])
def test_a_table_that_cannot_be_simulated_is_refused_and_nothing_is_written(tmp_path, name, old, new, said):
    tables = tmp_path / "tables"
    tables.mkdir()
    done = simulate(tmp_path / "out", code=1, tables=edited(tables, name, old, new))
    assert said in done.stderr
    assert not (tmp_path / "out/events.csv").exists()


def test_a_folder_without_the_tables_is_named(tmp_path):
    assert "offences_by_ward.csv" in simulate(tmp_path / "out", code=1, tables=tmp_path).stderr


def test_the_invented_postcodes_lie_where_the_readme_says():
    places = {row["pcds"].replace(" ", ""): row for row in rows_of(INVENTED / "invented_postcodes.csv")}
    clients = collections.Counter()
    for row in rows_of(INVENTED / "practices.csv"):
        assert row["note"].startswith("INVENTED")
        place = places.get(row["postcode"].upper().replace(" ", ""))
        clients[WARDS.ward_of(place["long"], place["lat"]) if place else None] += int(row["clients"])
    assert clients == {"St Michael's": 275, "Foleshill": 200, "Radford": 88, "Longford": 72, "Upper Stoke": 66, "Henley": 54,
                       "Binley and Willenhall": 41, "Westwood": 37, "": 23, None: 29}
    assert [row["pcds"] for row in places.values() if row["doterm"]] == ["CV99 9ZZ"]
