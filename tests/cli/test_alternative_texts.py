"""The short alternative texts of the whole report: each says of what and when, and is short."""
import html
import re
import subprocess

import pytest

from conftest import COMMAND, ROOT

MEASURES = {"violence-without-injury", "violence-with-injury", "stalking-and-harassment", "criminal-damage", "possession-of-drugs", "trafficking-of-drugs"}


@pytest.fixture(scope="module")
def texts(tmp_path_factory):
    folder = tmp_path_factory.mktemp("report") / "coventry"
    subprocess.run([COMMAND, "report", ROOT / "examples/coventry/coventry.toml", "-o", folder, "--quiet"], check=True)
    page = (folder / "index.html").read_text(encoding="utf-8")
    found = re.findall(r'<desc id="([^"]+)-desc">([^<]*)</desc>', page)
    return {name: html.unescape(text) for name, text in found}


def test_every_picture_of_the_page_says_when(texts):
    assert len(texts) > 40
    without = [name for name, text in texts.items() if not re.search(r"(June 2022|July 2022|mid-2020|Deprivation 20(15|19))", text)]
    assert not without


def test_every_picture_of_a_topic_says_of_what(texts):
    of_topics = 0
    for name, text in texts.items():
        for measure in MEASURES:
            if measure in name:
                of_topics += 1
                assert measure.replace("-", " ") in text, (name, text)
    assert of_topics >= 27


def test_they_are_short(texts):
    long = {name: text for name, text in texts.items() if len(text) > 150}
    assert not long
