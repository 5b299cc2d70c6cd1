#include "wardmap/figure/month_words.hpp"

#include "wardmap/base/letter_case.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/figure/frame.hpp"
#include "wardmap/figure/text_block.hpp"
#include "wardmap/figure/ward_rows.hpp"
#include "wardmap/figure/ward_words.hpp"

#include <cmath>

namespace wardmap {
namespace {

constexpr std::size_t most_listed_runs = 4;

std::string listed_runs(const std::vector<Period>& months) {
    const std::vector<std::string> runs = month_runs(months);
    if (runs.size() <= most_listed_runs) return in_words(runs);
    return counted(months.size(), "month");
}

}  // namespace

std::string within_sentence(std::string_view text) {
    std::string out(text);
    const bool word = out.size() > 1 && out[0] >= 'A' && out[0] <= 'Z' && out[1] >= 'a' && out[1] <= 'z';
    if (word) out[0] = static_cast<char>(out[0] - 'A' + 'a');
    return out;
}

CountNames count_names(const std::string& kind, const std::string& marker, const TableMeta& meta) {
    CountNames names;
    names.unit = unit_word(meta);
    // "all" events, or no markers: nothing to say. "both", "either" and "any" speak of two markers or more.
    std::string before;
    std::string behind;
    const std::string folded = lower_ascii(marker);
    if (folded == "both") {
        behind = " with both markers";
    } else if (folded == "either" || folded == "any") {
        behind = " with " + folded + " marker";
    } else if (!folded.empty() && folded != "all") {
        before = typographic(within_sentence(printed_names({marker}).front())) + "-marked ";
    }
    const bool has_measure = !meta.measure.empty() && meta.measure != names.unit;
    const std::string events = before + names.unit + behind;
    names.all = has_measure && before.empty() && behind.empty() ? typographic(meta.measure) : "all " + events;
    names.whole = before.empty() && behind.empty() ? names.all : events;
    if (kind.empty()) {
        names.subject = sentence_case(has_measure ? typographic(meta.measure) : events);
        names.kind = has_measure ? names.subject : "All " + events;
        return names;
    }
    names.kind = sentence_case(printed_names({kind}).front());
    names.subject = sentence_case(before + within_sentence(names.kind) + behind);
    names.others = "All other " + events;
    return names;
}

std::string counts_line(const std::string& first, const TableMeta& meta, const std::string& period) {
    std::string text = sentence_case(first);
    if (!meta.whole.empty()) {
        text += ", " + meta.whole + (meta.area_noun.empty() ? "" : " " + areas_word(meta));
    } else if (!meta.area_noun.empty()) {
        text += ", " + areas_word(meta);
    }
    if (!period.empty()) text += ", " + period;
    return typographic(text);
}

std::string left_out_note(const LeftOut& left_out, const std::string& unit) {
    std::vector<std::string> parts;
    const auto add = [&](const CountCell& count, const std::string& behind) {
        if (count.state == CellState::suppressed) {
            parts.push_back("a withheld number of " + unit + behind);
        } else if (count.known() && count.number > 0) {
            parts.push_back((parts.empty() ? counted_unit(count.number, unit) : count_text(count.number)) +
                            behind);
        }
    };
    add(left_out.outside, " outside all areas");
    add(left_out.not_located, " without a known place");
    return parts.empty() ? std::string() : "Not in the chart: " + in_words(parts) + ".";
}

std::string series_range(const MonthSeries& series) {
    return month_range_words(series.months.front().month, series.months.back().month);
}

std::vector<std::string> series_notes(const MonthSeries& series, std::string_view part_words) {
    std::vector<Period> gone;
    std::vector<Period> withheld;
    std::vector<Period> unknown;
    for (const MonthCounts& month : series.months) {
        const bool has_withheld = month.total.state == CellState::suppressed ||
                                  month.kind.state == CellState::suppressed ||
                                  month.others.state == CellState::suppressed;
        const bool shown = series.kind.empty() ? month.total.known() : month.kind.known();
        if (!month.in_table()) {
            gone.push_back(month.month);
        } else if (has_withheld) {
            withheld.push_back(month.month);
        } else if (!shown) {
            unknown.push_back(month.month);
        }
    }
    std::vector<std::string> notes;
    if (!gone.empty()) notes.push_back("No data for " + listed_runs(gone) + ".");
    if (!withheld.empty())
        notes.push_back("Withheld under the small-number rule: " + listed_runs(withheld) + ".");
    if (!unknown.empty()) notes.push_back("Not known: " + listed_runs(unknown) + ".");
    const MonthCounts& last = series.months.back();
    if (!last.whole) notes.push_back(last.month.words() + " is not whole (" + std::string(part_words) + ").");
    return notes;
}

std::string counted_unit(double count, const std::string& unit) {
    const bool one = count == 1 && unit.size() > 1 && unit.back() == 's';
    return count_text(count) + " " + (one ? unit.substr(0, unit.size() - 1) : unit);
}

std::string count_text(double count) {
    return with_thousands(count, count == std::round(count) ? 0 : 1);
}

std::string percent_text(double percent, int decimals) {
    const double least = 0.5 * std::pow(10.0, -decimals);
    if (percent > 0 && percent < least) return "<" + with_thousands(2 * least, decimals) + "%";
    return with_thousands(percent, decimals) + "%";
}

std::string fine_percent(double percent) {
    return percent_text(percent, percent == 0 || percent >= 10 ? 0 : percent >= 1 ? 1 : 2);
}

}  // namespace wardmap
