"""From raw events to counts, as a hostile user would: every row is accounted for, and what is wrong is named."""
import collections
import csv
import gzip
import io
import json
import pathlib
import subprocess
import zipfile

import pytest

from conftest import COMMAND, DATA, POPULATION, ROOT, SHARED, published_tables

WEST_MIDLANDS = SHARED / "crime/west_midlands"
STREET = {month: WEST_MIDLANDS / f"{month}-west-midlands-street.csv" for month in ("2011-02", "2014-01", "2014-02")}
NEEDLES = SHARED / "needles/boston_needle_pickup_2015.csv"
SIMULATE = pathlib.Path(COMMAND).parent / "wardmap-simulate"
WARDS = ["--areas", "coventry-wards"]
real = pytest.mark.skipif(not WEST_MIDLANDS.is_dir(), reason="real data is not here: ../shared/data/crime")

IN_ST_MICHAELS = "-1.51,52.41"
SAME_PLACE_IN_METRES = "433413,279190"
PLAIN = f"id,Longitude,Latitude,Month,kind\n1,{IN_ST_MICHAELS},2014-01,a\n2,{IN_ST_MICHAELS},2014-02,b\n3,-1.6,52.3,2014-01,a\n"


def balanced(ledger):
    rejected = sum(ledger["rejected"].values())
    return (ledger["rows_read"] == ledger["filtered"] + ledger["duplicates"] + ledger["located"] + ledger["outside"]
            + ledger["no_location"] + rejected
            and ledger["located"] == ledger["counted"] + ledger["out_of_period"] + ledger["no_date"])


@pytest.fixture
def count(wardmap):
    """The log of a run with --json, its ledger in balance, and its rows."""
    def call(*arguments, code=0, areas=WARDS):
        run = wardmap("count", *arguments, *areas, "--json", code=code)
        log = run.log
        assert balanced(log["ledger"]), log["ledger"]
        return run, log["ledger"], {p["code"]: p for p in log["problems"]}
    return call


def total(rows, **where):
    return sum(float(r["count"]) for r in rows if all(r[k] == v for k, v in where.items()))


# --- the real files -------------------------------------------------------------------------------------------------------------

@real
@pytest.mark.parametrize("areas", [SHARED / "boundaries/coventry_wards.geojson", "coventry-wards"])
def test_coventry_by_polygon_is_ward_by_ward_as_counted_elsewhere(wardmap, areas):
    run = wardmap("count", *STREET.values(), "--areas", areas, "--date", "Month", "--period", "month", "--by", "Crime type", "--json")
    assert balanced(run.log["ledger"])
    assert run.log["ledger"]["rows_read"] == 25_558 + 18_631 + 17_639
    assert run.log["ledger"]["counted"] == 3_316 + 2_331 + 2_051
    rows = [r for r in run.rows if r["area_code"]]
    asb, drugs, violence = "Anti-social behaviour", "Drugs", "Violence and sexual offences"
    kinds = {"2011_02": {"asb": asb}, "2014_01": {"asb": asb, "drugs": drugs, "violence": violence},
             "2014_02": {"asb": asb, "drugs": drugs, "violence": violence}}
    with (SHARED / "checks/coventry_ward_reference.csv").open(encoding="utf-8") as file:
        reference = list(csv.DictReader(file))
    assert len(reference) == 18
    differ = {}
    for ward in reference:
        for month, of in kinds.items():
            here = {"area_code": ward["ward_code"], "period": month.replace("_", "-")}
            ours = {"all": total(rows, **here), **{name: total(rows, **here, **{"Crime type": kind}) for name, kind in of.items()}}
            theirs = {name: int(ward[f"events_{month}_{name}"]) for name in ours}
            if ours != theirs:
                differ[ward["ward_name"], month] = ours["all"] - theirs["all"]
    # The built-in lines came by another transformation and lie half a metre beside those that were counted with: three events that
    # stand on the line of Bablake and Radford.
    built_in = {("Bablake", "2011_02"): -2, ("Radford", "2011_02"): 2, ("Bablake", "2014_01"): 1, ("Radford", "2014_01"): -1}
    assert differ == (built_in if areas == "coventry-wards" else {})
    by_month = collections.Counter()
    for row in rows:
        by_month[row["period"]] += float(row["count"])
    assert by_month == {"2011-02": 3_316, "2014-01": 2_331, "2014-02": 2_051}


@real
def test_folders_patterns_and_packed_files_count_the_same(count, wardmap):
    folder = wardmap.folder / "in"
    (folder / "2014-01").mkdir(parents=True)
    (folder / "2014-02").mkdir()
    for month in ("2014-01", "2014-02"):
        (folder / month / STREET[month].name).write_bytes(STREET[month].read_bytes())
        (wardmap.folder / f"{month}.csv.gz").write_bytes(gzip.compress(STREET[month].read_bytes()))
    with zipfile.ZipFile(wardmap.folder / "both.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        for month in ("2014-01", "2014-02"):
            packed.write(STREET[month], f"{month}/{STREET[month].name}")
    options = ["--date", "Month", "--by", "Crime type"]
    plain, ledger, _ = count(STREET["2014-01"], STREET["2014-02"], *options)
    assert ledger["counted"] == 2_331 + 2_051
    for inputs in (["in"], ["in/*/*-street.csv"], ["in/**/*.csv"], ["2014-01.csv.gz", "2014-02.csv.gz"], ["both.zip"], ["*.gz"],
                   ["in/2014-02", "in/2014-01", "in"]):
        packed, other, _ = count(*inputs, *options)
        assert packed.out == plain.out and other == ledger, inputs


@real
def test_the_event_just_outside_is_said_and_only_snap_counts_it(count):
    areas = ["--areas", SHARED / "boundaries/coventry_wards.geojson"]
    _, ledger, problems = count(STREET["2014-01"], "--date", "Month", areas=areas)
    assert ledger["counted"] == 2_331 and problems["just_outside"]["examples"][0] == "2.5 m from Bablake"
    _, ledger, problems = count(STREET["2014-01"], "--date", "Month", "--snap", 3, areas=areas)
    assert ledger["counted"] == 2_332 and problems["snapped"]["count"] == 1 and "as the snap allows" in problems["snapped"]["message"]
    _, ledger, problems = count(STREET["2014-01"], "--date", "Month", "--snap", 2, areas=areas)
    assert ledger["counted"] == 2_331 and "snapped" not in problems


@real
def test_by_lookup_and_by_polygon_differ_as_the_sources_say(wardmap):
    run = wardmap("count", STREET["2014-01"], *WARDS, "--date", "Month", "--area", "LSOA code", "--lookup",
                  SHARED / "lookups/england_lsoa11_ward2017_bestfit.csv", "--difference", "difference.csv", "-o", "c.csv")
    assert "152 of 2,332 events lie in another ward" in run.err
    with (wardmap.folder / "difference.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 18 and sum(float(r["by_coordinates"]) for r in rows) == 2_331
    assert all(float(r["difference"]) == float(r["by_area_column"]) - float(r["by_coordinates"]) for r in rows)


@pytest.mark.skipif(not NEEDLES.exists(), reason="real data is not here: ../shared/data/needles")
def test_needles_with_a_time_of_day_are_counted_by_the_hour(count):
    run, ledger, problems = count(NEEDLES, "--date", "opened", "--period", "hour")
    assert ledger["rows_read"] == ledger["outside"] == 622 and "nothing_located" in problems
    with NEEDLES.open(encoding="utf-8") as file:
        hours = collections.Counter(row["opened"][11:13] for row in csv.DictReader(file))
    outside = {r["period"]: float(r["count"]) for r in run.rows if r["area_name"] == "Outside"}
    assert {k: v for k, v in outside.items() if v} == hours


@real
def test_locate_gives_each_row_of_a_real_file_its_place_and_leaves_the_rest_as_it_was(wardmap):
    run = wardmap("locate", STREET["2014-01"], *WARDS, "-o", "l.csv", "--json")
    assert balanced(run.log["ledger"]) and run.log["ledger"]["counted"] == 2_331
    source = STREET["2014-01"].read_text(encoding="utf-8").splitlines()
    made = (wardmap.folder / "l.csv").read_text(encoding="utf-8").splitlines()
    assert len(made) == len(source) == 18_632
    assert all(new.startswith(old + ",") for new, old in zip(made, source))
    assert sum(line.endswith(",inside") for line in made) == 2_331


# --- periods, weights, markers, areas ---------------------------------------------------------------------------------------------

def test_counts_stand_for_every_area_and_the_rest_behind_them(count, write):
    run, ledger, _ = count(write("e.csv", PLAIN), "--date", "Month", "--period", "month")
    assert len(run.rows) == 20 * 2
    assert [r["area_name"] for r in run.rows[-4:]] == ["Outside", "Outside", "Not located", "Not located"]
    assert total(run.rows, area_name="St Michael's", period="2014-01") == 1
    assert total(run.rows, area_name="Outside", period="2014-01") == 1
    assert ledger["outside"] == 1 and ledger["counted"] == 2
    dropped, _, _ = count("e.csv", "--date", "Month", "--unlocated", "drop")
    assert len(dropped.rows) == 18 * 2 and all(r["area_code"] for r in dropped.rows)


def test_without_a_date_everything_is_one_period(count, write):
    run, ledger, _ = count(write("e.csv", PLAIN))
    assert {r["period"] for r in run.rows} == {"all"} and ledger["counted"] == 2 and ledger["no_date"] == 0
    run, _, _ = count("e.csv", "--date", "-")
    assert {r["period"] for r in run.rows} == {"all"}


def test_ten_tenths_are_one(count, write):
    rows = f"Longitude,Latitude,n\n" + f"{IN_ST_MICHAELS},0.1\n" * 10
    run, ledger, _ = count(write("w.csv", rows), "--weight", "n")
    assert [r["count"] for r in run.rows if r["area_name"] == "St Michael's"] == ["1"] and ledger["counted"] == 10


def test_overlapping_years_count_an_event_twice_in_the_table_and_once_in_the_ledger(count, write):
    table = write("e.csv", f"x,y,date\n{IN_ST_MICHAELS},2021-12-31\n{IN_ST_MICHAELS},2023-01-01\n")
    run, ledger, _ = count(table, "--period", "year-to:2022-06", "--period", "2021", "--crs", "EPSG:4326")
    assert total(run.rows, period="year to 2022-06") == total(run.rows, period="2021") == 1
    assert ledger["counted"] == 1 and ledger["out_of_period"] == 1


def test_a_row_named_as_a_gap_is_left_out_or_zero_as_asked(count, write):
    table = write("g.csv", f"x,y,Month\n{IN_ST_MICHAELS},2014-01\n{IN_ST_MICHAELS},2014-05\n")
    run, _, problems = count(table, "--date", "Month")
    assert {r["period"] for r in run.rows} == {"2014-01", "2014-05"} and problems["month_gap"]["severity"] == "warning"
    run, _, _ = count(table, "--date", "Month", "--gaps", "zero")
    assert len({r["period"] for r in run.rows}) == 5 and total(run.rows, period="2014-03") == 0


def test_a_kind_renamed_in_the_middle_is_said_and_both_names_stay(count, write):
    lines = "".join(f"{IN_ST_MICHAELS},2014-{m:02},{'Violent crime' if m < 6 else 'Violence and sexual offences'}\n" * 20 for m in range(1, 12))
    run, _, problems = count(write("r.csv", "x,y,Month,kind\n" + lines), "--date", "Month", "--by", "kind")
    assert {r["kind"] for r in run.rows} == {"Violent crime", "Violence and sexual offences"}
    said = problems["kind_renamed"]["message"] + " ".join(problems["kind_renamed"]["examples"])
    assert "Violent crime" in said and "Violence and sexual offences" in said


@pytest.mark.skipif(not (SHARED / "crime/warrington").is_dir(), reason="real data is not here: ../shared/data/crime")
def test_no_renaming_is_made_up_in_warrington(count):
    _, ledger, problems = count(SHARED / "crime/warrington", "--date", "Month", "--by", "Crime type",
                                areas=["--areas", SHARED / "boundaries/warrington_wards.geojson"])
    assert ledger["counted"] == ledger["rows_read"] == 16_534 + 20_021 + 1_477
    assert "kind_renamed" not in problems and "month_gap" in problems


def test_small_cells_are_said_and_withheld_on_request(wardmap, write):
    table = write("e.csv", PLAIN)
    run = wardmap("count", table, *WARDS, "--json")
    assert {p["code"]: p["count"] for p in run.log["problems"]}["small_cells"] == 1
    withheld = wardmap("count", table, *WARDS, "--small-numbers", "under:5")
    assert next(r for r in withheld.rows if r["area_name"] == "St Michael's")["count"] == "[c]"


def test_area_columns_take_codes_and_names_and_say_what_names_nothing(count, write):
    table = write("a.csv", "ward,Month\nE05001228,2014-01\nst michaels,2014-01\nAtlantis,2014-01\n,2014-01\nE05009999,2014-01\n")
    run, ledger, problems = count(table, "--area", "ward", "--date", "Month")
    assert total(run.rows, area_name="St Michael's") == 2
    assert (ledger["located"], ledger["outside"], ledger["no_location"]) == (2, 1, 2)
    assert problems["unknown_area"]["examples"] == ["Atlantis"]


# --- bad input ----------------------------------------------------------------------------------------------------------------------

HEAD = "id,Longitude,Latitude,Month,kind\n"
GOOD = f"1,{IN_ST_MICHAELS},2014-01,a\n"


@pytest.mark.parametrize("content, code, counted, elsewhere", [
    (HEAD + GOOD + f"2,{IN_ST_MICHAELS},20", "wrong_column_count", 1, {"rejected": 1}),          # cut off within a row
    (HEAD + GOOD + f"2,{IN_ST_MICHAELS}\n", "wrong_column_count", 1, {"rejected": 1}),
    (HEAD + GOOD + f"2,{IN_ST_MICHAELS},2014-01,a,extra\n", "wrong_column_count", 1, {"rejected": 1}),
    (HEAD + GOOD + f"2,{IN_ST_MICHAELS},2014-01,\"never closed\n", "unclosed_quote", 2, {}),
    (HEAD + GOOD + f"2,{IN_ST_MICHAELS},2014-01,\"a\"b\n", "stray_quote", 2, {}),
    (HEAD + GOOD + f"2,{IN_ST_MICHAELS},2014-01,a\0b\n", "nul_bytes", 2, {}),
    (HEAD + GOOD + "2,0,0,2014-01,a\n", "zero_coordinate", 1, {"no_location": 1}),
    (HEAD + GOOD + "2,nan,52.41,2014-01,a\n", "bad_coordinate", 1, {"no_location": 1}),
    (HEAD + GOOD + "2,-1.51,inf,2014-01,a\n", "bad_coordinate", 1, {"no_location": 1}),
    (HEAD + GOOD + "2,-1.51,fifty-two,2014-01,a\n", "bad_coordinate", 1, {"no_location": 1}),
    (HEAD + GOOD + "2,-1.51,1e400,2014-01,a\n", "bad_coordinate", 1, {"no_location": 1}),
    (HEAD + GOOD + "2,,,2014-01,a\n", None, 1, {"no_location": 1}),
    (HEAD + GOOD + f"2,{IN_ST_MICHAELS},2014-13,a\n", None, 1, {"no_date": 1}),
    (HEAD + GOOD + f"2,{IN_ST_MICHAELS},2014-02-30,a\n", "impossible_date", 1, {"no_date": 1}),
    (HEAD + GOOD + f"2,{IN_ST_MICHAELS},yesterday,a\n", "bad_date", 1, {"no_date": 1}),
    (HEAD + GOOD + f"2,{IN_ST_MICHAELS},,a\n", None, 1, {"no_date": 1}),
    (HEAD + GOOD + GOOD, "repeated_rows", 2, {}),
    (HEAD + GOOD + "\n\n" + f"2,{IN_ST_MICHAELS},2014-01,a\n", None, 2, {}),
    (HEAD + f"2,{IN_ST_MICHAELS},2014-03,a\n" + GOOD, "month_gap", 2, {}),                         # out of order
])
def test_bad_rows_are_named_counted_and_never_fatal_but_by_strict(count, wardmap, write, content, code, counted, elsewhere):
    table = write("bad.csv", content)
    options = [table, "--date", "Month", "--by", "kind"]
    _, ledger, problems = count(*options)
    assert ledger["counted"] == counted
    for name, number in elsewhere.items():
        assert (sum(ledger["rejected"].values()) if name == "rejected" else ledger[name]) == number
    if code is None:
        return
    assert code in problems and problems[code]["message"]
    # A note is no fault: identical rows are separate incidents.
    serious = problems[code]["severity"] != "note"
    wardmap("count", *options, *WARDS, "--strict", code=3 if serious else 0)


def test_a_quoted_line_end_is_one_row_and_row_numbers_are_a_spreadsheets(count, write):
    table = write("q.csv", HEAD + f'1,{IN_ST_MICHAELS},2014-01,"two\r\nlines, ""quoted"""\r\n2,x,52.41,2014-01,a\r\n')
    run, ledger, problems = count(table, "--date", "Month", "--by", "kind")
    assert ledger["rows_read"] == 2 and total(run.rows, kind='two\nlines, "quoted"') == 1
    assert problems["bad_coordinate"]["where"].endswith("row 3")


def test_line_ends_of_three_kinds_in_one_file(count, write):
    content = HEAD.strip() + "\r\n" + "".join(f"{i},{IN_ST_MICHAELS},2014-01,a{end}" for i, end in enumerate(["\n", "\r\n", "\n", "\r\n", ""]))
    _, ledger, problems = count(write("ends.csv", content), "--date", "Month", "--by", "kind")
    assert ledger["rows_read"] == ledger["counted"] == 5 and set(problems) <= {"small_cells"}


def test_latin_1_is_read_and_utf_8_comes_out(wardmap, write):
    table = write("latin.csv", HEAD.encode() + f"1,{IN_ST_MICHAELS},2014-01,caf\xe9\n".encode("latin-1"))
    run = wardmap("count", table, *WARDS, "--by", "kind", text=False)
    assert "café".encode() in run.out and b"\xe9\n" not in run.out


def test_swapped_coordinates_are_said(count, wardmap, write):
    table = write("s.csv", "lat,lon\n-1.51,52.41\n-1.5,52.4\n")
    _, ledger, problems = count(table)
    assert ledger["outside"] == 2 and "these look like latitude, longitude" in problems["coordinates_swapped"]["message"]
    run = wardmap("locate", table, *WARDS, "-o", "l.csv")
    assert "these look like latitude, longitude" in run.err
    _, ledger, _ = count(table, "--x", "lat", "--y", "lon", code=0)
    assert ledger["counted"] == 0 or ledger["counted"] == 2


def test_metres_where_degrees_are_declared_and_the_reverse(count, write):
    _, ledger, problems = count(write("m.csv", f"x,y\n{SAME_PLACE_IN_METRES}\n"), "--crs", "EPSG:4326")
    assert ledger["no_location"] == 1 and "EPSG:27700" in problems["out_of_range"]["message"]
    _, ledger, problems = count(write("d.csv", f"x,y\n{IN_ST_MICHAELS}\n-1.5,52.4\n"), "--crs", "EPSG:27700")
    assert ledger["counted"] == 0 and "degrees_not_metres" in problems
    run, ledger, _ = count(write("g.csv", f"Easting,Northing\n{SAME_PLACE_IN_METRES}\n"))
    assert total(run.rows, area_name="St Michael's") == 1


def test_an_empty_file_among_many_is_named_and_the_others_counted(count, wardmap, write):
    write("a.csv", PLAIN)
    write("empty.csv", "")
    write("header.csv", HEAD)
    _, ledger, problems = count("a.csv", "empty.csv", "header.csv", "--date", "Month")
    assert ledger["counted"] == 2 and problems["empty_file"]["severity"] == "warning"
    run = wardmap("count", "a.csv", "empty.csv", *WARDS, "--strict", code=3)
    assert "empty.csv" in run.err
    assert "empty.csv" in wardmap("count", "empty.csv", *WARDS, code=1).err
    located = wardmap("locate", "a.csv", "empty.csv", *WARDS)
    assert len(located.rows) == 3 and "empty.csv" in located.err


@pytest.mark.parametrize("name", ["with space.csv", "quote'and\"quote.csv", "-dash.csv", "semi;colon.csv", "ünïcode.csv", "new\nline.csv",
                                  "percent%41.csv", "UPPER.CSV", "dots..csv", "[1].csv"])
def test_file_names_of_every_kind(wardmap, write, name):
    write(name, PLAIN)
    run = wardmap("count", "--date=Month", *WARDS, "--json", "--", name)
    assert run.log["ledger"]["counted"] == 2 and run.log["inputs"][0]["path"] == name


def test_the_events_are_never_written_over(wardmap, write):
    table = write("e.csv", PLAIN)
    for command in ("count", "locate"):
        for output in ("e.csv", "./e.csv", wardmap.folder / "e.csv"):
            for extra in ([], ["--overwrite"]):
                assert "e.csv" in wardmap(command, table, *WARDS, "-o", output, *extra, code=(1, 2)).err
    assert (wardmap.folder / "e.csv").read_text() == PLAIN
    assert not list(wardmap.folder.glob("e.csv-metadata.json"))


def test_what_is_there_is_replaced_only_when_asked_and_said_before_the_work(wardmap, write):
    write("e.csv", PLAIN)
    write("out.csv", "precious")
    assert "--overwrite" in wardmap("count", "e.csv", *WARDS, "-o", "new.csv", "-o", "out.csv", code=1).err
    assert not (wardmap.folder / "new.csv").exists() and (wardmap.folder / "out.csv").read_text() == "precious"
    wardmap("count", "e.csv", *WARDS, "-o", "out.csv", "--overwrite")
    assert (wardmap.folder / "out.csv").read_text().startswith("area_code,")


@pytest.mark.parametrize("command", ["count", "locate"])
def test_an_output_named_twice_is_refused(wardmap, write, command):
    assert "twice" in wardmap(command, write("e.csv", PLAIN), *WARDS, "-o", "o.csv", "-o", "o.csv", code=2).err
    assert not (wardmap.folder / "o.csv").exists()


def test_the_difference_is_a_file_of_its_own(wardmap, write):
    run = wardmap("count", write("e.csv", PLAIN), *WARDS, "--area", "kind", "-o", "o.csv", "--difference", "o.csv", code=2)
    assert "--difference" in run.err and not (wardmap.folder / "o.csv").exists()


@pytest.mark.parametrize("command", ["count", "locate"])
def test_events_come_through_a_pipe(wardmap, command):
    from_pipe = wardmap(command, "-", *WARDS, stdin=PLAIN)
    assert "St Michael's" in from_pipe.out and from_pipe.rows


@pytest.mark.parametrize("arguments, code, words", [
    (["--date", "Mnth"], 2, ["Mnth", "Month"]),
    (["--by", "knd"], 2, ["knd", "kind"]),
    (["--marker", "alcohol"], 2, ["alcohol"]),
    (["--weight", "n"], 2, ["'n'"]),
    (["--x", "Longitud"], 2, ["Longitud", "Longitude"]),
    (["--dedupe", "ID2"], 2, ["ID2"]),
    (["--where", "knid=a"], 2, ["knid", "kind"]),
    (["--where", "kind"], 2, ["--where"]),
    (["--date", "Month", "--period", "fortnight"], 2, ["fortnight", "month"]),
    (["--date", "Month", "--period", "month", "--period", "2014"], 2, ["month"]),
    (["--date", "Month", "--period", "hour", "--gaps", "maybe"], 2, ["maybe"]),
    (["--unlocated", "hide"], 2, ["hide"]),
    (["--date-order", "year-first"], 2, ["year-first"]),
    (["--snap", "-1"], 2, ["--snap"]),
    (["--lookup", "l.csv"], 2, ["--area"]),
    (["--difference", "d.csv"], 2, ["--area"]),
    (["--crs", "EPSG:1"], 1, ["EPSG:1"]),
    (["--postcode", "kind"], (1, 2), ["--postcodes"]),
    (["-o", "counts.docx.zip"], (1, 2), ["counts.docx.zip"]),
])
def test_wrong_use_is_refused_with_what_would_be_right(wardmap, write, arguments, code, words):
    run = wardmap("count", write("e.csv", PLAIN), *WARDS, *arguments, code=code)
    for word in words:
        assert word in run.err, run.err


def test_missing_events_areas_and_places_are_refused(wardmap, write):
    table = write("e.csv", PLAIN)
    assert "EVENTS" in wardmap("count", *WARDS, code=2).err or "events" in wardmap("count", *WARDS, code=2).err
    assert "--areas" in wardmap("count", table, code=2).err
    assert "coventry-wards" in wardmap("count", table, "--areas", "coventry-ward", code=(1, 2)).err
    assert "nowhere.csv" in wardmap("count", "nowhere.csv", *WARDS, code=1).err
    assert "nothing-*.csv" in wardmap("count", "nothing-*.csv", *WARDS, code=1).err
    run = wardmap("count", write("p.csv", "a,b\n1,2\n"), *WARDS, code=1)
    assert "--x" in run.err and "a, b" in run.err
    assert "--areas" in wardmap("locate", table, code=2).err


def test_what_lies_far_away_says_so(count, write):
    _, ledger, problems = count(write("far.csv", "lon,lat\n-71.06,42.36\n2.35,48.86\n"))
    assert ledger["outside"] == 2 and problems["nothing_located"]["severity"] == "warning"


# --- locate -------------------------------------------------------------------------------------------------------------------------

def test_locate_keeps_order_columns_quotes_and_takes_away_carriage_returns(wardmap, write):
    table = write("q.csv", 'id,Longitude,Latitude,note\r\n1,-1.51,52.41,"a, ""b""\r\nc"\r\n2,0,0,\r\n3,-1.6,52.3,é\r\n')
    run = wardmap("locate", table, *WARDS, text=False)
    assert run.out.decode() == ("id,Longitude,Latitude,note,area_code,area_name,located\n"
                                '1,-1.51,52.41,"a, ""b""\r\nc",E05001228,St Michael\'s,inside\n'
                                "2,0,0,,,,no_location\n3,-1.6,52.3,é,,,outside\n")


def test_locate_puts_the_new_cells_into_their_columns_whatever_the_row(wardmap, write):
    table = write("odd.csv", f"id,Longitude,Latitude,note\n1,{IN_ST_MICHAELS},a\n2,{IN_ST_MICHAELS},b,,\n3,{IN_ST_MICHAELS},\"never closed\n")
    run = wardmap("locate", table, *WARDS)
    assert [(r["id"], r["area_name"], r["located"]) for r in run.rows] == [(n, "St Michael's", "inside") for n in "123"]
    assert all(None not in r for r in run.rows) and run.rows[2]["note"] == '"never closed'


def test_locate_of_semicolons_and_of_other_formats(wardmap, write):
    table = write("s.csv", 'id;Longitude;Latitude;note\n1;-1.51;52.41;"a;b"\n2;-1.6;52.3;c,d\n')
    run = wardmap("locate", table, *WARDS)
    assert run.out.splitlines() == ["id;Longitude;Latitude;note;area_code;area_name;located",
                                    '1;-1.51;52.41;"a;b";E05001228;St Michael\'s;inside', "2;-1.6;52.3;c,d;;;outside"]
    wardmap("locate", table, *WARDS, "-o", "l.json", "-o", "l.xlsx")
    rows = json.loads((wardmap.folder / "l.json").read_text())
    assert [(r["note"], r["located"]) for r in rows] == [("a;b", "inside"), ("c,d", "outside")]
    assert zipfile.is_zipfile(wardmap.folder / "l.xlsx")


@pytest.mark.parametrize("taken", ["area_code", "Area_Name", "LOCATED"])
def test_locate_does_not_make_a_second_column_of_a_name(wardmap, write, taken):
    table = write("t.csv", f"{taken},Longitude,Latitude\nx,{IN_ST_MICHAELS}\n")
    assert "--prefix" in wardmap("locate", table, *WARDS, code=2).err
    rows = wardmap("locate", table, *WARDS, "--prefix", "ward_").rows
    assert rows[0][taken] == "x" and rows[0]["ward_area_code"] == "E05001228" and rows[0]["ward_located"] == "inside"


def test_locate_says_distances_and_snaps(wardmap, write):
    # 0.001 degrees of latitude are 111.27 m at 52 degrees north; the ward's southernmost corner is the nearest place to what lies below it.
    features = json.loads((ROOT / "boundaries/coventry-wards.geojson").read_text())["features"]
    def points(geometry):
        polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        return [p for polygon in polygons for ring in polygon for p in ring]
    south = min((p for f in features for p in points(f["geometry"])), key=lambda p: p[1])
    table = write("d.csv", f"Longitude,Latitude\n{south[0]},{south[1] - 0.001}\n{IN_ST_MICHAELS}\n,\n")
    rows = wardmap("locate", table, *WARDS, "--distance").rows
    assert abs(float(rows[0]["distance_m"]) - 111.27) < 0.1 and rows[0]["nearest_code"].startswith("E0500")
    assert (rows[1]["distance_m"], rows[1]["nearest_code"]) == ("0.0", "E05001228")
    assert (rows[2]["distance_m"], rows[2]["nearest_code"], rows[2]["located"]) == ("", "", "no_location")
    run = wardmap("locate", table, *WARDS, "--snap", 112)
    assert run.rows[0]["located"] == "inside" and "as the snap allows" in run.err
    assert wardmap("locate", table, *WARDS, "--snap", 111).rows[0]["located"] == "outside"


def test_locate_refuses_files_of_other_columns(wardmap, write):
    write("a.csv", PLAIN)
    write("b.csv", "Longitude,Latitude\n-1.51,52.41\n")
    assert "b.csv" in wardmap("locate", "a.csv", "b.csv", *WARDS, "-o", "l.csv", code=1).err
    assert not (wardmap.folder / "l.csv").exists()


def test_locate_takes_headers_that_only_look_different(wardmap, write):
    write("a.csv", '"id","Longitude","Latitude"\n1,-1.51,52.41\n')
    write("b.csv", "id,Longitude,Latitude\r\n2,-1.6,52.3\r\n")
    assert [(r["id"], r["located"]) for r in wardmap("locate", "a.csv", "b.csv", *WARDS).rows] == [("1", "inside"), ("2", "outside")]


def test_locate_of_two_columns_of_one_name_is_csv_or_refused(wardmap, write):
    table = write("t.csv", f"note,note,Longitude,Latitude\na,b,{IN_ST_MICHAELS}\n")
    assert wardmap("locate", table, *WARDS).out.splitlines()[1] == f"a,b,{IN_ST_MICHAELS},E05001228,St Michael's,inside"
    assert "note" in wardmap("locate", table, *WARDS, "-o", "l.json", code=1).err


def test_locate_takes_a_point_layer(wardmap, write):
    feature = '{"type":"Feature","properties":{"note":"%s"},"geometry":{"type":"Point","coordinates":[%s]}}'
    layer = write("p.geojson", '{"type":"FeatureCollection","features":[%s,%s]}'
                  % (feature % ("a, b", IN_ST_MICHAELS), feature % ("c", "-1.6,52.3")))
    rows = wardmap("locate", layer, *WARDS).rows
    assert [(r["note"], r["located"]) for r in rows] == [("a, b", "inside"), ("c", "outside")]


# --- check --------------------------------------------------------------------------------------------------------------------------

def test_check_tells_events_from_tables_and_names_the_next_command(wardmap, write):
    table = write("my events.csv", PLAIN)
    run = wardmap("check", table, "--json")
    assert "next: wardmap count 'my events.csv' --areas coventry-wards --date Month --period month --by kind -o counts.csv" in run.out
    assert "2 of 3 rows counted; 1 outside all areas" in run.out and balanced(run.log["ledger"])
    assert sorted(p.name for p in wardmap.folder.iterdir()) == ["my events.csv"]
    command = next(line for line in run.out.splitlines() if "next:" in line).split("next: wardmap ")[1]
    done = subprocess.run(f"'{COMMAND}' {command}", shell=True, cwd=wardmap.folder, capture_output=True, text=True)
    assert done.returncode == 0 and (wardmap.folder / "counts.csv").exists(), done.stderr


def test_check_says_what_is_wrong_with_events(wardmap, write):
    table = write("e.csv", HEAD + GOOD + "2,0,0,2014-01,a\n3,x,y,soon,b\n4\n")
    run = wardmap("check", table, ROOT / "boundaries/coventry-wards.geojson")
    assert "next: wardmap count" in run.out and "1 of 4 rows counted" in run.out
    for word in ("0, 0", "row 4", "another number of columns"):
        assert word in run.err
    wardmap("check", table, "--strict", code=3)


def test_check_of_events_that_no_built_in_areas_hold_asks_for_boundaries(wardmap, write):
    run = wardmap("check", write("far.csv", "opened,longitude,latitude\n2015-05-15,-71.06,42.36\n"))
    assert "boundary file" in run.out and "--areas AREAS" in run.out


@pytest.mark.parametrize("content, next_words", [
    (f"id,Longitude,Latitude\n1,{IN_ST_MICHAELS}\n", "--areas coventry-wards -o"),
    (f"sep=;\nid;Month;Longitude;Latitude\n1;2014-01;{IN_ST_MICHAELS.replace(',', ';')}\n", "--date Month --period month -o"),
    ("\ufeffLongitude,Latitude,Month\r\n" + IN_ST_MICHAELS + ",2014-01\r\n", "--date Month --period month -o"),
])
def test_check_sees_events_with_and_without_dates_behind_any_beginning(wardmap, write, content, next_words):
    run = wardmap("check", write("e.csv", content))
    assert next_words in run.out and "1 of 1 rows counted" in run.out


def test_check_takes_folders_and_packed_events_and_leaves_tables_what_they_are(wardmap, write):
    write("a.csv", PLAIN)
    (wardmap.folder / "b.csv.gz").write_bytes(gzip.compress(PLAIN.encode()))
    with zipfile.ZipFile(wardmap.folder / "c.zip", "w") as packed:
        packed.writestr("in/a.csv", PLAIN)
    for input in ("a.csv", "b.csv.gz", "c.zip", "*.csv", "."):
        assert "next: wardmap count" in wardmap("check", input).out, input
    table = wardmap("check", DATA / "needs_assessment/offences_by_ward.csv")
    assert "next: wardmap indicators" in table.out and "wardmap count" not in table.out
    centres = wardmap("check", write("w.csv", "area_code,area_name,x,y\nE05001228,St Michael's,433413,279190\n"))
    assert "wardmap count" not in centres.out


# --- through to the ward table ------------------------------------------------------------------------------------------------------

@pytest.mark.skipif(not SIMULATE.exists(), reason="wardmap-simulate is not built: WARDMAP_BUILD_EXAMPLES is off")
def test_two_years_of_simulated_events_go_straight_into_the_ward_table(wardmap, count):
    subprocess.run([SIMULATE, "-o", wardmap.folder / "sim", "--tables", DATA / "needs_assessment"], check=True, capture_output=True)
    counted, ledger, _ = count("sim/events.csv", "--date", "recorded_at", "--by", "offence", "--marker", "alcohol", "--marker", "drug",
                               "--period", "year-to:2021-06", "--period", "year-to:2022-06", "-o", "c.csv")
    assert (ledger["rows_read"], ledger["located"], ledger["counted"], ledger["outside"]) == (11_304, 11_216, 8_896, 43)
    rows = wardmap("indicators", "c.csv", *WARDS, "--by", "marker", "--by", "offence", "--period-from", "year to 2021-06",
                   "--period-to", "year to 2022-06", "--population", POPULATION).rows
    made = {(r["marker"], r["offence"], r["area_name"]): r for r in rows}
    compared = 0
    for (marker, offence), table in published_tables().items():
        for row in table:
            ours = made[marker, offence, row["ward"]]
            assert (ours["count_before"], ours["count_after"]) == (row["yt_june_2021"], row["yt_june_2022"]), (marker, offence, row["ward"])
            compared += 1
    assert compared == 171
