#include "wardmap/figure/lint.hpp"

#include "wardmap/base/number_text.hpp"
#include "wardmap/figure/drawn_contrast.hpp"
#include "wardmap/scene/color_sight.hpp"
#include "wardmap/table/cell_text.hpp"
#include "wardmap/table/total_row.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace wardmap {
namespace {

constexpr std::size_t most_title_words = 15;
constexpr std::size_t most_alt_characters = 150;
constexpr std::size_t most_classes = 7;
constexpr std::size_t most_categories = 6;
constexpr double least_distance = 10;          // CIE 1976, to every sight
constexpr double least_class_contrast = 1.25;  // of the palest class on white
constexpr double small_count = 10;
constexpr double low_count = 20;
constexpr double many_small = 0.2;  // share of areas
constexpr double many_low = 0.5;
constexpr double most_linear_change_pct = 300;

using enum LintSeverity;

constexpr std::array rules{
    LintRule{"count_choropleth", warning, "Counts are shaded: large areas look important for their size"},
    LintRule{"small_numbers", warning, "Many areas coloured or ranked by rates of fewer than 10 or 20"},
    LintRule{"unflagged_rates", warning,
             "Rates of fewer than 10 are printed without a mark of low reliability"},
    LintRule{"too_many_classes", warning, "More than 7 classes, or 6 categories, cannot be told apart"},
    LintRule{"too_few_classes", warning, "A shaded map of fewer than 2 classes shows nothing"},
    LintRule{"empty_class", warning, "A class that no area is in"},
    LintRule{"mixed_classes", warning, "Maps of one measure, beside one another, have different classes"},
    LintRule{"red_green", warning, "Red and green stand for different things"},
    LintRule{"close_colours", warning, "Colours nearer than 10 (CIE 1976) to some colour vision"},
    LintRule{"faint_colours", warning,
             "Classes under 1.25:1, or marks under 3:1, against what is behind them"},
    LintRule{"faint_text", warning, "Text under 4.5:1 (large text 3:1) against what is behind it"},
    LintRule{"long_title", warning, "A title of more than 15 words"},
    LintRule{"missing_alt", error, "No alternative text"},
    LintRule{"long_alt", advice, "An alternative text of more than 150 characters"},
    LintRule{"missing_source", warning, "It is not said whose numbers these are"},
    LintRule{"missing_attribution", error, "A map without the licence line of its boundaries"},
    LintRule{"missing_period", warning,
             "It is not said when: no year in title, subtitle or alternative text"},
    LintRule{"missing_unit", warning, "It is not said what the numbers count"},
    LintRule{"unmatched_areas", warning, "Areas without a row, or rows of no area"},
    LintRule{"total_drawn", error, "A total is drawn as if it were one more area"},
    LintRule{"linear_change", warning, "A linear percentage axis with an area above +300%"},
    LintRule{"small_baseline", warning, "A percentage change since a month with fewer than 20"},
};

bool has(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

bool is_map(const Figure& figure) {
    return figure.kind == "choropleth" || figure.kind == "circles" || has(figure.kind, "map");
}

/// Classes in an order, each beside the next.
bool is_ordered(const Figure& figure) {
    return figure.kind == "choropleth" || figure.kind == "ages" || figure.kind == "matrix" ||
           figure.kind == "hours";
}

std::size_t words_in(std::string_view text) {
    std::size_t words = 0;
    bool gap = true;
    for (const char c : text) {
        if (c != ' ' && gap) ++words;
        gap = c == ' ';
    }
    return words;
}

std::size_t characters_in(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](unsigned char c) { return (c & 0xC0) != 0x80; }));
}

/// A year from 1800 to 2199 that stands alone: not the 2013 of an amount.
bool names_a_year(std::string_view text) {
    const auto is_digit = [&](std::size_t at) {
        return at < text.size() && text[at] >= '0' && text[at] <= '9';
    };
    for (std::size_t at = 0; at + 4 <= text.size(); ++at) {
        if (at > 0 && (is_digit(at - 1) || text[at - 1] == ',' || text[at - 1] == '.')) continue;
        if (!is_digit(at) || !is_digit(at + 1) || !is_digit(at + 2) || !is_digit(at + 3) || is_digit(at + 4))
            continue;
        const std::string_view century = text.substr(at, 2);
        if (century == "18" || century == "19" || century == "20" || century == "21") return true;
    }
    return false;
}

/// Numbers of a column, also where a table read from a file has them as text; NaN where there is none.
std::vector<double> numbers_of(const Table& table, std::string_view name) {
    const Column* column = table.find(name);
    std::vector<double> out(table.row_count(), std::nan(""));
    for (std::size_t row = 0; column != nullptr && row < table.row_count(); ++row) {
        if (!column->is_text()) {
            if (column->state(row) == CellState::value) out[row] = column->number(row);
        } else if (const auto cell = parse_cell(column->text(row)); cell && cell->state == CellState::value) {
            out[row] = cell->number;
        }
    }
    return out;
}

std::string name_in(const Table& table, std::size_t row) {
    if (const Column* names = table.find("area_name"); names != nullptr && names->is_text())
        return names->text(row);
    for (const Column& column : table.columns()) {
        if (column.is_text() && column.name() != "area_code") return column.text(row);
    }
    return {};
}

bool is_total(const Table& table, std::size_t row) {
    const Column* codes = table.find("area_code");
    if (codes != nullptr && codes->is_text() && codes->text(row).empty()) return true;
    return is_total_name(name_in(table, row));
}

std::string percent(double share) {
    return with_thousands(100 * share, 0) + "%";
}

std::string ratio(double contrast) {
    return with_thousands(contrast, 2) + ":1";
}

std::string quoted(const std::string& text) {
    return "'" + on_one_line(text) + "'";
}

/// "Foleshill, Henley and 3 more"
std::string some_of(const std::vector<std::string>& names) {
    constexpr std::size_t most = 3;
    std::string out;
    for (std::size_t i = 0; i < std::min(names.size(), most); ++i) out += (i == 0 ? "" : ", ") + names[i];
    if (names.size() > most) out += " and " + std::to_string(names.size() - most) + " more";
    return out;
}

std::string sight_words(Sight sight) {
    switch (sight) {
        case Sight::normal:
            break;
        case Sight::protan:
            return "people who lack the red-sensitive cones (protan)";
        case Sight::deutan:
            return "people who lack the green-sensitive cones (deutan)";
        case Sight::tritan:
            return "people who lack the blue-sensitive cones (tritan)";
    }
    return "everybody";
}

class Linter {
public:
    Linter(const Figure& figure, const LintContext& context) : figure_(figure), context_(context) {}

    std::vector<LintFinding> findings() {
        counts_shaded();
        small_numbers();
        classes();
        colors();
        drawn();
        words();
        origin();
        areas();
        axes();
        std::vector<LintFinding> sorted;
        for (const LintRule& rule : rules) {
            for (LintFinding& one : out_) {
                if (one.rule == rule.code) sorted.push_back(std::move(one));
            }
        }
        return sorted;
    }

private:
    void find(LintSeverity severity, std::string_view rule, std::string where, std::string what,
              std::string remedy) {
        out_.push_back(
            {severity, std::string(rule), figure_.id, std::move(where), std::move(what), std::move(remedy)});
    }

    const Table& counts() const {
        if (figure_.data.find("count_after") == nullptr && context_.drawn_from) return *context_.drawn_from;
        return figure_.data;
    }

    void counts_shaded() {
        if (!figure_.facts.shades_counts) return;
        find(warning, "count_choropleth", "the map",
             "counts are shaded, so an area looks important for its size and its number of people",
             "draw circles (--kind circles), or shade a rate");
    }

    /// Rates of few events: mostly chance.
    void small_numbers() {
        if (!figure_.facts.shows_rates) return;
        const Table& table = counts();
        const std::vector<double> after = numbers_of(table, "count_after");
        std::size_t areas = 0, small = 0, low = 0;
        std::vector<std::string> names;
        for (std::size_t row = 0; row < after.size(); ++row) {
            if (std::isnan(after[row]) || is_total(table, row)) continue;
            ++areas;
            low += after[row] < low_count;
            if (after[row] >= small_count) continue;
            ++small;
            names.push_back(name_in(table, row));
        }
        if (areas == 0) return;
        const auto share = [&](std::size_t n) { return static_cast<double>(n) / static_cast<double>(areas); };
        const std::string what = std::to_string(small) + " of " + std::to_string(areas) + " areas (" +
                                 percent(share(small)) + ") have fewer than 10, " + std::to_string(low) +
                                 " (" + percent(share(low)) +
                                 ") fewer than 20: the standard error of their rates is over 32% and 22%";
        const std::string remedy =
            "add up several years or kinds (--pool), or leave the ranking of these areas out";
        if (share(small) >= many_small) {
            find(warning, "small_numbers", "the rates", what, remedy);
        } else if (share(low) >= many_low) {
            find(advice, "small_numbers", "the rates", what, remedy);
        }
        const bool prints =
            figure_.kind == "ward-table" || figure_.kind == "quadrant" ||
            std::any_of(figure_.labels.begin(), figure_.labels.end(), [](const PlacedLabel& label) {
                return !label.code.empty() && label.text.find_first_of("0123456789") != std::string::npos;
            });
        if (small > 0 && prints && !figure_.facts.marks_small) {
            find(warning, "unflagged_rates", some_of(names),
                 counted(small, "rate") + " of fewer than 10 " + (small == 1 ? "is" : "are") +
                     " printed like the others",
                 "draw the table that 'wardmap indicators' makes: its column flags marks them");
        }
    }

    bool are_deciles() const {
        // The ten fixed classes of deciles and their means: "1" or "1 to 1.9" up to "10", in either order.
        // Their numbers stand in the areas, so that colours alone need not tell them apart.
        if (figure_.classes.size() != 10) return false;
        const auto begins_with = [&](std::size_t place, std::size_t decile) {
            const std::string number = std::to_string(decile);
            const std::string& label = figure_.classes[place].label;
            return label.starts_with(number) &&
                   (label.size() == number.size() || label[number.size()] == ' ');
        };
        bool rising = true, falling = true;
        for (std::size_t i = 0; i < 10; ++i) {
            rising = rising && begins_with(i, i + 1);
            falling = falling && begins_with(i, 10 - i);
        }
        return rising || falling;
    }

    void classes() {
        const std::size_t k = figure_.classes.size();
        if (figure_.kind == "choropleth" && k < 2) {
            find(warning, "too_few_classes", "the legend",
                 k == 0 ? "no area has a value to shade" : "all areas are in one class",
                 "print the one value in words instead of a map, or give other --breaks");
        }
        const std::size_t most = is_ordered(figure_) ? most_classes : most_categories;
        if (k > most && !are_deciles()) {
            find(warning, "too_many_classes", "the legend",
                 std::to_string(k) + (is_ordered(figure_) ? " classes" : " categories") + ", more than " +
                     std::to_string(most) + " are not told apart",
                 is_ordered(figure_) ? "give a smaller --k, or fewer --breaks"
                                     : "join the small categories into one, or draw one chart each");
        }
        if (figure_.kind != "choropleth") return;
        for (const FigureClass& one : figure_.classes) {
            if (one.count > 0 || are_deciles()) continue;
            find(warning, "empty_class", "class " + quoted(one.label), "no area is in it",
                 "give other --breaks, or fewer classes");
        }
    }

    void colors() {
        std::vector<Color> colors;
        for (const FigureClass& one : figure_.classes) colors.push_back(one.color);
        const auto pair_words = [&](std::size_t a, std::size_t b) {
            return quoted(figure_.classes[a].label) + " " + hex(colors[a]) + " and " +
                   quoted(figure_.classes[b].label) + " " + hex(colors[b]);
        };
        bool found = false;
        for (std::size_t i = 0; i < colors.size() && !found; ++i) {
            for (std::size_t j = i + 1; j < colors.size() && !found; ++j) {
                if (!red_and_green(colors[i], colors[j])) continue;
                found = true;
                find(warning, "red_green", pair_words(i, j),
                     "one is red, the other green: to deutan eyes they are " +
                         with_thousands(seen_distance(colors[i], colors[j], Sight::deutan), 0) +
                         " apart, to others " +
                         with_thousands(seen_distance(colors[i], colors[j], Sight::normal), 0),
                     "take PuOr or RdBu for changes up and down, AF for categories (--palette)");
            }
        }
        // Each area of a map of deciles has its decile printed in it.
        const bool printed = are_deciles() && !figure_.labels.empty();
        if (colors.size() > 1 && !printed) {
            const auto pairs = is_ordered(figure_) ? ColorPairs::neighbours : ColorPairs::all;
            const ClosestColors closest = closest_colors(colors, pairs, all_sights);
            if (closest.distance < least_distance) {
                find(warning, "close_colours", pair_words(closest.first, closest.second),
                     "they are " + with_thousands(closest.distance, 1) + " apart to " +
                         sight_words(closest.sight) + ", 10 are needed",
                     "take fewer classes or another --palette ('wardmap palettes' lists their distances)");
            }
        }
        const Color white{0xff, 0xff, 0xff, 1};
        const double needed = is_ordered(figure_) ? least_class_contrast : 3.0;
        for (std::size_t i = 0; i < colors.size(); ++i) {
            const double seen = contrast(colors[i], white);
            const bool is_white = colors[i].r == 0xff && colors[i].g == 0xff && colors[i].b == 0xff;
            // Marks to the tenth that ratios are printed to: the Analysis Function's orange is 2.97.
            const double slack = is_ordered(figure_) ? 0.005 : 0.05;
            if (seen + slack >= needed || (is_white && is_ordered(figure_))) continue;
            find(warning, "faint_colours", quoted(figure_.classes[i].label) + " " + hex(colors[i]),
                 "its contrast with white is " + ratio(seen) + ", " + ratio(needed) + " are needed",
                 "take a darker colour ('wardmap palettes' lists the contrasts)");
        }
    }

    /// What only the drawn picture shows.
    void drawn() {
        const std::vector<FaintText> texts = faint_texts(figure_.scene);
        if (!texts.empty()) {
            const auto worst =
                std::min_element(texts.begin(), texts.end(), [](const FaintText& a, const FaintText& b) {
                    return a.contrast / a.needed < b.contrast / b.needed;
                });
            find(warning, "faint_text", quoted(worst->text),
                 counted(texts.size(), "text") + " too faint; the faintest is " + hex(worst->ink) + " on " +
                     hex(worst->behind) + ", " + ratio(worst->contrast) + " where " + ratio(worst->needed) +
                     " are needed",
                 "take a palette whose ink reaches 4.5:1, or leave these labels out");
        }
        if (is_map(figure_) || is_ordered(figure_)) return;
        const std::vector<FaintMark> marks = faint_marks(figure_.scene);
        if (marks.empty()) return;
        find(warning, "faint_colours", quoted(marks.front().label),
             counted(marks.size(), "mark") + " too faint; the first is " + hex(marks.front().color) + " on " +
                 hex(marks.front().behind) + ", " + ratio(marks.front().contrast) +
                 " where 3.00:1 are needed",
             "take a darker colour");
    }

    void words() {
        if (const std::size_t n = words_in(figure_.title); n > most_title_words) {
            find(warning, "long_title", "title", std::to_string(n) + " words: " + quoted(figure_.title),
                 "say the finding in 15 words or fewer (--title); the rest belongs into the subtitle");
        }
        if (figure_.alt.find_first_not_of(' ') == std::string::npos) {
            find(error, "missing_alt", "alternative text",
                 "there is none, so the picture says nothing to a screen reader",
                 "give one with --alt, or leave --alt out: one is made");
        } else if (const std::size_t n = characters_in(figure_.alt); n > most_alt_characters) {
            find(advice, "long_alt", "alternative text",
                 std::to_string(n) + " characters, 150 are read without a break",
                 "give a shorter one with --alt; the long description says the rest");
        }
    }

    void origin() {
        const bool knows_table = context_.drawn_from.has_value();
        const bool no_source =
            figure_.sources.empty() || (knows_table && context_.drawn_from->meta().source.empty());
        if (no_source) {
            find(warning, "missing_source", "source line",
                 "it does not say who published or counted the numbers",
                 "give --source, or source = \"...\" in the project file");
        }
        if (is_map(figure_)) {
            const auto is_licence = [](const std::string& line) {
                return has(line, "\u00a9") || has(line, "licen") || has(line, "Contains");
            };
            if (std::none_of(figure_.sources.begin(), figure_.sources.end(), is_licence)) {
                find(context_.place == LintPlace::report ? error : warning, "missing_attribution",
                     "source line",
                     "the boundaries' licence line is missing; every map needs one, also within an office",
                     "take built-in areas, which bring it, or add the line (--source, or attribution of the "
                     "areas)");
            }
        }
        const std::vector<std::string> drawn = figure_.data.names();
        if (!names_a_year(figure_.title) && !names_a_year(figure_.subtitle) && !names_a_year(figure_.alt) &&
            std::none_of(drawn.begin(), drawn.end(), names_a_year) &&
            std::none_of(figure_.notes.begin(), figure_.notes.end(), names_a_year)) {
            find(warning, "missing_period", "subtitle", "no year is named",
                 "give --period, or --subtitle with the period");
        }
        if (figure_.subtitle.empty()) {
            find(warning, "missing_unit", "subtitle",
                 "there is none: what is counted, of what and where is not said",
                 "give --subtitle, or --measure and --unit");
        } else if (figure_.facts.says_events) {
            find(advice, "missing_unit", "subtitle", "the unit is not known, so the picture says 'events'",
                 "give --unit offences (or whatever was counted), and --measure");
        }
    }

    void areas() {
        const std::vector<std::string>& without = figure_.facts.areas_without_row;
        const std::vector<std::string>& strangers = figure_.facts.rows_of_no_area;
        if (!without.empty()) {
            find(warning, "unmatched_areas", some_of(without),
                 counted(without.size(), "area") + " without a row: drawn as no data",
                 "'wardmap check' says which names and codes do not match");
        }
        if (!strangers.empty()) {
            find(warning, "unmatched_areas", some_of(strangers),
                 counted(strangers.size(), "row") + " of no area on the map: not drawn",
                 "'wardmap check' says which names and codes do not match");
        }
        const Column* codes = figure_.data.find("area_code");
        for (std::size_t row = 0; row < figure_.data.row_count(); ++row) {
            if (codes == nullptr || !codes->is_text() || codes->text(row).empty()) continue;
            if (!is_total_name(name_in(figure_.data, row))) continue;
            find(error, "total_drawn", quoted(name_in(figure_.data, row)),
                 "a total is drawn beside its parts, as if it were one of them",
                 "take the code out of the total's row, so that it is known for what it is");
        }
    }

    void axes() {
        if (figure_.facts.linear_change_pct.value_or(0) > most_linear_change_pct) {
            find(warning, "linear_change", "the change axis",
                 "it is linear and an area changed by more than +300%, so all others are squeezed together",
                 "leave --change-scale out: the log-ratio axis sets doubling and halving equally far from 0");
        }
        if (figure_.facts.small_baselines > 0) {
            find(warning, "small_baseline", "the baseline",
                 "fewer than 20 in the month that all changes are measured against",
                 "name a fuller month with --baseline, or compare with the same month of the year before");
        }
    }

    const Figure& figure_;
    const LintContext& context_;
    std::vector<LintFinding> out_{};
};

/// The column a shaded map is of, and its subtitle without what tells years apart.
struct Measure {
    std::string column{};
    std::string words{};
};

Measure measure_of(const Figure& figure) {
    Measure out;
    for (const Column& column : figure.data.columns()) {
        if (column.name() != "area_code" && column.name() != "area_name") out.column = column.name();
    }
    const std::size_t period = figure.subtitle.rfind(", ");
    out.words = names_a_year(figure.subtitle) && period != std::string::npos
                    ? figure.subtitle.substr(0, period)
                    : figure.subtitle;
    return out;
}

/// Inner edges: the ends follow the data of each map.
std::vector<double> inner_edges(const Figure& figure) {
    std::vector<double> edges;
    for (std::size_t i = 1; i < figure.classes.size(); ++i)
        edges.push_back(figure.classes[i].lower.value_or(std::nan("")));
    return edges;
}

bool same_edges(const Figure& a, const Figure& b) {
    const std::vector<double> first = inner_edges(a);
    const std::vector<double> second = inner_edges(b);
    return first.size() == second.size() &&
           std::equal(first.begin(), first.end(), second.begin(),
                      [](double x, double y) { return x == y || (std::isnan(x) && std::isnan(y)); });
}

}  // namespace

std::string_view name_of(LintSeverity severity) noexcept {
    switch (severity) {
        case LintSeverity::error:
            return "error";
        case LintSeverity::warning:
            return "warning";
        case LintSeverity::advice:
            break;
    }
    return "advice";
}

std::span<const LintRule> lint_rules() noexcept {
    return rules;
}

std::vector<LintFinding> lint_figure(const Figure& figure, const LintContext& context) {
    return Linter(figure, context).findings();
}

std::vector<LintFinding> lint_beside(std::span<const Figure> figures) {
    std::map<std::pair<std::string, std::string>, const Figure*> first_of;
    std::vector<LintFinding> out;
    for (const Figure& figure : figures) {
        if (figure.kind != "choropleth" || figure.classes.empty()) continue;
        const Measure measure = measure_of(figure);
        const auto [entry, is_new] = first_of.emplace(std::pair(measure.column, measure.words), &figure);
        if (is_new || same_edges(*entry->second, figure)) continue;
        out.push_back({warning, "mixed_classes", figure.id, "the legend",
                       "its classes differ from those of " + quoted(entry->second->id) +
                           ", which shows the same measure: one colour means two things",
                       "draw both with one scale: --by with --scale shared, or the same --breaks"});
    }
    return out;
}

bool any_serious(std::span<const LintFinding> findings) noexcept {
    return std::any_of(findings.begin(), findings.end(),
                       [](const LintFinding& one) { return one.severity != advice; });
}

}  // namespace wardmap
