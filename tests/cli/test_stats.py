"""wardmap stats NAME TABLE: a table in, the same table with the result's columns out."""
import csv
import json

import pytest

from conftest import DATA, OFFENCES, POPULATION, ROOT, SHARED

EXAMPLES = ROOT / "examples/statistics"
TYPES = DATA / "needs_assessment/offences_by_type.csv"
VIOLENCE = [OFFENCES, "--where", "marker=alcohol", "--where", "offence=VIOLENCE WITHOUT INJURY"]
RATES = [*VIOLENCE, "--count", "yt_june_2022", "--population", POPULATION]


def test_every_statistic_is_listed_and_shows_a_command_that_works(wardmap):
    listed = wardmap("stats", "--help").out
    names = [line.split()[0] for line in listed.split("Subcommands:")[1].split("Example:")[0].splitlines() if line.startswith("  ") and line[2] != " "]
    assert {"rate_limits", "proportion_limits", "rate_ratio", "standardised_rate", "funnel", "adjust_p", "change", "quadrant_chances",
            "quantile", "deprivation_decile", "class_breaks", "inequality_slope", "concentration", "harm", "interpolate", "lookup",
            "weighted_centres"} <= set(names)
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
    text = (EXAMPLES / "events_by_age.csv").read_text()
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


CHANGE = [*VIOLENCE, "--before", "yt_june_2021", "--after", "yt_june_2022"]


def test_change_says_which_wards_changed_beyond_chance(wardmap):
    run = wardmap("stats", "change", *CHANGE, "--prefix", "new_")
    rows = [r for r in run.rows if r["ward"] != "Total"]
    words = {r["ward"]: r["new_words"] for r in rows}
    assert words["St Michael's"] == "clear rise" and words["Radford"] == "no clear change"
    assert "clear changes: 8 of 18 rows" in run.err  # docs/methods.md
    for row in rows:
        assert float(row["new_p_adjusted"]) >= float(row["new_p_value"])
        assert (row["new_words"] == "no clear change") == (float(row["new_p_adjusted"]) >= 0.05)
    assert next(r for r in run.rows if r["ward"] == "Total")["new_words"] == ""


def test_chances_of_quadrants_add_up_and_do_not_depend_on_threads(wardmap):
    arguments = ["stats", "quadrant_chances", *CHANGE, "--population", POPULATION, "--draws", "2000"]
    one, many = (wardmap(*arguments, "--threads", n).out for n in ("1", "4"))
    assert one == many
    for row in wardmap(*arguments).rows:
        if row["ward"] != "Total":
            assert sum(float(row[q]) for q in ("high_faster", "high_slower", "low_faster", "low_slower")) == pytest.approx(1)
            assert float(row["chance"]) == float(row[row["likeliest"]])
    assert wardmap(*arguments, "--seed", "2").out != one


def test_adjusted_p_by_hand(wardmap):
    rows = wardmap("stats", "adjust_p", EXAMPLES / "small_areas.csv", "--p", "p_value").rows
    assert [float(r["p_adjusted"]) for r in rows] == pytest.approx([0.004, 0.04, 0.04, 0.4])
    assert "'bh'" in wardmap("stats", "adjust_p", EXAMPLES / "small_areas.csv", "--p", "p_value", "--method", "b", code=2).err


def test_published_deciles_and_ohid_quantiles_are_two_rules(wardmap):
    rows = wardmap("stats", "deprivation_decile", EXAMPLES / "small_areas.csv", "--rank", "imd_rank", "--n", 32844).rows
    assert [r["decile"] for r in rows] == ["1", "2", "5", "10"]
    rows = wardmap("stats", "quantile", EXAMPLES / "small_areas.csv", "--value", "imd_rank", "--k", 2, "--first", "high").rows
    assert [r["quantile"] for r in rows] == ["2", "2", "1", "1"]
    assert {r["quantile"] for r in wardmap("stats", "quantile", EXAMPLES / "small_areas.csv", "--value", "imd_rank", "--k", 5).rows} == {""}


def test_classes_of_rows_are_those_of_breaks(wardmap):
    arguments = [POPULATION, "--value", "all_ages", "--k", 3, "--round-breaks"]
    labels = [r["labels"] for r in wardmap("stats", "class_breaks", *arguments).rows]
    assert {label for label in labels if label} == set(json.loads(wardmap("breaks", *arguments).out)["labels"])


def test_slope_concentration_and_harm_by_hand(wardmap):
    slope = wardmap("stats", "inequality_slope", EXAMPLES / "rate_by_fifth.csv", "--value", "rate", "--population", "people",
                    "--order", "fifth").rows[0]
    assert (round(float(slope["sii"])), round(float(slope["rii"]), 2)) == (-870, 0.10)  # docs/methods.md
    row = wardmap("stats", "concentration", EXAMPLES / "rate_by_fifth.csv", "--count", "people", "--top", "0.2", "--share", "0.5").rows[0]
    assert float(row["share_in_top_0.2"]) == pytest.approx(60 / 265) and row["places"] == "5"
    weights = ["--weights", EXAMPLES / "harm_weights.csv", "--weights-name", "Made-up days", "--weights-version", "2022"]
    arguments = ["stats", "harm", EXAMPLES / "offences_by_kind.csv", "--area", "area_name", "--kind", "offence", "--count", "count"]
    run = wardmap(*arguments, *weights)
    by_area = {r["area_name"]: r for r in run.rows}
    assert (by_area["Canal Side"]["harm"], by_area["Canal Side"]["left_out"]) == ("4400", "60")  # 40 x 20 + 12 x 300
    assert float(by_area["Old Mill"]["gravest_share"]) == pytest.approx(5000 / 5300)
    assert by_area["Old Mill"]["gravest_kind"] == "Homicide" and by_area["Old Mill"]["unweighted"] == "3"
    assert "without a harm weight" in run.err and "Made-up days, 2022" in run.err
    assert "name" in wardmap(*arguments, *weights[:2], code=1).err
    assert float(wardmap(*arguments, *weights, "--with-proactive").rows[0]["harm"]) == 4520


def test_people_brought_to_two_halves_are_all_there(wardmap):
    rows = wardmap("stats", "interpolate", POPULATION, "--from-areas", "coventry-wards", "--areas", EXAMPLES / "coventry_halves.geojson",
                   "--value", "all_ages").rows
    assert [r["area_name"] for r in rows] == ["Western half", "Eastern half"]
    assert sum(float(r["all_ages"]) for r in rows) == pytest.approx(379387, rel=1e-9)
    cut = ["--area-where", "half_code=W"]
    run = wardmap("stats", "interpolate", POPULATION, "--from-areas", "coventry-wards", "--areas", EXAMPLES / "coventry_halves.geojson",
                  "--value", "all_ages", *cut)
    assert "lies in none" in run.err and float(run.rows[0]["all_ages"]) == pytest.approx(float(rows[0]["all_ages"]))


def test_a_lookup_by_units_takes_where_most_people_live_and_says_what_it_loses(wardmap, write):
    arguments = ["stats", "lookup", EXAMPLES / "output_areas.csv", "--by", "units", "--from-column", "small_area", "--to-column", "ward"]
    run = wardmap(*arguments, "--value", "people")
    assert [(r["from_code"], r["area_code"]) for r in run.rows] == [("Z01000001", "Canal Side"), ("Z01000002", "Old Mill"), ("Z01000003", "Hilltop")]
    assert float(run.rows[0]["share"]) == pytest.approx(600 / 860) and float(run.rows[0]["elsewhere"]) == pytest.approx(260)
    assert "about 540 of 2,055" in run.err
    assert float(wardmap(*arguments).rows[2]["share"]) == 0.5
    assert "'" not in wardmap("stats", "lookup", POPULATION, "--by", "magic", code=2).err.split("there are")[1]


def test_lookups_of_coventry_are_those_worked_out_elsewhere(wardmap):
    if not SHARED.is_dir():
        pytest.skip("the shared data are not there")
    sets = ["--from-areas", SHARED / "boundaries/coventry_lsoa11.geojson", "--areas", "coventry-wards"]
    people = SHARED / "population/coventry_lsoa11_mid2020_single_year.csv"
    for how, column in (("surface", "sum_of_max_area_lsoa"), ("centre", "sum_of_centroid_lsoa")):
        sums = {}
        for row in wardmap("stats", "lookup", people, *sets, "--value", "all_ages", "--by", how).rows:
            sums[row["area_code"]] = sums.get(row["area_code"], 0) + float(row["all_ages"])
        expected = csv.DictReader((SHARED / "checks/coventry_ward_population_by_method.csv").open())
        assert sums == {r["ward_code"]: float(r[column]) for r in expected}
    centres = wardmap("stats", "weighted_centres", people, *sets, "--value", "all_ages").rows
    assert len(centres) == 18 and all(-1.65 < float(r["x"]) < -1.38 and 52.33 < float(r["y"]) < 52.5 for r in centres)


def test_all_offences_of_a_marker_are_added_up_when_asked(wardmap):
    arguments = ["indicators", OFFENCES, "--areas", "coventry-wards", "--area", "ward", "--from", "yt_june_2021", "--to", "yt_june_2022",
                 "--by", "marker"]
    assert "--add-rows" in wardmap(*arguments, code=1).err
    rows = wardmap(*arguments, "--add-rows").rows
    with OFFENCES.open(encoding="utf-8") as file:
        given = [r for r in csv.DictReader(file) if r["ward"] == "Foleshill" and r["marker"] == "drug"]
    assert len(given) > 1
    mine = next(r for r in rows if r["area_name"] == "Foleshill" and r["marker"] == "drug")
    assert int(mine["count_after"]) == sum(int(r["yt_june_2022"]) for r in given)
