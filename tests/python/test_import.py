"""Importing: quick, with NumPy alone, and beside libraries that carry a GDAL, GEOS and PROJ of their own."""
import subprocess
import sys

import pytest

from conftest import LAYERS

OTHERS = ("geopandas", "pyogrio", "shapely")

USE = """
import json, sys
import numpy as np
import wardmap as wm
wards = wm.areas("coventry-wards")
wards.take(np.array([0, -1]))
name = wards.names[int(wm.locate([433450.0], [279050.0], wards, crs="EPSG:27700")[0])]
frame = wards.to_geopandas()
joined = shapely.contains(frame.to_crs(27700).geometry.to_numpy(), shapely.Point(433450, 279050))
assert name == "St Michael's" == frame.area_name[int(np.flatnonzero(joined)[0])]
assert wm.read_areas(frame.to_crs(27700)).crs == "EPSG:27700"
read = pyogrio.read_dataframe(LAYER)
assert len(read) and read.crs == "EPSG:27700"
if "GDAL" in wm.build_info()["loaded"]:
    assert wm.read_areas(LAYER).codes == wm.read_areas(read).codes
print("both work")
"""


def ran(code):
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=300)


# What is in the process when wardmap comes: nothing, shapely's GEOS, pyogrio's GDAL, all of them (geopandas brings shapely).
ORDERS = [
    ("wardmap", "geopandas", "pyogrio", "shapely"),
    ("shapely", "wardmap", "pyogrio", "geopandas"),
    ("pyogrio", "wardmap", "shapely", "geopandas"),
    ("geopandas", "pyogrio", "shapely", "wardmap"),
]


@pytest.mark.parametrize("order", ORDERS, ids=" ".join)
def test_any_order_works_and_then_each_does(order):
    for name in OTHERS:
        pytest.importorskip(name)
    imports = "".join(f"import {name}\n" for name in order)
    done = ran(imports + USE.replace("LAYER", repr(str(LAYERS / "zipped_shapefile.zip"))))
    assert done.returncode == 0 and "both work" in done.stdout, done.stderr


def test_only_numpy_and_the_standard_library_are_imported():
    done = ran(
        "import sys, numpy; before = set(sys.modules); import wardmap\n"
        "new = {name.partition('.')[0] for name in set(sys.modules) - before}\n"
        "print(sorted(new - set(sys.stdlib_module_names) - {'wardmap', 'numpy'}))"
    )
    assert done.stdout.strip() == "[]", done.stdout


def test_nothing_heavy_of_the_standard_library_is_imported():
    done = ran(
        "import sys, numpy; before = set(sys.modules); import wardmap\n"
        "print(sorted({'asyncio', 'http', 'ssl', 'sqlite3', 'unittest', 'multiprocessing', 'xml'} & (set(sys.modules) - before)))"
    )
    assert done.stdout.strip() == "[]", done.stdout
