#include "wardmap/figure/compare_words.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/figure/frame.hpp"
#include "wardmap/figure/text_block.hpp"
#include "wardmap/figure/ward_rows.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <tuple>

namespace wardmap {

HighlightInk highlight_ink(std::size_t place, Theme theme) {
    // The Analysis Function's four; words of the pale ones are darker.
    constexpr std::array<HighlightInk, most_highlighted> colors{{
        {{0x12, 0x43, 0x6d, 1}, {0x12, 0x43, 0x6d, 1}},
        {{0x80, 0x16, 0x50, 1}, {0x80, 0x16, 0x50, 1}},
        {{0x28, 0xa1, 0x97, 1}, {0x17, 0x6f, 0x68, 1}},
        {{0xf4, 0x6a, 0x25, 1}, {0xb5, 0x46, 0x0f, 1}},
    }};
    constexpr std::array<HighlightInk, most_highlighted> greys{{
        {{0x0b, 0x0c, 0x0c, 1}, {0x0b, 0x0c, 0x0c, 1}},
        {{0x3d, 0x3d, 0x3d, 1}, {0x3d, 0x3d, 0x3d, 1}},
        {{0x59, 0x59, 0x59, 1}, {0x59, 0x59, 0x59, 1}},
        {{0x70, 0x70, 0x70, 1}, {0x59, 0x59, 0x59, 1}},
    }};
    return theme == Theme::mono ? greys.at(place) : colors.at(place);
}

std::string unit_of_values(const Table& table, const AreaValues& values) {
    const std::string& own = table.column(values.columns.value).unit();
    return own.empty() ? table.meta().unit : own;
}

AreaValueWords::AreaValueWords(std::span<const AreaValue> rows, std::string unit) : unit_(std::move(unit)) {
    double most = 0;
    bool whole = true;
    for (const AreaValue& row : rows) {
        if (!row.value.known()) continue;
        most = std::max(most, std::abs(row.value.number));
        whole = whole && row.value.number == std::round(row.value.number);
    }
    decimals_ = whole || most >= 1000 ? 0 : most >= 10 ? 1 : most >= 1 ? 2 : 3;
}

std::string AreaValueWords::number(double value) const {
    return with_thousands(value, decimals_) + (unit_ == "%" ? "%" : "");
}

std::string AreaValueWords::cell(const NumberCell& cell) const {
    return cell.known() ? number(cell.number) : cell_words(cell, decimals_);
}

std::string AreaValueWords::interval(const AreaValue& area) const {
    if (!area.value.known() || !area.has_limits()) return {};
    return with_thousands(area.lower.number, decimals_) + " to " +
           with_thousands(area.upper.number, decimals_);
}

std::string interval_words(const AreaValues& values) {
    if (!values.level) return "interval";
    const double percent = *values.level * 100;
    return with_thousands(percent, percent == std::round(percent) ? 0 : 1) + "% interval";
}

std::string stands_to(const AreaValue& area, const NumberCell& reference) {
    switch (compared_with(area, reference)) {
        case Compared::higher:
            return "higher than";
        case Compared::lower:
            return "lower than";
        case Compared::similar:
            return "similar to";
        case Compared::unknown:
            break;
    }
    if (!area.value.known() || !reference.known()) return "not comparable with";
    return area.value.number > reference.number   ? "above"
           : area.value.number < reference.number ? "below"
                                                  : "at the value of";
}

namespace {

std::string ordinal(std::size_t n) {
    const std::size_t tens = n % 100;
    const char* end = tens >= 11 && tens <= 13 ? "th"
                      : n % 10 == 1            ? "st"
                      : n % 10 == 2            ? "nd"
                      : n % 10 == 3            ? "rd"
                                               : "th";
    return std::to_string(n) + end;
}

/// "higher than" -> "higher": what is said again of the same reference.
std::string without_reference(const std::string& stands) {
    if (stands == "not comparable with") return "not comparable";
    if (stands == "at the value of") return "equal to it";
    return stands.substr(0, stands.find(' '));
}

/// "highest", "3rd highest", "lowest" of so many with a value.
std::string place_words(std::size_t place, std::size_t of) {
    if (place == 0) return "highest";
    return place + 1 == of ? "lowest" : ordinal(place + 1) + " highest";
}

std::string many_against(std::span<const AreaValue> rows, const AreaValue& reference, const TableMeta& meta) {
    std::size_t counts[3] = {0, 0, 0};
    std::size_t tested = 0;
    for (const AreaValue& row : rows) {
        const Compared compared = compared_with(row, reference.value);
        if (compared == Compared::unknown) continue;
        ++tested;
        ++counts[static_cast<std::size_t>(compared) - 1];
    }
    if (tested == 0) return {};
    return "Of " + counted_areas(meta, tested) + ", " + number_word(counts[2]) +
           (counts[2] == 1 ? " is" : " are") + " higher than " + reference.name + ", " +
           number_word(counts[1]) + " similar, " + number_word(counts[0]) + " lower";
}

}  // namespace

std::string comparison_title(std::span<const AreaValue> rows, std::span<const std::size_t> highlighted,
                             const AreaValue* reference, const AreaValueWords& words, const TableMeta& meta) {
    const auto known = static_cast<std::size_t>(
        std::count_if(rows.begin(), rows.end(), [](const AreaValue& row) { return row.value.known(); }));
    if (known == 0) return "No " + areas_word(meta, 1) + " has a value";
    if (reference != nullptr && reference->value.known()) {
        if (highlighted.empty()) {
            if (std::string title = many_against(rows, *reference, meta); !title.empty()) return title;
        } else if (highlighted.size() == 1) {
            const AreaValue& area = rows[highlighted.front()];
            if (!area.value.known()) return area.name + " has no value to compare with " + reference->name;
            return area.name + " is " + stands_to(area, reference->value) + " " + reference->name + ": " +
                   words.cell(area.value) + " against " + words.cell(reference->value);
        } else {
            // Areas that stand alike are named together, in the order given.
            std::vector<std::pair<std::string, std::vector<std::string>>> alike;
            for (const std::size_t place : highlighted) {
                const std::string stands = stands_to(rows[place], reference->value);
                auto group = std::find_if(alike.begin(), alike.end(),
                                          [&](const auto& one) { return one.first == stands; });
                if (group == alike.end()) group = alike.insert(alike.end(), {stands, {}});
                group->second.push_back(rows[place].name);
            }
            std::string title;
            for (const auto& [stands, names] : alike) {
                title += title.empty() ? in_words(names) + (names.size() == 1 ? " is " : " are ") + stands +
                                             " " + reference->name
                                       : ", " + in_words(names) + " " + without_reference(stands);
            }
            return title;
        }
    }
    const std::size_t place = highlighted.empty() ? 0 : highlighted.front();
    const AreaValue& area = rows[place];
    if (!area.value.known()) return area.name + " has no value";
    return area.name + " is " + place_words(place, known) + " of " + counted_areas(meta, known) + ", at " +
           words.cell(area.value);
}

std::string comparison_note(const AreaValues& values, std::string_view reference) {
    const std::string owner = typographic(std::string(reference));
    if (values.columns.lower.empty())
        return "The table has no limits, so no difference from " + owner + " was tested.";
    return "\u201cHigher\u201d, \u201clower\u201d: the area\u2019s " + interval_words(values) +
           " lies wholly above or below the value of " + owner + "; else similar.";
}

std::vector<std::string> state_notes(std::span<const AreaValue> rows) {
    bool withheld = false;
    bool undefined = false;
    bool missing = false;
    for (const AreaValue& row : rows) {
        withheld = withheld || row.value.state == CellState::suppressed;
        undefined = undefined || row.value.state == CellState::undefined ||
                    row.value.state == CellState::not_applicable;
        missing = missing || row.value.state == CellState::missing;
    }
    std::vector<std::string> notes;
    if (withheld) notes.emplace_back("[c]: withheld.");
    if (undefined) notes.emplace_back("[z]: not calculated.");
    if (missing) notes.emplace_back("[x]: not known.");
    return notes;
}

std::string comparison_line(const AreaValues& values, const TableMeta& meta, std::string_view period) {
    std::string text = sentence_case(
        values.measure.empty() ? values.columns.value + " by " + areas_word(meta, 1) : values.measure);
    if (meta.unit.substr(0, 4) == "per ") text += ", " + meta.unit;
    if (meta.unit == "%") text += ", %";
    if (!meta.whole.empty()) text += ", " + meta.whole + " " + areas_word(meta);
    const std::string when = period.empty() ? meta.period_after : std::string(period);
    if (!when.empty()) text += ", " + when;
    return typographic(text);
}

std::string short_text(std::span<const std::string> sentences, std::size_t most) {
    std::string text;
    for (const std::string& sentence : sentences) {
        if (sentence.empty()) continue;
        if (!text.empty() && text.size() + 1 + sentence.size() > most) continue;
        text += (text.empty() ? "" : " ") + sentence;
    }
    return text;
}

void sort_by_value(std::vector<AreaValue>& rows) {
    std::sort(rows.begin(), rows.end(), [](const AreaValue& a, const AreaValue& b) {
        const auto key = [](const AreaValue& row) {
            return std::tuple(row.value.known() ? -row.value.number : std::numeric_limits<double>::infinity(),
                              std::string_view(row.name), std::string_view(row.code));
        };
        return key(a) < key(b);
    });
}

}  // namespace wardmap
