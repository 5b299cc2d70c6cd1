"""A notebook's figure on a machine with neither Arial nor Liberation Sans: its texts are as wide as they were measured."""
import json
import os
import re
import subprocess
import sys

import pytest
from chromium import CHROMIUM

FIGURE = """
import sys
import numpy as np, wardmap as wm
wards = wm.areas("coventry-wards")
table = {"area_code": list(wards.codes), "area_name": list(wards.names), "rate": np.linspace(100, 900, 18)}
figure = wm.choropleth(table, areas=wards, column="rate", title="Offences per 100,000", labels="name_and_value")
shown = figure._repr_mimebundle_()["text/html"]
open(sys.argv[1], "w", encoding="utf-8").write(shown)
"""
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}</dir><cachedir>{cache}</cachedir></fontconfig>"""
# Widths of the texts with the letters carried, then of the same without.
PAGE = """<!DOCTYPE html><meta charset="utf-8"><body>{shown}<pre id="out"></pre><script>
const widths = () => [...document.querySelectorAll("svg text")].map(text => text.getComputedTextLength());
document.fonts.ready.then(() => {{
  const carried = widths(), faces = [...document.fonts].map(face => face.status);
  document.querySelector("svg").setAttribute("font-family", "Arial, 'Liberation Sans', Helvetica, sans-serif");
  document.getElementById("out").textContent = JSON.stringify({{carried, without: widths(), faces}});
}});</script>"""


@pytest.fixture
def other_fonts():
    """A folder of fonts without the two families."""
    found = subprocess.run(["fc-match", "-f", "%{file}", "DejaVu Sans"], capture_output=True, text=True).stdout if CHROMIUM else ""
    if "DejaVu" not in found:
        pytest.skip("chromium and DejaVu Sans are needed")
    return os.path.dirname(found)


def test_texts_keep_their_widths_without_the_family(tmp_path, other_fonts):
    shown = tmp_path / "shown.html"
    subprocess.run([sys.executable, "-c", FIGURE, str(shown)], check=True, env={**os.environ, "PYTHONPATH": os.environ["WARDMAP_PYTHON_TREE"]})
    html = shown.read_text(encoding="utf-8")
    fonts = sum(len(font) for font in re.findall(r"base64,([^)]*)\)", html))
    assert 5_000 < fonts < 40_000
    page = tmp_path / "page.html"
    page.write_text(PAGE.format(shown=html), encoding="utf-8")
    config = tmp_path / "fonts.conf"
    config.write_text(FONTS.format(folder=other_fonts, cache=tmp_path / "cache"), encoding="utf-8")
    done = subprocess.run(
        [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--virtual-time-budget=5000", f"--user-data-dir={tmp_path / 'profile'}",
         "--dump-dom", page.as_uri()], capture_output=True, text=True, timeout=120, env={**os.environ, "FONTCONFIG_FILE": str(config)})
    said = json.loads(re.search(r'<pre id="out">([^<]*)</pre>', done.stdout).group(1))
    assert said["faces"] and set(said["faces"]) == {"loaded"}
    assert len(said["carried"]) > 20
    # DejaVu Sans is a tenth wider and more: without the letters the texts would run over each other and the edge.
    assert sum(said["carried"]) < 0.95 * sum(said["without"])
