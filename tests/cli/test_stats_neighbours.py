"""wardmap stats for areas and their neighbours, and the scan."""
import csv

import pytest

from conftest import DATA, OFFENCES, POPULATION, SHARED

VIOLENCE = [OFFENCES, "--where", "marker=alcohol", "--where", "offence=VIOLENCE WITHOUT INJURY", "--areas", "coventry-wards"]
EVENTS = [*VIOLENCE, "--count", "yt_june_2022", "--population", POPULATION]


def by_ward(run):
    return {row["ward"]: row for row in run.rows}


def test_contiguity_is_the_references(wardmap):
    rows = wardmap("stats", "contiguity", "--areas", "coventry-wards").rows
    assert list(rows[0]) == ["area_code", "area_name", "neighbour_count", "neighbours"]
    assert sum(int(r["neighbour_count"]) for r in rows) == 86
    assert sum(int(r["neighbour_count"]) for r in wardmap("stats", "contiguity", "--areas", "coventry-wards", "--neighbours", "rook").rows) == 78
    if not SHARED.is_dir():
        pytest.skip("the reference cases are not there")
    expected = {r["id"]: r["queen"].split() for r in csv.DictReader((SHARED / "reference/contiguity_coventry_wards.csv").open())}
    assert {r["area_code"]: r["neighbours"].split() for r in rows} == expected


def test_moran_is_one_row_of_the_contracts_columns(wardmap):
    (row,) = wardmap("stats", "moran", *VIOLENCE, "--value", "rate_per_100k").rows
    assert list(row) == ["i", "expected", "variance", "z", "p_two_sided", "p_permutation"]
    assert round(float(row["i"]), 3) == -0.004 and float(row["expected"]) == pytest.approx(-1 / 17)  # docs/methods.md


def test_local_moran_and_getis_ord_add_columns_and_leave_the_total_out(wardmap):
    local = wardmap("stats", "local_moran", *VIOLENCE, "--value", "rate_per_100k", "--permutations", "99")
    rows = by_ward(local)
    assert list(local.rows[0])[-7:] == ["i", "z", "lag", "pattern", "p_greater", "p_less", "p_two_sided"]
    assert rows["Upper Stoke"]["pattern"] == "HH" and rows["St Michael's"]["pattern"] == "HL"
    assert rows["Total"]["i"] == rows["Total"]["pattern"] == ""
    assert "99 conditional permutations without replacement" in local.err and "neighbours queen" in local.err
    by_less = by_ward(wardmap("stats", "local_moran", *VIOLENCE, "--value", "rate_per_100k", "--divisor", "n-1", "--permutations", "0"))
    assert float(by_less["Wyken"]["i"]) == pytest.approx(float(rows["Wyken"]["i"]) * 17 / 18) and by_less["Wyken"]["p_less"] == ""
    star = by_ward(wardmap("stats", "getis_ord", *VIOLENCE, "--value", "rate_per_100k"))
    plain = by_ward(wardmap("stats", "getis_ord", *VIOLENCE, "--value", "rate_per_100k", "--without-itself"))
    assert round(float(star["Foleshill"]["z"]), 2) == 2.04
    for ward, row in plain.items():
        if ward != "Total":
            assert abs(float(row["z"])) == pytest.approx(abs(float(rows[ward]["z"])))


def test_threads_change_nothing(wardmap):
    one = wardmap("stats", "local_moran", *VIOLENCE, "--value", "rate_per_100k", "--threads", "1").out
    assert wardmap("stats", "local_moran", *VIOLENCE, "--value", "rate_per_100k", "--threads", "3").out == one
    assert wardmap("stats", "local_moran", *VIOLENCE, "--value", "rate_per_100k", "--seed", "2").out != one


def test_empirical_bayes_joins_people_by_area(wardmap):
    rows = by_ward(wardmap("stats", "empirical_bayes", *EVENTS))
    assert round(float(rows["Wainbody"]["empirical_bayes"])) == 80 and rows["Total"]["empirical_bayes"] == ""
    local = by_ward(wardmap("stats", "empirical_bayes", *EVENTS, "--local", "--per", "1"))
    assert round(float(local["Wainbody"]["empirical_bayes"]) * 1e5) == 88


def test_scan_gives_one_row_a_cluster(wardmap):
    run = wardmap("stats", "scan", *EVENTS)
    assert [r["count"] for r in run.rows] == ["456", "135", "226", "101"]  # docs/methods.md
    assert run.rows[2]["members"].split() == ["E05001222", "E05001225"] and run.rows[0]["p_value"] == "0.001"
    assert "999 replications" in run.err
    capped = wardmap("stats", "scan", *EVENTS, "--max-population", "20000", "--stop-after", "10")
    assert all(float(r["population"]) <= 20000 for r in capped.rows)


def test_rows_of_areas_that_are_not_there_and_areas_without_rows_are_said(wardmap, write):
    table = write("t.csv", "area_name,value\nBablake,1\nRadford,5\nHenley,7\nNowhere,9\n")
    run = wardmap("stats", "getis_ord", table, "--areas", "coventry-wards", "--value", "value")
    assert "Nowhere" in run.err and "15 missing values are left out" in run.err
    assert run.rows[3]["z"] == ""
    twice = write("u.csv", "area_name,value\nBablake,1\nBablake,5\n")
    assert "--where" in wardmap("stats", "moran", twice, "--areas", "coventry-wards", "--value", "value", code=1).err


@pytest.mark.parametrize("arguments, words", [
    (["moran", OFFENCES, "--value", "rate_per_100k"], "--areas"),
    (["moran", *VIOLENCE], "--value"),
    (["moran", *VIOLENCE, "--value", "rate_per_100k", "--neighbours", "bishop"], "queen"),
    (["moran", *VIOLENCE, "--value", "rate_per_100k", "--style", "rows"], "'row'"),
    (["local_moran", *VIOLENCE, "--value", "rate_per_100k", "--divisor", "n-2"], "n-1"),
    (["moran", *VIOLENCE, "--value", "rate_per_100k", "--snap", "-1"], "0 or more"),
    (["scan", *EVENTS, "--max-share", "0.9"], "0.5"),
    (["scan", *EVENTS, "--max-population", "10"], "no place has at most 10 people"),
    (["scan", *EVENTS, "--x", "rate_per_100k"], "--y"),
    (["scan", *VIOLENCE, "--count", "pct_change", "--population", POPULATION], "negative|whole"),
    (["contiguity"], "--areas"),
])
def test_slips_are_wrong_use_and_say_what_to_do(wardmap, arguments, words):
    err = wardmap("stats", *arguments, code=(1, 2)).err
    assert any(word in err for word in words.split("|")), err
