"""Columns, arrays and options that are not what they should be: an error that names them, or the right answer."""
import datetime
import warnings
from decimal import Decimal

import numpy as np
import pytest

import wardmap as wm

pd, pl, pa, geopandas = (pytest.importorskip(name) for name in ("pandas", "polars", "pyarrow", "geopandas"))

X, Y = [400005.0, 400015.0, 400050.0], [300005.0, 300005.0, 300005.0]
HERE = [0, 1, -1]  # the first square, the second, outside both
LATE = pd.Timestamp("2022-06-01")
HOSTILE = ['a "quoted", name\nwith a second line', "<script>alert(1)</script>", "\U0001F600 naïve \u202e"]


def square(code, x):
    ring = [[x, 3e5], [x + 10, 3e5], [x + 10, 3e5 + 10], [x, 3e5 + 10], [x, 3e5]]
    return {"type": "Feature", "properties": {"area_code": code, "area_name": f"Square {code}"}, "geometry": {"type": "Polygon", "coordinates": [ring]}}


@pytest.fixture(scope="module")
def squares():
    """Two squares of 10 m that share an edge."""
    return wm.read_areas({"type": "FeatureCollection", "features": [square("A", 4e5), square("B", 4e5 + 10)]}, crs="EPSG:27700")


def cells(column):
    return column.tolist() if hasattr(column, "tolist") else column.to_list() if hasattr(column, "to_list") else column.to_pylist()


def raises(call, error, message, column=None):
    """The error is ours and Python's, says this, and names the column."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with pytest.raises(error, match=message) as caught:
            call()
    assert isinstance(caught.value, wm.Error), f"a bare {type(caught.value).__name__}"
    assert caught.value.column == column
    return caught.value


# ---------------------------------------------------------------- arrays

GOOD_ARRAYS = {
    "object": np.array(X, dtype=object),
    "decimal": np.array([Decimal("400005"), Decimal("400015"), 400050], dtype=object),
    "longdouble": np.array(X, dtype=np.longdouble),
    "big-endian": np.array(X, dtype=">f8"),
    "big-endian whole numbers": np.array(X, dtype=">i4"),
    "every second": np.repeat(X, 2)[::2],
    "backwards": np.array(X[::-1])[::-1],
    "read-only": np.frombuffer(np.array(X).tobytes()),
    "memory": memoryview(np.array(X)),
    "unsigned": np.array(X, dtype="u8"),
    "a list": X,
    "pandas category": pd.Series(X, dtype="category"),
    "pandas Int64": pd.Series([400005, 400015, 400050], dtype="Int64"),
    "pandas Float64": pd.Series(X, dtype="Float64"),
    "pandas of Arrow": pd.Series(X, dtype="double[pyarrow]"),
    "pandas decimal of Arrow": pd.Series([Decimal(int(one)) for one in X], dtype=pd.ArrowDtype(pa.decimal128(10, 0))),
    "pandas index": pd.Index(X),
    "pandas sparse": pd.Series(pd.arrays.SparseArray(X)),
    "polars": pl.Series(X),
    "polars decimal": pl.Series([Decimal(int(one)) for one in X]),
    "pyarrow": pa.array(X),
    "pyarrow chunks": pa.chunked_array([X[:1], X[1:]]),
    "pyarrow decimal": pa.array([Decimal(int(one)) for one in X]),
    "pyarrow dictionary": pa.array(X).dictionary_encode(),
}

# The same with the second cell missing.
MISSING = {
    "None": [X[0], None, X[2]],
    "object with pandas.NA": np.array([X[0], pd.NA, X[2]], dtype=object),
    "masked": np.ma.array(X, mask=[False, True, False]),
    "pandas Int64": pd.Series([400005, None, 400050], dtype="Int64"),
    "pandas Float64": pd.Series([X[0], None, X[2]], dtype="Float64"),
    "pandas boolean is 0 and 1": pd.Series([X[0], pd.NA, X[2]], dtype=object),
    "polars": pl.Series([X[0], None, X[2]]),
    "pyarrow": pa.array([400005, None, 400050]),
}

BAD_ARRAYS = {
    "text": (np.array(["a", "b", "c"]), "text"),
    "text of numbers": (np.array(["1", "2", "3"]), "text"),
    "objects of text": (np.array(["400005", 1, 2], dtype=object), "text"),
    "pandas text": (pd.Series(["1", "2", "3"]), "text"),
    "pandas text of Arrow": (pd.Series(["1", "2", "3"], dtype="string[pyarrow]"), "text"),
    "pandas category of text": (pd.Series(["1", "2", "3"], dtype="category"), "text"),
    "bytes": (np.array([b"1", b"2", b"3"]), "bytes"),
    "complex": (np.array([1j, 2, 3]), "complex"),
    "times": (np.array(["2020", "2021", "2022"], dtype="M8[D]"), "times"),
    "durations": (np.array([1, 2, 3], dtype="m8[s]"), "durations"),
    "records": (np.zeros(3, dtype=[("a", "f8")]), "records"),
    "pandas times with a zone": (pd.Series([LATE] * 3).dt.tz_localize("UTC"), "times"),
    "pandas durations": (pd.Series(pd.to_timedelta([1, 2, 3])), "durations"),
    "pandas intervals": (pd.Series(pd.interval_range(0, 3)), "Interval"),
    "pandas periods": (pd.Series(pd.period_range("2020", periods=3, freq="M")), "Period"),
    "polars text": (pl.Series(["a", "b", "c"]), "text"),
    "polars lists": (pl.Series([[1], [2], [3]]), "not numbers"),
    "polars categories": (pl.Series(["1", "2", "3"], dtype=pl.Categorical), "text"),
    "pyarrow text": (pa.array(["a", "b", "c"]), "text"),
    "points": (geopandas.GeoSeries(geopandas.points_from_xy(X, Y)), "Point"),
    "ragged": ([[1], [1, 2]], "lists"),
    "a dict": ({"a": 1}, "dict"),
    "a number beyond all floats": ([10**400, 1, 2], "too large"),
}


@pytest.mark.parametrize("x", GOOD_ARRAYS.values(), ids=GOOD_ARRAYS)
def test_numbers_of_any_kind_are_points_and_counts(squares, x):
    assert wm.locate(x, Y, squares).tolist() == HERE
    expected = wm.rate_limits(X, 1_000_000)
    np.testing.assert_array_equal(wm.rate_limits(x, 1_000_000).rate, expected.rate)


@pytest.mark.parametrize("x", MISSING.values(), ids=MISSING)
def test_what_is_missing_is_nowhere_and_not_a_number(squares, x):
    assert wm.locate(x, Y, squares).tolist() == [0, -1, -1]
    np.testing.assert_array_equal(np.isnan(wm.rate_limits(x, 1_000_000).rate), [False, True, False])


@pytest.mark.parametrize("given, words", BAD_ARRAYS.values(), ids=BAD_ARRAYS)
def test_what_is_no_number_is_refused_by_name(squares, given, words):
    for name, call in {
        "x": lambda: wm.locate(given, Y, squares),
        "y": lambda: wm.locate(X, given, squares),
        "count": lambda: wm.rate_limits(given, 1000),
        "population": lambda: wm.empirical_bayes([1, 2, 3], given),
        "values": lambda: wm.class_breaks(given, k=2),
        "p": lambda: wm.adjust_p(given),
    }.items():
        raises(call, ValueError, f"{name} .*{words}", column=name)


def test_small_floats_are_what_they_are(squares):
    # 400005 is no float16 (its largest is 65504) but 1.5 is.
    assert wm.rate_limits(np.array([1.5], dtype="f2"), 1000, per=1000).rate.tolist() == [1.5]
    assert wm.locate(np.array([1.5], dtype="f2"), np.array([2.5], dtype="f2"), squares).tolist() == [-1]


@pytest.mark.parametrize(
    "call, message",
    [
        (lambda s: wm.locate(X, Y[:2], s), "shape"),
        (lambda s: wm.locate(np.array([X, X]), Y, s), "shape"),
        (lambda s: wm.locate(pd.DataFrame({"a": X}), Y, s), "shape"),
        (lambda s: wm.rate_limits([1, 2], [1, 2, 3]), "length"),
        (lambda s: wm.rate_limits(np.ones((2, 2)), 1), "shape"),
        (lambda s: wm.moran([1, 2, 3], s), "3 values .* 2 areas"),
        (lambda s: wm.interpolate([1, 2, 3], s, s), "3 values for 2 areas"),
        (lambda s: wm.interpolate(np.ones((2, 2)), s, s), "shape"),
        (lambda s: wm.scan([1, 2], [10, 10], [0, 1], [0]), "length"),
        (lambda s: wm.standardised_rate(np.ones((2, 2, 2)), [1, 1], [1, 1]), "shape"),
        (lambda s: wm.standardised_rate([1, 1], [1, 1], [1, 1], group=["a"]), "length"),
        (lambda s: wm.standardised_rate([1, 1], [1, 1], "ESP2013", band=["0-4"]), "length"),
        (lambda s: wm.standardised_rate([1, 1], [1, 1], None, kind="indirect"), "standard="),
        (lambda s: wm.harm(["a"], [1, 2], {"a": 1}, name="n", version="1"), "length"),
        (lambda s: wm.harm("ab", [1, 2], {"a": 1}, name="n", version="1"), "one kind a row"),
        (lambda s: wm.moran([1, 2], ([0, 1, 2], [1, 7])), "none of the 2 areas"),
        (lambda s: wm.moran([1, 2], ([0, 1.5, 2], [1, 0])), "whole numbers"),
        (lambda s: wm.moran([1, 2], (np.zeros((2, 2)), [1, 0])), "whole numbers"),
    ],
)  # fmt: skip
def test_shapes_and_lengths_that_do_not_fit_are_refused(squares, call, message):
    with pytest.raises(ValueError, match=message) as caught:
        call(squares)
    assert isinstance(caught.value, wm.Error)


def test_nothing_gives_nothing(squares):
    assert wm.locate([], [], squares).shape == (0,)
    assert wm.rate_limits([], []).rate.shape == (0,)
    assert len(wm.class_breaks([], k=3).codes) == 0
    assert wm.class_breaks([np.nan] * 3, k=3).codes.tolist() == [-1] * 3
    assert np.isnan(wm.moran([np.nan, np.nan], squares, permutations=9).i)


# ---------------------------------------------------------------- options

OPTIONS = {
    "threads": lambda s, v: wm.locate(X, Y, s, threads=v),
    "threads of count": lambda s, v: wm.count({"Easting": X, "Northing": Y}, areas=s, threads=v),
    "permutations": lambda s, v: wm.moran([1, 2], s, permutations=v),
    "seed": lambda s, v: wm.moran([1, 2], s, permutations=9, seed=v),
    "k": lambda s, v: wm.class_breaks([1, 2, 3], k=v),
    "draws": lambda s, v: wm.quadrant_chances([1], [1], [1], draws=v),
    "k of quantile": lambda s, v: wm.quantile([1, 2], v),
    "stop_after": lambda s, v: wm.scan([1], [9], [0], [0], stop_after=v),
}


@pytest.mark.parametrize("value", [-1, 2**70, 1.5, "2", None, [1]])
@pytest.mark.parametrize("call", OPTIONS.values(), ids=OPTIONS)
def test_whole_numbers_that_are_none_are_refused(squares, call, value):
    with pytest.raises(ValueError, match="give a whole number") as caught:
        call(squares, value)
    assert isinstance(caught.value, wm.Error)


@pytest.mark.parametrize(
    "call, message",
    [
        (lambda s: wm.rate_limits(1, 2, per="a"), "per is 'a'"),
        (lambda s: wm.rate_limits(1, 2, level=None), "level is None"),
        (lambda s: wm.rate_limits(1, 2, level=95), "level"),
        (lambda s: wm.rate_ratio(1, 2, method=3.5), "method"),
        (lambda s: wm.class_breaks([1, 2], scheme=[1]), "scheme"),
        (lambda s: wm.class_breaks([1, 2], breaks="a"), "breaks is not numbers"),
        (lambda s: wm.funnel([1], [2], baseline="x"), "baseline"),
        (lambda s: wm.contiguity(s, snap="a"), "snap"),
        (lambda s: wm.contiguity(s, snap=np.inf), "snap"),
        (lambda s: wm.contiguity(s, kind=5.0), "kind"),
        (lambda s: wm.contiguity(None), "areas cannot be made of NoneType"),
        (lambda s: wm.locate(X, Y, s, crs=3.5), "float is no coordinate system"),
        (lambda s: wm.locate(X, Y, s, crs=["EPSG:27700"]), "list is no coordinate system"),
        (lambda s: wm.locate(X, Y, s, crs="EPSG:99"), "EPSG:99"),
        (lambda s: wm.locate(X, Y, 42), "areas cannot be made of int"),
        (lambda s: wm.concentration([1, 2]).places_for("a"), "share"),
        (lambda s: wm.count({"Easting": X, "Northing": Y}, areas=s, where="x"), "where is a str"),
        (lambda s: wm.count({"Easting": X, "Northing": Y}, areas=s, by=[1.5]), "by is a float"),
        (lambda s: wm.count({"Easting": X, "Northing": Y}, areas=s, snap="near"), "snap"),
        (lambda s: wm.indicators({"ward": ["A"], "n": [1], "m": [2]}, areas=s, before="n", after="m", level="a"), "an argument"),
    ],
)  # fmt: skip
def test_options_of_the_wrong_kind_say_what_they_are(squares, call, message):
    with pytest.raises(ValueError, match=message) as caught:
        call(squares)
    assert isinstance(caught.value, wm.Error)


# ---------------------------------------------------------------- columns of frames


def located(frame, squares, **options):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return cells(wm.locate(frame, squares, **options)["located"])


GOOD_FRAMES = {
    "repeated index": pd.DataFrame({"Easting": X, "Northing": Y}, index=[7, 7, 7]),
    "index of two levels": pd.DataFrame({"Easting": X, "Northing": Y}, index=pd.MultiIndex.from_tuples([(1, 1), (1, 2), (2, 1)], names=["a", "b"])),
    "other columns twice": pd.DataFrame([[x, y, 1, 2] for x, y in zip(X, Y)], columns=["Easting", "Northing", "n", "n"]),
    "categories": pd.DataFrame({"Easting": X, "Northing": Y}).astype("category"),
    "nullable": pd.DataFrame({"Easting": X, "Northing": Y}).astype("Float64"),
    "of Arrow": pd.DataFrame({"Easting": X, "Northing": Y}).astype("double[pyarrow]"),
    "text": pd.DataFrame({"Easting": X, "Northing": Y}).astype(str),
    "text and numbers": pd.DataFrame({"Easting": pd.Series([X[0], str(X[1]), X[2]], dtype=object), "Northing": Y}),
    "big-endian": pd.DataFrame({"Easting": np.array(X, dtype=">f8"), "Northing": Y}),
    "decimal": pd.DataFrame({"Easting": [Decimal(int(x)) for x in X], "Northing": Y}),
    "dict": {"Easting": X, "Northing": np.array(Y)},
    "dict of columns": {"Easting": pd.Series(X), "Northing": pl.Series(Y)},
    "records": np.rec.fromarrays([X, Y], names="Easting,Northing"),
    "polars decimal": pl.DataFrame({"Easting": [Decimal(int(x)) for x in X], "Northing": Y}),
    "pyarrow decimal": pa.table({"Easting": pa.array([Decimal(int(x)) for x in X]), "Northing": pa.array(Y)}),
    "pyarrow dictionary": pa.table({"Easting": pa.array(X).dictionary_encode(), "Northing": pa.array(Y)}),
    "pyarrow text": pa.table({"Easting": pa.array([str(x) for x in X]), "Northing": pa.array(Y)}),
}


@pytest.mark.parametrize("frame", GOOD_FRAMES.values(), ids=GOOD_FRAMES)
def test_columns_of_any_kind_are_coordinates(squares, frame):
    assert located(frame, squares) == ["inside", "inside", "outside"]
    assert cells(wm.count(frame, areas=squares)["count"]) == [1, 1, 1, 0]


@pytest.mark.filterwarnings("ignore::wardmap.WardmapWarning")
def test_coordinates_that_are_missing_are_nowhere(squares):
    for frame in (
        pd.DataFrame({"Easting": [np.nan] * 3, "Northing": Y}),
        pd.DataFrame({"Easting": [None] * 3, "Northing": Y}),
        pl.DataFrame({"Easting": [None] * 3, "Northing": Y}),
        pa.table({"Easting": pa.nulls(3), "Northing": pa.array(Y)}),
    ):
        assert located(frame, squares) == ["no_location"] * 3
        assert wm.ledger(wm.count(frame, areas=squares))["no_location"] == 3


BAD_COLUMNS = {
    "times": pd.DataFrame({"Easting": [LATE] * 3, "Northing": Y}),
    "durations": pd.DataFrame({"Easting": pd.to_timedelta([1, 2, 3]), "Northing": Y}),
    "complex": pd.DataFrame({"Easting": np.array(X, dtype=complex), "Northing": Y}),
    "lists": pd.DataFrame({"Easting": pd.Series([1, [1], {"a": 1}], dtype=object), "Northing": Y}),
    "twice": pd.DataFrame([[x, y, x] for x, y in zip(X, Y)], columns=["Easting", "Northing", "Easting"]),
    "polars times": pl.DataFrame({"Easting": [LATE.to_pydatetime()] * 3, "Northing": Y}),
    "polars lists": pl.DataFrame({"Easting": [[1], [2], [3]], "Northing": Y}),
    "pyarrow times": pa.table({"Easting": pa.array([0, 1, 2], pa.timestamp("s", "UTC")), "Northing": pa.array(Y)}),
    "pyarrow lists": pa.table({"Easting": pa.array([[1], [2], [3]]), "Northing": pa.array(Y)}),
    "pyarrow twice": pa.Table.from_arrays([pa.array(X), pa.array(Y), pa.array(X)], names=["Easting", "Northing", "Easting"]),
    "dict of times": {"Easting": np.array([1, 2, 3], dtype="M8[s]"), "Northing": np.array(Y)},
    "dict of complex": {"Easting": np.array(X, dtype=complex), "Northing": np.array(Y)},
    "dict of ragged": {"Easting": [[1], [1, 2]], "Northing": Y},
    "dict of two dimensions": {"Easting": np.array([X, X]), "Northing": Y},
}  # fmt: skip


@pytest.mark.parametrize("frame", BAD_COLUMNS.values(), ids=BAD_COLUMNS)
def test_columns_that_are_no_coordinates_are_refused_by_name(squares, frame):
    raises(lambda: wm.locate(frame, squares, crs="EPSG:27700"), ValueError, "column Easting", column="Easting")
    raises(lambda: wm.count(frame, areas=squares, crs="EPSG:27700"), ValueError, "column Easting", column="Easting")


def with_kind(values):
    return pd.DataFrame({"Easting": X, "Northing": Y, "kind": values})


KINDS = {
    "Int64": (pd.array([1, None, 2], dtype="Int64"), {"1", None, "2"}),
    "whole floats": ([1.0, np.nan, 2.5], {"1", None, "2.5"}),
    "true and false": (pd.array([True, None, False], dtype="boolean"), {"True", None, "False"}),
    "category": (pd.Categorical(["a", None, "a"], categories=["a", "unused"]), {"a", None}),
    "whole numbers beyond 64 bits": (pd.Series([2**63, 2**64 + 1, 2**70], dtype=object), {str(2**63), str(2**64 + 1), str(2**70)}),
    "whole numbers beyond a float": ([2**53 + 1, 2**53 + 2, 2**53 + 3], {str(2**53 + n) for n in (1, 2, 3)}),
    "bytes": ([b"a", b"b", b"a"], {"a", "b"}),
    "hostile": (HOSTILE, set(HOSTILE)),
    "dates": ([datetime.date(2020, 1, 1)] * 3, {"2020-01-01"}),
    "text of Arrow": (pd.array(["a", None, "b"], dtype="string[pyarrow]"), {"a", None, "b"}),
}


@pytest.mark.parametrize("values, expected", KINDS.values(), ids=KINDS)
def test_kinds_of_any_kind_are_told_apart(squares, values, expected):
    table = wm.count(with_kind(values), areas=squares, by="kind", unlocated="keep")
    with_events = table[table["count"] > 0]["kind"]
    assert {one if isinstance(one, str) else None for one in with_events} == expected
    assert table["count"].sum() == 3


def test_hostile_column_names_and_kinds_come_back_as_they_are(squares):
    for name in [*HOSTILE, "a\0b"]:
        frame = pd.DataFrame({"Easting": X, "Northing": Y, name: HOSTILE})
        table = wm.count(frame, areas=squares, by=name, unlocated="drop")
        assert list(table.columns) == ["area_code", "area_name", "period", name, "count"]
        assert set(table[name]) == set(HOSTILE)
        assert list(wm.locate(frame, squares)[name]) == HOSTILE


BAD_KINDS = {
    "lists": with_kind([[1], [2], [1]]),
    "dicts": with_kind([{"a": 1}, {"b": 1}, None]),
    "half of a pair": with_kind(pd.Series(["\ud800", "b", "c"], dtype=object)),
    "bytes that are no text": with_kind([b"\xff", b"b", b"c"]),
    "polars lists": pl.DataFrame({"Easting": X, "Northing": Y, "kind": [[1], [2], [1]]}),
    "polars records": pl.DataFrame({"Easting": X, "Northing": Y, "kind": [{"a": 1}] * 3}),
    "polars objects": pl.DataFrame({"Easting": X, "Northing": Y, "kind": pl.Series([object()] * 3, dtype=pl.Object)}),
    "pyarrow lists": pa.table({"Easting": X, "Northing": Y, "kind": [[1], [2], None]}),
    "pyarrow records": pa.table({"Easting": X, "Northing": Y, "kind": [{"a": 1}] * 3}),
    "dict of lists": {"Easting": np.array(X), "Northing": np.array(Y), "kind": np.array([[1], [1, 2], None], dtype=object)},
}


@pytest.mark.parametrize("frame", BAD_KINDS.values(), ids=BAD_KINDS)
def test_cells_that_are_no_single_texts_are_refused_by_name(squares, frame):
    raises(lambda: wm.count(frame, areas=squares, by="kind"), ValueError, "column kind", column="kind")


def test_a_column_that_is_not_there_is_named(squares, ward_table, wards):
    frame = with_kind(["a", "b", "c"])
    raises(lambda: wm.count(frame, areas=squares, by="kinds"), KeyError, "kind", column="kinds")
    raises(lambda: wm.locate(frame, squares, x="Eastings", y="Northing"), KeyError, "Easting", column="Eastings")
    raises(lambda: wm.indicators(frame, areas=squares, before="n", after="m", area="kind"), KeyError, "column", column="n")
    raises(lambda: wm.choropleth(ward_table, areas=wards, column="rates"), KeyError, "rate", column="rates")


@pytest.mark.parametrize(
    "frame, message",
    [
        (pd.DataFrame([[1, 2]], columns=pd.MultiIndex.from_tuples([("a", "b"), ("a", "c")])), "several levels"),
        (pd.DataFrame(), "columns are|no column"),
        (pd.DataFrame(index=[1, 2]), "no column"),
        (pd.Series(X, name="Easting"), "single column"),
        (pl.Series("Easting", X), "single column"),
        (pa.array(X), "single column"),
        (pa.chunked_array([X]), "single column"),
        (pl.DataFrame(), "no column"),
        (pl.LazyFrame({"Easting": X, "Northing": Y}), "collect"),
        (pa.table({}), "no column"),
        ({}, "no column"),
        ({"Easting": X, "Northing": Y[:2]}, "column Northing"),
        (42, "int"),
        (None, "NoneType"),
        ([{"Easting": 1}], "list"),
        (np.array([X, Y]), "ndarray"),
    ],
)  # fmt: skip
def test_what_is_no_frame_of_events_is_refused(squares, frame, message):
    for call in (lambda: wm.locate(frame, squares), lambda: wm.count(frame, areas=squares)):
        with pytest.raises(ValueError, match=message) as caught:
            call()
        assert isinstance(caught.value, wm.Error)


def test_frames_without_rows(squares):
    for frame in (pd.DataFrame({"Easting": [], "Northing": []}), pl.DataFrame({"Easting": [], "Northing": []}), pa.table({"Easting": [], "Northing": []})):
        assert len(wm.locate(frame, squares)) == 0
        raises(lambda: wm.count(frame, areas=squares), ValueError, "no row")


# ---------------------------------------------------------------- indicators


@pytest.fixture
def rows():
    return pd.DataFrame({"ward": ["A", "B"], "before": [10, 20], "after": [15, 18]})


def made(frame, squares, **more):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        table = wm.indicators(frame, **{"areas": squares, "area": "ward", "before": "before", "after": "after", **more})
    return cells(table["count_after"])


@pytest.mark.parametrize(
    "change",
    [
        lambda f: f.set_axis([1, 1]),
        lambda f: f.astype({"ward": "category", "after": "category"}),
        lambda f: f.astype({"before": "Int64", "after": "Float64"}),
        lambda f: f.astype({"ward": "string[pyarrow]", "after": "string[pyarrow]"}),
        lambda f: f.assign(after=[Decimal(15), Decimal(18)]),
        lambda f: f.assign(after=np.array([15, 18], dtype=">f4")),
        lambda f: f.assign(other=[[1], {"a": 2}]),
        lambda f: f.to_records(index=False),
        lambda f: {name: f[name].tolist() for name in f},
        lambda f: pl.from_pandas(f).with_columns(pl.col("after").cast(pl.Decimal(20, 2))),
        lambda f: pa.Table.from_pandas(f).to_reader(),
        lambda f: pa.Table.from_pandas(f).to_batches()[0],
        lambda f: pa.Table.from_pandas(f).to_struct_array(),
        lambda f: pa.table({"ward": pa.array(["A", "B"]).cast(pa.large_string()).dictionary_encode(), "before": [10, 20],
                            "after": pa.array([Decimal(15), Decimal(18)], pa.decimal256(50, 3))}),
    ],
)  # fmt: skip
def test_tables_of_any_kind_are_counts(squares, rows, change):
    assert made(change(rows), squares) == [15, 18]


@pytest.mark.parametrize(
    "change, error, message, column",
    [
        (lambda f: pd.concat([f, f[["after"]]], axis=1), ValueError, "two columns", "after"),
        (lambda f: pa.Table.from_arrays([pa.array(["A"])] * 2, names=["ward", "ward"]), ValueError, "two columns|ward", None),
        (lambda f: f.assign(after=[1j, 2]), ValueError, "complex", "after"),
        (lambda f: f.assign(ward=pd.Series(["\ud800", "B"], dtype=object)), ValueError, "Unicode", "ward"),
        (lambda f: {"ward": ["A", "B"], "before": [1], "after": [1, 2]}, ValueError, "rows", "before"),
        (lambda f: {"ward": ["A", "B"], "before": [[1], [1, 2]], "after": [1, 2]}, ValueError, "one-dimensional", "before"),
        (lambda f: f.drop(columns="before"), KeyError, "before", "before"),
        (lambda f: f.iloc[:0], ValueError, "no rows", None),
        (lambda f: pl.from_pandas(f).lazy(), ValueError, "collect", None),
        (lambda f: f["ward"], ValueError, "single column", None),
    ],
)  # fmt: skip
def test_tables_that_cannot_be_counts_are_refused(squares, rows, change, error, message, column):
    raises(lambda: made(change(rows), squares), error, message, column)


def test_counts_that_are_none_are_missing_and_said(squares, rows):
    for bad in (["x", 18], [-1, 18], [np.inf, 18]):
        with pytest.warns(wm.WardmapWarning, match="after|not known"):
            table = wm.indicators(rows.assign(after=pd.Series(bad, dtype=object)), areas=squares, area="ward", before="before", after="after")
        assert np.isnan(table["count_after"][0]) and table["count_after"][1] == 18


# ---------------------------------------------------------------- areas


@pytest.fixture
def frame_of_areas(squares):
    return squares.to_geopandas()


def test_frames_that_are_no_areas_are_refused(frame_of_areas):
    shapes = frame_of_areas.geometry
    plain = frame_of_areas.set_crs(None, allow_override=True)
    for frame, error, message in [
        (frame_of_areas.set_geometry(shapes.centroid), ValueError, "no polygons"),
        (frame_of_areas.set_geometry(shapes.boundary), ValueError, "no polygons"),
        (frame_of_areas.iloc[:0], ValueError, "no rows"),
        (frame_of_areas.drop(columns="geometry").assign(geometry=None), ValueError, "."),
        (geopandas.GeoDataFrame({"area_code": ["A"]}), ValueError, "active geometry"),
        (frame_of_areas.assign(extra=pd.Series(["\ud800", "b"], dtype=object)), ValueError, "column extra"),
        (plain.assign(geometry=plain.translate(1e8)), ValueError, "crs="),
        (pd.DataFrame({"a": [1]}), ValueError, "DataFrame|shapes"),
        (pl.LazyFrame({"a": [1]}), ValueError, "collect"),
        (pa.table({"a": [1]}), ValueError, "no column holds shapes"),
        ({"type": "FeatureCollection"}, ValueError, "."),
        ({"type": "Point", "coordinates": [1, 2]}, ValueError, "."),
        (b"bytes", ValueError, "bytes"),
        (3.5, ValueError, "float"),
    ]:
        with pytest.raises(error, match=message) as caught:
            wm.read_areas(frame)
        assert isinstance(caught.value, wm.Error), message


def test_mixed_shapes_keep_the_polygons_and_say_so(frame_of_areas):
    mixed = frame_of_areas.copy()
    mixed.loc[1, "geometry"] = mixed.geometry[1].centroid
    with pytest.warns(wm.WardmapWarning):
        found = wm.read_areas(mixed)
    assert "A" in found.codes


def test_codes_and_names_of_any_kind(frame_of_areas):
    for values, codes in [
        (pd.Categorical(["x", "y"]), ("x", "y")),
        (pd.array([1, 2], dtype="Int64"), ("1", "2")),
        ([1.0, 2.0], ("1", "2")),
        (pd.array(["x", "y"], dtype="string[pyarrow]"), ("x", "y")),
        (HOSTILE[:2], tuple(HOSTILE[:2])),
    ]:
        frame = frame_of_areas.assign(area_code=values, area_name=values)
        assert wm.read_areas(frame).codes == codes
    raises(lambda: wm.read_areas(pd.concat([frame_of_areas, frame_of_areas[["area_code"]]], axis=1)), ValueError, "two columns", "area_code")
    raises(lambda: wm.read_areas(frame_of_areas, code="WD13CD"), KeyError, "WD13CD")


def test_hostile_names_are_text_in_a_picture(squares):
    frame = squares.to_geopandas()
    frame["area_name"] = HOSTILE[:2]
    frame["rate"] = [1.0, 2.0]
    svg = wm.choropleth(frame, areas=wm.read_areas(frame), column="rate", labels="name", title='<b>&"').svg()
    assert "<script>" not in svg and "&lt;script&gt;" in svg


@pytest.mark.filterwarnings("ignore::wardmap.WardmapWarning")
def test_the_arrays_given_are_left_as_they_are_after_errors(squares):
    import sys

    x, y = np.array(X), np.array(Y)
    before = sys.getrefcount(x)
    for _ in range(50):
        wm.locate(x, y, squares)
        with pytest.raises(ValueError):
            wm.locate(x, y[:2], squares)
        with pytest.raises(ValueError):
            wm.class_breaks(x, scheme="nowhere")
        with pytest.raises(ValueError):
            wm.count({"Easting": x, "Northing": y, "k": np.array([[1], {}, 2], dtype=object)}, areas=squares, by="k")
    assert sys.getrefcount(x) <= before + 1
    np.testing.assert_array_equal(x, X)
