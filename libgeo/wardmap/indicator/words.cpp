#include "wardmap/indicator/words.hpp"

#include "wardmap/base/number_text.hpp"

#include <fmt/format.h>

#include <cmath>

namespace wardmap {

namespace {

bool is_placed(std::string_view code) {
    for (const std::string_view known : quadrant_codes) {
        if (code == known) return true;
    }
    return false;
}

std::string whole_or(const TableMeta& meta) {
    return meta.whole.empty() ? "the whole area" : meta.whole;
}

/// Whole percent; one decimal where a whole one would say 0 of something, or that all is gone.
int percent_decimals(double value) {
    const bool says_nothing = value != 0 && std::abs(value) < 0.5;
    const bool says_all = value > -100 && value <= -99.5;
    return says_nothing || says_all ? 1 : 0;
}

std::string signed_percent(double value) {
    return with_sign(value, percent_decimals(value)) + "%";
}

}  // namespace

std::string possessive(std::string_view name) {
    const bool ends_in_s = !name.empty() && (name.back() == 's' || name.back() == 'S');
    return std::string(name) + (ends_in_s ? "\u2019" : "\u2019s");
}

std::string quadrant_rate_words(std::string_view code) {
    if (!is_placed(code)) return {};
    return code.substr(0, 4) == "high" ? "Higher rate" : "Lower rate";
}

std::string quadrant_change_words(std::string_view code, const TableMeta& meta) {
    if (!is_placed(code)) return {};
    const bool faster = code.size() > 6 && code.substr(code.size() - 6) == "faster";
    const bool zero_cut = meta.cuts == "zero" || (meta.cut_change_pct && *meta.cut_change_pct == 0);
    if (zero_cut) return faster ? "count rose" : "count did not rise";
    const std::string side = faster ? "change above " : "change below ";
    if (meta.cuts == "median") return side + "the median";
    if (meta.cuts == "fixed" && meta.cut_change_pct) return side + signed_percent(*meta.cut_change_pct);
    return side + possessive(whole_or(meta));
}

std::string quadrant_words(std::string_view code, const TableMeta& meta) {
    if (code == "none") return "Not placed";
    if (!is_placed(code)) return {};
    return quadrant_rate_words(code) + ", " + quadrant_change_words(code, meta);
}

std::string in_period(std::string_view period) {
    const bool is_name = !period.empty() && !(period.front() >= 'a' && period.front() <= 'z');
    return (is_name ? "in " : "in the ") + std::string(period);
}

std::string cut_words(const TableMeta& meta) {
    if (!meta.cut_rate) return {};
    const std::string rate =
        fmt::format("{} per {}", with_thousands(*meta.cut_rate, *meta.cut_rate < 10 ? 1 : 0),
                    with_thousands(meta.per, 0));
    const std::string change =
        meta.cut_change_pct ? signed_percent(*meta.cut_change_pct) : std::string("from zero");
    if (meta.cuts == "median") {
        const std::string noun = meta.area_noun.empty() ? "area" : meta.area_noun;
        return fmt::format("the medians of the {}s: a rate of {} and a change of {}", noun, rate, change);
    }
    if (meta.cuts == "fixed") return fmt::format("a rate of {} and a change of {}", rate, change);
    const std::string owner = possessive(whole_or(meta));
    if (meta.cuts == "zero") return fmt::format("{} rate ({}) and no change", owner, rate);
    return fmt::format("{} rate ({}) and change ({})", owner, rate, change);
}

std::string describe_change(const Table& table, std::size_t row) {
    const Column& before = table.column("count_before");
    const Column& after = table.column("count_after");
    for (const CellState withheld : {CellState::suppressed, CellState::missing}) {
        if (before.state(row) == withheld || after.state(row) == withheld) {
            return withheld == CellState::suppressed ? "withheld" : "not known";
        }
    }
    if (before.state(row) != CellState::value || after.state(row) != CellState::value) return "not known";
    const double first = before.number(row);
    const double last = after.number(row);
    if (first == 0 && last == 0) return "none in either period";
    if (first == 0) return "rose from none to " + with_thousands(last, 0);
    if (last == 0) return "fell to none from " + with_thousands(first, 0);
    if (first == last) return "unchanged";
    const double pct = 100 * (last - first) / first;
    return (pct > 0 ? "rose by " : "fell by ") + with_thousands(std::abs(pct), percent_decimals(pct)) + "%";
}

std::string change_text(const Table& table, std::size_t row) {
    const Column& pct = table.column("change_pct");
    switch (pct.state(row)) {
        case CellState::value:
            return signed_percent(pct.number(row));
        case CellState::suppressed:
            return "[c]";
        case CellState::undefined:
            return table.column("count_after").number(row) > 0 ? "from zero" : "none";
        case CellState::missing:
        case CellState::not_applicable:
            break;
    }
    return {};
}

std::string emerging_words(const Table& table, std::size_t row) {
    if (table.column("quadrant").text(row) != "low_faster") return {};
    const std::string& direction = table.column("direction").text(row);
    if (direction != "rose" && direction != "from_zero") return {};
    return table.column("change_compared").text(row) == "higher" ? "an emerging issue"
                                                                 : "a possible emerging issue";
}

}  // namespace wardmap
