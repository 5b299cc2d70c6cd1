"""The Coventry report, made once for all tests here."""
import os
import pathlib
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
COMMAND = os.environ.get("WARDMAP_COMMAND", str(ROOT / "build/release/bin/wardmap"))


@pytest.fixture(scope="session")
def report(tmp_path_factory):
    folder = tmp_path_factory.mktemp("report") / "coventry"
    subprocess.run([COMMAND, "report", ROOT / "examples/coventry/coventry.toml", "-o", folder], check=True, capture_output=True)
    return folder
