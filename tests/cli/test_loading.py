"""What a job loads: GDAL, PROJ, GEOS and what office files need cost more time than most jobs take, so only what needs them brings them in."""
import pytest

from conftest import DATA, OFFENCES, POPULATION, ROOT

WARDS = ROOT / "boundaries/coventry-wards.geojson"
INDICATORS = ["indicators", OFFENCES, "--areas", "coventry-wards", "--area", "ward", "--from", "yt_june_2021", "--to", "yt_june_2022",
              "--population", POPULATION, "--where", "marker=alcohol", "--where", "offence=VIOLENCE WITH INJURY"]


@pytest.fixture
def loaded(wardmap, monkeypatch):
    """The names of the libraries that a run opened, as the dynamic linker of Linux lists them."""
    def call(*arguments):
        traces = wardmap.folder / "loaded"
        traces.mkdir(exist_ok=True)
        monkeypatch.setenv("LD_DEBUG", "files")
        monkeypatch.setenv("LD_DEBUG_OUTPUT", str(traces / "trace"))
        wardmap(*arguments)
        monkeypatch.delenv("LD_DEBUG")
        text = "".join(path.read_text(errors="replace") for path in traces.iterdir())
        if "libwardmap" not in text:
            pytest.skip("the dynamic linker of this system does not say what it loads")
        for path in traces.iterdir():
            path.unlink()
        return text
    return call


@pytest.mark.parametrize("job", [
    ["--version"],
    ["--help"],
    ["areas"],
    ["areas", "coventry-wards"],
    ["areas", WARDS],
    ["areas", "coventry-wards", "-o", "wards.geojson"],
    [*INDICATORS, "-o", "t.csv", "-o", "t.json", "-o", "t.xlsx"],
    ["map", DATA / "needs_assessment/offences_by_ward.csv", "--areas", WARDS, "--area", "ward", "--value", "yt_june_2022",
     "--where", "marker=alcohol", "--where", "offence=VIOLENCE WITH INJURY", "-o", "m.svg", "-o", "m.png", "-o", "m.pdf"],
    ["report", ROOT / "examples/coventry/coventry.toml", "-o", "report"],
], ids=lambda job: " ".join(str(word).rsplit("/", 1)[-1] for word in job[:2]))
def test_a_job_without_its_formats_never_loads_gdal(loaded, job):
    assert "gdal" not in loaded(*job)


@pytest.mark.parametrize("job", [
    ["--version"],
    ["areas"],
    [*INDICATORS, "-o", "t.csv"],
    ["count", ROOT / "examples/simulated-events/data/invented_street.csv", "--areas", "coventry-wards", "-o", "c.csv"],
    ["map", DATA / "needs_assessment/offences_by_ward.csv", "--areas", WARDS, "--area", "ward", "--value", "yt_june_2022",
     "--where", "marker=alcohol", "--where", "offence=VIOLENCE WITH INJURY", "-o", "m.svg", "-o", "m.png", "-o", "m.pdf"],
    ["report", ROOT / "examples/coventry/coventry.toml", "-o", "report"],
], ids=lambda job: job[0])
def test_a_job_in_one_well_known_system_or_from_degrees_to_the_british_grid_never_loads_proj(loaded, job):
    assert "libproj" not in loaded(*job)


@pytest.mark.parametrize("job", [
    ["--version"],
    ["areas"],
    [*INDICATORS, "-o", "t.csv"],
    ["map", DATA / "needs_assessment/offences_by_ward.csv", "--areas", WARDS, "--area", "ward", "--value", "yt_june_2022",
     "--where", "marker=alcohol", "--where", "offence=VIOLENCE WITH INJURY", "-o", "m.svg", "-o", "m.png", "-o", "m.pdf"],
], ids=lambda job: job[0])
def test_a_job_of_sound_shapes_and_no_office_file_loads_neither_geos_nor_ciphers(loaded, job):
    names = loaded(*job)
    assert "libgeos" not in names and "libcrypto" not in names


def test_a_workbook_loads_what_writes_it_and_no_geos(loaded):
    names = loaded(*INDICATORS, "-o", "t.xlsx")
    assert "libxlsxwriter" in names and "libgeos" not in names


def test_events_in_another_system_than_the_areas_load_proj(wardmap, loaded):
    (wardmap.folder / "grid.csv").write_text("easting,northing,date\n433500,279000,2024-01-02\n")
    assert "libproj" in loaded("count", "grid.csv", "--areas", "coventry-wards", "-o", "c.csv")


def test_a_geopackage_loads_gdal(wardmap, loaded):
    if "GDAL" not in wardmap("doctor").out:
        pytest.skip("this build has no GDAL module")
    wardmap("areas", "coventry-wards", "-o", "w.gpkg")
    assert "libgdal" in loaded("areas", "w.gpkg")
