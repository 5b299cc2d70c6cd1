import json
import pickle
import threading

import numpy as np
import pytest

import wardmap as wm
from conftest import LAYERS


def test_the_built_in_wards_are_the_18_of_coventry(wards):
    assert len(wards) == 18
    assert wards.codes[0] == "E05001218" and wards.names[0] == "Bablake"
    assert wards.whole == "Coventry" and wards.noun == "ward"
    assert any("Crown copyright" in line for line in wards.attribution)
    assert "coventry-wards" in wm.areas()["name"]


def test_a_wrong_name_is_a_key_error_that_names_the_nearest():
    with pytest.raises(KeyError, match="coventry-wards"):
        wm.areas("coventry-ward")
    with pytest.raises(wm.Error):
        wm.areas("coventry-ward")


def test_a_missing_file_is_file_not_found():
    with pytest.raises(FileNotFoundError, match="nowhere.geojson") as caught:
        wm.read_areas("nowhere.geojson")
    assert isinstance(caught.value, wm.Error) and caught.value.file == "nowhere.geojson"


def test_geo_interface_goes_out_and_comes_back(wards):
    class Drawn:
        __geo_interface__ = wards.__geo_interface__

    features = json.loads(json.dumps(Drawn.__geo_interface__))["features"]
    assert len(features) == 18 and features[0]["properties"] == {"area_code": "E05001218", "area_name": "Bablake"}
    back = wm.read_areas(Drawn())
    assert back.codes == wards.codes and back.to_wkb() == wards.to_wkb()


def test_take_gives_codes_and_none_for_outside(wards):
    assert wards.take([0, -1, 17]).tolist() == ["E05001218", None, "E05001235"]
    assert wards.take(np.array([[0, 1], [-1, 2]], dtype="int32")).shape == (2, 2)
    with pytest.raises(IndexError):
        wards.take([18])


def test_areas_are_the_same_after_pickling(wards):
    again = pickle.loads(pickle.dumps(wards))
    assert again.codes == wards.codes and again.to_wkb() == wards.to_wkb() and again.attribution == wards.attribution


def test_geopandas_out_and_in_again(wards):
    geopandas = pytest.importorskip("geopandas")
    frame = wards.to_geopandas()
    assert isinstance(frame, geopandas.GeoDataFrame) and frame.crs == "EPSG:4326"
    back = wm.read_areas(frame)
    assert back.codes == wards.codes and back.names == wards.names and back.to_wkb() == wards.to_wkb()
    assert back.attribution == wards.attribution, "the licence lines travel with the frame"
    grid = wm.read_areas(frame.to_crs(27700))
    assert grid.crs == "EPSG:27700" and 420_000 < grid.bounds[0] < 430_000


def test_fields_of_a_geodataframe_are_guessed_and_named(wards):
    pytest.importorskip("geopandas")
    frame = wards.to_geopandas().rename(columns={"area_code": "WD13CD", "area_name": "WD13NM"})
    assert wm.read_areas(frame).names == wards.names
    with pytest.raises(KeyError, match="WD13CD"):
        wm.read_areas(frame, code="WD31CD")
    one = wm.read_areas(frame, where={"WD13NM": "Foleshill"})
    assert one.names == ("Foleshill",)


def test_points_and_empty_frames_are_refused(wards):
    geopandas = pytest.importorskip("geopandas")
    frame = wards.to_geopandas()
    frame["geometry"] = frame.geometry.representative_point()
    with pytest.raises(ValueError, match="no polygons"):
        wm.read_areas(frame)
    with pytest.raises(ValueError):
        wm.read_areas(geopandas.GeoDataFrame({"code": []}, geometry=[], crs=4326))
    with pytest.raises(ValueError, match="areas cannot be made of"):
        wm.read_areas(42)


def test_other_formats_go_through_gdal_or_say_what_to_do(has_gdal):
    if has_gdal:
        read = wm.read_areas(LAYERS / "zipped_shapefile.zip")
        assert read.crs == "EPSG:27700" and read.names[0] == "St Michael\u2019s"
    else:
        with pytest.raises(wm.Error, match="pyogrio"):
            wm.read_areas(LAYERS / "zipped_shapefile.zip")


def test_layers_written_are_read_back(wards, tmp_path, has_gdal):
    for name in ["wards.geojson", *(["wards.gpkg", "wards.fgb"] if has_gdal else [])]:
        wm.write_layer(tmp_path / name, wards)
        assert wm.read_areas(tmp_path / name).codes == wards.codes
        with pytest.raises(OSError, match="overwrite=True"):
            wm.write_layer(tmp_path / name, wards)
        wm.write_layer(tmp_path / name, wards, overwrite=True)


def test_our_gdal_and_that_of_pyogrio_live_in_one_process(wards, tmp_path, has_gdal):
    geopandas = pytest.importorskip("geopandas")
    pytest.importorskip("pyogrio")
    if not has_gdal:
        pytest.skip("this build has no GDAL module")
    wm.write_layer(tmp_path / "wards.gpkg", wards)
    theirs = geopandas.read_file(tmp_path / "wards.gpkg", layer="areas")
    assert theirs.area_code.tolist() == list(wards.codes) and theirs.crs == "EPSG:4326"
    theirs.to_file(tmp_path / "theirs.fgb")
    assert sorted(wm.read_areas(tmp_path / "theirs.fgb").codes) == sorted(wards.codes)


def test_eight_threads_read_one_area_set(wards):
    codes = []

    def work():
        codes.append(wm.read_areas("coventry-wards").codes == wards.codes and wards.take([3])[0] == wards.codes[3])

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert codes == [True] * 8
