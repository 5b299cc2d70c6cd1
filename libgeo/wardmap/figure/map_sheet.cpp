#include "wardmap/figure/map_sheet.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/figure/hand_labels.hpp"
#include "wardmap/figure/style.hpp"
#include "wardmap/figure/text_block.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

namespace wardmap {
namespace {

constexpr double clear_of_areas_mm = 4.0;  ///< key and scale bar keep this far from the areas
constexpr double clear_of_inset_mm = 2.5;  ///< so far does a locator
constexpr double inset_in_frame_mm = 2.0;  ///< of a locator from the frame
constexpr double column_gap_mm = 7.0;      ///< between key and text
constexpr double text_gap_mm = 3.2;        ///< above notes
constexpr double least_text_mm = 58;       ///< a column of notes is no narrower
constexpr double widest_legend_mm = 66;
constexpr double least_map_share =
    0.3;  ///< of the slot's width; under it the page grows beyond the slot instead
constexpr double least_map_mm = 42;
constexpr double cramped_share = 0.75;  ///< a map under this share of the slot's width tries a shorter key
/// Where the names in one line each would cover the map this many times, none is put on it.
constexpr double crowded = 4;
constexpr double least_key_share = 0.75;  ///< a key of numbers may not shrink the map below this

/// Where the parts stand, in page coordinates.
struct Plan {
    double map_width = 0;
    Point map_at{};
    Point legend_at{};
    Point bar_at{};
    LegendBlock bar{};
    TextColumn text{};
    double bottom = 0;
};

enum class Arrangement : unsigned char { key_right, key_left, key_top_right, key_top_left, below, beside };

class Planner {
public:
    Planner(const ProjectedAreas& projected, const Silhouette& areas, const Frame& frame,
            const LegendBlock& legend, const MapOptions& options, const TextMeasure& measure)
        : projected_(projected),
          areas_(areas),
          silhouette_(projected.framed ? full_silhouette(projected) : areas),
          frame_(frame),
          legend_(legend),
          slot_(slot_size(options.figure.slot)),
          theme_(options.figure.theme),
          measure_(measure) {}

    Plan best() {
        Plan best;
        for (const Arrangement way :
             {Arrangement::key_right, Arrangement::key_left, Arrangement::key_top_right,
              Arrangement::key_top_left, Arrangement::below, Arrangement::beside}) {
            const double text_width = text_width_of(way);
            if (text_width < least_text_mm && way != Arrangement::below) continue;
            const double text_height = frame_.column_mm(text_width);
            const double widest =
                way == Arrangement::beside ? slot_.width_mm - text_width - column_gap_mm : slot_.width_mm;
            const double least = std::min(widest, std::max(least_map_mm, least_map_share * slot_.width_mm));
            for (double w = widest; w >= least; w *= 0.985) {
                if (w < best.map_width * 0.99) break;  // no larger than the best, nor as large
                const std::optional<Plan> plan = at(way, w, text_width, text_height);
                if (!plan) continue;
                const bool last = w * 0.985 < least;
                if (plan->bottom > slot_.most_height_mm && !last) continue;
                const bool larger = plan->map_width > best.map_width * 1.01;
                const bool as_large = plan->map_width > best.map_width * 0.99;
                if (larger || (as_large && plan->bottom < best.bottom - 3)) best = *plan;
                break;
            }
        }
        return best;
    }

    /// The left upper corner of a box that lies in a corner of the map clear of areas, key, bar and text.
    std::optional<Point> free_corner(const Plan& plan, double width, double height) const {
        const Silhouette& areas = areas_;
        const double inset = projected_.framed ? inset_in_frame_mm : 0;
        const double top = plan.map_at.y;
        const double drawn = plan.map_width - outline_mm;
        const double bottom = top + areas.aspect * drawn + outline_mm - height - inset;
        const double right = plan.map_width - width - inset;
        const auto meets = [](const Box& box, Point at, double w, double h) {
            return w > 0 && h > 0 && box.overlaps(Box{at.x, at.y, at.x + w, at.y + h});
        };
        for (const Point p : {Point{right, top + inset}, Point{inset, top + inset}, Point{inset, bottom},
                              Point{right, bottom}}) {
            if (p.x < 0) continue;
            const double from = (p.x - clear_of_inset_mm) / plan.map_width;
            const double to = (p.x + width + clear_of_inset_mm) / plan.map_width;
            const double highest = top + areas.top_between(from, to) * drawn;
            const double lowest = top + areas.bottom_between(from, to) * drawn + outline_mm;
            const bool clear =
                p.y + height + clear_of_inset_mm <= highest || p.y - clear_of_inset_mm >= lowest;
            const Box box = Box{p.x, p.y, p.x + width, p.y + height}.grown(1.5);
            if (clear && !meets(box, plan.legend_at, legend_.width_mm, legend_.height_mm) &&
                !meets(box, plan.bar_at, plan.bar.width_mm, plan.bar.height_mm) &&
                !meets(box, {plan.text.x_mm, plan.text.top_mm}, plan.text.width_mm, 1000))
                return p;
        }
        return std::nullopt;
    }

private:
    double text_width_of(Arrangement way) const {
        const double side = slot_.width_mm - legend_.width_mm - column_gap_mm;
        switch (way) {
            case Arrangement::key_right:
            case Arrangement::key_left:
                return side;
            case Arrangement::beside:
                return std::max(legend_.width_mm, slot_.width_mm * 0.3);
            case Arrangement::key_top_right:
            case Arrangement::key_top_left:
            case Arrangement::below:
                break;
        }
        return slot_.width_mm;
    }

    std::optional<Plan> at(Arrangement way, double map_width, double text_width, double text_height) const {
        const double top = frame_.top_mm();
        const double page = slot_.width_mm;
        const auto share = [&](double x) { return std::clamp(x / map_width, -1.0, 2.0); };
        // Lowest point of the areas over a stretch of the page; the page's top where there is none.
        const auto below = [&](double from, double to) {
            const double b = silhouette_.bottom_between(share(from), share(to));
            return top + std::max(0.0, b * (map_width - outline_mm) + outline_mm);
        };
        const auto above = [&](double from, double to) {
            return top + silhouette_.top_between(share(from), share(to)) * (map_width - outline_mm);
        };
        const double map_bottom = below(-1, page + 1);

        Plan plan;
        plan.map_width = map_width;
        plan.map_at = {0, top};
        const Box box = projected_.window;
        const double metres =
            projected_.metres_per_unit * std::max(box.width(), 1e-9) / (map_width - outline_mm);
        plan.bar = scale_bar(metres, std::min(28.0, map_width * 0.3), theme_, measure_);
        const bool has_bar = plan.bar.width_mm > 0;

        double text_x = 0;
        double legend_x = page - legend_.width_mm;
        switch (way) {
            case Arrangement::key_right:
                break;
            case Arrangement::key_left:
                legend_x = 0;
                text_x = legend_.width_mm + column_gap_mm;
                break;
            case Arrangement::key_top_left:
                legend_x = 0;
                break;
            case Arrangement::below:
                legend_x = 0;
                break;
            case Arrangement::beside:
                legend_x = page - text_width;
                text_x = legend_x;
                break;
            case Arrangement::key_top_right:
                break;
        }
        const double bar_x = way == Arrangement::beside ? 0 : text_x;
        double bar_y = has_bar ? below(bar_x - 2, bar_x + plan.bar.width_mm + 3) + clear_of_areas_mm : top;
        const auto under_bar = [&] { return has_bar ? bar_y + plan.bar.height_mm : top; };

        double legend_y = top;
        double text_y = top;
        switch (way) {
            case Arrangement::key_right:
            case Arrangement::key_left:
                legend_y = below(legend_x - 3, legend_x + legend_.width_mm + 3);
                if (legend_y > top) legend_y += clear_of_areas_mm;
                text_y = std::max(below(text_x - 2, text_x + text_width + 2), under_bar()) + text_gap_mm;
                // A text that hangs lower than the key leaves white above it: nothing to gain by moving
                // either.
                break;
            case Arrangement::key_top_right:
            case Arrangement::key_top_left:
                if (above(legend_x - 3, legend_x + legend_.width_mm + 3) <
                    top + legend_.height_mm + clear_of_areas_mm) {
                    return std::nullopt;
                }
                text_y = std::max(map_bottom, under_bar()) + text_gap_mm;
                break;
            case Arrangement::below:
                legend_y = std::max(below(-1, legend_.width_mm + 3), under_bar()) + clear_of_areas_mm;
                text_y = std::max(legend_y + legend_.height_mm, map_bottom) + text_gap_mm;
                break;
            case Arrangement::beside:
                text_y = legend_y + legend_.height_mm + text_gap_mm + 1;
                break;
        }
        plan.legend_at = {legend_x, legend_y};
        plan.bar_at = {bar_x, bar_y};
        plan.text = {text_x, text_y, text_width};
        plan.bottom = std::max({map_bottom, legend_y + legend_.height_mm, under_bar(), text_y + text_height});
        return plan;
    }

    const ProjectedAreas& projected_;
    const Silhouette& areas_;  ///< what they cover, framed or not
    Silhouette silhouette_;
    const Frame& frame_;
    const LegendBlock& legend_;
    SlotSize slot_;
    Theme theme_;
    const TextMeasure& measure_;
};

std::string shown_name(const LabelRequest& request) {
    std::string out = request.name;
    for (const LabelLine& line : request.below) {
        out += (out.empty() ? "" : " ") + line.text + (line.tail.empty() ? "" : " " + line.tail);
    }
    return out;
}

/// Everything on the page but the map, and the map's own frame.
struct Laid {
    Plan plan{};
    MapFrame map{};
    LegendBlock legend{};
    LegendBlock locator{};
    std::optional<Point> locator_at{};  ///< empty: it is part of the key, or there is none
};

/// Labels in coordinates of the map, clear of key, scale bar and text.
std::vector<AreaLabel> label_areas(const Laid& laid, const Frame& frame, const MapLayers& layers,
                                   std::span<const LabelRequest> requests, const MapOptions& options,
                                   bool numbers, const TextMeasure& measure) {
    const SlotSize slot = slot_size(options.figure.slot);
    const Plan& plan = laid.plan;
    const Point at = plan.map_at;
    LabelRules rules;
    rules.number_style = regular(type_sizes(options.figure.theme).value);
    if (!numbers) rules.most_numbers = 0;
    // A little below the map, where the page goes on.
    const double lowest = std::min(laid.map.height_mm + 1, std::max(plan.bottom - at.y, laid.map.height_mm));
    rules.canvas = Box{-at.x, -at.y + frame.top_mm(), slot.width_mm - at.x, lowest};
    const auto take = [&](Point corner, double width, double height) {
        const Point p{corner.x - at.x, corner.y - at.y};
        rules.taken.push_back(Box{p.x, p.y, p.x + width, p.y + height}.grown(1));
    };
    take(plan.legend_at, laid.legend.width_mm, laid.legend.height_mm);
    take(plan.bar_at, plan.bar.width_mm, plan.bar.height_mm);
    take({plan.text.x_mm, plan.text.top_mm}, plan.text.width_mm, 1000);
    rules.avoid = line_boxes(layers, laid.map);
    if (laid.locator_at) take(*laid.locator_at, laid.locator.width_mm, laid.locator.height_mm);
    std::vector<LabelRequest> on_map(requests.begin(), requests.end());
    for (LabelRequest& request : on_map) {
        if (request.at) request.at = Point{request.at->x - at.x, request.at->y - at.y};
        if (request.by_hand.symbol)
            request.by_hand.symbol =
                Point{request.by_hand.symbol->x - at.x, request.by_hand.symbol->y - at.y};
    }
    return place_area_labels(laid.map.shapes, on_map, rules, measure);
}

/// Takes the words off areas that are too many to be named, and says of how many. Symbols stay, and so do
/// labels set by hand.
std::size_t take_off_crowded(std::vector<LabelRequest>& requests, const Silhouette& silhouette,
                             const SlotSize& slot, const TextMeasure& measure) {
    double wanted = 0;
    for (const LabelRequest& request : requests) {
        const double width = measure.width_mm(shown_name(request), request.name_style);
        wanted += width * request.name_style.size_pt * line_height * mm_per_pt;
    }
    const double map_width = std::min(slot.width_mm, slot.most_height_mm / silhouette.aspect);
    if (wanted < crowded * map_width * map_width * silhouette.aspect) return 0;
    std::size_t taken = 0;
    for (LabelRequest& request : requests) {
        if (request.at || shown_name(request).empty()) continue;
        request.name.clear();
        request.below.clear();
        ++taken;
    }
    return taken;
}

void add_unnamed_note(FigureTexts& texts, const TableMeta& meta, std::size_t unnamed) {
    if (unnamed == 0) return;
    texts.notes.push_back(counted_areas(meta, unnamed) + (unnamed == 1 ? " is" : " are") +
                          " not named for want of room; the table beside the map has them all.");
}

/// What the numbers on the map stand for, and how many areas have no name on it.
void add_label_notes(FigureTexts& texts, std::span<const AreaLabel> labels,
                     std::span<const LabelRequest> requests, const TableMeta& meta) {
    std::vector<std::size_t> numbered;
    std::size_t unnamed = 0;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        if (labels[i].place == LabelPlace::number) numbered.push_back(i);
        unnamed += labels[i].place == LabelPlace::left_out;
    }
    std::sort(numbered.begin(), numbered.end(),
              [&](std::size_t a, std::size_t b) { return labels[a].number < labels[b].number; });
    std::string key;
    for (const std::size_t i : numbered) {
        key +=
            (key.empty() ? "" : "; ") + std::to_string(labels[i].number) + "\u00a0" + shown_name(requests[i]);
    }
    if (!key.empty()) texts.notes.push_back("Numbers on the map: " + key + ".");
    add_unnamed_note(texts, meta, unnamed);
}

}  // namespace

AreaRows rows_of_areas(const Table& table, const AreaSet& areas) {
    const Column& codes = table.column("area_code");
    AreaRows out;
    out.row_of.resize(areas.size());
    if (!codes.is_text())
        throw InputError("the column 'area_code' holds numbers, not codes", table.where(0, "area_code"));
    const Column* names = table.find("area_name");
    std::vector<std::string>& strangers = out.rows_of_no_area;
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        const std::string& code = codes.text(row);
        if (code.empty()) {
            if (!out.total) out.total = row;
            continue;
        }
        const AreaIndex area = areas.index_of(code);
        if (area == no_area) {
            strangers.push_back(names != nullptr && names->is_text() ? names->text(row) + " (" + code + ")"
                                                                     : code);
            continue;
        }
        auto& place = out.row_of[static_cast<std::size_t>(area)];
        if (place) {
            Where where = table.where(row, "area_code");
            where.code = code;
            throw InputError(
                "the " + areas.noun() + " '" + areas.names()[static_cast<std::size_t>(area)] +
                    "' has more than one row, and a map can show only one",
                where, "pick the rows with --where COLUMN=VALUE, or make one map a value with --by COLUMN");
        }
        place = row;
    }
    std::sort(strangers.begin(), strangers.end());
    for (const std::string& stranger : strangers)
        out.log.push_back("row of no area on this map: " + stranger);
    for (std::size_t i = 0; i < areas.size(); ++i) {
        if (!out.row_of[i]) {
            out.areas_without_row.push_back(areas.names()[i]);
            out.log.push_back(areas.names()[i] + ": no row in the table, shown as no data");
        }
        if (areas.shapes()[i].empty()) out.log.push_back(areas.names()[i] + ": no shape, not on the map");
    }
    return out;
}

TableMeta map_meta(const Table& table, const AreaSet& areas) {
    TableMeta meta = table.meta();
    if (meta.whole.empty()) meta.whole = areas.whole();
    if (meta.area_noun.empty()) meta.area_noun = areas.noun();
    return meta;
}

LabelRequest name_request(const std::string& name, const MapOptions& options) {
    LabelRequest request;
    request.name_style = regular(type_sizes(options.figure.theme).label);
    if (options.labels == AreaLabels::name || options.labels == AreaLabels::name_and_value)
        request.name = typographic(name);
    return request;
}

std::vector<LegendEntry> state_entries(const std::vector<CellState>& states, const TableMeta& meta,
                                       const MapOptions& options) {
    std::vector<LegendEntry> out;
    for (const CellState state :
         {CellState::missing, CellState::undefined, CellState::suppressed, CellState::not_applicable}) {
        const auto n = static_cast<std::size_t>(std::count(states.begin(), states.end(), state));
        if (n == 0) continue;
        const bool renamed = state == CellState::not_applicable && !options.not_applicable_words.empty();
        out.push_back({state_fill(state), renamed ? options.not_applicable_words : state_words(state),
                       counted_areas(meta, n)});
    }
    return out;
}

namespace {

struct Sheet {
    Laid laid{};
    std::optional<Frame> frame{};
    std::vector<AreaLabel> labels{};
    std::vector<std::string> notes{};
};

/// Lays out the page and the labels. Numbers instead of names need a key in the notes, which takes room from
/// the map. So: a plan without it; if labels became numbers, a second with it; and if that would shrink the
/// map by much, the names are left out instead.
Sheet lay_out(const MapContent& content, const MapKey& key, const FigureTexts& plain, const MapLayers& layers,
              const ProjectedAreas& projected, const Silhouette& silhouette,
              std::span<const LabelRequest> requests, const MapOptions& options, const TextMeasure& measure) {
    const SlotSize slot = slot_size(options.figure.slot);
    const Theme theme = options.figure.theme;
    const double most_legend = std::min(slot.width_mm, widest_legend_mm * type_sizes(theme).label / 9);
    Sheet out;
    Laid& laid = out.laid;
    FigureTexts texts = plain;
    double roomy_width = 0;
    bool numbers = true;
    bool locator_in_key = false;
    for (int round = 0; round < 5; ++round) {
        out.frame.emplace(texts, content.meta, options.figure, measure);
        const double width_before = laid.plan.map_width;
        const auto plan_with = [&](LegendDetail detail, LegendBlock& legend) {
            legend = map_legend(key, detail, theme, most_legend, measure);
            if (locator_in_key) legend = with_locator(std::move(legend), laid.locator);
            return Planner(projected, silhouette, *out.frame, legend, options, measure).best();
        };
        laid.plan = plan_with(LegendDetail::full, laid.legend);
        if (laid.plan.map_width < cramped_share * slot.width_mm) {
            LegendBlock brief;
            const Plan with_brief = plan_with(LegendDetail::brief, brief);
            if (with_brief.map_width > 1.1 * laid.plan.map_width) {
                laid.plan = with_brief;
                laid.legend = std::move(brief);
            }
        }
        if (roomy_width == 0) roomy_width = laid.plan.map_width;
        if (numbers && laid.plan.map_width < least_key_share * roomy_width) {
            numbers = false;
            texts = plain;
            continue;
        }
        if (laid.plan.map_width != width_before || laid.map.shapes.empty())
            laid.map = fit_map(projected, laid.plan.map_width);
        if (options.locator && !locator_in_key) {
            laid.locator =
                locator_map(projected, laid.map, *options.locator, LocatorWords::no, theme, measure);
            laid.locator_at = Planner(projected, silhouette, *out.frame, laid.legend, options, measure)
                                  .free_corner(laid.plan, laid.locator.width_mm, laid.locator.height_mm);
            if (!laid.locator_at) {
                locator_in_key = true;
                laid.locator =
                    locator_map(projected, laid.map, *options.locator, LocatorWords::yes, theme, measure);
                roomy_width = 0;
                continue;
            }
        }
        out.labels = label_areas(laid, *out.frame, layers, requests, options, numbers, measure);
        FigureTexts with_key = plain;
        add_label_notes(with_key, out.labels, requests, content.meta);
        if (with_key.notes == texts.notes) break;
        texts = std::move(with_key);
        // The words of the last round are true of its labels, even if the page has to grow for them.
        if (round == 4) out.frame.emplace(texts, content.meta, options.figure, measure);
    }
    return out;
}

void log_labels(std::vector<std::string>& log, const AreaSet& areas, std::span<const AreaLabel> labels) {
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const AreaLabel& label = labels[i];
        const std::string& name = areas.names()[i];
        if (label.place == LabelPlace::leader) log.push_back(name + ": label outside, with a leader");
        if (label.place == LabelPlace::number)
            log.push_back(name + ": number " + std::to_string(label.number) + ", named in the note");
        if (label.place == LabelPlace::left_out) log.push_back(name + ": no room for its label, left out");
        if (!label.symbol_fits) log.push_back(name + ": its symbol reaches over the border");
    }
}

double page_bottom(const Laid& laid) {
    double out =
        std::max({laid.plan.map_at.y + laid.map.height_mm, laid.plan.legend_at.y + laid.legend.height_mm,
                  laid.plan.bar_at.y + laid.plan.bar.height_mm});
    if (laid.locator_at) out = std::max(out, laid.locator_at->y + laid.locator.height_mm);
    return out;
}

void add_at(Group& into, Group part, Point at) {
    part.dx = at.x;
    part.dy = at.y;
    into.children.push_back(node(std::move(part)));
}

}  // namespace

Figure draw_map(const MapContent& content, const ProjectedAreas& projected_as_is, const MapOptions& options,
                const TextMeasure& measure) {
    const ProjectedAreas projected = with_window(projected_as_is, options);
    const MapLayers layers = layers_for(projected, options);
    FigureTexts texts = content.texts;
    add_layer_words(texts, layers, projected.areas);
    MapKey key = content.key;
    std::visit([&](auto& one) { one.lines = layers.lines; }, key);

    std::vector<LabelRequest> requests;
    const std::string title = typographic(chosen_text(options.figure.title, texts.title));
    for (const MapMark& mark : content.marks) {
        requests.push_back(mark.label);
        if (!mark.label.name.empty() && title.find(mark.label.name) != std::string::npos)
            requests.back().rank = LabelRank::named_in_title;
    }
    const Silhouette silhouette = silhouette_of(projected);
    const std::vector<LabelRequest> all_words = requests;
    std::size_t crowded_out = take_off_crowded(requests, silhouette, slot_size(options.figure.slot), measure);
    // What somebody has placed by hand stays.
    for (const PlacedLabel& label : options.label_positions) {
        const AreaIndex area = projected.areas.index_of(label.code);
        if (area == no_area || crowded_out == 0) continue;
        LabelRequest& request = requests[static_cast<std::size_t>(area)];
        if (!shown_name(request).empty()) continue;
        request = all_words[static_cast<std::size_t>(area)];
        --crowded_out;
    }
    add_unnamed_note(texts, content.meta, crowded_out);
    Sheet sheet = lay_out(content, key, texts, layers, projected, silhouette, requests, options, measure);
    std::vector<std::string> labels_of_no_area;
    std::vector<std::string> log = projected.log;
    log.insert(log.end(), layers.log.begin(), layers.log.end());
    if (crowded_out > 0)
        log.push_back(counted_areas(content.meta, crowded_out) +
                      ": too many to be named on the map, no labels");
    if (!options.label_positions.empty()) {
        const double height = std::max(page_bottom(sheet.laid), sheet.laid.plan.bottom);
        HandLabelsLeft left =
            set_by_hand(requests, projected.areas, options.label_positions,
                        {0, 0, slot_size(options.figure.slot).width_mm, height}, options.label_file);
        log.insert(log.end(), left.log.begin(), left.log.end());
        labels_of_no_area = std::move(left.of_no_area);
        sheet = lay_out(content, key, texts, layers, projected, silhouette, requests, options, measure);
    }
    const Laid& laid = sheet.laid;
    const Plan& plan = laid.plan;

    Group picture;
    picture.id = "map";
    Group on_map;
    const double text_top = std::min(laid.map.height_mm, plan.text.top_mm - plan.map_at.y);
    const Box window{0, 0, std::max(laid.map.width_mm, 1.0), std::max(text_top, 1.0)};
    draw_context(on_map, layers, laid.map, window, "");
    draw_map_areas(on_map, content.marks, projected.areas, laid.map, "");
    draw_outlines(on_map, layers, laid.map, window, "");
    draw_map_symbols(on_map, content.marks, sheet.labels, content.draw_symbol, "");
    std::vector<Box> taken;
    for (const AreaLabel& label : sheet.labels) {
        if (!label.lines.empty()) taken.push_back(label.box.grown(0.4));
    }
    if (laid.locator_at) {
        const Point at{laid.locator_at->x - plan.map_at.x, laid.locator_at->y - plan.map_at.y};
        taken.push_back(
            Box{at.x, at.y, at.x + laid.locator.width_mm, at.y + laid.locator.height_mm}.grown(1.5));
    }
    std::vector<PlacedLabel> others;
    draw_overlay(on_map, layers, laid.map, window, options, "");
    for (const Box& spot : draw_spots(on_map, projected.areas, laid.map, options, "")) taken.push_back(spot);
    draw_overlay_names(on_map, layers, laid.map, window, taken, options.figure.theme, measure, others, log);
    for (const PlacedLabel& label : others) taken.push_back(label.box.grown(0.4));
    draw_context_names(on_map, layers, laid.map, window, taken, options.figure.theme, measure, others);
    draw_map_labels(on_map, content.marks, sheet.labels, "");
    add_at(picture, std::move(on_map), plan.map_at);
    add_at(picture, laid.legend.group, plan.legend_at);
    if (plan.bar.width_mm > 0) add_at(picture, plan.bar.group, plan.bar_at);
    if (laid.locator_at) {
        if (projected.framed) {
            const LegendBlock& inset = laid.locator;
            Group back = map_decoration("locator-ground");
            back.children.push_back(node(Shape{RectShape{-1, -1, inset.width_mm + 2, inset.height_mm + 2},
                                               Fill{ink_white, {}}, grid_stroke()}));
            add_at(picture, std::move(back), *laid.locator_at);
        }
        add_at(picture, laid.locator.group, *laid.locator_at);
    }

    Figure figure = sheet.frame->finish(std::move(picture), page_bottom(laid), plan.text);
    figure.labels = placed_labels(projected.areas, content.marks, sheet.labels, plan.map_at);
    for (PlacedLabel& label : figure.labels)
        label.by_hand =
            requests[static_cast<std::size_t>(projected.areas.index_of(label.code))].at.has_value();
    for (PlacedLabel& label : others) {
        label.box = {label.box.min_x + plan.map_at.x, label.box.min_y + plan.map_at.y,
                     label.box.max_x + plan.map_at.x, label.box.max_y + plan.map_at.y};
        figure.labels.push_back(std::move(label));
    }
    log_labels(log, projected.areas, sheet.labels);
    log_size(log, figure, options.figure.slot);
    const std::string scale = scale_text(laid.map);
    if (!scale.empty()) log.push_back("drawn at " + scale);
    log.insert(log.end(), content.log.begin(), content.log.end());
    figure.log = std::move(log);
    figure.facts = content.facts;
    figure.facts.labels_of_no_area = std::move(labels_of_no_area);
    figure.data = content.data;
    figure.classes = content.classes;
    figure.class_of_area = content.class_of_area;
    figure.goodness_of_fit = content.goodness_of_fit;
    return figure;
}

void add_layer_words(FigureTexts& texts, const MapLayers& layers, const AreaSet& areas) {
    texts.attribution.insert(texts.attribution.begin(), layers.attribution.begin(), layers.attribution.end());
    texts.attribution.insert(texts.attribution.begin(), areas.attribution().begin(),
                             areas.attribution().end());
    texts.notes.insert(texts.notes.end(), layers.notes.begin(), layers.notes.end());
    if (!layers.description.empty())
        texts.description += (texts.description.empty() ? "" : " ") + layers.description;
}

FigureFacts map_facts(const AreaRows& rows) {
    FigureFacts facts;
    facts.areas_without_row = rows.areas_without_row;
    facts.rows_of_no_area = rows.rows_of_no_area;
    return facts;
}

void log_size(std::vector<std::string>& log, const Figure& figure, Slot slot) {
    const double most = slot_size(slot).most_height_mm;
    if (figure.scene.height_mm <= most + 0.5) return;
    log.push_back("needs " + with_thousands(std::ceil(figure.scene.height_mm), 0) +
                  " mm, more than the slot's " + with_thousands(most, 0) +
                  ": a title in the text (--no-title) or fewer notes make it fit");
}

}  // namespace wardmap
