"""Every figure of impact areas worked out again from the four printed tables, by formulas that are not the library's."""
import json
import math
import random
import re

import pytest

import exact_figures as exact
from test_impact_evidence import SIDE, city, number, square  # noqa: F401

UNITS = range(SIDE * SIDE)
CORNER = (0, 1, SIDE, SIDE + 1)
YEARS = ("year to December 2020", "year to December 2021", "year to December 2022")


@pytest.fixture
def tables(city, write):  # noqa: F811
    """Three years of two kinds, people and deciles that differ, needles, a marker with gaps, areas that are there already."""
    dice = random.Random(20261127)
    rows = ["date,kind,easting,northing,alcohol"]
    for year in (2020, 2021, 2022):
        for u in UNITS:
            x, y = square(u)[0]
            for i in range((60 if u in CORNER else 12 + u % 5) + dice.randrange(12) + (8 if year == 2022 and u in (54, 55, 62) else 0)):
                kind, marker = dice.choice(("Burglary", "Burglary", "Robbery")), dice.choice(("Y", "N", "N", ""))
                rows.append(f"{year}-{i % 12 + 1:02}-15,{kind},{x + 250},{y + 250},{marker}")
    write("events.csv", "\n".join(rows) + "\n")
    city.units(people={u: 700 + 10 * (u % 7) for u in UNITS}, deciles={u: 1 + u % 10 for u in UNITS})
    write("needles.csv", "code,finds\n" + "".join(f"U{u},{u % 3}\n" for u in UNITS))
    write("harm.csv", "kind,weight\nBurglary,10\nRobbery,365\n")
    corners = [[430000, 280000], [431000, 280000], [431000, 281000], [430000, 281000], [430000, 280000]]
    write("old.geojson", json.dumps({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"code": "P1", "name": "Old"}, "geometry": {"type": "Polygon", "coordinates": [corners]}}],
        "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}}))
    write("d.toml", "[deprivation]\nrequire = false\n")
    run = city.run("--definition", "d.toml", "--marker", "alcohol", "--needles", "needles.csv", "--needles-column", "finds", "--harm",
                   "harm.csv", "--existing", "old.geojson", "-o", "a.csv", "--units-out", "u.csv", "--reruns-out", "r.csv",
                   "--summary-out", "s.csv")

    class Tables:
        said = run.err
        table, units, reruns, summary = (city.rows(name) for name in ("a.csv", "u.csv", "r.csv", "s.csv"))
        areas = [row for row in table if row["area"]]
        by_name = {row["name"]: row for row in table}
        rest = next(row for row in table if row["name"].startswith("Rest of"))

        def figures(self, of=None):
            return {row["figure"]: float(row["value"]) for row in self.summary if of is None or row["of"] == of}

        def within(self, row):
            """Units of a row of the table of areas."""
            if row["area"]:
                return [unit for unit in self.units if unit["area"] == row["area"]]
            wanted = {"All impact areas": lambda unit: unit["area"], "Total": lambda unit: True}.get(row["name"], lambda unit: not unit["area"])
            return [unit for unit in self.units if wanted(unit)]

    made = Tables()
    assert len(made.areas) >= 2
    return made


def total_of(units, column):
    return math.fsum(float(unit[column] or 0) for unit in units)


def column_of(year, start="events"):
    return f"{start}_{year.lower().replace(' ', '_')}"


def test_counts_people_and_shares_of_every_row_are_sums_of_the_units(tables):
    total = tables.by_name["Total"]
    for row in tables.table:
        if row["name"] == "Not located":
            continue
        units = tables.within(row)
        for column in ("events", "harm", "residents", "square_km", "needle_finds", "alcohol_yes", "alcohol_no", "alcohol_not_recorded"):
            assert number(row, column) == pytest.approx(total_of(units, column)), column
        people = number(row, "residents")
        assert number(row, "deprived_pct") == pytest.approx(sum(number(u, "deprived_pct") * number(u, "residents") for u in units) / people)
        for column in (name for name in row if name.startswith("deciles_")):
            assert number(row, column) == pytest.approx(100 * total_of(units, "people_" + column.removesuffix("_pct")) / people)
        ages = [name for name in row if name.startswith("age_")]
        everyone = sum(total_of(units, "people_" + name.removesuffix("_pct")) for name in ages)
        for column in ages:
            assert number(row, column) == pytest.approx(100 * total_of(units, "people_" + column.removesuffix("_pct")) / everyone)
        recorded = number(row, "alcohol_yes") + number(row, "alcohol_no")
        assert number(row, "alcohol_pct") == pytest.approx(100 * number(row, "alcohol_yes") / recorded)
        assert number(row, "alcohol_recorded_pct") == pytest.approx(100 * recorded / (recorded + number(row, "alcohol_not_recorded")))
        for share, of in (("event_share_pct", "events"), ("harm_share_pct", "harm"), ("needle_share_pct", "needle_finds"),
                          ("resident_share_pct", "residents"), ("area_share_pct", "square_km")):
            assert number(row, share) == pytest.approx(100 * number(row, of) / number(total, of))
        if row["area"]:
            assert number(row, "pai") == pytest.approx(number(row, "event_share_pct") / number(row, "area_share_pct"))
            assert number(row, "harm_pai") == pytest.approx(number(row, "harm_share_pct") / number(row, "area_share_pct"))
            assert number(row, "gravest_pct") == pytest.approx(100 * 365 / number(row, "harm"))


def test_ratios_to_the_rest_with_limits_p_and_adjusted_p(tables):
    total = tables.by_name["Total"]
    for row in [*tables.areas, tables.by_name["All impact areas"]]:
        events, people = int(number(row, "events")), number(row, "residents")
        ratio, low, high, p = exact.rate_ratio(int(number(total, "events")) - events, events, number(total, "residents") - people, people)
        assert number(row, "rate_ratio") == pytest.approx(ratio)
        assert number(row, "rate_ratio_lower") == pytest.approx(low, rel=1e-7)
        assert number(row, "rate_ratio_upper") == pytest.approx(high, rel=1e-7)
        assert number(row, "p_value") == pytest.approx(p, rel=1e-6, abs=1e-300)
    adjusted = exact.benjamini_hochberg([number(row, "p_value") for row in tables.areas])
    assert [number(row, "p_adjusted") for row in tables.areas] == pytest.approx(adjusted)
    set_row = tables.by_name["All impact areas"]
    low, high = exact.wilson(number(set_row, "events"), number(total, "events"))
    shown = lambda share: f"{100 * share:.0f}%" if share >= 0.1 else f"{100 * share:.1f}%"  # noqa: E731
    assert f"(95% interval {shown(low)} to {shown(high)})" in tables.said


def test_funnel_classes_with_and_without_the_spread_between_units(tables):
    total, figures = tables.by_name["Total"], tables.figures("units")
    phi, tau2 = exact.overdispersion([number(u, "events") for u in tables.units], [number(u, "residents") for u in tables.units])
    assert (figures["phi"], figures["tau2"]) == pytest.approx((phi, tau2))
    for row in tables.areas:
        expected = number(total, "events") * number(row, "residents") / number(total, "residents")
        assert row["funnel"] == exact.funnel_class(int(number(row, "events")), expected)
        assert row["funnel_adjusted"] == exact.adjusted_class(number(row, "events"), expected, tau2)


def test_changes_with_their_limits_and_words(tables):
    for row in [*tables.areas, tables.by_name["All impact areas"], tables.rest, tables.by_name["Total"]]:
        units = tables.within(row)
        first, last = (int(total_of(units, column_of(year))) for year in (YEARS[0], YEARS[-1]))
        assert (number(row, "events_first"), number(row, "events_last")) == (first, last)
        ratio, low, high, p = exact.rate_ratio(first, last, 1, 1)
        assert number(row, "change_ratio") == pytest.approx(ratio)
        assert (number(row, "change_lower"), number(row, "change_upper")) == pytest.approx((low, high), rel=1e-7)
        assert ("no clear change" in row["change"]) == (p >= 0.05)
        ends = [float(end.replace("−", "-")) for end in re.search(r"interval ([−+]?\d+)% to ([−+]?\d+)%", row["change"]).groups()]
        assert ends == [round(100 * (low - 1)), round(100 * (high - 1))]


def test_order_margins_and_borderline_units(tables):
    events, people = total_of(tables.units, "events"), total_of(tables.units, "residents")
    scores = {u["unit_code"]: number(u, "events") / events / (number(u, "residents") / people) for u in tables.units}
    cut = min(scores[u["unit_code"]] for u in tables.units if u["area"])
    for unit in tables.units:
        assert number(unit, "score") == pytest.approx(scores[unit["unit_code"]])
        if unit["borderline"]:
            assert number(unit, "margin_pct") == pytest.approx(100 * (scores[unit["unit_code"]] / cut - 1), abs=1e-9)
            assert (unit["borderline"] == "just in") == bool(unit["area"])
    inside = sorted((u for u in tables.units if u["area"]), key=lambda u: number(u, "score"))[:5]
    assert {u["unit_code"] for u in inside} == {u["unit_code"] for u in tables.units if u["borderline"] == "just in"}


def test_concentration_over_the_units(tables):
    events, figures = sorted(number(u, "events") for u in tables.units), tables.figures("units")
    n, everything = len(events), sum(events)
    gini = sum((2 * i - n - 1) * x for i, x in enumerate(events, 1)) / (n * everything)
    assert figures["gini"] == pytest.approx(1 + max(1, n / everything) * (gini - 1))
    for share in (25, 50):
        assert figures[f"units_for_{share}_pct"] == pytest.approx(100 * exact.places_for(share / 100, events))


def chosen_on(tables, column):
    return {u["unit_code"] for u in tables.units if number(u, column) == 1}


def residents_in(units, codes):
    return sum(number(u, "residents") for u in units if u["unit_code"] in codes)


def test_years_in_the_list_and_their_agreement(tables):
    lists = [chosen_on(tables, column_of(year, "chosen_on")) for year in YEARS]
    for row in tables.areas:
        units = tables.within(row)
        there = [residents_in(units, codes) >= number(row, "residents") / 2 for codes in lists]
        assert number(row, "years_in") == sum(there)
        word = ("persistent" if all(there) else "in no single year" if not any(there) else "former" if not there[-1]
                else "emerging" if there == sorted(there) else "intermittent")
        assert row["lasting"] == word
    for earlier, later in zip(range(2), range(1, 3)):
        figures = tables.figures(f"{YEARS[earlier]} to {YEARS[later]}")
        rates = [[number(u, column_of(YEARS[y])) / number(u, "residents") for u in tables.units] for y in (earlier, later)]
        assert figures["rank_correlation"] == pytest.approx(exact.spearman(*rates))
        assert figures["overlap"] == pytest.approx(exact.jaccard(lists[earlier], lists[later]))


def test_one_year_ahead(tables):
    chosen, last = chosen_on(tables, "chosen_on_all_but_the_last_year"), column_of(YEARS[-1])
    figures = {name: value for name, value in tables.figures().items() if name.startswith("ahead")}
    events, surface = total_of(tables.units, last), total_of(tables.units, "square_km")
    captured = [u for u in tables.units if u["unit_code"] in chosen]
    densest = sorted(tables.units, key=lambda u: number(u, last) / number(u, "square_km"), reverse=True)[: len(chosen)]
    pai = lambda units: (total_of(units, last) / events) / (total_of(units, "square_km") / surface)  # noqa: E731
    assert figures["ahead_event_share_pct"] == pytest.approx(100 * total_of(captured, last) / events)
    assert figures["ahead_area_share_pct"] == pytest.approx(100 * total_of(captured, "square_km") / surface)
    assert (figures["ahead_pai"], figures["ahead_best_pai"]) == pytest.approx((pai(captured), pai(densest)))
    assert figures["ahead_pei"] == pytest.approx(pai(captured) / pai(densest))


def chosen_shares(rerun):
    """{code: share of its surface that the rerun chooses}"""
    shares = (one.partition(":") for one in rerun["units"].split(";") if one)
    return {code: float(share or 1) for code, _, share in shares}


def test_reruns_standing_and_how_often_each_unit_is_chosen(tables):
    proposed = {u["unit_code"] for u in tables.units if u["area"]}
    people, events = total_of(tables.units, "residents"), total_of(tables.units, "events")
    shares = [chosen_shares(rerun) for rerun in tables.reruns]
    assert shares[0].keys() == proposed and all(share == 1 for share in shares[0].values())
    surface = {u["unit_code"]: number(u, "square_km") for u in tables.units}
    for rerun, chosen in zip(tables.reruns, shares):
        if rerun["varied"] == "units":
            both = sum(surface[code] * share for code, share in chosen.items() if code in proposed)
            either = sum(surface[code] * (1 if code in proposed else chosen[code]) for code in proposed | chosen.keys())
            assert number(rerun, "overlap") == pytest.approx(both / either)
            continue
        assert number(rerun, "overlap") == pytest.approx(exact.jaccard(proposed, set(chosen)))
        assert number(rerun, "resident_share_pct") == pytest.approx(100 * residents_in(tables.units, chosen) / people)
        held = sum(number(u, "events") for u in tables.units if u["unit_code"] in chosen)
        assert number(rerun, "event_share_pct") == pytest.approx(100 * held / events)
    for unit in tables.units:
        mean = sum(chosen.get(unit["unit_code"], 0) for chosen in shares) / len(shares)
        assert number(unit, "chosen_pct") == pytest.approx(100 * mean, abs=1e-9)
    for row in tables.areas:
        units = tables.within(row)
        again = [sum(number(u, "residents") * chosen.get(u["unit_code"], 0) for u in units) >= number(row, "residents") / 2
                 for chosen in shares]
        share = sum(again) / len(again)
        assert number(row, "chosen_pct") == pytest.approx(100 * share)
        assert row["standing"] == ("robust" if share >= 0.8 else "arguable" if share >= 0.5 else "fragile")
        assert number(row, "probability") == pytest.approx(total_of(units, "probability") / len(units))


def test_existing_areas_against_the_rest_and_the_ring(tables):
    figures = {where: tables.figures(where) for where in ("existing areas", "ring", "rest")}
    before, after = ([figures[where][f"events_{when}"] for where in figures] for when in ("before", "after"))
    for when, year in ((before, YEARS[-2]), (after, YEARS[-1])):
        assert when[0] == sum(number(u, column_of(year)) for u in tables.units if int(u["unit_code"][1:]) in CORNER)
        assert sum(when) == total_of(tables.units, column_of(year))
    against = tables.figures("existing areas against the rest")
    ratio, low, high, _ = exact.rate_ratio(int(before[0]), int(after[0]), before[2], after[2])
    assert (against["ratio"], against["ratio_lower"], against["ratio_upper"]) == pytest.approx((ratio, low, high), rel=1e-7)
    both = tables.figures("existing areas and ring")
    printed = [both[f"displacement_{name}"] for name in ("difference", "lower", "upper")]
    assert printed == pytest.approx(exact.displacement(before, after))


def choose_by_ranking(events, share, least, most, compact):
    """Method A of docs/impact-areas.md on the squares, 800 people each, 500 m wide: {unit: area}."""
    people, side = 800, 500.0
    beside = lambda u: [v for v in UNITS if v != u and abs(u % SIDE - v % SIDE) <= 1 and abs(u // SIDE - v // SIDE) <= 1]  # noqa: E731
    border = lambda u, v: side if abs(u % SIDE - v % SIDE) + abs(u // SIDE - v // SIDE) == 1 else 0.0  # noqa: E731

    def compactness(units):
        inside = sum(border(u, v) for u in units for v in units if u < v)
        return 4 * math.pi * len(units) * side**2 / (4 * side * len(units) - 2 * inside) ** 2

    def may(units):
        return people * len(units) <= most and compactness(units) >= compact

    banned = set()
    while True:
        areas, budget = [], share * people * len(UNITS)
        used = lambda: people * sum(map(len, areas))  # noqa: E731
        for unit in sorted((u for u in UNITS if events[u] > 0), key=lambda u: -events[u]):
            if unit in banned:
                continue
            if used() + people > budget * (1 + 1e-12):
                break
            touching = [(sum(border(unit, v) for v in area), -place) for place, area in enumerate(areas)
                        if area and any(v in beside(unit) for v in area) and may([*area, unit])]
            if not touching:
                areas.append([unit])
                continue
            at = -max(touching)[1]
            areas[at].append(unit)
            for other, area in enumerate(areas):  # the unit may have closed a gap
                if other != at and area and any(v in beside(u) for u in areas[at] for v in area) and may(areas[at] + area):
                    areas[at] += area
                    areas[other] = []
        refused = None
        for area in areas:
            while area and people * len(area) < least:
                next_ones = [v for u in area for v in beside(u)
                             if v not in banned and events[v] > 0 and not any(v in one for one in areas)
                             and used() + people <= budget * (1 + 1e-12) and may([*area, v])]
                if not next_ones:
                    break
                area.append(min(next_ones, key=lambda v: (-events[v], v)))
            if area and people * len(area) < least:
                refused = area[0]
                break
        if refused is None:
            return {u for area in areas for u in area}
        banned.add(refused)


def test_the_probability_of_a_unit_follows_from_the_printed_seed(city, write):  # noqa: F811
    """Counts drawn again by Philox and Hormann's rejection, and chosen again: unit for unit the printed share of 200 draws."""
    dice = random.Random(7)
    counts = {(u, "Burglary", year): (21 if u in CORNER else 12) + dice.randrange(6) for u in UNITS for year in (2021, 2022)}
    counts |= {(u, "Burglary", 2022): 15 + u % 3 for u in (30, 31, 38, 62)}
    city.events(counts)
    write("d.toml", "[deprivation]\nrequire = false\n[method]\nseed = 20261127\n")
    city.run("--definition", "d.toml", "-o", "a.csv", "-o", "a.html", "--units-out", "u.csv", "--summary-out", "s.csv")
    assert "seed 20261127" in city.text("a.html")
    draws, = (row for row in city.rows("s.csv") if row["figure"] == "draws")
    seed, many = int(re.search(r"seed (\d+)", draws["what"]).group(1)), int(float(draws["value"]))
    units = city.rows("u.csv")
    observed = [number(unit, "events") for unit in units]
    bounds = {"share": 0.1, "least": 1500, "most": 10000, "compact": 0.2}
    assert {u for u in UNITS if units[u]["area"]} == choose_by_ranking(observed, **bounds)
    times = [0] * len(units)
    for draw in range(many):
        for u in choose_by_ranking([exact.Stream(seed, u, draw).poisson(observed[u]) for u in UNITS], **bounds):
            times[u] += 1
    assert [number(unit, "probability") for unit in units] == pytest.approx([one / many for one in times])
    assert 0 < sum(0 < one < many for one in times)  # some are in doubt


def scan_circles(most_units):
    """Sets of squares within a distance of each square's centre, those at one distance together."""
    circles = set()
    for u in UNITS:
        distance = lambda v: (u % SIDE - v % SIDE) ** 2 + (u // SIDE - v // SIDE) ** 2  # noqa: E731
        for radius in sorted({distance(v) for v in UNITS}):
            inside = frozenset(v for v in UNITS if distance(v) <= radius)
            if len(inside) > most_units:
                break
            circles.add(inside)
    return circles


def strongest(counts, circles):
    total = sum(counts)
    best = (0.0, frozenset())
    for circle in circles:
        c, expected = sum(counts[u] for u in circle), total * len(circle) / len(counts)
        if c > expected:
            ratio = c * math.log(c / expected) + ((total - c) * math.log((total - c) / (total - expected)) if c < total else 0)
            best = max(best, (ratio, circle), key=lambda one: one[0])
    return best


def test_the_scan_p_is_that_of_other_random_deals(city, write):  # noqa: F811
    """Its 999 deals are not printed; as many of our own give the same p but for chance, and the same cluster."""
    dice = random.Random(3)
    counts = [(18 if u in (19, 26, 27, 28, 35) else 12) + dice.randrange(4) for u in UNITS]
    city.events({(u, "Burglary", year): counts[u] for u in UNITS for year in (2022,)})
    write("d.toml", '[deprivation]\nrequire = false\n[method]\nchoose = "C"\nlevel = 0.5\n')
    city.run("--definition", "d.toml", "--no-defence", "-o", "a.csv", "--units-out", "u.csv")
    circles = scan_circles(int(0.1 * len(UNITS)))
    ratio, members = strongest(counts, circles)
    row, = (row for row in city.rows("a.csv") if row["area"] == "IA1")
    assert {int(unit["unit_code"][1:]) for unit in city.rows("u.csv") if unit["area"] == "IA1"} == members
    beaten = 0
    for _ in range(999):
        dealt = [0] * len(counts)
        for u in dice.choices(UNITS, k=sum(counts)):
            dealt[u] += 1
        beaten += strongest(dealt, circles)[0] >= ratio
    p = (1 + beaten) / 1000
    assert number(row, "scan_p") * 1000 == pytest.approx(round(number(row, "scan_p") * 1000))
    assert abs(number(row, "scan_p") - p) < 5 * math.sqrt(2 * p * (1 - p) / 999)
    assert 0.01 < p < 0.4, p  # neither certain nor chance
