"""wardmap stats NAME TABLE: a table in, the same table with the result's columns out."""
import csv

import pytest

from conftest import DATA, OFFENCES, POPULATION, ROOT, SHARED

TYPES = DATA / "needs_assessment/offences_by_type.csv"
VIOLENCE = [OFFENCES, "--where", "marker=alcohol", "--where", "offence=VIOLENCE WITHOUT INJURY"]
RATES = [*VIOLENCE, "--count", "yt_june_2022", "--population", POPULATION]


def test_every_statistic_is_listed_and_shows_a_command_that_works(wardmap):
    listed = wardmap("stats", "--help").out
    names = [line.split()[0] for line in listed.split("Subcommands:")[1].splitlines() if line.startswith("  ") and line[2] != " "]
    assert {"rate_limits", "proportion_limits", "rate_ratio", "standardised_rate", "funnel"} <= set(names)
    for name in names:
        text = wardmap("stats", name, "--help").out
        assert f"wardmap stats {name}" in text and "--output" in text, name


@pytest.mark.parametrize("arguments, nearest", [
    (["funel"], "'funnel'"),
    (["funnel", *RATES, "--basline", "1"], "'--baseline'"),
    (["rate_limits", *VIOLENCE, "--count", "yt_june_2023", "--population", POPULATION], "'yt_june_2022'"),
    (["rate_ratio", TYPES, "--before", "yt_june_2021", "--after", "yt_june_2022", "--method", "exakt"], "'exact'"),
    ([], "funnel"),
    (["funnel"], "--count"),
])
def test_slips_are_wrong_use_and_suggest_what_is_there(wardmap, arguments, nearest):
    assert nearest in wardmap("stats", *arguments, code=2).err


def test_rate_limits_add_three_columns_and_leave_the_total_out(wardmap):
    rows = wardmap("stats", "rate_limits", *RATES).rows
    with OFFENCES.open(encoding="utf-8") as file:
        given = [r for r in csv.DictReader(file) if r["marker"] == "alcohol" and r["offence"] == "VIOLENCE WITHOUT INJURY"]
    assert [{k: r[k] for k in given[0]} for r in rows] == given
    assert list(rows[0])[-3:] == ["rate", "lower", "upper"]
    for row in rows:
        if row["ward"] == "Total":
            assert row["rate"] == ""
        else:  # the printed rate per 100,000
            assert round(float(row["rate"])) == int(row["rate_per_100k"])
    michael = next(r for r in rows if r["ward"].startswith("St Michael"))
    assert [round(float(michael[c]), 1) for c in ("lower", "upper")] == [1016.2, 1223.6]  # docs/methods.md


def test_the_method_is_said_and_written_beside_the_table(wardmap):
    run = wardmap("stats", "funnel", *RATES, "--per", 100000, "-o", "f.csv")
    assert "phi" in run.err
    assert "phi" in (wardmap.folder / "f.csv-metadata.json").read_text()
    assert wardmap("stats", "funnel", *RATES, "--json").log["command"] == "stats funnel"


def test_a_funnel_of_the_wards_marks_st_michaels_high(wardmap):
    rows = [r for r in wardmap("stats", "funnel", *RATES, "--per", 100000).rows if r["ward"] != "Total"]
    by_ward = {r["ward"]: r["pattern"] for r in rows}
    assert by_ward["St Michael's"] == "high_998" and by_ward["Wainbody"] == "low_998"
    assert set(by_ward.values()) <= {"low_998", "low_95", "similar", "high_95", "high_998"}
    for row in rows:
        assert float(row["lower998"]) < float(row["lower95"]) < 402.3 < float(row["upper95"]) < float(row["upper998"])
    assert len({r["phi"] for r in rows}) == 1 and float(rows[0]["phi"]) > 2


def test_columns_of_the_table_are_not_replaced(wardmap, write):
    table = write("t.csv", "area_name,events,people,rate\nA,5,1000,x\nB,20,2000,y\n")
    arguments = ["stats", "rate_limits", table, "--count", "events", "--population", "people"]
    assert "--prefix" in wardmap(*arguments, code=2).err
    rows = wardmap(*arguments, "--prefix", "new_").rows
    assert [r["rate"] for r in rows] == ["x", "y"] and float(rows[1]["new_rate"]) == 1000


def test_standardised_rates_equal_the_reference(wardmap):
    reference = SHARED / "reference"
    if not reference.is_dir():
        pytest.skip("the reference cases are not there")
    rows = wardmap("stats", "standardised_rate", reference / "dsr_inputs.csv", "--group", "area", "--count", "count",
                   "--population", "population", "--standard", "standard_population").rows
    expected = list(csv.DictReader((reference / "dsr_expected.csv").open()))
    assert [r["area"] for r in rows] == [e["area"] for e in expected]
    for row, e in zip(rows, expected):
        for ours, theirs in (("rate", "dsr"), ("lower", "lower95"), ("upper", "upper95")):
            assert row[ours] == e[theirs] == "" or float(row[ours]) == pytest.approx(float(e[theirs]), rel=1e-9)


def test_esp2013_is_matched_by_the_name_of_the_band_not_by_its_place(wardmap, write):
    text = (ROOT / "examples/statistics/events_by_age.csv").read_text()
    head, *lines = text.splitlines()
    arguments = ["--group", "area", "--band", "age_band", "--count", "events", "--population", "people", "--standard", "ESP2013"]
    made = [wardmap("stats", "standardised_rate", write(name, "\n".join([head, *order]) + "\n"), *arguments).rows
            for name, order in (("a.csv", lines), ("b.csv", lines[::-1]))]
    first, second = ({r["area"]: float(r["rate"]) for r in rows} for rows in made)
    assert first == pytest.approx(second, rel=1e-12)
    bad = write("c.csv", text.replace("0-4", "0-3"))
    assert "'0-3'" in wardmap("stats", "standardised_rate", bad, *arguments, code=2).err


def test_a_withheld_count_withholds_what_is_made_of_it(wardmap, write):
    table = write("t.csv", "area_name,events,people\nA,3,1000\nB,20,2000\nC,7,500\nD,30,900\nTotal,60,4400\n")
    rows = wardmap("stats", "rate_limits", table, "--count", "events", "--population", "people", "--small-numbers", "under:5").rows
    assert [r["events"] for r in rows] == ["[c]", "20", "[c]", "30", "60"]
    assert [r["rate"] for r in rows] == ["[c]", "1000", "[c]", rows[3]["rate"], ""]
    assert rows[0]["lower"] == rows[2]["upper"] == "[c]"


@pytest.mark.parametrize("events, people, cells", [
    ("5", "0", ["", "", ""]),          # nobody lives there
    ("", "100", ["", "", ""]),         # not known
    ("150", "100", ["150000", None, None]),  # more events than people
])
def test_rates_that_cannot_be_are_empty_and_never_infinite(wardmap, write, events, people, cells):
    table = write("t.csv", f"area_name,events,people\nA,{events},{people}\nB,7,100\n")
    row = wardmap("stats", "rate_limits", table, "--count", "events", "--population", "people").rows[0]
    for name, cell in zip(("rate", "lower", "upper"), cells):
        assert cell is None or row[name] == cell


def test_negative_counts_are_refused_and_people_that_do_not_fit_are_said(wardmap, write):
    table = write("t.csv", "area_name,events,people\nA,-5,100\n")
    assert "negative" in wardmap("stats", "rate_limits", table, "--count", "events", "--population", "people", code=2).err
    ours = write("u.csv", "ward,events\nBablake,5\nAtlantis,6\n")
    run = wardmap("stats", "rate_limits", ours, "--count", "events", "--population", POPULATION)
    assert "Atlantis" in run.err and run.rows[1]["rate"] == "" and float(run.rows[0]["rate"]) == pytest.approx(500000 / 16877)
    other = write("v.csv", "ward,events\nNowhere,5\n")
    assert "no row" in wardmap("stats", "rate_limits", other, "--count", "events", "--population", POPULATION, code=1).err
