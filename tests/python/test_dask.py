"""Counters of several processes on a Dask cluster add up to what one process counts."""
import importlib

import pytest

import wardmap as wm
from conftest import ROOT

dask = pytest.importorskip("dask")
distributed = pytest.importorskip("distributed")
pandas = pytest.importorskip("pandas")

EXAMPLE = ROOT / "examples/dask/count_on_dask.py"
SIMULATED = ROOT / "examples/notebooks/data/simulated_events.csv.gz"
LOCAL_PORT = "127.0.0.1:0"  # whichever is free
OPTIONS = {
    "by": "offence", "marker": ["alcohol", "drug"], "x": "longitude", "y": "latitude",
    "date": "recorded_at", "crs": "EPSG:4326",
}  # fmt: skip


@pytest.fixture(scope="module")
def example():
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(EXAMPLE.parent))  # the workers get this path too, for the functions go to them by name
        yield importlib.import_module(EXAMPLE.stem)


@pytest.fixture(scope="module")
def cluster(example):
    with distributed.Client(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=LOCAL_PORT) as client:
        yield client


@pytest.fixture(scope="module")
def events():
    return pandas.read_csv(SIMULATED)


@pytest.mark.parametrize("partitions", [1, 7, 20])
@pytest.mark.parametrize("periods", [["month", "year", "year-to:2022-06"], ["weekday-hour"]], ids=["calendar", "hours"])
def test_the_answer_of_a_cluster_is_that_of_one_process(periods, partitions, example, cluster, events, wards):
    import dask.dataframe

    with pytest.warns(wm.WardmapWarning):
        single = wm.Counter(wards, **OPTIONS, period=periods[0])
        single.add(events)
    parted = dask.dataframe.from_pandas(events, npartitions=partitions, sort=False)
    counter = example.count_on_cluster(parted, wards, **OPTIONS, period=periods[0])
    for period in periods:
        pandas.testing.assert_frame_equal(counter.table(period=period, like="pandas"), single.table(period=period, like="pandas"))
    assert counter.ledger == single.ledger
    assert counter.ledger["rows_read"] == len(events) == 11304


def test_the_work_is_done_by_several_processes(example, cluster, events, wards):
    import os

    def process_of(part):
        example.counted(part, wards, OPTIONS)
        return os.getpid()

    halves = [events.iloc[:5000], events.iloc[5000:]]
    workers = list(cluster.scheduler_info()["workers"])
    done = {cluster.submit(process_of, half, workers=[worker]).result() for half, worker in zip(halves, workers)}
    assert len(done) == 2 and os.getpid() not in done


def test_an_empty_partition_counts_nothing(example, cluster, events, wards):
    import dask.dataframe

    few = events.iloc[:300]
    parted = dask.dataframe.from_pandas(few, npartitions=4, sort=False)
    with_empty = parted[parted.offence == "STALKING AND HARASSMENT"]
    counter = example.count_on_cluster(with_empty, wards, **OPTIONS)
    assert counter.ledger["rows_read"] == (few.offence == "STALKING AND HARASSMENT").sum()


def test_a_fault_of_one_partition_is_said_as_it_is_in_one_process(example, cluster, events, wards):
    import dask.dataframe

    parted = dask.dataframe.from_pandas(events.rename(columns={"offence": "kind"}), npartitions=3, sort=False)
    with pytest.raises(KeyError, match="offence"):
        example.count_on_cluster(parted, wards, **OPTIONS)


def test_the_example_counts_the_invented_street_files(example, cluster, capsys):
    example.main(str(example.STREET))
    shown = capsys.readouterr().out
    assert "'rows_read': 1200" in shown and "St Michael's" in shown
