"""A new virtual environment with the wheel given: the README's lines and the notebooks run there, away from the checkout.

    python tests/python/fresh_environment.py WHEEL [INSTALLED_BESIDE...]

Installed beside it is what the notebooks import and what runs them: pandas, nbclient, ipykernel. ./dev wheel builds the wheel first.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import venv

ROOT = pathlib.Path(__file__).resolve().parents[2]
BESIDE = ["pandas", "nbclient", "ipykernel"]


def main(wheel, beside):
    with tempfile.TemporaryDirectory() as made:
        folder = pathlib.Path(made)
        venv.create(folder / "environment", with_pip=True)
        python = folder / "environment/bin/python"
        # Nothing of this checkout, nor of whoever calls, may be seen from there.
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "WARDMAP", "LD_"))}

        def run(*command, **more):
            subprocess.run([python, *command], check=True, env=clean, **more)

        run("-m", "pip", "install", "-q", "--disable-pip-version-check", wheel, *beside)
        elsewhere = folder / "elsewhere"
        shutil.copytree(ROOT / "examples", elsewhere / "examples")
        (elsewhere / "out").mkdir()
        run("-c", "import sys, wardmap; assert wardmap.__file__.startswith(sys.prefix), wardmap.__file__", cwd=elsewhere)
        shown = re.findall(r"^```python\n(.*?)^```", (ROOT / "README.md").read_text(encoding="utf-8"), re.M | re.S)
        run("-c", "\n".join(shown), cwd=elsewhere)
        pictures = sorted(path.name for path in (elsewhere / "out").iterdir())
        assert "crimes.png" in pictures, pictures
        for notebook in sorted((elsewhere / "examples/notebooks").glob("*.ipynb")):
            run(ROOT / "tests/python/notebooks.py", notebook, cwd=elsewhere)
        print("README and notebooks run from", pathlib.Path(wheel).name, "in a new environment", file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:] or BESIDE)
