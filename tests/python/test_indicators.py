"""The published ward tables come out equal through frames of every kind."""
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pytest

import wardmap as wm
from conftest import CONTRACT_COLUMNS, DATA, OFFENCES, POPULATION

ASKED = {"area": "ward", "before": "yt_june_2021", "after": "yt_june_2022", "by": ["marker", "offence"], "total": True}


def half_up(value):
    return int(Decimal(repr(float(value))).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def check_all_171(table, published):
    """Every published row, looked up by what it is: counts, change, % change and rate."""
    ours = {(r["marker"], r["offence"], r["area_name"]): r for r in table.to_dict("records")}
    assert len(ours) == len(published) == 171
    for row in published.to_dict("records"):
        mine = ours[row["marker"], row["offence"], row["ward"]]
        assert (mine["count_before"], mine["count_after"], mine["change"]) == (row["yt_june_2021"], row["yt_june_2022"], row["change"])
        if np.isnan(row["pct_change"]):
            assert np.isnan(mine["change_pct"])
        else:
            assert half_up(mine["change_pct"]) == row["pct_change"]
        assert half_up(mine["rate"]) == row["rate_per_100k"]


def test_171_published_rows_through_pandas(wards, population):
    pd = pytest.importorskip("pandas")
    published = pd.read_csv(OFFENCES)
    table = wm.indicators(published, areas=wards, population=population, **ASKED)
    assert isinstance(table, pd.DataFrame) and list(table.columns) == ["marker", "offence", *CONTRACT_COLUMNS]
    check_all_171(table, published)


def test_171_published_rows_through_polars(wards):
    pd, pl = pytest.importorskip("pandas"), pytest.importorskip("polars")
    table = wm.indicators(pl.read_csv(OFFENCES), areas=wards, population=pl.read_csv(POPULATION), **ASKED)
    assert isinstance(table, pl.DataFrame)
    check_all_171(pd.DataFrame(table.to_dict(as_series=False)).astype({"change_pct": float}), pd.read_csv(OFFENCES))


def test_171_published_rows_through_pyarrow(wards):
    pd, pa = pytest.importorskip("pandas"), pytest.importorskip("pyarrow")
    from pyarrow import csv

    table = wm.indicators(csv.read_csv(OFFENCES), areas=wards, population=csv.read_csv(POPULATION), **ASKED)
    assert isinstance(table, pa.Table)
    check_all_171(table.to_pandas(), pd.read_csv(OFFENCES))


def test_171_published_rows_from_paths(wards):
    pd = pytest.importorskip("pandas")
    table = wm.indicators(OFFENCES, areas="coventry-wards", population=POPULATION, **ASKED)
    assert isinstance(table, wm.Table)
    check_all_171(table.to_pandas(), pd.read_csv(OFFENCES))


def test_there_is_no_total_row_unless_asked_and_one_given_is_kept_out(ward_table, offences, population, wards):
    assert "Total" in set(offences.ward), "the published table has one"
    assert len(ward_table) == 18 and "Total" not in set(ward_table.area_name)
    assert list(ward_table.columns) == CONTRACT_COLUMNS
    with_total = wm.indicators(offences, areas=wards, area="ward", before="yt_june_2021", after="yt_june_2022", population=population, total=True)
    assert with_total.area_name.iloc[-1] == "Total" and with_total.count_after.iloc[-1] == ward_table.count_after.sum() == 1526


def test_a_geodataframe_comes_back_with_its_shapes(offences, population, wards):
    geopandas = pytest.importorskip("geopandas")
    frame = wards.to_geopandas().merge(offences, left_on="area_name", right_on="ward").drop(columns="ward")
    table = wm.indicators(frame, before="yt_june_2021", after="yt_june_2022", population=population)
    assert isinstance(table, geopandas.GeoDataFrame) and table.crs == frame.crs
    assert table.geometry.to_wkb().tolist() == wards.to_geopandas().geometry.to_wkb().tolist()


def test_the_population_may_be_a_column(offences, population, wards, ward_table):
    joined = offences.merge(population[["ward_name", "all_ages"]], left_on="ward", right_on="ward_name", how="left")
    table = wm.indicators(joined, areas=wards, area="ward", before="yt_june_2021", after="yt_june_2022", population="all_ages")
    assert table.rate.tolist() == ward_table.rate.tolist()


def test_possession_of_drugs_in_st_michaels_fell(wards, population):
    pd = pytest.importorskip("pandas")
    frame = pd.read_csv(OFFENCES)
    table = wm.indicators(frame[(frame.marker == "drug") & (frame.offence == "POSSESSION OF DRUGS")], areas=wards, area="ward",
                          before="yt_june_2021", after="yt_june_2022", population=population).set_index("area_name")
    michaels = table.loc["St Michael's"]
    assert (michaels.count_before, michaels.count_after, michaels.direction) == (189, 155, "fell")


def test_without_areas_rows_are_compared():
    pd = pytest.importorskip("pandas")
    frame = pd.read_csv(DATA / "needs_assessment/offences_by_type.csv")
    table = wm.indicators(frame, row="offence", before="yt_june_2021", after="yt_june_2022", by="marker", total=True)
    assert len(table) >= 58 - frame.offence.str.upper().eq("TOTAL").sum()
    assert table["rate"].isna().all()


def test_metadata_say_what_the_numbers_are(ward_table):
    meta = ward_table.attrs["wardmap"]
    assert meta["measure"] == "alcohol-marked violence without injury" and meta["per"] == 100_000
    assert meta["period_after"] == "year to June 2022" and meta["cuts"] == "total"


def test_small_numbers_are_withheld(offences, population, wards, ward_table):
    table = wm.indicators(offences, areas=wards, area="ward", before="yt_june_2021", after="yt_june_2022", population=population,
                          small_numbers="under:60")
    small = ward_table[(ward_table.count_after < 60) & (ward_table.count_after > 0)].area_code
    assert len(small) > 0 and table.set_index("area_code").loc[small, "count_after"].isna().all()


@pytest.mark.filterwarnings("ignore::wardmap.WardmapWarning")
def test_rows_of_no_area_warn_and_name_them(offences, population, wards):
    strange = offences.assign(ward=offences.ward.replace({"Foleshill": "Atlantis"}))
    with pytest.warns(wm.WardmapWarning, match="Atlantis"):
        wm.indicators(strange, areas=wards, area="ward", before="yt_june_2021", after="yt_june_2022", population=population)


@pytest.mark.filterwarnings("ignore::wardmap.WardmapWarning")
def test_bad_input_is_the_right_error_with_its_name(offences, population, wards):
    asked = {"areas": wards, "area": "ward", "before": "yt_june_2021", "after": "yt_june_2022"}
    with pytest.raises(KeyError, match="yt_june_2021"):
        wm.indicators(offences, **{**asked, "before": "yt_june_2012"})
    with pytest.raises(KeyError, match="ward"):
        wm.indicators(offences, **{**asked, "area": "wrad"})
    with pytest.raises(ValueError):
        wm.indicators(offences, **{**asked, "before": None})
    with pytest.raises(ValueError, match="cuts|median"):
        wm.indicators(offences, cuts="medium", **asked)
    with pytest.raises(ValueError):
        wm.indicators(offences, level=95, **asked)
    twice = type(offences)({name: [*offences[name], offences[name].iloc[0]] for name in offences.columns})
    with pytest.raises(ValueError, match="Bablake|E05001218"):
        wm.indicators(twice, **asked)
    with pytest.raises(ValueError):
        wm.indicators(offences.iloc[:0], **asked)


def test_the_callers_frame_is_left_alone(offences, population, wards):
    before = offences.copy(deep=True)
    wm.indicators(offences, areas=wards, area="ward", before="yt_june_2021", after="yt_june_2022", population=population)
    assert offences.equals(before)
