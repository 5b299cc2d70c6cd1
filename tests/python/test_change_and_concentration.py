"""Change beyond chance, chances of quadrants, concentration and harm from arrays."""
import pickle

import numpy as np
import pytest

import wardmap as wm


def test_words_follow_the_adjusted_p():
    r = wm.change([202, 71, 0, 0, 8] + [50] * 25, [456, 63, 15, 0, 22] + [50] * 25)
    assert r.words[:5].tolist() == ["clear rise", "no clear change", "clear rise", "no events", "no clear change"]
    assert r.p_value[4] < 0.05 < r.p_adjusted[4]
    assert np.isnan(r.change_pct[2]) and r.change_pct[1] == pytest.approx(-800 / 71)
    np.testing.assert_allclose(r.p_adjusted, wm.adjust_p(r.p_value).values)
    rates = wm.change([100], [200], [1000], [2000])
    assert rates.words[0] == "no clear change" and rates.ratio[0] == 1
    for bad in (dict(population_before=[1]), dict(method="exakt"), dict(adjust="fdr")):
        with pytest.raises(ValueError):
            wm.change([1], [2], **bad)


def test_chances_of_quadrants_add_up_and_do_not_depend_on_threads():
    before, after, people = [30, 5, 0, 120, np.nan], [45, 5, 3, 100, 4], [1000, 900, 800, 2000, 500]
    one, many = (wm.quadrant_chances(before, after, people, draws=2000, threads=t) for t in (1, 4))
    for name in ("high_faster", "high_slower", "low_faster", "low_slower"):
        assert np.array_equal(one[name], many[name], equal_nan=True)
    total = one.high_faster + one.high_slower + one.low_faster + one.low_slower
    assert total[:4] == pytest.approx(1) and np.isnan(total[4])
    assert one.likeliest[4] == "none" and one.likeliest[3] == "high_slower" and one.chance[3] > 0.9
    assert wm.quadrant_chances([], [], []).chance.shape == (0,)
    with pytest.raises(ValueError):
        wm.quadrant_chances([1], [1], [10], draws=0)


def test_concentration_by_hand():
    r = wm.concentration([5, 1, 10, 1, 3])
    gini, unbiased, generalised, *_ = r
    assert (gini, unbiased, generalised) == pytest.approx((0.44, 0.55, 0.44))
    assert r.share_in_top(0.2) == pytest.approx(0.5) and r.places_for(0.75) == pytest.approx(0.4)
    assert r.places_for(r.share_in_top(0.33)) == pytest.approx(0.33)
    again = pickle.loads(pickle.dumps(r))
    assert again.gini == gini and again.share_in_top(0.2) == r.share_in_top(0.2)
    assert wm.concentration([4] + [0] * 9).generalised == pytest.approx(0.75)  # 1 + 10/4 (0.9 - 1)
    assert wm.concentration([10, 30, 10], weight=[80, 10, 10]).share_in_top(0.1) == pytest.approx(0.6)
    assert np.isnan(wm.concentration([0, 0]).gini)
    with pytest.raises(ValueError, match="0.05"):
        r.share_in_top(5)


def test_harm_needs_weights_with_a_name_and_says_what_one_event_makes():
    weights = {"Homicide": 5000, "Burglary": 20}
    given = (["Burglary", "homicide", "Burglary"], [10, 1, 30], weights)
    with pytest.raises(ValueError, match="name"):
        wm.harm(*given)
    r = wm.harm(*given, group=["a", "a", "b"], name="Made-up days", version="2022")
    assert r.harm.tolist() == [5200, 600] and r.group.tolist() == ["a", "b"] and "Made-up days, 2022" in r.method
    assert r.gravest_share.tolist() == pytest.approx([5000 / 5200, 20 / 600]) and r.gravest_kind[0] == "homicide"
    with pytest.warns(wm.WardmapWarning, match="without a harm weight"):
        assert wm.harm(["Fraud"], [3], weights, name="n", version="v").unweighted[0] == 3
    proactive = {"kind": ["Drugs", "Burglary"], "weight": [2, 20], "proactive": ["yes", "no"]}
    left_out = wm.harm(["Drugs", "Burglary"], [50, 1], proactive, name="n", version="v")
    assert (left_out.harm[0], left_out.left_out[0]) == (20, 50)
    assert wm.harm(["Drugs", "Burglary"], [50, 1], proactive, name="n", version="v", with_proactive=True).harm[0] == 120


def test_values_between_areas_keep_their_mass(wards):
    halves = {"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"half_code": code, "half_name": code}, "geometry": {"type": "Polygon", "coordinates": [
            [[west, 52.33], [east, 52.33], [east, 52.5], [west, 52.5], [west, 52.33]]]}}
        for code, west, east in (("W", -1.65, -1.51), ("E", -1.51, -1.38))]}
    people = np.arange(1, 19) * 100.0
    target = wm.read_areas(halves)
    r = wm.interpolate(people, wards, target)
    assert r.values.sum() + r.left_out == pytest.approx(people.sum(), rel=1e-12) and len(r) == 2
    assert np.asarray(r).tolist() == r.values.tolist() and "sum" in r.method
    only_west = wm.interpolate(people, wards, wm.read_areas(halves, where={"half_code": "W"}))
    assert only_west.values[0] == pytest.approx(r[0]) and only_west.left_out == pytest.approx(r[1])
    assert wm.interpolate(np.full(18, 7.0), wards, target, kind="mean").values.tolist() == pytest.approx([7, 7])
    assert pickle.loads(pickle.dumps(only_west)).left_out == only_west.left_out
    with pytest.raises(ValueError, match="18"):
        wm.interpolate([1, 2], wards, target)
    with pytest.raises(ValueError, match="mean"):
        wm.interpolate(people, wards, target, kind="average")


def test_several_rows_of_a_ward_are_added_up_when_asked(wards):
    table = {"ward": ["Bablake", "Bablake", "Radford"], "a": [1, 2, 5], "b": [3, 4, 6]}
    with pytest.raises(ValueError, match="two rows"):
        wm.indicators(table, areas=wards, area="ward", before="a", after="b")
    with pytest.warns(wm.WardmapWarning):
        made = wm.indicators(table, areas=wards, area="ward", before="a", after="b", add_rows=True)
    assert made["count_after"][list(made["area_name"]).index("Bablake")] == 7
