"""Many threads on one set of areas, the interpreter free meanwhile, and nothing left behind."""
import gc
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

import wardmap as wm

THREADS = 8


@pytest.fixture(scope="module")
def points():
    rng = np.random.default_rng(1)
    return rng.uniform(-1.62, -1.42, 200_000), rng.uniform(52.36, 52.47, 200_000)


def at_once(call):
    start = threading.Barrier(THREADS)

    def one(_):
        start.wait()
        return call()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(one, range(THREADS)))


def test_eight_threads_on_new_areas_get_one_answer(points):
    """The index is made by whichever comes first, once."""
    expected = wm.locate(*points, wm.areas("coventry-wards"))
    fresh = wm.areas("coventry-wards")
    for found in at_once(lambda: wm.locate(*points, fresh)):
        np.testing.assert_array_equal(found, expected)


@pytest.mark.filterwarnings("ignore::wardmap.WardmapWarning")
def test_eight_threads_count_compute_and_draw_the_same(points, wards, offences, population):
    events = {"Longitude": points[0], "Latitude": points[1], "kind": np.resize(["a", "b", "c"], len(points[0]))}

    def everything():
        counts = wm.count(events, areas=wards, by="kind", threads=2)
        table = wm.indicators(offences, areas=wards, area="ward", before="yt_june_2021", after="yt_june_2022", population=population)
        figure = wm.choropleth(table, areas=wards, column="rate")
        queen = wm.contiguity(wards)
        moran = wm.local_moran(table.rate, queen, permutations=99, threads=2)
        return counts["count"].tolist(), table.to_csv(), figure.svg(), figure.png(dpi=50), moran.p_two_sided.tolist()

    first, *others = at_once(everything)
    assert all(one == first for one in others)


LONG_CALLS = {
    "locate": lambda p, w: wm.locate(*p, w, threads=1),
    "locate in another system": lambda p, w: wm.locate(p[0] * 0 + 433450.0, p[1] * 0 + 279050.0, w, crs="EPSG:27700", threads=1),
    "count": lambda p, w: wm.count({"Longitude": p[0], "Latitude": p[1]}, areas=w, threads=1),
    "local_moran": lambda p, w: wm.local_moran(np.arange(18.0), w, permutations=20_000, threads=1),
    "scan": lambda p, w: wm.scan(np.arange(18), np.full(18, 99), np.arange(18), np.arange(18), permutations=20_000, threads=1),
    "quadrant_chances": lambda p, w: wm.quadrant_chances(np.arange(18), np.arange(18), np.full(18, 99), draws=20_000, threads=1),
    "read_areas": lambda p, w: wm.read_areas(w.__geo_interface__),
    "choropleth": lambda p, w: wm.choropleth({"area_code": list(w.codes), "rate": np.arange(18.0)}, areas=w, column="rate").png(),
    "interpolate": lambda p, w: wm.interpolate(np.arange(18.0), w, w, threads=1),
}


@pytest.mark.filterwarnings("ignore::wardmap.WardmapWarning")
@pytest.mark.parametrize("call", LONG_CALLS.values(), ids=LONG_CALLS)
def test_other_threads_run_while_a_call_works(points, wards, call):
    """Another thread counts while one call works. With an interpreter that hands over only when asked (a switch
    interval of minutes), the count can only move where the call lets go of it: how fast the machine is does not matter."""
    counted, stop, ready = [0], threading.Event(), threading.Event()

    def count():
        ready.set()
        while not stop.is_set():
            counted[0] += 1
            time.sleep(0.0005)  # lets go of the interpreter, and takes it when it is free

    before = sys.getswitchinterval()
    thread = threading.Thread(target=count)
    thread.start()
    ready.wait()
    sys.setswitchinterval(600)
    try:
        moved = 0
        for _ in range(200):  # a short call may be over before the other thread has woken up
            at = counted[0]
            call(points, wards)
            moved += counted[0] - at
            if moved:
                break
    finally:
        sys.setswitchinterval(before)
        stop.set()
        thread.join()
    assert moved > 0


def resident():
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * 4096


CALLS = {
    "locate": lambda p, w: wm.locate(p[0][:20_000], p[1][:20_000], w),
    "count": lambda p, w: wm.count({"Longitude": p[0][:20_000], "Latitude": p[1][:20_000]}, areas=w),
    "areas": lambda p, w: wm.read_areas(w.__geo_interface__),
    "arrow": lambda p, w: wm.read_areas(pytest.importorskip("pyarrow").table(w)),
    "svg": lambda p, w: wm.choropleth({"area_code": list(w.codes), "rate": np.arange(18.0)}, areas=w, column="rate").svg(),
    "table": lambda p, w: wm.Table([("n", np.zeros(50_000)), ("t", ["text of a length"] * 5000 + [""] * 45_000)]).to_dict(),
    "error": lambda p, w: pytest.raises(ValueError, wm.locate, p[0], p[1][:5], w),
    "error in the compiled half": lambda p, w: pytest.raises(ValueError, wm.class_breaks, p[0], scheme="nowhere"),
    "unread stream": lambda p, w: (w.__arrow_c_stream__(), wm.Table([("n", np.zeros(50_000))]).__arrow_c_stream__()),
    "pickle": lambda p, w: __import__("pickle").loads(__import__("pickle").dumps(w)),
}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks at /proc")
@pytest.mark.filterwarnings("ignore::wardmap.WardmapWarning")
@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_calls_repeated_leave_nothing_behind(points, wards, call):
    """Two hundred calls after as many that fill the caches; what each leaves would add up to far more than the margin."""
    for _ in range(50):
        call(points, wards)
    gc.collect()
    before = resident()
    for _ in range(200):
        call(points, wards)
    gc.collect()
    assert resident() - before < 16_000_000


@pytest.mark.filterwarnings("ignore::wardmap.WardmapWarning")
def test_inputs_and_areas_are_not_held(points):
    import weakref

    x = points[0].copy()
    wards = wm.areas("coventry-wards")
    counts = sys.getrefcount(x), sys.getrefcount(wards)
    for _ in range(20):
        wm.locate(x, points[1], wards)
        wm.count({"Longitude": x, "Latitude": points[1]}, areas=wards)
        with pytest.raises(ValueError):
            wm.locate(x, points[1][:3], wards)
    gc.collect()
    assert (sys.getrefcount(x), sys.getrefcount(wards)) == counts
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"Longitude": x, "Latitude": points[1]})
    gone = weakref.ref(frame)
    located = wm.locate(frame, wards)
    del frame
    gc.collect()
    assert gone() is None and len(located) == len(x)
