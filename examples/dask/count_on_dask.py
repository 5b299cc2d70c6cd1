"""Events counted on a Dask cluster: each partition by a Counter of its own, the counters added up.

Dask distributes, wardmap counts. The answer is that of one wm.count over all of it, to the row, and so is the ledger.
Here the cluster is two processes on this machine; on a real one give Client the address of its scheduler. wardmap must be installed
on the workers, in the same version.

    python examples/dask/count_on_dask.py [PATTERN]
"""

import pathlib
import sys

import dask
import dask.dataframe as dd
from dask.distributed import Client

import wardmap as wm

STREET = pathlib.Path(__file__).resolve().parents[1] / "notebooks/data/invented-street/*/*.csv"
FEW = 8  # counters merged at once


def counted(events, areas, options):
    """One partition's counter. A worker is one of many on its machine, so it takes one thread."""
    counter = wm.Counter(areas, **options, threads=1)
    if len(events) > 0:
        counter.add(events)
    return counter


def merged(counters):
    """The sum of some. Copies are not needed: each counter is used once."""
    first, *others = counters
    for counter in others:
        first.merge(counter)
    return first


def count_on_cluster(events, areas, **options):
    """The counter of a whole dask.dataframe. options: as of wm.Counter. What goes over the wire is the areas and the counters, never rows."""
    areas = dask.delayed(areas)
    counters = [dask.delayed(counted)(part, areas, options) for part in events.to_delayed()]
    while len(counters) > 1:
        counters = [dask.delayed(merged)(counters[at : at + FEW]) for at in range(0, len(counters), FEW)]
    return counters[0].compute()


def main(pattern):
    # Columns that are empty in one file and texts in the next are texts in all.
    events = dd.read_csv(pattern, dtype={"Crime ID": str, "LSOA code": str, "LSOA name": str, "Last outcome category": str, "Context": str})
    with Client(n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0"):
        counter = count_on_cluster(events, wm.areas("coventry-wards"), by="Crime type", period="month")
    table = counter.table(period="year", like="pandas")
    print(table.groupby("area_name", sort=False)["count"].sum().to_string())
    print(counter.ledger)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else str(STREET))
