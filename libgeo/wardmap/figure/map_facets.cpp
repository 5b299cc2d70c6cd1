#include "wardmap/figure/map_facets.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/figure/map_contents.hpp"
#include "wardmap/figure/style.hpp"
#include "wardmap/figure/text_block.hpp"
#include "wardmap/geometry/measure.hpp"
#include "wardmap/table/read_numbers.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

namespace wardmap {
namespace {

constexpr std::size_t most_panels = 60;
constexpr std::size_t most_columns = 6;
constexpr std::size_t most_numbered = 40;  ///< a key of more areas is no help
constexpr std::size_t most_described = 12;
constexpr double between_columns_mm = 5.0;
constexpr double between_rows_mm = 4.5;
constexpr double under_title_mm = 1.2;
constexpr double above_key_mm = 5.0;
constexpr double column_gap_mm = 7.0;
constexpr double least_map_mm = 22;
constexpr double widest_key_mm = 62;
constexpr double least_text_mm = 58;
constexpr double bar_gap_mm = 3.0;
constexpr double marker_gap_mm = 0.6;
constexpr double largest_circle_share = 0.16;  ///< of a map's width
constexpr double largest_circle_mm = 12;
constexpr std::size_t most_leaders_a_map = 8;

/// What is written in the areas of every map.
enum class Written : unsigned char { names, numbers, nothing };

MapContent content_of(MapKind kind, const Table& table, const AreaSet& areas, const ProjectedAreas& projected,
                      const MapOptions& options, const MapRoom& room) {
    switch (kind) {
        case MapKind::choropleth:
            return choropleth_content(table, areas, options);
        case MapKind::circles:
            return circle_content(table, projected, options, room);
        case MapKind::quadrant:
            break;
    }
    return quadrant_content(table, areas, options);
}

struct Heading {
    TextBlock title{};
    TextBlock words{};
    double height_mm() const { return title.height_mm() + words.height_mm() + under_title_mm; }
};

/// Where everything stands, in page coordinates.
struct Grid {
    std::size_t columns = 1;
    double panel_mm = 0;  ///< width of a column
    double map_mm = 0;    ///< width of a map in it
    std::vector<Heading> headings{};
    std::vector<double> row_top{};
    std::vector<double> row_head{};  ///< height of the tallest heading of each row
    Point key_at{};
    Point bar_at{};
    LegendBlock bar{};
    TextColumn text{};
    double bottom = 0;  ///< of maps, key and bar
};

/// "Coventry 402; highest: X 1,116" on two lines.
std::string lines_of(const std::string& in_short) {
    const std::size_t at = in_short.find("; ");
    if (at == std::string::npos) return in_short;
    return in_short.substr(0, at) + "\n" + sentence_case(in_short.substr(at + 2));
}

class FacetPlanner {
public:
    FacetPlanner(std::span<const MapPanel> panels, std::span<const MapContent> contents,
                 const ProjectedAreas& projected, const MapOptions& options, const TextMeasure& measure,
                 std::optional<double> most_height_mm)
        : panels_(panels),
          contents_(contents),
          projected_(projected),
          slot_(slot_size(options.figure.slot)),
          most_height_(most_height_mm),
          theme_(options.figure.theme),
          sizes_(type_sizes(options.figure.theme)),
          measure_(measure) {
        const Box box = projected.window;
        aspect_ = box.height() / std::max(box.width(), 1e-9);
    }

    /// The number of columns that gives the largest maps; of equal ones the fewest rows.
    Grid best(const Frame& frame, const LegendBlock& key) const {
        std::optional<Grid> best;
        const std::size_t most = std::min(panels_.size(), most_columns);
        for (std::size_t columns = 1; columns <= most; ++columns) {
            Grid grid = with_columns(columns, frame, key);
            if (!best || grid.map_mm > best->map_mm * 1.02 ||
                (grid.map_mm > best->map_mm * 0.98 && grid.bottom < best->bottom))
                best = std::move(grid);
        }
        return *best;
    }

private:
    Grid with_columns(std::size_t columns, const Frame& frame, const LegendBlock& key) const {
        Grid grid;
        grid.columns = columns;
        const double n = static_cast<double>(columns);
        grid.panel_mm = (slot_.width_mm - between_columns_mm * (n - 1)) / n;
        const std::size_t rows = (panels_.size() + columns - 1) / columns;
        double heads = 0;
        // One finding too long for a line puts every map's on two, broken where its parts meet.
        const bool in_lines = std::any_of(contents_.begin(), contents_.end(), [&](const MapContent& content) {
            return measure_.width_mm(content.in_short, regular(sizes_.value)) > grid.panel_mm;
        });
        for (std::size_t i = 0; i < panels_.size(); ++i) {
            Heading heading;
            heading.title = text_block(panels_[i].title, bold(sizes_.label), ink_text, grid.panel_mm,
                                       measure_, Wrap::balanced);
            heading.words = text_block(in_lines ? lines_of(contents_[i].in_short) : contents_[i].in_short,
                                       regular(sizes_.value), ink_secondary, grid.panel_mm, measure_);
            if (i % columns == 0) grid.row_head.push_back(0);
            grid.row_head.back() = std::max(grid.row_head.back(), heading.height_mm());
            grid.headings.push_back(std::move(heading));
        }
        for (const double head : grid.row_head) heads += head;

        const double most_height =
            std::min(slot_.most_height_mm, frame.top_mm() + most_height_.value_or(slot_.most_height_mm));
        // The key stands in the free end of the last row where it fits, else below the maps.
        const std::size_t in_last = panels_.size() - (rows - 1) * columns;
        const double r = static_cast<double>(rows);
        double map_mm = grid.panel_mm;
        for (;; map_mm *= 0.985) {
            lay(grid, map_mm, rows, in_last, frame, key);
            const double text = frame.column_mm(grid.text.width_mm);
            const double page = std::max(grid.bottom, grid.text.top_mm + text);
            if (page <= most_height || map_mm * 0.985 < least_map_mm) break;
            const double gaps = heads + between_rows_mm * (r - 1) + frame.top_mm();
            if (gaps > most_height) {
                lay(grid, std::min(grid.panel_mm, least_map_mm), rows, in_last, frame, key);
                break;
            }
        }
        return grid;
    }

    void lay(Grid& grid, double map_mm, std::size_t rows, std::size_t in_last, const Frame& frame,
             const LegendBlock& key) const {
        grid.map_mm = map_mm;
        const double map_height = aspect_ * (map_mm - outline_mm) + outline_mm;
        grid.row_top.clear();
        double y = frame.top_mm();
        for (std::size_t r = 0; r < rows; ++r) {
            grid.row_top.push_back(y);
            y += grid.row_head[r] + map_height + (r + 1 < rows ? between_rows_mm : 0);
        }
        const double maps_bottom = y;
        const double metres = projected_.metres_per_unit * std::max(projected_.window.width(), 1e-9) /
                              std::max(map_mm - outline_mm, 1e-9);
        grid.bar = scale_bar(metres, std::min(24.0, map_mm * 0.5), theme_, measure_);
        const double bar_height = grid.bar.height_mm > 0 ? grid.bar.height_mm + bar_gap_mm : 0;

        const double free_x = static_cast<double>(in_last) * (grid.panel_mm + between_columns_mm);
        const double last_height = grid.row_head[rows - 1] + map_height;
        const bool in_free_cell = in_last < grid.columns && key.width_mm <= slot_.width_mm - free_x &&
                                  key.height_mm + bar_height <= last_height;
        if (in_free_cell) {
            grid.key_at = {free_x, grid.row_top[rows - 1]};
            grid.bar_at = {free_x, grid.key_at.y + key.height_mm + bar_gap_mm};
            grid.bottom = maps_bottom;
            grid.text = {0, maps_bottom + above_key_mm - 1, slot_.width_mm};
            return;
        }
        grid.key_at = {0, maps_bottom + above_key_mm};
        const double beside = key.width_mm + column_gap_mm;
        if (slot_.width_mm - beside >= least_text_mm) {
            grid.bar_at = {beside, grid.key_at.y};
            grid.text = {beside, grid.key_at.y + bar_height, slot_.width_mm - beside};
            grid.bottom = grid.key_at.y + std::max(key.height_mm, bar_height);
        } else {
            grid.bar_at = {0, grid.key_at.y + key.height_mm + bar_gap_mm};
            grid.bottom = grid.key_at.y + key.height_mm + bar_height;
            grid.text = {0, grid.bottom + 2, slot_.width_mm};
        }
    }

    std::span<const MapPanel> panels_;
    std::span<const MapContent> contents_;
    const ProjectedAreas& projected_;
    SlotSize slot_;
    std::optional<double> most_height_;  ///< under title and subtitle
    Theme theme_;
    TypeSizes sizes_;
    const TextMeasure& measure_;
    double aspect_ = 1;
};

std::vector<LabelRequest> requests_of(const MapContent& content, Written written, const TypeSizes& sizes) {
    std::vector<LabelRequest> out;
    for (std::size_t i = 0; i < content.marks.size(); ++i) {
        LabelRequest request = content.marks[i].label;
        if (written == Written::numbers) {
            request.name = std::to_string(i + 1);
            request.name_style = regular(sizes.floor);
        } else if (written == Written::nothing) {
            request.name.clear();
        }
        out.push_back(std::move(request));
    }
    return out;
}

bool all_inside(std::span<const AreaLabel> labels) {
    return std::all_of(labels.begin(), labels.end(), [](const AreaLabel& label) {
        return label.place == LabelPlace::inside || label.place == LabelPlace::nothing;
    });
}

/// A marker and its number on one line, where they do not fit one above the other.
bool put_beside(LabelRequest& request) {
    if (request.below.size() != 1 || request.below[0].marker_mm <= 0 || !request.below[0].text.empty() ||
        request.name.empty())
        return false;
    request.below[0].text = request.name;
    request.below[0].style = request.name_style;
    request.below[0].marker_mm += marker_gap_mm;
    request.name.clear();
    return true;
}

/// Numbers that stand in the areas, beside their marker where there is no room below it, or outside with a
/// line.
std::vector<AreaLabel> number_labels(std::vector<LabelRequest> requests, const MapFrame& map,
                                     LabelRules rules, const TextMeasure& measure) {
    std::vector<AreaLabel> labels = place_area_labels(map.shapes, requests, rules, measure);
    bool changed = false;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        if (labels[i].place == LabelPlace::left_out) changed = put_beside(requests[i]) || changed;
    }
    if (!changed && all_inside(labels)) return labels;
    rules.most_leaders = most_leaders_a_map;
    rules.longest_leader_mm = map.width_mm / 2;
    rules.canvas = Box{0, 0, map.width_mm, map.height_mm};
    return place_area_labels(map.shapes, requests, rules, measure);
}

/// Whether the area with least room holds its name with nothing else on the map: where it does not, the
/// search for all of them need not begin.
bool smallest_fits(const MapContent& content, const MapFrame& map, const LabelRules& rules,
                   const TypeSizes& sizes, const TextMeasure& measure) {
    std::size_t least = map.shapes.size();
    for (std::size_t i = 0; i < map.shapes.size(); ++i) {
        if (map.shapes[i].points.empty()) continue;
        if (least == map.shapes.size() || area_of(map.shapes[i]) < area_of(map.shapes[least])) least = i;
    }
    if (least == map.shapes.size()) return true;
    const LabelRequest request = requests_of(content, Written::names, sizes)[least];
    return all_inside(
        place_area_labels(std::span(&map.shapes[least], 1), std::span(&request, 1), rules, measure));
}

/// The labels of every map; nothing if names do not fit into every area of every map.
std::optional<std::vector<std::vector<AreaLabel>>> labels_of_all(std::span<const MapContent> contents,
                                                                 const MapFrame& map, Written written,
                                                                 const TypeSizes& sizes,
                                                                 const TextMeasure& measure) {
    LabelRules rules;
    rules.most_leaders = 0;
    rules.most_numbers = 0;
    rules.number_style = regular(sizes.value);
    if (written == Written::names && !smallest_fits(contents.front(), map, rules, sizes, measure))
        return std::nullopt;
    std::vector<std::vector<AreaLabel>> out;
    std::vector<LabelRequest> before;
    for (const MapContent& content : contents) {
        std::vector<LabelRequest> requests = requests_of(content, written, sizes);
        if (!out.empty() && requests == before) {  // numbers and markers alone are the same on every map
            out.push_back(out.back());
            continue;
        }
        before = requests;
        out.push_back(written == Written::numbers ? number_labels(std::move(requests), map, rules, measure)
                                                  : place_area_labels(map.shapes, requests, rules, measure));
        if (written == Written::names && !all_inside(out.back())) return std::nullopt;
    }
    return out;
}

/// "Numbers on the maps: 1 Bablake; 2 Binley and Willenhall; ..."
std::string number_key(const AreaSet& areas) {
    std::string out;
    for (std::size_t i = 0; i < areas.size(); ++i)
        out += (out.empty() ? "" : "; ") + std::to_string(i + 1) + "\u00a0" + typographic(areas.names()[i]);
    return "Numbers on the maps: " + out + ".";
}

/// "all nine maps", "both maps", "7 of 9 maps".
std::string of_maps(std::size_t n, std::size_t all) {
    if (n == all) return all == 2 ? "both maps" : "all " + number_word(all) + " maps";
    return with_thousands(static_cast<double>(n), 0) + " of " + with_thousands(static_cast<double>(all), 0) +
           " maps";
}

/// "marker and offence".
std::string columns_words(const MapPanel& panel) {
    std::vector<std::string> out;
    for (const auto& [column, value] : panel.group) {
        std::string word = column;
        std::replace(word.begin(), word.end(), '_', ' ');
        out.push_back(std::move(word));
    }
    return in_words(out);
}

struct Foremost {
    std::string name{};
    std::size_t maps = 0;
};

/// The one area that stands out on most maps; nothing if two do equally often, or none on more than one.
std::optional<Foremost> foremost_of(std::span<const MapContent> contents) {
    std::map<std::string, std::size_t> often;
    for (const MapContent& content : contents) {
        for (const std::string& name : content.foremost) ++often[name];
    }
    std::optional<Foremost> best;
    bool tied = false;
    for (const auto& [name, n] : often) {
        tied = best && n == best->maps ? true : tied;
        if (best && n <= best->maps) continue;
        best = Foremost{name, n};
        tied = false;
    }
    if (!best || tied || best->maps < 2) return std::nullopt;
    return best;
}

/// "offences per 100,000 people": what the key says, where the maps' own words differ.
std::string key_words(const MapKey& key) {
    struct Title {
        std::string operator()(const ClassLegend& k) const { return k.title; }
        std::string operator()(const RampLegend& k) const { return k.title; }
        std::string operator()(const CircleLegend& k) const { return k.title; }
        std::string operator()(const QuadrantLegend&) const { return "rate and change"; }
    };
    std::string out = std::visit(Title{}, key);
    if (!out.empty() && out[0] >= 'A' && out[0] <= 'Z') out[0] = static_cast<char>(out[0] - 'A' + 'a');
    return out;
}

FigureTexts texts_of(MapKind kind, std::span<const MapPanel> panels, std::span<const MapContent> contents,
                     const AreaSet& areas) {
    const MapContent& first = contents.front();
    TableMeta meta = first.meta;
    const bool same_words = std::all_of(contents.begin(), contents.end(), [&](const MapContent& c) {
        return c.value_words == first.value_words;
    });
    const bool same_period = std::all_of(contents.begin(), contents.end(),
                                         [&](const MapContent& c) { return c.period == first.period; });
    const std::string by = columns_words(panels.front());
    FigureTexts out;
    out.kind = first.texts.kind;
    const std::string subject = same_words ? first.value_words : key_words(first.key);
    const std::optional<Foremost> best = foremost_of(contents);
    if (best)
        out.title = best->name + " " + first.foremost_words + " in " + of_maps(best->maps, contents.size());
    else
        out.title = sentence_case(subject) + (by.empty() ? "" : " by " + by);
    meta.measure = subject;
    out.subtitle = measure_line(meta, same_period ? first.period : std::string());
    if (!by.empty()) out.subtitle += "; one map for each " + by;

    const std::string count = counted_areas(meta, areas.size());
    const std::string place = meta.whole.empty() ? count : typographic(meta.whole) + "\u2019s " + count;
    out.alt = std::to_string(contents.size()) + " maps of " + place + " by " + subject +
              (same_period && !first.period.empty() ? ", " + first.period : "") + ". " + out.title + ".";
    if (!by.empty()) out.description = "One map for each " + by + ". ";
    for (std::size_t i = 0; i < std::min(contents.size(), most_described); ++i) {
        const MapContent& content = contents[i];
        std::string words = content.in_short;
        if (kind == MapKind::quadrant) {
            words += (words.empty() ? "" : "; ") + std::string("above both: ") +
                     (content.foremost.empty() ? "none" : in_words(content.foremost));
        }
        out.description += (i == 0 ? "" : " ") + panels[i].title + ": " + words + ".";
    }
    if (contents.size() > most_described) out.description += " The data table has the other maps.";
    // Notes that every map would make: each once; those of one map's own numbers are left to single maps.
    for (const std::string& note : first.texts.notes) {
        const bool shared = std::all_of(contents.begin(), contents.end(), [&](const MapContent& c) {
            return std::find(c.texts.notes.begin(), c.texts.notes.end(), note) != c.texts.notes.end();
        });
        if (shared) out.notes.push_back(note);
    }
    if (kind == MapKind::quadrant) {
        out.notes.emplace_back(
            "Each map is cut at the numbers under its title; a value equal to its cut counts as above it.");
    }
    for (const MapContent& content : contents) {
        for (const std::string& note : content.texts.notes) {
            const bool of_symbols = note.rfind("[c]", 0) == 0;
            if (of_symbols && std::find(out.notes.begin(), out.notes.end(), note) == out.notes.end())
                out.notes.push_back(note);
        }
    }
    return out;
}

/// What any of the maps knows; areas and rows with the title of their map.
FigureFacts facts_of(std::span<const MapPanel> panels, std::span<const MapContent> contents) {
    FigureFacts out = contents.front().facts;
    out.areas_without_row.clear();
    out.rows_of_no_area.clear();
    for (std::size_t p = 0; p < panels.size(); ++p) {
        const FigureFacts& facts = contents[p].facts;
        out.marks_small = out.marks_small || facts.marks_small;
        for (const std::string& area : facts.areas_without_row)
            out.areas_without_row.push_back(panels[p].title + ": " + area);
        for (const std::string& row : facts.rows_of_no_area)
            out.rows_of_no_area.push_back(panels[p].title + ": " + row);
    }
    return out;
}

/// The rows of all maps: the columns of the groups, then those of each map, then `class`.
Table data_of(std::span<const MapPanel> panels, std::span<const MapContent> contents) {
    std::vector<Column> columns;
    const MapContent& first = contents.front();
    for (std::size_t g = 0; g < panels.front().group.size(); ++g) {
        std::vector<std::string> cells;
        for (std::size_t p = 0; p < panels.size(); ++p)
            cells.insert(cells.end(), contents[p].data.row_count(), panels[p].group[g].second);
        columns.push_back(Column::text(panels.front().group[g].first, std::move(cells)));
    }
    for (std::size_t c = 0; c < first.data.columns().size(); ++c) {
        const Column& model = first.data.columns()[c];
        if (model.is_text()) {
            std::vector<std::string> cells;
            for (const MapContent& content : contents) {
                const Column& from = content.data.columns()[c];
                for (std::size_t row = 0; row < from.size(); ++row) cells.push_back(from.text(row));
            }
            columns.push_back(Column::text(model.name(), std::move(cells)));
            continue;
        }
        std::vector<double> numbers;
        std::vector<CellState> states;
        for (const MapContent& content : contents) {
            const Column& from = content.data.columns()[c];
            for (std::size_t row = 0; row < from.size(); ++row) {
                numbers.push_back(from.number(row));
                states.push_back(from.state(row));
            }
        }
        columns.push_back(Column::numbers(model.name(), std::move(numbers), std::move(states), model.unit()));
    }
    std::vector<std::string> classes;
    for (const MapContent& content : contents)
        classes.insert(classes.end(), content.class_of_area.begin(), content.class_of_area.end());
    columns.push_back(Column::text("class", std::move(classes)));
    TableMeta meta = first.meta;
    return Table(std::move(columns), std::move(meta));
}

/// The classes with the areas of all maps counted.
std::vector<FigureClass> classes_of(std::span<const MapContent> contents) {
    std::vector<FigureClass> out = contents.front().classes;
    for (const MapContent& content : contents.subspan(1)) {
        for (std::size_t c = 0; c < std::min(out.size(), content.classes.size()); ++c)
            out[c].count += content.classes[c].count;
    }
    return out;
}

struct Page {
    std::vector<MapContent> contents{};
    std::vector<std::vector<AreaLabel>> labels{};
    std::optional<Frame> frame{};
    Grid grid{};
    LegendBlock key{};
    MapFrame map{};
    Written written = Written::names;
};

std::vector<MapContent> contents_for(MapKind kind, std::span<const MapPanel> panels, const AreaSet& areas,
                                     const ProjectedAreas& projected, const MapOptions& options,
                                     const MapRoom& room) {
    std::vector<MapContent> out;
    for (const MapPanel& panel : panels)
        out.push_back(content_of(kind, panel.table, areas, projected, options, room));
    return out;
}

}  // namespace

MapOptions with_shared_scale(MapKind kind, const Table& table, const AreaSet& areas, MapOptions options) {
    if (kind == MapKind::quadrant || options.classes) return options;
    const std::string column_name = !options.value.empty()     ? options.value
                                    : kind == MapKind::circles ? "count_after"
                                                               : "rate";
    Problems ignored;  // each map reports its own
    const Column numbers = read_numbers(table, column_name, ignored);
    const Column& codes = table.column("area_code");
    std::vector<double> values;
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        if (!codes.text(row).empty() && std::isfinite(numbers.number(row)))
            values.push_back(numbers.number(row));
    }
    if (values.empty()) return options;
    if (kind == MapKind::circles) {
        const double largest = *std::max_element(values.begin(), values.end());
        if (!options.largest) options.largest = largest;
        return options;
    }
    const ValueKind what = value_words(map_meta(table, areas), numbers, values, options).kind;
    if (!has_fixed_deciles(what, options)) options.classes = map_classes(values, areas.size(), what, options);
    return options;
}

Figure facet_maps(MapKind kind, std::span<const MapPanel> panels, const AreaSet& areas,
                  const MapOptions& given, const TextMeasure& measure, std::optional<double> most_height_mm) {
    if (panels.empty()) throw UsageError("there is no group of rows to draw a map of");
    if (panels.size() > most_panels) {
        throw UsageError(std::to_string(panels.size()) + " maps do not fit on one page", {},
                         "pick rows with --where COLUMN=VALUE, or write a file for each");
    }
    MapOptions options = given;
    const bool named = options.labels == AreaLabels::name || options.labels == AreaLabels::name_and_value;
    const ProjectedAreas projected = with_window(project_for_map(areas), options);
    const MapLayers layers = layers_for(projected, options);
    const SlotSize slot = slot_size(options.figure.slot);
    const TypeSizes sizes = type_sizes(options.figure.theme);

    // Values stand in the areas where all of them fit with their names; else names, numbers or nothing.
    Page page;
    page.written = named ? Written::names : Written::nothing;
    MapRoom room{slot.width_mm / 3, slot.most_height_mm / 3, largest_circle_share * slot.width_mm / 3};
    page.map = fit_map(projected, room.width_mm);
    for (int round = 0; round < 5; ++round) {
        page.contents = contents_for(kind, panels, areas, projected, options, room);
        std::vector<MapKey> keys;
        for (const MapContent& content : page.contents) keys.push_back(content.key);
        MapKey key = key_of_all(keys);
        std::visit([&](auto& one) { one.lines = layers.lines; }, key);
        FigureTexts texts = texts_of(kind, panels, page.contents, areas);
        add_layer_words(texts, layers, projected.areas);
        if (page.written == Written::numbers) texts.notes.push_back(number_key(areas));
        TableMeta meta = page.contents.front().meta;
        page.frame.emplace(texts, meta, options.figure, measure);
        page.key = map_legend(key, LegendDetail::full, options.figure.theme,
                              std::min(widest_key_mm * sizes.label / 9, slot.width_mm), measure);
        if (options.locator)
            page.key = with_locator(std::move(page.key),
                                    locator_map(projected, page.map, *options.locator, LocatorWords::yes,
                                                options.figure.theme, measure));
        const double before = page.grid.map_mm;
        page.grid = FacetPlanner(panels, page.contents, projected, options, measure, most_height_mm)
                        .best(*page.frame, page.key);
        page.map = fit_map(projected, page.grid.map_mm);
        const double height = page.map.height_mm;
        const bool settled = std::abs(before - page.grid.map_mm) < 0.01;
        room = {page.grid.map_mm, height,
                std::min(largest_circle_mm, largest_circle_share * page.grid.map_mm)};

        auto labels = labels_of_all(page.contents, page.map, page.written, sizes, measure);
        if (labels) {
            page.labels = std::move(*labels);
            if (settled || kind != MapKind::circles) break;
            continue;
        }
        if (options.labels == AreaLabels::name_and_value)
            options.labels = AreaLabels::name;
        else
            page.written = areas.size() <= most_numbered ? Written::numbers : Written::nothing;
    }

    std::vector<std::string> log = projected.log;
    log.insert(log.end(), layers.log.begin(), layers.log.end());
    Group picture;
    picture.id = "maps";
    std::vector<PlacedLabel> placed;
    const Grid& grid = page.grid;
    for (std::size_t i = 0; i < panels.size(); ++i) {
        const MapContent& content = page.contents[i];
        const std::string prefix = "panel-" + std::to_string(i + 1) + "-";
        const std::size_t row = i / grid.columns;
        const double x = static_cast<double>(i % grid.columns) * (grid.panel_mm + between_columns_mm);
        Group panel = map_layer("panel-" + std::to_string(i + 1), panels[i].title);
        double y = grid.row_top[row];
        y += draw_block(panel, grid.headings[i].title, x, y);
        draw_block(panel, grid.headings[i].words, x, y);
        Group on_map;
        on_map.dx = x;
        on_map.dy = grid.row_top[row] + grid.row_head[row];
        const Box window{0, 0, page.map.width_mm, page.map.height_mm};
        draw_context(on_map, layers, page.map, window, prefix);
        draw_map_areas(on_map, content.marks, areas, page.map, prefix);
        draw_outlines(on_map, layers, page.map, window, prefix);
        draw_map_symbols(on_map, content.marks, page.labels[i], content.draw_symbol, prefix);
        draw_overlay(on_map, layers, page.map, window, options, prefix);
        (void)draw_spots(on_map, areas, page.map, options, prefix);
        draw_map_labels(on_map, content.marks, page.labels[i], prefix);
        for (PlacedLabel& label : placed_labels(areas, content.marks, page.labels[i], {on_map.dx, on_map.dy}))
            placed.push_back(std::move(label));
        panel.children.push_back(node(std::move(on_map)));
        picture.children.push_back(node(std::move(panel)));
        for (std::size_t a = 0; a < page.labels[i].size(); ++a) {
            if (page.labels[i][a].place == LabelPlace::left_out &&
                (page.written != Written::nothing || options.labels == AreaLabels::value))
                log.push_back(panels[i].title + ": " + areas.names()[a] +
                              ": no room for its label, left out");
        }
        for (const std::string& line : content.log) log.push_back(panels[i].title + ": " + line);
    }
    Group key = page.key.group;
    key.dx = grid.key_at.x;
    key.dy = grid.key_at.y;
    picture.children.push_back(node(std::move(key)));
    if (grid.bar.width_mm > 0) {
        Group bar = grid.bar.group;
        bar.dx = grid.bar_at.x;
        bar.dy = grid.bar_at.y;
        picture.children.push_back(node(std::move(bar)));
    }
    Figure figure = page.frame->finish(std::move(picture), grid.bottom, grid.text);
    figure.labels = std::move(placed);
    figure.data = data_of(panels, page.contents);
    figure.classes = classes_of(page.contents);
    if (options.classes) figure.goodness_of_fit = options.classes->gvf;
    if (page.written == Written::numbers)
        log.emplace_back("names do not fit on maps of this size: numbers stand for them");
    else if (page.written == Written::nothing && named)
        log.emplace_back("neither names nor a key of numbers fit: the data table names the areas");
    log_size(log, figure, options.figure.slot);
    const std::string scale = scale_text(page.map);
    if (!scale.empty()) log.push_back("drawn at " + scale);
    figure.log = std::move(log);
    figure.facts = facts_of(panels, page.contents);
    return figure;
}

}  // namespace wardmap
