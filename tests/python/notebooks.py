"""Runs the notebooks of examples/notebooks and keeps them with their outputs: ./dev notebooks.

What is kept: the figures as SVG in HTML, tables and texts. What is not: PNG beside an SVG (three times its size), times, numbers of
processes, the names of temporary files.
"""

import os
import pathlib
import re
import sys
import tempfile

import nbformat
from nbclient import NotebookClient

ROOT = pathlib.Path(__file__).resolve().parents[2]
NOTEBOOKS = ROOT / "examples/notebooks"
CELL_SECONDS = 120
# Warnings name the cell's temporary file and its line: "/tmp/ipykernel_123/456.py:1: WardmapWarning: ..."
CELL_FILE = re.compile(r"^\S*ipykernel_\d+\S*?:\d+: ", re.M)
# A warning's second line repeats the code.
SOURCE_LINE = re.compile(r"^  (?! ).*\n", re.M)


def execute(path, folder):
    """The notebook run in a kernel of its own, from that folder, as it would be kept."""
    with open(path, encoding="utf-8") as file:
        notebook = nbformat.read(file, as_version=4)
    # A bar is shown by the clock: it must not be among the outputs.
    notebook.cells.insert(0, nbformat.v4.new_code_cell("import wardmap; wardmap.progress(False)"))
    with tempfile.TemporaryDirectory() as settings:
        # Whoever runs this may have settings of their own for Jupyter and IPython.
        environment = {**os.environ, "IPYTHONDIR": settings, "JUPYTER_CONFIG_DIR": settings, "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
        client = NotebookClient(
            notebook, timeout=CELL_SECONDS, kernel_name="python3", resources={"metadata": {"path": str(folder)}}, record_timing=False
        )
        client.execute(env=environment)
    del notebook.cells[0]
    return tidied(notebook)


def tidied(notebook):
    notebook.metadata = nbformat.from_dict({
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    })  # fmt: skip
    notebook.nbformat_minor = 5
    for number, cell in enumerate(notebook.cells, start=1):
        cell.id = f"cell-{number}"
        cell.metadata = nbformat.from_dict({})
        if cell.cell_type == "code":
            cell.execution_count -= 1
        for output in cell.get("outputs", []):
            output.pop("metadata", None)
            if output.output_type == "execute_result":
                output.execution_count = cell.execution_count
            if output.output_type in ("display_data", "execute_result"):
                output.metadata = nbformat.from_dict({})
                if "text/html" in output.data:
                    output.data.pop("image/png", None)
            elif output.output_type == "stream" and output.name == "stderr":
                output.text = SOURCE_LINE.sub("", CELL_FILE.sub("", output.text))
        # Whether a warning or a printed line comes first is chance.
        cell.get("outputs", []).sort(key=lambda output: (output.output_type != "stream", output.get("name", "")))
    return notebook


def main():
    for path in [pathlib.Path(name).resolve() for name in sys.argv[1:]] or sorted(NOTEBOOKS.glob("*.ipynb")):
        notebook = execute(path, path.parent)
        nbformat.validate(notebook)
        with open(path, "w", encoding="utf-8") as file:
            nbformat.write(notebook, file)
        print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB", file=sys.stderr)


if __name__ == "__main__":
    main()
