"""The same inputs give the same bytes: from run to run, in any locale, on any number of threads, whatever the order of the rows."""
import os
import pathlib
import random
import shutil
import subprocess

import pytest

from conftest import COMMAND, OFFENCES, POPULATION, ROOT

LOCALES = {"C": None, "de_DE.UTF-8": "de_DE", "tr_TR.UTF-8": "tr_TR"}  # decimal commas; a dotless i
SOURCE = ["--source", "Coventry Drug and Alcohol Needs Assessment 2022"]


@pytest.fixture(scope="session")
def locales(tmp_path_factory):
    """A folder with the locales, made from their sources: hardly any machine has both installed."""
    folder = tmp_path_factory.mktemp("locales")
    made = []
    for name, source in LOCALES.items():
        if source is None:
            made.append(name)
        elif shutil.which("localedef") and pathlib.Path("/usr/share/i18n/locales", source).is_file():
            subprocess.run(["localedef", "-i", source, "-f", "UTF-8", folder / name], capture_output=True)
            if (folder / name).is_dir():
                made.append(name)
    return folder, made


def run(folder, *arguments, **environment):
    done = subprocess.run([COMMAND, *map(str, arguments)], cwd=folder, capture_output=True, text=True, env={**os.environ, **environment}, timeout=300)
    assert done.returncode == 0, done.stderr


def contents(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def table_and_pictures(folder, offences, **environment):
    folder.mkdir()
    run(folder, "indicators", offences, "--areas", "coventry-wards", "--area", "ward", "--from", "yt_june_2021", "--to", "yt_june_2022", "--population", POPULATION,
        "--where", "marker=alcohol", "--where", "offence=CRIMINAL DAMAGE", *SOURCE, "-o", "t.csv", **environment)
    endings = ("svg", "pdf", "png")
    for name, arguments in {"rate": ["map", "t.csv", "--areas", "coventry-wards", "--value", "rate"],
                            "circles": ["map", "t.csv", "--areas", "coventry-wards", "--value", "count_after", "--kind", "circles"],
                            "quadrants": ["map", "t.csv", "--areas", "coventry-wards", "--value", "rate", "--kind", "quadrant"],
                            "quadrant": ["chart", "quadrant", "t.csv"], "table": ["chart", "table", "t.csv"],
                            "scatter": ["chart", "scatter", "t.csv", "--x", "rate_before", "--y", "rate"],
                            "compare": ["chart", "compare", "t.csv", "--value", "rate"]}.items():
        run(folder, *arguments, *(f"-o{name}.{ending}" for ending in endings), **environment)
    return contents(folder)


def test_pictures_are_the_same_in_every_locale(tmp_path, locales):
    folder, made = locales
    if len(made) < 2:
        pytest.skip("no other locale can be made here: localedef or its sources are missing")
    first, *others = [table_and_pictures(tmp_path / name, OFFENCES, LOCPATH=str(folder), LC_ALL=name) for name in made]
    assert len(first) >= 22 and all(other == first for other in others)


def test_pictures_are_the_same_whatever_the_order_of_the_rows(tmp_path):
    head, *rows = OFFENCES.read_text(encoding="utf-8").splitlines()
    made = []
    for seed in (0, 1, 2):
        shuffled = rows[:]
        if seed:
            random.Random(seed).shuffle(shuffled)
        table = tmp_path / str(seed) / "offences.csv"
        table.parent.mkdir()
        table.write_text("\n".join([head, *shuffled]) + "\n", encoding="utf-8")
        made.append({name: content for name, content in table_and_pictures(tmp_path / str(seed) / "made", table).items() if name.endswith((".svg", ".pdf", ".png"))})
    assert len(made[0]) == 21
    for other in made[1:]:
        assert [name for name in made[0] if other[name] != made[0][name]] == []


def test_a_whole_report_is_the_same_from_run_to_run_in_every_locale_and_on_any_number_of_threads(tmp_path, locales):
    folder, made = locales
    runs = [("once", "1", "C"), ("again", "1", "C"), *[(name, "3", name) for name in made[1:]], ("many", "8", "C")]
    reports = []
    for name, threads, locale in runs:
        run(tmp_path, "report", ROOT / "examples/coventry/coventry.toml", "-o", "report", "--threads", threads, "--quiet", LOCPATH=str(folder), LC_ALL=locale)
        reports.append(contents(tmp_path / "report"))
        shutil.rmtree(tmp_path / "report")
    assert len(reports[0]) > 120 and {"index.html", "report.pdf", "report.docx", "tables/tables.xlsx", "manifest.json"} <= set(reports[0])
    for other in reports[1:]:
        assert sorted(other) == sorted(reports[0])
        assert [name for name in reports[0] if other[name] != reports[0][name] and name != "manifest.json"] == []
    assert reports[1]["manifest.json"] == reports[0]["manifest.json"]  # with other threads it names their number
