"""What notebooks show of tables, areas, ledgers and reports: short, whole, and never markup out of the data."""
import re
import xml.etree.ElementTree as ElementTree

import numpy as np

import wardmap as wm
from conftest import OFFENCES, ROOT


def parsed(shown):
    """Well formed, or this raises."""
    return ElementTree.fromstring(f"<div>{shown}</div>")


def cells(shown):
    return [["".join(cell.itertext()) for cell in row] for row in parsed(shown).iter("tr")]


def test_a_table_shows_its_size_and_first_rows():
    table = wm.read_table(OFFENCES)
    shown = table._repr_html_()
    rows = cells(shown)
    assert rows[0] == list(table.columns)
    assert rows[1][:4] == ["10.4.7", "alcohol", "VIOLENCE WITHOUT INJURY", "Bablake"]
    assert len(rows) == 11
    assert f"{len(table)} rows, 9 columns" in shown and f"and {len(table) - 10} more rows" in shown


def test_a_table_shows_missing_cells_as_nothing_and_numbers_short():
    table = wm.Table([("name", ["one", "two"]), ("value", np.array([1 / 3, np.nan])), ("people", np.array([1e6, 2.0]))])
    assert cells(table._repr_html_())[1:] == [["one", "0.333333", "1000000"], ["two", "", "2"]]
    assert "more rows" not in table._repr_html_()


def test_an_empty_table_shows_its_columns():
    shown = wm.Table([("name", []), ("value", np.array([]))])._repr_html_()
    assert cells(shown) == [["name", "value"]] and "0 rows" in shown


def test_areas_show_how_many_they_are_and_where_from(wards):
    shown = wards._repr_html_()
    assert "18 wards of Coventry" in shown and "EPSG:4326" in shown and "Office for National Statistics" in shown
    assert cells(shown)[1] == ["E05001218", "Bablake"] and "and 8 more rows" in shown


def test_a_ledger_shows_every_count_with_the_reasons_of_the_rejected():
    counted = wm.count(ROOT / "examples/notebooks/data/invented-street/2024-01", areas="coventry-wards", period="month")
    ledger = wm.ledger(counted)
    shown = dict(cells(ledger._repr_html_())[1:])
    assert shown == {name.replace("_", " "): str(count) for name, count in ledger.items() if name != "rejected"}
    rejecting = type(ledger)({**ledger, "rejected": {f"reason {i}": i for i in range(12)}})
    assert dict(cells(rejecting._repr_html_())[1:])["rejected: reason 11"] == "11"
    assert ledger == dict(ledger)


def test_what_is_shown_holds_no_markup_of_the_data():
    hostile = '<script>alert("1")</script>&'
    shown = wm.Table([(hostile, [hostile])])._repr_html_()
    assert "<script" not in shown and cells(shown) == [[hostile], [hostile]]
    report = wm.Report(ROOT / "out" / "<b>", (hostile,))
    assert "<script" not in report._repr_html_() and parsed(report._repr_html_()).find(".//b") is None


def test_a_report_links_to_its_files_and_says_its_headlines():
    shown = wm.Report(ROOT / "out", ("18 wards",))._repr_html_()
    assert [re.sub(".*/", "", link.get("href")) for link in parsed(shown).iter("a")] == ["index.html", "report.pdf", "manifest.json"]
    assert "18 wards" in shown
