"""What the tests of the Python package share: the published figures, and the areas they are of."""
import pathlib

import pytest

import wardmap as wm

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = ROOT / "examples/coventry/data"
OFFENCES = DATA / "needs_assessment/offences_by_ward.csv"
POPULATION = DATA / "coventry_ward_population_mid2020.csv"
LAYERS = ROOT / "tests/data/layers"
TABLES = ROOT / "tests/data/tables"
CONTRACT_COLUMNS = (
    "area_code,area_name,count_before,count_after,change,change_pct,direction,population,rate_before,rate,rate_lower,"
    "rate_upper,share,rank,rate_ratio,rate_ratio_lower,rate_ratio_upper,p_value,quadrant,rate_compared,change_compared,"
    "certainty,flags"
).split(",")


@pytest.fixture(scope="session")
def wards():
    return wm.areas("coventry-wards")


@pytest.fixture(scope="session")
def has_gdal():
    return "GDAL" in wm.build_info()["loaded"]


@pytest.fixture
def offences():
    """One of the nine published tables, as a notebook user reads it."""
    pandas = pytest.importorskip("pandas")
    frame = pandas.read_csv(OFFENCES)
    return frame[(frame.marker == "alcohol") & (frame.offence == "VIOLENCE WITHOUT INJURY")]


@pytest.fixture
def population():
    pandas = pytest.importorskip("pandas")
    return pandas.read_csv(POPULATION)


@pytest.fixture
def ward_table(offences, population, wards):
    return wm.indicators(
        offences, areas=wards, area="ward", before="yt_june_2021", after="yt_june_2022", population=population,
        measure="alcohol-marked violence without injury", unit="offences",
    )
