"""report.docx, opened by another program and by a reader of zip and XML that is not ours."""
import hashlib
import re
import shutil
import subprocess
import zipfile
from xml.etree import ElementTree

import pytest

from conftest import COMMAND, ROOT

PROJECT = ROOT / "examples/coventry/coventry.toml"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    folder = tmp_path_factory.mktemp("docx") / "report"
    subprocess.run([COMMAND, "report", PROJECT, "-o", folder], check=True, capture_output=True)
    return folder


def document(path):
    with zipfile.ZipFile(path) as parts:
        assert parts.testzip() is None
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(parts.read(name))
        return ElementTree.fromstring(parts.read("word/document.xml"))


def test_every_picture_has_alternative_text_and_every_table_a_repeated_head(report):
    root = document(report / "report.docx")
    pictures = [one.get("descr") for one in root.iter(WP + "docPr")]
    assert len(pictures) >= 40 and all(len(words) > 20 for words in pictures)
    tables = list(root.iter(W + "tbl"))
    assert len(tables) >= 50
    assert all(table.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None for table in tables)


def test_the_printed_tables_are_in_it_to_the_digit(report):
    root = document(report / "report.docx")
    rows = [["".join(cell.itertext()) for cell in row.iter(W + "tc")] for row in root.iter(W + "tr")]
    assert any(row[:3] == ["St Michael’s", "202", "456"] for row in rows)


def test_figures_and_tables_are_numbered_from_one_on(report):
    text = "".join(document(report / "report.docx").itertext())
    numbers = [int(n) for n in re.findall(r"Table (\d+)\. ", text)]
    assert numbers == list(range(1, len(numbers) + 1))


def test_it_is_the_same_from_run_to_run(report, tmp_path):
    subprocess.run([COMMAND, "report", PROJECT, "-o", tmp_path / "again", "--threads", "1"], check=True, capture_output=True,
                   env={"LC_ALL": "C", "TZ": "Asia/Tokyo"})
    one, two = ((folder / "report.docx").read_bytes() for folder in (report, tmp_path / "again"))
    assert hashlib.sha256(one).hexdigest() == hashlib.sha256(two).hexdigest()


def test_libreoffice_opens_it_with_all_its_pictures_and_words(report, tmp_path):
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    subprocess.run(["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "odt", "--outdir", tmp_path,
                    report / "report.docx"], check=True, capture_output=True, timeout=300)
    with zipfile.ZipFile(tmp_path / "report.odt") as parts:
        content = parts.read("content.xml").decode()
    pictures = len(list(document(report / "report.docx").iter(WP + "docPr")))
    assert content.count("<svg:desc>") == pictures
    assert content.count("<draw:image ") == pictures
    assert content.count("<table:table-header-rows>") == len(list(document(report / "report.docx").iter(W + "tbl")))
    assert "has the highest rate of alcohol-marked" in content


def test_a_picture_is_a_document_with_a_caption(tmp_path):
    run = [COMMAND, "map", ROOT / "examples/coventry/data/needs_assessment/offences_by_ward.csv", "--areas", "coventry-wards", "--area", "ward",
           "--value", "yt_june_2022", "--where", "marker=alcohol", "--where", "offence=VIOLENCE WITH INJURY", "--kind", "circles",
           "-o", tmp_path / "map.docx"]
    subprocess.run(run, check=True, capture_output=True)
    root = document(tmp_path / "map.docx")
    (picture,) = root.iter(WP + "docPr")
    assert "St Michael" in picture.get("descr")
    assert "".join(root.itertext()).startswith("Figure 1. ")


def test_a_template_that_is_none_is_named(tmp_path):
    (tmp_path / "council.docx").write_text("Dear all")
    done = subprocess.run([COMMAND, "report", PROJECT, "-o", tmp_path / "out", "--template", tmp_path / "council.docx"], capture_output=True, text=True)
    assert done.returncode == 1 and "council.docx" in done.stderr
