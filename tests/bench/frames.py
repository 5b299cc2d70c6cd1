"""`frames.py PACKAGE TASK ...`: what the Python package takes, in one process of its own; prints one line `RESULT {...}`.

PACKAGE is the folder that `wardmap` is imported from. Tasks:
    import                              importing it, NumPy there already
    locate AREAS POINTS THREADS         points in memory to areas, the index made; POINTS as for bench_locate_points
    sjoin AREAS POINTS                  the same through geopandas.sjoin, its trees made anew as it always does
    count LIBRARY AREAS EVENTS THREADS  a CSV of events that pandas, polars or pyarrow holds, by ward, month and kind
Seconds are medians of several calls; what is read before is not in them.
"""
import json
import resource
import statistics
import sys
import time

import numpy as np


def clock():
    return time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF).ru_utime


def measured(call, runs=9):
    """Median wall and user seconds of `call`, and what it gave last; the first call, which makes the index, is not counted."""
    call()
    walls, users = [], []
    for _ in range(runs):
        start = clock()
        made = call()
        end = clock()
        walls.append(end[0] - start[0])
        users.append(end[1] - start[1])
    return {"wall": statistics.median(walls), "user": statistics.median(users)}, made


def points_of(path):
    numbers = np.fromfile(path)
    return np.split(numbers, 2)


def checksum(where):
    """As of bench_locate_points."""
    inside = where >= 0
    at = np.arange(len(where), dtype=np.uint64)
    return int(inside.sum()), int(((where.astype(np.int64) + 1)[inside].astype(np.uint64) * (at % 1009 + 1)[inside]).sum())


def locate(areas, points, threads):
    import wardmap as wm

    found = wm.read_areas(areas)
    x, y = points_of(points)
    said, where = measured(lambda: wm.locate(x, y, found, threads=int(threads)))
    said["assigned"], said["hash"] = checksum(where)
    return said


def sjoin(areas, points):
    import geopandas

    polygons = geopandas.read_file(areas)[["geometry"]]
    x, y = points_of(points)
    frame = geopandas.GeoDataFrame(geometry=geopandas.points_from_xy(x, y), crs=polygons.crs)
    said, joined = measured(lambda: geopandas.sjoin(frame, polygons, how="left", predicate="intersects"), runs=2)
    where = joined.groupby(level=0)["index_right"].min().fillna(-1).to_numpy(dtype="int32")
    said["assigned"], said["hash"] = checksum(where)
    return said


def count(library, areas, events, threads):
    import wardmap as wm

    columns = ["Month", "Longitude", "Latitude", "Crime type"]
    if library == "pandas":
        import pandas

        frame = pandas.read_csv(events, usecols=columns)
    elif library == "polars":
        import polars

        frame = polars.read_csv(events, columns=columns)
    else:
        from pyarrow import csv, string

        frame = csv.read_csv(events, convert_options=csv.ConvertOptions(include_columns=columns, column_types={"Month": string()}))
    found = wm.read_areas(areas)
    by = {"date": "Month", "period": "month", "by": "Crime type"}
    said, table = measured(lambda: wm.count(frame, areas=found, threads=int(threads), **by))
    said["assigned"], said["hash"] = wm.ledger(table)["located"], wm.ledger(table)["rows_read"]
    return said


def main():
    package, task, *words = sys.argv[1:]
    sys.path.insert(0, package)
    if task == "import":
        start = clock()
        import wardmap  # noqa: F401

        end = clock()
        said = {"wall": end[0] - start[0], "user": end[1] - start[1], "assigned": "", "hash": ""}
    else:
        said = {"locate": locate, "sjoin": sjoin, "count": count}[task](*words)
    print("RESULT", json.dumps(said))


if __name__ == "__main__":
    main()
