"""The notebooks of examples/notebooks run in a clean kernel, and what they are kept with is what comes out."""
import gzip
import html
import os
import pathlib
import re
import shutil
import subprocess
import sys

import nbformat
import pytest

import notebooks
from conftest import ROOT

KEPT = sorted(notebooks.NOTEBOOKS.glob("*.ipynb"))
LARGEST_KB = 600


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """The examples as they lie in a checkout, so that what the notebooks write goes nowhere else."""
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copytree(ROOT / "examples", folder / "examples")
    return folder


def words(text):
    return " ".join(text.split())


def read_aloud(output):
    """What an output says, without its shape: pictures by their alternative texts, tables by their cells."""
    if output.output_type == "stream":
        return output.name, words(output.text)
    data = output.data
    shown = data.get("text/html", "")
    # A picture's texts are held by the golden pictures and the gallery.
    cells = words(html.unescape(re.sub(r"<(style|svg)\b.*?</\1>|<[^>]*>", " ", shown, flags=re.S)))
    return words(data.get("text/plain", "")), words(data.get("text/markdown", "")), cells, shown.count("<svg")


def outputs(notebook):
    return [[read_aloud(output) for output in cell.outputs] for cell in notebook.cells if cell.cell_type == "code"]


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_a_notebook_runs_and_gives_what_it_is_kept_with(path, checkout):
    made = notebooks.execute(path, checkout / path.parent.relative_to(ROOT))
    assert outputs(made) == outputs(nbformat.read(path, as_version=4)), "./dev notebooks makes them anew; look at them then"


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_a_notebook_is_kept_small_and_whole(path):
    kept = nbformat.read(path, as_version=4)
    nbformat.validate(kept)
    assert path.stat().st_size < LARGEST_KB * 1000
    figures = [output for cell in kept.cells for output in cell.get("outputs", []) if "<svg" in output.get("data", {}).get("text/html", "")]
    assert figures
    for figure in figures:
        assert 'role="img"' in figure.data["text/html"] and words(figure.data["text/plain"])
    text = path.read_text(encoding="utf-8")
    assert str(pathlib.Path.home()) not in text and str(ROOT) not in text and "ipykernel_" not in text
    assert not any(output.output_type == "error" for cell in kept.cells for output in cell.get("outputs", []))


def test_there_are_three_notebooks_and_each_leads_to_files_that_are_there():
    assert [path.stem for path in KEPT] == ["impact-areas", "police-csv-to-map", "ward-table-and-quadrants"]
    for path in KEPT:
        for cell in nbformat.read(path, as_version=4).cells:
            for target in re.findall(r"\]\(([^)#]+)\)", cell.source) if cell.cell_type == "markdown" else []:
                assert "://" in target or (path.parent / target).exists(), f"{path.name} links to {target}"


def test_the_invented_street_files_are_what_their_script_makes(tmp_path):
    subprocess.run([sys.executable, notebooks.NOTEBOOKS / "make_street.py", tmp_path], check=True)
    kept = notebooks.NOTEBOOKS / "data/invented-street"
    names = sorted(str(path.relative_to(kept)) for path in kept.rglob("*.csv"))
    assert len(names) == 12
    for name in names:
        text = (kept / name).read_text(encoding="utf-8")
        assert text == (tmp_path / name).read_text(encoding="utf-8")
        assert all(row.endswith("INVENTED: no real crime") for row in text.splitlines()[1:])


def test_the_simulated_events_are_what_their_program_makes(tmp_path):
    command = pathlib.Path(os.environ.get("WARDMAP_COMMAND", ROOT / "build/release/bin/wardmap")).with_name("wardmap-simulate")
    if not command.exists():
        pytest.skip("wardmap-simulate is not built")
    subprocess.run([command, "-o", tmp_path, "--tables", ROOT / "examples/coventry/data/needs_assessment"], check=True,
                   capture_output=True)
    with gzip.open(notebooks.NOTEBOOKS / "data/simulated_events.csv.gz") as file:
        assert file.read() == (tmp_path / "events.csv").read_bytes()
