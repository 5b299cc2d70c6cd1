#include "wardmap/report/changes.hpp"

#include "wardmap/base/letter_case.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/base/period.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace wardmap {
namespace {

constexpr std::string_view withheld = "[c]";
/// Below this part of a number a difference is of arithmetic, not of facts.
constexpr double same_within = 1e-9;

constexpr std::array<std::pair<ChangeKind, std::string_view>, 13> kind_names{{
    {ChangeKind::revised, "revised"},
    {ChangeKind::moved, "moved"},
    {ChangeKind::area, "area"},
    {ChangeKind::row, "row"},
    {ChangeKind::period, "period"},
    {ChangeKind::boundaries, "boundaries"},
    {ChangeKind::denominator, "denominator"},
    {ChangeKind::input, "input"},
    {ChangeKind::method, "method"},
    {ChangeKind::table, "table"},
    {ChangeKind::figure, "figure"},
    {ChangeKind::altered, "altered"},
    {ChangeKind::not_compared, "not_compared"},
}};

/// Where an area stands.
constexpr std::array<std::string_view, 4> standings{"quadrant", "rate_compared", "change_compared",
                                                    "compared"};
/// Words that follow from the numbers of their row.
constexpr std::array<std::string_view, 4> following{"direction", "certainty", "flags", "role"};
/// What names a row beside its area, if there.
constexpr std::array<std::string_view, 3> row_names{"period", "weekday", "hour"};
/// Settings that say nothing of the numbers, or are compared otherwise.
constexpr std::array<std::string_view, 6> other_settings{"project", "edition",  "areas",
                                                         "png_dpi", "previous", "template"};

template <std::size_t size>
bool is_among(std::string_view name, const std::array<std::string_view, size>& names) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// One spelling for each period.
std::string period_key(const std::string& words) {
    const auto period = parse_period(words);
    return period ? period->label() : words;
}

std::string span_words(const TableMeta& meta) {
    if (meta.period_before.empty()) return meta.period_after;
    return meta.period_after.empty() ? meta.period_before : meta.period_before + " and " + meta.period_after;
}

bool is_number_or_none(const std::string& cell) {
    return cell.empty() || cell == withheld || parse_number(cell).has_value();
}

/// What the number of a column is, apart from its period.
struct Dated {
    std::string quantity{};
    std::string period{};  ///< in words; empty: none, or that of the row

    friend bool operator==(const Dated& a, const Dated& b) {
        return a.quantity == b.quantity && period_key(a.period) == period_key(b.period);
    }
};

/// One table with the names of its rows and the meaning of its columns.
class ReadableTable {
public:
    explicit ReadableTable(const EditionTable& of) : of_(&of) {
        two_periods_ = has("count_before") && has("count_after");
        std::vector<Column> words;
        for (const Column& column : table().columns()) {
            if (parse_period(column.name())) periods_ += (periods_.empty() ? "" : ", ") + column.name();
            if (is_among(column.name(), standings) || is_among(column.name(), following) ||
                column.name() == "area_code" || column.name() == "area_name") {
                continue;
            }
            const bool is_number =
                std::all_of(column.texts().begin(), column.texts().end(), is_number_or_none);
            if (is_among(column.name(), row_names)) {
                also_naming_.push_back(column);
            } else if (is_number) {
                numbers_.push_back(column.name());
            } else {
                words.push_back(column);
            }
        }
        // Words name the rows only where nothing else does.
        const std::vector<std::string> keys = all_keys();
        if (std::set<std::string>(keys.begin(), keys.end()).size() < keys.size())
            also_naming_.insert(also_naming_.end(), words.begin(), words.end());
        std::map<std::string, std::size_t> seen;
        for (std::string key : all_keys()) {
            const std::size_t times = ++seen[key];
            if (times > 1) key += "\x1f#" + std::to_string(times);
            rows_.emplace(key, keys_.size());
            keys_.push_back(std::move(key));
        }
    }

    const std::string& id() const { return of_->id; }
    const Table& table() const { return of_->table; }
    const TableMeta& meta() const { return of_->table.meta(); }
    TableFile file() const { return of_->file; }
    const std::vector<std::string>& keys() const { return keys_; }
    bool has_areas() const { return has("area_code"); }

    std::optional<std::size_t> row(const std::string& key) const {
        const auto found = rows_.find(key);
        return found == rows_.end() ? std::nullopt : std::optional(found->second);
    }
    std::string code(std::size_t row) const { return cell("area_code", row); }
    std::string name(std::size_t row) const {
        std::string out = cell("area_name", row);
        for (const Column& column : also_naming_) {
            if (!column.text(row).empty()) out += (out.empty() ? "" : ", ") + column.text(row);
        }
        return out;
    }

    /// Columns that hold a number each row.
    const std::vector<std::string>& numbers() const { return numbers_; }

    Dated dated(const std::string& column) const {
        if (column == "population" || column == "all_ages" || column.rfind("age_", 0) == 0 ||
            (has("all_ages") && column.rfind("share_", 0) == 0)) {
            return {column, meta().denominator_year};
        }
        if (two_periods_) {
            if (column == "count_before") return {"count", meta().period_before};
            if (column == "rate_before") return {"rate", meta().period_before};
            if (column == "count_after") return {"count", meta().period_after};
            for (const std::string_view latest : {"rate", "rate_lower", "rate_upper", "share", "rank"}) {
                if (column == latest) return {column, meta().period_after};
            }
            return {column, span_words(meta())};
        }
        if (parse_period(column)) return {"count", period_words(column)};
        // Sums over the periods that the table has columns of; else what it is of.
        return {column, periods_.empty() ? meta().period_after : periods_};
    }

private:
    bool has(std::string_view column) const { return table().find(column) != nullptr; }
    std::string cell(std::string_view column, std::size_t row) const {
        const Column* found = table().find(column);
        return found == nullptr ? std::string{} : found->text(row);
    }
    /// The code stands for the name, which may be spelt otherwise next time.
    std::string key_of(std::size_t row) const {
        std::string out = code(row).empty() ? cell("area_name", row) : code(row);
        for (const Column& column : also_naming_) out += "\x1f" + column.text(row);
        return out;
    }

    std::vector<std::string> all_keys() const {
        std::vector<std::string> out;
        for (std::size_t row = 0; row < table().row_count(); ++row) out.push_back(key_of(row));
        return out;
    }

    const EditionTable* of_;
    bool two_periods_ = false;
    std::string periods_{};
    std::vector<Column> also_naming_{};  ///< what names a row beside the area: a month, a kind
    std::vector<std::string> numbers_{};
    std::vector<std::string> keys_{};
    std::map<std::string, std::size_t> rows_{};
};

std::vector<ReadableTable> readable(const Edition& edition) {
    std::vector<ReadableTable> out;
    for (const EditionTable& one : edition.tables) out.emplace_back(one);
    return out;
}

/// Code to name, of every area in any table.
std::map<std::string, std::string> areas_of(const std::vector<ReadableTable>& tables) {
    std::map<std::string, std::string> out;
    for (const ReadableTable& one : tables) {
        if (!one.has_areas() || one.table().find("area_name") == nullptr) continue;
        for (std::size_t row = 0; row < one.table().row_count(); ++row) {
            if (const std::string code = one.code(row); !code.empty())
                out.emplace(code, one.table().column("area_name").text(row));
        }
    }
    return out;
}

std::string value_of(const Edition& edition, std::string_view parameter) {
    for (const LogParameter& one : edition.parameters) {
        if (one.name != parameter) continue;
        std::string out;
        for (const std::string& value : one.values) out += (out.empty() ? "" : ", ") + value;
        return out;
    }
    return {};
}

std::string file_name(const std::string& path) {
    return std::filesystem::path(path).filename().string();
}

class Comparison {
public:
    Comparison(const Edition& before, const Edition& now)
        : before_(before),
          now_(now),
          old_(readable(before)),
          new_(readable(now)),
          old_areas_(areas_of(old_)),
          new_areas_(areas_of(new_)) {}

    std::vector<EditionChange> take() {
        areas();
        tables();
        inputs();
        settings();
        figures();
        std::sort(out_.begin(), out_.end(), [](const EditionChange& a, const EditionChange& b) {
            const bool whole_a = a.area_code.empty();  // the total stands behind its areas
            const bool whole_b = b.area_code.empty();
            return std::tie(a.kind, a.table, whole_a, a.area_code, a.row, a.column, a.period) <
                   std::tie(b.kind, b.table, whole_b, b.area_code, b.row, b.column, b.period);
        });
        return std::move(out_);
    }

private:
    void add(EditionChange change) { out_.push_back(std::move(change)); }

    // -- areas and tables

    void areas() {
        for (const auto& [code, name] : new_areas_) {
            const auto was = old_areas_.find(code);
            if (was == old_areas_.end() && !old_areas_.empty()) {
                add({.kind = ChangeKind::area,
                     .area_code = code,
                     .row = name,
                     .column = "area",
                     .after = name,
                     .note = "new"});
            } else if (was != old_areas_.end() && was->second != name) {
                add({.kind = ChangeKind::area,
                     .area_code = code,
                     .row = name,
                     .column = "name",
                     .before = was->second,
                     .after = name,
                     .note = "called otherwise"});
            }
        }
        if (new_areas_.empty()) return;
        for (const auto& [code, name] : old_areas_) {
            if (new_areas_.count(code) == 0) {
                add({.kind = ChangeKind::area,
                     .area_code = code,
                     .row = name,
                     .column = "area",
                     .before = name,
                     .note = "gone"});
            }
        }
    }

    /// By id; what is left by measure and columns, where only one fits.
    const ReadableTable* partner(const ReadableTable& of) const {
        for (const ReadableTable& one : old_) {
            if (one.id() == of.id()) return &one;
        }
        const ReadableTable* found = nullptr;
        for (const ReadableTable& one : old_) {
            const bool taken = std::any_of(new_.begin(), new_.end(),
                                           [&](const ReadableTable& n) { return n.id() == one.id(); });
            if (taken || one.meta().measure.empty() || one.meta().measure != of.meta().measure ||
                one.table().names() != of.table().names()) {
                continue;
            }
            if (found != nullptr) return nullptr;
            found = &one;
        }
        return found;
    }

    void tables() {
        std::set<std::string> found;
        for (const ReadableTable& now : new_) {
            const ReadableTable* was = partner(now);
            if (was == nullptr) {
                add({.kind = ChangeKind::table, .table = now.id(), .after = now.id(), .note = "new"});
                continue;
            }
            found.insert(was->id());
            if (was->id() != now.id()) {
                add({.kind = ChangeKind::table,
                     .table = now.id(),
                     .before = was->id(),
                     .after = now.id(),
                     .note = "the same measure under another id"});
            }
            if (was->file() == TableFile::missing) {
                add({.kind = ChangeKind::altered,
                     .table = now.id(),
                     .note = "gone from the older report's folder: nothing could be compared"});
                continue;
            }
            if (was->file() == TableFile::altered) {
                add({.kind = ChangeKind::altered,
                     .table = now.id(),
                     .note = "altered since the older report was made; compared as it stands now"});
            }
            compare(*was, now);
        }
        for (const ReadableTable& was : old_) {
            if (found.count(was.id()) == 0)
                add({.kind = ChangeKind::table, .table = was.id(), .before = was.id(), .note = "gone"});
        }
    }

    void compare(const ReadableTable& was, const ReadableTable& now) {
        definitions(was, now);
        if (!same_measure(was.meta(), now.meta())) {
            return add({.kind = ChangeKind::not_compared,
                        .table = now.id(),
                        .column = "measure",
                        .before = was.meta().measure,
                        .after = now.meta().measure,
                        .note = "the measure is another"});
        }
        periods(was, now);
        rows(was, now);
        std::set<std::string> paired;
        std::vector<std::string> alone;
        const std::vector<std::string> old_columns = was.numbers();
        for (const std::string& column : now.numbers()) {
            const Dated dated = now.dated(column);
            const auto partner =
                std::find_if(old_columns.begin(), old_columns.end(),
                             [&](const std::string& name) { return was.dated(name) == dated; });
            if (partner == old_columns.end()) {
                alone.push_back(column);
                continue;
            }
            paired.insert(*partner);
            numbers(was, *partner, now, column, dated.period);
        }
        std::vector<std::string> gone;
        for (const std::string& column : old_columns) {
            if (paired.count(column) == 0) gone.push_back(column);
        }
        unpaired(now.id(), alone, gone);
        standing(was, now);
    }

    static bool same_measure(const TableMeta& a, const TableMeta& b) {
        return a.measure.empty() || b.measure.empty() || lower_ascii(a.measure) == lower_ascii(b.measure);
    }

    void unpaired(const std::string& table, const std::vector<std::string>& alone,
                  const std::vector<std::string>& gone) {
        const auto list = [](const std::vector<std::string>& names) {
            std::string out;
            for (const std::string& name : names) out += (out.empty() ? "" : ";") + name;
            return out;
        };
        if (alone.empty() && gone.empty()) return;
        add({.kind = ChangeKind::not_compared,
             .table = table,
             .before = list(gone),
             .after = list(alone),
             .note = "no column of the same measure and period in the other edition"});
    }

    void numbers(const ReadableTable& was, const std::string& old_column, const ReadableTable& now,
                 const std::string& column, const std::string& period) {
        const Column& old_cells = was.table().column(old_column);
        const Column& cells = now.table().column(column);
        for (std::size_t row = 0; row < now.table().row_count(); ++row) {
            const auto old_row = was.row(now.keys()[row]);
            if (!old_row) continue;
            const std::string& before = old_cells.text(*old_row);
            const std::string& after = cells.text(row);
            const auto first = parse_number(before);
            const auto second = parse_number(after);
            if (before == after) continue;
            if (first && second &&
                std::abs(*first - *second) <= same_within * std::max(std::abs(*first), std::abs(*second))) {
                continue;
            }
            EditionChange change{.kind = ChangeKind::revised,
                                 .table = now.id(),
                                 .area_code = now.code(row),
                                 .row = now.name(row),
                                 .column = column,
                                 .period = period,
                                 .before = before,
                                 .after = after};
            if (first && second) change.difference = *second - *first;
            if (after == withheld) {
                change.before.clear();
                change.note = "withheld now: the older number is not repeated";
            } else if (before == withheld) {
                change.note = "was withheld";
            } else if (before.empty()) {
                change.note = "had no value";
            } else if (after.empty()) {
                change.note = "has no value now";
            }
            add(std::move(change));
        }
    }

    void standing(const ReadableTable& was, const ReadableTable& now) {
        const std::string then = span_words(was.meta());
        const std::string later = span_words(now.meta());
        for (const std::string_view name : standings) {
            const Column* old_cells = was.table().find(name);
            const Column* cells = now.table().find(name);
            if (old_cells == nullptr || cells == nullptr) continue;
            for (std::size_t row = 0; row < now.table().row_count(); ++row) {
                const auto old_row = was.row(now.keys()[row]);
                if (!old_row || old_cells->text(*old_row) == cells->text(row)) continue;
                add({.kind = ChangeKind::moved,
                     .table = now.id(),
                     .area_code = now.code(row),
                     .row = now.name(row),
                     .column = std::string(name),
                     .period = later,
                     .before = old_cells->text(*old_row),
                     .after = cells->text(row),
                     .note = then == later ? std::string{} : "before: " + then});
            }
        }
    }

    /// Rows of areas that only one edition has are said once, of the areas.
    void rows(const ReadableTable& was, const ReadableTable& now) {
        const auto known = [&](const std::string& code) {
            return code.empty() || (old_areas_.count(code) != 0 && new_areas_.count(code) != 0);
        };
        for (std::size_t row = 0; row < now.table().row_count(); ++row) {
            if (was.row(now.keys()[row]) || !known(now.code(row))) continue;
            add({.kind = ChangeKind::row,
                 .table = now.id(),
                 .area_code = now.code(row),
                 .row = now.name(row),
                 .after = now.name(row),
                 .note = "new"});
        }
        for (std::size_t row = 0; row < was.table().row_count(); ++row) {
            if (now.row(was.keys()[row]) || !known(was.code(row))) continue;
            add({.kind = ChangeKind::row,
                 .table = now.id(),
                 .area_code = was.code(row),
                 .row = was.name(row),
                 .before = was.name(row),
                 .note = "gone"});
        }
    }

    void periods(const ReadableTable& was, const ReadableTable& now) {
        const auto said = [&](const char* column, const std::string& first, const std::string& second) {
            if (period_key(first) == period_key(second)) return;
            add({.kind = ChangeKind::period,
                 .table = now.id(),
                 .column = column,
                 .before = first,
                 .after = second});
        };
        said("period_before", was.meta().period_before, now.meta().period_before);
        said("period_after", was.meta().period_after, now.meta().period_after);
    }

    void definitions(const ReadableTable& was, const ReadableTable& now) {
        const auto said = [&](ChangeKind kind, const char* what, const std::string& first,
                              const std::string& second) {
            if (first == second) return;
            add({.kind = kind, .table = now.id(), .column = what, .before = first, .after = second});
        };
        const TableMeta& a = was.meta();
        const TableMeta& b = now.meta();
        said(ChangeKind::denominator, "denominator", a.denominator, b.denominator);
        said(ChangeKind::denominator, "denominator_year", a.denominator_year, b.denominator_year);
        said(ChangeKind::denominator, "per", a.per > 0 ? full_precision(a.per) : std::string{},
             b.per > 0 ? full_precision(b.per) : std::string{});
        if (same_measure(a, b)) said(ChangeKind::method, "measure", a.measure, b.measure);
        said(ChangeKind::method, "unit", a.unit, b.unit);
        said(ChangeKind::method, "method", a.method, b.method);
        said(ChangeKind::method, "source", a.source, b.source);
    }

    // -- what went in

    static bool is_of_previous(const LogInput& input) { return input.path.rfind("previous/", 0) == 0; }

    /// The same path, else the only file of that name on either side.
    static const LogInput* same_input(const LogInput& of, const std::vector<LogInput>& among,
                                      const std::vector<LogInput>& others) {
        for (const LogInput& one : among) {
            if (one.path == of.path) return &one;
        }
        const auto of_that_name = [&](const std::vector<LogInput>& list) {
            return std::count_if(list.begin(), list.end(), [&](const LogInput& one) {
                return file_name(one.path) == file_name(of.path);
            });
        };
        if (of_that_name(among) != 1 || of_that_name(others) != 1) return nullptr;
        return &*std::find_if(among.begin(), among.end(),
                              [&](const LogInput& one) { return file_name(one.path) == file_name(of.path); });
    }

    static ChangeKind kind_of(const LogInput& input, const Edition& edition) {
        const std::string areas = value_of(edition, "areas");
        const std::filesystem::path name = file_name(input.path);
        return !areas.empty() && (name == areas || name.stem() == areas) ? ChangeKind::boundaries
                                                                         : ChangeKind::input;
    }

    void inputs() {
        for (const LogInput& now : now_.inputs) {
            if (is_of_previous(now)) continue;
            const ChangeKind kind = kind_of(now, now_);
            const LogInput* was = same_input(now, before_.inputs, now_.inputs);
            if (was == nullptr) {
                add({.kind = kind, .row = now.path, .column = "file", .after = now.path, .note = "new"});
                continue;
            }
            if (was->sha256 != now.sha256) {
                add({.kind = kind,
                     .row = now.path,
                     .column = "sha256",
                     .before = was->sha256,
                     .after = now.sha256});
            }
            if (was->rows != now.rows) {
                add({.kind = kind,
                     .row = now.path,
                     .column = "rows",
                     .before = std::to_string(was->rows),
                     .after = std::to_string(now.rows),
                     .difference = static_cast<double>(now.rows) - static_cast<double>(was->rows)});
            }
        }
        for (const LogInput& was : before_.inputs) {
            if (is_of_previous(was) || same_input(was, now_.inputs, before_.inputs) != nullptr) continue;
            add({.kind = kind_of(was, before_),
                 .row = was.path,
                 .column = "file",
                 .before = was.path,
                 .note = "gone"});
        }
    }

    void settings() {
        const auto said = [&](ChangeKind kind, const std::string& what, const std::string& first,
                              const std::string& second) {
            if (first == second) return;
            add({.kind = kind, .column = what, .before = first, .after = second});
        };
        said(ChangeKind::boundaries, "areas", value_of(before_, "areas"), value_of(now_, "areas"));
        said(ChangeKind::method, "program", "wardmap " + before_.version, "wardmap " + now_.version);
        std::set<std::string> names;
        for (const Edition* edition : {&before_, &now_}) {
            for (const LogParameter& one : edition->parameters) {
                if (!is_among(one.name, other_settings)) names.insert(one.name);
            }
        }
        for (const std::string& name : names)
            said(ChangeKind::method, name, value_of(before_, name), value_of(now_, name));
    }

    void figures() {
        const std::set<std::string> old_ids(before_.figures.begin(), before_.figures.end());
        const std::set<std::string> new_ids(now_.figures.begin(), now_.figures.end());
        for (const std::string& id : new_ids) {
            if (old_ids.count(id) == 0)
                add({.kind = ChangeKind::figure, .table = id, .after = id, .note = "new"});
        }
        for (const std::string& id : old_ids) {
            if (new_ids.count(id) == 0)
                add({.kind = ChangeKind::figure, .table = id, .before = id, .note = "gone"});
        }
    }

    const Edition& before_;
    const Edition& now_;
    std::vector<ReadableTable> old_;
    std::vector<ReadableTable> new_;
    std::map<std::string, std::string> old_areas_;
    std::map<std::string, std::string> new_areas_;
    std::vector<EditionChange> out_{};
};

}  // namespace

std::string_view name_of(ChangeKind kind) noexcept {
    for (const auto& [known, name] : kind_names) {
        if (known == kind) return name;
    }
    return {};
}

std::vector<EditionChange> compare_editions(const Edition& before, const Edition& now) {
    return Comparison(before, now).take();
}

bool is_worked_out(std::string_view column) noexcept {
    for (const std::string_view start : {"rate", "share", "change", "mean_"}) {
        if (column.substr(0, start.size()) == start) return true;
    }
    // Rates of all measures stand under the measures' names, which begin in upper case.
    const bool is_measure = !column.empty() && column.front() >= 'A' && column.front() <= 'Z';
    return column == "rank" || column == "p_value" || is_measure;
}

Table changes_table(const std::vector<EditionChange>& changes) {
    const auto texts = [&](const char* name, auto&& cell) {
        std::vector<std::string> cells;
        for (const EditionChange& one : changes) cells.emplace_back(cell(one));
        return Column::text(name, std::move(cells));
    };
    std::vector<double> differences;
    std::vector<CellState> states;
    for (const EditionChange& one : changes) {
        differences.push_back(one.difference.value_or(std::nan("")));
        states.push_back(one.difference ? CellState::value : CellState::not_applicable);
    }
    TableMeta meta;
    meta.title = "Changes since the last edition";
    meta.notes = {
        "kind: revised, moved, area, row, period, boundaries, denominator, input, method, table, figure, "
        "altered or not_compared",
        "table: id of the table or figure; empty where it is of the whole report",
        "area_code, row: code and name of the row; of an input its path",
        "column: as the newer table has it, or what of a file or setting changed",
        "period: what the number is of",
        "old, new: as the tables have them; of not_compared the columns that only one edition has",
        "difference: newer minus older, of two numbers",
        "Numbers that differ by less than a part in 10^9 are the same. Direction, certainty and flags follow "
        "from the numbers and are not listed."};
    return Table({texts("kind", [](const EditionChange& c) { return std::string(name_of(c.kind)); }),
                  texts("table", [](const EditionChange& c) { return c.table; }),
                  texts("area_code", [](const EditionChange& c) { return c.area_code; }),
                  texts("row", [](const EditionChange& c) { return c.row; }),
                  texts("column", [](const EditionChange& c) { return c.column; }),
                  texts("period", [](const EditionChange& c) { return c.period; }),
                  texts("old", [](const EditionChange& c) { return c.before; }),
                  texts("new", [](const EditionChange& c) { return c.after; }),
                  Column::numbers("difference", std::move(differences), std::move(states)),
                  texts("note", [](const EditionChange& c) { return c.note; })},
                 meta);
}

}  // namespace wardmap
