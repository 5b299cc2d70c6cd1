"""The report of the simulated events: the printed tables come back, every row is accounted for, everything says that it is simulated."""
import json
import re
import shutil
import subprocess
from decimal import ROUND_HALF_UP, Decimal

import pytest

from conftest import COMMAND, ROOT, published_tables
from test_simulated_events import SIMULATE, TABLES, rows_of, simulate

pytestmark = pytest.mark.skipif(not SIMULATE.exists(), reason="wardmap-simulate is not built: WARDMAP_BUILD_EXAMPLES is off")


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("root")
    shutil.copytree(ROOT / "examples", folder / "examples")
    simulate(folder / "out/simulated")
    return folder


def make(root, output, *options):
    subprocess.run([COMMAND, "report", "examples/simulated-events/simulated.toml", "-o", output, *options], cwd=root, check=True,
                   capture_output=True, timeout=300)
    return root / output


@pytest.fixture(scope="module")
def report(root):
    return make(root, "out/simulated/report")


def rounded(text):
    return str(Decimal(text).quantize(Decimal(1), rounding=ROUND_HALF_UP)) if text else ""


def file_id(*words):
    return re.sub(r"[^a-z0-9]+", "-", " ".join(words).lower())


def tables(report):
    for (marker, offence), printed in published_tables().items():
        made = {row["area_name"]: row for row in rows_of(report / f"tables/{file_id(marker, offence)}.csv")}
        rows = 0
        for row in printed:
            mine = made[row["ward"]]
            assert [mine["count_before"], mine["count_after"], mine["change"]] == [row["yt_june_2021"], row["yt_june_2022"], row["change"]]
            assert rounded(mine["change_pct"]) == row["pct_change"]
            assert rounded(mine["rate"]) == row["rate_per_100k"]
            rows += 1
        yield rows


def season(report):
    counts = {month: 0 for month in range(1, 13)}
    for row in rows_of(report / "tables/drug-violence-by-month.csv"):
        counts[int(row["period"][5:])] += int(row["count"])
    return [rounded(100 * Decimal(count) / sum(counts.values())) for count in counts.values()]


def test_the_report_gives_the_printed_numbers_back_and_accounts_for_every_row(report):
    assert list(tables(report)) == [19] * 9
    assert season(report) == [row["share_pct"] for row in rows_of(TABLES / "calendar_month_share.csv")]
    drawn = (report / "figures/drug-violence-by-month.season.svg").read_text(encoding="utf-8")
    assert re.findall(r">(\d+)%<", drawn).count("12") == 2
    finds = {row["area_name"]: row for row in rows_of(report / "tables/needle-finds.csv")}
    for row in rows_of(TABLES / "needle_finds_by_ward.csv")[:-1]:
        assert finds[row["ward"]]["total"] == row["total"]
    clients = {row["area_name"]: row["total"] for row in rows_of(report / "tables/clients.csv")}
    assert (clients["Total"], clients["St Michael's"], clients["Westwood"]) == ("833", "275", "37")

    manifest = json.loads((report / "manifest.json").read_text(encoding="utf-8"))
    ledger = manifest["ledger"]
    # Events 11,304, finds 322, practices 12, wards with their people 18: as the pages of the examples have them.
    assert ledger["rows_read"] == 11304 + 322 + 12 + 18
    assert ledger["rows_read"] == sum(ledger[name] for name in ("filtered", "duplicates", "located", "outside", "no_location")) + \
        sum(ledger["rejected"].values())
    assert ledger["located"] == ledger["counted"] + ledger["out_of_period"] + ledger["no_date"]
    assert (ledger["outside"], ledger["no_location"]) == (43 + 1, 45 + 1)
    assert {one["path"]: one["rows"] for one in manifest["inputs"]}["../../out/simulated/events.csv"] == 11304

    html = (report / "index.html").read_text(encoding="utf-8")
    quality = html[html.index('id="quality-events"'):]
    for number in ("11,304", "11,216", "8,896", "2,305"):
        assert number in quality


def test_every_figure_and_every_table_of_events_says_that_it_is_simulated(report):
    figures = sorted((report / "figures").glob("*.svg"))
    assert len(figures) == 52
    for figure in figures:
        assert re.search("SIMULATED|INVENTED", figure.read_text(encoding="utf-8")), figure.name
    for path in sorted((report / "tables").glob("*-metadata.json")):
        meta = json.loads(path.read_text(encoding="utf-8"))
        if path.name.startswith("population"):
            continue
        assert re.search("SIMULATED|INVENTED", meta["source"]), path.name
        assert re.search("SIMULATED|INVENTED", meta["measure"]), path.name


def test_the_report_is_the_same_on_any_number_of_threads(report, root):
    again = make(root, "again", "--threads", "1")
    for path in [*sorted(report.rglob("*.csv")), report / "index.html"]:
        assert (again / path.relative_to(report)).read_bytes() == path.read_bytes(), path.name


def test_without_the_events_it_is_said_where_they_were_looked_for(wardmap):
    shutil.copytree(ROOT / "examples", wardmap.folder / "examples")
    run = wardmap("report", "examples/simulated-events/simulated.toml", "-o", "r", code=1)
    assert "out/simulated/events.csv" in run.err and "simulated.toml" in run.err and "paths count from the project file's folder" in run.err
    assert not (wardmap.folder / "r").exists()
