"""Impact areas of odd input: each has a defined answer, and what is odd is said."""
import json

import pytest

from test_impact_evidence import PEOPLE, SIDE, city, number, square, with_corner  # noqa: F401

METHODS = "ABCD"  # E asks for weights


@pytest.fixture
def answers(city, write):  # noqa: F811
    """Runs by every method; gives the run of method A with its rows and page."""
    def call(definition="", **options):
        for method in METHODS[::-1]:
            table = definition if "[method]" in definition else f'{definition}[method]\nchoose = "{method}"\n'
            write("d.toml", table)
            run = city.run("--definition", "d.toml", "--no-defence", "-o", "a.csv", "-o", "a.html", "-o", "a.pdf", "-o", "a.png", "--units-out",
                           "u.csv", "--summary-out", "s.csv", "--overwrite", **options)
            assert "nan" not in (city.text("a.csv") + city.text("u.csv") + city.text("s.csv")).lower().replace("financial", "")
            assert "inf" not in city.text("a.csv")
        run.areas = [row for row in city.rows("a.csv") if row["area"]]
        return run
    return call


def layer(units, corner=square):
    return json.dumps({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"code": f"U{u}", "name": f"Square {u}"}, "geometry": {"type": "Polygon", "coordinates": [corner(u)]}}
        for u in units], "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}})


def test_units_with_events_and_nobody_or_nobody_knows_how_many_have_counts_and_no_rate(city, answers, write):  # noqa: F811
    city.units(people={20: 0}).events(with_corner())
    people = (city.text("people.csv")).replace(f"U0,{PEOPLE},", "U0,,")
    write("people.csv", people)
    run = answers()
    assert "nobody living there: counts are given, no rate" in run.err and "how many people live there is not known" in run.err
    units = {unit["unit_code"]: unit for unit in city.rows("u.csv")}
    assert units["U20"]["events"] == "24" and units["U0"]["events"] == "120"
    assert units["U20"]["score"] == units["U0"]["score"] == units["U20"]["area"] == units["U0"]["area"] == ""
    total = city.rows("a.csv")[-1]
    assert number(total, "residents") == 62 * PEOPLE and number(total, "events") == sum(with_corner().values())


def test_islands_stand_alone_and_are_said(city, answers, write):  # noqa: F811
    city.events(with_corner())
    write("units.geojson", layer(range(SIDE * SIDE), lambda u: [[x, y] for x, y in square(u)] if u == 0 else
                                 [[x + 700 * (u % SIDE), y + 700 * (u // SIDE)] for x, y in square(u)]))
    run = answers()
    assert "areas have no neighbours (64 times)" in run.err
    assert "No area meets the definition" in run.err and "has 800 residents, under 1,500" in run.err
    assert "has 800 residents, under 1,500" in city.text("a.html")
    run = answers("[area]\npopulation = [500, 10000]\n")
    assert {len([unit for unit in city.rows("u.csv") if unit["area"] == row["area"]]) for row in run.areas} == {1}


def test_values_all_alike_are_no_cluster_and_an_area_no_higher_than_the_rest_is_warned_of(city, answers, write):  # noqa: F811
    city.events({(u, "Burglary", year): 12 for u in range(SIDE * SIDE) for year in (2021, 2022)})
    run = answers()
    assert "no clearly higher rate per resident than the rest" in run.err and "(1.00 times the rest's" in run.err
    assert "no clearly higher rate per resident" in city.text("a.html")
    for method in "BCD":
        write("d.toml", f'[method]\nchoose = "{method}"\n')
        assert "No area meets the definition" in city.run("--definition", "d.toml", "--no-defence").err


def test_an_area_above_the_rest_is_not_warned_of(city, answers):  # noqa: F811
    city.events(with_corner())
    assert "no clearly higher rate" not in answers().err


def test_one_unit_is_the_whole_and_no_area_by_default(city, answers, write):  # noqa: F811
    city.events({(0, "Burglary", year): 60 for year in (2021, 2022)})
    write("units.geojson", layer([0]))
    write("people.csv", f"code,all_ages\nU0,{PEOPLE}\n")
    run = answers()
    assert "may hold 80 residents, and the smallest unit has 800" in run.err and not run.areas
    run = answers("[budget]\nresidents_share = 1\n[area]\npopulation = [100, 10000]\n")
    assert len(run.areas) == 1 and "rate_ratio" not in run.areas[0]  # there is no rest
    assert number(run.areas[0], "event_share_pct") == 100


def test_more_events_than_people_are_a_rate_above_one(city, answers):  # noqa: F811
    city.units(people={u: 5 for u in (0, 1)}).events(with_corner())
    run = answers()
    assert "look like centres" in run.err
    assert number(next(unit for unit in city.rows("u.csv") if unit["unit_code"] == "U0"), "score") > 100


def test_units_drawn_twice_are_warned_of(city, answers, write):  # noqa: F811
    city.events(with_corner())
    write("units.geojson", layer(range(SIDE * SIDE), lambda u: square(0 if u == 1 else u)))
    run = answers()
    assert "areas have the same shape as another" in run.err and "U0 = U1" in run.err
    assert "U0 = U1" in city.text("a.html")


@pytest.mark.parametrize("definition, says", [
    ("[budget]\nresidents_share = 0.001\n", "may hold 51 residents, and the smallest unit has 800"),
    ("[area]\npopulation = [9000, 10000]\ncompactness_min = 0.9\n", "has 800 residents, under 9,000"),
    ("[measure]\nexclude_kinds = [\"Burglary\"]\n", "no event is left to count"),
])
def test_a_definition_that_no_unit_meets_says_why_by_every_method(city, answers, definition, says):  # noqa: F811
    city.events(with_corner())
    run = answers(definition)
    assert not run.areas and "No area meets the definition: " in run.err and says in run.err
    assert says in city.text("a.html")


def test_a_city_that_is_not_deprived_says_so(city, answers):  # noqa: F811
    city.units(deciles={u: 9 for u in range(SIDE * SIDE)}).events(with_corner())
    assert "0% of the area's residents live in the deciles asked for, under 50%" in answers().err


def test_a_kind_left_out_that_no_event_has_is_warned_of(city, answers):  # noqa: F811
    city.events(with_corner())
    assert "leaves out kinds that no event has; for example 'Burglry' (did you mean 'Burglary'?)" in answers(
        "[measure]\nexclude_kinds = [\"Burglry\"]\n").err


def test_one_area_is_spoken_of_as_one(city, write):  # noqa: F811
    city.events(with_corner())
    said = city.run("-o", "a.csv").err
    assert "It would be chosen on every single year" in said and "It is robust: chosen again by" in said and "of the one" not in said


def test_the_page_of_impact_areas_links_to_no_file_that_is_not_written(city, write):  # noqa: F811
    city.events(with_corner())
    city.run("-o", "a.html")
    page = city.text("a.html")
    assert "report.pdf" not in page and "manifest.json" not in page
    assert ", robust</li>" in page  # each key point ends with its standing
