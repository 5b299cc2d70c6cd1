"""Impact areas on a made-up city whose every count is known: figures recomputed from the printed tables, small numbers, warnings."""
import csv
import io
import json
import math

import pytest

from conftest import SHARED

SIDE, METRES, PEOPLE = 8, 500, 800
EAST, NORTH = 430000, 280000


def square(unit):
    x, y = EAST + METRES * (unit % SIDE), NORTH + METRES * (unit // SIDE)
    return [[x, y], [x + METRES, y], [x + METRES, y + METRES], [x, y + METRES], [x, y]]


@pytest.fixture
def city(wardmap, write):
    """Squares of 500 m with 800 residents each, and events as asked for: {(unit, kind, year): count}."""
    class City:
        def __init__(self):
            self.more = []

        def units(self, people=None, deciles=None, ages=True):
            features = [{"type": "Feature", "properties": {"code": f"U{u}", "name": f"Square {u}"},
                         "geometry": {"type": "Polygon", "coordinates": [square(u)]}} for u in range(SIDE * SIDE)]
            write("units.geojson", json.dumps({"type": "FeatureCollection", "features": features, "crs": {
                "type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}}))
            head = "code,all_ages" + (",age_0_14,age_15_24,age_25_64,age_65_plus" if ages else "")
            rows = []
            for u in range(SIDE * SIDE):
                n = PEOPLE if people is None else people.get(u, PEOPLE)
                rows.append(f"U{u},{n}" + (f",{n // 4},{n // 8},{n // 2},{n - n // 4 - n // 8 - n // 2}" if ages else ""))
            write("people.csv", "\n".join([head, *rows]) + "\n")
            deciles = deciles or {}
            write("imd.csv", "code,imd_decile,population\n" + "".join(f"U{u},{deciles.get(u, 1)},{PEOPLE}\n" for u in range(SIDE * SIDE)))
            return self

        def events(self, counts, header="date,kind,easting,northing", extra=""):
            rows = [header]
            for (unit, kind, year), count in counts.items():
                x, y = square(unit)[0]
                for i in range(count):
                    # Every month of the year has events: one spread over the months in turn.
                    rows.append(f"{year}-{i % 12 + 1:02}-15,{kind},{x + 250},{y + 250}{extra}")
            write("events.csv", "\n".join(rows) + "\n")
            return self

        def run(self, *more, code=0, units="units.geojson", imd=True):
            return wardmap("impact", units, "--events", "events.csv", "--population", "people.csv", "--kind", "kind",
                           *(["--imd", "imd.csv"] if imd else []), *more, code=code)

        def rows(self, name):
            return list(csv.DictReader(io.StringIO((wardmap.folder / name).read_text(encoding="utf-8"))))

        def text(self, name):
            return (wardmap.folder / name).read_text(encoding="utf-8")

    return City().units()


def with_corner(years=(2021, 2022), corner=60, elsewhere=12, kind="Burglary"):
    corner_units = (0, 1, SIDE, SIDE + 1)
    return {(u, kind, year): corner if u in corner_units else elsewhere for u in range(SIDE * SIDE) for year in years}


def number(row, column):
    return float(row[column])


def test_every_figure_of_the_table_follows_from_the_printed_counts(city):
    counts = with_corner()
    counts |= {(u, "Robbery", 2022): 12 for u in (0, 40)}
    city.events(counts)
    city.run("-o", "a.csv", "--units-out", "u.csv", "--reruns-out", "r.csv", "--summary-out", "s.csv")
    table, units, summary = city.rows("a.csv"), city.rows("u.csv"), city.rows("s.csv")
    rows = {row["name"]: row for row in table}
    areas = [row for row in table if row["area"]]
    whole, rest, total = rows["All impact areas"], next(row for row in table if row["name"].startswith("Rest of")), rows["Total"]
    assert len(areas) >= 1
    for column in ("events", "residents", "square_km", "events_first", "events_last"):
        parts = sum(number(row, column) for row in areas)
        assert parts == pytest.approx(number(whole, column))
        assert parts + number(rest, column) == pytest.approx(number(total, column))  # all events are located
    for area in areas:
        own = [unit for unit in units if unit["area"] == area["area"]]
        for column in ("events", "residents", "square_km"):
            assert sum(number(unit, column) for unit in own) == pytest.approx(number(area, column))
    for row in [*areas, whole, rest]:
        for share, column in (("event_share_pct", "events"), ("resident_share_pct", "residents"), ("area_share_pct", "square_km")):
            assert number(row, share) == pytest.approx(100 * number(row, column) / number(total, column))
        assert number(row, "pai") == pytest.approx(number(row, "event_share_pct") / number(row, "area_share_pct"))
        assert number(row, "events_to_residents") == pytest.approx(number(row, "event_share_pct") / number(row, "resident_share_pct"))
        assert number(row, "change_ratio") == pytest.approx(number(row, "events_last") / number(row, "events_first"))
        assert sum(number(row, f"age_{band}_pct") for band in ("0_14", "15_24", "25_64", "65_plus")) == pytest.approx(100)
        assert sum(number(row, f"deciles_{d}_{d + 1}_pct") for d in (1, 3, 5, 7, 9)) == pytest.approx(100)
    for row in [*areas, whole]:
        n, people = number(row, "events"), number(row, "residents")
        others, elsewhere = number(total, "events") - n, number(total, "residents") - people
        assert number(row, "rate_ratio") == pytest.approx(n / people / (others / elsewhere))
        assert number(row, "rate_ratio_lower") < number(row, "rate_ratio") < number(row, "rate_ratio_upper")
    # Benjamini and Hochberg over the areas.
    ranked = sorted(areas, key=lambda row: number(row, "p_value"), reverse=True)
    least = 1.0
    for place, row in enumerate(ranked):
        least = min(least, number(row, "p_value") * len(ranked) / (len(ranked) - place))
        assert number(row, "p_adjusted") == pytest.approx(least)
    # The funnel class with the units' own spread (Spiegelhalter 2005).
    figure = {row["figure"]: float(row["value"]) for row in summary if row["of"] == "units"}
    for row in areas:
        expected = number(total, "events") * number(row, "residents") / number(total, "residents")
        z = (math.sqrt(number(row, "events") / expected) - 1) / math.sqrt(1 / (4 * expected) + figure["tau2"])
        assert row["funnel_adjusted"] == ("high_998" if z > 3.0902323 else "high_95" if z > 1.9599640 else "similar")
    # Concentration from the table of units: Gini, generalised where there are fewer events than units.
    events = sorted(number(unit, "events") for unit in units)
    n, all_events = len(events), sum(events)
    gini = sum((2 * (i + 1) - n - 1) * value for i, value in enumerate(events)) / (n * all_events)
    assert figure["gini"] == pytest.approx(1 + max(1, n / all_events) * (gini - 1), abs=1e-9)
    held, places = 0.0, 0
    while held < all_events / 2:
        held += events[-1 - places]
        places += 1
    assert figure["units_for_50_pct"] <= 100 * places / n
    # One year ahead.
    ahead = {row["figure"]: float(row["value"]) for row in summary if row["figure"].startswith("ahead")}
    assert ahead["ahead_pai"] == pytest.approx(ahead["ahead_event_share_pct"] / ahead["ahead_area_share_pct"])
    assert ahead["ahead_pei"] == pytest.approx(ahead["ahead_pai"] / ahead["ahead_best_pai"])
    # How often each unit is chosen: a share of the reruns, and of each area at most all of them.
    reruns = city.rows("r.csv")
    for row in areas:
        assert number(row, "chosen_pct") * len(reruns) / 100 == pytest.approx(round(number(row, "chosen_pct") * len(reruns) / 100))
    assert {row["varied"] for row in reruns} >= {"units", "years", "budget", "method", "denominator"}
    assert {unit["borderline"] for unit in units} <= {"just in", "just out", ""}


def test_needles_harm_and_markers_are_shares_of_their_own_totals(city, write):
    counts = with_corner(years=(2021, 2022))
    counts |= {(u, "Robbery", year): 12 for u in (0, 9, 30) for year in (2021, 2022)}
    city.events(counts)
    write("harm.csv", "kind,weight,weights_name,weights_version\nBurglary,10,Test weights,2026\nRobbery,365,Test weights,2026\n")
    write("needles.csv", "code,finds\n" + "".join(f"U{u},{20 if u < 2 else 1}\n" for u in range(SIDE * SIDE)))
    city.run("--harm", "harm.csv", "--needles", "needles.csv", "--needles-column", "finds", "-o", "a.csv", "--units-out", "u.csv")
    rows = {row["name"]: row for row in city.rows("a.csv")}
    total = rows["Total"]
    robberies, burglaries = 3 * 2 * 12, 2 * (4 * 60 + 60 * 12)
    assert number(total, "harm") == pytest.approx(365 * robberies + 10 * burglaries)
    assert number(total, "needle_finds") == 2 * 20 + 62
    for row in city.rows("a.csv"):
        if row["area"]:
            assert number(row, "harm_share_pct") == pytest.approx(100 * number(row, "harm") / number(total, "harm"))
            assert number(row, "needle_share_pct") == pytest.approx(100 * number(row, "needle_finds") / number(total, "needle_finds"))
            assert number(row, "harm_pai") == pytest.approx(number(row, "harm_share_pct") / number(row, "area_share_pct"))
            if row["gravest_kind"] == "Robbery":
                assert number(row, "gravest_pct") == pytest.approx(100 * 365 / number(row, "harm"))


BOTH = '[measure]\nuse = "both"\n[budget]\nresidents_share = 0.0625\n[deprivation]\nrequire = false\n'


def test_both_asks_for_crime_and_harm(city, write):
    """Two corners have much of one and little of the other; the third has both, and is what "both" chooses."""
    much_crime, much_harm, much_of_both = (0, 1, 8, 9), (6, 7, 14, 15), (48, 49, 56, 57)
    counts = {}
    for u in range(SIDE * SIDE):
        for year in (2021, 2022):
            counts[u, "Theft", year] = 60 if u in much_crime else 36 if u in much_of_both else 12
            counts[u, "Robbery", year] = 24 if u in much_harm else 18 if u in much_of_both else 1
    city.events(counts)
    write("harm.csv", "kind,weight\nTheft,1\nRobbery,365\n")
    write("both.toml", BOTH)
    city.run("--harm", "harm.csv", "--definition", "both.toml", "--no-defence", "--units-out", "u.csv", "-o", "a.csv")
    chosen = {int(unit["unit_code"][1:]) for unit in city.rows("u.csv") if unit["area"]}
    assert chosen == set(much_of_both)
    # The same budget by crime or by harm alone takes another corner.
    for use, corner in (("crime", much_crime), ("harm", much_harm)):
        write(f"{use}.toml", BOTH.replace("both", use))
        city.run("--harm", "harm.csv", "--definition", f"{use}.toml", "--no-defence", "--units-out", f"by-{use}.csv")
        assert {int(unit["unit_code"][1:]) for unit in city.rows(f"by-{use}.csv") if unit["area"]} == set(corner)


def small_city(city):
    """Few events: one of the chosen units has 3, most of the others none."""
    counts = {(u, "Burglary", 2022): 24 for u in (0, 1, 8, 62, 63)}
    counts[9, "Burglary", 2022] = 3
    counts |= {(u, "Burglary", 2022): 12 for u in (30, 31)}
    counts[50, "Burglary", 2022] = 2
    return city.events(counts)


def test_small_counts_are_withheld_with_all_that_follows_from_them(city, wardmap, write):
    small_city(city)
    write("d.toml", '[budget]\nresidents_share = 0.16\n[deprivation]\nrequire = false\n')
    arguments = ["--definition", "d.toml", "-o", "a.csv", "-o", "a.html", "-o", "a.svg", "-o", "a.geojson", "--units-out", "u.csv"]
    run = city.run("--small-numbers", "under:5", *arguments)
    assert "withheld" in run.err
    units = {unit["unit_code"]: unit for unit in city.rows("u.csv")}
    assert units["U9"]["events"] == "[c]" and units["U50"]["events"] == "[c]"
    table = city.rows("a.csv")
    # A reader who adds up: no withheld unit is what its area's total leaves over.
    for area in {unit["area"] for unit in units.values()}:
        cells = [unit["events"] for unit in units.values() if unit["area"] == area]
        row = next((row for row in table if row["area"] == area), None) if area else next(r for r in table if r["name"].startswith("Rest of"))
        if "[c]" in cells:
            assert cells.count("[c]") > 1 or row["events"] == "[c]"
    for unit in units.values():
        if unit["events"] == "[c]":
            assert unit["score"] == "" and unit["probability"] == ""
    hidden = [row for row in table if row["area"] and row["events"] == "[c]"]
    for row in hidden:
        assert row["event_share_pct"] == row["pai"] == row["rate_ratio"] == row["p_value"] == row["events_to_residents"] == "[c]"
        assert "suppressed" in row["flags"]
    svg = city.text("a.svg")
    assert "suppressed [c]" in svg and "Square 9: suppressed" in svg
    assert "are withheld with everything derived from them" in city.text("a.html")
    assert json.loads(city.text("a.csv-metadata.json"))  # the rule travels with the table
    assert "under:5" in city.text("a.csv-metadata.json")
    # Without the rule the run says that there are such counts.
    assert "counts are 1 to 4" in city.run("--overwrite", *arguments).err


def test_an_area_that_is_small_itself_withholds_the_set_or_another(city, write):
    counts = {(u, "Burglary", 2022): 12 for u in (0, 1, 8, 9)}
    counts[63, "Burglary", 2022] = 4
    city.events(counts).units(people={u: 2000 for u in range(SIDE * SIDE)})
    write("d.toml", '[budget]\nareas = 2\n[area]\npopulation = [1500, 8000]\n[deprivation]\nrequire = false\n')
    city.run("--definition", "d.toml", "--small-numbers", "under:5", "-o", "a.csv", "--no-defence")
    table = city.rows("a.csv")
    areas = [row for row in table if row["area"]]
    rows = {row["name"].split(" of ")[0]: row for row in table}
    assert any(row["events"] == "[c]" for row in areas)
    withheld = sum(row["events"] == "[c]" for row in areas)
    if withheld == 1:
        assert rows["All impact areas"]["events"] == "[c]"
    if rows["All impact areas"]["events"] == "[c]":
        assert rows["Rest"]["events"] == "[c]" or rows["Total"]["events"] == "[c]"


def test_rounding_reaches_shares_and_ratios(city):
    city.events(with_corner(corner=63, elsewhere=13))
    city.run("--small-numbers", "under:5,round:10", "-o", "a.csv", "--units-out", "u.csv", "--no-defence")
    table = city.rows("a.csv")
    for row in table:
        assert number(row, "events") % 10 == 0
    total = next(row for row in table if row["name"] == "Total")
    for row in table:
        if row["area"]:
            assert number(row, "event_share_pct") == pytest.approx(100 * number(row, "events") / number(total, "events"))
    assert all(number(unit, "events") % 10 == 0 for unit in city.rows("u.csv"))


@pytest.mark.parametrize("rule", ["under", "under:1", "5", "under:5,around:5"])
def test_a_rule_that_is_none_says_how_to_write_one(city, rule):
    city.events(with_corner())
    assert "under:5" in city.run("--small-numbers", rule, code=2).err


def test_one_year_is_warned_of(city):
    err = city.events(with_corner(years=(2022,))).run("--no-defence").err
    assert "there is one full year of events" in err and "some of what stands out in one year is chance" in err


def test_two_years_say_that_areas_are_scored_on_the_events_they_were_chosen_on(city):
    err = city.events(with_corner()).run("--no-defence").err
    assert "come from the events they were chosen on; the check one year ahead does not" in err


def test_less_than_a_year_is_refused(city):
    run = city.events({(u, "Burglary", 2022): 6 for u in range(SIDE * SIDE)}).run(code=1)
    assert "at least one full year" in run.err


def test_fewer_than_ten_events_in_an_area_are_warned_of(city, write):
    counts = {(u, "Burglary", 2022): 12 for u in (0,)} | {(63, "Burglary", 2022): 4}
    write("d.toml", '[budget]\nareas = 2\n[area]\npopulation = [500, 10000]\n[deprivation]\nrequire = false\n')
    run = city.events(counts).run("--definition", "d.toml", "--no-defence")
    assert "fewer than ten events" in run.err
    assert any("small" in row["flags"] for row in run.rows)


def test_units_where_nobody_lives_have_counts_and_no_rate(city):
    city.units(people={20: 0})
    run = city.events(with_corner()).run("--no-defence", "--units-out", "u.csv")
    assert "nobody living there: counts are given, no rate" in run.err and "Square 20" in run.err
    unit = next(unit for unit in city.rows("u.csv") if unit["unit_code"] == "U20")
    assert unit["events"] == "24" and unit["score"] == "" and unit["area"] == ""


def test_a_centre_on_residents_alone_is_warned_of_and_not_with_daytime_people(city, write):
    counts = with_corner(corner=240)
    city.events(counts)
    assert "look like centres" in city.run("--no-defence").err
    write("workday.csv", "code,population\n" + "".join(f"U{u},{PEOPLE}\n" for u in range(SIDE * SIDE)))
    assert "look like centres" not in city.run("--no-defence", "--workday", "workday.csv").err


def test_a_kind_that_begins_inside_the_years_is_warned_of(city):
    counts = with_corner()
    counts |= {(u, "Public order", 2022): 12 for u in range(SIDE * SIDE)}
    err = city.events(counts).run("--no-defence").err
    assert "begin or end inside the years" in err and "Public order (from January 2022)" in err and "Burglary (" not in err


def test_a_marker_filled_in_more_often_is_warned_of(city, write):
    rows = ["date,kind,easting,northing,alcohol"]
    for year, marked in ((2021, 2), (2022, 6)):
        for u in range(SIDE * SIDE):
            x, y = square(u)[0]
            rows += [f"{year}-{i + 1:02}-15,Burglary,{x + 250},{y + 250},{'Y' if i < marked else 'N'}" for i in range(12)]
    write("events.csv", "\n".join(rows) + "\n")
    run = city.run("--no-defence", "--marker", "alcohol")
    assert "alcohol (16.7% to 50.0%)" in run.err
    assert number(run.rows[-1], "alcohol_pct") == pytest.approx(100 * 8 / 24)


def marked_city(city, write, cell):
    """24 events a square and year; what stands in the marker's cell by square and place of the event in the year."""
    rows = ["date,kind,easting,northing,alcohol"]
    for year in (2021, 2022):
        for u in range(SIDE * SIDE):
            x, y = square(u)[0]
            for i in range(96 if u in (0, 1, SIDE, SIDE + 1) else 24):
                rows.append(f"{year}-{i % 12 + 1:02}-15,Burglary,{x + 250},{y + 250},{cell(u, i)}")
    write("events.csv", "\n".join(rows) + "\n")
    write("d.toml", '[budget]\nresidents_share = 0.0625\n[deprivation]\nrequire = false\n')
    return city.run("--definition", "d.toml", "--no-defence", "--marker", "alcohol", "-o", "a.csv", "-o", "a.html", "--units-out", "u.csv",
                    "--overwrite")


def test_shares_with_a_marker_are_of_the_events_where_it_is_filled_in(city, write):
    run = marked_city(city, write, lambda u, i: "Y" if i % 4 == 0 else "N" if i % 4 == 1 else "" if i % 4 == 2 else "n")
    rows = {row["name"]: row for row in city.rows("a.csv")}
    for row in [row for row in rows.values() if row["alcohol_pct"]]:
        parts = [number(row, f"alcohol_{what}") for what in ("yes", "no", "not_recorded")]
        assert sum(parts) == number(row, "events")
        assert number(row, "alcohol_pct") == pytest.approx(100 * parts[0] / (parts[0] + parts[1])) == pytest.approx(100 / 3)
        assert number(row, "alcohol_recorded_pct") == pytest.approx(75)
    assert rows["Total"]["alcohol_pct"] and rows["All impact areas"]["alcohol_pct"]
    assert "alcohol in all units (75%)" in run.err and "fewer than four of five" in run.err
    assert "differs by more than 10" not in run.err
    page = city.text("a.html")
    assert "Marked alcohol: 33% of the 75% of events where it is recorded." in page
    assert "are of the events where that is recorded, yes or no" in page


def test_a_marker_filled_in_less_in_the_areas_than_in_the_rest_is_warned_of(city, write):
    corner = (0, 1, SIDE, SIDE + 1)
    run = marked_city(city, write, lambda u, i: "" if u in corner and i % 8 == 0 else "Y" if i % 4 == 1 else "N")
    assert "differs by more than 10 percentage points" in run.err and "(88%, in the rest 100%)" in run.err
    assert "fewer than four of five" not in run.err
    row = city.rows("a.csv")[0]
    assert number(row, "alcohol_recorded_pct") == pytest.approx(87.5)
    assert number(row, "alcohol_pct") == pytest.approx(100 * 24 / 84)
    assert "differs by more than 10 percentage points" in city.text("a.html")


def test_a_marker_that_is_never_filled_in_has_no_share(city, write):
    run = marked_city(city, write, lambda u, i: "")
    for row in city.rows("a.csv"):
        assert "alcohol_pct" not in row
        if row["alcohol_recorded_pct"]:
            assert number(row, "alcohol_recorded_pct") == number(row, "alcohol_yes") == 0
            assert number(row, "alcohol_not_recorded") == number(row, "events")
    assert "alcohol in all units (0%)" in run.err
    page = city.text("a.html")
    assert "Marked alcohol" not in page and "not known" in page


def test_a_marker_that_no_event_says_no_to_counts_what_is_empty_as_no(city, write):
    run = marked_city(city, write, lambda u, i: "Y" if i % 4 == 0 else "")
    assert "no event says no to a marker" in run.err
    row = city.rows("a.csv")[0]
    assert number(row, "alcohol_pct") == pytest.approx(25) and "alcohol_recorded_pct" not in row
    assert number(row, "alcohol_yes") + number(row, "alcohol_no") == number(row, "events")
    assert "how complete that is cannot be told" in city.text("a.html")


def test_listed_markers_are_each_a_share_of_all_events(city, write):
    run = marked_city(city, write, lambda u, i: ("alcohol;drugs", "drugs", "", "none")[i % 4])
    row = city.rows("a.csv")[0]
    assert number(row, "alcohol_pct") == pytest.approx(25) and number(row, "drugs_pct") == pytest.approx(50)
    assert "alcohol_recorded_pct" not in row and "filled in" not in run.err
    assert "Events list what they are marked with" in city.text("a.html")


def test_a_marker_filled_in_less_often_every_year_is_warned_of(city, write):
    rows = ["date,kind,easting,northing,alcohol"]
    for year, known in ((2021, 12), (2022, 10)):
        for u in range(SIDE * SIDE):
            x, y = square(u)[0]
            rows += [f"{year}-{i + 1:02}-15,Burglary,{x + 250},{y + 250},{'' if i >= known else 'Y' if i % 2 else 'N'}" for i in range(12)]
    write("events.csv", "\n".join(rows) + "\n")
    run = city.run("--no-defence", "--marker", "alcohol")
    assert "moved by more than 10 percentage points over the years" in run.err and "alcohol (100.0% to 83.3%)" in run.err
    assert "moved by more than a quarter" not in run.err


def test_shares_of_an_area_chosen_by_a_marker_are_of_all_its_events(city, write):
    rows = ["date,kind,easting,northing,Alcohol,drug"]
    for u in range(SIDE * SIDE):
        x, y = square(u)[0]
        many = 48 if u in (0, 1, SIDE, SIDE + 1) else 12
        rows += [f"{year}-{i % 12 + 1:02}-15,{'Burglary' if i % 2 else 'Theft'},{x + 250},{y + 250},{'Y' if i % 4 < 2 else 'N'},N"
                 for year in (2021, 2022) for i in range(many)]
    write("events.csv", "\n".join(rows) + "\n")
    write("d.toml", '[measure]\nmarkers = ["Alcohol"]\nexclude_kinds = ["Theft"]\n[deprivation]\nrequire = false\n')
    run = city.run("--definition", "d.toml", "--no-defence", "-o", "a.csv")
    for row in city.rows("a.csv"):
        if row["area"]:
            assert number(row, "alcohol_pct") == pytest.approx(50) and number(row, "alcohol_yes") == number(row, "events")
    write("d.toml", '[measure]\nmarkers = ["kind"]\n')
    assert "'kind' is no marker" in city.run("--definition", "d.toml", "--no-defence", code=2).err


def test_small_counts_of_a_marker_take_their_whole_row_of_it_with_them(city, write):
    """In the corner 3 events of 768 have an empty cell: with yes, no and all events shown it would be told."""
    rows = ["date,kind,easting,northing,alcohol"]
    for u in range(SIDE * SIDE):
        x, y = square(u)[0]
        for year in (2021, 2022):
            for i in range(96 if u in (0, 1, SIDE, SIDE + 1) else 24):
                cell = "" if u == 0 and year == 2021 and i < 3 else "Y" if i % 3 == 0 else "N"
                rows.append(f"{year}-{i % 12 + 1:02}-15,Burglary,{x + 250},{y + 250},{cell}")
    write("events.csv", "\n".join(rows) + "\n")
    write("d.toml", '[budget]\nresidents_share = 0.0625\n[deprivation]\nrequire = false\n')
    city.run("--definition", "d.toml", "--no-defence", "--marker", "alcohol", "--small-numbers", "under:5", "-o", "a.csv", "-o", "a.html")
    row = city.rows("a.csv")[0]
    assert number(row, "events") == 768
    assert {row[f"alcohol_{what}"] for what in ("pct", "recorded_pct", "yes", "no", "not_recorded")} == {"[c]"}
    assert "Marked alcohol" not in city.text("a.html")


def test_nominations_stand_beside_the_units_and_change_no_figure(city, write):
    city.events(with_corner())
    city.run("--no-defence", "-o", "plain.csv", "--units-out", "plain-units.csv")
    write("named.csv", "code,partner,reason\nU40,Housing,Empty flats\nU0,Fire,Arson\nU40,Health,Overdoses\nU999,Nobody,Elsewhere\n")
    run = city.run("--no-defence", "--nominations", "named.csv", "-o", "a.csv", "--units-out", "u.csv")
    assert city.text("a.csv") == city.text("plain.csv")
    units = {unit["unit_code"]: unit for unit in city.rows("u.csv")}
    assert units["U40"]["nominated"] == "Housing; Empty flats / Health; Overdoses" and units["U0"]["nominated"] == "Fire; Arson"
    assert [{k: v for k, v in unit.items() if k != "nominated"} for unit in units.values()] == city.rows("plain-units.csv")
    assert "named.csv" in run.err  # a row of no unit is said


def test_the_definition_in_words_says_seed_and_snap(city):
    city.events(with_corner())
    city.run("--no-defence", "-o", "a.html")
    page = city.text("a.html")
    assert "within 0.5 m of each other" in page and "Random numbers start from seed 1" in page


def test_weights_on_broad_public_categories_are_warned_of(city, write):
    city.events(with_corner(kind="Violence and sexual offences"))
    write("harm.csv", "kind,weight\nViolence and sexual offences,100\n")
    assert "broad categories" in city.run("--harm", "harm.csv", "--no-defence").err


def test_the_crime_domain_of_deprivation_is_warned_of(city, write):
    city.events(with_corner())
    write("imd.csv", "code,crime_decile,population\n" + "".join(f"U{u},1,{PEOPLE}\n" for u in range(SIDE * SIDE)))
    assert "counted twice" in city.run("--no-defence").err


def test_events_of_police_uk_are_refused_on_units_smaller_than_small_areas(wardmap, city, write):
    rows = ["Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type"]
    rows += [f",2022-{month:02},Force,Force,-1.53,52.42,On or near,U0,Square 0,Burglary" for month in range(1, 13) for _ in range(5)]
    write("police.csv", "\n".join(rows) + "\n")
    run = wardmap("impact", "units.geojson", "--events", "police.csv", "--population", "people.csv", "--imd", "imd.csv",
                  "--kind", "Crime type", code=1)
    assert "eight addresses" in run.err and "800" not in run.out
    city.units(people={u: 1600 for u in range(SIDE * SIDE)})
    assert "eight addresses" in wardmap("impact", "units.geojson", "--events", "police.csv", "--population", "people.csv", "--imd",
                                        "imd.csv", "--kind", "Crime type", "--no-defence").err  # said, not refused


def test_hexagons_are_moved_and_resized_in_the_defence(city, wardmap):
    city.events(with_corner())
    wardmap("impact", "hex:500", "--areas", "units.geojson", "--events", "events.csv", "--population", "people.csv", "--imd", "imd.csv",
            "--kind", "kind", "--reruns-out", "r.csv", "-o", "a.csv")
    units = [row["to"] for row in city.rows("r.csv") if row["varied"] == "units"]
    assert units == ["the grid moved 250 m east", "the grid moved 250 m north", "hexagons of 600 m", "hexagons of 400 m"]
    assert all(0 <= float(row["overlap"]) <= 1 for row in city.rows("r.csv"))


def test_a_place_left_out_is_hatched_and_left_out_on_other_grids(city, write):
    city.events(with_corner())
    write("d.toml", '[[exclude]]\nunit = "U0"\nreason = "Prison"\n')
    run = city.run("--definition", "d.toml", "-o", "a.svg", "--units-out", "u.csv", "--reruns-out", "r.csv")
    assert next(unit for unit in city.rows("u.csv") if unit["unit_code"] == "U0")["area"] == ""
    svg = city.text("a.svg")
    assert "left out of the choice" in svg and "just outside it" in svg
    assert "no unit 'U0'" not in run.err


def test_a_year_of_warrington_reads_as_a_board_would(wardmap):
    crime = SHARED / "crime/warrington"
    if not crime.exists():
        pytest.skip(f"{crime} is not there")
    wardmap("impact", SHARED / "boundaries/warrington_lsoa11.geojson", "--areas", SHARED / "boundaries/warrington_wards.geojson",
            "--events", f"{crime}/2016*.csv", "--events", f"{crime}/2017*.csv", "--kind", "Crime type", "--measure", "recorded crime",
            "--population", SHARED / "population/england_lsoa11_mid2020_5year.csv",
            "--imd", SHARED / "imd/england_imd2019_lsoa11.csv", "-o", "a.html", "-o", "a.csv", "--reruns-out", "r.csv")
    page = (wardmap.folder / "a.html").read_text(encoding="utf-8")
    assert "impact areas hold" in page and "of Warrington's residents" in page.replace("&#39;", "'")
    assert "Residents by age" in page and "Without Drugs" in page and "With deprivation not asked for" in page
    reruns = list(csv.DictReader((wardmap.folder / "r.csv").open(encoding="utf-8")))
    assert any(row["varied"] == "units" for row in reruns)
    assert "nan" not in page and "--workday" not in page
