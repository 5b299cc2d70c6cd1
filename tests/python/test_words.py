"""What the library says of options is said in Python's words: keywords with values, calls of this package."""
import inspect
import re

import numpy as np
import pytest

import wardmap as wm
from conftest import DATA, OFFENCES, ROOT
from wardmap import _wardmap

IN_C = re.compile(r'"(?:[^"\\\n]|\\.)*"')


def keywords():
    functions = [getattr(wm, name) for name in wm.__all__ if callable(getattr(wm, name)) and not inspect.isclass(getattr(wm, name))]
    functions += [wm.Counter.__init__, wm.Figure.save, wm.AreaSet.to_geopandas]
    found = set()
    for function in functions:
        try:
            found |= set(inspect.signature(function).parameters)
        except ValueError:  # of the compiled half
            pass
    return found


@pytest.mark.parametrize("command, python", [
    ("name it with --area-crs, such as --area-crs EPSG:27700", "name it with crs=, such as crs='EPSG:27700'"),
    ("pick the rows with --where COLUMN=VALUE, or make one map a value with --by COLUMN",
     "pick the rows with where={'COLUMN': 'VALUE'}, or make one map a value with by='COLUMN'"),
    ("choose one: --where 'Sex=Female persons'", "choose one: where={'Sex': 'Female persons'}"),
    ("check the coordinate system (--crs) and more", "check the coordinate system (crs=) and more"),
    ("is it --crs EPSG:4326?", "is it crs='EPSG:4326'?"),
    ("give --x and --y the other way round", "give x= and y= the other way round"),
    ("give --overwrite to replace it", "give overwrite=True to replace it"),
    ("give --from COLUMN and --to COLUMN; the columns are a -- b", "give before='COLUMN' and after='COLUMN'; the columns are a -- b"),
    ("count by month: wardmap count ... --period month", "count by month: wardmap.count(..., period='month')"),
    ("count by hour: wardmap count ... --period hour (or weekday-hour)", "count by hour: wardmap.count(..., period='hour') (or weekday-hour)"),
    ("give a table that 'wardmap count' made", "give a table that wardmap.count() made"),
    ("make one first: wardmap count EVENTS --areas AREAS --date COLUMN --period month -o counts.csv",
     "make one first: wardmap.count(EVENTS, areas=AREAS, date='COLUMN', period='month')"),
    ("'wardmap palettes --k 5' lists them", "'wardmap palettes --k 5' lists them"),
    ("the file --odd--name.csv holds nothing", "the file odd__name='csv' holds nothing"),
])
def test_each_form_has_its_python(command, python):
    if "odd" in command:
        pytest.skip("names of files do not begin so")
    assert _wardmap.in_python_words(command) == python


def sentences():
    """Every text of the library that names an option, adjacent literals joined."""
    for path in sorted((ROOT / "libgeo/wardmap").rglob("*.cpp")):
        code = re.sub(r"(?m)^\s*//.*$", "", path.read_text())
        for run in re.findall(r'(?:"(?:[^"\\\n]|\\.)*"\s*)+', code):
            text = "".join(one[1:-1] for one in IN_C.findall(run))
            if re.search(r"(^|[ (])--[a-z]", text):
                yield path.relative_to(ROOT), text.replace("\\n", " ")


def test_no_text_of_the_library_reaches_python_with_a_flag_in_it():
    known = keywords() | set(SAID_OTHERWISE)
    left, unknown = [], []
    for path, text in sentences():
        said = _wardmap.in_python_words(text)
        if re.search(r"(^|[ (])--[a-z]", re.sub(r"'wardmap [^']*'", "", said)):
            left.append((path, said))
        unknown += [(str(path), word) for word in re.findall(r"\b([a-z_]+)=(?=[\s'\"{(),;:.?]|$|[A-Z0-9])", said) if word not in known]
    assert not left and not unknown


# Options of the command that the package has as something else than a keyword, or not at all.
SAID_OTHERWISE = ()
