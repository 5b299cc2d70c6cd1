"""The gallery cannot rot: every kind the command offers has its entry, and the files are what the commands make today."""
import re
import shlex
import subprocess

import pytest
from gallery import COMMAND, PAGE, README, README_PICTURE, ROOT, entries, make, what_png_holds, with_alts, with_readme_alt


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return make(tmp_path_factory.mktemp("gallery"))


def offered(command, first, last):
    """Words that name kinds in the help: those between two phrases, without what is said in brackets."""
    text = subprocess.run([COMMAND, command, "--help"], capture_output=True, text=True, check=True).stdout
    line = re.sub(r"\s+", " ", text[text.index(first) + len(first):])
    line = re.sub(r"\([^)]*\)", "", line[:line.index(last)])
    return {word for word in re.findall(r"[a-z-]+", line)} - {"of", "a", "an", "count", "indicators"}


def test_every_kind_has_its_entry():
    shown = set()
    for picture, lines in entries(PAGE.read_text(encoding="utf-8")):
        if picture is None:
            continue
        words = shlex.split(lines[-1])
        kind = words[words.index("--kind") + 1] if words[1] == "map" and "--kind" in words else "choropleth" if words[1] == "map" else words[2]
        shown.add((words[1], kind))
        assert words[-2:] == ["-o", f"out/{picture}.svg"], f"{picture} is the last thing its commands make"
    kinds = {("map", kind) for kind in offered("map", "--kind KIND ", " --by COLUMN")}
    kinds |= {("chart", kind) for kind in offered("chart", "KIND KIND ", "TABLE TABLE")}
    assert ("map", "quadrant") in kinds and ("chart", "hours") in kinds and len(kinds) >= 18
    assert kinds - shown == set()


def test_the_pictures_are_what_the_commands_make(made):
    different = [name for name, _ in entries(PAGE.read_text(encoding="utf-8"))
                 if name and (made / f"{name}.svg").read_bytes() != (ROOT / f"docs/pictures/{name}.svg").read_bytes()]
    assert different == [], "look at them, then ./dev gallery"


def test_the_alternative_texts_are_those_of_the_pictures(made):
    text = PAGE.read_text(encoding="utf-8")
    assert text == with_alts(text, made), "./dev gallery"
    assert "![]" not in text


def test_the_picture_of_the_readme_is_what_the_command_makes(made):
    assert what_png_holds(made / README_PICTURE) == what_png_holds(ROOT / "docs/pictures" / README_PICTURE), "look at it, then ./dev gallery"
    text = README.read_text(encoding="utf-8")
    assert f"(docs/pictures/{README_PICTURE})" in text
    assert text == with_readme_alt(text, made), "./dev gallery"
