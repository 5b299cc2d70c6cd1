#include "wardmap/figure/ward_words.hpp"

#include "wardmap/base/number_text.hpp"
#include "wardmap/figure/frame.hpp"
#include "wardmap/figure/quadrant_style.hpp"
#include "wardmap/figure/text_block.hpp"
#include "wardmap/indicator/words.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace wardmap {
namespace {

std::string area_count_words(const TableMeta& meta, std::size_t n, std::size_t of) {
    if (n == of) {
        return n == 1 ? "The one " + areas_word(meta, 1) : "All " + number_word(n) + " " + areas_word(meta);
    }
    if (n == 0) {
        return "No " + areas_word(meta, 1);
    }
    return sentence_case(number_word(n)) + " " + areas_word(meta, n);
}

std::string percent_words(double value) {
    return with_sign(value, change_decimals(value)) + "%";
}

std::string rate_words(double rate, const TableMeta& meta) {
    return with_thousands(rate, rate_decimals(meta));
}

/// Rows with a known value, smallest first; ties by name.
template <typename Value>
std::vector<const WardRow*> by_value(const std::vector<WardRow>& rows, Value value) {
    std::vector<const WardRow*> known;
    for (const WardRow& row : rows) {
        if (value(row).known()) {
            known.push_back(&row);
        }
    }
    std::sort(known.begin(), known.end(), [&](const WardRow* a, const WardRow* b) {
        return std::tuple(value(*a).number, std::string_view(a->name), std::string_view(a->code)) <
               std::tuple(value(*b).number, std::string_view(b->name), std::string_view(b->code));
    });
    return known;
}

double median_of(const std::vector<const WardRow*>& sorted) {
    const std::size_t n = sorted.size();
    return n % 2 == 1 ? sorted[n / 2]->rate.number
                      : (sorted[n / 2 - 1]->rate.number + sorted[n / 2]->rate.number) / 2;
}

std::string listed(const std::vector<std::string>& names, const TableMeta& meta) {
    constexpr std::size_t most = 6;
    return names.size() <= most ? in_words(names) : counted_areas(meta, names.size());
}

}  // namespace

int change_decimals(double change_pct) {
    const double rounded = round_half_away(change_pct, 0);
    return change_pct != rounded && (rounded == 0 || rounded == -100) ? 1 : 0;
}

std::string unit_word(const TableMeta& meta) {
    return meta.unit.empty() ? "events" : meta.unit;
}

std::string cut_owner(const TableMeta& meta) {
    if (meta.cuts == "median") {
        return "the median";
    }
    if (meta.cuts == "fixed") {
        return "the cut";
    }
    return meta.whole.empty() ? "the whole area\u2019s" : possessive(typographic(meta.whole));
}

std::string cut_name(const TableMeta& meta) {
    if (meta.cuts == "median") {
        return "Median";
    }
    if (meta.cuts == "fixed") {
        return "Cut";
    }
    return meta.whole.empty() ? "Total" : typographic(meta.whole);
}

int rate_decimals(const TableMeta& meta) {
    return meta.cut_rate && *meta.cut_rate < 10 ? 1 : 0;
}

std::string periods_words(const TableMeta& meta) {
    if (meta.period_before.empty()) {
        return meta.period_after;
    }
    if (meta.period_after.empty()) {
        return meta.period_before;
    }
    constexpr std::string_view year_to = "year to ";
    if (meta.period_before.substr(0, year_to.size()) == year_to &&
        meta.period_after.substr(0, year_to.size()) == year_to) {
        return "years to " + meta.period_before.substr(year_to.size()) + " and " +
               meta.period_after.substr(year_to.size());
    }
    return meta.period_before + " and " + meta.period_after;
}

std::string both_higher_title(const WardRows& rows) {
    const TableMeta& meta = rows.meta;
    std::vector<std::string> names;
    std::size_t placed = 0;
    bool at_cut = false;
    for (const WardRow& row : rows.areas) {
        placed += row.quadrant != "none";
        if (row.quadrant != "high_faster") {
            continue;
        }
        names.push_back(row.name);
        at_cut =
            at_cut || (meta.cut_rate && row.rate.number == *meta.cut_rate) ||
            (meta.cut_change_pct && row.change_pct.known() && row.change_pct.number == *meta.cut_change_pct);
    }
    std::sort(names.begin(), names.end());
    const std::string is_above = at_cut ? " at or above " : " above ";
    if (placed == 0) {
        return "No " + areas_word(meta, 1) + " can be placed";
    }
    std::string above = is_above + (meta.whole.empty() ? std::string("the total") : typographic(meta.whole)) +
                        " in both rate and change";
    if (meta.cuts == "median") {
        above = is_above + "the median in both rate and change";
    } else if (meta.cuts == "fixed") {
        above = is_above + "both cuts";
    } else if (meta.cuts == "zero") {
        const std::string rate_of =
            meta.whole.empty() ? "the total rate" : possessive(typographic(meta.whole)) + " rate";
        if (names.empty()) {
            return "No " + areas_word(meta, 1) + " above " + rate_of + " had a rise";
        }
        return area_count_words(meta, names.size(), placed) + " above " + rate_of + " had a rise";
    }
    constexpr std::size_t most_letters = 42;
    if (names.empty()) {
        return "No " + areas_word(meta, 1) + " is" + above;
    }
    if (rows.areas.size() == 1) {
        return names[0] + " is" + above;
    }
    if (names.size() == 1 && names[0].size() <= most_letters) {
        return "Only " + names[0] + " is" + above;
    }
    if (names.size() <= 3 && in_words(names).size() <= most_letters) {
        return in_words(names) + " are" + above;
    }
    return area_count_words(meta, names.size(), placed) + (names.size() == 1 ? " is" : " are") + above;
}

std::string higher_rate_title(const WardRows& rows) {
    const TableMeta& meta = rows.meta;
    const auto known = by_value(rows.areas, [](const WardRow& row) { return row.rate; });
    if (known.empty()) {
        return sentence_case(unit_word(meta)) + " in " + counted_areas(meta, rows.areas.size());
    }
    const WardRow& top = *known.back();
    if (!meta.cut_rate || meta.cuts == "median" || known.size() < 2) {
        return top.name + (known.size() < 2 ? ": a rate of " + rate_words(top.rate.number, meta)
                                            : " has the highest rate");
    }
    std::size_t higher = 0;
    for (const WardRow* row : known) {
        higher += row->rate.number > *meta.cut_rate;
    }
    const std::string cut = meta.cuts == "fixed" ? "a rate of " + rate_words(*meta.cut_rate, meta)
                            : meta.whole.empty() ? std::string("the total rate")
                                                 : "the " + typographic(meta.whole) + " rate";
    if (higher == 0) {
        return "No " + areas_word(meta, 1) + " exceeds " + cut;
    }
    if (higher == 1) {
        return "Only " + top.name + " exceeds " + cut;
    }
    const double second = known[known.size() - 2]->rate.number;
    std::string title = area_count_words(meta, higher, known.size()) + " exceed " + cut;
    if (top.rate.number > second) {
        title += ", " + top.name + (top.rate.number >= 1.5 * second ? " by far the most" : " the most");
    }
    return title;
}

std::string change_words(const WardRow& row) {
    const auto withheld = [](const NumberCell& cell) { return cell.state == CellState::suppressed; };
    if (withheld(row.before) || withheld(row.after)) {
        return "change withheld";
    }
    if (!row.before.known() || !row.after.known()) {
        return "change not known";
    }
    const double before = row.before.number;
    const double after = row.after.number;
    const int decimals = before == std::floor(before) && after == std::floor(after) ? 0 : 1;
    if (before == 0 && after == 0) {
        return "none in either period";
    }
    if (before == 0) {
        return "from none to " + with_thousands(after, decimals);
    }
    if (after == 0) {
        return "from " + with_thousands(before, decimals) + " to none";
    }
    if (before == after) {
        return "unchanged (" + with_thousands(after, decimals) + ")";
    }
    const double change = 100 * (after - before) / before;
    return (after > before ? "up " : "down ") + with_thousands(std::abs(change), change_decimals(change)) +
           "% (" + with_thousands(before, decimals) + " to " + with_thousands(after, decimals) + ")";
}

std::string area_label(const WardRow& row, const TableMeta& meta) {
    std::string text = row.name + ": ";
    if (row.rate.known()) {
        text += rate_words(row.rate.number, meta) + " per " + with_thousands(meta.per, 0);
    } else {
        text += row.rate.state == CellState::suppressed ? "rate withheld" : "no rate";
    }
    text += ", " + change_words(row);
    if (row.quadrant != "none") {
        std::string name = quadrant_name(row.quadrant, meta);
        name[0] = static_cast<char>(name[0] - 'A' + 'a');
        text += "; " + name;
    }
    return text;
}

std::string short_alt(std::string_view kind, const WardRows& rows) {
    const TableMeta& meta = rows.meta;
    std::string first =
        std::string(kind) + " of " + with_thousands(static_cast<double>(rows.areas.size()), 0) + " " +
        (meta.whole.empty() ? "" : typographic(meta.whole) + " ") + areas_word(meta, rows.areas.size());
    if (!meta.measure.empty()) {
        first += ": " + typographic(meta.measure);
    }
    const std::string periods = periods_words(meta);
    first += (periods.empty() ? "" : ", " + typographic(periods)) + ".";
    const auto known = by_value(rows.areas, [](const WardRow& row) { return row.rate; });
    if (known.empty()) {
        return first;
    }
    const std::string highest =
        " " + known.back()->name + " is highest at " + rate_words(known.back()->rate.number, meta);
    std::vector<std::string> ends{highest + ".", ""};
    if (meta.cut_rate && meta.cuts == "total") {
        ends.insert(ends.begin(),
                    highest + " (" + cut_name(meta) + " " + rate_words(*meta.cut_rate, meta) + ").");
    }
    return fitting_alt(first, ends);
}

std::string fitting_alt(const std::string& subject, const std::vector<std::string>& ends) {
    constexpr std::size_t most_letters = 150;
    const auto letters_in = [](std::string_view text) {
        return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
            return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
        }));
    };
    for (const std::string& end : ends) {
        if (letters_in(subject + end) <= most_letters) return subject + end;
    }
    return subject;
}

std::string ward_description(std::string_view kind, const WardRows& rows) {
    const TableMeta& meta = rows.meta;
    const std::string per = with_thousands(meta.per, 0);
    std::string text =
        std::string(kind) + " of " + (meta.whole.empty() ? "" : possessive(typographic(meta.whole)) + " ") +
        with_thousands(static_cast<double>(rows.areas.size()), 0) + " " +
        areas_word(meta, rows.areas.size()) + " by " +
        (meta.measure.empty() ? unit_word(meta) : typographic(meta.measure)) + " per " + per + " people";
    if (!meta.period_after.empty()) {
        text += ", " + meta.period_after;
    }
    text += ", and change in " + unit_word(meta);
    if (!meta.period_before.empty()) {
        text += " since the " + meta.period_before;
    }
    text += ".";

    const auto rates = by_value(rows.areas, [](const WardRow& row) { return row.rate; });
    if (rates.size() > 1) {
        text += " Rates range from " + rate_words(rates.front()->rate.number, meta) + " (" +
                rates.front()->name + ") to " + rate_words(rates.back()->rate.number, meta) + " (" +
                rates.back()->name + "), median " + rate_words(median_of(rates), meta);
        if (rates.size() > 3) {
            text += "; next highest are " + rates[rates.size() - 2]->name + " (" +
                    rate_words(rates[rates.size() - 2]->rate.number, meta) + ") and " +
                    rates[rates.size() - 3]->name + " (" +
                    rate_words(rates[rates.size() - 3]->rate.number, meta) + ")";
        }
        if (meta.cut_rate) {
            text += "; " + cut_name(meta) + " " + rate_words(*meta.cut_rate, meta);
        }
        text += ".";
    } else if (rates.size() == 1) {
        text += " " + rates[0]->name + ": " + rate_words(rates[0]->rate.number, meta) + ".";
    }
    std::vector<WardRow> finite;
    for (const WardRow& row : rows.areas) {
        if (row.change_pct.known() && !row.from_zero()) {
            finite.push_back(row);
        }
    }
    const auto changes = by_value(finite, [](const WardRow& row) { return row.change_pct; });
    if (changes.size() > 1) {
        text += " Changes range from " + percent_words(changes.front()->change_pct.number) + " (" +
                changes.front()->name + ") to " + percent_words(changes.back()->change_pct.number) + " (" +
                changes.back()->name + ")";
        if (meta.cut_change_pct) {
            text += "; " + cut_name(meta) + " " + percent_words(*meta.cut_change_pct);
        }
        text += ".";
    }
    for (const auto& style : quadrant_styles(Theme::report)) {
        std::vector<std::string> names;
        for (const WardRow& row : rows.areas) {
            if (row.quadrant == style.code) {
                names.push_back(row.name);
            }
        }
        std::sort(names.begin(), names.end());
        if (!names.empty()) {
            text += " " + quadrant_name(style.code, meta) + ": " + listed(names, meta) + ".";
        }
    }
    std::vector<std::string> from_zero;
    std::vector<std::string> missing;
    for (const WardRow& row : rows.areas) {
        if (row.from_zero()) {
            from_zero.push_back(row.name + " (0 to " + cell_words(row.after, 0) + ")");
        }
        if (row.quadrant == "none") {
            missing.push_back(row.name);
        }
    }
    std::sort(from_zero.begin(), from_zero.end());
    std::sort(missing.begin(), missing.end());
    if (!from_zero.empty()) {
        text += " Change not calculated, from none: " + listed(from_zero, meta) + ".";
    }
    text += missing.empty() ? " No " + areas_word(meta, 1) + " is missing."
                            : " Without a place: " + listed(missing, meta) + ".";
    return text;
}

}  // namespace wardmap
