import re
import xml.etree.ElementTree as ET

import pytest

import wardmap as wm

from conftest import OFFENCES

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def rates(ward_table, wards):
    return wm.choropleth(ward_table, areas=wards, column="rate")


def test_one_line_makes_a_picture_with_words(rates):
    assert rates.kind == "choropleth" and rates.alt and rates.description and rates.title
    assert sum(c["count"] for c in rates.classes) == 18
    texts = " ".join(e.text or "" for e in ET.fromstring(rates.svg()).iter(f"{SVG}text"))
    assert "Crown copyright" in texts.replace("\xa0", " ")


def test_a_total_row_is_never_drawn(offences, population, wards, rates):
    with_total = wm.indicators(offences, areas=wards, area="ward", before="yt_june_2021", after="yt_june_2022", population=population, total=True)
    assert sum(c["count"] for c in wm.choropleth(with_total, wards).classes) == 18


def test_saved_in_every_format_whole_or_not_at_all(rates, tmp_path):
    files = [tmp_path / f"rate.{ending}" for ending in ("svg", "pdf", "png")]
    rates.save(*files)
    assert [f.read_bytes()[:4] for f in files] == [b"<?xm", b"%PDF", b"\x89PNG"] or files[0].read_bytes()[:4] == b"<svg"
    with pytest.raises(OSError, match="overwrite=True"):
        rates.save(tmp_path / "other.svg", files[0])
    assert not (tmp_path / "other.svg").exists(), "nothing is written if one cannot be"
    rates.save(*map(str, files), overwrite=True)
    with pytest.raises(ValueError, match="gif"):
        rates.save(tmp_path / "rate.gif")
    with pytest.raises(ValueError):
        rates.save()
    assert not list(tmp_path.glob("*.part"))


def test_the_same_table_gives_the_same_bytes(ward_table, wards, rates):
    again = wm.choropleth(ward_table, areas=wards, column="rate")
    assert (again.svg(), again.png(dpi=96), again.pdf()) == (rates.svg(), rates.png(dpi=96), rates.pdf())


def test_a_notebook_shows_it_with_ids_of_its_own(rates):
    one, two = rates._repr_mimebundle_(), rates._repr_mimebundle_()
    assert one["text/plain"] == rates.alt and "<svg" in one["text/html"] and one["image/png"].startswith("iVBOR")
    ids = [set(re.findall(r'\bid="([^"]+)"', shown["text/html"])) for shown in (one, two)]
    assert ids[0] and not ids[0] & ids[1]


def test_every_picture_of_the_ward_table(ward_table, wards, tmp_path):
    for figure in (wm.circle_map(ward_table, wards), wm.quadrant_map(ward_table, wards), wm.quadrant_chart(ward_table)):
        assert figure.alt and figure.svg().count("<text") > 18
        assert "growth" not in figure.description


def test_charts_and_tables_of_the_ward_table(ward_table):
    for figure in (wm.bars(ward_table, ["count_before", "count_after"]), wm.matrix(ward_table, ["count_before", "count_after"]),
                   wm.table_figure(ward_table, ["area_name", "rate"]), wm.ward_table_figure(ward_table, rank=True)):
        assert "St Michael" in figure.svg() and figure.pdf()[:4] == b"%PDF"
    with pytest.raises(ValueError, match="largest_first"):
        wm.bars(ward_table, "rate", order="largest")


def test_options_are_keywords_and_enums_are_strings(ward_table, wards):
    figure = wm.choropleth(ward_table, wards, "rate", k=3, title="Where it is", note="A note of mine", labels="none", slot="half",
                           theme="large", alt="Mine", scheme="quantile")
    assert figure.alt == "Mine" and figure.title == "Where it is" and len([c for c in figure.classes if c["lower"] is not None]) >= 3
    assert any("A note of mine" in note for note in figure.notes)
    untitled = wm.choropleth(ward_table, wards, title="Where it is", show_title=False)
    assert "Where it is" not in "".join(re.findall(r"<text[^>]*>(.*?)</text>", untitled.svg()))
    with pytest.raises(TypeError):
        wm.choropleth(ward_table, wards, "rate", 5)
    for bad in ({"slot": "hal"}, {"theme": "dark"}, {"labels": "nam"}, {"scheme": "natual"}, {"k": 0}, {"k": "five"}):
        with pytest.raises(ValueError):
            wm.choropleth(ward_table, wards, "rate", **bad)


def test_polars_and_geopandas_draw_without_areas_given_twice(ward_table, wards):
    pytest.importorskip("geopandas")
    frame = wards.to_geopandas().merge(ward_table.drop(columns="area_name"), on="area_code")
    assert sum(c["count"] for c in wm.choropleth(frame, column="rate").classes) == 18
    with pytest.raises(ValueError, match="areas="):
        wm.choropleth(ward_table)


def test_polars_tables_draw(ward_table, wards):
    pl = pytest.importorskip("polars")
    assert wm.choropleth(pl.from_pandas(ward_table), wards).svg()
    assert wm.quadrant_chart(pl.from_pandas(ward_table)).svg()


def test_a_column_that_is_not_there_names_the_nearest(ward_table, wards):
    with pytest.raises(KeyError, match="rate"):
        wm.choropleth(ward_table, wards, "rat")
    with pytest.raises(KeyError, match="area_code"):
        wm.choropleth(ward_table.drop(columns="area_code"), wards)


@pytest.fixture
def month_counts():
    pd = pytest.importorskip("pandas")
    months = [f"{year}-{month:02}" for year in (2020, 2021) for month in range(1, 13)]
    rows = [("E05001218", "Bablake", m, kind, base + (m > "2021")) for m in months for kind, base in (("ROBBERY", 30), ("THEFT", 60))]
    return pd.DataFrame(rows, columns=["area_code", "area_name", "period", "offence", "count"])


def test_charts_of_counts_draw_frames(month_counts):
    assert wm.months_chart(month_counts, "ROBBERY", breaks=["2020-03..2020-06=First lockdown"]).title.startswith("Robbery rose 3%")
    assert wm.index_chart(month_counts, "ROBBERY", baseline="2020-12").data is not None
    assert "log-linear" in " ".join(wm.share_chart(month_counts, "ROBBERY").notes)
    assert "trend" not in " ".join(wm.share_chart(month_counts, "ROBBERY", trend="none").notes)
    assert wm.season_chart(month_counts, style="dots", start="april").kind == "season"
    with pytest.raises(KeyError, match="ROBBERY"):
        wm.months_chart(month_counts, "ROBERY")
    with pytest.raises(ValueError):
        wm.season_chart(month_counts, style="ring")


def test_what_is_odd_in_counts_is_a_warning(month_counts):
    with pytest.warns(wm.WardmapWarning, match="July 2020"):
        wm.months_chart(month_counts[month_counts["period"] != "2020-07"], "ROBBERY")


def test_hours_draw_frames():
    pd = pytest.importorskip("pandas")
    frame = pd.DataFrame({"area_code": "E05001218", "area_name": "Bablake", "period": [f"{h:02}" for h in range(24)] + ["no time"],
                          "count": [10] * 24 + [60]})
    assert any("20% of all" in note for note in wm.hours_chart(frame).notes)


@pytest.fixture
def nine(wards, population):
    """All nine published tables below each other."""
    offences = pytest.importorskip("pandas").read_csv(OFFENCES)
    return wm.indicators(offences, areas=wards, area="ward", before="yt_june_2021", after="yt_june_2022", population=population, by=["marker", "offence"])


def test_facets_are_one_picture_of_many_maps(nine, wards):
    for figure in (wm.choropleth(nine, wards, facets=["marker", "offence"], slot="page"), wm.circle_map(nine, wards, facets=["marker", "offence"]),
                   wm.quadrant_map(nine, wards, facets=["marker", "offence"])):
        assert len(re.findall(r'panel-\d+-area-E05001218"', figure.svg())) == 9 and figure.alt.startswith("9 maps")
        assert figure.data.to_pandas().groupby(["marker", "offence"]).size().tolist() == [18] * 9
    with pytest.raises(KeyError, match="offence"):
        wm.choropleth(nine, wards, facets="offense")


def test_labels_come_back_as_they_went_and_moved_where_moved(ward_table, wards, rates):
    labels = rates.labels
    assert wm.choropleth(ward_table, wards, label_positions=labels).svg() == rates.svg()
    first = next(label for label in labels if label["code"] == "E05001218")
    first["box"] = tuple(x + d for x, d in zip(first["box"], (5, -4, 5, -4)))
    moved = next(label for label in wm.choropleth(ward_table, wards, label_positions=labels).labels if label["code"] == "E05001218")
    assert moved["box"] == pytest.approx(first["box"], abs=0.01)
    first["box"] = (900, 900, 920, 905)
    with pytest.raises(ValueError, match="not on the sheet"):
        wm.choropleth(ward_table, wards, label_positions=labels)
    with pytest.raises(ValueError, match="label positions"):
        wm.choropleth(ward_table, wards, label_positions=[{"code": "E05001218"}])


def test_layers_are_drawn_and_classes_say_how_well_they_fit(ward_table, wards, rates):
    figure = wm.choropleth(ward_table, wards, overlay=wards, overlay_title="All", outline=wards, outline_title="Wards", locator=wards, context=wards)
    assert "-locator\"" in figure.svg()
    assert 0.9 < rates.goodness_of_fit <= 1 and wm.quadrant_map(ward_table, wards).goodness_of_fit is None


@pytest.fixture
def districts():
    pd = pytest.importorskip("pandas")
    rows = [
        (f"E0{i}", name, period, value + step, value + step - 8, value + step + 8)
        for i, (name, value) in enumerate([("Alder", 90), ("Brook", 120), ("Cray", 101), ("Down", 60), ("Esk", 140), ("England", 100)])
        for period, step in (("2019/20", 0), ("2020/21", 3), ("2021/22", 9))
    ]
    return pd.DataFrame(rows, columns=["Area Code", "Area Name", "Time period", "Value", "Lower CI 95.0 limit", "Upper CI 95.0 limit"])


def test_districts_are_compared_with_england(districts):
    figure = wm.compare_chart(districts, highlight="Brook", reference="England")
    assert figure.title == "Brook is higher than England: 129 against 109" and len(figure.alt) <= 150
    earlier = wm.compare_chart(districts, highlight=["Brook", "Down"], reference=["England"], period="2019/20", slot="half")
    assert earlier.title == "Brook is higher than England, Down lower"
    assert "similar" in list(figure.data["compared"])
    with pytest.raises(KeyError, match="England"):
        wm.compare_chart(districts, reference="Englnd")


def test_trends_say_where_they_began_and_how_they_stand(districts):
    figure = wm.trend_chart(districts, highlight="Down", reference="England")
    assert figure.title == "Down: 60 in 2019/20, 69 in 2021/22, no clear change, lower than England"
    with pytest.raises(ValueError, match="highlight"):
        wm.trend_chart(districts)


def test_two_numbers_of_the_wards_stand_against_each_other(ward_table):
    figure = wm.scatter_chart(ward_table, "rate_before", "rate", highlight="Foleshill")
    assert "18" in figure.alt and any("95% interval" in note for note in figure.notes)
    assert not any("correlation" in note for note in wm.scatter_chart(ward_table, "count_before", "count_after", correlation="none").notes)
    assert wm.scatter_chart(ward_table, "rate", "count_after", x_scale="log", y_scale="square_root").svg()
    with pytest.raises(ValueError, match="linear"):
        wm.scatter_chart(ward_table, "rate", "count_after", x_scale="cube")


def test_rates_by_decile_come_from_small_areas():
    table = {"decile": [1, 1, 2, 10], "count": [150, 150, 90, 100], "population": [500, 500, 600, 1000]}
    figure = wm.gradient_chart(table, per=1000)
    assert figure.title == "The rate in the most deprived decile is 3.0 times that in the least deprived"
    assert list(figure.data["count"][:2]) == [300, 90]
    assert len(wm.gradient_chart(table, fifths=True).data) == 5


@pytest.mark.parametrize("draw", [wm.choropleth, wm.circle_map])
def test_a_map_of_words_is_warned_of(draw, ward_table, wards):
    with pytest.warns(wm.WardmapWarning, match="column quadrant: no cell is a number"):
        draw(ward_table, areas=wards, column="quadrant")
