"""The first project file: made from tables, read by `report` as it is."""
from conftest import DATA, OFFENCES, POPULATION


def test_the_file_makes_a_report_without_an_edit(wardmap):
    run = wardmap("init", OFFENCES, DATA / "needs_assessment/needle_finds_by_ward.csv", POPULATION, "-o", "project.toml")
    assert "counts by ward in two periods" in run.err and "wardmap report project.toml" in run.err
    wardmap("report", "project.toml", "-o", "out")
    assert len(list((wardmap.folder / "out/tables").glob("*.csv"))) >= 10
    page = (wardmap.folder / "out/index.html").read_text(encoding="utf-8")
    assert "St Michael’s" in page and "1,116" in page


def test_it_is_not_written_over_and_ends_in_toml(wardmap):
    wardmap("init", OFFENCES, "-o", "project.toml")
    assert "--overwrite" in wardmap("init", OFFENCES, "-o", "project.toml", code=1).err
    assert ".toml" in wardmap("init", OFFENCES, "-o", "project.txt", code=2).err
    assert "no table to begin with" in wardmap("init", code=2).err
