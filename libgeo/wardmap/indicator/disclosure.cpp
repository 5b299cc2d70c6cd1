#include "wardmap/indicator/disclosure.hpp"

#include "wardmap/base/number_text.hpp"
#include "wardmap/indicator/shares.hpp"
#include "wardmap/indicator/ward_table.hpp"
#include "wardmap/table/read_numbers.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <stdexcept>
#include <utility>

namespace wardmap {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr double least_withheld = 1;  // zeros are shown, and readers may know

/// Parts of a grid by position.
class Places {
public:
    explicit Places(const CountGrid& grid) : grid_(grid) {}

    bool is_total_row(std::size_t row) const { return row + 1 == grid_.rows; }
    bool is_total_column(std::size_t column) const {
        return grid_.row_totals == RowTotals::yes && column + 1 == grid_.columns;
    }
    bool is_interior(std::size_t cell) const {
        return !is_total_row(cell / grid_.columns) && !is_total_column(cell % grid_.columns);
    }

private:
    const CountGrid& grid_;
};

bool is_small(double count, const SmallNumberRule& rule) {
    return count > 0 && count < rule.under;
}

// --- feasible values ------------------------------------------------------------------------------

/// What a reader knows of withheld cells where each column stands alone: they add up to its total less
/// what is shown.
class ColumnSums {
public:
    ColumnSums(const CountGrid& grid, double most) : grid_(grid), cap_(most > 0 ? most : infinite) {
        sums_.resize(grid.columns);
        for (std::size_t row = 0; row + 1 < grid.rows; ++row) {
            for (std::size_t column = 0; column < grid.columns; ++column) {
                const std::size_t cell = grid.at(row, column);
                if (std::isnan(grid.cells[cell])) continue;
                Sums& sums = sums_[column];
                (grid.withheld[cell] ? sums.withheld : sums.shown) += grid.cells[cell];
                if (grid.withheld[cell]) sums.parts += 1;
            }
        }
    }

    Feasible of(std::size_t cell) const {
        const Sums& sums = sums_[cell % grid_.columns];
        const bool total_withheld = grid_.withheld[grid_.at(grid_.rows - 1, cell % grid_.columns)];
        if (cell / grid_.columns + 1 == grid_.rows) {
            return {sums.shown + sums.parts * least_withheld,
                    sums.shown + (sums.parts > 0 ? sums.parts * cap_ : 0)};
        }
        if (total_withheld) return {least_withheld, cap_};
        const double others = sums.parts - 1;
        const double lower = others > 0 ? sums.withheld - others * cap_ : sums.withheld;
        return {std::max(least_withheld, lower), std::min(cap_, sums.withheld - others * least_withheld)};
    }

    bool can_move(std::size_t cell, double up, double down) const {
        const Feasible open = of(cell);
        return open.upper >= grid_.cells[cell] + up && open.lower <= grid_.cells[cell] - down;
    }

private:
    struct Sums {
        double shown = 0;
        double withheld = 0;
        double parts = 0;
    };
    const CountGrid& grid_;
    double cap_;
    std::vector<Sums> sums_{};
};

/// Rows and columns that both add up: withheld cells are arcs of a circulation (rows to columns, the
/// totals back), whose largest and smallest flow through one arc are exact by maximum flow.
class Circulation {
public:
    Circulation(const CountGrid& grid, double most) : grid_(grid) {
        const Places places(grid);
        const std::size_t total_row = grid.rows - 1;
        const std::size_t total_column = grid.columns - 1;
        links_.resize(grid.rows + grid.columns);
        arc_of_.assign(grid.cells.size(), 0);
        for (std::size_t row = 0; row < grid.rows; ++row) {
            for (std::size_t column = 0; column < grid.columns; ++column) {
                const std::size_t cell = grid.at(row, column);
                if (!grid.withheld[cell]) continue;
                const std::size_t of_row = row;
                const std::size_t of_column = grid.rows + column;
                // A cell flows from its row to its column; a total the other way; the total of totals again
                // so.
                const bool back = (row == total_row) != (column == total_column);
                const double cap = most > 0 && places.is_interior(cell) ? most : infinite;
                const std::size_t from = back ? of_column : of_row;
                const std::size_t to = back ? of_row : of_column;
                arc_of_[cell] = arcs_.size();
                arcs_.push_back(
                    {from, to, cap - grid.cells[cell], std::max(0.0, grid.cells[cell] - least_withheld)});
                links_[from].push_back(arcs_.size() - 1);
                links_[to].push_back(arcs_.size() - 1);
            }
        }
    }

    Feasible of(std::size_t cell) const {
        const std::size_t at = arc_of_[cell];
        const Arc& arc = arcs_[at];
        const double more = std::min(arc.up, most_flow(arc.to, arc.from, at, arc.up));
        const double less = std::min(arc.down, most_flow(arc.from, arc.to, at, arc.down));
        return {grid_.cells[cell] - less, grid_.cells[cell] + more};
    }

    /// The same question without finding the very least and most.
    bool can_move(std::size_t cell, double up, double down) const {
        const std::size_t at = arc_of_[cell];
        const Arc& arc = arcs_[at];
        return arc.up >= up && arc.down >= down && most_flow(arc.to, arc.from, at, up) >= up &&
               most_flow(arc.from, arc.to, at, down) >= down;
    }

private:
    struct Arc {
        std::size_t from;
        std::size_t to;
        double up;    ///< by how much it may grow
        double down;  ///< and shrink
    };

    /// Maximum flow from `source` to `sink` without one arc, by shortest augmenting paths; no more than
    /// `enough`.
    double most_flow(std::size_t source, std::size_t sink, std::size_t without, double enough) const {
        std::vector<Arc> arcs = arcs_;
        double flow = 0;
        while (flow < enough) {
            constexpr std::size_t none = static_cast<std::size_t>(-1);
            std::vector<std::size_t> by(links_.size(), none);
            std::vector<std::size_t> queue{source};
            std::vector<bool> seen(links_.size(), false);
            seen[source] = true;
            for (std::size_t head = 0; head < queue.size() && !seen[sink]; ++head) {
                const std::size_t node = queue[head];
                for (const std::size_t a : links_[node]) {
                    if (a == without) continue;
                    const bool forward = arcs[a].from == node;
                    const std::size_t next = forward ? arcs[a].to : arcs[a].from;
                    if (seen[next] || !((forward ? arcs[a].up : arcs[a].down) > 0)) continue;
                    seen[next] = true;
                    by[next] = a;
                    queue.push_back(next);
                }
            }
            if (!seen[sink]) return flow;
            double step = infinite;
            for (std::size_t node = sink; node != source;) {
                const Arc& arc = arcs[by[node]];
                const bool forward = arc.to == node;
                step = std::min(step, forward ? arc.up : arc.down);
                node = forward ? arc.from : arc.to;
            }
            if (step == infinite) return infinite;
            for (std::size_t node = sink; node != source;) {
                Arc& arc = arcs[by[node]];
                const bool forward = arc.to == node;
                arc.up += forward ? -step : step;
                arc.down += forward ? step : -step;
                node = forward ? arc.from : arc.to;
            }
            flow += step;
        }
        return flow;
    }

    const CountGrid& grid_;
    std::vector<Arc> arcs_{};
    std::vector<std::size_t> arc_of_{};
    std::vector<std::vector<std::size_t>> links_{};
};

/// What a reader can work out of any withheld cell of a grid as it is now.
class Reader {
public:
    /// \param most  above 0: the reader takes no withheld cell but totals to be larger
    explicit Reader(const CountGrid& grid, double most = 0) {
        if (grid.row_totals == RowTotals::yes)
            circulation_.emplace(grid, most);
        else
            sums_.emplace(grid, most);
    }
    Feasible of(std::size_t cell) const { return sums_ ? sums_->of(cell) : circulation_->of(cell); }
    /// Whether a cell may be larger by `up`, and whether it may be smaller by `down`.
    bool can_move(std::size_t cell, double up, double down) const {
        return sums_ ? sums_->can_move(cell, up, down) : circulation_->can_move(cell, up, down);
    }

private:
    std::optional<ColumnSums> sums_{};
    std::optional<Circulation> circulation_{};
};

// --- what else to withhold ------------------------------------------------------------------------

/// Whether a small count stays open: an interior one from 1 up to the threshold, a total up to it and to
/// one value more at least.
bool is_safe(const CountGrid& grid, const Reader& reader, std::size_t cell, const SmallNumberRule& rule) {
    const double count = grid.cells[cell];
    const double up = std::max(0.0, rule.under - 1 - count);
    const double down = Places(grid).is_interior(cell) ? std::max(0.0, count - 1) : 0;
    if (!reader.can_move(cell, up, down)) return false;
    return up > 0 || down > 0 || reader.can_move(cell, 1, 0) || reader.can_move(cell, 0, 1);
}

/// Where all withheld cells are small, a reader may guess so: the first of which one value is then left.
std::optional<std::size_t> guessed(const CountGrid& grid, const SmallNumberRule& rule) {
    const Places places(grid);
    std::vector<std::size_t> interior;
    for (std::size_t cell = 0; cell < grid.cells.size(); ++cell) {
        if (!grid.withheld[cell] || !places.is_interior(cell)) continue;
        if (!is_small(grid.cells[cell], rule)) return std::nullopt;
        interior.push_back(cell);
    }
    const Reader reader(grid, rule.under - 1);
    for (const std::size_t cell : interior) {
        if (!reader.can_move(cell, 1, 0) && !reader.can_move(cell, 0, 1)) return cell;
    }
    return std::nullopt;
}

bool all_safe(const CountGrid& grid, std::span<const std::size_t> small, const SmallNumberRule& rule) {
    const Reader reader(grid);
    return std::all_of(small.begin(), small.end(),
                       [&](std::size_t cell) { return is_safe(grid, reader, cell, rule); }) &&
           !guessed(grid, rule);
}

class Chooser {
public:
    explicit Chooser(const CountGrid& grid) : grid_(grid), places_(grid) {}

    /// The cell to withhold next for the sake of `cell`: the smallest shown one of its line with the fewest
    /// withheld, else that line's total, else the same of its other line, else anywhere.
    std::optional<std::size_t> next_for(std::size_t cell) const {
        const std::size_t row = cell / grid_.columns;
        const std::size_t column = cell % grid_.columns;
        std::vector<std::vector<std::size_t>> lines{column_cells(column)};
        if (grid_.row_totals == RowTotals::yes) {
            lines.push_back(row_cells(row));
            if (withheld_in(lines[1]) < withheld_in(lines[0])) std::swap(lines[0], lines[1]);
        }
        for (const auto& line : lines) {
            if (const auto found = smallest_shown(line, true)) return found;
        }
        for (const auto& line : lines) {
            if (const auto found = smallest_shown(line, false)) return found;
        }
        if (grid_.row_totals == RowTotals::no) return std::nullopt;
        std::vector<std::size_t> all(grid_.cells.size());
        for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
        if (const auto found = smallest_shown(all, true)) return found;
        return smallest_shown(all, false);
    }

private:
    std::vector<std::size_t> column_cells(std::size_t column) const {
        std::vector<std::size_t> cells;
        for (std::size_t row = 0; row < grid_.rows; ++row) cells.push_back(grid_.at(row, column));
        return cells;
    }
    std::vector<std::size_t> row_cells(std::size_t row) const {
        std::vector<std::size_t> cells;
        for (std::size_t column = 0; column < grid_.columns; ++column) cells.push_back(grid_.at(row, column));
        return cells;
    }
    std::size_t withheld_in(const std::vector<std::size_t>& line) const {
        return static_cast<std::size_t>(
            std::count_if(line.begin(), line.end(), [&](std::size_t cell) { return grid_.withheld[cell]; }));
    }
    std::optional<std::size_t> smallest_shown(const std::vector<std::size_t>& line, bool interior) const {
        std::optional<std::size_t> best;
        for (const std::size_t cell : line) {
            if (grid_.withheld[cell] || !(grid_.cells[cell] > 0) || places_.is_interior(cell) != interior)
                continue;
            if (!best || grid_.cells[cell] < grid_.cells[*best]) best = cell;
        }
        return best;
    }

    const CountGrid& grid_;
    Places places_;
};

// --- tables ---------------------------------------------------------------------------------------

std::vector<double> cells_of(const Column& column, std::span<const std::size_t> rows) {
    std::vector<double> cells;
    for (const std::size_t row : rows) cells.push_back(column.number(row));
    return cells;
}

bool already_withheld(const Table& table, std::span<const std::string> columns, Problems& problems) {
    for (const std::string& name : columns) {
        const Column& column = table.column(name);
        for (std::size_t row = 0; row < column.size(); ++row) {
            if (column.state(row) != CellState::suppressed) continue;
            problems.add(Severity::warning, "withheld_before",
                         "the table holds withheld counts already and was left as it is; apply the rule to "
                         "the counts it was made from",
                         table.where(row, name));
            return true;
        }
    }
    return false;
}

/// The table with the named columns as numbers, where it has them.
Table with_numbers(Table table, std::span<const std::string> columns, Problems& problems) {
    for (const std::string& name : columns) {
        const Column* column = table.find(name);
        if (column != nullptr && column->is_text()) table = table.with(read_numbers(table, name, problems));
    }
    return table;
}

bool is_ward_table(const Table& table) {
    return table.find("count_before") != nullptr && table.find("count_after") != nullptr &&
           table.find("quadrant") != nullptr;
}

bool is_period_table(const Table& table) {
    return table.find("total") != nullptr && table.find("share") != nullptr;
}

/// Columns of counts of a table of periods: those before `total` that hold numbers, and it.
std::vector<std::string> period_columns(const Table& table) {
    std::vector<std::string> names;
    for (const Column& column : table.columns()) {
        if (column.name() == "total") break;
        const bool name = column.name() == "area_code" || column.name() == "area_name";
        if (!name && (!column.is_text() || looks_numeric(column))) names.push_back(column.name());
    }
    names.emplace_back("total");
    return names;
}

Table with_rule(const Table& table, const SmallNumberRule& rule) {
    TableMeta meta = table.meta();
    meta.small_numbers = text_of(rule);
    return table.with(std::move(meta));
}

std::vector<std::size_t> range_of(std::size_t first, std::size_t last) {
    std::vector<std::size_t> rows;
    for (std::size_t row = first; row < last; ++row) rows.push_back(row);
    return rows;
}

Column part_of(const Table& table, std::string_view name, std::size_t rows) {
    return table.column(name).take(range_of(0, rows));
}

/// People in the earlier period, where they differ from the later.
std::optional<Column> earlier_people(const Table& table, std::size_t rows) {
    if (table.find("population_before") == nullptr) return std::nullopt;
    return part_of(table, "population_before", rows);
}

/// The options a ward table was made with, from its metadata and, for the years pooled, its rates.
IndicatorOptions options_of(const Table& table) {
    const TableMeta& meta = table.meta();
    IndicatorOptions options;
    options.level = meta.level.value_or(options.level);
    const Column& rate = table.column("rate");
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        const double events = table.column("count_after").number(row);
        const double per_year = rate.number(row) * table.column("population").number(row) / events;
        if (!(events > 0) || !std::isfinite(per_year) || table.column("area_code").text(row).empty())
            continue;
        if (meta.per > 0) {
            options.per = meta.per;
            options.pool = std::max(1.0, round_half_away(meta.per / per_year, 6));
        } else {
            options.per = round_half_away(per_year, 6);
        }
        break;
    }
    if (meta.cuts == "median") options.cuts.kind = CutKind::median;
    if (meta.cuts == "zero") options.cuts.kind = CutKind::zero;
    if (meta.cuts == "fixed" && meta.cut_rate && meta.cut_change_pct) {
        options.cuts = {CutKind::fixed, *meta.cut_rate, *meta.cut_change_pct};
    }
    return options;
}

Table ward_table_again(const Table& table, const SmallNumberRule& rule, Problems& problems) {
    const bool has_total = total_row(table).has_value();
    const std::size_t n = table.row_count() - (has_total ? 1 : 0);
    AreaCounts counts;
    const Column codes = part_of(table, "area_code", n);
    const Column names = part_of(table, "area_name", n);
    counts.codes.assign(codes.texts().begin(), codes.texts().end());
    counts.names.assign(names.texts().begin(), names.texts().end());
    counts.before = part_of(table, "count_before", n);
    counts.after = part_of(table, "count_after", n);
    const Column people = part_of(table, "population", n);
    const auto numbers = people.numbers();
    if (std::any_of(numbers.begin(), numbers.end(), [](double value) { return value > 0; })) {
        counts.population = people;
        counts.population_before = earlier_people(table, n);
    }
    IndicatorOptions options = options_of(table);
    options.small_numbers = rule;
    Table made = ward_table(counts, options, table.meta(), problems);
    return has_total ? made : made.take(range_of(0, n));
}

/// Several ward tables below each other, each ending with its Total.
Table stacked_ward_tables(const Table& table, const SmallNumberRule& rule, Problems& problems) {
    const std::vector<std::string> names = table.names();
    const auto codes_at = std::find(names.begin(), names.end(), "area_code");
    const std::vector<std::string> by(names.begin(), codes_at);
    const std::vector<std::string> own(codes_at, names.end());
    const auto key_of = [&](std::size_t row) {
        std::vector<std::string> key;
        for (const std::string& name : by) key.push_back(table.column(name).text(row));
        return key;
    };
    std::vector<GroupTable> groups;
    for (std::size_t first = 0; first < table.row_count();) {
        const std::vector<std::string> key = key_of(first);
        std::size_t last = first;
        while (last < table.row_count() && key_of(last) == key) ++last;
        groups.push_back(
            {key, ward_table_again(table.take(range_of(first, last)).select(own), rule, problems)});
        first = last;
    }
    return groups.empty() ? table : stack_groups(by, groups);
}

Table period_table_again(const Table& given, const SmallNumberRule& rule, Problems& problems) {
    const std::vector<std::string> names = period_columns(given);
    const Table table = with_numbers(given, names, problems);
    const std::size_t n = table.row_count() - (total_row(table).has_value() ? 1 : 0);
    const std::vector<std::size_t> rows = range_of(0, n);
    std::vector<std::vector<double>> columns;
    for (std::size_t c = 0; c + 1 < names.size(); ++c)
        columns.push_back(cells_of(table.column(names[c]), rows));
    if (already_withheld(table, names, problems)) return table;
    CountGrid grid = count_grid(columns, RowTotals::yes);
    withhold_small(grid, rule);
    note_withheld(problems, grid, rule);

    Table result = table;
    std::vector<double> totals(table.row_count(), nan);
    std::vector<CellState> total_states;
    for (std::size_t c = 0; c < names.size(); ++c) {
        const Column& column = table.column(names[c]);
        std::vector<double> cells(column.numbers().begin(), column.numbers().end());
        std::vector<CellState> states;
        for (std::size_t row = 0; row < table.row_count(); ++row) {
            CellState state = column.state(row);
            if (grid.withheld[grid.at(row, c)])
                state = CellState::suppressed;
            else
                cells[row] = rounded_count(cells[row], rule);
            states.push_back(state);
            if (c + 1 < names.size()) continue;
            total_states.push_back(state);
            if (state == CellState::value) totals[row] = cells[row];
        }
        result = result.with(Column::numbers(names[c], std::move(cells), std::move(states), column.unit()));
    }
    // Shares and ranks of what is shown: places left free would tell where the withheld ones stand.
    const std::size_t whole = grid.at(grid.rows - 1, grid.columns - 1);
    const double all = grid.withheld[whole] ? nan : rounded_count(grid.cells[whole], rule);
    std::vector<double> shares, ranks;
    std::vector<CellState> share_states, rank_states;
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        const bool shared = total_states[row] == CellState::value && all > 0;
        shares.push_back(shared ? 100 * totals[row] / all : nan);
        share_states.push_back(shared                                  ? CellState::value
                               : total_states[row] != CellState::value ? total_states[row]
                               : std::isnan(all)                       ? CellState::suppressed
                                                                       : CellState::undefined);
        rank_states.push_back(row < n ? total_states[row] : CellState::not_applicable);
    }
    ranks = ranks_of(std::span(totals).first(n));
    ranks.resize(table.row_count(), nan);
    result = result.with(Column::numbers("share", std::move(shares), std::move(share_states), "%"));
    if (table.find("rank") != nullptr) {
        result = result.with(Column::numbers("rank", std::move(ranks), std::move(rank_states)));
    }
    return with_rule(result, rule);
}

}  // namespace

SmallNumberRule parse_small_numbers(std::string_view text) {
    if (text == "none") return {};
    SmallNumberRule rule;
    std::size_t at = 0;
    bool good = !text.empty();
    while (good && at <= text.size()) {
        const std::size_t end = std::min(text.find(',', at), text.size());
        const std::string_view part = text.substr(at, end - at);
        at = end + 1;
        const std::size_t colon = part.find(':');
        const auto number =
            colon == std::string_view::npos ? std::nullopt : parse_number(part.substr(colon + 1));
        const bool whole = number && *number >= 2 && *number == std::floor(*number);
        const std::string_view name = part.substr(0, std::min(colon, part.size()));
        if (whole && name == "under" && rule.under == 0 && rule.round_to == 0)
            rule.under = *number;
        else if (whole && name == "round" && rule.under > 0 && rule.round_to == 0)
            rule.round_to = *number;
        else
            good = false;
    }
    if (good) return rule;
    throw UsageError("'" + std::string(text) + "' is no small-number rule", {},
                     "write none, under:5 or under:5,round:5, with whole numbers from 2");
}

std::string text_of(const SmallNumberRule& rule) {
    if (!rule.applies()) return "none";
    std::string text = "under:" + full_precision(rule.under);
    if (rule.round_to > 0) text += ",round:" + full_precision(rule.round_to);
    return text;
}

CountGrid count_grid(std::span<const std::vector<double>> columns, RowTotals row_totals) {
    CountGrid grid;
    const std::size_t inner_rows = columns.empty() ? 0 : columns.front().size();
    grid.rows = inner_rows + 1;
    grid.columns = columns.size() + (row_totals == RowTotals::yes ? 1 : 0);
    grid.row_totals = row_totals;
    grid.cells.assign(grid.rows * grid.columns, 0);
    grid.withheld.assign(grid.cells.size(), false);
    for (std::size_t column = 0; column < columns.size(); ++column) {
        if (columns[column].size() != inner_rows)
            throw std::invalid_argument("columns of counts have one length");
        for (std::size_t row = 0; row < inner_rows; ++row) {
            const double count = columns[column][row];
            grid.cells[grid.at(row, column)] = count;
            if (std::isnan(count)) continue;
            grid.cells[grid.at(inner_rows, column)] += count;
            if (row_totals == RowTotals::no) continue;
            grid.cells[grid.at(row, grid.columns - 1)] += count;
            grid.cells[grid.at(inner_rows, grid.columns - 1)] += count;
        }
    }
    return grid;
}

std::vector<Feasible> feasible_values(const CountGrid& grid, double most_interior) {
    const Reader reader(grid, most_interior);
    std::vector<Feasible> result;
    for (std::size_t cell = 0; cell < grid.cells.size(); ++cell) {
        result.push_back(grid.withheld[cell] ? reader.of(cell)
                                             : Feasible{grid.cells[cell], grid.cells[cell]});
    }
    return result;
}

void withhold_small(CountGrid& grid, const SmallNumberRule& rule) {
    if (!rule.applies()) return;
    std::vector<std::size_t> small;
    for (std::size_t cell = 0; cell < grid.cells.size(); ++cell) {
        if (!is_small(grid.cells[cell], rule)) continue;
        grid.withheld[cell] = true;
        small.push_back(cell);
    }
    std::vector<std::size_t> added;
    const auto withhold_for = [&](std::size_t cell) {
        const auto next = Chooser(grid).next_for(cell);
        if (next) {
            grid.withheld[*next] = true;
            added.push_back(*next);
        }
        return next.has_value();
    };
    // Withholding more only widens what is possible: a cell found safe stays so.
    std::optional<Reader> reader(grid);
    for (const std::size_t cell : small) {
        while (!is_safe(grid, *reader, cell, rule) && withhold_for(cell)) reader.emplace(grid);
    }
    while (const auto cell = guessed(grid, rule)) {
        if (!withhold_for(*cell)) break;  // nothing is left to withhold
    }
    // Some of what was added first may no longer be needed: the largest are shown again where they can be.
    std::stable_sort(added.begin(), added.end(),
                     [&](std::size_t a, std::size_t b) { return grid.cells[a] > grid.cells[b]; });
    for (const std::size_t cell : added) {
        grid.withheld[cell] = false;
        if (!all_safe(grid, small, rule)) grid.withheld[cell] = true;
    }
}

double rounded_count(double count, const SmallNumberRule& rule) {
    if (!(rule.round_to > 0) || std::isnan(count)) return count;
    return round_half_away(count / rule.round_to, 0) * rule.round_to;
}

void note_withheld(Problems& problems, const CountGrid& grid, const SmallNumberRule& rule) {
    std::size_t small = 0;
    std::size_t others = 0;
    for (std::size_t cell = 0; cell < grid.cells.size(); ++cell) {
        if (grid.withheld[cell]) ++(is_small(grid.cells[cell], rule) ? small : others);
    }
    if (small + others == 0) return;
    problems.add(Severity::note, "withheld",
                 "counts were withheld under the small-number rule, with everything derived from them", {},
                 counted(small, "small count") + ", " + counted(others, "other") + " to protect them",
                 small + others);
}

Table suppress_small_numbers(const Table& table, const SmallNumberRule& rule, Problems& problems) {
    if (!rule.applies()) return table;
    if (is_ward_table(table)) {
        const std::vector<std::string> columns{"count_before", "count_after", "population",
                                               "population_before", "rate"};
        const Table numbers = with_numbers(table, columns, problems);
        if (already_withheld(numbers, std::span(columns).first(2), problems)) return numbers;
        return stacked_ward_tables(numbers, rule, problems);
    }
    if (is_period_table(table)) return period_table_again(table, rule, problems);
    throw UsageError("which columns of the table are counts is not known",
                     {table.origin().file, table.origin().sheet, {}, {}, {}},
                     "name them, so that the small-number rule can be applied");
}

Table suppress_small_numbers(const Table& given, std::span<const std::string> count_columns,
                             const SmallNumberRule& rule, Problems& problems) {
    if (!rule.applies()) return given;
    if (is_ward_table(given) || is_period_table(given)) return suppress_small_numbers(given, rule, problems);
    const Table table = with_numbers(given, count_columns, problems);
    if (already_withheld(table, count_columns, problems)) return table;
    for (const std::string& name : count_columns) {
        const Column& column = table.column(name);
        for (std::size_t row = 0; row < column.size(); ++row) {
            const double count = column.number(row);
            if (std::isnan(count) || (count >= 0 && count == std::floor(count))) continue;
            throw UsageError("the small-number rule is for counts, and " + full_precision(count) + " is none",
                             table.where(row, name), "apply it where the table is made, to the counts");
        }
    }
    const std::optional<std::size_t> total = total_row(table);
    const std::vector<std::size_t> rows = area_rows(table);
    std::vector<std::vector<double>> columns;
    for (const std::string& name : count_columns) columns.push_back(cells_of(table.column(name), rows));
    CountGrid grid = count_grid(columns, RowTotals::no);
    withhold_small(grid, rule);
    note_withheld(problems, grid, rule);
    Table result = table;
    for (std::size_t c = 0; c < count_columns.size(); ++c) {
        const Column& column = table.column(count_columns[c]);
        std::vector<double> cells;
        std::vector<CellState> states;
        std::size_t inner = 0;
        for (std::size_t row = 0; row < table.row_count(); ++row) {
            const std::size_t at = row == total ? grid.rows - 1 : inner++;
            const bool withheld = grid.withheld[grid.at(at, c)];
            cells.push_back(rounded_count(column.number(row), rule));
            states.push_back(withheld ? CellState::suppressed : column.state(row));
        }
        result =
            result.with(Column::numbers(column.name(), std::move(cells), std::move(states), column.unit()));
    }
    return with_rule(result, rule);
}

}  // namespace wardmap
