"""The package as it is installed: whole by itself, in an environment where nothing else of wardmap is."""

import base64
import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest
import wardmap as wm

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("WARDMAP_PYTHON_TREE", ROOT / "build/release/python")).parent


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """What `pip install .` would install, from the build that is there: compiled parts and data by CMake, the rest as it lies."""
    folder = tmp_path_factory.mktemp("package")
    subprocess.run(["cmake", "--install", BUILD, "--component", "python", "--prefix", folder], check=True, capture_output=True)
    for path in (ROOT / "bindings/python/wardmap").iterdir():
        if path.suffix in (".py", ".pyi") or path.name == "py.typed":
            shutil.copy(path, folder / "wardmap")
    return folder


def run(package, code, **environment):
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "WARDMAP", "LD_", "PROJ"))}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=package, env={**clean, **environment}, capture_output=True, text=True, check=True).stdout


def test_it_holds_what_it_needs_and_no_gdal(package):
    inside = {str(path.relative_to(package / "wardmap")) for path in (package / "wardmap").rglob("*")}
    assert {"share/proj/proj.db", "share/fonts/LiberationSans-Regular.ttf", "share/boundaries/catalogue.toml", "py.typed", "_wardmap.pyi"} <= inside
    assert not [name for name in inside if "gdal" in name.lower()]
    shown = run(package, "import wardmap as wm; print(wm.__file__); print('GDAL' in wm.build_info()['loaded'])").split()
    assert shown == [str(package / "wardmap/__init__.py"), "False"]


def test_projs_data_are_its_own_whatever_others_set(package):
    """pyproj, pyogrio and rasterio set PROJ_DATA to theirs, of another version; here to nothing at all."""
    code = """
import wardmap as wm
wards = wm.areas("coventry-wards")
print(wm.locate([-168210.0], [6880260.0], wards, crs="EPSG:3857").tolist())
"""
    here = wm.locate([-168210.0], [6880260.0], wm.areas("coventry-wards"), crs="EPSG:3857").tolist()
    assert here != [-1]
    assert run(package, code, PROJ_DATA="/nonexistent", PROJ_LIB="/nonexistent").strip() == str(here)


def test_formats_of_gdal_say_how_to_go_on(package):
    code = """
import wardmap as wm
open("a.gpkg", "wb").write(b"SQLite format 3")
try:
    wm.read_areas("a.gpkg")
except wm.Error as error:
    print(error)
"""
    said = run(package, code)
    assert "pyogrio" in said or "geopandas" in said.lower(), said


def wheel_of(package, folder):
    """The folder as a wheel (PEP 427)."""
    version = wm.__version__
    tag = f"cp{sys.version_info.major}{sys.version_info.minor}-cp{sys.version_info.major}{sys.version_info.minor}-" + sysconfig.get_platform().replace("-", "_").replace(".", "_")
    about = f"wardmap-{version}.dist-info"
    files = {str(path.relative_to(package)): path.read_bytes() for path in sorted(package.rglob("*")) if path.is_file() and "__pycache__" not in path.parts}
    files = {name: data for name, data in files.items() if name.startswith("wardmap/")}
    files[f"{about}/METADATA"] = f"Metadata-Version: 2.1\nName: wardmap\nVersion: {version}\nRequires-Dist: numpy\n".encode()
    files[f"{about}/WHEEL"] = f"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: false\nTag: {tag}\n".encode()
    record = ""
    for name, data in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
        record += f"{name},sha256={digest},{len(data)}\n"
    files[f"{about}/RECORD"] = (record + f"{about}/RECORD,,\n").encode()
    path = folder / f"wardmap-{version}-{tag}.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in files.items():
            out.writestr(name, data)
    return path


def test_a_new_environment_runs_the_readme_and_the_notebooks(package, tmp_path):
    reachable = subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", tmp_path, "numpy"], capture_output=True)
    if reachable.returncode != 0:
        pytest.skip("no package registry can be reached, so nothing can be installed into a new environment")
    wheel = wheel_of(package, tmp_path)
    done = subprocess.run([sys.executable, ROOT / "tests/python/fresh_environment.py", wheel], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "README and notebooks run" in done.stderr
