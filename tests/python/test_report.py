import json

import pytest

import wardmap as wm
from conftest import ROOT


def test_build_info_names_what_is_loaded():
    info = wm.build_info()
    assert info["version"] == wm.__version__ and {"GEOS", "PROJ"} <= set(info["loaded"]) and info["built_with"]


@pytest.fixture(scope="module")
def coventry(tmp_path_factory):
    return wm.report(ROOT / "examples/coventry/coventry.toml", tmp_path_factory.mktemp("report") / "coventry")


def test_a_report_is_made_from_its_project(coventry):
    assert coventry.html.exists() and coventry.pdf.exists() and coventry.headlines
    manifest = json.loads(coventry.manifest.read_text())
    assert manifest["schema"] == "wardmap.log/1" and len(manifest["outputs"]) > 50
    assert list((coventry.folder / "figures").glob("*.svg")) and (coventry.folder / "tables/tables.xlsx").exists()


def test_a_report_is_replaced_only_if_asked(coventry):
    with pytest.raises(OSError, match="overwrite=True"):
        wm.report(ROOT / "examples/coventry/coventry.toml", coventry.folder)
    mine = coventry.folder / "mine.txt"
    mine.write_text("mine")
    wm.report(ROOT / "examples/coventry/coventry.toml", coventry.folder, overwrite=True)
    assert mine.read_text() == "mine"


def test_the_last_edition_is_set_beside_the_new_one(coventry, tmp_path):
    made = wm.report(ROOT / "examples/coventry/coventry.toml", tmp_path / "new", previous=coventry.folder)
    assert "Nothing changed since the last edition." in made.headlines
    assert (made.folder / "tables/changes.csv").read_text().startswith("kind,table,")
    with pytest.raises(FileNotFoundError, match="manifest.json"):
        wm.report(ROOT / "examples/coventry/coventry.toml", tmp_path / "other", previous=tmp_path)


def test_a_project_that_is_not_there_or_wrong_is_said(tmp_path):
    with pytest.raises(FileNotFoundError):
        wm.report("nowhere.toml", tmp_path / "out")
    bad = tmp_path / "bad.toml"
    bad.write_text('[report]\ntitle = "x"\nareas = "coventry-wards"\norganistion = "x"\n')
    with pytest.raises(KeyError, match="organisation"):
        wm.report(bad, tmp_path / "out")
    assert not (tmp_path / "out").exists()
