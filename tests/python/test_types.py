"""Types: the package is strict, its stubs are those of the compiled half, and a user's program type-checks."""
import pathlib
import subprocess
import sys

import pytest

import wardmap as wm

pytest.importorskip("mypy")
PACKAGE = pathlib.Path(wm.__file__).parent

SETTINGS = """
[mypy]
strict = True
python_version = 3.10
cache_dir = {cache}
# Frame libraries come with types or without them, each in its own version; ours are what is checked.
[mypy-geopandas.*,pandas.*,polars.*,pyarrow.*,shapely.*,tqdm.*,dask.*,IPython.*,matplotlib.*]
ignore_missing_imports = True
follow_imports = skip
"""

# pybind11 makes its classes by a metaclass of its own; a class that cannot be made by hand has the constructor of every object;
# pages of notebooks are put on the classes from Python, where self has another name; the names of types are for checkers only.
ALLOWED = r"""
wardmap\._wardmap\.[A-Z]\w+
wardmap\._wardmap\.[A-Z]\w+\.__init__
wardmap\._wardmap\.(AreaSet|Table)\._repr_html_
"""

PROGRAM = '''
import numpy as np
import numpy.typing as npt
import wardmap as wm

wards: wm.AreaSet = wm.areas("coventry-wards")
where: npt.NDArray[np.int32] = wm.locate(np.zeros(3), np.zeros(3), wards)
codes: tuple[str, ...] = wards.codes
figure: wm.Figure = wm.choropleth("rates.csv", areas=wards, column="rate")
figure.save("rate.svg", overwrite=True)
picture: bytes = figure.png(dpi=150)
limits: wm.Result = wm.rate_limits([1, 2], [10, 20])
counter = wm.Counter(wards, by="kind")
counter.add({"x": [1.0], "y": [2.0]})
try:
    wm.read_areas("nowhere.gpkg")
except wm.NameUnknown as error:
    column: str | None = error.column
wm.locate(np.zeros(3), np.zeros(3), wards, threads="two")  # E
figure.save(overwrite="yes")  # E
wards.codes = ()  # E
'''


def ran(tmp_path, *words, settings=SETTINGS):
    # One cache for all: the types of NumPy take longest.
    (tmp_path / "mypy.ini").write_text(settings.format(cache=tmp_path.parent / "mypy-cache"))
    return subprocess.run([sys.executable, "-m", *words], capture_output=True, text=True, cwd=tmp_path, timeout=600)


def test_the_package_is_strict(tmp_path):
    done = ran(tmp_path, "mypy", "--config-file", "mypy.ini", PACKAGE)
    assert done.returncode == 0, done.stdout


def test_the_stubs_are_those_of_the_compiled_half(tmp_path):
    (tmp_path / "allowed.txt").write_text(ALLOWED)
    done = ran(tmp_path, "mypy.stubtest", "wardmap._wardmap", "--allowlist", "allowed.txt", "--mypy-config-file", "mypy.ini",
               "--ignore-unused-allowlist", settings=SETTINGS.replace("cache_dir = {cache}", ""))  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_a_users_program_type_checks_and_wrong_calls_do_not(tmp_path):
    (tmp_path / "program.py").write_text(PROGRAM)
    done = ran(tmp_path, "mypy", "--config-file", "mypy.ini", "program.py")
    wrong = {int(line.split(":")[1]) for line in done.stdout.splitlines() if ": error:" in line}
    assert wrong == {n for n, line in enumerate(PROGRAM.splitlines(), 1) if line.endswith("# E")}, done.stdout
