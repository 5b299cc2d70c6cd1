#include "wardmap/area/lookup.hpp"

#include "wardmap/area/code_fields.hpp"
#include "wardmap/area/vintage.hpp"
#include "wardmap/base/number_text.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace wardmap {
namespace {

const std::string no_text{};

std::string trimmed(std::string_view text) {
    constexpr std::string_view white = " \t\r\n";
    const std::size_t first = text.find_first_not_of(white);
    if (first == text.npos) return {};
    return std::string(text.substr(first, text.find_last_not_of(white) - first + 1));
}

std::string cell_text(const Column& column, std::size_t row) {
    return column.is_text() ? trimmed(column.text(row)) : full_precision(column.number(row));
}

/// How many cells of a column are codes of the areas, or names that one of them has.
std::size_t cells_that_fit(const Table& table, const Column& column, const AreaSet& areas) {
    try {
        const Matched matched = match_rows(table, areas, {.area_column = column.name()});
        return matched.report.by_code + matched.report.by_name;
    } catch (const InputError&) {
        return 0;
    }
}

const Column* column_that_fits(const Table& table, const AreaSet& areas, const Column* not_this) {
    const Column* best = nullptr;
    std::size_t most = 0;
    for (const Column& column : table.columns()) {
        if (&column == not_this) continue;
        const std::size_t found = cells_that_fit(table, column, areas);
        if (found > most) {
            most = found;
            best = &column;
        }
    }
    return best;
}

bool all_different(const Column& column) {
    std::unordered_set<std::string> seen;
    for (std::size_t row = 0; row < column.size(); ++row) {
        const std::string text = cell_text(column, row);
        if (text.empty() || !seen.insert(text).second) return false;
    }
    return true;
}

const Column* first_column_of_codes(const Table& table) {
    const Column* any = nullptr;
    for (const Column& column : table.columns()) {
        if (code_field_stem(column.name()).empty()) continue;
        if (all_different(column)) return &column;
        if (any == nullptr) any = &column;
    }
    return any != nullptr || table.columns().empty() ? any : &table.columns().front();
}

const Column* next_column(const Table& table, const Column* from) {
    const auto columns = table.columns();
    for (const Column& column : columns) {
        if (&column == from || code_field_stem(column.name()).empty() ||
            is_district_code_field(column.name()))
            continue;
        if (&column > from) return &column;
    }
    const std::vector<std::string> names = table.names();
    const std::size_t from_name = name_field_of(names, from->name());
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (&columns[i] > from && i != from_name) return &columns[i];
    }
    return nullptr;
}

struct Columns {
    const Column* from = nullptr;
    const Column* to = nullptr;
    const Column* name = nullptr;
};

Columns choose_columns(const Table& table, const LookupOptions& options, const AreaSet* small,
                       const AreaSet* large, std::vector<std::string>& guesses) {
    Columns out;
    if (!options.to_column.empty()) out.to = &table.column(options.to_column);
    if (!options.from_column.empty()) {
        out.from = &table.column(options.from_column);
    } else {
        out.from = small != nullptr ? column_that_fits(table, *small, out.to) : first_column_of_codes(table);
    }
    if (out.from != nullptr && out.to == nullptr) {
        out.to = large != nullptr ? column_that_fits(table, *large, out.from) : next_column(table, out.from);
    }
    if (out.from == nullptr || out.to == nullptr) {
        std::string list;
        for (const std::string& name : table.names()) list += (list.empty() ? "" : ", ") + name;
        const std::string what = out.from == nullptr ? "no column holds the codes of the small areas"
                                                     : "no column holds the areas they belong to";
        throw InputError("this is no lookup table: " + what, {.file = table.origin().file},
                         "there are: " + list);
    }
    if (!options.name_column.empty()) {
        out.name = &table.column(options.name_column);
    } else {
        const std::vector<std::string> names = table.names();
        const std::size_t name = name_field_of(names, out.to->name());
        if (name != no_field && &table.columns()[name] != out.to &&
            !code_field_stem(out.to->name()).empty()) {
            out.name = &table.columns()[name];
        }
    }
    if (options.from_column.empty() || options.to_column.empty()) {
        guesses.push_back("the lookup goes from column " + out.from->name() + " to column " + out.to->name());
    }
    return out;
}

}  // namespace

struct Lookup::Data {
    std::vector<std::string> from{};
    std::vector<std::string> to{};
    std::vector<std::string> targets{};
    std::vector<std::string> target_names{};
    std::unordered_map<std::string, std::size_t> index{};
    std::unordered_set<std::string> elsewhere{};
    std::vector<std::string> guesses{};
};

Lookup::Lookup() : data_(std::make_shared<const Data>()) {}
std::size_t Lookup::size() const noexcept {
    return data_->from.size();
}
std::span<const std::string> Lookup::from() const noexcept {
    return data_->from;
}
std::span<const std::string> Lookup::to() const noexcept {
    return data_->to;
}
std::span<const std::string> Lookup::targets() const noexcept {
    return data_->targets;
}
std::span<const std::string> Lookup::target_names() const noexcept {
    return data_->target_names;
}
std::span<const std::string> Lookup::guesses() const noexcept {
    return data_->guesses;
}

const std::string& Lookup::target_of(std::string_view from_code) const noexcept {
    const auto found = data_->index.find(std::string(from_code));
    return found == data_->index.end() ? no_text : data_->to[found->second];
}

bool Lookup::is_elsewhere(std::string_view from_code) const noexcept {
    return data_->elsewhere.contains(std::string(from_code));
}

Lookup make_lookup(const Table& table, const LookupOptions& options, Problems& problems, const AreaSet* small,
                   const AreaSet* large) {
    auto data = std::make_shared<Lookup::Data>();
    const Columns columns = choose_columns(table, options, small, large, data->guesses);
    Matched small_rows;
    Matched large_rows;
    if (small != nullptr) small_rows = match_rows(table, *small, {.area_column = columns.from->name()});
    if (large != nullptr) large_rows = match_rows(table, *large, {.area_column = columns.to->name()});

    std::unordered_set<std::string> known_targets;
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        std::string from = cell_text(*columns.from, row);
        std::string to = cell_text(*columns.to, row);
        const Where where = table.where(row, columns.from->name());
        if (from.empty() || to.empty()) {
            if (from.empty() && to.empty()) continue;  // an empty line
            problems.add(Severity::problem, "lookup_empty",
                         "rows of the lookup lack one of the two codes and are not used", where,
                         from.empty() ? to : from);
            continue;
        }
        if (small != nullptr) {
            const AreaIndex area = small_rows.area_of_row[row];
            if (area == no_area) {
                if (small_rows.row_match[row] == RowMatch::total) continue;
                problems.add(Severity::warning, "lookup_unknown",
                             "rows of the lookup are of no known " + small->noun() + " and are not used",
                             where, from);
                continue;
            }
            from = small->codes()[static_cast<std::size_t>(area)];
        }
        std::string name = columns.name == nullptr ? to : cell_text(*columns.name, row);
        if (name.empty()) name = to;
        if (large != nullptr) {
            const AreaIndex area = large_rows.area_of_row[row];
            if (area == no_area) {
                data->elsewhere.insert(std::move(from));
                problems.add(Severity::note, "lookup_elsewhere",
                             "rows of the lookup lead to other areas and are not used", where, to);
                continue;
            }
            to = large->codes()[static_cast<std::size_t>(area)];
            name = large->names()[static_cast<std::size_t>(area)];
        }
        const auto [found, fresh] = data->index.emplace(from, data->from.size());
        if (!fresh) {
            const bool same = data->to[found->second] == to;
            problems.add(
                same ? Severity::note : Severity::problem, same ? "lookup_repeats" : "lookup_conflict",
                same ? "rows of the lookup repeat an earlier one"
                     : "rows of the lookup give an area a second area it belongs to; the first is used",
                where, same ? from : from + ": " + data->to[found->second] + ", then " + to);
            continue;
        }
        data->from.push_back(std::move(from));
        if (known_targets.insert(to).second) {
            data->targets.push_back(to);
            data->target_names.push_back(std::move(name));
        }
        data->to.push_back(std::move(to));
    }
    const Where place{.file = table.origin().file, .layer = table.origin().sheet};
    if (data->from.empty()) {
        throw InputError("no row of the lookup can be used", place,
                         "check that its columns " + columns.from->name() + " and " + columns.to->name() +
                             " hold codes of the areas in hand");
    }
    if (small != nullptr) {
        for (const std::string& code : small->codes()) {
            if (!data->index.contains(code)) {
                problems.add(Severity::warning, "not_in_lookup", small->noun() + "s are not in the lookup",
                             place, code);
            }
        }
    }
    if (large != nullptr) {
        for (const std::string& code : large->codes()) {
            if (!known_targets.contains(code)) {
                problems.add(Severity::warning, "area_without_parts",
                             "no row of the lookup leads to some " + large->noun() + "s", place, code);
            }
        }
    }
    return Lookup(std::move(data));
}

Matched match_rows_through(const Table& table, const Lookup& lookup, const AreaSet& large,
                           const MatchOptions& options) {
    AreaSetParts parts;
    parts.codes.assign(lookup.from().begin(), lookup.from().end());
    parts.names = parts.codes;
    parts.shapes.resize(parts.codes.size());
    parts.noun = area_noun(parts.codes);
    if (parts.noun == "area") parts.noun = "small area";
    const AreaSet small(std::move(parts));

    Matched found = match_rows(table, small, options);
    Matched out;
    out.area_of_row.assign(found.area_of_row.size(), no_area);
    out.row_match = found.row_match;
    out.report = found.report;
    out.guesses = found.guesses;
    out.report.unmatched_values.clear();
    const Column& column = table.column(found.report.column);
    bool any = false;
    for (std::size_t row = 0; row < found.area_of_row.size(); ++row) {
        const AreaIndex area = found.area_of_row[row];
        if (area != no_area) {
            out.area_of_row[row] =
                large.index_of(lookup.target_of(small.codes()[static_cast<std::size_t>(area)]));
            any = any || out.area_of_row[row] != no_area;
            continue;
        }
        if (found.row_match[row] != RowMatch::unmatched) continue;
        const std::string text = cell_text(column, row);
        const bool well_formed = is_ons_code(text) && area_noun({&text, 1}) == small.noun();
        if (!well_formed && !lookup.is_elsewhere(text)) {
            if (text.empty()) continue;
            out.report.unmatched_values.push_back(text);
            out.problems.add(Severity::problem, "unmatched_rows", "rows match no " + small.noun(),
                             table.where(row, column.name()), text);
            continue;
        }
        out.row_match[row] = RowMatch::outside;
        --out.report.unmatched;
        ++out.report.outside_rows;
        out.problems.add(Severity::note, "rows_elsewhere",
                         "rows are of " + small.noun() + "s elsewhere and are not used",
                         table.where(row, column.name()), text);
    }
    for (const Problem& problem : found.problems.all()) {
        if (problem.code == "code_vintage" || problem.code == "unmatched_rows") continue;
        out.problems.add(problem.severity, problem.code, problem.message, problem.where, {}, problem.count);
        for (const std::string& example : problem.examples) {
            out.problems.add(problem.severity, problem.code, problem.message, problem.where, example, 0);
        }
    }
    if (!any) {
        throw InputError("no row is of a " + small.noun() + " of these " + large.noun() + "s",
                         {.file = table.origin().file, .column = column.name()},
                         "check that the lookup, the table and the areas are of one kind and place");
    }
    return out;
}

}  // namespace wardmap
