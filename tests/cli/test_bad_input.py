"""Bad input is named with file, row, column and remedy; it never crashes and nothing is dropped in silence."""
import pytest

from conftest import OFFENCES, POPULATION

TO = ["--areas", "coventry-wards", "--from", "a", "--to", "b"]


def test_a_missing_file_says_which(wardmap):
    assert "nowhere.csv" in wardmap("indicators", "nowhere.csv", *TO, code=1).err


@pytest.mark.parametrize("content", [b"", b"\n\n", b"ward,a,b\n", b"\x00\x01\x02\xff\xfe", b"just one line"])
def test_files_without_rows_are_refused_in_words(wardmap, write, content):
    assert "t.csv" in wardmap("indicators", write("t.csv", content), *TO, code=(1, 2)).err


@pytest.mark.parametrize("row, word", [
    ("Atlantis,1,2", "Atlantis"),
    ("Bablake,5,6", "Bablake"),             # the same ward twice
    ("Earlsdon,many,6", "many"),            # text in a number column
    ("Earlsdon,-5,6", "-5"),                # a negative count
    ("Earlsdon,1.5,6", "1.5"),              # a fractional count
])
def test_bad_rows_are_counted_and_named(wardmap, write, row, word):
    table = write("t.csv", f"ward,a,b\nBablake,1,2\n{row}\n")
    run = wardmap("indicators", table, *TO, "--strict", code=(1, 3))  # the same ward twice ends the work
    assert word in run.err


def test_population_zero_or_missing_is_said(wardmap, write):
    table = write("t.csv", "ward,a,b\nBablake,1,2\nEarlsdon,3,4\n")
    people = write("p.csv", "ward_name,all_ages\nBablake,0\n")
    run = wardmap("indicators", table, *TO, "--population", people, code=0)
    rows = {r["area_name"]: r for r in run.rows}
    assert "no_population" in rows["Bablake"]["flags"] and rows["Bablake"]["rate"] == "" and rows["Bablake"]["quadrant"] == "none"
    assert "no_population" in rows["Earlsdon"]["flags"]
    assert "population" in run.err


def test_areas_without_a_row_are_there_and_flagged(wardmap, write):
    rows = wardmap("indicators", write("t.csv", "ward,a,b\nBablake,1,2\n"), *TO).rows
    assert len(rows) == 19
    assert next(r for r in rows if r["area_name"] == "Wyken")["flags"] == "no_data"


def test_two_wards_sharing_a_name_need_codes(wardmap, write):
    square = '{"type":"Polygon","coordinates":[[[%d,0],[%d,0],[%d,1],[%d,1],[%d,0]]]}'
    def feature(code, x):
        return ('{"type":"Feature","properties":{"ward_code":"%s","ward_name":"Abbey"},"geometry":%s}'
                % (code, square % (x, x + 1, x + 1, x, x)))
    areas = write("w.geojson", '{"type":"FeatureCollection","features":[%s,%s]}' % (feature("A1", 0), feature("A2", 1)))
    table = write("t.csv", "ward,a,b\nAbbey,1,2\n")
    run = wardmap("indicators", table, "--areas", areas, "--from", "a", "--to", "b", "--strict", code=3)
    assert "Abbey" in run.err and "code" in run.err


def test_a_layer_without_a_crs_names_the_remedy(wardmap, write):
    far = ('{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"ward_code":"A1","ward_name":"A"},"geometry":'
           '{"type":"Polygon","coordinates":[[[9e6,9e6],[9.1e6,9e6],[9.1e6,9.1e6],[9e6,9e6]]]}}]}')
    assert "--area-crs" in wardmap("areas", write("w.geojson", far), code=1).err


def test_an_empty_layer_is_refused(wardmap, write):
    assert "w.geojson" in wardmap("areas", write("w.geojson", '{"type":"FeatureCollection","features":[]}'), code=1).err


def test_no_period_is_called_growth_where_the_count_fell(wardmap):
    wardmap("indicators", OFFENCES, "--areas", "coventry-wards", "--area", "ward", "--from", "yt_june_2021", "--to", "yt_june_2022",
                  "--population", POPULATION, "--where", "marker=drug", "--where", "offence=POSSESSION OF DRUGS", "-o", "t.csv")
    wardmap("chart", "quadrant", "t.csv", "-o", "q.svg")
    text = (wardmap.folder / "q.svg").read_text().lower()
    for word in ("growth", "growing", "emerging"):
        assert word not in text


def test_a_quadrant_chart_of_a_raw_table_names_the_step_that_is_missing(wardmap):
    assert "wardmap indicators" in wardmap("chart", "quadrant", OFFENCES, "-o", "q.svg", code=1).err


def test_breaks_of_words_are_refused(wardmap, write):
    assert "--value" in wardmap("breaks", write("t.csv", "area_name,word\nBablake,a\nWyken,b\n"), "--value", "word", code=1).err
