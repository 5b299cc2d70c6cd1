#include "stats_table.hpp"

#include "wardmap/area/name_folding.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/report/indicator_call.hpp"
#include "wardmap/table/read_numbers.hpp"
#include "wardmap/table/total_row.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <optional>

namespace wardmap {
namespace {

/// A row that sums the others.
bool names_a_total(const Table& table, std::size_t row) {
    return std::any_of(table.columns().begin(), table.columns().end(), [&](const Column& column) {
        return column.is_text() && is_total_name(column.text(row));
    });
}

/// Withheld before unknown before a number.
CellState worse(CellState a, CellState b) {
    if (a == CellState::suppressed || b == CellState::suppressed) return CellState::suppressed;
    return a == CellState::value ? b : a;
}

/// The table with `name` as numbers.
Table with_numbers(const Table& table, const std::string& name, Problems& problems) {
    return table.with(read_numbers(table, name, problems));
}

/// Rows by the folded text of a column; a text that comes twice names no row.
std::map<std::string, std::optional<std::size_t>> rows_by_text(const Column& column) {
    std::map<std::string, std::optional<std::size_t>> out;
    for (std::size_t row = 0; row < column.size(); ++row) {
        const auto [place, first] = out.try_emplace(fold_name(column.text(row)), row);
        if (!first) place->second.reset();
    }
    return out;
}

/// Which row of another table each row belongs to, by the pair of text columns that joins the most.
struct Join {
    std::string own_column{}, other_column{};
    std::vector<std::optional<std::size_t>> other_row{};
    std::size_t joined = 0;
};

Join join(const Table& own, std::span<const std::size_t> rows, const Table& other) {
    Join best;
    for (const Column& theirs : other.columns()) {
        if (!theirs.is_text() || looks_numeric(theirs)) continue;
        const auto by_text = rows_by_text(theirs);
        for (const Column& ours : own.columns()) {
            if (!ours.is_text() || looks_numeric(ours)) continue;
            Join one{ours.name(), theirs.name(), {}, 0};
            for (const std::size_t row : rows) {
                const auto found = by_text.find(fold_name(ours.text(row)));
                one.other_row.push_back(found == by_text.end() ? std::nullopt : found->second);
                one.joined += one.other_row.back() ? 1 : 0;
            }
            if (one.joined > best.joined) best = std::move(one);
        }
    }
    return best;
}

}  // namespace

const std::string& needed(const std::string& given, const char* option, const char* what) {
    if (given.empty())
        throw UsageError(std::string("it is not said ") + what, {}, std::string("name it with ") + option);
    return given;
}

Column result_column(std::string name, std::vector<double> values, std::string unit) {
    std::vector<CellState> states;
    for (const double value : values)
        states.push_back(std::isnan(value) ? CellState::undefined : CellState::value);
    return Column::numbers(std::move(name), std::move(values), std::move(states), std::move(unit));
}

TextGroups groups_of(std::span<const std::string> texts) {
    TextGroups out;
    std::map<std::string, std::size_t> place;
    for (std::size_t row = 0; row < texts.size(); ++row) {
        const auto [found, first] = place.try_emplace(texts[row], out.names.size());
        if (first) {
            out.names.push_back(texts[row]);
            out.rows.emplace_back();
        }
        out.rows[found->second].push_back(row);
        out.group_of_row.push_back(found->second);
    }
    return out;
}

void StatsTable::add_options(CLI::App& app) {
    input_.add_options(app);
    meta_.add_options(app);
    small_numbers_.add_options(app);
    output_.add_options(app);
}

void StatsTable::add_prefix_option(CLI::App& app) {
    app.add_option("--prefix", prefix_, "Begin the names of the new columns with this")
        ->type_name("TEXT")
        ->group("Table out");
}

void StatsTable::open(Session& session, std::span<const std::string> count_columns) {
    session_ = &session;
    const ReadTable read = input_.read(session);
    table_ = meta_.apply(read.table);
    std::vector<std::string> counts;
    for (const std::string& name : count_columns) {
        if (name.empty()) continue;
        table_ = with_numbers(table_, name, session.log.problems);
        counts.push_back(table_.column(name).name());
    }
    if (small_numbers_.parsed().applies()) withhold(counts);
    const Column* codes = table_.find("area_code");
    Ledger& ledger = session.log.ledger;
    for (std::size_t row = 0; row < table_.row_count(); ++row) {
        if (names_a_total(table_, row)) {
            ledger.reject("total_row", 1);
        } else if (codes != nullptr && codes->is_text() && codes->text(row).empty()) {
            ledger.reject("no_area", 1);
        } else {
            rows_.push_back(row);
        }
    }
    ledger.rows_read += read.rows_filtered + table_.row_count();
    ledger.filtered += read.rows_filtered;
    ledger.located += rows_.size();
    ledger.counted += rows_.size();
    states_.assign(rows_.size(), CellState::value);
}

void StatsTable::withhold(std::span<const std::string> counts) {
    if (counts.empty()) {
        throw UsageError("the small-number rule is for counts, and this statistic has none", {},
                         "leave --small-numbers out");
    }
    std::vector<std::string> codes, names;
    std::size_t totals = 0;
    for (std::size_t row = 0; row < table_.row_count(); ++row) {
        const bool total = names_a_total(table_, row);
        totals += total ? 1 : 0;
        codes.push_back(total ? "" : std::to_string(row));
        names.push_back(total ? "Total" : codes.back());
    }
    if (totals > 1) {
        throw UsageError("the table has " + counted(totals, "row") + " of totals", table_.where(0),
                         "choose the rows of one of them with --where, so that small counts can be withheld");
    }
    std::vector<Column> columns{Column::text("area_code", codes), Column::text("area_name", names)};
    std::vector<std::string> count_names;  // of our own, for the table's may be anything
    for (const std::string& name : counts) {
        count_names.push_back("count " + std::to_string(count_names.size()));
        columns.push_back(table_.column(name).renamed(count_names.back()));
    }
    const Table withheld =
        suppress_small_numbers(Table(std::move(columns), table_.meta(), table_.origin()), count_names,
                               small_numbers_.parsed(), session_->log.problems);
    for (std::size_t c = 0; c < counts.size(); ++c)
        table_ = table_.with(withheld.column(count_names[c]).renamed(counts[c]));
    table_ = table_.with(withheld.meta());
}

Table StatsTable::without_unprotected() const {
    if (!small_numbers_.parsed().applies()) return table_;
    std::vector<std::string> kept;
    for (const Column& column : table_.columns()) {
        const bool used = std::find(used_.begin(), used_.end(), column.name()) != used_.end();
        if (used || (column.is_text() && !looks_numeric(column))) {
            kept.push_back(column.name());
        } else {
            session_->log.problems.add(
                Severity::note, "column_left_out",
                "columns of numbers are left out, which could give withheld counts away",
                {.file = table_.origin().file, .column = column.name()}, column.name());
        }
    }
    return table_.select(kept);
}

std::vector<double> StatsTable::numbers(const std::string& column) {
    table_ = with_numbers(table_, column, session_->log.problems);
    const Column& found = table_.column(column);
    used_.push_back(found.name());
    std::vector<double> out;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        out.push_back(found.number(rows_[i]));
        states_[i] = worse(states_[i], found.state(rows_[i]));
    }
    return out;
}

std::vector<double> StatsTable::people(const std::string& column_or_file) {
    if (table_.find(column_or_file) != nullptr || !std::filesystem::is_regular_file(column_or_file))
        return numbers(column_or_file);
    Problems& problems = session_->log.problems;
    const Table other = read_plain_table(column_or_file, *session_).table;
    const Column people = read_numbers(other, population_column(other), problems);
    const Join joined = join(table_, rows_, other);
    if (joined.joined == 0) {
        throw InputError("no row of " + column_or_file + " is of an area of the table",
                         {.file = table_.origin().file},
                         "give both tables a column with the same codes or names");
    }
    session_->guessed("people are " + people.name() + " of " + column_or_file + ", where " +
                      joined.other_column + " is " + joined.own_column);
    std::vector<double> out;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        const std::optional<std::size_t> row = joined.other_row[i];
        out.push_back(row ? people.number(*row) : std::nan(""));
        const CellState state = row ? people.state(*row) : CellState::missing;
        states_[i] = worse(states_[i], state);
        if (state == CellState::missing) {
            problems.add(Severity::problem, "no_population", "rows have no population",
                         table_.where(rows_[i], joined.own_column),
                         table_.column(joined.own_column).text(rows_[i]));
        }
    }
    return out;
}

std::vector<std::string> StatsTable::texts(const std::string& column) const {
    const Column& found = table_.column(column);
    std::vector<std::string> out;
    for (const std::size_t row : rows_)
        out.push_back(found.is_text() ? found.text(row) : full_precision(found.number(row)));
    return out;
}

void StatsTable::check_free(const std::string& name) const {
    if (table_.find(name) == nullptr) return;
    throw UsageError(
        "the table has a column '" + name + "' of its own", table_.where(0, name),
        prefix_.empty() ? "give the new columns another name with --prefix" : "give another --prefix");
}

void StatsTable::add(const std::string& name, std::span<const double> values, const std::string& unit) {
    check_free(prefix_ + name);
    used_.push_back(prefix_ + name);
    std::vector<double> cells(table_.row_count(), std::nan(""));
    std::vector<CellState> states(table_.row_count(), CellState::not_applicable);
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        cells[rows_[i]] = values[i];
        const bool defined = !std::isnan(values[i]);
        states[rows_[i]] = defined                          ? CellState::value
                           : states_[i] != CellState::value ? states_[i]
                                                            : CellState::undefined;
    }
    table_ = table_.with(Column::numbers(prefix_ + name, std::move(cells), std::move(states), unit));
}

void StatsTable::add(const std::string& name, const std::vector<std::string>& values) {
    check_free(prefix_ + name);
    std::vector<std::string> cells(table_.row_count());
    for (std::size_t i = 0; i < rows_.size(); ++i) cells[rows_[i]] = values[i];
    table_ = table_.with(Column::text(prefix_ + name, std::move(cells)));
}

void StatsTable::add_same(const std::string& name, double value) {
    add(name, std::vector<double>(rows_.size(), value));
}

void StatsTable::write(const std::string& method) const {
    write(without_unprotected(), method);
}

void StatsTable::write(const Table& result, const std::string& method) const {
    TableMeta meta = table_.meta();
    meta.method = method;
    session_->say("method: " + method);
    output_.write(result.with(meta), *session_);
}

}  // namespace wardmap
