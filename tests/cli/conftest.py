"""Runs the command as a user would, in an empty folder of its own."""
import csv
import io
import json
import os
import pathlib
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
COMMAND = os.environ.get("WARDMAP_COMMAND", str(ROOT / "build/release/bin/wardmap"))
DATA = ROOT / "examples/coventry/data"
OFFENCES = DATA / "needs_assessment/offences_by_ward.csv"
POPULATION = DATA / "coventry_ward_population_mid2020.csv"
SHARED = ROOT.parent / "shared/data"


class Run:
    def __init__(self, done):
        self.code = done.returncode
        self.out = done.stdout
        self.err = done.stderr

    @property
    def rows(self):
        return list(csv.DictReader(io.StringIO(self.out)))

    @property
    def log(self):
        return json.loads(self.err)


@pytest.fixture
def wardmap(tmp_path):
    def call(*arguments, code=0, stdin=None, text=True):
        done = subprocess.run([COMMAND, *map(str, arguments)], cwd=tmp_path, input=stdin, capture_output=True, text=text,
                              env={**os.environ, "LC_ALL": "C.UTF-8"}, timeout=120)
        run = Run(done)
        expected = code if isinstance(code, tuple) else (code,)
        assert run.code in expected, f"exit {run.code}, expected {code}\n{run.err}\n{run.out[:2000]}"
        return run

    call.folder = tmp_path
    return call


def published_tables():
    """The nine published ward tables: {(marker, offence): [row, ...]} with the Total row last."""
    tables = {}
    with OFFENCES.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            tables.setdefault((row["marker"], row["offence"]), []).append(row)
    return tables


@pytest.fixture
def write(tmp_path):
    """Writes a small file into the run's folder and gives its name."""
    def make(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return name
    return make
