import pickle

import numpy as np
import pytest

import wardmap as wm


def test_rate_limits_are_byar_from_ten_and_exact_below():
    rate, lower, upper = wm.rate_limits([65, 5, 0], [100, 100, 100], per=100)
    # 65 events: Breslow and Day's table of exact limits has 50.2 and 82.8; 5 events: 1.62 and 11.67; 0: 0 and 3.69.
    assert np.allclose(lower, [50.2, 1.62, 0], atol=0.1) and np.allclose(upper, [82.8, 11.67, 3.69], atol=0.1)
    assert rate.tolist() == [65, 5, 0]


def test_results_are_named_ordered_and_immutable():
    r = wm.rate_limits([10], [1000])
    assert r["rate"][0] == r.rate[0] == 1000 and r.method
    with pytest.raises(KeyError, match="lower"):
        r["low"]
    with pytest.raises(AttributeError):
        r.rate = 1
    with pytest.raises(ValueError):
        r.rate[0] = 1
    again = pickle.loads(pickle.dumps(r))
    assert again.rate.tolist() == r.rate.tolist() and again.method == r.method
    single = wm.rate_limits(10, 1000)
    assert isinstance(single.rate, float)


def test_results_become_frames():
    pytest.importorskip("pandas")
    frame = wm.rate_limits([10, 20], [1000, 1000]).to_pandas()
    assert list(frame.columns) == ["rate", "lower", "upper"] and len(frame) == 2


def test_proportion_limits_are_wilsons():
    # Newcombe 1998, table I: 81 of 263 is 0.2553 to 0.3662.
    share, lower, upper = wm.proportion_limits(81, 263)
    assert (round(lower, 4), round(upper, 4)) == (0.2553, 0.3662) and share == 81 / 263
    assert np.isnan(wm.proportion_limits(0, 0).share)


def test_rate_ratio_from_zero_to_zero_and_of_nothing():
    r = wm.rate_ratio([0, 5, 0, 10], [5, 0, 0, 20])
    assert np.isinf(r.ratio[0]) and np.isinf(r.upper[0]) and np.isfinite(r.lower[0])
    assert r.ratio[1] == 0 and r.lower[1] == 0 and r.ratio[3] == 2
    assert np.isnan(r.ratio[2])
    assert {m: wm.rate_ratio(10, 20, method=m).method for m in ("exact", "midp", "score", "wald")}
    with pytest.raises(ValueError, match="exact"):
        wm.rate_ratio(1, 2, method="exakt")


def test_rate_ratio_agrees_with_scipy():
    stats = pytest.importorskip("scipy.stats")
    for before, after in [(3, 9), (189, 155), (10, 10), (1, 0)]:
        ours = wm.rate_ratio(before, after).p_value
        n = before + after
        tail = min(stats.binom.cdf(after, n, 0.5), stats.binom.sf(after - 1, n, 0.5))
        assert ours == pytest.approx(min(1, 2 * tail), rel=1e-9)


def test_bad_numbers_are_refused_with_their_place():
    with pytest.raises(ValueError, match="input 1"):
        wm.rate_limits([1, -2], [10, 10])
    with pytest.raises(ValueError, match="length"):
        wm.rate_limits([1, 2, 3], [10, 10])
    with pytest.raises(ValueError, match="count is not numbers"):
        wm.rate_limits(["a"], [10])
    with pytest.raises(ValueError, match="shape"):
        wm.rate_limits(np.ones((2, 2)), 10)
    with pytest.raises(ValueError):
        wm.rate_limits(1, 10, level=1.5)


def test_arrays_of_any_layout_are_read():
    counts = np.arange(10, dtype=">i4")[::2]
    counts.setflags(write=False)
    assert wm.rate_limits(counts, 100, per=100).rate.tolist() == [0, 2, 4, 6, 8]


def test_class_breaks_have_k_plus_one_edges_and_codes():
    values = [1, 2, 3, 10, 11, 12, 100, float("nan")]
    r = wm.class_breaks(values, k=3)
    assert r.breaks.tolist() == [1, 3, 12, 100] and r.counts.tolist() == [3, 3, 1]
    assert r.codes.tolist() == [0, 0, 0, 1, 1, 1, 2, -1] and r.gvf > 0.99 and len(r.labels) == 3
    rounded = wm.class_breaks(values, k=3, round=True)
    assert rounded.codes.tolist() == r.codes.tolist()
    fixed = wm.class_breaks(values, breaks=[5, 50])
    assert fixed.method == "fixed" and fixed.counts.tolist() == [3, 3, 1]
    with pytest.raises(ValueError):
        wm.class_breaks(values, k=0)
    with pytest.raises(ValueError, match="natural"):
        wm.class_breaks(values, scheme="naturl")
    assert wm.class_breaks([]).counts.tolist() == []


def test_deprivation_deciles_follow_the_published_rule():
    # ceil(10 rank / n): among England's 32,844 small areas rank 3,284 is in decile 1 and 3,285 in decile 2.
    got = wm.deprivation_decile([1, 3284, 3285, 32844], 32844)
    assert got.values.tolist() == [1, 1, 2, 10] and np.asarray(got).sum() == 14 and len(got) == 4 and got[0] == 1
    with pytest.raises(ValueError):
        wm.deprivation_decile([0], 32844)


def test_wards_that_touch_are_neighbours_as_shapely_has_it(wards):
    queen, rook = wm.contiguity(wards), wm.contiguity(wards, kind="rook")
    assert len(queen.indptr) == 19 and len(queen.islands) == 0 and len(rook.indices) <= len(queen.indices)
    pairs = {(i, int(j)) for i in range(18) for j in queen.indices[queen.indptr[i]:queen.indptr[i + 1]]}
    assert pairs == {(j, i) for i, j in pairs}
    with pytest.raises(ValueError, match="rook"):
        wm.contiguity(wards, kind="bishop")
    pytest.importorskip("geopandas")
    shapes = wards.to_geopandas().geometry
    assert pairs == {(i, j) for i in range(18) for j in range(18) if i != j and shapes[i].touches(shapes[j])}
