"""Contract section 2: help, versions, exit codes, suggestions, the log."""
import json

import pytest

from conftest import DATA, OFFENCES, POPULATION

COMMANDS = ["areas", "check", "locate", "count", "indicators", "aggregate", "breaks", "map", "chart", "report", "doctor"]
INDICATORS = ["indicators", OFFENCES, "--areas", "coventry-wards", "--area", "ward", "--from", "yt_june_2021", "--to", "yt_june_2022",
              "--population", POPULATION, "--where", "marker=alcohol", "--where", "offence=VIOLENCE WITH INJURY"]


def test_version_is_the_first_line_and_names_what_it_was_built_with(wardmap):
    lines = wardmap("--version").out.splitlines()
    assert lines[0].split()[0] == "wardmap" and lines[0].count(".") == 2
    assert any("GEOS" in line for line in lines[1:]) and any("PROJ" in line for line in lines[1:])


def test_help_lists_every_command_and_each_shows_an_example(wardmap):
    top = wardmap("--help").out
    for command in COMMANDS:
        assert command in top
        text = wardmap(command, "--help").out
        assert "Example" in text and f"wardmap {command}" in text


def test_no_command_is_wrong_use_and_shows_help(wardmap):
    assert "COMMAND" in wardmap(code=2).err


@pytest.mark.parametrize("arguments, nearest", [
    (["indicator"], "'indicators'"),
    (["mpa"], "'map'"),
    ([*INDICATORS, "--popluation", "x"], "'--population'"),
])
def test_unknown_words_are_wrong_use_and_suggest_the_nearest(wardmap, arguments, nearest):
    assert nearest in wardmap(*arguments, code=2).err


def test_unknown_columns_suggest_the_nearest(wardmap):
    arguments = list(INDICATORS)
    arguments[arguments.index("yt_june_2021")] = "yt_june_2012"
    assert "'yt_june_2021'" in wardmap(*arguments, code=2).err


def test_an_existing_file_is_kept_unless_overwrite_is_given(wardmap):
    wardmap(*INDICATORS, "-o", "t.csv")
    before = (wardmap.folder / "t.csv").read_bytes()
    assert "--overwrite" in wardmap(*INDICATORS, "-o", "t.csv", code=1).err
    assert (wardmap.folder / "t.csv").read_bytes() == before
    wardmap(*INDICATORS, "-o", "t.csv", "--overwrite")


def test_several_outputs_come_from_one_run(wardmap):
    wardmap(*INDICATORS, "-o", "t.csv", "-o", "t.json", "-o", "t.xlsx")
    assert (wardmap.folder / "t.csv-metadata.json").is_file()
    assert json.loads((wardmap.folder / "t.json").read_text())[0]["area_name"] == "Bablake"
    assert (wardmap.folder / "t.xlsx").read_bytes()[:2] == b"PK"


def test_json_puts_one_object_on_stderr(wardmap):
    log = wardmap(*INDICATORS, "-o", "t.csv", "--json").log
    assert log["schema"] == "wardmap.log/1" and log["command"] == "indicators"
    for key in ["version", "inputs", "parameters", "guesses", "ledger", "problems", "outputs"]:
        assert key in log
    assert {entry["path"].rsplit("/", 1)[-1] for entry in log["inputs"]} >= {OFFENCES.name, POPULATION.name}
    assert all(len(entry["sha256"]) == 64 for entry in log["inputs"] + log["outputs"])
    ledger = log["ledger"]
    assert ledger["rows_read"] == 171
    assert ledger["rows_read"] == (ledger["filtered"] + ledger["duplicates"] + ledger["located"] + ledger["outside"]
                                   + ledger["no_location"] + sum(ledger["rejected"].values()))


def test_json_also_carries_an_error(wardmap):
    log = wardmap("indicators", "nowhere.csv", "--row", "x", "--from", "a", "--to", "b", "--json", code=1).log
    assert "nowhere.csv" in log["error"]


def test_log_writes_the_object_to_a_file_and_leaves_stderr_alone(wardmap):
    assert wardmap(*INDICATORS, "-o", "t.csv", "--log", "run.json").err == ""
    assert json.loads((wardmap.folder / "run.json").read_text())["schema"] == "wardmap.log/1"


def test_quiet_says_nothing(wardmap):
    assert wardmap(*INDICATORS, "--quiet").err == ""


def test_strict_ends_with_3_when_something_was_found(wardmap, write):
    table = write("t.csv", "ward,a,b\nBablake,1,2\nAtlantis,3,4\n")
    found = wardmap("indicators", table, "--areas", "coventry-wards", "--from", "a", "--to", "b", "--strict", code=3)
    assert "Atlantis" in found.err


def test_doctor_says_what_was_loaded(wardmap):
    assert "GDAL" in wardmap("doctor").out


def test_the_data_folder_of_the_example_is_complete():
    assert (DATA / "coventry_lsoa_deprivation.csv").is_file()
