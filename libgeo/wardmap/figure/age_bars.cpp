#include "wardmap/figure/age_bars.hpp"

#include "wardmap/base/number_text.hpp"
#include "wardmap/figure/frame.hpp"
#include "wardmap/figure/named_rows.hpp"
#include "wardmap/figure/palette.hpp"
#include "wardmap/figure/style.hpp"
#include "wardmap/figure/text_block.hpp"
#include "wardmap/figure/ward_rows.hpp"
#include "wardmap/indicator/age_structure.hpp"
#include "wardmap/indicator/shares.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

namespace wardmap {
namespace {

constexpr double row_pitch_mm = 7.2;
constexpr double least_value_mm = 8;
constexpr double segment_gap_mm = 0.35;
constexpr double whole_gap_mm = 4;

struct Band {
    std::string label{};
    std::string share_column{};
    std::vector<NumberCell> counts{};
    std::vector<NumberCell> shares{};
};

/// Places labels of the given widths near `wanted` without overlap, inside [from, to].
std::vector<double> spread(const std::vector<double>& wanted, const std::vector<double>& widths, double from,
                           double to) {
    std::vector<double> middles = wanted;
    constexpr double between = 2.0;
    for (int round = 0; round < 200; ++round) {
        for (std::size_t i = 0; i < middles.size(); ++i) {
            middles[i] = std::clamp(middles[i], from + widths[i] / 2,
                                    std::max(from + widths[i] / 2, to - widths[i] / 2));
        }
        bool moved = false;
        for (std::size_t i = 0; i + 1 < middles.size(); ++i) {
            const double need = (widths[i] + widths[i + 1]) / 2 + between;
            const double lack = need - (middles[i + 1] - middles[i]);
            if (lack > 0.01) {
                middles[i] -= lack / 2;
                middles[i + 1] += lack / 2;
                moved = true;
            }
        }
        if (!moved) {
            break;
        }
    }
    return middles;
}

}  // namespace

Figure age_bars(const Table& table, const AgeBarsOptions& options, const TextMeasure& measure) {
    const TableMeta& meta = table.meta();
    const TypeSizes sizes = type_sizes(options.figure.theme);
    const NamedRows named = named_rows(table);
    std::vector<Band> bands;
    for (const AgeBand& band : bands_of(table)) {
        bands.push_back({band.label(), "share_" + band.key(), read_cells(table, "age_" + band.key()),
                         read_cells(table, "share_" + band.key())});
    }
    if (bands.empty()) {
        throw InputError("the table has no age bands", table.where(0),
                         "give it columns such as age_0_14 and share_0_14, as `chart ages` makes");
    }
    const auto people = read_cells(table, table.find("all_ages") != nullptr ? "all_ages" : "population");

    const auto sort_cells =
        read_cells(table, options.sort_by.empty() ? bands.front().share_column : options.sort_by);
    std::vector<std::size_t> rows = named.rows;
    std::sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) {
        const auto key = [&](std::size_t row) {
            return std::tuple(
                sort_cells[row].known() ? -sort_cells[row].number : std::numeric_limits<double>::infinity(),
                std::string_view(named.names[row]), std::string_view(named.codes[row]));
        };
        return key(a) < key(b);
    });
    std::string sorted_by = bands.front().label;
    for (const Band& band : bands) {
        if (band.share_column == options.sort_by) {
            sorted_by = band.label;
        }
    }

    FigureTexts texts;
    texts.kind = "ages";
    const std::string whole = whole_name(meta);
    std::vector<std::size_t> known;
    for (const std::size_t row : rows) {
        if (bands.front().shares[row].known()) {
            known.push_back(row);
        }
    }
    const auto percent = [](double share) { return with_thousands(share, 0) + "%"; };
    texts.title = "Population by age";
    if (known.size() > 1) {
        const Band& youngest = bands.front();
        const auto [least, most] =
            std::minmax_element(known.begin(), known.end(), [&](std::size_t a, std::size_t b) {
                return std::tie(youngest.shares[a].number, named.names[b]) <
                       std::tie(youngest.shares[b].number, named.names[a]);
            });
        texts.title = "People aged " + youngest.label + " are " + percent(youngest.shares[*least].number) +
                      " of " + named.names[*least] + " and " + percent(youngest.shares[*most].number) +
                      " of " + named.names[*most];
        texts.description = " The share aged " + youngest.label + " runs from " +
                            percent(youngest.shares[*least].number) + " (" + named.names[*least] + ") to " +
                            percent(youngest.shares[*most].number) + " (" + named.names[*most] + ")";
        if (named.total && youngest.shares[*named.total].known()) {
            texts.description += "; " + whole + " " + percent(youngest.shares[*named.total].number);
        }
        const Band& oldest = bands.back();
        const auto [low, high] =
            std::minmax_element(known.begin(), known.end(), [&](std::size_t a, std::size_t b) {
                return std::tie(oldest.shares[a].number, named.names[b]) <
                       std::tie(oldest.shares[b].number, named.names[a]);
            });
        texts.description += ". The share aged " + oldest.label + " runs from " +
                             percent(oldest.shares[*low].number) + " (" + named.names[*low] + ") to " +
                             percent(oldest.shares[*high].number) + " (" + named.names[*high] + ")";
        if (named.total && oldest.shares[*named.total].known()) {
            texts.description += "; " + whole + " " + percent(oldest.shares[*named.total].number);
        }
        texts.description += ".";
    }
    texts.subtitle = "Share of residents by age band (%)";
    if (!meta.whole.empty()) {
        texts.subtitle += ", " + typographic(meta.whole) + " " + areas_word(meta);
    }
    if (!meta.denominator_year.empty()) {
        texts.subtitle += ", " + meta.denominator_year;
    }
    texts.alt = "Bars of 100% for " + counted_areas(meta, rows.size()) + ", divided into " +
                number_word(bands.size()) + " age bands" +
                (meta.denominator_year.empty() ? "" : ", " + meta.denominator_year) + ".";
    texts.description = texts.alt + texts.description;
    texts.notes.push_back("Sorted by the share aged " + sorted_by +
                          ". Shares are rounded so that they add up to 100.");
    std::vector<std::string> missing;
    for (const std::size_t row : rows) {
        if (!bands.front().shares[row].known()) {
            missing.push_back(named.names[row]);
        }
    }
    if (!missing.empty()) {
        texts.notes.push_back("Ages not known or withheld: " + in_words(missing) + ".");
    }
    const Frame frame(texts, meta, options.figure, measure);

    const double width = frame.width_mm();
    const double scale = sizes.label / 9;
    const TextStyle plain = regular(sizes.label);
    const TextStyle heavy = bold(sizes.label);
    double names_width = 0;
    for (const std::size_t row : rows) {
        names_width = std::max(names_width, measure.width_mm(named.names[row], plain));
    }
    if (named.total) {
        names_width = std::max(names_width, measure.width_mm(whole, heavy));
    }
    names_width = std::min(names_width + 2.5, width * 0.34);
    double people_width = measure.width_mm("People", heavy);
    for (const NumberCell& cell : people) {
        people_width = std::max(people_width, measure.width_mm(cell_words(cell, 0), heavy));
    }
    const double left = names_width;
    const double right = width - people_width - 3.0;
    const auto ramp = palette_colors(options.figure.theme == Theme::mono ? "Greys" : "Blues", bands.size());

    Group content;
    content.role = Role::layer;
    content.id = "ages";
    Group bars;
    bars.role = Role::decoration;
    bars.id = "bars";
    Group grid;
    grid.role = Role::table;
    grid.id = "table";
    grid.label = texts.title + ". " + texts.subtitle;

    const std::size_t first_row = named.total ? *named.total : rows.front();
    const auto edges_of = [&](std::size_t row) {
        std::vector<double> edges{left};
        double sum = 0;
        for (const Band& band : bands) {
            sum += band.counts[row].known() ? band.counts[row].number : 0;
        }
        double reached = 0;
        for (const Band& band : bands) {
            reached += band.counts[row].known() ? band.counts[row].number : 0;
            edges.push_back(sum > 0 ? left + reached / sum * (right - left) : left);
        }
        return edges;
    };

    // Band names above the first bar.
    const double line = line_pitch_mm(sizes.label);
    std::vector<double> wanted;
    std::vector<double> widths;
    std::vector<std::vector<std::string>> label_lines;
    const auto first_edges = edges_of(first_row);
    std::size_t most_lines = 1;
    for (std::size_t b = 0; b < bands.size(); ++b) {
        const double segment = first_edges[b + 1] - first_edges[b];
        std::vector<std::string> lines{bands[b].label};
        if (measure.width_mm(bands[b].label, plain) > segment - 0.5) {
            lines = wrap_text(bands[b].label, plain, std::max(segment, measure.width_mm("and over", plain)),
                              measure, Wrap::balanced);
        }
        double widest = 0;
        for (const std::string& one : lines) {
            widest = std::max(widest, measure.width_mm(one, plain));
        }
        wanted.push_back((first_edges[b] + first_edges[b + 1]) / 2);
        widths.push_back(widest);
        most_lines = std::max(most_lines, lines.size());
        label_lines.push_back(std::move(lines));
    }
    const auto middles = spread(wanted, widths, left - 4, right + 2);
    double y = frame.top_mm();
    const double header_bottom = y + static_cast<double>(most_lines) * line;
    Group header;
    header.role = Role::table_row;
    const auto header_cell = [&](const std::vector<std::string>& lines, double x, TextAnchor anchor,
                                 const TextStyle& style) {
        Group cell;
        cell.role = Role::header_cell;
        double line_y = header_bottom - static_cast<double>(lines.size()) * line + base_line_offset_mm(style);
        for (const std::string& text : lines) {
            add_text(cell, text, x, line_y, style, anchor);
            line_y += line;
        }
        header.children.push_back(node(std::move(cell)));
    };
    header_cell({sentence_case(areas_word(meta, 1))}, 0, TextAnchor::start, heavy);
    for (std::size_t b = 0; b < bands.size(); ++b) {
        header_cell(label_lines[b], middles[b], TextAnchor::middle, plain);
    }
    header_cell({"People"}, width, TextAnchor::end, heavy);
    grid.children.push_back(node(std::move(header)));
    y = header_bottom + 0.8;

    const double pitch = row_pitch_mm * scale;
    const auto draw_row = [&](std::size_t row, bool is_whole) {
        const TextStyle& style = is_whole ? heavy : plain;
        const double middle = y + pitch / 2;
        const double base = middle + sizes.label * mm_per_pt * cap_height / 2;
        Group tr;
        tr.role = Role::table_row;
        tr.code = named.codes[row];
        const auto cell_of = [&](Role role) {
            Group cell;
            cell.role = role;
            return cell;
        };
        Group name = cell_of(Role::header_cell);
        const auto lines = wrap_text(is_whole ? whole : named.names[row], style, names_width - 2, measure);
        double name_y = base - static_cast<double>(lines.size() - 1) * line * 0.45;
        for (const std::string& text : lines) {
            add_text(name, text, 0, name_y, style);
            name_y += line * 0.9;
        }
        tr.children.push_back(node(std::move(name)));
        std::vector<double> counts;
        for (const Band& band : bands) {
            counts.push_back(band.counts[row].number);
        }
        const bool complete = std::all_of(bands.begin(), bands.end(),
                                          [&](const Band& band) { return band.counts[row].known(); });
        const auto rounded = rounded_shares(counts, 0);
        const auto edges = edges_of(row);
        for (std::size_t b = 0; b < bands.size(); ++b) {
            Group cell = cell_of(Role::data_cell);
            const double segment = edges[b + 1] - edges[b];
            if (complete && segment > 0) {
                const double height = pitch * 0.7;
                const double gap = b + 1 < bands.size() ? segment_gap_mm : 0;
                add_rect(bars, edges[b], middle - height / 2, std::max(segment - gap, 0.05), height, ramp[b]);
                const std::string text = with_thousands(rounded[b], 0);
                if (segment >= std::max(least_value_mm * std::min(scale, 1.0),
                                        measure.width_mm(text, style) + 1.5) ||
                    segment >= measure.width_mm(text, style) + 3) {
                    add_text(cell, text, (edges[b] + edges[b + 1]) / 2, base, style, TextAnchor::middle,
                             ink_on(ramp[b]));
                }
            } else if (b == 0) {
                add_text(cell, cell_words(bands[b].shares[row], 0), left, base, style, TextAnchor::start,
                         ink_secondary);
            }
            tr.children.push_back(node(std::move(cell)));
        }
        Group number = cell_of(Role::data_cell);
        add_text(number, cell_words(people[row], 0), width, base, style, TextAnchor::end);
        tr.children.push_back(node(std::move(number)));
        grid.children.push_back(node(std::move(tr)));
        y += pitch;
    };
    if (named.total) {
        draw_row(*named.total, true);
        y += whole_gap_mm * 0.6;
    }
    for (const std::size_t row : rows) {
        draw_row(row, false);
    }
    content.children.push_back(node(std::move(bars)));
    content.children.push_back(node(std::move(grid)));

    Figure figure = frame.finish(std::move(content), y);
    std::vector<std::size_t> order = rows;
    if (named.total) {
        order.push_back(*named.total);
    }
    figure.data = table.take(order);
    for (std::size_t b = 0; b < bands.size(); ++b) {
        figure.classes.push_back({bands[b].label, ramp[b], 0, {}, {}});
    }
    return figure;
}

}  // namespace wardmap
