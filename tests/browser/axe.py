"""axe-core, the accessibility checker that browsers' own tools are built on: from npm, kept in the build folder."""
import os
import pathlib
import shutil
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
VERSION = "4.14.1"
FOLDER = pathlib.Path(os.environ.get("WARDMAP_AXE", ROOT / "build/axe-core"))


def axe_source():
    """The script's text, or None and why not: (text, reason)."""
    script = FOLDER / "node_modules/axe-core/axe.min.js"
    if not script.is_file():
        if shutil.which("npm") is None:
            return None, "npm is not installed here, so axe-core cannot be fetched"
        FOLDER.mkdir(parents=True, exist_ok=True)
        try:
            done = subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--no-save", "--ignore-scripts", "--prefix", FOLDER, f"axe-core@{VERSION}"],
                                  capture_output=True, text=True, timeout=90)
        except subprocess.TimeoutExpired:
            return None, "the npm registry does not answer"
        if not script.is_file():
            return None, f"axe-core could not be fetched: {done.stderr.strip()[-300:]}"
    return script.read_text(encoding="utf-8"), ""
