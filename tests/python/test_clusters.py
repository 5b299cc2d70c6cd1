"""Neighbours' statistics and the scan from Python; the numbers themselves are held by tests/unit/cluster."""
import csv
import json
import pathlib
import pickle
import shutil
import subprocess
import threading
import time

import numpy as np
import pytest

import wardmap as wm

SHARED = pathlib.Path(__file__).resolve().parents[2].parent / "shared/data"


@pytest.fixture
def small_areas():
    """Coventry's small areas, their deprivation of 2015 and their people."""
    if not SHARED.is_dir():
        pytest.skip("the shared data are not here")
    areas = wm.read_areas(SHARED / "boundaries/coventry_lsoa11.geojson")
    rows = {r["lsoa_code"]: r for r in csv.DictReader((SHARED / "imd/coventry_imd2015_lsoa11.csv").open())}
    people = {r["lsoa_code"]: r for r in csv.DictReader((SHARED / "population/coventry_lsoa11_mid2019_5year.csv").open())}
    scores = np.array([float(rows[code]["imd2015_score"]) for code in areas.codes])
    return areas, scores, np.array([float(people[code]["all_ages"]) for code in areas.codes])


def chessboard(n):
    """An n by n board: neighbours along edges."""
    rows = []
    for place in range(n * n):
        y, x = divmod(place, n)
        rows.append([b * n + a for a, b in ((x, y - 1), (x - 1, y), (x + 1, y), (x, y + 1)) if 0 <= a < n and 0 <= b < n])
    return np.cumsum([0, *map(len, rows)]), np.array([i for row in rows for i in row])


def test_results_unpack_in_the_order_of_the_contract():
    board = chessboard(5)
    values = np.arange(25.0)
    i, expected, variance, z, p_two_sided, p_permutation = wm.moran(values, board, permutations=99)
    assert expected == -1 / 24 and i > 0.5 and z > 3 and p_two_sided < 0.01 and p_permutation == 0.02 and variance > 0
    r = wm.local_moran(values, board, permutations=99)
    i, z, lag, pattern, p_greater, p_less, p_two_sided = r
    assert r["pattern"][0] == "LL" and r.pattern[24] == "HH" and len(i) == len(z) == len(lag) == 25
    assert np.array_equal(p_two_sided, np.minimum(1, 2 * np.minimum(p_greater, p_less)))
    z, p_two_sided = wm.getis_ord(values, board)
    assert z[0] < 0 < z[24] and 0 < p_two_sided[0] < 1
    assert set(pickle.loads(pickle.dumps(r)).pattern) <= {"HH", "LL", "HL", "LH", ""}


def test_by_hand_on_three_areas_in_a_row():
    # 1, 2, 6: mean 3, deviations -2, -1, 3; m2 = 14/3. Lags of the row style: -1, 0.5, -1.
    line = ([0, 1, 3, 4], [1, 0, 2, 1])
    r = wm.local_moran([1, 2, 6], line, permutations=0)
    assert np.allclose(r.i, np.array([2, -0.5, -3]) / (14 / 3)) and r.pattern.tolist() == ["LL", "LH", "HL"]
    assert np.allclose(wm.local_moran([1, 2, 6], line, permutations=0, divisor="n-1").i, np.array([2, -0.5, -3]) / 7)
    assert np.isnan(r.p_greater).all() and np.isnan(wm.moran([1, 2, 6], line, permutations=0).p_permutation)
    assert wm.moran([1, 2, 6], line, permutations=0).i == pytest.approx((2 - 0.5 - 3) / 14)


def test_p_is_the_same_on_any_number_of_threads_and_another_with_another_seed():
    board = chessboard(12)
    values = np.random.default_rng(3).normal(size=144)
    one = wm.local_moran(values, board, permutations=199, threads=1)
    assert np.array_equal(one.p_two_sided, wm.local_moran(values, board, permutations=199, threads=3).p_two_sided)
    assert not np.array_equal(one.p_two_sided, wm.local_moran(values, board, permutations=199, seed=2).p_two_sided)
    counts, people = np.arange(144) % 7, np.full(144, 100)
    x, y = np.arange(144) % 12, np.arange(144) // 12
    assert [c.p_value for c in wm.scan(counts, people, x, y, threads=1)] == [c.p_value for c in wm.scan(counts, people, x, y, threads=3)]


def test_missing_values_and_islands_are_nan_and_said():
    line = ([0, 1, 3, 4, 4], [1, 0, 2, 1])
    r = wm.local_moran([1, 2, np.nan, 6], line, permutations=9)
    assert np.isnan(r.i).tolist() == [False, False, True, True] and r.pattern.tolist()[2:] == ["", ""]
    assert "1 missing value is left out" in r.method and "1 area without neighbours" in r.method
    for name in ("row", "n", "without replacement", "seed 1"):
        assert name in r.method
    assert np.isnan(wm.getis_ord([1, 2, np.nan, 6], line).z[2])
    equal = wm.local_moran([5, 5, 5, 5], line)
    assert np.isnan(equal.i).all() and "equal" in equal.method


def test_neighbours_come_from_contiguity_areas_matrices_and_weights(wards):
    values = np.arange(18.0) ** 2
    queen = wm.contiguity(wards)
    expected = wm.moran(values, queen, permutations=0).i
    assert wm.moran(values, wards, permutations=0).i == expected
    assert wm.moran(values, "coventry-wards", permutations=0).i == expected
    assert wm.moran(values, (queen.indptr, queen.indices), permutations=0).i == expected
    sparse = pytest.importorskip("scipy.sparse")
    ones = sparse.csr_matrix((np.ones(len(queen.indices)), queen.indices, queen.indptr), shape=(18, 18))
    assert wm.moran(values, ones, permutations=0).i == expected
    by_row = sparse.csr_matrix(ones.multiply(1 / ones.sum(axis=1)))
    assert wm.moran(values, by_row, permutations=0).i == expected
    ones.data[0] = 2
    with pytest.raises(ValueError, match="style="):
        wm.moran(values, ones)


@pytest.mark.parametrize("rows, words", [
    (([0, 1], [0]), "neighbour of itself"), (([0, 1, 1], [2]), "none of the 2 areas"), (([0, 1, 1], [-1]), "none of the 2 areas"),
    (([0, 2, 2], [1, 1]), "twice"), (([0, 2], [1]), "do not fit"), (([0, 1, 2], [1, 0]), "3 values and neighbours of 2 areas"),
    ((["a"], []), "whole numbers"),
])
def test_what_cannot_be_neighbours_is_refused(rows, words):
    with pytest.raises(ValueError, match=words):
        wm.local_moran([1, 2, 3], rows)


def test_choices_that_are_none_suggest_what_there_is():
    line = ([0, 1, 2], [1, 0])
    with pytest.raises(ValueError, match="binary"):
        wm.moran([1, 2], line, style="binry")
    with pytest.raises(ValueError, match="n-1"):
        wm.local_moran([1, 2], line, divisor="n-2")
    with pytest.raises(ValueError, match="shape"):
        wm.moran(np.ones((2, 2)), line)


def test_areas_drawn_twice_are_warned_of(tmp_path):
    square = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]}
    feature = lambda code: {"type": "Feature", "properties": {"code": code}, "geometry": square}
    layer = tmp_path / "twice.geojson"
    layer.write_text(json.dumps({"type": "FeatureCollection", "features": [feature("a"), feature("b")]}))
    areas = wm.read_areas(layer, code="code", crs="EPSG:27700")
    with pytest.warns(wm.WardmapWarning, match="a = b"):
        assert wm.contiguity(areas).indices.tolist() == [1, 0]


def test_empirical_bayes_draws_small_areas_to_the_rate_of_all():
    count, people = [10, 10, 40], [100, 200, 200]
    r = wm.empirical_bayes(count, people)
    assert np.allclose(r.values, [0.12 - 0.00388 * 0.02 / 0.00508, 0.12 - 0.00388 * 0.07 / 0.00448, 0.12 + 0.00388 * 0.08 / 0.00448])
    local = wm.empirical_bayes(count, people, neighbours=([0, 2, 4, 6], [1, 2, 0, 2, 0, 1]))
    assert np.allclose(local, r) and "local" in local.method and "global" in r.method
    assert np.isnan(wm.empirical_bayes([1, 2], [0, 10])[0])
    with pytest.raises(ValueError, match="negative"):
        wm.empirical_bayes([-1], [10])


def test_scan_finds_the_planted_cluster():
    x, y = np.arange(144) % 12, np.arange(144) // 12
    people = np.full(144, 100)
    count = np.full(144, 2)
    planted = [0, 1, 12, 13]
    count[planted] = 12
    r = wm.scan(count, people, x, y)
    assert len(r) >= 1 and r[0] is r[:1][0] and list(r)[0] is r[0]
    assert sorted(r[0].members) == planted and r[0].count == 48 and r[0].p_value == 0.001
    assert r[0].expected == pytest.approx(328 * 4 / 144) and r[0]["rr"] > 5
    assert np.flatnonzero(r.cluster_of == 0).tolist() == planted
    assert "999 replications" in r.method and r.replications == 999
    again = pickle.loads(pickle.dumps(r))
    assert again[0].llr == r[0].llr and again.method == r.method
    pytest.importorskip("pandas")
    assert r.to_pandas().loc[0, "count"] == 48
    none = wm.scan(np.zeros(144), people, x, y)
    assert len(none) == 0 and "no events" in none.method and len(none.to_pandas()) == 0


def test_scan_refuses_what_makes_no_sense():
    x = y = np.arange(5.0)
    with pytest.raises(ValueError, match="no place has at most 50 people"):
        wm.scan([1] * 5, [100] * 5, x, y, max_population=50)
    with pytest.raises(ValueError, match="whole numbers"):
        wm.scan([1.5] * 5, [100] * 5, x, y)
    with pytest.raises(ValueError, match="0.5"):
        wm.scan([1] * 5, [100] * 5, x, y, max_share=0.9)
    unpeopled = wm.scan([5, 1, 1, 1, 1], [0, 100, 100, 100, 100], x, y)
    assert "5 events with it" in unpeopled.method and (unpeopled.cluster_of[0] == -1)


def test_scan_is_satscans_on_the_reference_case():
    reference = SHARED / "reference"
    if not reference.is_dir():
        pytest.skip("the reference cases are not here")
    rows = list(csv.DictReader((reference / "scan_ny_leukemia_inputs.csv").open()))
    column = lambda name: np.array([float(r[name]) for r in rows])
    run = json.loads((reference / "scan_ny_leukemia_expected.json").read_text())["runs"][0]
    got = wm.scan(column("cases"), column("population"), column("x"), column("y"))
    for cluster, expected in zip(got, run["clusters_non_overlapping"]):
        assert {rows[i]["id"] for i in cluster.members} == set(expected["ids"])
        assert cluster.llr == pytest.approx(expected["satscan_llr"], abs=1e-6)


def test_other_threads_run_during_a_scan():
    seen, done = [], threading.Event()

    def watch():
        while not done.wait(0.001):
            seen.append(time.perf_counter())

    x, y = np.arange(900) % 30, np.arange(900) // 30
    watcher = threading.Thread(target=watch)
    watcher.start()
    start = time.perf_counter()
    wm.scan(np.arange(900) % 5, np.full(900, 50), x, y, permutations=1999, threads=1)
    end = time.perf_counter()
    done.set()
    watcher.join()
    assert any(start + (end - start) / 4 < moment < end - (end - start) / 4 for moment in seen)


SPDEP = """
suppressMessages(library(spdep)); options(digits = 17)
d <- read.csv("areas.csv"); rows <- readLines("rows.txt")
nb <- lapply(strsplit(rows, " "), function(r) if (length(r)) as.integer(r) else 0L)
class(nb) <- "nb"; attr(nb, "region.id") <- as.character(seq_along(nb))
m <- moran.test(d$x, nb2listw(nb, style = "W"))
l <- localmoran(d$x, nb2listw(nb, style = "W"), conditional = TRUE)
out <- data.frame(i = l[, 1], z = l[, 4], gi = as.numeric(localG(d$x, nb2listw(nb, style = "B"))),
  star = as.numeric(localG(d$x, nb2listw(include.self(nb), style = "B"))),
  eb = EBest(floor(d$x), d$people)$estmm, near = EBlocal(floor(d$x), d$people, nb, geoda = TRUE)$est,
  moran = m$estimate[1], variance = m$estimate[3])
write.csv(out, "out.csv", row.names = FALSE)
"""


def test_rs_spdep_agrees_on_coventrys_small_areas(small_areas, tmp_path):
    rscript = shutil.which("Rscript")
    if not rscript or subprocess.run([rscript, "-e", "library(spdep)"], capture_output=True).returncode != 0:
        pytest.skip("R with spdep is not here (Debian: r-cran-spdep)")
    areas, x, people = small_areas
    queen = wm.contiguity(areas)
    (tmp_path / "areas.csv").write_text("x,people\n" + "".join(f"{a!r},{b!r}\n" for a, b in zip(x.tolist(), people.tolist())))
    rows = [" ".join(str(j + 1) for j in queen.indices[a:b]) for a, b in zip(queen.indptr, queen.indptr[1:])]
    (tmp_path / "rows.txt").write_text("\n".join(rows) + "\n")
    (tmp_path / "run.R").write_text(SPDEP)
    subprocess.run([rscript, "run.R"], cwd=tmp_path, check=True)
    out = list(csv.DictReader((tmp_path / "out.csv").open()))
    spdep = lambda name: np.array([float(r[name]) for r in out])
    local = wm.local_moran(x, queen, permutations=0)
    assert np.allclose(local.i, spdep("i"), rtol=1e-9) and np.allclose(local.z, spdep("z"), rtol=1e-9)
    assert np.allclose(wm.getis_ord(x, queen, star=False).z, spdep("gi"), rtol=1e-9)
    assert np.allclose(wm.getis_ord(x, queen).z, spdep("star"), rtol=1e-9)
    assert np.allclose(wm.empirical_bayes(np.floor(x), people), spdep("eb"), rtol=1e-9)
    assert np.allclose(wm.empirical_bayes(np.floor(x), people, queen), spdep("near"), rtol=1e-9)
    whole = wm.moran(x, queen, permutations=0)
    assert whole.i == pytest.approx(spdep("moran")[0], rel=1e-9) and whole.variance == pytest.approx(spdep("variance")[0], rel=1e-9)
