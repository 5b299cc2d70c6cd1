#include "wardmap/figure/map_words.hpp"

#include "wardmap/base/number_text.hpp"
#include "wardmap/figure/frame.hpp"
#include "wardmap/figure/text_block.hpp"
#include "wardmap/figure/ward_rows.hpp"
#include "wardmap/figure/ward_words.hpp"
#include "wardmap/indicator/ward_table.hpp"
#include "wardmap/indicator/words.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <numeric>

namespace wardmap {
namespace {

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return out;
}

bool has_word(std::string_view text, std::string_view word) {
    return text.find(word) != std::string_view::npos;
}

std::string spaced(std::string text) {
    std::replace(text.begin(), text.end(), '_', ' ');
    return text;
}

std::string owner(const TableMeta& meta) {
    return meta.whole.empty() ? std::string("the total’s") : typographic(possessive(meta.whole));
}

/// Rows with a number, highest first; equal ones by name.
std::vector<std::size_t> ranked(const MapValues& values) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < values.values.size(); ++i) {
        if (std::isfinite(values.values[i])) order.push_back(i);
    }
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        if (values.values[a] != values.values[b]) return values.values[a] > values.values[b];
        return values.names[a] < values.names[b];
    });
    return order;
}

/// How many from the top (or the end) have one value, as it is printed.
std::size_t tied_first(const MapValues& values, const std::vector<std::size_t>& order,
                       const ValueWords& words) {
    std::size_t n = 1;
    while (n < order.size() && words.of(values.values[order[n]]) == words.of(values.values[order[0]])) ++n;
    return n;
}

std::string name_of_kind(const ValueWords& words) {
    switch (words.kind) {
        case ValueKind::rate:
            return "rate";
        case ValueKind::share:
            return "share";
        case ValueKind::change:
            return "change";
        case ValueKind::decile:
            return has_word(lower(words.words + words.legend), "mean") ? "mean decile" : "decile";
        case ValueKind::count:
            return "count";
        case ValueKind::other:
            break;
    }
    return "value";
}

/// "St Michael’s" -> itself, which is a possessive already; else as possessive().
std::string of_area(const std::string& name) {
    const std::string printed = typographic(name);
    constexpr std::string_view own = "\u2019s";
    if (printed.size() > own.size() && printed.substr(printed.size() - own.size()) == own) return printed;
    return typographic(possessive(name));
}

}  // namespace

std::string ValueWords::of(double value) const {
    return (is_signed ? with_sign(value, decimals) : with_thousands(value, decimals)) + suffix;
}

ValueWords value_words(const TableMeta& meta, const Column& column, std::span<const double> values,
                       const MapOptions& options) {
    const std::string name = lower(column.name());
    const std::string unit = lower(column.unit());
    double largest = 0;
    bool whole = true;
    for (const double v : values) {
        if (!std::isfinite(v)) continue;
        largest = std::max(largest, std::abs(v));
        whole = whole && v == std::floor(v);
    }
    ValueWords out;
    const std::string subject = meta.measure.empty() ? unit_word(meta) : meta.measure;
    const std::string per = meta.per > 0 ? " per " + with_thousands(meta.per, 0) + " people" : std::string();
    out.period = meta.period_after;
    out.decimals = whole || largest >= 100 ? 0 : largest >= 2 ? 1 : 2;
    if (has_word(name, "decile") || has_word(unit, "decile")) {
        out.kind = ValueKind::decile;
        out.decimals = whole ? 0 : 1;
        out.words = meta.measure.empty() ? spaced(column.name()) : meta.measure;
        out.legend = sentence_case(spaced(column.name()));
    } else if (name.rfind("rate", 0) == 0 && name.rfind("rate_ratio", 0) != 0 && meta.per > 0) {
        out.kind = ValueKind::rate;
        out.words = subject + per;
        out.legend = sentence_case(unit_word(meta)) + per;
        if (name == "rate_before") out.period = meta.period_before;
    } else if (name == "change_pct") {
        out.kind = ValueKind::change;
        out.is_signed = true;
        out.suffix = "%";
        out.decimals = 0;
        out.words = "change in " + subject;
        out.legend = "Change in " + unit_word(meta);
        if (!meta.period_before.empty()) out.period = meta.period_before + " to " + meta.period_after;
    } else if (name == "share" || unit == "%") {
        out.kind = ValueKind::share;
        out.suffix = "%";
        out.words = name == "share" ? "share of " + owner(meta) + " " + subject : spaced(column.name());
        if (name != "share" && !meta.measure.empty()) out.words = meta.measure;
        out.legend = name == "share" ? "Share of " + unit_word(meta) : sentence_case(out.words);
    } else if (name.rfind("count", 0) == 0 || (whole && !meta.unit.empty() && unit == lower(meta.unit))) {
        out.kind = ValueKind::count;
        out.decimals = 0;
        out.words = subject;
        out.legend = sentence_case(unit_word(meta));
        if (name == "count_before") out.period = meta.period_before;
    } else {
        out.words = meta.measure.empty() ? spaced(column.name()) : meta.measure;
        out.legend = unit.empty() ? sentence_case(spaced(column.name())) : sentence_case(column.unit());
    }
    if (!options.value_words.empty()) out.words = options.value_words;
    if (!options.legend_title.empty()) out.legend = options.legend_title;
    return out;
}

std::string times_words(double ratio) {
    if (ratio < 1.7) return with_thousands((ratio - 1) * 100, 0) + "% above";
    const double k = std::round(ratio);
    const double off = ratio - k;
    if (std::abs(off) > 0.25) return with_thousands(ratio, 1) + " times";
    const std::string times = k == 2    ? "twice"
                              : k <= 10 ? number_word(static_cast<std::size_t>(k)) + " times"
                                        : with_thousands(k, 0) + " times";
    if (off < -0.04) return "nearly " + times;
    if (off > 0.04) return "more than " + times;
    return std::abs(off) < 1e-9 ? times : "about " + times;
}

std::string map_title(const MapValues& values, const ValueWords& words, const TableMeta& meta) {
    const std::vector<std::size_t> order = ranked(values);
    const std::string noun = areas_word(meta, 1);
    if (order.empty()) return "No " + noun + " has a " + name_of_kind(words) + " to show";
    const std::string top = typographic(values.names[order[0]]);
    const double highest = values.values[order[0]];
    const std::string value = words.of(highest);
    const std::string thing = name_of_kind(words);
    if (order.size() == 1) {
        if (words.kind == ValueKind::count) return top + ": " + value + " " + unit_word(meta);
        return of_area(values.names[order[0]]) + " " + thing + " is " + value;
    }
    const std::size_t tied = tied_first(values, order, words);
    if (tied == order.size()) {
        if (words.kind == ValueKind::count && highest == 0)
            return "No " + unit_word(meta) + " in any " + noun;
        return "Every " + noun + " with a " + thing + " has the same: " + value;
    }
    if (words.kind == ValueKind::decile) {
        const std::size_t lowest = order.back();
        const auto lowest_tied =
            static_cast<std::size_t>(std::count_if(order.begin(), order.end(), [&](std::size_t i) {
                return words.of(values.values[i]) == words.of(values.values[lowest]);
            }));
        const std::string low = words.of(values.values[lowest]);
        if (lowest_tied > 1) {
            return sentence_case(number_word(lowest_tied)) + " " + areas_word(meta) + " share the lowest " +
                   thing + ", " + low + " (1 is the most deprived)";
        }
        return typographic(values.names[lowest]) + " has the lowest " + thing + ", " + low +
               " (1 is the most deprived)";
    }
    if (words.kind == ValueKind::count) {
        if (tied > 3)
            return sentence_case(number_word(tied)) + " " + areas_word(meta) + " share the highest count, " +
                   value;
        if (tied > 1) {
            std::vector<std::string> names;
            for (std::size_t i = 0; i < tied; ++i) names.push_back(typographic(values.names[order[i]]));
            return in_words(names) + " have the most " + unit_word(meta) + ", " + value + " each";
        }
        if (values.total && *values.total >= highest) {
            return top + " has " + value + " of " + (meta.whole.empty() ? "all " : owner(meta) + " ") +
                   words.of(*values.total) + " " + unit_word(meta) + ", the most of any " + noun;
        }
        return top + " has the most " + unit_word(meta) + ": " + value;
    }
    if (words.kind == ValueKind::rate && tied == 1 && values.total && *values.total > 0) {
        const double ratio = highest / *values.total;
        if (ratio >= 1.15)
            return of_area(values.names[order[0]]) + " rate is " + times_words(ratio) + " " + owner(meta);
    }
    if (tied > 1) {
        return sentence_case(number_word(tied)) + " " + areas_word(meta) + " share the highest " + thing +
               ", " + value;
    }
    const std::string bottom = typographic(values.names[order.back()]);
    if (words.kind == ValueKind::rate) {
        return "Rates run from " + words.of(values.values[order.back()]) + " in " + bottom + " to " + value +
               " in " + top;
    }
    return top + " has the highest " + thing + ", " + value;
}

std::string map_alt(const MapValues& values, const ValueWords& words, const TableMeta& meta,
                    std::string_view kind) {
    const std::string count = counted_areas(meta, values.names.size());
    const std::string place = meta.whole.empty() ? count : typographic(possessive(meta.whole)) + " " + count;
    const std::string subject = std::string(kind) + " of " + place + " by " + typographic(words.words) +
                                (words.period.empty() ? "" : ", " + words.period) + ".";
    const std::vector<std::size_t> order = ranked(values);
    std::vector<std::string> ends;
    if (!order.empty()) {
        const bool low = words.kind == ValueKind::decile;
        const std::size_t at = low ? order.back() : order.front();
        const std::string end = " " + typographic(values.names[at]) +
                                (low ? " is lowest at " : " is highest at ") + words.of(values.values[at]) +
                                ".";
        if (tied_first(values, order, words) == 1 || low) ends.push_back(end);
    }
    return fitting_alt(subject, ends);
}

std::string map_description(const MapValues& values, const ValueWords& words, const TableMeta& meta) {
    std::vector<std::size_t> order = ranked(values);
    const bool low_first = words.kind == ValueKind::decile;
    if (low_first) std::reverse(order.begin(), order.end());
    const std::string first = low_first ? "lowest" : "highest";
    const std::string last = low_first ? "highest" : "lowest";
    std::string out;
    const auto named = [&](std::size_t i) {
        return typographic(values.names[i]) + " (" + words.of(values.values[i]) + ")";
    };
    if (order.size() == 1) {
        out = typographic(values.names[order[0]]) + " has " + words.of(values.values[order[0]]) + ".";
    } else if (!order.empty()) {
        const std::size_t tied = tied_first(values, order, words);
        if (tied == order.size()) {
            out = "All " + counted_areas(meta, order.size()) + " have " + words.of(values.values[order[0]]) +
                  ".";
        } else if (tied == 1) {
            out = typographic(values.names[order[0]]) + " is " + first + " at " +
                  words.of(values.values[order[0]]);
            if (order.size() == 2) {
                out += "; the other is " + named(order[1]) + ".";
            } else {
                const std::size_t from = low_first ? order[1] : order.back();
                const std::size_t to = low_first ? order.back() : order[1];
                out += "; the other " + std::to_string(order.size() - 1) + " range from " +
                       words.of(values.values[from]) + " (" + typographic(values.names[from]) + ") to " +
                       words.of(values.values[to]) + " (" + typographic(values.names[to]) + ").";
            }
        } else {
            out = counted_areas(meta, tied) + " are " + first + " at " + words.of(values.values[order[0]]) +
                  "; the " + last + " is " + named(order.back()) + ".";
        }
        if (order.size() >= 4 && tied < order.size()) {
            std::vector<std::string> three;
            for (std::size_t i = 0; i < 3; ++i) three.push_back(named(order[i]));
            const std::size_t n = order.size();
            const double median = n % 2 == 1
                                      ? values.values[order[n / 2]]
                                      : (values.values[order[n / 2 - 1]] + values.values[order[n / 2]]) / 2;
            ValueWords exact = words;
            if (exact.decimals == 0 && median != std::floor(median) && words.kind == ValueKind::count)
                exact.decimals = 1;
            out += " The three " + first + " are " + in_words(three) + "; the median is " + exact.of(median) +
                   ".";
        }
    }
    if (values.total && std::isfinite(*values.total)) {
        out += (out.empty() ? "" : " ") + sentence_case(owner(meta)) + " " +
               (words.kind == ValueKind::count ? "total" : name_of_kind(words)) + " is " +
               words.of(*values.total) + ".";
    }
    std::vector<std::string> gaps;
    for (const auto& [state, what] :
         {std::pair{CellState::missing, "no data"}, std::pair{CellState::suppressed, "a suppressed value"},
          std::pair{CellState::undefined, "a value that cannot be calculated"},
          std::pair{CellState::not_applicable, "no value, since it does not apply"}}) {
        const auto n =
            static_cast<std::size_t>(std::count(values.states.begin(), values.states.end(), state));
        if (n > 0) gaps.push_back(counted_areas(meta, n) + (n == 1 ? " has " : " have ") + what);
    }
    out += (out.empty() ? "" : " ") + (gaps.empty() ? "No " + areas_word(meta, 1) + " is missing."
                                                    : sentence_case(in_words(gaps)) + ".");
    return out;
}

MapInShort map_in_short(const MapValues& values, const ValueWords& words, const TableMeta& meta) {
    MapInShort out;
    std::vector<std::size_t> order = ranked(values);
    const bool low = words.kind == ValueKind::decile;
    out.foremost_words = std::string("has the ") + (low ? "lowest " : "highest ") + name_of_kind(words);
    if (order.empty()) {
        out.text = "no " + name_of_kind(words) + " known";
        return out;
    }
    if (low) std::reverse(order.begin(), order.end());
    if (values.total) {
        out.text = words.kind == ValueKind::count
                       ? words.of(*values.total) + " in all"
                       : (meta.whole.empty() ? std::string("Total") : typographic(meta.whole)) + " " +
                             words.of(*values.total);
    }
    const auto add = [&](const std::string& part) {
        out.text += out.text.empty() ? sentence_case(part) : "; " + part;
    };
    const std::string best = words.of(values.values[order[0]]);
    const std::size_t tied = tied_first(values, order, words);
    if (tied == order.size() && order.size() > 1) {
        add("all " + best);
        return out;
    }
    for (std::size_t i = 0; i < tied; ++i) out.foremost.push_back(typographic(values.names[order[i]]));
    add(std::string(low ? "lowest: " : "highest: ") +
        (tied <= 2 ? in_words(out.foremost) : counted_areas(meta, tied)) + " " + best);
    return out;
}

std::string rate_note(const ValueWords& words, const TableMeta& meta) {
    if (words.kind != ValueKind::rate) return {};
    const std::string denominator = lower(meta.denominator);
    const bool residents = denominator.empty() || has_word(denominator, "resident");
    std::string note = "Rates divide each " + areas_word(meta, 1) + "’s " + unit_word(meta) + " by its " +
                       (residents ? std::string("residents") : meta.denominator);
    if (!meta.denominator_year.empty()) note += " (" + meta.denominator_year + ")";
    if (residents) note += ", so places that draw many visitors can show a high rate";
    return note + ".";
}

std::string small_note(const TableMeta& meta, SmallCount of) {
    return "[u]: low reliability, fewer than " + with_thousands(small_count, 0) + " " + unit_word(meta) +
           (of == SmallCount::either ? " in either period." : ".");
}

std::string suppressed_note(std::span<const CellState> states, const TableMeta& meta) {
    if (std::find(states.begin(), states.end(), CellState::suppressed) == states.end()) return {};
    const std::string rule = meta.small_numbers;
    if (rule.rfind("under:", 0) == 0) {
        const std::string number =
            rule.substr(6, rule.find(',') == std::string::npos ? std::string::npos : rule.find(',') - 6);
        return "[c]: suppressed to protect people: counts under " + number +
               ", and others from which these could be worked out.";
    }
    return "[c]: suppressed in the source.";
}

bool has_flag(const Table& table, std::size_t row, std::string_view flag) {
    const Column* flags = table.find("flags");
    if (flags == nullptr || !flags->is_text()) return false;
    WardRow one;
    one.flags = flags->text(row);
    return one.has_flag(flag);
}

}  // namespace wardmap
