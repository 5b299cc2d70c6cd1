"""Every command and snippet shown in README and docs runs, in the order of its page, in a folder that looks like the project's root."""
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
COMMAND = pathlib.Path(os.environ.get("WARDMAP_COMMAND", ROOT / "build/release/bin/wardmap"))
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "examples").rglob("README.md"))]
# Shown, but not to be run from inside the test suite: they build, install or fetch.
ELSEWHERE = ("./dev", "git clone", "cd ", "export ", "cmake", "ctest", "pip ", "PYTHONPATH=")


def blocks(page, language):
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text(encoding="utf-8"), re.M | re.S)


def commands(page):
    for block in blocks(page, "sh"):
        for line in re.sub(r"\\\n\s*", " ", block).splitlines():
            line = line.split(" #")[0].strip()
            if line and not line.startswith(("#", *ELSEWHERE)):
                yield line


@pytest.fixture
def folder(tmp_path):
    for name in ("boundaries", "examples"):
        shutil.copytree(ROOT / name, tmp_path / name)
    (tmp_path / "out").mkdir()
    return tmp_path


def environment():
    return {**os.environ, "PATH": f"{COMMAND.parent}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": os.environ.get("WARDMAP_PYTHON_TREE", str(ROOT / "build/release/python"))}


@pytest.mark.parametrize("page", [p for p in PAGES if any(commands(p))], ids=lambda p: str(p.relative_to(ROOT)))
def test_every_command_shown_runs(page, folder):
    for line in commands(page):
        done = subprocess.run(["sh", "-c", line], cwd=folder, env=environment(), capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, f"{line}\n{done.stderr}"


@pytest.mark.parametrize("page", [p for p in PAGES if blocks(p, "python")], ids=lambda p: str(p.relative_to(ROOT)))
def test_every_python_snippet_shown_runs(page, folder):
    """One after another, as somebody reads the page: a snippet may use what stands above it."""
    shown = "\n".join(blocks(page, "python"))
    done = subprocess.run([sys.executable, "-c", shown], cwd=folder, env=environment(), capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, f"{shown}\n{done.stderr}"


def helps(*words):
    """The help of a command, and of the commands behind it ("stats funnel")."""
    text = subprocess.run([COMMAND, *words, "--help"], capture_output=True, text=True).stdout
    if words:
        yield text
    for name in re.findall(r"^  ([a-z_]+)(?:  +\S|$)", text.split("Subcommands:")[-1].split("Example:")[0] if "Subcommands:" in text else "", re.M):
        yield from helps(*words, name)


def help_examples():
    for shown in helps():
        example = shown.split("Example:")[1]
        for line in re.sub(r"\\\n\s*", " ", example).splitlines():
            if line.strip().startswith("wardmap "):
                yield line.strip()


def test_the_example_of_every_command_runs(folder):
    ran = 0
    for line in help_examples():
        done = subprocess.run(["sh", "-c", line], cwd=folder, env=environment(), capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, f"{line}\n{done.stderr}"
        ran += 1
    assert ran >= 9


def test_the_pages_link_to_files_that_are_there():
    for page in [*PAGES, ROOT / "CONTRIBUTING.md"]:
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_the_rooms_of_the_architecture_page_are_those_of_the_list():
    listed = {line.split()[1] for line in (ROOT / "libgeo/rooms.txt").read_text().splitlines() if line and line[0].isdigit()}
    page = (ROOT / "docs/architecture.md").read_text()
    shown = set(re.findall(r"^\| \d+ \| `(\w+)`", page, re.M)) | {"tools", "bindings", "examples", "tests"}
    built = {path.name for path in (ROOT / "libgeo/wardmap").iterdir() if path.is_dir()}
    assert built <= shown <= listed


def test_no_shell_word_in_an_example_is_unquoted():
    for line in help_examples():
        shlex.split(line)
