"""From one set of areas to another: lookups and centres of people."""
import numpy as np
import pytest

import wardmap as wm
from conftest import POPULATION, ROOT

HALVES = ROOT / "examples/statistics/coventry_halves.geojson"
UNITS = ROOT / "examples/statistics/output_areas.csv"


def square(code, west, south, size=1000):
    east, north = west + size, south + size
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Feature", "properties": {"cell_code": code, "cell_name": f"cell {code}"}, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def squares(*cells):
    return wm.read_areas({"type": "FeatureCollection", "features": [square(*cell) for cell in cells]}, crs="EPSG:27700")


SMALL = (("a", 430000, 280000), ("b", 431000, 280000), ("c", 432000, 280000))
LARGE = (("W", 430000, 280000, 1500), ("E", 431500, 280000, 1500))


def test_a_lookup_by_surface_takes_the_larger_part_and_says_what_it_loses():
    """By hand: b lies half in each, so the first has it; of its 40 people half live elsewhere."""
    table = wm.lookup(squares(*SMALL), squares(*LARGE), [10, 40, 30])
    assert isinstance(table, wm.Table)
    assert table["from_code"].tolist() == ["a", "b", "c"] and table["area_code"].tolist() == ["W", "W", "E"]
    assert table["from_name"].tolist() == ["cell a", "cell b", "cell c"] and table["area_name"].tolist() == ["cell W", "cell W", "cell E"]
    assert table["share"].tolist() == pytest.approx([1, 0.5, 1], abs=1e-9)
    assert table["elsewhere"].tolist() == pytest.approx([0, 20, 0], abs=1e-6) and table["people"].tolist() == [10, 40, 30]
    assert "people" not in wm.lookup(squares(*SMALL), squares(*LARGE))


def test_a_lookup_by_centre_takes_the_area_of_the_centre_of_mass():
    moved = (("W", 430000, 280000, 1499), ("E", 431499, 280000, 1501))
    table = wm.lookup(squares(*SMALL), squares(*moved), by="centre")
    assert table["area_code"].tolist() == ["W", "E", "E"]
    assert table["share"].tolist() == pytest.approx([1, 0.501, 1], abs=1e-9)


def test_small_areas_in_no_area_are_left_out_and_named():
    with pytest.warns(wm.WardmapWarning, match="in none of the areas.*: far") as said:
        table = wm.lookup(squares(*SMALL, ("far", 500000, 300000)), squares(*LARGE), [1, 2, 3, 4])
    assert len(said) == 1 and table["from_code"].tolist() == ["a", "b", "c"] and table["people"].tolist() == [1, 2, 3]


def test_a_lookup_of_units_follows_most_people():
    """By hand: 3 of A's 7 people live in S and 4 in T; B has one unit; C nobody."""
    source, target, people = ["A", "A", "B", "C"], ["S", "T", "S", "T"], [3, 4, 5, 0]
    with pytest.warns(wm.WardmapWarning, match="C"):
        table = wm.lookup(source, target, people, by="units")
    assert table["from_code"].tolist() == ["A", "B"] and table["area_code"].tolist() == ["T", "S"]
    assert table["share"].tolist() == pytest.approx([4 / 7, 1]) and table["elsewhere"].tolist() == pytest.approx([3, 0])
    assert wm.lookup(source, target, by="units")["area_code"].tolist() == ["S", "S", "T"]


def test_frames_come_back_as_frames():
    pandas = pytest.importorskip("pandas")
    units = pandas.read_csv(UNITS)
    made = wm.lookup(units.small_area, units.ward, units.people, by="units")
    assert isinstance(made, pandas.DataFrame) and list(made.columns) == ["from_code", "area_code", "share", "people", "elsewhere"]
    assert made.people.sum() == units.people.sum()
    assert made.set_index("from_code").area_code["Z01000001"] == "Canal Side"


def test_a_lookup_is_what_count_takes(wards):
    table = wm.lookup(["L1", "L1", "L2"], [wards.codes[4], wards.codes[4], wards.codes[7]], by="units")
    counted = wm.count({"lsoa": ["L1", "L1", "L2"]}, areas=wards, area="lsoa", lookup=table)
    assert {code: n for code, n in zip(counted["area_code"], counted["count"]) if n} == {wards.codes[4]: 2, wards.codes[7]: 1}


def test_centres_lie_where_the_people_do():
    """By hand: W holds a's centre with 10 people and b's none of it, E those of b and c with 10 and 30."""
    moved = (("W", 430000, 280000, 1499), ("E", 431499, 280000, 1501), ("none", 440000, 280000))
    x, y = wm.weighted_centres([10, 10, 30], squares(*SMALL), squares(*moved))
    assert x.tolist()[:2] == pytest.approx([430500, 432250]) and y.tolist()[:2] == pytest.approx([280500, 280500])
    assert np.isnan(x[2]) and np.isnan(y[2])
    r = wm.weighted_centres([10, 10, 30], squares(*SMALL), squares(*moved))
    assert "EPSG:27700" in r.method and r["x"].tolist()[0] == x[0]


def test_centres_of_longitudes_are_longitudes(wards):
    pandas = pytest.importorskip("pandas")
    people = pandas.read_csv(POPULATION).set_index("ward_code").all_ages.reindex(wards.codes)
    x, y = wm.weighted_centres(people, wards, HALVES)
    assert len(x) == 2 and np.isfinite(x).all() and wards.crs == "EPSG:4326" and (-1.7 < x).all() and (52.3 < y).all()


@pytest.mark.parametrize("wrong, said", [
    (lambda s, l: wm.lookup(s, l, [1, 2]), "2 values of people for 3 areas"),
    (lambda s, l: wm.lookup(s, l, by="people"), "surface, centre, units"),
    (lambda s, l: wm.lookup("A", ["S"], by="units"), "source is a single value"),
    (lambda s, l: wm.lookup(["A"], ["S", "T"], by="units"), "source 1, target 2"),
    (lambda s, l: wm.lookup(["A"], ["S"], [-1], by="units"), "negative"),
    (lambda s, l: wm.weighted_centres([1], s, l), "1 values? for 3 areas"),
    (lambda s, l: wm.weighted_centres([1, -2, 3], s, l), "negative"),
    (lambda s, l: wm.weighted_centres(["x", "y", "z"], s, l), "people is not numbers"),
])
def test_bad_input_is_named(wrong, said):
    with pytest.raises(ValueError, match=said):
        wrong(squares(*SMALL), squares(*LARGE))
