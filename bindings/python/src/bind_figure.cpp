#include "figure_arguments.hpp"

#include "convert.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/output_file.hpp"
#include "wardmap/base/suggest.hpp"
#include "wardmap/figure/bars.hpp"
#include "wardmap/figure/compare_chart.hpp"
#include "wardmap/figure/gradient_chart.hpp"
#include "wardmap/figure/hours_chart.hpp"
#include "wardmap/figure/lint.hpp"
#include "wardmap/figure/matrix.hpp"
#include "wardmap/figure/month_chart.hpp"
#include "wardmap/figure/quadrant_chart.hpp"
#include "wardmap/figure/scatter_chart.hpp"
#include "wardmap/figure/season_chart.hpp"
#include "wardmap/figure/share_chart.hpp"
#include "wardmap/figure/table_figure.hpp"
#include "wardmap/figure/trend_chart.hpp"
#include "wardmap/figure/ward_table_figure.hpp"
#include "wardmap/render/fonts.hpp"
#include "wardmap/render/pdf.hpp"
#include "wardmap/render/png.hpp"
#include "wardmap/render/svg.hpp"
#include "wardmap/report/figure_file.hpp"
#include "wardmap/report/map_call.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>

namespace wardmap {
namespace {

/// The value of one of an option's names. \throws UsageError naming the nearest.
template <typename T>
T named(const char* option, const std::string& given, const std::vector<std::pair<const char*, T>>& names) {
    std::vector<std::string> all;
    for (const auto& [name, value] : names) {
        if (given == name) return value;
        all.emplace_back(name);
    }
    throw UsageError(std::string(option) + " '" + given + "' is not known", {}, did_you_mean(given, all));
}

/// The options a caller gave: keys are names of keyword arguments, those left out are not there.
class Given {
public:
    explicit Given(const py::dict& options) : options_(options) {}

    template <typename T>
    void take(const char* key, T& into) const {
        if (!options_.contains(key)) return;
        try {
            into = options_[key].template cast<T>();
        } catch (const py::cast_error&) {
            throw UsageError(std::string("the argument ") + key + " is of the wrong kind", {},
                             "see help() of the function");
        }
    }
    std::string text(const char* key) const {
        std::string out;
        take(key, out);
        return out;
    }
    bool has(const char* key) const { return options_.contains(key); }

    FigureOptions figure() const {
        FigureOptions out;
        take("id", out.id);
        take("title", out.title);
        take("subtitle", out.subtitle);
        take("notes", out.notes);
        take("source", out.source);
        take("alt", out.alt);
        take("attribution", out.attribution);
        bool show_title = true;
        take("show_title", show_title);
        out.title_shown = show_title ? TitleShown::yes : TitleShown::no;
        if (has("slot")) {
            out.slot = named<Slot>("slot", text("slot"),
                                   {{"full", Slot::full},
                                    {"half", Slot::half},
                                    {"page", Slot::page},
                                    {"landscape", Slot::landscape},
                                    {"slide", Slot::slide},
                                    {"govuk", Slot::govuk}});
        }
        if (has("theme")) {
            out.theme = named<Theme>("theme", text("theme"),
                                     {{"report", Theme::report},
                                      {"large", Theme::large},
                                      {"slide", Theme::slide},
                                      {"mono", Theme::mono}});
        }
        return out;
    }

    MapOptions map() const {
        MapOptions out;
        out.figure = figure();
        take("column", out.value);
        take("value_words", out.value_words);
        take("legend_title", out.legend_title);
        take("palette", out.palette);
        take("breaks", out.breaks);
        if (has("scheme")) out.scheme = parse_scheme(text("scheme"));
        if (has("k")) {
            std::size_t k = 0;
            take("k", k);
            out.k = k;
        }
        if (has("largest")) {
            double largest = 0;
            take("largest", largest);
            out.largest = largest;
        }
        bool round_breaks = true;
        take("round_breaks", round_breaks);
        out.round_breaks = round_breaks ? RoundBreaks::yes : RoundBreaks::no;
        if (has("labels")) {
            out.labels = named<AreaLabels>("labels", text("labels"),
                                           {{"none", AreaLabels::none},
                                            {"name", AreaLabels::name},
                                            {"name_and_value", AreaLabels::name_and_value},
                                            {"value", AreaLabels::value}});
        }
        if (has("dark")) {
            out.dark = named<DarkEnd>(
                "dark", text("dark"),
                {{"automatic", DarkEnd::automatic}, {"high", DarkEnd::high}, {"low", DarkEnd::low}});
        }
        for (const auto& [name, layer] :
             {std::pair{"overlay", &out.overlay}, std::pair{"outline", &out.outlines},
              std::pair{"context", &out.context}, std::pair{"locator", &out.locator}}) {
            if (has(name)) *layer = options_[name].cast<AreaSet>();
        }
        take("overlay_title", out.overlay_title);
        take("outline_title", out.outline_title);
        if (has("label_positions")) out.label_positions = positions(options_["label_positions"]);
        return out;
    }

    /// Labels as `Figure.labels` gives them, boxes edited.
    static std::vector<PlacedLabel> positions(const py::handle& given) {
        std::vector<PlacedLabel> out;
        const auto box_of = [](const py::handle& numbers) {
            const auto [a, b, c, d] = numbers.cast<std::tuple<double, double, double, double>>();
            return Box{a, b, c, d};
        };
        try {
            for (const py::handle one : given) {
                PlacedLabel label;
                label.code = one["code"].cast<std::string>();
                if (label.code.empty()) continue;
                label.text = one["text"].cast<std::string>();
                label.box = box_of(one["box"]);
                label.has_leader = one["has_leader"].cast<bool>();
                label.by_hand = one["by_hand"].cast<bool>();
                for (const py::handle line : one["lines"]) label.lines.push_back(box_of(line));
                if (!one["symbol"].is_none()) {
                    const auto [x, y] = one["symbol"].cast<std::pair<double, double>>();
                    label.symbol = Point{x, y};
                }
                out.push_back(std::move(label));
            }
        } catch (const std::exception& error) {
            throw UsageError("these are no label positions (" + std::string(error.what()) + ")", {},
                             "take the labels of a figure, and edit their 'box'");
        }
        return out;
    }

    QuadrantChartOptions quadrant_chart() const {
        QuadrantChartOptions out;
        out.figure = figure();
        if (has("rate_scale")) {
            out.rate_scale =
                named<RateScale>("rate_scale", text("rate_scale"),
                                 {{"linear", RateScale::linear}, {"square_root", RateScale::square_root}});
        }
        if (has("change_scale")) {
            out.change_scale =
                named<ChangeScale>("change_scale", text("change_scale"),
                                   {{"log_ratio", ChangeScale::log_ratio}, {"linear", ChangeScale::linear}});
        }
        return out;
    }

    BarsOptions bars() const {
        BarsOptions out;
        out.figure = figure();
        take("label", out.label);
        take("values", out.values);
        take("reference_label", out.reference_label);
        if (has("reference")) {
            double reference = 0;
            take("reference", reference);
            out.reference = reference;
        }
        if (has("order")) {
            out.order = named<BarOrder>(
                "order", text("order"),
                {{"largest_first", BarOrder::largest_first}, {"as_given", BarOrder::as_given}});
        }
        return out;
    }

    MatrixOptions matrix() const {
        MatrixOptions out;
        out.figure = figure();
        take("columns", out.columns);
        take("palette", out.palette);
        if (has("scale")) {
            out.scale = named<MatrixScale>(
                "scale", text("scale"),
                {{"each_column", MatrixScale::each_column}, {"shared", MatrixScale::shared}});
        }
        if (has("order")) {
            out.order = named<MatrixOrder>(
                "order", text("order"),
                {{"average_rank", MatrixOrder::average_rank}, {"as_given", MatrixOrder::as_given}});
        }
        return out;
    }

    TableFigureOptions table_figure() const {
        TableFigureOptions out;
        out.figure = figure();
        take("columns", out.columns);
        return out;
    }

    WardTableOptions ward_table() const {
        WardTableOptions out;
        out.figure = figure();
        bool rank = false;
        take("rank", rank);
        out.rank = rank ? RankColumn::shown : RankColumn::hidden;
        take("decile_column", out.decile_column);
        return out;
    }

    MonthsChartOptions months() const { return {figure(), series(), bands()}; }

    IndexChartOptions index() const {
        IndexChartOptions out;
        out.figure = figure();
        out.series = series();
        out.bands = bands();
        const std::string baseline = text("baseline");
        if (baseline == "year-before") {
            out.against = IndexAgainst::year_before;
        } else if (!baseline.empty()) {
            out.baseline = parse_period(baseline);
            if (!out.baseline)
                throw UsageError("the baseline '" + baseline + "' is no month", {},
                                 "write 'YYYY-MM' or 'year-before'");
        }
        return out;
    }

    ShareChartOptions share() const {
        ShareChartOptions out;
        out.figure = figure();
        out.series = series();
        out.bands = bands();
        take("level", out.trend.level);
        const std::string trend = text("trend");
        if (trend == "none") {
            out.trend_shown = TrendShown::no;
        } else if (!trend.empty()) {
            out.trend.model = parse_trend_model(trend);
        }
        return out;
    }

    SeasonChartOptions season() const {
        SeasonChartOptions out;
        out.figure = figure();
        out.series = series();
        if (has("style")) {
            out.style = named<SeasonStyle>("style", text("style"),
                                           {{"columns", SeasonStyle::columns}, {"dots", SeasonStyle::dots}});
        }
        if (has("start")) {
            out.start = named<SeasonStart>(
                "start", text("start"), {{"january", SeasonStart::january}, {"april", SeasonStart::april}});
        }
        return out;
    }

    HoursChartOptions hours() const {
        HoursChartOptions out;
        out.figure = figure();
        out.rows = {text("kind"), text("kind_column")};
        out.small_numbers = small_numbers();
        take("palette", out.palette);
        return out;
    }

    CompareChartOptions compare() const {
        CompareChartOptions out;
        out.figure = figure();
        out.columns = value_columns();
        out.roles = roles();
        take("period", out.period);
        take("keep", out.keep);
        bool all_rows = false;
        take("all_rows", all_rows);
        out.rows = all_rows ? CompareRows::all : CompareRows::fit;
        return out;
    }

    TrendChartOptions trend() const {
        TrendChartOptions out;
        out.figure = figure();
        out.columns = value_columns();
        out.roles = roles();
        bool from_zero = false;
        take("from_zero", from_zero);
        out.start = from_zero ? AxisStart::zero : AxisStart::near;
        return out;
    }

    ScatterChartOptions scatter() const {
        ScatterChartOptions out;
        out.figure = figure();
        take("x", out.x);
        take("y", out.y);
        take("label", out.label);
        take("highlight", out.highlight);
        take("count", out.count);
        take("level", out.level);
        if (has("x_scale")) out.x_scale = axis_scale("x_scale");
        if (has("y_scale")) out.y_scale = axis_scale("y_scale");
        bool whole_lines = false;
        take("whole_lines", whole_lines);
        out.whole_lines = whole_lines ? WholeLines::yes : WholeLines::no;
        const std::string kind = text("correlation");
        if (kind == "none") {
            out.correlation.reset();
        } else if (!kind.empty()) {
            out.correlation = parse_correlation(kind);
        }
        return out;
    }

    GradientChartOptions gradient() const {
        GradientChartOptions out;
        out.figure = figure();
        take("decile", out.gradient.group);
        take("count", out.gradient.count);
        take("population", out.gradient.people);
        take("per", out.gradient.per);
        take("level", out.gradient.level);
        bool fifths = false;
        take("fifths", fifths);
        out.gradient.groups = fifths ? GradientGroups::fifths : GradientGroups::as_given;
        out.gradient.small_numbers = small_numbers();
        return out;
    }

private:
    AxisScale axis_scale(const char* key) const {
        return named<AxisScale>(key, text(key),
                                {{"linear", AxisScale::linear},
                                 {"log", AxisScale::log},
                                 {"square_root", AxisScale::square_root}});
    }

    AreaValueColumns value_columns() const {
        AreaValueColumns out;
        take("label", out.area);
        take("value", out.value);
        take("lower", out.lower);
        take("upper", out.upper);
        take("period_column", out.period);
        return out;
    }

    AreaRoles roles() const {
        AreaRoles out;
        take("highlight", out.highlight);
        take("reference", out.references);
        return out;
    }

    SmallNumberRule small_numbers() const {
        return has("small_numbers") ? parse_small_numbers(text("small_numbers")) : SmallNumberRule{};
    }

    MonthSeriesOptions series() const {
        bool last_incomplete = false;
        take("last_incomplete", last_incomplete);
        return {text("kind"), text("kind_column"), last_incomplete ? LastMonth::part : LastMonth::whole,
                small_numbers()};
    }

    std::vector<TimeBand> bands() const {
        std::vector<std::string> texts;
        take("breaks", texts);
        std::vector<TimeBand> out;
        for (const std::string& one : texts) out.push_back(parse_time_band(one));
        return out;
    }

    const py::dict& options_;
};

void save(const Figure& figure, const std::vector<std::string>& paths, bool overwrite, double dpi) {
    const Overwrite rule = overwrite ? Overwrite::replace : Overwrite::refuse;
    const Unlocked unlocked;
    for (const std::string& path : paths) check_output(path, rule);
    for (const std::string& path : paths)
        write_output(path, figure_bytes(figure, picture_format_of(path), {.dpi = dpi}), rule);
}

/// SVG for a page: `display` makes the ids unique among all pictures shown.
std::string html_svg(const Figure& figure, const std::string& display) {
    const Unlocked unlocked;
    Scene scene = figure.scene;
    scene.id = display;
    return to_svg(scene, {.place = SvgPlace::html, .fonts = SvgFonts::carried});
}

py::list classes_of(const Figure& figure) {
    py::list out;
    for (const FigureClass& c : figure.classes) {
        py::dict one;
        one["label"] = c.label;
        one["color"] = hex(c.color);
        one["count"] = c.count;
        one["lower"] = c.lower;
        one["upper"] = c.upper;
        out.append(one);
    }
    return out;
}

py::list labels_of(const Figure& figure) {
    py::list out;
    for (const PlacedLabel& l : figure.labels) {
        py::dict one;
        one["code"] = l.code;
        one["text"] = l.text;
        one["box"] = py::make_tuple(l.box.min_x, l.box.min_y, l.box.max_x, l.box.max_y);
        one["has_leader"] = l.has_leader;
        py::list lines;
        for (const Box& line : l.lines)
            lines.append(py::make_tuple(line.min_x, line.min_y, line.max_x, line.max_y));
        one["lines"] = lines;
        one["by_hand"] = l.by_hand;
        one["symbol"] = l.symbol ? py::object(py::make_tuple(l.symbol->x, l.symbol->y)) : py::none();
        out.append(one);
    }
    return out;
}

/// One map, or with `facets` (columns) a page of small ones.
auto map_binding(MapKind kind) {
    return [kind](const Table& table, const AreaSet& areas, const py::dict& options) {
        MapRequest request{table,      areas, {}, kind, Given(options).map(), {}, FigureScale::shared,
                           Facets::no, {}};
        if (options.contains("facets")) {
            request.by = options["facets"].cast<std::vector<std::string>>();
            request.facets = Facets::yes;
        }
        const Unlocked unlocked;
        return request.facets == Facets::yes
                   ? draw_maps(request, liberation_sans()).figures.front().figure
                   : draw_single_map(request, table, request.options, liberation_sans());
    };
}

/// A chart of a table alone, with its options read by one of Given's functions.
template <auto options_of, typename Options>
auto chart_binding(Figure (*make)(const Table&, const Options&, const TextMeasure&)) {
    return [make](const Table& table, const py::dict& options) {
        const Options given = (Given(options).*options_of)();
        const Unlocked unlocked;
        return make(table, given, liberation_sans());
    };
}

/// A chart of counts: the figure, and what is odd in the counts.
template <auto options_of, typename Options>
auto count_chart_binding(Figure (*make)(const Table&, const Options&, const TextMeasure&, Problems&)) {
    return [make](const Table& table, const py::dict& options) {
        const Options given = (Given(options).*options_of)();
        Problems problems;
        Figure figure;
        {
            const Unlocked unlocked;
            figure = make(table, given, liberation_sans(), problems);
        }
        return py::make_tuple(std::move(figure), list_of(problems));
    };
}

}  // namespace

FigureOptions figure_options_of(const py::dict& options) {
    return Given(options).figure();
}

void bind_figure(py::module_& m) {
    py::class_<Figure>(m, "Figure",
                       "A finished picture with its words, its data and what was decided for it. Immutable.")
        .def_readonly("id", &Figure::id)
        .def_readonly("kind", &Figure::kind)
        .def_readonly("title", &Figure::title)
        .def_readonly("subtitle", &Figure::subtitle)
        .def_readonly("alt", &Figure::alt, "Short alternative text.")
        .def_readonly("description", &Figure::description, "The long description: two to four sentences.")
        .def_readonly("data", &Figure::data, "What is drawn, as a Table: one row a mark.")
        .def_property_readonly("notes", [](const Figure& f) { return py::tuple(py::cast(f.notes)); })
        .def_property_readonly("sources", [](const Figure& f) { return py::tuple(py::cast(f.sources)); })
        .def_property_readonly("classes", &classes_of,
                               "Classes as in the legend: label, color, count, lower, upper.")
        .def_property_readonly("class_of_area",
                               [](const Figure& f) { return py::tuple(py::cast(f.class_of_area)); })
        .def_property_readonly("labels", &labels_of, "Texts placed on the picture, boxes in mm.")
        .def_property_readonly(
            "goodness_of_fit", [](const Figure& f) { return f.goodness_of_fit; },
            "Of the classes: share of the variance that lies between them, 0 to 1; None where there is none.")
        .def_property_readonly(
            "log", [](const Figure& f) { return py::tuple(py::cast(f.log)); },
            "What was decided, in sentences.")
        .def_property_readonly(
            "size_mm", [](const Figure& f) { return py::make_tuple(f.scene.width_mm, f.scene.height_mm); })
        .def(
            "lint", [](const Figure& f) { return lint_figure(f); },
            "What is wrong with it by the rules of docs/lint.md: a list of findings.",
            py::call_guard<Unlocked>())
        .def(
            "svg",
            [](const Figure& f) {
                const Unlocked unlocked;
                return to_svg(f.scene);
            },
            "The picture as SVG text.")
        .def(
            "png",
            [](const Figure& f, double dpi) {
                std::string bytes;
                {
                    const Unlocked unlocked;
                    bytes = to_png(f.scene, {.dpi = dpi});
                }
                return py::bytes(bytes);
            },
            py::kw_only(), py::arg("dpi") = 300.0, "The picture as PNG bytes.")
        .def(
            "pdf",
            [](const Figure& f) {
                std::string bytes;
                {
                    const Unlocked unlocked;
                    bytes = to_pdf(f.scene);
                }
                return py::bytes(bytes);
            },
            "The picture as PDF bytes.")
        .def(
            "save",
            [](const Figure& f, const py::args& paths, bool overwrite, double dpi) {
                if (paths.empty())
                    throw UsageError("no file is named", {}, "fig.save('rate.svg', 'rate.pdf', 'rate.png')");
                std::vector<std::string> files;
                for (const py::handle path : paths)
                    files.push_back(py::module_::import("os").attr("fspath")(path).cast<std::string>());
                save(f, files, overwrite, dpi);
            },
            py::kw_only(), py::arg("overwrite") = false, py::arg("dpi") = 300.0,
            "Writes .svg, .pdf, .png and .docx files, each whole or not at all; a .docx holds the picture at "
            "its true "
            "size, with alternative text and caption. Existing files need overwrite=True. dpi: of .png.")
        .def(
            "_repr_mimebundle_",
            [](const Figure& f, const py::object&, const py::object&) {
                static int shown = 0;  // under the interpreter's lock
                py::dict out;
                out["text/plain"] = f.alt.empty() ? f.title : f.alt;
                out["text/html"] = html_svg(f, f.id + "-shown-" + std::to_string(++shown));
                std::string png;
                {
                    const Unlocked unlocked;
                    png = to_png(f.scene, {.dpi = 144});
                }
                out["image/png"] =
                    py::module_::import("base64").attr("b64encode")(py::bytes(png)).attr("decode")("ascii");
                return out;
            },
            py::arg("include") = py::none(), py::arg("exclude") = py::none())
        .def("__repr__", [](const Figure& f) {
            return "<wardmap.Figure " + f.kind + ": " + (f.alt.empty() ? f.title : f.alt) + ">";
        });

    m.def("choropleth", map_binding(MapKind::choropleth), py::arg("table"), py::arg("areas"),
          py::arg("options"));
    m.def("circle_map", map_binding(MapKind::circles), py::arg("table"), py::arg("areas"),
          py::arg("options"));
    m.def("quadrant_map", map_binding(MapKind::quadrant), py::arg("table"), py::arg("areas"),
          py::arg("options"));
    m.def("quadrant_chart", chart_binding<&Given::quadrant_chart>(&quadrant_chart), py::arg("table"),
          py::arg("options"));
    m.def("bars", chart_binding<&Given::bars>(&bars), py::arg("table"), py::arg("options"));
    m.def("matrix", chart_binding<&Given::matrix>(&matrix), py::arg("table"), py::arg("options"));
    m.def("compare_chart", count_chart_binding<&Given::compare>(&compare_chart), py::arg("table"),
          py::arg("options"));
    m.def("trend_chart", count_chart_binding<&Given::trend>(&trend_chart), py::arg("table"),
          py::arg("options"));
    m.def("scatter_chart", chart_binding<&Given::scatter>(&scatter_chart), py::arg("table"),
          py::arg("options"));
    m.def("gradient_chart", count_chart_binding<&Given::gradient>(&gradient_chart), py::arg("table"),
          py::arg("options"));
    m.def("months_chart", count_chart_binding<&Given::months>(&months_chart), py::arg("table"),
          py::arg("options"));
    m.def("index_chart", count_chart_binding<&Given::index>(&index_chart), py::arg("table"),
          py::arg("options"));
    m.def("share_chart", count_chart_binding<&Given::share>(&share_chart), py::arg("table"),
          py::arg("options"));
    m.def("season_chart", count_chart_binding<&Given::season>(&season_chart), py::arg("table"),
          py::arg("options"));
    m.def("hours_chart", count_chart_binding<&Given::hours>(&hours_chart), py::arg("table"),
          py::arg("options"));
    m.def("table_figure", chart_binding<&Given::table_figure>(&table_figure), py::arg("table"),
          py::arg("options"));
    m.def("ward_table_figure", chart_binding<&Given::ward_table>(&ward_table_figure), py::arg("table"),
          py::arg("options"));
}

}  // namespace wardmap
