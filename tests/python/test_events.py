"""Events in Python: located as arrays, frames and files, counted, and accounted for."""
import copy
import csv
import json
import multiprocessing
import pickle
import threading
import warnings

import numpy as np
import pytest

import wardmap as wm
from conftest import ROOT

INVENTED = ROOT / "examples/simulated-events/data/invented_street.csv"
SHARED = ROOT.parent / "shared/data"
STREET = SHARED / "crime/west_midlands"
WARDS = SHARED / "boundaries/coventry_wards.geojson"
NEEDLES = SHARED / "needles/boston_needle_pickup_2015.csv"
REFERENCE = SHARED / "checks/coventry_ward_reference.csv"
LEDGER = "rows_read filtered duplicates located outside no_location rejected counted out_of_period no_date".split()


def needs(path):
    if not path.exists():
        pytest.skip(f"the published file {path.name} is not beside this checkout, in ../shared/data")
    return path


def balanced(ledger):
    """Both laws of the ledger."""
    read = ledger["filtered"] + ledger["duplicates"] + ledger["located"] + ledger["outside"] + ledger["no_location"]
    located = ledger["counted"] + ledger["out_of_period"] + ledger["no_date"]
    return ledger["rows_read"] == read + sum(ledger["rejected"].values()) and ledger["located"] == located


def square(code, x, y, size=10.0):
    ring = [[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]]
    return {
        "type": "Feature",
        "properties": {"area_code": code, "area_name": f"Square {code}"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def list_of(column):
    """A column of any library as a list."""
    for name in ("to_pylist", "to_list", "tolist"):
        if hasattr(column, name):
            return getattr(column, name)()
    return list(column)


class Squares:
    """Two squares of 10 m that share the edge x = 400010."""

    __geo_interface__ = {
        "type": "FeatureCollection",
        "features": [square("A", 400000.0, 300000.0), square("B", 400010.0, 300000.0)],
    }


@pytest.fixture(scope="module")
def squares():
    return wm.read_areas(Squares(), crs="EPSG:27700")


@pytest.fixture
def pandas():
    return pytest.importorskip("pandas")


@pytest.fixture
def finds(pandas):
    """Eight rows: three in A, one in B, one outside, one without a place, one undated, one out of its mind."""
    return pandas.DataFrame(
        {
            "Easting": [400001.0, 400002.0, 400003.0, 400015.0, 400050.0, np.nan, 400004.0, 400016.0],
            "Northing": [300005.0] * 8,
            "when": ["2014-01-05", "05/01/2014", "2014-02", "Feb 2014", "2014-01", "2014-01", "", "31/02/2014"],
            "kind": ["needle", "litter", "needle", None, "needle", "needle", "litter", "litter "],
        },
        index=list("hgfedcba"),
    )


# ---------------------------------------------------------------- arrays


def test_points_get_the_place_of_their_area_and_shared_edges_the_first(squares):
    x = np.array([400005.0, 400015.0, 400010.0, 400000.0, 400020.1, np.nan, np.inf])
    y = np.full(7, 300005.0)
    where = wm.locate(x, y, squares)
    assert where.dtype == np.int32
    assert where.tolist() == [0, 1, 0, 0, -1, -1, -1]
    codes = squares.take(where)
    assert codes.dtype == object
    assert codes.tolist() == ["A", "B", "A", "A", None, None, None]


def test_arrays_of_every_layout_give_one_answer(squares):
    rng = np.random.default_rng(1)
    x, y = rng.integers(399995, 400025, 1000).astype("float64"), rng.integers(299995, 300015, 1000).astype("float64")
    inside = (x >= 400000) & (x <= 400020) & (y >= 300000) & (y <= 300010)
    expected = np.where(inside, np.where(x <= 400010, 0, 1), -1)
    fixed = x.copy()
    fixed.flags.writeable = False
    spread = np.repeat(x, 2)[::2]
    assert not spread.flags.c_contiguous
    for one in (x, fixed, spread, x.astype(">f8"), x.astype("f4"), x.astype("i4"), x.tolist()):
        np.testing.assert_array_equal(wm.locate(one, y, squares), expected)
    np.testing.assert_array_equal(wm.locate(x.reshape(10, 100), y.reshape(10, 100), squares), expected.reshape(10, 100))
    np.testing.assert_array_equal(wm.locate(x, y, squares, threads=2), expected)
    np.testing.assert_array_equal(wm.locate(x=x, y=y, areas=squares), expected)


def test_columns_of_any_library_are_arrays(squares):
    x, y = [400005.0, None, 400015.0], [300005.0, 300005.0, 300005.0]
    expected = [0, -1, 1]
    pandas, polars, pyarrow = (pytest.importorskip(name) for name in ("pandas", "polars", "pyarrow"))
    assert wm.locate(pandas.Series(x), pandas.Series(y), squares).tolist() == expected
    assert wm.locate(pandas.Series(x, dtype="Float64"), pandas.Series(y), squares).tolist() == expected
    assert wm.locate(polars.Series(x), polars.Series(y), squares).tolist() == expected
    assert wm.locate(pyarrow.array(x), pyarrow.array(y), squares).tolist() == expected


def test_nothing_and_one_point(squares):
    assert wm.locate([], [], squares).tolist() == []
    assert wm.locate(400005.0, 300005.0, squares).shape == ()


def test_points_in_another_system_are_moved(wards):
    # Lady Godiva's statue, Broadgate: grid reference SP 3345 7905 (Ordnance Survey map).
    assert wards.names[int(wm.locate(433450.0, 279050.0, wards, crs="EPSG:27700"))] == "St Michael's"
    assert wards.names[int(wm.locate(433450.0, 279050.0, wards, crs=27700))] == "St Michael's"


@pytest.mark.parametrize(
    "arguments, message",
    [
        (([1.0, 2.0], [1.0]), "shape"),
        ((["a"], ["b"]), "numbers"),
        (([1j], [1j]), "numbers"),
    ],
)
def test_arrays_that_are_no_points_are_refused(squares, arguments, message):
    with pytest.raises(ValueError, match=message):
        wm.locate(*arguments, squares)
    with pytest.raises(ValueError, match="prefix"):
        wm.locate([1.0], [1.0], squares, prefix="ward_")
    with pytest.raises(ValueError, match="threads"):
        wm.locate([1.0], [1.0], squares, threads=-1)


def test_an_unknown_system_is_a_crs_error(squares):
    with pytest.raises(wm.CrsError):
        wm.locate([1.0], [1.0], squares, crs="EPSG:999999")


# ---------------------------------------------------------------- frames


def test_a_frame_comes_back_with_its_index_and_three_columns(finds, squares):
    out = wm.locate(finds, squares)
    assert list(out.columns) == [*finds.columns, "area_code", "area_name", "located"]
    assert list(out.index) == list(finds.index)
    assert out["area_code"].fillna("-").tolist() == ["A", "A", "A", "B", "-", "-", "A", "B"]
    assert out["area_name"].iloc[3] == "Square B"
    assert out["located"].tolist() == ["inside"] * 4 + ["outside", "no_location"] + ["inside"] * 2
    assert "area_code" not in finds
    assert wm.ledger(out)["located"] == 6 and balanced(wm.ledger(out))


def test_every_kind_of_frame_comes_back_as_it_is(finds, squares):
    polars, pyarrow = pytest.importorskip("polars"), pytest.importorskip("pyarrow")
    expected = wm.locate(finds, squares)["located"].tolist()
    arrow = pyarrow.Table.from_pandas(finds, preserve_index=False)
    for frame, kind in ((polars.from_pandas(finds), polars.DataFrame), (arrow, pyarrow.Table)):
        out = wm.locate(frame, squares)
        assert isinstance(out, kind)
        assert list_of(out["located"]) == expected
        assert list_of(out["area_code"]).count(None) == 2
        assert wm.ledger(out)["no_location"] == 1
    columns = {name: finds[name].to_numpy(dtype=object if finds[name].dtype.kind == "O" else None) for name in finds}
    out = wm.locate(columns, squares)
    assert isinstance(out, wm.Table) and out["located"].tolist() == expected


def test_points_of_a_geodataframe_bring_their_system(finds, squares):
    geopandas = pytest.importorskip("geopandas")
    points = geopandas.GeoDataFrame(
        finds[["kind"]], geometry=geopandas.points_from_xy(finds.Easting, finds.Northing), crs="EPSG:27700"
    )
    points.loc["h", "geometry"] = None
    out = wm.locate(points.to_crs("EPSG:4326"), squares)
    assert isinstance(out, geopandas.GeoDataFrame)
    assert out["located"].tolist() == ["no_location"] + ["inside"] * 3 + ["outside", "no_location"] + ["inside"] * 2
    with pytest.warns(wm.WardmapWarning, match="no points"):
        out = wm.locate(points.set_geometry(points.geometry.buffer(1)), squares)
    assert set(out["located"]) == {"no_location"}


def test_distance_and_snap_are_metres(finds, squares):
    out = wm.locate(finds, squares, distance=True)
    assert out["distance_m"].iloc[4] == pytest.approx(30)
    assert out["distance_m"].iloc[0] == 0
    assert np.isnan(out["distance_m"].iloc[5])
    assert out["nearest_code"].iloc[4] == "B"
    assert wm.locate(finds, squares, snap=29.9)["located"].iloc[4] == "outside"
    snapped = wm.locate(finds, squares, snap=30)
    assert snapped["located"].iloc[4] == "inside" and snapped["area_code"].iloc[4] == "B"
    assert "distance_m" not in snapped


def test_columns_that_are_there_already_need_a_prefix(finds, squares):
    with pytest.raises(ValueError, match="'located'.*prefix"):
        wm.locate(finds.assign(located=1), squares)
    assert "ward_located" in wm.locate(finds.assign(located=1), squares, prefix="ward_")


def test_errors_name_the_column(finds, squares):
    with pytest.raises(KeyError, match="Eastings.*Easting"):
        wm.locate(finds, squares, x="Eastings", y="Northing")
    with pytest.raises(wm.CrsError, match="crs=") as raised:
        wm.locate(finds.rename(columns={"Easting": "x", "Northing": "y"}), squares)
    assert raised.value.column == "x"
    with pytest.raises(ValueError, match="x= and y="):
        wm.locate(finds[["kind"]], squares)


def test_what_cannot_be_used_as_a_place_is_counted_and_said(pandas, squares):
    frame = pandas.DataFrame({"lon": [0, 500, "east", -1.5, None], "lat": [0, 52, 52, 52.4, 52]})
    with pytest.warns(wm.WardmapWarning) as caught:
        out = wm.locate(frame, squares, crs="EPSG:4326")
    assert out["located"].tolist() == ["no_location"] * 3 + ["outside", "no_location"]
    said = " | ".join(str(one.message) for one in caught)
    assert "0, 0, which is no place" in said and "beyond 180 or 90" in said
    assert "column lon, lat" in said and "row 2: east, 52" in said


@pytest.mark.filterwarnings("ignore::wardmap.WardmapWarning")
def test_a_file_comes_back_as_a_table_in_its_order(wards):
    rows = list(csv.DictReader(INVENTED.open(encoding="utf-8")))
    out = wm.locate(INVENTED, wards)
    assert isinstance(out, wm.Table) and len(out) == len(rows)
    assert out.columns[-3:] == ["area_code", "area_name", "located"]
    name = out.columns[0]
    assert [cell or "" for cell in out[name]] == [row[name] for row in rows]
    assert balanced(wm.ledger(out))
    with pytest.raises(FileNotFoundError):
        wm.locate("no-such-file.csv", wards)


# ---------------------------------------------------------------- counts


def counts_of(table):
    """{(name, period, kind): count} without the zeros; nothing is ""."""
    found = {}
    for name, period, kind, n in zip(*(list_of(table[column]) for column in ("area_name", "period", "kind", "count"))):
        if n:
            found[name, period, kind if isinstance(kind, str) else ""] = n
    return found


EXPECTED = {
    ("Square A", "2014-01", "needle"): 1,
    ("Square A", "2014-01", "litter"): 1,
    ("Square A", "2014-02", "needle"): 1,
    ("Square B", "2014-02", ""): 1,
    ("Outside", "2014-01", "needle"): 1,
    ("Not located", "2014-01", "needle"): 1,
}


@pytest.mark.filterwarnings("ignore::wardmap.WardmapWarning")
def test_counts_of_a_frame_by_hand(finds, squares):
    table = wm.count(finds, areas=squares, date="when", period="month", by="kind")
    assert list(table.columns) == ["area_code", "area_name", "period", "kind", "count"]
    assert counts_of(table) == EXPECTED
    assert len(table) == (2 + 2) * 2 * 3  # areas and the two rows behind them, months, kinds: every cell there
    ledger = wm.ledger(table)
    assert list(ledger) == LEDGER and balanced(ledger)
    assert (ledger["rows_read"], ledger["located"], ledger["outside"], ledger["no_location"]) == (8, 6, 1, 1)
    assert (ledger["counted"], ledger["no_date"]) == (4, 2)
    dropped = wm.count(finds, areas=squares, date="when", period="month", by="kind", unlocated="drop")
    assert set(dropped["area_name"]) == {"Square A", "Square B"}


def test_what_is_odd_about_dates_is_a_warning(finds, squares):
    with pytest.warns(wm.WardmapWarning, match="column when: there are no such dates.*31/02/2014"):
        wm.count(finds, areas=squares, date="when")
    with pytest.warns(wm.WardmapWarning, match="column when: dates cannot be read.*soon"):
        wm.count(finds.assign(when="soon"), areas=squares, date="when")


@pytest.mark.filterwarnings("ignore::wardmap.WardmapWarning")
def test_every_kind_of_frame_counts_the_same_and_comes_back(finds, squares, tmp_path):
    polars, pyarrow = pytest.importorskip("polars"), pytest.importorskip("pyarrow")
    options = {"areas": squares, "date": "when", "period": "month", "by": "kind"}
    frame = wm.count(polars.from_pandas(finds), **options)
    assert isinstance(frame, polars.DataFrame) and counts_of(frame) == EXPECTED
    assert balanced(wm.ledger(frame))
    frame = wm.count(pyarrow.Table.from_pandas(finds), **options)
    assert isinstance(frame, pyarrow.Table) and counts_of(frame.to_pydict()) == EXPECTED
    assert balanced(wm.ledger(frame)) and json.loads(frame.schema.metadata[b"wardmap"])
    frame = wm.count(finds.assign(kind=finds["kind"].astype("category")), **options)
    assert counts_of(frame) == EXPECTED
    columns = {"Easting": finds["Easting"].to_numpy(), "Northing": finds["Northing"].to_numpy()}
    columns |= {name: np.array([None if c != c else c for c in finds[name]], dtype=object) for name in ("when", "kind")}
    assert counts_of(wm.count(columns, **options)) == EXPECTED
    finds.to_csv(tmp_path / "finds.csv", index=False)
    table = wm.count(tmp_path / "finds.csv", **options)
    assert isinstance(table, wm.Table) and counts_of(table) == EXPECTED
    assert wm.ledger(table) == wm.ledger(wm.count(finds, **options))


@pytest.mark.parametrize("zone", [None, "UTC", "America/New_York"])
def test_times_are_those_of_british_clocks(pandas, squares, zone):
    # 23:30 UTC on 30 June 2014 is 00:30 on 1 July in Britain (summer time); without a zone it is what it says.
    polars, pyarrow = pytest.importorskip("polars"), pytest.importorskip("pyarrow")
    when = pandas.Series(pandas.to_datetime(["2014-06-30 23:30", None]))
    if zone is not None:
        when = when.dt.tz_localize("UTC").dt.tz_convert(zone)
    frame = pandas.DataFrame({"Easting": 400005.0, "Northing": 300005.0, "when": when})
    expected = ("2014-06", "23") if zone is None else ("2014-07", "00")
    for events in (frame, polars.from_pandas(frame), pyarrow.Table.from_pandas(frame)):
        for period, label in zip(("month", "hour"), expected):
            table = wm.count(events, areas=squares, date="when", period=period, unlocated="drop")
            found = {p for p, n in zip(list_of(table["period"]), list_of(table["count"])) if n}
            assert found - {"no time"} == {label}, (type(events), period)
            assert wm.ledger(table)["rows_read"] == 2


def test_a_column_of_days_has_no_times(pandas, squares):
    frame = pandas.DataFrame(
        {"Easting": 400005.0, "Northing": 300005.0, "when": pandas.to_datetime(["2014-06-30", "2014-07-01"])}
    )
    assert wm.ledger(wm.count(frame, areas=squares, date="when", period="hour"))["no_date"] == 2
    assert wm.ledger(wm.count(frame, areas=squares, date="when", period="weekday"))["counted"] == 2
    periods = frame.assign(when=pandas.PeriodIndex(["2014-06", "2014-07"], freq="M"))
    table = wm.count(periods, areas=squares, date="when", period="2014-07", unlocated="drop")
    assert table["count"].tolist() == [1, 0]


def test_columns_of_times_are_kinds_and_cells_like_others(squares):
    days = np.array(["2014-06-30", "2014-07-01", "NaT"], dtype="datetime64[ns]")
    frame = {"Easting": np.full(3, 400005.0), "Northing": np.full(3, 300005.0), "day": days}
    table = wm.count(frame, areas=squares, by="day", unlocated="drop")
    assert set(table["day"]) == {"2014-06-30", "2014-07-01", None}
    assert wm.locate(frame, squares)["day"].tolist() == ["2014-06-30", "2014-07-01", None]


def test_weights_are_summed_and_bad_ones_rejected(finds, squares):
    frame = finds.assign(n=[2.5, 1, 0, 4, 1, 1, -1, np.nan])
    with pytest.warns(wm.WardmapWarning, match=r"column n: weights are no number of 0 or more.*2 times.*row 6: -1.0"):
        table = wm.count(frame, areas=squares, weight="n", unlocated="drop")
    assert table["count"].tolist() == [3.5, 4]
    assert wm.ledger(table)["rejected"] == {"bad_weight": 2} and balanced(wm.ledger(table))


def test_filtered_and_repeated_rows_are_in_the_ledger(finds, squares):
    table = wm.count(finds, areas=squares, where={"kind": "litter"}, unlocated="drop")
    assert table["count"].tolist() == [2, 1]
    assert wm.ledger(table)["filtered"] == 5 and balanced(wm.ledger(table))
    keyed = finds.assign(key=["1", "1", "2", None, None, "3", "4 ", "4"])
    ledger = wm.ledger(wm.count(keyed, areas=squares, dedupe="key"))
    assert ledger["duplicates"] == 2 and ledger["located"] == 4 and balanced(ledger)


def test_markers_overlap_and_do_not_add_up(finds, squares):
    frame = finds.assign(marker=["alcohol", "alcohol;drugs", "", "Drugs", None, "", "", ""])
    table = wm.count(frame, areas=squares, marker="marker", unlocated="drop")
    found = {(c, m): n for c, m, n in zip(table["area_code"], table["marker"], table["count"])}
    assert found[("A", "alcohol")] == 2 and found[("A", "drugs")] == 1 and found[("A", "both")] == 1
    assert found[("A", "all")] == 4 and found[("B", "drugs")] == 1


def test_a_lookup_takes_small_areas_and_the_difference_is_there(finds, squares):
    lookup = {"small_code": ["E01000001", "E01000002"], "ward_code": ["A", "B"]}
    frame = finds.assign(lsoa=["E01000001"] * 3 + ["E01000001"] + ["E01000002"] * 4)
    counter = wm.Counter(squares, area="lsoa", lookup=lookup, period="all", date="-")
    counter.add(frame)
    assert counter.table(unlocated="drop")["count"].tolist() == [4, 4]
    # By coordinates A has four of the six located, B two; by their LSOA both have four of eight.
    assert counter.difference["by_coordinates"].tolist() == [4, 2]
    assert counter.difference["by_area_column"].tolist() == [4, 4]
    with pytest.raises(ValueError, match="area="):
        wm.count(finds, areas=squares, lookup=lookup)


@pytest.mark.parametrize(
    "options, error, message",
    [
        ({"by": "kinds"}, KeyError, "kind"),
        ({"period": "mnth"}, ValueError, "month"),
        ({"gaps": "none"}, ValueError, "leave-out, zero"),
        ({"unlocated": "no"}, ValueError, "keep, drop"),
        ({"date": "when", "date_order": "us"}, ValueError, "day-first"),
        ({"small_numbers": "few"}, ValueError, "under:5"),
        ({"snap": -1}, ValueError, "snap"),
        ({"snap": np.nan}, ValueError, "snap"),
        ({"postcode": "kind", "postcodes": "x.csv"}, ValueError, "files"),
        ({"areas": None}, ValueError, "areas="),
    ],
)
def test_wrong_arguments_say_what_there_is(finds, squares, options, error, message):
    with pytest.raises(error, match=message):
        wm.count(finds, **{"areas": squares, **options})


def test_frames_without_rows_or_rows_at_hand_are_refused(finds, squares):
    polars = pytest.importorskip("polars")
    with pytest.raises(ValueError, match="no row"):
        wm.count(finds.iloc[:0], areas=squares)
    with pytest.raises(ValueError, match="collect"):
        wm.count(polars.from_pandas(finds).lazy(), areas=squares)
    with pytest.raises(ValueError, match="no ledger"):
        wm.ledger(finds)


# ---------------------------------------------------------------- counters


def part_of_a_count(counter, events, results):
    """Another process: counts its part and sends the counter back."""
    counter.add(events)
    results.put(pickle.dumps(counter))


@pytest.mark.filterwarnings("ignore::wardmap.WardmapWarning")
def test_partial_counters_of_two_processes_are_the_single_run(finds, squares):
    empty = wm.Counter(squares, by="kind", date="when")
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    parts = [finds.iloc[:3], finds.iloc[3:]]
    processes = [context.Process(target=part_of_a_count, args=(empty, part, results)) for part in parts]
    for process in processes:
        process.start()
    counters = [pickle.loads(results.get(timeout=120)) for _ in processes]
    for process in processes:
        process.join()
    counters[0].merge(counters[1])
    whole = wm.count(finds, areas=squares, date="when", period="month", by="kind")
    assert counters[0].table().equals(whole)
    assert counters[0].ledger == wm.ledger(whole)


@pytest.mark.filterwarnings("ignore::wardmap.WardmapWarning")
def test_a_copy_is_a_counter_of_its_own(finds, squares):
    lookup = {"small_code": ["E01000001", "E01000002"], "ward_code": ["A", "B"]}
    for options in ({}, {"area": "lsoa", "lookup": lookup}):
        counter = wm.Counter(squares, date="when", **options)
        frame = finds.assign(lsoa="E01000001")
        counter.add(frame)
        other = copy.deepcopy(counter)
        other.add(frame)
        assert counter.ledger["rows_read"] == 8 and other.ledger["rows_read"] == 16
        assert copy.copy(counter).table().equals(counter.table())


@pytest.mark.filterwarnings("ignore::wardmap.WardmapWarning")
def test_a_counter_gives_other_periods_and_kinds_of_frame(finds, squares):
    polars = pytest.importorskip("polars")
    counter = wm.Counter(squares, date="when")
    counter.add(finds)
    assert isinstance(counter.table(period="year", like="polars"), polars.DataFrame)
    assert isinstance(counter.table(like="wardmap"), wm.Table)
    assert set(counter.table(period=["2014-01", "2014"])["period"]) == {"2014-01", "2014"}
    with pytest.raises(ValueError):
        counter.table(period="hour")
    with pytest.raises(ValueError, match="polars"):
        counter.table(like="arrow")


def test_counters_that_differ_are_not_merged_and_an_error_changes_nothing(finds, squares, wards):
    counter = wm.Counter(squares, by="kind", date="-")
    with pytest.raises(ValueError, match="do not count the same"):
        counter.merge(wm.Counter(wards, by="kind", date="-"))
    with pytest.raises(ValueError, match="itself"):
        counter.merge(counter)
    with pytest.raises(KeyError):
        counter.add(finds.drop(columns="kind"))
    assert counter.ledger["rows_read"] == 0
    with pytest.raises(wm.InputError, match="different values"):
        many = finds.loc[["h"] * 20_001].assign(kind=[str(i) for i in range(20_001)])
        counter.add(many)
    assert counter.ledger["rows_read"] == 0
    counter.add(finds)
    assert counter.ledger["located"] == 6


@pytest.mark.filterwarnings("ignore::wardmap.WardmapWarning")
def test_threads_may_add_to_one_counter(finds, squares):
    counter = wm.Counter(squares, date="when")
    threads = [threading.Thread(target=lambda: [counter.add(finds) for _ in range(20)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counter.ledger["rows_read"] == 80 * 8 and counter.ledger["located"] == 80 * 6 and balanced(counter.ledger)


@pytest.mark.filterwarnings("ignore::wardmap.WardmapWarning")
def test_files_and_frames_go_into_one_counter(pandas, wards):
    counter = wm.Counter(wards, by="Crime type")
    counter.add(pandas.read_csv(INVENTED))
    counter.add(INVENTED)
    once = wm.count(pandas.read_csv(INVENTED), areas=wards, date="Month", period="month", by="Crime type")
    assert (counter.table()["count"] == 2 * once["count"]).all()
    assert counter.ledger["rows_read"] == 2 * wm.ledger(once)["rows_read"]


# ---------------------------------------------------------------- published files


@pytest.mark.parametrize("month, total", [("2011-02", 3316), ("2014-01", 2331), ("2014-02", 2051)])
def test_police_files_count_as_the_reference_ward_by_ward(pandas, month, total):
    # The reference is of the published 20 m boundaries; the built-in set moves an edge between two wards by a little.
    wards = wm.read_areas(needs(WARDS))
    street, reference = needs(STREET / f"{month}-west-midlands-street.csv"), needs(REFERENCE)
    expected = pandas.read_csv(reference).set_index("ward_code")[f"events_{month.replace('-', '_')}_all"]
    frame = pandas.read_csv(street)
    table = wm.count(frame, areas=wards, date="Month", period=month, unlocated="drop")
    assert table["count"].sum() == total
    assert table.set_index("area_code")["count"].to_dict() == expected.to_dict()
    from_file = wm.count(street, areas=wards, date="Month", period=month, unlocated="drop")
    assert from_file["count"].tolist() == table["count"].tolist()
    assert wm.ledger(from_file) == wm.ledger(table)


def test_the_event_just_outside_coventry_is_outside(pandas):
    wards = wm.read_areas(needs(WARDS))
    frame = pandas.read_csv(needs(STREET / "2014-01-west-midlands-street.csv"))
    of_coventry = frame[frame["LSOA name"].fillna("").str.startswith("Coventry ")]
    located = wm.locate(of_coventry, wards, distance=True)
    outside = located[located["located"] == "outside"]
    assert outside["LSOA code"].tolist() == ["E01009523"]
    assert outside["distance_m"].round(1).tolist() == [2.5]


def test_needle_finds_of_a_year_are_located_and_all_accounted_for(pandas, wards):
    frame = pandas.read_csv(needs(NEEDLES))
    with pytest.warns(wm.WardmapWarning, match="no event lies in any ward"):
        table = wm.count(frame, areas=wards, date="opened", period="month")
    ledger = wm.ledger(table)
    assert ledger["rows_read"] == len(frame) and balanced(ledger)
    assert ledger["located"] == 0
    placed = frame[["longitude", "latitude"]].notna().all(axis=1).sum()
    assert ledger["outside"] == placed and ledger["no_location"] == len(frame) - placed


# ---------------------------------------------------------------- places that cannot be meant


def test_points_changed_over_are_said_by_locate_as_by_count(wards, pandas, tmp_path):
    frame = pandas.DataFrame({"lon": [52.41, 52.42], "lat": [-1.51, -1.50]})
    path = tmp_path / "points.csv"
    frame.to_csv(path, index=False)
    for given in (frame, path):
        with pytest.warns(wm.WardmapWarning, match="latitude, longitude; give x= and y= the other way round"):
            made = wm.locate(given, wards, x="lon", y="lat")
        assert wm.ledger(made)["outside"] == 2
    with pytest.warns(wm.WardmapWarning, match="these look like latitude, longitude"):
        wm.locate(pandas.DataFrame({"lon": [52.41, -1.51], "lat": [-1.51, 52.41]}), wards, x="lon", y="lat")
    with pytest.warns(wm.WardmapWarning, match="no event lies in any ward.*crs="):
        wm.locate(pandas.DataFrame({"lon": [1.0], "lat": [51.0]}), wards, x="lon", y="lat")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        wm.locate(pandas.DataFrame({"lon": [-1.51, 1.0], "lat": [52.41, 51.0]}), wards, x="lon", y="lat")
        wm.locate(pandas.DataFrame({"lon": [52.41], "lat": [-1.51]}), wards, x="lat", y="lon")


def test_a_part_of_a_system_s_name_is_none(wards, pandas):
    points = pandas.DataFrame({"lon": [-1.51], "lat": [52.41]})
    for call in (lambda: wm.locate([-1.51], [52.41], wards, crs="WGS"), lambda: wm.count(points, areas=wards, crs="WGS")):
        with pytest.raises(wm.CrsError, match="'WGS' is no whole name.*EPSG:4326.*EPSG:27700"):
            call()
    with pytest.raises(wm.CrsError, match="'WGS' is no whole name.*crs="):
        wm.read_areas(wards.__geo_interface__, crs="WGS")
    assert wm.locate([-1.51], [52.41], wards, crs="WGS 84").tolist() == wm.locate([-1.51], [52.41], wards).tolist()
