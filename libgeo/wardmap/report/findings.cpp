#include "wardmap/report/findings.hpp"

#include "wardmap/base/number_text.hpp"
#include "wardmap/figure/frame.hpp"
#include "wardmap/figure/text_block.hpp"
#include "wardmap/indicator/ward_table.hpp"
#include "wardmap/indicator/words.hpp"

#include <algorithm>
#include <cmath>

namespace wardmap {
namespace {

std::vector<std::string> names_where(const Table& table, const std::string& column,
                                     const std::string& value) {
    std::vector<std::string> out;
    const Column& cells = table.column(column);
    for (const std::size_t row : area_rows(table)) {
        if (cells.text(row) == value) out.push_back(typographic(table.column("area_name").text(row)));
    }
    return out;
}

std::string measure_or_unit(const TableMeta& meta) {
    if (!meta.measure.empty()) return meta.measure;
    return meta.unit.empty() ? "events" : meta.unit;
}

std::string unit_or_events(const TableMeta& meta) {
    return meta.unit.empty() ? "events" : meta.unit;
}

/// "3 wards (A, B and C)", "1 ward (A)", "no ward"
std::string counted_names(const std::vector<std::string>& names, const TableMeta& meta) {
    const std::string noun = meta.area_noun.empty() ? "area" : meta.area_noun;
    if (names.empty()) return "no " + noun;
    return counted(names.size(), noun) + " (" + in_words(names) + ")";
}

std::string few_named(const std::vector<std::string>& names, const TableMeta& meta) {
    return names.size() <= 4 ? counted_names(names, meta) : counted_areas(meta, names.size());
}

std::string spread_sentence(const Table& table) {
    const TableMeta& meta = table.meta();
    const Column& rate = table.column("rate");
    std::optional<std::size_t> high;
    std::optional<std::size_t> low;
    for (const std::size_t row : area_rows(table)) {
        if (rate.state(row) != CellState::value) continue;
        if (!high || rate.number(row) > rate.number(*high)) high = row;
        if (!low || rate.number(row) < rate.number(*low)) low = row;
    }
    if (!high || rate.number(*high) == rate.number(*low)) return {};
    const Column& names = table.column("area_name");
    std::vector<std::string> lowest;
    for (const std::size_t row : area_rows(table)) {
        if (rate.state(row) == CellState::value && rate.number(row) == rate.number(*low))
            lowest.push_back(typographic(names.text(row)));
    }
    std::string out = "The rate is highest in " + in_words(highest_rate_areas(table)) + ", at " +
                      with_thousands(rate.number(*high), 0) + ", and lowest in " + in_words(lowest) +
                      ", at " + with_thousands(rate.number(*low), 0);
    const auto above = names_where(table, "rate_compared", "higher");
    const auto below = names_where(table, "rate_compared", "lower");
    const std::size_t wards = area_rows(table).size();
    const std::string whole =
        meta.cuts == "total" || meta.cuts == "zero" ? possessive(whole_name(meta)) : std::string("the cut");
    out += ". It is clearly above " + whole + " in " + few_named(above, meta) + " and clearly below it in " +
           few_named(below, meta) + " of " + std::to_string(wards) + ".";
    return out;
}

std::string directions_sentence(const Table& table) {
    const TableMeta& meta = table.meta();
    auto rose = names_where(table, "direction", "rose");
    const auto from_zero = names_where(table, "direction", "from_zero");
    rose.insert(rose.end(), from_zero.begin(), from_zero.end());
    const auto fell = names_where(table, "direction", "fell");
    const auto same = names_where(table, "direction", "same");
    std::vector<std::string> parts;
    if (!rose.empty()) parts.push_back("rose in " + few_named(rose, meta));
    if (!fell.empty()) parts.push_back("fell in " + few_named(fell, meta));
    if (!same.empty()) parts.push_back("stayed the same in " + few_named(same, meta));
    if (parts.empty()) return {};
    return "The count " + in_words(parts) + ".";
}

std::string clear_changes_sentence(const Table& table) {
    const TableMeta& meta = table.meta();
    const auto above = names_where(table, "change_compared", "higher");
    const auto below = names_where(table, "change_compared", "lower");
    const std::string noun = meta.area_noun.empty() ? "area" : meta.area_noun;
    const std::string whole = meta.cuts == "total" ? possessive(whole_name(meta)) : std::string("the cut");
    const int level = static_cast<int>(std::lround(100 * meta.level.value_or(0.95)));
    const std::string limits = " (" + std::to_string(level) + "% limits)";
    if (above.empty() && below.empty()) {
        return "In no " + noun + " does the change differ clearly from " + whole + limits +
               ": the counts are too small to tell.";
    }
    std::vector<std::string> parts;
    if (!above.empty()) parts.push_back("clearly above " + whole + " in " + in_words(above));
    if (!below.empty())
        parts.push_back("clearly below " + (above.empty() ? whole : std::string("it")) + " in " +
                        in_words(below));
    return "The change is " + in_words(parts) + limits + "; elsewhere the counts are too small to tell.";
}

std::vector<std::string> highest_areas(const Table& table, const Column& numbers) {
    double most = -1;
    for (const std::size_t row : area_rows(table)) {
        if (numbers.state(row) == CellState::value) most = std::max(most, numbers.number(row));
    }
    std::vector<std::string> out;
    for (const std::size_t row : area_rows(table)) {
        if (most >= 0 && numbers.state(row) == CellState::value && numbers.number(row) == most) {
            out.push_back(typographic(table.column("area_name").text(row)));
        }
    }
    return out;
}

bool any_withheld(const Table& table, const Column& numbers) {
    const std::vector<std::size_t> rows = area_rows(table);
    return std::any_of(rows.begin(), rows.end(),
                       [&](std::size_t row) { return numbers.state(row) == CellState::suppressed; });
}

}  // namespace

std::vector<std::string> highest_rate_areas(const Table& table) {
    return highest_areas(table, table.column("rate"));
}

bool has_rates(const Table& table) {
    const Column& rate = table.column("rate");
    const std::vector<std::size_t> rows = area_rows(table);
    return std::any_of(rows.begin(), rows.end(),
                       [&](std::size_t row) { return rate.state(row) == CellState::value; });
}

std::string finding_of(const Table& table) {
    const std::string measure = measure_or_unit(table.meta());
    const Column& rate = table.column("rate");
    const Column& counts = table.column("count_after");
    const bool of_rates = has_rates(table);
    // A withheld count may be the highest.
    if (!of_rates && any_withheld(table, counts)) return sentence_case(measure);
    const Column& numbers = of_rates ? rate : counts;
    const auto highest = highest_areas(table, numbers);
    const bool any = std::any_of(numbers.numbers().begin(), numbers.numbers().end(),
                                 [](double value) { return value > 0; });
    if (highest.empty() || !any || highest.size() > 3) return sentence_case(measure);
    return in_words(highest) + (highest.size() == 1 ? " has" : " have") + " the highest " +
           (of_rates ? "rate" : "count") + " of " + measure;
}

std::string change_sentence(const Table& table, std::size_t row) {
    const TableMeta& meta = table.meta();
    const Column& before = table.column("count_before");
    const Column& after = table.column("count_after");
    if (after.state(row) != CellState::value) {
        return std::string("the count is ") +
               (after.state(row) == CellState::suppressed ? "withheld" : "not known");
    }
    const double last = after.number(row);
    const std::string unit = unit_or_events(meta);
    const std::string one = unit.size() > 1 && unit.back() == 's' ? unit.substr(0, unit.size() - 1) : unit;
    std::string out = last == 1   ? "there was 1 " + one
                      : last == 0 ? "there were no " + unit
                                  : "there were " + with_thousands(last, 0) + " " + unit;
    if (before.state(row) != CellState::value) return out;
    const double first = before.number(row);
    const std::string then = meta.period_before.empty() ? "before" : in_period(meta.period_before);
    if (first == last) return out + ", as many as " + then;
    out += ", " + with_thousands(std::abs(last - first), 0) + (last > first ? " more" : " fewer") + " than " +
           then + " (" + with_thousands(first, 0);
    const std::string change = change_text(table, row);
    if (first > 0 && !change.empty()) out += ", " + change;
    return out + ")";
}

std::vector<std::string> sentences_of(const Table& table) {
    const TableMeta& meta = table.meta();
    std::vector<std::string> out;
    if (const auto total = total_row(table)) {
        std::string first = "In " + whole_name(meta) + " " + change_sentence(table, *total);
        if (!meta.period_after.empty())
            first = sentence_case(in_period(meta.period_after)) + " " + change_sentence(table, *total);
        const Column& rate = table.column("rate");
        if (rate.state(*total) == CellState::value) {
            first += ": " + with_thousands(rate.number(*total), 0) + " for each " +
                     with_thousands(meta.per, 0) + " people in " + whole_name(meta);
        }
        out.push_back(first + ".");
    }
    for (std::string sentence :
         {spread_sentence(table), directions_sentence(table), clear_changes_sentence(table)}) {
        if (!sentence.empty()) out.push_back(std::move(sentence));
    }
    return out;
}

std::vector<std::string> quadrant_lines(const Table& table) {
    std::vector<std::string> out;
    for (const std::string_view code : quadrant_codes) {
        const auto names = names_where(table, "quadrant", std::string(code));
        if (!names.empty()) out.push_back(quadrant_words(code, table.meta()) + ": " + in_words(names) + ".");
    }
    const auto none = names_where(table, "quadrant", "none");
    if (!none.empty()) out.push_back(quadrant_words("none", table.meta()) + ": " + in_words(none) + ".");
    return out;
}

std::string standing_of(const std::string& name, const std::vector<Table>& tables,
                        const std::vector<std::size_t>& rows) {
    std::size_t first = 0;
    std::size_t last = 0;
    std::size_t above = 0;
    std::size_t ranked = 0;
    for (std::size_t i = 0; i < tables.size(); ++i) {
        const Column& rank = tables[i].column("rank");
        if (rank.state(rows[i]) != CellState::value || !has_rates(tables[i])) continue;
        ++ranked;
        double worst = 0;
        for (const double r : rank.numbers()) {
            if (!std::isnan(r)) worst = std::max(worst, r);
        }
        if (rank.number(rows[i]) == 1) ++first;
        if (rank.number(rows[i]) == worst) ++last;
        if (tables[i].column("rate_compared").text(rows[i]) == "higher") ++above;
    }
    if (ranked == 0) return {};
    const std::string of = " of the " + std::to_string(ranked) + " tables";
    const std::string whole = tables.empty() ? std::string() : possessive(whole_name(tables.front().meta()));
    std::string out = typographic(name);
    if (ranked == 1) {
        if (first > 0)
            return out + " has the highest rate" + (above == 0 ? "." : ", clearly above " + whole + ".");
        if (last > 0) return out + " has the lowest rate.";
        return out + (above == 0 ? " has neither the highest nor the lowest rate."
                                 : " has a rate clearly above " + whole + ".");
    }
    if (first > 0) {
        out += " has the highest rate in " + std::to_string(first) + of;
    } else if (last > 0) {
        out += " has the lowest rate in " + std::to_string(last) + of;
    } else {
        out += " has neither the highest nor the lowest rate in any" + of;
    }
    return out + ", and a rate clearly above " + whole + " in " +
           (above == 0 ? std::string("none") : std::to_string(above)) + ".";
}

std::string ordinal(std::size_t n) {
    const std::size_t tens = n % 100;
    const std::size_t ones = n % 10;
    const char* ending = tens >= 11 && tens <= 13 ? "th"
                         : ones == 1              ? "st"
                         : ones == 2              ? "nd"
                         : ones == 3              ? "rd"
                                                  : "th";
    return std::to_string(n) + ending;
}

std::string share_text(double share) {
    const double percent = round_half_away(100 * share, 0);
    if (share > 0 && percent == 0) return "under 1%";
    return with_thousands(percent, 0) + "%";
}

}  // namespace wardmap
