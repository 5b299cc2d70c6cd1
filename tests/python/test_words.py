"""What the library says of options is said in Python's words: keywords with values, calls of this package."""
import inspect
import re

import numpy as np
import pytest

import wardmap as wm
from conftest import ROOT
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
     "filter the table first, or draw a small map for each value with facets='COLUMN'"),
    ("choose rows with --where COLUMN=VALUE, make a table for each value with --by COLUMN, or add them up with --add-rows",
     "choose rows with where={'COLUMN': 'VALUE'}, make a table for each value with by='COLUMN', or add them up with add_rows=True"),
    ("choose one: --where 'Sex=Female persons'", "filter the table to one of them first, such as 'Sex=Female persons'"),
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
])
def test_each_form_has_its_python(command, python):
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
    """Every option that a text names is a keyword of some function of the package."""
    known = keywords()
    left, unknown = [], []
    for path, text in sentences():
        said = re.sub(r"'wardmap [^']*'", "", _wardmap.in_python_words(text))
        if re.search(r"(^|[ (])--[a-z]", said):
            left.append((str(path), said))
        unknown += [(str(path), word) for word in re.findall(r"\b([a-z_]+)=(?=[\s'\"{(),;:.?]|$|[A-Z0-9])", said) if word not in known]
    assert not left and not unknown


def test_a_map_of_several_rows_an_area_says_what_python_does(wards):
    table = {"area_code": list(wards.codes) * 2, "rate": np.arange(36.0)}
    with pytest.raises(wm.InputError, match=r"more than one row.*filter the table first.*facets='COLUMN'") as raised:
        wm.choropleth(table, areas=wards)
    assert "--" not in str(raised.value) and "facets=" in raised.value.what_to_do


def test_charts_say_which_columns_are_missing_and_which_call_makes_them(wards):
    raw = {"ward": list(wards.names), "yt_june_2021": [1] * 18}
    with pytest.raises(wm.InputError, match=r"lacks area_code, area_name, count_before, .* and flags; .*wardmap\.indicators\(TABLE, before='COLUMN', after='COLUMN', areas=AREAS\)"):
        wm.quadrant_chart(raw)
    with pytest.raises(wm.NameUnknown, match=r"no column 'count'; give a table that wardmap\.count\(\) made; the columns are period"):
        wm.months_chart({"period": ["2014-01"]})
    with pytest.raises(wm.InputError, match=r"wardmap\.count\(\.\.\., period='month'\)"):
        wm.months_chart({"period": ["2014"], "count": [1]})


def test_warnings_speak_python_too(wards):
    with pytest.warns(wm.WardmapWarning, match=r"check the coordinate system \(crs=\)"):
        wm.count({"x": [1.0], "y": [2.0]}, areas=wards, x="x", y="y")


@pytest.mark.parametrize("bad, said", [
    (["n/a"] + ["5"] * 17, r"total leaves out counts.*Bablake \(column a\)"),
    ([-1] + [5] * 17, r"column a.*below zero.*-1"),
    (["-1"] + ["5"] * 17, r"column a.*below zero.*-1"),
    ([np.inf] + [5] * 17, r"column a.*not finite.*Bablake: infinite"),
    (["inf"] + ["5"] * 17, r"column a.*no number.*inf"),
])
@pytest.mark.parametrize("place", ["before", "after"])
def test_odd_counts_name_their_column(wards, bad, said, place):
    given = {"ward": list(wards.names), "a": bad, "b": [4] * 18}
    names = {"before": "a", "after": "b"} if place == "before" else {"before": "b", "after": "a"}
    with pytest.warns(wm.WardmapWarning) as warned:
        wm.indicators(given, areas=wards, area="ward", **names)
    texts = [str(one.message) for one in warned]
    assert any(re.search(said, text) for text in texts), texts
    assert all("column a" in text for text in texts) and not any("column a: column a" in text for text in texts)
