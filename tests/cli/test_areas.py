"""`wardmap areas`: the built-in sets, files of any kind, what is wrong with them, localities."""
import csv
import io
import json

import pytest

from conftest import ROOT, SHARED

WARDS = ROOT / "boundaries/coventry-wards.geojson"


def test_the_list_has_the_columns_of_the_contract(wardmap):
    rows = wardmap("areas").rows
    assert list(rows[0]) == ["name", "areas", "crs", "source"]
    assert {"name": "coventry-wards", "areas": "18"}.items() <= rows[0].items()


@pytest.mark.parametrize("name", ["w.geojson", "w.gpkg", "w.fgb"])
def test_a_built_in_set_is_written_and_reads_back_as_the_same_areas(wardmap, name):
    wardmap("areas", "coventry-wards", "-o", name)
    text = wardmap("areas", name).out
    assert "18 wards" in text and "area_code" in text


def test_a_file_is_described(wardmap):
    text = wardmap("areas", WARDS).out
    for word in ["18 wards", "EPSG:4326", "ward_code", "ward_name", "invalid", "gaps", "overlaps"]:
        assert word in text


def test_an_unknown_name_suggests_the_nearest(wardmap):
    assert "coventry-wards" in wardmap("areas", "coventry-ward", code=(1, 2)).err


def test_merge_joins_wards_into_localities(wardmap, write):
    codes = [f["properties"]["ward_code"] for f in json.loads(WARDS.read_text())["features"]]
    lookup = write("l.csv", "ward_code,locality\n" + "".join(f"{c},{'North' if i < 9 else 'South'}\n" for i, c in enumerate(codes)))
    wardmap("areas", "coventry-wards", "--merge", lookup, "-o", "localities.geojson")
    merged = json.loads((wardmap.folder / "localities.geojson").read_text())
    assert len(merged["features"]) == 2


@pytest.mark.skipif(not SHARED.is_dir(), reason="real data is not here: ../shared/data")
def test_the_invalid_rings_of_the_output_areas_are_reported(wardmap):
    text = wardmap("areas", SHARED / "boundaries/coventry_oa11.geojson")
    assert "E00048236" in text.out + text.err and "E00049147" in text.out + text.err


def test_check_says_what_is_there_and_what_to_run_next(wardmap):
    text = wardmap("check", ROOT / "examples/coventry/data/needs_assessment/offences_by_ward.csv", WARDS)
    assert "171" in text.out and "18" in text.out and "wardmap " in text.out


def test_breaks_print_the_scheme_as_json(wardmap, write):
    table = write("t.csv", "area_name,rate\nBablake,190\nHenley,616\nWyken,168\nLongford,498\nTotal,402\n")
    found = json.loads(wardmap("breaks", table, "--value", "rate", "--scheme", "natural", "--k", 2).out)
    assert list(found) == ["scheme", "k", "breaks", "counts", "gvf", "labels"]
    assert found["scheme"] == "natural" and found["breaks"][0] == 168 and found["breaks"][-1] == 616
    assert found["counts"] == [2, 2]
