"""Arrow in and out: tables and areas, of every library that speaks it, and the caller's kind comes back."""
import json
import subprocess
import sys
from decimal import Decimal

import numpy as np
import pytest

import wardmap as wm
from wardmap._event_columns import EventFrame
from wardmap._frames import to_table

pd, pl, pa, geopandas = (pytest.importorskip(name) for name in ("pandas", "polars", "pyarrow", "geopandas"))


class Stream:
    """Speaks Arrow and nothing else."""

    def __init__(self, table):
        self.table = table

    def __arrow_c_stream__(self, requested_schema=None):
        return self.table.__arrow_c_stream__(requested_schema)


class OneArray:
    """A single array of records, as Arrow has it."""

    def __init__(self, table):
        self.batch = table.combine_chunks().to_batches()[0]

    def __arrow_c_array__(self, requested_schema=None):
        return self.batch.__arrow_c_array__(requested_schema)


def plain(table):
    return {name: [None if v is None or v != v else v for v in values.tolist()] for name, values in table.to_dict().items()}


@pytest.fixture
def street():
    return pa.table({"Longitude": [-1.51, -1.52, None], "Latitude": [52.41, 52.42, 52.43], "Month": ["2014-01", "2014-02", "2014-02"]})


# ---------------------------------------------------------------- tables


def test_cells_of_every_type_of_arrow_are_read():
    table = pa.table({
        "decimal": pa.array([Decimal("1.10"), None, Decimal("-0.05")], pa.decimal128(5, 2)),
        "wide decimal": pa.array([Decimal("12345678901234567890.5"), None, Decimal(-1)], pa.decimal256(60, 1)),
        "summed": pa.array([Decimal(3), None, Decimal(-4)], pa.decimal128(38, 0)),
        "record": pa.array([2**53 + 1, None, 7], pa.int64()),
        "unsigned": pa.array([2**64 - 1, None, 7], pa.uint64()),
        "view": pa.array(["short", None, "longer than twelve bytes"], pa.string_view()),
        "zoned": pa.array([0, None, 1_656_631_800], pa.timestamp("s", "America/New_York")),
        "clock": pa.array([0, None, -1], pa.timestamp("us")),
    })  # fmt: skip
    expected = {
        "decimal": [1.1, None, -0.05],
        "wide decimal": [12345678901234567890.5, None, -1],
        "summed": [3, None, -4],
        "record": ["9007199254740993", None, "7"],
        "unsigned": ["18446744073709551615", None, "7"],
        "view": ["short", None, "longer than twelve bytes"],
        "zoned": ["1970-01-01T00:00:00Z", None, "2022-06-30T23:30:00Z"],
        "clock": ["1970-01-01", None, "1969-12-31T23:59:59"],
    }
    assert plain(to_table(table)) == expected
    assert plain(to_table(Stream(table))) == expected
    assert plain(to_table(OneArray(table))) == expected
    behind = {name: cells[1:] for name, cells in expected.items()} | {"record": [None, 7], "unsigned": [None, 7]}
    assert plain(to_table(OneArray(table.slice(1)))) == behind


def test_a_stream_that_was_read_is_refused():
    capsule = pa.table({"a": [1]}).__arrow_c_stream__()

    class Again:
        def __arrow_c_stream__(self, requested_schema=None):
            return capsule

    assert len(to_table(Again())) == 1
    with pytest.raises(ValueError, match="read already"):
        to_table(Again())


@pytest.mark.filterwarnings("ignore::wardmap.WardmapWarning")
@pytest.mark.parametrize(
    "convert, kind, back",
    [
        (lambda t: t, pa.Table, pa.Table),
        (lambda t: t.combine_chunks().to_batches()[0], pa.RecordBatch, pa.Table),
        (lambda t: t.to_reader(), pa.Table, pa.Table),
        (lambda t: pytest.importorskip("pyarrow.dataset").dataset(t), pa.Table, pa.Table),
        (lambda t: t.to_struct_array(), pa.Table, pa.Table),
        (lambda t: t.to_pandas(), pd.DataFrame, pd.DataFrame),
        (lambda t: pl.from_arrow(t), pl.DataFrame, pl.DataFrame),
        (Stream, wm.Table, wm.Table),
        (OneArray, wm.Table, wm.Table),
        (lambda t: t.to_pydict(), wm.Table, wm.Table),
        (to_table, wm.Table, wm.Table),
        (lambda t: geopandas.GeoDataFrame(t.to_pandas(), geometry=geopandas.points_from_xy(*t.select([0, 1]).to_pandas().T.values), crs=4326),
         geopandas.GeoDataFrame, geopandas.GeoDataFrame),
    ],
)  # fmt: skip
def test_the_callers_kind_comes_back(street, wards, convert, kind, back):
    located = wm.locate(convert(street), wards)
    assert type(located) is kind
    states = located["located"]
    assert list(states.to_pylist() if hasattr(states, "to_pylist") else states) == ["inside", "inside", "no_location"]
    counted = wm.count(convert(street), areas=wards, date="Month", period="month")
    assert type(counted) is back
    counts = counted["count"]
    assert sum(counts.to_pylist() if hasattr(counts, "to_pylist") else counts) == 3
    assert wm.ledger(counted)["rows_read"] == 3


@pytest.mark.filterwarnings("ignore::wardmap.WardmapWarning")
def test_relations_of_duckdb_go_in_as_they_are(wards):
    duckdb = pytest.importorskip("duckdb")
    events = duckdb.sql(
        "select -1.51::decimal(9,4) as longitude, 52.41::double as latitude, 'a' as kind, 2.5::decimal(10,2) as n, "
        "timestamptz '2014-06-30 23:30:00+00' as at"
    )
    table = wm.count(events, areas=wards, by="kind", weight="n", date="at", period="month", unlocated="drop")
    found = {(p, n) for p, n in zip(table["period"], table["count"]) if n}
    assert found == {("2014-07", 2.5)}, "half past eleven of UTC is July on British clocks"
    codes = list(wards.codes)
    rows = " union all ".join(f"select '{code}' as area_code, {n} as n, {n + 1} as m" for n, code in enumerate(codes))
    sums = duckdb.sql(f"select area_code, sum(n) as before, sum(m) as after from ({rows}) group by area_code")  # HUGEINT
    table = wm.indicators(sums, areas=wards, before="before", after="after")
    assert isinstance(table, wm.Table) and table["count_after"].sum() == sum(range(1, 19))


def test_numbers_of_records_are_kept_to_the_digit(wards):
    ids = [2**60 + 1, 2**60 + 3]
    street = {"id": np.array(ids), "Longitude": [-1.51, -1.52], "Latitude": [52.41, 52.42]}
    assert wm.locate(street, wards)["id"].tolist() == [str(one) for one in ids]
    assert wm.locate(Stream(pa.table(street)), wards)["id"].tolist() == [str(one) for one in ids]


# ---------------------------------------------------------------- areas


def same(a, b):
    return a.codes == b.codes and a.names == b.names and a.crs == b.crs and a.to_wkb() == b.to_wkb()


def test_areas_go_through_arrow_and_come_back(wards):
    table = pa.table(wards)
    field = table.schema.field("geometry")
    assert table.column_names == ["area_code", "area_name", "geometry"]
    assert field.metadata[b"ARROW:extension:name"] == b"geoarrow.wkb"
    assert json.loads(field.metadata[b"ARROW:extension:metadata"])["crs"] == "EPSG:4326"
    for given in (table, table.to_batches()[0], Stream(table), OneArray(table)):
        assert same(wm.read_areas(given), wards)
    back = wm.read_areas(table)
    assert back.attribution == wards.attribution and back.whole == wards.whole, "licence lines travel along"
    assert wm.read_areas(table, where={"area_name": "Foleshill"}).names == ("Foleshill",)
    assert wm.read_areas(table.slice(3, 2)).codes == wards.codes[3:5]


def test_geopandas_reads_our_areas_through_arrow_and_we_read_its(wards):
    frame = geopandas.GeoDataFrame.from_arrow(pa.table(wards))
    assert frame.crs == "EPSG:4326" and frame.geometry.to_wkb().tolist() == wards.to_geopandas().geometry.to_wkb().tolist()
    theirs = wards.to_geopandas().to_crs(27700)
    read = wm.read_areas(pa.table(theirs.to_arrow(index=False)))
    assert read.crs == "EPSG:27700" and same(read, wm.read_areas(theirs))
    with pytest.raises(ValueError, match="geoarrow.multipolygon|geoarrow.polygon"):
        wm.read_areas(pa.table(theirs.to_arrow(index=False, geometry_encoding="geoarrow")))


def test_what_pyogrio_reads_into_arrow_is_areas(wards, tmp_path):
    pyogrio = pytest.importorskip("pyogrio")
    wards.to_geopandas().to_crs(27700).to_file(tmp_path / "wards.gpkg")
    meta, table = pyogrio.read_arrow(tmp_path / "wards.gpkg")
    assert wm.read_areas((meta, table)).crs == "EPSG:27700"
    assert wm.read_areas(table, crs="EPSG:27700").codes == wards.codes
    where = wm.locate([433450.0], [279050.0], (meta, table))
    assert wards.names[int(where[0])] == "St Michael's"


def test_geoparquet_and_plain_bytes_are_areas(wards, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    wards.to_geopandas().to_crs(27700).to_parquet(tmp_path / "wards.parquet")
    read = wm.read_areas(parquet.read_table(tmp_path / "wards.parquet"))
    assert read.crs == "EPSG:27700" and read.codes == wards.codes
    shapes = wards.to_wkb()
    frame = pl.DataFrame({"area_code": wards.codes, "area_name": wards.names, "shape": shapes})
    assert same(wm.read_areas(frame, crs="EPSG:4326"), wards)
    with pytest.raises(ValueError, match="no column holds shapes"):
        wm.read_areas(frame.with_columns(pl.col("shape").alias("other")), crs=4326)
    broken = frame.with_columns(pl.Series("shape", [*shapes[:-1], shapes[-1][:20]]))
    with pytest.raises(ValueError, match="row 18, column shape.*cut short"):
        wm.read_areas(broken, crs=4326)
    with pytest.raises(ValueError, match="no polygons|no areas|shape"):
        wm.read_areas(frame.with_columns(pl.lit(None, pl.Binary).alias("shape")), crs=4326)


def test_shapes_in_tables_are_passed_over_in_silence(wards, recwarn):
    table = pa.table(wards).append_column("n", pa.array(range(18)))
    assert to_table(table).columns == ["area_code", "area_name", "n"]
    assert not [one for one in recwarn if issubclass(one.category, wm.WardmapWarning)]


# ---------------------------------------------------------------- no copies


def address(array):
    return array.__array_interface__["data"][0]


def test_coordinates_that_are_float64_are_used_where_they_lie():
    """The array the compiled half gets begins at the address of the caller's own."""
    x = np.arange(1000.0)
    pandas_frame = pd.DataFrame({"Easting": x}, copy=False)
    polars_frame = pl.DataFrame({"Easting": x})
    arrow_frame = pa.table({"Easting": pa.array(x)})
    batch = arrow_frame.to_batches()[0]
    sliced = arrow_frame.slice(10)
    for frame, own in [
        (pandas_frame, address(pandas_frame["Easting"].to_numpy())),
        (polars_frame, address(polars_frame["Easting"].to_numpy())),
        (arrow_frame, arrow_frame["Easting"].chunk(0).buffers()[1].address),
        (batch, batch["Easting"].buffers()[1].address),
        (sliced, arrow_frame["Easting"].chunk(0).buffers()[1].address + 80),
        ({"Easting": x}, address(x)),
    ]:
        assert address(EventFrame(frame).numbers(0)[0]) == own, type(frame)


def test_coordinates_in_several_pieces_are_used_where_they_lie():
    """Each piece the compiled half gets begins where the library has it; what is odd is put together and said."""
    x = np.arange(8192.0)
    arrow_frame = pa.table({"Easting": pa.chunked_array([x[:4096], x[4096:]])})
    polars_frame = pl.concat([pl.DataFrame({"Easting": x[:4096]}), pl.DataFrame({"Easting": x[4096:]})], rechunk=False)
    assert polars_frame.n_chunks() == 2
    own = [chunk.buffers()[1].address for chunk in arrow_frame["Easting"].chunks]
    assert [address(piece) for piece in EventFrame(arrow_frame).pieces(0)] == own
    pieces = EventFrame(polars_frame).pieces(0)
    assert [address(piece) for piece in pieces] == [address(chunk.to_numpy()) for chunk in polars_frame["Easting"].get_chunks()]
    assert np.concatenate(pieces).tolist() == x.tolist()
    for odd in ({"Easting": pa.chunked_array([pa.array([None], pa.float64())])}, {"Easting": pa.array([1, 2])}):
        assert EventFrame(pa.table(odd)).pieces(0) is None


def test_pieces_of_any_length_count_as_one_frame_does(wards):
    """Coordinates and texts may be cut at different rows."""
    rng = np.random.default_rng(3)
    n = 30_000
    west, south, east, north = wards.bounds
    x, y = rng.uniform(west, east, n), rng.uniform(south, north, n)
    month, kind = rng.choice(["2014-01", "2014-02", "Mar 2014"], n), rng.choice(["a", "b", "a kind of more than sixteen letters"], n)
    whole = pd.DataFrame({"lon": x, "lat": y, "month": month, "kind": kind})
    cut = lambda cells, *at: pa.chunked_array(np.split(cells, at))
    arrow = pa.table({"lon": cut(x, 5000, 5001, 17_000), "lat": cut(y, 12_345), "month": cut(month.astype(object), 3, 20_000), "kind": cut(kind.astype(object), 29_999)})
    polars = pl.concat([pl.from_pandas(whole[:11_111]), pl.from_pandas(whole[11_111:])], rechunk=False)
    given = {"areas": wards, "date": "month", "by": "kind"}
    expected = wm.count(whole, **given)
    assert wm.count(arrow, **given).to_pandas().equals(expected)
    assert wm.count(polars, **given).to_pandas().equals(expected)
    assert wm.ledger(wm.count(arrow, **given))["located"] == wm.ledger(expected)["located"] > 0
    zero = x.copy()
    zero[7000] = y[7000] = 0
    with pytest.warns(wm.WardmapWarning, match="0, 0"):
        odd = wm.count(pa.table({"lon": cut(zero, 5000), "lat": cut(y, 12_345)}), areas=wards)
    assert wm.ledger(odd)["no_location"] == 1


@pytest.mark.parametrize("make", [
    lambda frame: frame,
    lambda frame: frame.astype({"kind": object, "when": object}),
    lambda frame: frame.astype({"kind": "category"}),
    pl.from_pandas,
    lambda frame: pl.from_pandas(frame).with_columns(pl.col("kind").cast(pl.Categorical)),
    pa.Table.from_pandas,
    lambda frame: {name: frame[name].to_numpy(object if name in ("kind", "when") else float) for name in frame.columns},
], ids=["pandas", "object", "category", "polars", "categorical", "pyarrow", "dict"])
def test_nul_bytes_are_left_out_and_said(wards, make):
    """As of files: the text without them is one with those that never had any."""
    frame = pd.DataFrame({"lon": [-1.51] * 4, "lat": [52.41] * 4, "kind": ["Bur\0glary", "Burglary", "\0", ""], "when": ["2014-01", "2014\0-01", "2014-01", "2014-01"]})
    with pytest.warns(wm.WardmapWarning, match="NUL") as said:
        counted = wm.count(make(frame), areas=wards, date="when", by="kind")
    assert sorted(str(one.message).split(" holds")[0] for one in said) == ["column kind", "column when"]
    columns = counted.to_dict(as_series=False) if isinstance(counted, pl.DataFrame) else counted.to_pydict() if isinstance(counted, pa.Table) else counted
    found = {}
    for kind, n in zip(columns["kind"], columns["count"]):
        name = kind if isinstance(kind, str) else ""
        found[name] = found.get(name, 0) + int(n)
    assert found == {"Burglary": 2, "": 2} and set(columns["period"]) == {"2014-01"}


MEMORY = """
import resource, numpy as np, wardmap as wm
wards = wm.areas("coventry-wards")
n = 8_000_000
x, y = np.full(n, -1.51), np.full(n, 52.41)
wm.locate(x[:10], y[:10], wards)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
{call}
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 / (8 * n))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is in other units elsewhere")
@pytest.mark.parametrize(
    "call, most_columns",
    [
        ("wm.locate(x, y, wards)", 0.75),  # the answer is half a column
        ("import pandas as pd; frame = pd.DataFrame({'x': x, 'y': y}, copy=False); import gc; gc.collect(); "
         "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss; wm.count(frame, areas=wards, x='x', y='y', crs=4326, threads=1)", 0.75),
    ],
)  # fmt: skip
def test_the_peak_of_memory_has_no_room_for_a_copy(call, most_columns):
    """Peak memory in columns of coordinates, of a process of its own: a copy of x and y would add two."""
    done = subprocess.run([sys.executable, "-c", MEMORY.replace("{call}", call)], capture_output=True, text=True, check=True)
    assert float(done.stdout) < most_columns
