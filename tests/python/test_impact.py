"""Impact areas from frames and files: what the command finds, in the caller's kind of frame."""

import json
import os
import subprocess
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pytest
import wardmap as wm

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "examples/coventry/data"
PEOPLE = DATA / "coventry_ward_population_mid2020.csv"
DECILES = DATA / "coventry_lsoa_deprivation.csv"

pytestmark = pytest.mark.filterwarnings("ignore::wardmap.WardmapWarning")


@pytest.fixture(scope="module")
def events_file(tmp_path_factory):
    """Events as residents live, four times as many of them in one ward; two full years and a bit."""
    folder = tmp_path_factory.mktemp("impact")
    random = np.random.default_rng(5)
    wards = wm.areas("coventry-wards")
    west, south, east, north = wards.bounds
    x = random.uniform(west, east, 40_000)
    y = random.uniform(south, north, 40_000)
    at = wm.locate(x, y, wards)
    # Density: residents of the ward by points that fell into it.
    people = pd.read_csv(PEOPLE).set_index("ward_code").loc[list(wards.codes), "all_ages"].to_numpy()
    density = people / np.bincount(at[at >= 0], minlength=len(wards))
    density = density / density.max() * np.where(np.array(wards.names) == "Foleshill", 1, 0.25)
    kept = (at >= 0) & (random.uniform(size=len(x)) < density[at])
    months = pd.period_range("2020-05", "2022-06", freq="M").astype(str)
    frame = pd.DataFrame(
        {
            "Longitude": x[kept],
            "Latitude": y[kept],
            "Month": np.resize(months, kept.sum()),
            "kind": np.where(np.arange(kept.sum()) % 3 == 0, "Robbery", "Theft"),
            "alcohol": np.where(np.arange(kept.sum()) % 4 == 0, "yes", "no"),
        }
    )
    path = folder / "events.csv"
    frame.to_csv(path, index=False)
    return path


def found_in(events, **more):
    given = {"population": PEOPLE, "imd": DECILES, "kind": "kind", "marker": "alcohol", "last_month": "2022-06", **more}
    return wm.impact_areas(events, "hex:700", "coventry-wards", **given)


@pytest.fixture(scope="module")
def found(events_file):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", wm.WardmapWarning)
        return found_in(pd.read_csv(events_file))


def test_the_planted_ward_is_found_and_said(found):
    assert len(found) >= 1
    assert "Foleshill" in found.table["name"].iloc[0]
    assert "impact area" in found.paragraph and "of Coventry's residents" in found.paragraph
    assert found.table["area"].dropna().tolist() == list(found.areas.codes)


def test_small_numbers_are_withheld_in_the_tables(events_file):
    found = found_in(pd.read_csv(events_file), small_numbers="under:25", defence=False)
    plain = found_in(pd.read_csv(events_file), defence=False)
    small = plain.units["events"].between(1, 24)
    assert small.any() and found.units["events"][small].isna().all() and found.units["score"][small].isna().all()
    with pytest.raises(wm.UsageError, match="under:5"):
        found_in(pd.read_csv(events_file), small_numbers="small", defence=False)


def test_a_frame_and_its_file_give_the_same(found, events_file):
    of_file = found_in(events_file)
    assert isinstance(of_file.table, wm.Table)
    pd.testing.assert_frame_equal(found.table, of_file.table.to_pandas())
    pd.testing.assert_frame_equal(found.reruns, of_file.reruns.to_pandas())
    assert found.ledger == of_file.ledger
    assert found.ledger["rows_read"] == len(pd.read_csv(events_file))


def test_the_command_finds_the_same(found, events_file, tmp_path):
    out = tmp_path / "impact.json"
    subprocess.run(
        [os.environ["WARDMAP_COMMAND"], "impact", "hex:700", "--areas", "coventry-wards", "--events", events_file,
         "--population", PEOPLE, "--imd", DECILES, "--kind", "kind", "--marker", "alcohol", "--last-month", "2022-06",
         "-o", out, "--quiet"],
        check=True,
    )  # fmt: skip
    rows = json.loads(out.read_text())
    assert [row["events"] for row in rows] == found.table["events"].tolist()
    assert [row["name"] for row in rows] == found.table["name"].tolist()


def test_rows_of_the_table_add_up(found):
    table = found.table.set_index("name")
    whole = table.loc["Total", "events"]
    assert table.loc["All impact areas", "events"] + table.loc["Rest of Coventry", "events"] + table.loc["Not located", "events"] == whole
    assert table["residents"].iloc[: len(found)].sum() == pytest.approx(table.loc["All impact areas", "residents"])
    assert table.loc["Total", "residents"] == pytest.approx(379387)


def test_the_kind_of_frame_comes_back(events_file):
    made = found_in(pl.read_csv(events_file), defence=False)
    assert isinstance(made.table, pl.DataFrame) and isinstance(made.units, pl.DataFrame)
    assert made.reruns.height == 0


def test_definitions_are_files_texts_and_dicts(events_file, tmp_path):
    wanted = {"name": "Test", "budget": {"residents_share": 0.04}, "method": {"choose": "D"}, "exclude": [{"unit": "Lower Stoke", "reason": 'a "shop"'}]}
    text = '''name = "Test"
[budget]
residents_share = 0.04
[method]
choose = "D"
[[exclude]]
unit = "Lower Stoke"
reason = 'a "shop"'
'''
    path = tmp_path / "definition.toml"
    path.write_text(text)
    events = pd.read_csv(events_file)
    asked = {"population": PEOPLE, "imd": DECILES, "defence": False, "last_month": "2022-06"}
    made = [wm.impact_areas(events, "coventry-wards", definition=one, **asked) for one in (wanted, text, path)]
    assert made[0].definition == made[1].definition == made[2].definition
    assert any("4%" in words for words in made[0].definition)
    assert made[0].table.equals(made[1].table) and made[0].table.equals(made[2].table)


def test_the_printed_example_is_the_default(found, events_file):
    assert found_in(pd.read_csv(events_file), definition=wm.impact_example(), defence=False).definition == found.definition


def test_files_are_written_by_their_endings(found, tmp_path):
    names = ["a.csv", "a.json", "a.svg", "a.png", "a.html", "a.pdf", "a.docx", "a.geojson"]
    found.save(*[tmp_path / name for name in names])
    for name in names:
        assert (tmp_path / name).stat().st_size > 500
    layer = wm.read_areas(tmp_path / "a.geojson", code="area_code")
    assert layer.codes == found.areas.codes
    with pytest.raises(OSError, match="a.svg"):
        found.save(tmp_path / "a.svg")
    with pytest.raises(ValueError, match=r"\.csv \.json"):
        found.save(tmp_path / "a.txt")
    with pytest.raises(ValueError, match="no file"):
        found.save()


def test_a_notebook_shows_paragraph_map_and_table(found):
    shown = found._repr_html_()
    assert found.paragraph.split(".")[0].replace("'", "&#x27;") in shown
    assert "<svg" in shown and "<table" in shown and 'scope="col"' in shown
    assert repr(found) == f"<wardmap.ImpactAreas: {found.paragraph}>"


def test_existing_areas_are_watched(found, events_file):
    made = found_in(pd.read_csv(events_file), existing=found.areas, defence=False)
    assert made.monitored is not None and "impact area" in made.monitored
    assert found.monitored is None


def test_impact_areas_lie_over_ward_maps(found):
    wards = pd.read_csv(PEOPLE).rename(columns={"ward_code": "area_code"})
    figure = wm.choropleth(wards, areas="coventry-wards", column="all_ages", title="Residents", overlay=found.areas, overlay_title="Impact areas")
    assert "Impact areas" in figure.svg()


@pytest.mark.parametrize(
    ("more", "error", "words"),
    [
        ({"definition": {"budgt": {"areas": 1}}}, KeyError, "budget"),
        ({"definition": {"budget": {"residents_share": 7}}}, ValueError, "residents_share"),
        ({"definition": 5}, ValueError, "definition"),
        ({"definition": {"budget": {"areas": {1, 2}}}}, ValueError, "set"),
        ({"definition": "not/there.toml"}, FileNotFoundError, "there.toml"),
        ({"population": None}, ValueError, "population"),
        ({"kind": "knd"}, KeyError, "kind"),
        ({"last_month": "June"}, ValueError, "2022-06"),
        ({"last_month": "2020-08"}, ValueError, "not all there"),
        ({"harm": {"kind": ["Piracy"], "weight": [3.0], "weights_name": ["Ours"], "weights_version": ["1"]}}, ValueError, "Robbery"),
        ({"definition": {"exclude": [{"unit": "Nowhere", "reason": "x"}]}}, KeyError, "Nowhere"),
    ],
)
def test_what_is_wrong_is_said(events_file, more, error, words):
    with pytest.raises(error, match=words):
        found_in(pd.read_csv(events_file), defence=False, **more)


def test_what_is_odd_about_a_lookup_is_said(events_file):
    """A small area that a second row gives to another ward: the first row holds, and a warning names it."""
    deciles = pd.read_csv(DECILES, dtype=str)
    wards = wm.areas("coventry-wards")
    pairs = {"lsoa11cd": [*deciles.lsoa_code, deciles.lsoa_code[0]], "wd20cd": [*deciles.ward_code, deciles.ward_code.iloc[-1]]}
    assert pairs["wd20cd"][0] != pairs["wd20cd"][-1]
    frame = pd.read_csv(events_file)
    with pytest.warns(wm.WardmapWarning, match=deciles.lsoa_code[0]):
        found_in_wards(frame, imd=deciles[["lsoa_code", "imd2019_decile"]], lookup=pairs)
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        found_in_wards(frame, imd=deciles[["lsoa_code", "imd2019_decile"]], lookup={name: cells[:-1] for name, cells in pairs.items()})
    assert not [one for one in said if deciles.lsoa_code[0] in str(one.message)]


def found_in_wards(events, **more):
    return wm.impact_areas(events, "coventry-wards", population=PEOPLE, kind="kind", last_month="2022-06", defence=False, **more)


def test_hexagons_need_a_size_and_areas(events_file):
    with pytest.raises(ValueError, match="hex:500"):
        wm.impact_areas(events_file, "hex:wide", "coventry-wards", population=PEOPLE)
    with pytest.raises(ValueError, match="areas="):
        wm.impact_areas(events_file, "hex:500", population=PEOPLE)


def test_police_points_need_units_of_a_thousand_people(events_file):
    events = pd.read_csv(events_file).assign(**{"LSOA code": "E01", "Falls within": "West Midlands Police"})
    with pytest.raises(ValueError, match="eight addresses"):
        wm.impact_areas(events, "hex:300", "coventry-wards", population=PEOPLE, last_month="2022-06")
