"""The published ward tables come out of the command equal, row by row."""
from decimal import ROUND_HALF_UP, Decimal

import pytest

from conftest import DATA, OFFENCES, POPULATION, published_tables

FROM_TO = ["--from", "yt_june_2021", "--to", "yt_june_2022"]


def rounded(text):
    return int(Decimal(text).quantize(Decimal(1), rounding=ROUND_HALF_UP))


@pytest.fixture
def all_nine(wardmap):
    return wardmap("indicators", OFFENCES, "--areas", "coventry-wards", "--area", "ward", *FROM_TO, "--population", POPULATION,
                   "--by", "marker", "--by", "offence").rows


def test_all_171_rows_of_the_nine_tables_equal_the_published_ones(all_nine):
    ours = {(r["marker"], r["offence"], r["area_name"]): r for r in all_nine}
    rows = 0
    for (marker, offence), table in published_tables().items():
        for row in table:
            mine = ours[marker, offence, row["ward"]]
            rows += 1
            assert mine["count_before"] == row["yt_june_2021"] and mine["count_after"] == row["yt_june_2022"]
            assert mine["change"] == row["change"]
            assert (str(rounded(mine["change_pct"])) if mine["change_pct"] else "") == row["pct_change"]
            assert str(rounded(mine["rate"])) == row["rate_per_100k"]
            assert (mine["area_code"] == "") == (row["ward"] == "Total")
    assert rows == 171 == len(all_nine)


def test_the_columns_are_those_of_the_contract(wardmap):
    out = wardmap("indicators", OFFENCES, "--areas", "coventry-wards", "--area", "ward", *FROM_TO, "--population", POPULATION,
                  "--where", "marker=alcohol", "--where", "offence=VIOLENCE WITHOUT INJURY").out
    assert out.splitlines()[0] == ("area_code,area_name,count_before,count_after,change,change_pct,direction,population,rate_before,rate,"
                                   "rate_lower,rate_upper,share,rank,rate_ratio,rate_ratio_lower,rate_ratio_upper,p_value,quadrant,"
                                   "rate_compared,change_compared,certainty,flags")
    assert len(out.splitlines()) == 20


def test_round_prints_the_published_digits(wardmap):
    rows = wardmap("indicators", OFFENCES, "--areas", "coventry-wards", "--area", "ward", *FROM_TO, "--population", POPULATION, "--round",
                   "--where", "marker=drug", "--where", "offence=POSSESSION OF DRUGS").rows
    michael = next(r for r in rows if r["area_name"] == "St Michael's")
    assert michael["change_pct"] == "-18" and michael["direction"] == "fell"


def test_the_58_offence_rows_equal_the_published_ones(wardmap):
    rows = wardmap("indicators", DATA / "needs_assessment/offences_by_type.csv", "--row", "offence", *FROM_TO, "--by", "marker").rows
    published = (DATA / "needs_assessment/offences_by_type.csv").read_text().count("\n") - 1
    assert len(rows) == published == 58
    import csv
    ours = {(r["marker"], r["area_name"].upper()): r for r in rows}
    with (DATA / "needs_assessment/offences_by_type.csv").open() as file:
        for row in csv.DictReader(file):
            mine = ours[row["marker"], row["offence"]]
            assert mine["change"] == row["change"]
            assert (str(rounded(mine["change_pct"])) if mine["change_pct"] else "") == row["pct_change"]


def test_81_rates_and_15_changes_of_162_are_clear(all_nine):
    wards = [r for r in all_nine if r["area_code"]]
    assert len(wards) == 162
    assert sum(r["rate_compared"] in ("higher", "lower") for r in wards) == 81
    assert sum(r["change_compared"] in ("higher", "lower") for r in wards) == 15


def test_deciles_are_averaged_as_the_report_prints_them(wardmap):
    lsoas = DATA / "coventry_lsoa_deprivation.csv"
    rows = wardmap("aggregate", lsoas, "--lookup", lsoas, "--value", "imd2019_decile", "--how", "mean", "--areas", "coventry-wards").rows
    assert list(rows[0]) == ["area_code", "area_name", "imd2019_decile", "n"]
    assert sum(int(r["n"]) for r in rows if r["area_code"]) == 195
    weighted = wardmap("aggregate", lsoas, "--lookup", lsoas, "--value", "imd2019_decile", "--how", "weighted-mean", "--weight",
                       "population_mid2020", "--areas", "coventry-wards").rows
    assert len([r for r in weighted if r["area_code"]]) == 18
