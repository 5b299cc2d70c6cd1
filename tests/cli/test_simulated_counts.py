"""The simulated events through the command: count, indicators and the ledger give the printed tables back."""
import collections
import json
from decimal import ROUND_HALF_UP, Decimal

import pytest

from conftest import POPULATION, published_tables
from test_simulated_events import INVENTED, SIMULATE, TABLES, rows_of, simulate

PLACE = ["--areas", "coventry-wards", "--x", "longitude", "--y", "latitude"]
TWO_YEARS = ["--period", "year-to:2021-06", "--period", "year-to:2022-06"]
MARKERS = ["--by", "offence", "--marker", "alcohol", "--marker", "drug"]

pytestmark = pytest.mark.skipif(not SIMULATE.exists(), reason="wardmap-simulate is not built: WARDMAP_BUILD_EXAMPLES is off")


@pytest.fixture
def events(tmp_path):
    simulate(tmp_path / "simulated")
    return tmp_path / "simulated/events.csv"


def rounded(text):
    return str(Decimal(text).quantize(Decimal(1), rounding=ROUND_HALF_UP)) if text else ""


def test_all_171_rows_of_the_nine_tables_come_out_of_count_and_indicators(wardmap, events):
    wardmap("count", events, *PLACE, "--date", "recorded_at", *TWO_YEARS, *MARKERS, "-o", "counts.csv")
    table = wardmap("indicators", "counts.csv", "--areas", "coventry-wards", "--by", "marker", "--by", "offence", "--period-from",
                    "year to 2021-06", "--period-to", "year to 2022-06", "--population", POPULATION).rows
    ours = {(row["marker"], row["offence"], row["area_name"]): row for row in table}
    rows = 0
    for (marker, offence), printed in published_tables().items():
        for row in printed:
            mine = ours[marker, offence, row["ward"]]
            assert [mine["count_before"], mine["count_after"], mine["change"]] == [row["yt_june_2021"], row["yt_june_2022"], row["change"]]
            assert rounded(mine["change_pct"]) == row["pct_change"]
            assert rounded(mine["rate"]) == row["rate_per_100k"]
            rows += 1
    assert rows == 171


def test_the_twelve_percentages_come_out_of_a_count_by_month(wardmap, events):
    counts = wardmap("count", events, *PLACE, "--date", "recorded_at", "--period", "month", "--by", "offence", "--marker", "drug").rows
    months = collections.Counter()
    for row in counts:
        if row["area_code"] and row["marker"] == "drug" and row["offence"] == "VIOLENCE WITH INJURY":
            months[int(row["period"][5:])] += int(row["count"])
    printed = [rounded(100 * Decimal(months[month]) / sum(months.values())) for month in range(1, 13)]
    assert printed == [row["share_pct"] for row in rows_of(TABLES / "calendar_month_share.csv")]


def test_the_ledger_is_that_of_the_events_page(wardmap, events):
    ledger = wardmap("count", events, *PLACE, "--date", "recorded_at", *TWO_YEARS, "--json", "-o", "counts.csv").log["ledger"]
    # As a plain Python count has it, in test_simulated_events.py.
    assert ledger == {"rows_read": 11304, "filtered": 0, "duplicates": 0, "located": 11216, "outside": 43, "no_location": 45,
                      "rejected": {}, "counted": 8896, "out_of_period": 2305, "no_date": 15}


def test_only_a_named_key_removes_the_three_rows_that_stand_twice(wardmap, events):
    ledger = wardmap("count", events, *PLACE, "--date", "recorded_at", *TWO_YEARS, "--dedupe", "incident_id", "--json",
                     "-o", "counts.csv").log["ledger"]
    assert (ledger["duplicates"], ledger["outside"], ledger["located"]) == (3, 40, 11216)


def test_needle_finds_come_out_of_count(wardmap, tmp_path):
    simulate(tmp_path / "simulated")
    periods = [option for year in (2020, 2021, 2022) for option in ("--period", f"year-to:{year}-07")]
    counts = wardmap("count", tmp_path / "simulated/needle_finds.csv", *PLACE, "--date", "found_on", *periods).rows
    ours = {(row["area_name"], row["period"]): row["count"] for row in counts}
    for row in rows_of(TABLES / "needle_finds_by_ward.csv")[:-1]:
        for year in (2020, 2021, 2022):
            assert ours[row["ward"], f"year to {year}-07"] == row[f"yt_july_{year}"]


def test_clients_are_counted_in_the_ward_of_their_practice(wardmap):
    run = wardmap("count", INVENTED / "practices.csv", "--areas", "coventry-wards", "--date", "-", "--period", "all", "--weight", "clients",
                  "--postcode", "postcode", "--postcodes", INVENTED / "invented_postcodes.csv", "--log", "log.json")
    counts = {row["area_name"]: int(row["count"]) for row in run.rows}
    # By hand, from the list of practices and the wards that their postcodes were put into.
    assert {name: count for name, count in counts.items() if count} == {
        "St Michael's": 275, "Foleshill": 200, "Radford": 88, "Longford": 72, "Upper Stoke": 66, "Henley": 54,
        "Binley and Willenhall": 41, "Westwood": 37, "Outside": 23, "Not located": 29}
    log = json.loads((wardmap.folder / "log.json").read_text())
    assert {problem["code"]: problem["count"] for problem in log["problems"]}.items() >= {
        "terminated_postcode": 1, "unmatched_postcode": 1}.items()
