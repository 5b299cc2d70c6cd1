"""Frames of every kind go in, and the caller's kind comes back."""
import json
import subprocess
import sys

import numpy as np
import pytest

import wardmap as wm
from conftest import OFFENCES, TABLES
from wardmap._frames import like, to_table

CELLS = {"code": ["E05001218", None, "a text longer than twelve bytes"], "n": [1.0, np.nan, 3.5], "yes": [True, False, True]}


def plain(table):
    return {name: [None if v is None or v != v else v for v in values.tolist()] for name, values in table.to_dict().items()}


def test_import_needs_numpy_only():
    code = "import sys, wardmap; print([m for m in ('pandas', 'polars', 'pyarrow', 'geopandas', 'shapely') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_pandas_columns_of_every_kind():
    pd = pytest.importorskip("pandas")
    frame = pd.DataFrame({
        **CELLS,
        "whole": pd.array([1, None, 3], dtype="Int64"),
        "kind": pd.Categorical(["x", "y", None]),
        "when": pd.to_datetime(["2022-06-01", None, "2022-06-02"]),
        "mixed": [1, "2", None],
        "numbers": np.array([1, None, 2.5], dtype=object),
        "big": np.array([1, 2, 3], dtype=">f8"),
        "small": np.array([1, 2, 3], dtype="int8"),
    }, index=[7, 7, 7])
    assert plain(to_table(frame)) == {
        "code": CELLS["code"], "n": [1, None, 3.5], "yes": [1, 0, 1], "whole": [1, None, 3], "kind": ["x", "y", None],
        "when": ["2022-06-01", None, "2022-06-02"], "mixed": ["1", "2", None], "numbers": [1, None, 2.5],
        "big": [1, 2, 3], "small": [1, 2, 3],
    }
    assert isinstance(like(to_table(frame), frame), pd.DataFrame)


def test_a_named_index_is_a_column():
    pd = pytest.importorskip("pandas")
    frame = pd.DataFrame({"n": [1, 2]}, index=pd.Index(["A", "B"], name="ward"))
    assert plain(to_table(frame)) == {"ward": ["A", "B"], "n": [1, 2]}


def test_polars_comes_back_as_polars():
    pl = pytest.importorskip("polars")
    frame = pl.DataFrame(CELLS, strict=False).with_columns(
        pl.Series("kind", ["x", "y", None], dtype=pl.Categorical), pl.Series("day", ["2022-06-01", None, "1969-12-31"]).str.to_date())
    assert plain(to_table(frame)) == {"code": CELLS["code"], "n": [1, None, 3.5], "yes": [1, 0, 1], "kind": ["x", "y", None],
                                      "day": ["2022-06-01", None, "1969-12-31"]}
    assert plain(to_table(frame.slice(1, 2)))["code"] == CELLS["code"][1:]
    assert isinstance(like(to_table(frame), frame), pl.DataFrame)


def test_pyarrow_chunks_slices_dictionaries_and_metadata():
    pa = pytest.importorskip("pyarrow")
    one = pa.table({"code": CELLS["code"], "n": pa.array([1, None, 3], pa.int16()), "kind": pa.array(["x", "y", None]).dictionary_encode(),
                    "at": pa.array([0, None, -1], pa.timestamp("ms")), "half": pa.array(np.array([1.5, 2, -0.25], dtype="float16"))})
    two = pa.concat_tables([one, one.slice(2, 1)])
    assert plain(to_table(two)) == {
        "code": [*CELLS["code"], CELLS["code"][2]], "n": [1, None, 3, 3], "kind": ["x", "y", None, None],
        "at": ["1970-01-01", None, "1969-12-31T23:59:59", "1969-12-31T23:59:59"], "half": [1.5, 2, -0.25, -0.25]}
    table = wm.Table([("rate", np.array([1.0, np.nan]))], {"measure": "burglary"})
    arrow = like(table, two)
    assert isinstance(arrow, pa.Table) and arrow["rate"].to_pylist() == [1.0, None]
    assert to_table(arrow).meta == {"measure": "burglary"}


def test_columns_that_cannot_be_read_are_named_not_lost():
    pa = pytest.importorskip("pyarrow")
    with pytest.warns(wm.WardmapWarning, match="'lists'"):
        table = to_table(pa.table({"lists": [[1], [2]], "n": [1, 2]}))
    assert table.columns == ["n"]


def test_tables_go_through_arrow_without_loss():
    pa = pytest.importorskip("pyarrow")
    table = wm.Table([("area_code", ["E1", "", "E3"]), ("rate", np.array([0.1, np.nan, 1e300])), ("rank", np.array([1, np.nan, 2]))])
    arrow = pa.table(table)
    assert arrow.schema.types == [pa.string(), pa.float64(), pa.int64()]
    assert arrow.to_pydict() == {"area_code": ["E1", None, "E3"], "rate": [0.1, None, 1e300], "rank": [1, None, 2]}
    del table
    assert arrow["rate"].to_pylist()[2] == 1e300, "the numbers live as long as the Arrow table"


def test_metadata_travel_in_pandas_attrs():
    pytest.importorskip("pandas")
    frame = wm.Table([("n", np.array([1.0]))], {"measure": "burglary", "per": 1000.0}).to_pandas()
    assert frame.attrs["wardmap"] == {"measure": "burglary", "per": 1000.0}
    assert to_table(frame).meta == frame.attrs["wardmap"]
    json.dumps(frame.attrs)


def test_files_come_as_they_stand():
    table = wm.read_table(OFFENCES, where={"marker": "alcohol", "ward": "Foleshill"})
    assert len(table) == 4 and table["yt_june_2022"].dtype == object
    with pytest.raises(FileNotFoundError):
        wm.read_table("nowhere.csv")
    with pytest.raises(KeyError, match="marker"):
        wm.read_table(OFFENCES, where={"markr": "alcohol"})


def test_workbooks_are_read_where_gdal_is(has_gdal):
    if has_gdal:
        assert wm.read_table(TABLES / "title_rows.xlsx")["ward"].tolist()[0] == "0012"
    else:
        with pytest.raises(wm.Error):
            wm.read_table(TABLES / "title_rows.xlsx")


def test_tables_written_are_read_back_with_their_metadata(tmp_path):
    table = wm.Table([("area_code", ["E1", "E2"]), ("rate", np.array([0.1, np.nan]))], {"measure": "burglary"})
    for name in ("t.csv", "t.json", "t.xlsx"):
        wm.write_table(table, tmp_path / name)
        assert (tmp_path / f"{name}-metadata.json").exists()
        with pytest.raises(OSError, match="overwrite=True"):
            wm.write_table(table, tmp_path / name)
    assert wm.read_table(tmp_path / "t.csv").meta["measure"] == "burglary"


@pytest.mark.parametrize("bad", [42, None, [1, 2], "nowhere.csv"])
def test_what_is_no_table_is_refused(bad):
    with pytest.raises(ValueError):
        to_table(bad)


def test_columns_of_two_levels_and_two_dimensions_are_refused():
    pd = pytest.importorskip("pandas")
    with pytest.raises(ValueError, match="levels"):
        to_table(pd.DataFrame([[1, 2]], columns=pd.MultiIndex.from_tuples([("a", "b"), ("a", "c")])))
    with pytest.raises(ValueError, match="one-dimensional"):
        to_table({"n": np.zeros((2, 2))})
    with pytest.raises(ValueError):
        to_table(pd.DataFrame([[1, 2]], columns=["n", "n"]))
