#include "wardmap/area/match.hpp"

#include "wardmap/area/code_fields.hpp"
#include "wardmap/area/name_folding.hpp"
#include "wardmap/area/vintage.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/base/suggest.hpp"
#include "wardmap/table/total_row.hpp"

#include <algorithm>
#include <cctype>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace wardmap {
namespace {

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view white = " \t\r\n";
    const std::size_t first = text.find_first_not_of(white);
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(white) - first + 1);
}

std::string in_capitals(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return out;
}

/// A cell as text, whether the column holds text or numbers (codes such as 101).
std::string cell_text(const Column& column, std::size_t row) {
    if (!column.is_text()) return full_precision(column.number(row));
    return std::string(trimmed(column.text(row)));
}

/// Finds areas by code and by name.
class AreaFinder {
public:
    explicit AreaFinder(const AreaSet& areas) : areas_(areas), whole_(fold_name(areas.whole())) {
        for (std::size_t i = 0; i < areas.size(); ++i) {
            by_name_[fold_name(areas.names()[i])].push_back(static_cast<AreaIndex>(i));
            by_capital_code_.emplace(in_capitals(areas.codes()[i]), static_cast<AreaIndex>(i));
        }
        parents_.insert(areas.parents().begin(), areas.parents().end());
    }

    AreaIndex by_code(const std::string& text) const {
        const AreaIndex exact = areas_.index_of(text);
        if (exact != no_area) return exact;
        const auto found = by_capital_code_.find(in_capitals(text));
        return found == by_capital_code_.end() ? no_area : found->second;
    }

    /// The areas of that name, within a district if one is given.
    std::vector<AreaIndex> by_name(const std::string& text, const std::string& parent) const {
        const auto found = by_name_.find(fold_name(text));
        if (found == by_name_.end()) return {};
        if (parent.empty() || areas_.parents().empty()) return found->second;
        std::vector<AreaIndex> within;
        for (const AreaIndex area : found->second) {
            if (areas_.parents()[static_cast<std::size_t>(area)] == parent) within.push_back(area);
        }
        return within;
    }

    bool is_whole(const std::string& text) const {
        if (is_total_name(text)) return true;
        if (!whole_.empty() && fold_name(text) == whole_) return true;
        return parents_.size() == 1 && parents_.contains(in_capitals(text));
    }
    bool is_parent(const std::string& text) const { return parents_.contains(text); }

private:
    const AreaSet& areas_;
    std::string whole_;
    std::unordered_map<std::string, std::vector<AreaIndex>> by_name_{};
    std::unordered_map<std::string, AreaIndex> by_capital_code_{};
    std::unordered_set<std::string> parents_{};
};

bool is_outside_name(const std::string& text) {
    const std::string folded = fold_name(text);
    return folded == "outside" || folded == "not located";
}

/// The column that names the areas, and whether that was guessed.
struct Named {
    const Column* column = nullptr;
    const Column* beside = nullptr;  ///< `area_name` beside `area_code`: says what rows without code are
    std::string guess{};
};

std::string sentence_for(const Column& column, std::string_view what, const AreaSet& areas) {
    return "column " + column.name() + " holds the " + std::string(what) + " of the " + areas.noun() + "s";
}

Named area_column(const Table& table, const AreaSet& areas, const AreaFinder& finder,
                  const MatchOptions& options) {
    Named out;
    if (!options.area_column.empty()) {
        out.column = &table.column(options.area_column);
        if (out.column == table.find("area_code")) out.beside = table.find("area_name");
        return out;
    }
    if (const Column* code = table.find("area_code")) {
        out.column = code;
        out.beside = table.find("area_name");
        return out;
    }
    if (const Column* name = table.find("area_name")) {
        out.column = name;
        return out;
    }
    std::size_t best = 0;
    bool best_is_code = false;
    for (const Column& column : table.columns()) {
        std::size_t codes = 0;
        std::size_t names = 0;
        for (std::size_t row = 0; row < table.row_count(); ++row) {
            const std::string text = cell_text(column, row);
            if (text.empty()) continue;
            if (finder.by_code(text) != no_area) {
                ++codes;
            } else if (column.is_text() && !finder.by_name(text, {}).empty()) {
                ++names;
            }
        }
        const bool is_code = codes >= names;
        const std::size_t found = std::max(codes, names);
        // Codes before names; the first column of those that match equally many.
        if (found > 0 && (out.column == nullptr || (is_code && !best_is_code) ||
                          (is_code == best_is_code && found > best))) {
            out.column = &column;
            best = found;
            best_is_code = is_code;
        }
    }
    if (out.column == nullptr) {
        std::vector<std::string> names = table.names();
        std::string list;
        for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
        throw InputError("no column holds codes or names of the " + areas.noun() + "s",
                         table.row_count() > 0 ? table.where(0) : Where{.file = table.origin().file},
                         "name it with --area; there are: " + list);
    }
    out.guess = sentence_for(*out.column, best_is_code ? "codes" : "names", areas);
    return out;
}

const Column* parent_column(const Table& table, const AreaFinder& finder, const MatchOptions& options) {
    if (!options.parent_column.empty()) return &table.column(options.parent_column);
    for (const Column& column : table.columns()) {
        if (!column.is_text() || !is_district_code_field(column.name())) continue;
        for (std::size_t row = 0; row < table.row_count(); ++row) {
            if (finder.is_parent(cell_text(column, row))) return &column;
        }
    }
    return nullptr;
}

std::string nearest_text(const std::string& value, std::span<const std::string> names) {
    const std::vector<std::string> near = nearest_names(value, names);
    if (near.empty()) return "'" + value + "'";
    std::string text = "'" + value + "' (nearest: ";
    for (std::size_t i = 0; i < near.size(); ++i) text += (i == 0 ? "" : ", ") + near[i];
    return text + ")";
}

std::string row_text(const Table& table, std::size_t row) {
    const Where where = table.where(row);
    return "row " + with_thousands(static_cast<double>(where.row.value_or(row + 1)), 0);
}

}  // namespace

std::string MatchReport::text() const {
    const auto of = [](std::size_t part, std::size_t all) {
        return with_thousands(static_cast<double>(part), 0) + " of " +
               with_thousands(static_cast<double>(all), 0);
    };
    const std::size_t meant = rows - total_rows - outside_rows;
    std::string out = of(by_code + by_name, meant) + (meant == 1 ? " row matched" : " rows matched");
    if (by_code > 0 && by_name > 0) {
        out += " (" + with_thousands(static_cast<double>(by_code), 0) + " by code, " +
               with_thousands(static_cast<double>(by_name), 0) + " by name)";
    } else if (by_code > 0) {
        out += " by code";
    } else if (by_name > 0) {
        out += " by name";
    }
    out += ", " + of(areas_with_rows, areas) + " " + noun + (areas == 1 ? " has" : "s have") + " a row";
    if (total_rows > 0) out += "; " + counted(total_rows, "total row") + " kept out";
    if (outside_rows > 0) out += "; " + counted(outside_rows, "row") + " of elsewhere or without a place";
    if (ambiguous > 0) out += "; " + counted(ambiguous, "row") + " with an ambiguous name";
    if (unmatched > 0) out += "; " + counted(unmatched, "row") + " matched nothing";
    return out;
}

Matched match_rows(const Table& table, const AreaSet& areas, const MatchOptions& options) {
    const AreaFinder finder(areas);
    const Named named = area_column(table, areas, finder, options);
    const Column* districts = parent_column(table, finder, options);
    const std::size_t rows = table.row_count();
    const std::string& column_name = named.column->name();

    Matched out;
    out.area_of_row.assign(rows, no_area);
    out.row_match.assign(rows, RowMatch::unmatched);
    MatchReport& report = out.report;
    report.column = column_name;
    report.rows = rows;
    report.areas = areas.size();
    report.noun = areas.noun();
    if (!named.guess.empty()) out.guesses.push_back(named.guess);

    std::vector<std::string> texts(rows);
    std::vector<bool> has_row(areas.size(), false);
    std::size_t elsewhere = 0;
    for (std::size_t row = 0; row < rows; ++row) {
        std::string& text = texts[row];
        text = cell_text(*named.column, row);
        if (text.empty() && named.beside != nullptr) text = cell_text(*named.beside, row);
        const std::string district = districts == nullptr ? std::string{} : cell_text(*districts, row);
        AreaIndex area = text.empty() ? no_area : finder.by_code(text);
        RowMatch match = area == no_area ? RowMatch::unmatched : RowMatch::code;
        if (area == no_area && !district.empty() && !areas.parents().empty() && !finder.is_parent(district)) {
            match = RowMatch::outside;
            ++elsewhere;
        } else if (area == no_area && !text.empty()) {
            const std::vector<AreaIndex> found =
                finder.by_name(text, options.parent.empty() ? district : options.parent);
            if (found.size() == 1) {
                area = found.front();
                match = RowMatch::name;
            } else if (found.size() > 1) {
                match = RowMatch::ambiguous;
                std::string codes;
                for (const AreaIndex one : found) {
                    codes += (codes.empty() ? "" : " or ") + areas.codes()[static_cast<std::size_t>(one)];
                }
                out.problems.add(
                    Severity::problem, "ambiguous_name",
                    "rows have a name that belongs to more than one " + areas.noun() + "; use codes",
                    table.where(row, column_name), row_text(table, row) + ": '" + text + "' is " + codes);
            } else if (finder.is_whole(text)) {
                match = RowMatch::total;
            } else if (is_outside_name(text)) {
                match = RowMatch::outside;
            }
        }
        out.area_of_row[row] = area;
        out.row_match[row] = match;
        if (area != no_area) has_row[static_cast<std::size_t>(area)] = true;
    }
    // Where every area has its row by code, other codes of the same kind are of other places, not of another
    // year.
    const bool complete = std::find(has_row.begin(), has_row.end(), false) == has_row.end();
    std::unordered_set<std::string> seen_unmatched;
    for (std::size_t row = 0; row < rows; ++row) {
        const std::string& text = texts[row];
        RowMatch& match = out.row_match[row];
        if (match == RowMatch::unmatched && complete && is_ons_code(text) &&
            area_noun({&text, 1}) == areas.noun()) {
            match = RowMatch::outside;
            ++elsewhere;
        }
        switch (match) {
            case RowMatch::code:
                ++report.by_code;
                break;
            case RowMatch::name:
                ++report.by_name;
                break;
            case RowMatch::total:
                ++report.total_rows;
                break;
            case RowMatch::outside:
                ++report.outside_rows;
                break;
            case RowMatch::ambiguous:
                ++report.ambiguous;
                break;
            case RowMatch::unmatched:
                ++report.unmatched;
                break;
        }
        if (match != RowMatch::unmatched) continue;
        const Where where = table.where(row, column_name);
        if (text.empty()) {
            out.problems.add(Severity::problem, "no_area_name", "rows name no " + areas.noun(), where,
                             row_text(table, row));
            continue;
        }
        if (seen_unmatched.insert(text).second) report.unmatched_values.push_back(text);
        const bool show = out.problems.count("unmatched_rows") < Problems::most_examples;
        out.problems.add(Severity::problem, "unmatched_rows", "rows match no " + areas.noun(), where,
                         show ? row_text(table, row) + ": " +
                                    nearest_text(text, is_ons_code(text) ? areas.codes() : areas.names())
                              : std::string{});
    }

    const Where place{.file = table.origin().file, .layer = table.origin().sheet, .column = column_name};
    if (elsewhere > 0) {
        out.problems.add(Severity::note, "rows_elsewhere",
                         "rows are of " + areas.noun() + "s elsewhere and are not used", place, {},
                         elsewhere);
    }
    for (std::size_t i = 0; i < areas.size(); ++i) {
        if (has_row[i]) {
            ++report.areas_with_rows;
            continue;
        }
        report.areas_without_row.push_back(areas.codes()[i]);
        const std::string& name = areas.names()[i];
        out.problems.add(Severity::warning, "areas_without_row", areas.noun() + "s have no row", place,
                         name == areas.codes()[i] ? name : name + " (" + areas.codes()[i] + ")");
    }
    const std::string vintage = vintage_mismatch(report.unmatched_values, areas);
    if (!vintage.empty()) {
        std::string example;
        for (const std::string& value : report.unmatched_values) {
            if (example.empty() && is_ons_code(value)) example = value;
        }
        out.problems.add(Severity::warning, "code_vintage", vintage, place, example);
    }
    return out;
}

void report_repeated_areas(const Table& table, const AreaSet& areas, const Matched& matched,
                           std::span<const std::size_t> rows, Problems& problems) {
    std::vector<std::vector<std::size_t>> rows_of(areas.size());
    for (const std::size_t row : rows) {
        const AreaIndex area = matched.area_of_row[row];
        if (area != no_area) rows_of[static_cast<std::size_t>(area)].push_back(row);
    }
    for (std::size_t i = 0; i < areas.size(); ++i) {
        if (rows_of[i].size() < 2) continue;
        std::string list;
        for (std::size_t k = 0; k < rows_of[i].size(); ++k)
            list += (k == 0 ? "" : ", ") + row_text(table, rows_of[i][k]);
        Where where = table.where(rows_of[i][1], matched.report.column);
        where.code = areas.codes()[i];
        problems.add(Severity::problem, "area_twice", areas.noun() + "s have more than one row", where,
                     areas.names()[i] + ": " + list);
    }
}

}  // namespace wardmap
