"""Figures and projects by the rules of docs/lint.md, through the command."""
import csv
import json
import re

import pytest

from conftest import OFFENCES, POPULATION, ROOT

RULES = re.findall(r"^\| `(\w+)` \|", (ROOT / "docs/lint.md").read_text(encoding="utf-8"), re.M)


@pytest.fixture
def figure(wardmap):
    """A rate map's --data-out, as a dict to change."""
    wardmap("indicators", OFFENCES, "--areas", "coventry-wards", "--area", "ward", "--from", "yt_june_2021", "--to", "yt_june_2022",
            "--where", "marker=alcohol", "--where", "offence=VIOLENCE WITHOUT INJURY", "--population", POPULATION,
            "--measure", "alcohol-marked violence", "--unit", "offences", "--source", "Coventry 2022", "-o", "t.csv")
    wardmap("map", "t.csv", "--areas", "coventry-wards", "--value", "rate", "-o", "m.svg", "--data-out", "m.json")
    return json.loads((wardmap.folder / "m.json").read_text(encoding="utf-8"))


def lint(wardmap, write, figure, *arguments, code=0):
    return wardmap("lint", write("changed.json", json.dumps(figure)), *arguments, code=code)


def test_the_rules_listed_are_those_of_the_page(wardmap):
    listed = re.findall(r"^(\w+) \((error|warning|advice)\): .", wardmap("lint", "--rules").out, re.M)
    assert [rule for rule, _ in listed] == RULES and len(RULES) >= 20


def test_a_map_made_as_the_help_says_has_no_finding(wardmap, figure):
    run = wardmap("lint", "m.json", "--strict")
    assert run.out == "" and "1 figure: 0 errors, 0 warnings, 0 pieces of advice" in run.err


@pytest.mark.parametrize(
    "key, value, rule",
    [
        ("alt", "", "missing_alt"),
        ("alt", "ŵ" * 151, "long_alt"),
        ("title", " ".join(["word"] * 16), "long_title"),
        ("sources", [], "missing_source"),
        ("sources", ["Source: me"], "missing_attribution"),
        ("subtitle", "", "missing_unit"),
        ("facts", {"areas_without_row": ["Bablake"]}, "unmatched_areas"),
        ("facts", {"rows_of_no_area": ["Nowhere"]}, "unmatched_areas"),
        ("facts", {"shades_counts": True}, "count_choropleth"),
        ("facts", {"says_events": True}, "missing_unit"),
    ],
)
def test_one_thing_wrong_is_one_line(wardmap, write, figure, key, value, rule):
    figure[key] = {**figure["facts"], **value} if key == "facts" else value
    lines = lint(wardmap, write, figure).out.splitlines()
    assert any(re.match(rf"(error|warning|advice) {rule}: map, ", line) for line in lines), lines


def test_strict_counts_warnings_and_not_advice(wardmap, write, figure):
    figure["alt"] = "x" * 151
    lint(wardmap, write, figure, "--strict")
    figure["classes"][1]["color"] = figure["classes"][0]["color"]
    assert "close_colours" in lint(wardmap, write, figure).out
    lint(wardmap, write, figure, "--strict", code=3)


def test_red_and_green_are_found(wardmap, write, figure):
    for one, color in zip(figure["classes"], ["#d7191c", "#ffffbf", "#a6d96a", "#1a9641"]):
        one["color"] = color
    assert "red_green" in lint(wardmap, write, figure).out


def test_two_years_with_different_classes_are_found(wardmap, write, figure):
    earlier = json.loads(json.dumps(figure))
    earlier["id"], earlier["subtitle"] = "earlier", figure["subtitle"].replace("2022", "2021")
    write("a.json", json.dumps(earlier))
    assert wardmap("lint", "m.json", "a.json").out == ""
    earlier["classes"][1]["lower"] = 260
    write("a.json", json.dumps(earlier))
    assert "mixed_classes: earlier" in wardmap("lint", "m.json", "a.json").out


@pytest.mark.parametrize("name", ["f.csv", "f.json", "f.xlsx"])
def test_findings_go_out_as_tables_do(wardmap, write, figure, name):
    figure["alt"] = ""
    run = lint(wardmap, write, figure, "-o", name)
    assert run.out == "" and (wardmap.folder / name).exists()
    if name == "f.csv":
        row, = csv.DictReader((wardmap.folder / name).open(encoding="utf-8"))
        assert list(row) == ["severity", "rule", "figure", "where", "what", "remedy"] and row["severity"] == "error"


def test_the_log_has_the_findings_as_problems(wardmap, write, figure):
    figure["alt"] = ""
    run = lint(wardmap, write, figure, "--json", "-o", "f.csv")
    assert [(p["code"], p["severity"]) for p in run.log["problems"]] == [("lint_missing_alt", "problem")]


def test_the_coventry_report_can_be_published(wardmap):
    run = wardmap("lint", ROOT / "examples/coventry/coventry.toml", "-o", "f.csv")
    found = list(csv.DictReader((wardmap.folder / "f.csv").open(encoding="utf-8")))
    assert "0 errors" in run.err
    # What is left is in the numbers themselves: rates of few events.
    assert {row["rule"] for row in found} <= {"small_numbers", "long_alt", "long_title"}
    small = [row for row in found if row["rule"] == "small_numbers" and row["severity"] == "warning"]
    assert small and all("fewer than 10" in row["what"] for row in small)


def test_a_project_without_sources_and_with_strangers_is_said(wardmap, write):
    write("t.csv", "ward,2021,2022\n" + "".join(f"{w},30,40\n" for w in ("Bablake", "Foleshill", "Nowhere")))
    write("p.toml", '[report]\ntitle = "T"\nareas = "coventry-wards"\n[[table]]\nid = "x"\nfile = "t.csv"\narea = "ward"\n'
                    'from = "2021"\nto = "2022"\nmeasure = "things"\nunit = "things"\ndraw = ["count-map"]\n')
    out = wardmap("lint", "p.toml").out
    assert "Nowhere" in out and "missing_source" in out and "warning unmatched_areas: x, t.csv" in out


@pytest.mark.parametrize(
    "name, content, code, words",
    [
        ("a.json", "{}", 1, "--data-out"),
        ("a.json", "[1,2", 1, "no figure"),
        ("a.json", '{"schema":"wardmap.figure/1"}', 1, "no figure"),
        ("a.txt", "x", 2, "PROJECT.toml"),
        ("a.toml", "x", 1, "a.toml"),
    ],
)
def test_what_is_no_figure_and_no_project_is_said(wardmap, write, name, content, code, words):
    assert words in wardmap("lint", write(name, content), code=code).err


def test_nothing_to_judge_is_wrong_use(wardmap):
    assert "nothing to judge" in wardmap("lint", code=2).err
    assert "nowhere.json" in wardmap("lint", "nowhere.json", code=1).err


def test_palettes_are_listed_with_what_is_computed_of_them(wardmap):
    rows = {row["palette"]: row for row in wardmap("palettes", "--k", "5", "--cvd").rows}
    assert {"Blues", "PuOr", "RdBu", "AF"} <= set(rows)
    for row in rows.values():
        assert float(row["contrast_ink"]) >= 4.5
        if row["kind"] != "categorical":
            assert min(float(row[sight]) for sight in ("normal", "protan", "deutan", "tritan")) >= 10
        if row["kind"] == "sequential":
            assert float(row["contrast_white"]) >= 1.25
    assert "normal" not in wardmap("palettes").rows[0]
    assert wardmap("palettes", "--k", "13", code=2)
