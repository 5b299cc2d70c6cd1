"""Tables against themselves and pictures by the rules, from Python."""
import json
import re

import pytest

import wardmap as wm
from conftest import DATA, OFFENCES, ROOT

RULES = set(re.findall(r"^\| `(\w+)` \|", (ROOT / "docs/lint.md").read_text(encoding="utf-8"), re.M))


def test_the_published_tables_agree_with_themselves():
    findings = wm.audit(OFFENCES, by=["marker", "offence"])
    assert isinstance(findings, wm.Table) and len(findings) == 0
    assert len(wm.audit(DATA / "needs_assessment/needle_finds_by_ward.csv")) == 0


def test_a_slip_comes_back_in_the_callers_kind_of_frame():
    pandas = pytest.importorskip("pandas")
    frame = pandas.read_csv(OFFENCES)
    frame.loc[10, "rate_per_100k"] = 1161
    found = wm.audit(frame, by=["marker", "offence"])
    assert isinstance(found, pandas.DataFrame) and list(found.row_name) == ["St Michael's"]
    assert list(found.columns) == ["marker", "offence", "row_name", "check", "column", "printed", "expected", "difference",
                                   "finding", "explanation", "file_row"]
    assert found.check[0] == "population" and found.expected[0] == "1,116" and found.file_row[0] == 11


def test_whole_numbers_and_mappings_go_in():
    found = wm.audit({"ward": ["A", "B", "Total"], "2021": [10, 20, 30], "2022": [15, 20, 36], "change": [5, 0, 5]})
    assert list(found["check"]) == ["change", "total"]
    assert len(wm.audit({"ward": ["A", "B", "Total"], "2021": [10, 20, 30], "2022": [15, 20, 35], "% change": [50, 0, 17]})) == 0


def test_our_own_tables_agree_with_themselves(ward_table):
    assert len(wm.audit(ward_table, area="area_name")) == 0


def test_rounded_counts_and_columns_can_be_said():
    frame = {"ward": ["A", "B"], "early": [10, 20], "late": [15, 20], "moved": [45, 5]}
    assert len(wm.audit(frame, before="early", after="late", change_pct="moved")) == 2
    assert len(wm.audit(frame, before="early", after="late", change_pct="moved", counts_rounded_to=5)) == 0


def test_what_the_text_says_is_compared():
    found = wm.audit(DATA / "needs_assessment/needle_finds_by_ward.csv", text_change_pct=-39)
    assert list(found["explanation"]) == ["it is the change from yt_july_2020 to yt_july_2022"]
    assert len(wm.audit(DATA / "needs_assessment/needle_finds_by_ward.csv", text_change_pct=["-19", "-19.4%"])) == 0


def test_what_cannot_be_audited_raises_what_python_users_expect(tmp_path):
    with pytest.raises(KeyError, match="rate_per_100k"):
        wm.audit(OFFENCES, rate="rate_per_100")
    with pytest.raises(ValueError, match="before|from"):
        wm.audit({"ward": ["A"], "note": ["x"]})
    with pytest.raises(FileNotFoundError):
        wm.audit(tmp_path / "nowhere.csv")


def test_a_figure_judges_itself(ward_table, wards):
    rules = [finding.rule for finding in wm.choropleth(ward_table, areas=wards).lint()]
    assert set(rules) <= RULES
    bad = wm.choropleth(ward_table, areas=wards, column="count_after", alt=" ", breaks=[20, 30, 40, 50, 60, 70, 80, 90])
    found = {finding.rule: finding for finding in bad.lint()}
    assert {"count_choropleth", "too_many_classes"} <= set(found)
    one = found["count_choropleth"]
    assert one.severity == "warning" and "circles" in one.remedy and "count_choropleth" in repr(one) and one.figure == bad.id


def test_figures_are_judged_beside_one_another(ward_table, wards):
    a = wm.choropleth(ward_table, areas=wards, id="a")
    b = wm.choropleth(ward_table, areas=wards, id="b", breaks=[100, 500])
    assert "mixed_classes" in [finding.rule for finding in wm.lint([a, b])]
    assert "mixed_classes" not in [finding.rule for finding in wm.lint([a, a])]
    assert [f.rule for f in wm.lint(a)] == [f.rule for f in a.lint()]


def test_a_project_is_judged_and_strangers_are_said(tmp_path):
    findings = wm.lint(ROOT / "examples/coventry/coventry.toml")
    assert {finding.rule for finding in findings} <= RULES and not any(f.severity == "error" for f in findings)
    with pytest.raises(FileNotFoundError):
        wm.lint(tmp_path / "nowhere.toml")
    (tmp_path / "a.json").write_text(json.dumps({"schema": "other"}))
    with pytest.raises(ValueError, match="data.out"):
        wm.lint(tmp_path / "a.json")
