"""Ours and GeoPandas put the same points into the same areas, on the published files."""
import numpy as np
import pytest

import wardmap as wm
from conftest import ROOT

geopandas, pandas = pytest.importorskip("geopandas"), pytest.importorskip("pandas")
SHARED = ROOT.parent / "shared/data"

CASES = [
    ("boundaries/coventry_wards.geojson", "crime/west_midlands/2014-01-west-midlands-street.csv", "ward_code"),
    ("boundaries/west_midlands_met_wards.geojson", "crime/west_midlands/2014-02-west-midlands-street.csv", "ward_code"),
    ("boundaries/coventry_oa11.geojson", "crime/west_midlands/2014-02-west-midlands-street.csv", "oa_code"),
    ("boundaries/warrington_lsoa11.geojson", "crime/warrington/*.csv", "lsoa_code"),
]


def files(pattern):
    found = sorted(SHARED.glob(pattern))
    if not found:
        pytest.skip(f"the published file {pattern} is not beside this checkout, in ../shared/data")
    return found


@pytest.mark.filterwarnings("ignore::wardmap.WardmapWarning")
@pytest.mark.parametrize("boundaries, events, code", CASES, ids=[case[0].split("/")[1] for case in CASES])
def test_sjoin_and_locate_and_count_agree(boundaries, events, code):
    areas = geopandas.read_file(files(boundaries)[0]).set_crs(4326, allow_override=True)
    if not areas.is_valid.all():  # GEOS would decide by chance in a ring that crosses itself
        areas["geometry"] = areas.geometry.make_valid()
    frame = pandas.concat([pandas.read_csv(one) for one in files(events)], ignore_index=True)
    points = geopandas.GeoDataFrame(frame, geometry=geopandas.points_from_xy(frame.Longitude, frame.Latitude), crs=4326)
    joined = geopandas.sjoin(points, areas[[code, "geometry"]], predicate="intersects", how="left")
    # A point on a shared edge intersects several areas; we take the first in the order of the areas.
    place = {value: at for at, value in enumerate(areas[code])}
    joined["place"] = joined[code].map(place)
    theirs = joined.groupby(level=0)["place"].min()

    ours = wm.read_areas(files(boundaries)[0], code=code)
    assert list(ours.codes) == list(areas[code])
    where = wm.locate(frame.Longitude, frame.Latitude, ours)
    expected = theirs.reindex(frame.index).fillna(-1).to_numpy(dtype="int32")
    np.testing.assert_array_equal(where, expected)
    assert (where >= 0).sum() > 1000

    located = wm.locate(points, ours)
    assert located["area_code"].fillna("").tolist() == [ours.codes[one] if one >= 0 else "" for one in where]
    counted = wm.count(frame, areas=ours, by="Crime type", unlocated="drop")
    by_type = pandas.crosstab(expected[expected >= 0], frame["Crime type"][expected >= 0])
    for at, kind, n in zip(counted["area_code"].map(dict(zip(ours.codes, range(len(ours))))), counted["Crime type"], counted["count"]):
        assert n == (by_type.loc[at, kind] if at in by_type.index else 0)
