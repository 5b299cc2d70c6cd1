"""Standardised rates, funnels, adjusted p-values, slopes and quantiles from arrays."""
import csv
import pathlib
import pickle

import numpy as np
import pytest

import wardmap as wm

REFERENCE = pathlib.Path(__file__).resolve().parents[3] / "shared/data/reference"


def reference(name):
    path = REFERENCE / name
    if not path.is_file():
        pytest.skip(f"{name} is not there")
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def numbers(rows, column):
    return np.array([float(r[column]) if r[column] else np.nan for r in rows])


def test_direct_rates_of_all_areas_at_once_equal_the_reference():
    rows, expected = reference("dsr_inputs.csv"), reference("dsr_expected.csv")
    given = [numbers(rows, c) for c in ("count", "population", "standard_population")]
    areas = [r["area"] for r in rows]
    usual = wm.standardised_rate(*given, group=areas)
    wide = wm.standardised_rate(*given, group=areas, level=0.998)
    assert list(usual.group) == [e["area"] for e in expected]
    for ours, column in ((usual.rate, "dsr"), (usual.lower, "lower95"), (usual.upper, "upper95"), (wide.lower, "lower99_8"), (wide.upper, "upper99_8")):
        np.testing.assert_allclose(ours, numbers(expected, column), rtol=1e-9)
    rate, lower, upper, *_ = usual
    assert rate is usual["rate"] and "dobson" in usual.method
    gamma = wm.standardised_rate(*given, group=areas, limits="fay_feuer")
    np.testing.assert_allclose(gamma.upper, numbers(reference("dsr_fay_feuer_expected.csv"), "fay_feuer_upper95"), rtol=1e-9)


def test_repeat_events_come_as_persons_by_their_events():
    rows, expected = reference("dsr_repeat_events_inputs.csv"), reference("dsr_repeat_events_expected.csv")
    persons = np.column_stack([numbers(rows, c) for c in ("persons_1_event", "persons_2_events", "persons_3_events", "persons_4_events")])
    r = wm.standardised_rate(persons, numbers(rows, "population"), numbers(rows, "standard_population"), group=[x["area"] for x in rows])
    for ours, column in ((r.rate, "dsr"), (r.lower, "lower95"), (r.upper, "upper95"), (r.count, "total_events")):
        expected_numbers = numbers(expected, column)
        np.testing.assert_allclose(ours, expected_numbers, rtol=1e-8)


def test_indirect_ratio_is_observed_over_expected():
    rows, expected = reference("isr_inputs.csv"), reference("isr_expected.csv")
    standard = [r for r in rows if r["area"] == "reference"]
    local = [r for r in rows if r["area"] != "reference"]
    times = len(local) // len(standard)
    r = wm.standardised_rate(numbers(local, "count"), numbers(local, "population"),
                             (np.tile(numbers(standard, "count"), times), np.tile(numbers(standard, "population"), times)),
                             group=[x["area"] for x in local], kind="indirect")
    for ours, column in ((r.ratio * 100, "ratio_x100"), (r.ratio_upper * 100, "ratio_upper95"), (r.expected, "expected"), (r.rate, "isr_per_100000"), (r.lower, "isr_lower95")):
        np.testing.assert_allclose(ours, numbers(expected, column), rtol=1e-9)


def test_esp2013_is_matched_by_band():
    rows = [r for r in reference("dsr_inputs.csv") if r["area"] == "big"][::-1]
    r = wm.standardised_rate(numbers(rows, "count"), numbers(rows, "population"), "ESP2013", band=[x["age_band"] for x in rows])
    assert r.rate[0] == pytest.approx(10430.247991469425, rel=1e-9) and r.group[0] == "all"
    with pytest.raises(ValueError, match="'0-3'"):
        wm.standardised_rate([20], [100], "ESP2013", band=["0-3"])
    with pytest.raises(ValueError, match="band"):
        wm.standardised_rate([20], [100], "ESP2013")


def test_slips_in_standardising_are_refused():
    for bad in (dict(kind="directly"), dict(limits="dobsen"), dict(group=["a"]), dict(kind="indirect")):
        with pytest.raises(ValueError):
            wm.standardised_rate([10, 20], [100, 100], [1, 1], **bad)
    with pytest.raises(ValueError, match="negative"):
        wm.standardised_rate([10, -1], [100, 100], [1, 1])
    assert np.isnan(wm.standardised_rate([10, 5], [100, 0], [1, 1]).rate[0])  # events where nobody lives
    assert len(wm.standardised_rate([], [], [], group=[]).rate) == 0


def test_a_funnel_places_areas_and_gives_phi():
    count, people = [3, 12, 40, 25, 90, 7, 0, 18], [1000, 2000, 5000, 2500, 4000, 1200, 800, 2100]
    pattern, lower95, upper95, lower998, upper998, phi, *_ = r = wm.funnel(count, people)
    assert pattern.tolist() == ["low_95", "low_95", "similar", "similar", "high_998", "similar", "low_998", "similar"]
    assert (lower998 <= lower95).all() and (upper95 <= upper998).all()
    expected = np.array(people) * sum(count) / sum(people)
    z = 2 * np.sqrt(expected) * (np.sqrt(np.array(count) / expected) - 1)
    assert phi == pytest.approx((np.clip(z, *np.quantile(z, [0.1, 0.9])) ** 2).mean(), rel=1e-12)
    assert r["pattern_adjusted"][4] == "high_95" and pickle.loads(pickle.dumps(r)).phi == phi
    assert wm.funnel(count, people, per=1000).upper95 == pytest.approx(upper95 * 1000)
    assert wm.funnel([30, 5], [20, 9.5], kind="ratio").baseline == 1
    assert wm.funnel([5, float("nan")], [0, 10]).pattern.tolist() == ["none", "none"]
    with pytest.raises(ValueError, match="larger"):
        wm.funnel([11], [10], kind="proportion")
    with pytest.raises(ValueError, match="'rate'"):
        wm.funnel([1], [10], kind="rates")


def test_adjusted_p_values_by_hand():
    p = [0.01, 0.04, 0.03, 0.20, float("nan")]
    assert wm.adjust_p(p).values[:4].tolist() == pytest.approx([0.04, 0.16 / 3, 0.16 / 3, 0.20])
    assert wm.adjust_p(p, method="holm")[:4].tolist() == pytest.approx([0.04, 0.09, 0.09, 0.20])
    assert np.isnan(wm.adjust_p(p)[4]) and len(wm.adjust_p(p)) == 5
    with pytest.raises(ValueError, match="bh"):
        wm.adjust_p(p, method="fdr")


def test_adjusted_p_values_agree_with_scipy():
    stats = pytest.importorskip("scipy.stats")
    p = np.random.default_rng(1).uniform(size=40) ** 3
    for method in ("bh", "by"):
        np.testing.assert_allclose(wm.adjust_p(p, method), stats.false_discovery_control(p, method=method), rtol=1e-12)


def test_slope_and_relative_index_equal_the_reference():
    rows, expected = reference("sii_inputs.csv"), reference("sii_expected.csv")
    for e in expected:
        case = [r for r in rows if r["case"] == e["case"]]
        sii, rii, intercept = wm.inequality_slope(numbers(case, "value"), numbers(case, "population"))
        assert [sii, rii, intercept] == pytest.approx([float(e[c]) for c in ("sii", "rii", "intercept")], rel=1e-9)
    assert np.isnan(wm.inequality_slope([1], [10]).sii)


def test_ohid_quantiles_are_not_published_deciles():
    # The two rules differ at eight of 32,844 ranks (shared reference imd2019_rank_to_decile.csv).
    ranks = np.arange(1, 32845)
    ohid, published = wm.quantile(ranks, 10).values, wm.deprivation_decile(ranks, 32844).values
    assert ranks[ohid != published].tolist() == [3285, 6569, 9854, 13138, 19707, 22991, 26276, 29560]
    assert wm.quantile([3, 1, 2, float("nan")], 3, first="high").values.tolist() == [1, 3, 2, 0]
    assert wm.quantile([5, 5], 3).values.tolist() == [0, 0]
    with pytest.raises(ValueError, match="low"):
        wm.quantile([1, 2], 2, first="lowest")
    with pytest.raises(ValueError):
        wm.quantile([1, 2], 0)
