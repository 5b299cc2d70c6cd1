#include "wardmap/report/changes_page.hpp"

#include "wardmap/base/number_text.hpp"
#include "wardmap/base/period.hpp"
#include "wardmap/figure/text_block.hpp"
#include "wardmap/indicator/words.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

namespace wardmap {
namespace {

constexpr std::size_t most_numbers = 20;  ///< rows of the table of revised numbers
constexpr std::size_t most_moves = 40;
constexpr std::size_t most_others = 30;  ///< rows of any other table
constexpr std::size_t most_names = 12;   ///< areas named in a sentence

const char* const whole_list = "tables/changes.csv";

std::vector<const EditionChange*> of_kind(const std::vector<EditionChange>& changes, ChangeKind kind) {
    std::vector<const EditionChange*> out;
    for (const EditionChange& one : changes) {
        if (one.kind == kind) out.push_back(&one);
    }
    return out;
}

std::string in_thousands(std::size_t n) {
    return with_thousands(static_cast<double>(n), 0);
}

/// "18 wards", "no ward", "1,204 numbers"
std::string many(std::size_t n, const std::string& one) {
    return n == 1 ? "1 " + one : in_thousands(n) + " " + one + "s";
}

std::string were(std::size_t n, const std::string& what) {
    return many(n, what) + (n == 1 ? " was" : " were");
}

/// What a column holds, in words: "count", "lower limit of the rate".
std::string quantity_words(const std::string& column) {
    static const std::map<std::string, std::string, std::less<>> known{
        {"count_before", "count"},
        {"count_after", "count"},
        {"change_pct", "change in %"},
        {"share", "share, %"},
        {"rate_before", "rate"},
        {"rate_lower", "lower limit of the rate"},
        {"rate_upper", "upper limit of the rate"},
        {"rate_ratio", "ratio of the rates"},
        {"rate_ratio_lower", "lower limit of the ratio"},
        {"rate_ratio_upper", "upper limit of the ratio"},
        {"p_value", "p-value"},
        {"all_ages", "people of all ages"},
    };
    if (const auto found = known.find(column); found != known.end()) return found->second;
    if (parse_period(column)) return "count";
    std::string out = column;
    std::replace(out.begin(), out.end(), '_', ' ');
    return out;
}

/// Decimals that show a difference with two digits, three at most; none where both are whole.
int decimals_of(const EditionChange& change) {
    if (!change.difference) return 0;
    const auto is_whole = [](const std::string& text) {
        const auto number = parse_number(text);
        return number && *number == std::floor(*number);
    };
    if (is_whole(change.before) && is_whole(change.after)) return 0;
    int decimals = 0;
    for (double size = std::abs(*change.difference); size < 2 && decimals < 3; size *= 10) ++decimals;
    return decimals;
}

/// A number as it was and as it is, and what lies between them, with the same decimals.
struct ShownNumbers {
    std::string before{};
    std::string after{};
    std::string difference{};
};

ShownNumbers shown_numbers(const EditionChange& change) {
    const int decimals = decimals_of(change);
    const auto shown = [&](const std::string& text) {
        if (const auto number = parse_number(text)) return with_thousands(*number, decimals);
        return text.empty() ? std::string("[x]") : text;
    };
    ShownNumbers out{shown(change.before), shown(change.after), "–"};
    if (change.after == "[c]" && change.before.empty()) out.before = "–";  // must not be repeated
    if (change.difference) out.difference = with_sign(*change.difference, decimals);
    return out;
}

/// What is worked out, in the order in which a reader looks for it.
std::size_t place_of(const std::string& column) {
    constexpr std::string_view order[] = {"rate", "rate_before", "change_pct", "change", "share", "rank"};
    const auto found = std::find(std::begin(order), std::end(order), column);
    return static_cast<std::size_t>(found - std::begin(order));
}

double part_of_before(const EditionChange& change) {
    const double before = std::abs(parse_number(change.before).value_or(0));
    return std::abs(change.difference.value_or(0)) / std::max(1e-9, before);
}

class ChangesPage {
public:
    ChangesPage(const std::vector<EditionChange>& changes, const Edition& before, const Edition& now,
                const Places& places)
        : changes_(changes), before_(before), now_(now), places_(places) {}

    std::string line() const {
        const Counts n = counts();
        if (n.numbers == 0 && n.moved.empty() && changes_.empty())
            return "Nothing changed since the last edition.";
        if (n.numbers == 0 && n.moved.empty()) {
            return "Since the last edition no published number was revised and no " + places_.noun() +
                   " moved.";
        }
        return "Since the last edition " + revised_words(n, were) + " and " +
               (n.moved.empty() ? "no " + places_.noun() : many(n.moved.size(), places_.noun())) + " moved.";
    }

    std::vector<Section> take() {
        Section& top = section("changes", 1, heading());
        top.short_name = "Changes since the last edition";
        summary(top);
        revised();
        moved();
        areas();
        went_in();
        methods();
        tables();
        not_compared();
        return std::move(out_);
    }

private:
    struct Counts {
        std::size_t numbers = 0;
        std::size_t counted = 0;  ///< of the numbers, those not worked out from others, as totals are
        std::set<std::string> tables{};
        std::vector<std::string> moved{};  ///< names of areas, each once
    };

    Counts counts() const {
        Counts out;
        for (const EditionChange& one : changes_) {
            if (one.kind == ChangeKind::revised) {
                ++out.numbers;
                out.counted += !is_worked_out(one.column) && !is_total(one);
                out.tables.insert(one.table);
            }
            if (one.kind == ChangeKind::moved && !one.area_code.empty() &&
                std::find(out.moved.begin(), out.moved.end(), one.row) == out.moved.end()) {
                out.moved.push_back(one.row);
            }
        }
        std::sort(out.moved.begin(), out.moved.end());
        return out;
    }

    Section& section(std::string id, int level, const std::string& heading) {
        Section one;
        one.id = std::move(id);
        one.level = level;
        one.heading = typographic(heading);
        out_.push_back(std::move(one));
        return out_.back();
    }

    static void say(Section& to, const std::string& words) {
        if (!words.empty()) to.blocks.push_back({Paragraph{typographic(words)}});
    }

    std::string heading() const {
        const Counts n = counts();
        const std::string title = "Changes since the last edition";
        if (changes_.empty()) return title + ": none";
        if (n.numbers == 0 && n.moved.empty()) return title + ": no number was revised";
        return title + ": " + revised_words(n, many) + ", " +
               (n.moved.empty() ? "no " + places_.noun() : many(n.moved.size(), places_.noun())) + " moved";
    }

    /// "2 counts revised with 85 numbers that follow from them"; "3 numbers revised" where none was counted.
    /// \param count  many, or were: with or without its verb
    template <typename Count>
    static std::string revised_words(const Counts& n, const Count& count) {
        if (n.counted == 0) return count(n.numbers, "number") + " revised";
        const std::size_t rest = n.numbers - n.counted;
        return count(n.counted, "count") + " revised" +
               (rest == 0 ? std::string()
                          : ", with " + many(rest, "number") +
                                (n.counted == 1 ? " worked out from it" : " worked out from them"));
    }

    // -- in words

    void summary(Section& to) const {
        const std::string name = before_.name.empty() ? std::string("the last edition")
                                                      : "the last edition, “" + before_.name + "”";
        if (changes_.empty()) {
            say(to, "Nothing changed since " + name +
                        ": every number, the files that were read, the areas and the methods are the same.");
            return;
        }
        say(to,
            "What is different from " + name + ". Every finding stands, a row each, in " + whole_list + ".");
        Bullets lines;
        const Counts n = counts();
        lines.items.push_back(numbers_line(n));
        lines.items.push_back(moved_line(n));
        lines.items.push_back(periods_line());
        lines.items.push_back(inputs_line());
        lines.items.push_back(altered_line());
        std::erase_if(lines.items, [](const std::string& line) { return line.empty(); });
        for (std::string& line : lines.items) line = typographic(line);
        to.blocks.push_back({lines});
    }

    std::string numbers_line(const Counts& n) const {
        if (n.numbers == 0) return "No published number was revised.";
        std::string out =
            were(n.numbers, "published number") + " revised, in " + many(n.tables.size(), "table");
        if (n.counted == 0) {
            out += ": all of them worked out from others";
        } else if (n.counted < n.numbers) {
            out += ": " + in_thousands(n.counted) + " counted, " + in_thousands(n.numbers - n.counted) +
                   " worked out from them";
        }
        out += ".";
        if (const EditionChange* largest = largest_revision()) {
            const ShownNumbers shown = shown_numbers(*largest);
            out += " The largest " + std::string(n.counted > 0 ? "of the counts" : "") +
                   (n.counted > 0 ? " is " : "is ") + row_words(*largest) + ", " +
                   measure_of(largest->table) + " (" + column_words(*largest) + "): " + shown.before +
                   " before, " + shown.after + " now.";
        }
        return out;
    }

    static bool is_total(const EditionChange& change) {
        return change.area_code.empty() && change.row == "Total";
    }

    /// Of what was counted, by its size; else of what was worked out, by its part of the older number. A
    /// total only where nothing else was revised.
    const EditionChange* largest_revision() const {
        const EditionChange* largest = nullptr;
        const auto place = [](const EditionChange& one) {
            const bool worked_out = is_worked_out(one.column);
            const double size = worked_out ? part_of_before(one) : std::abs(*one.difference);
            return std::tuple(!worked_out, !is_total(one), size);
        };
        for (const EditionChange* one : of_kind(changes_, ChangeKind::revised)) {
            if (!one->difference) continue;
            if (largest == nullptr || place(*one) > place(*largest)) largest = one;
        }
        return largest;
    }

    std::string moved_line(const Counts& n) const {
        const bool have_standing =
            std::any_of(now_.tables.begin(), now_.tables.end(),
                        [](const EditionTable& one) { return one.table.find("quadrant") != nullptr; });
        if (n.moved.empty()) {
            return have_standing
                       ? "No " + places_.noun() + " moved to another quadrant or compares otherwise."
                       : std::string{};
        }
        std::vector<std::string> names(
            n.moved.begin(),
            n.moved.begin() + static_cast<std::ptrdiff_t>(std::min(n.moved.size(), most_names)));
        if (n.moved.size() > most_names) names.push_back(in_thousands(n.moved.size() - most_names) + " more");
        return sentence_case(many(n.moved.size(), places_.noun())) + " moved to another quadrant or compare" +
               (n.moved.size() == 1 ? "s" : "") + " otherwise: " + in_words(names) + ".";
    }

    std::string periods_line() const {
        const auto later = of_kind(changes_, ChangeKind::period);
        if (later.empty()) return {};
        std::set<std::string> tables;
        for (const EditionChange* one : later) tables.insert(one->table);
        const EditionChange& first = *later.back();
        return "The periods of " + many(tables.size(), "table") + " moved, " + of_which(first) +
               ": that is no revision. Numbers of a period which both editions have are compared; the others "
               "have nothing to be compared with.";
    }

    static std::string of_which(const EditionChange& change) {
        const std::string then = change.before.empty() ? "no period" : change.before;
        const std::string now = change.after.empty() ? "no period" : change.after;
        return "such as from the " + then + " to the " + now;
    }

    std::string inputs_line() const {
        std::set<std::string> changed;
        std::size_t added = 0, gone = 0;
        for (const EditionChange* one : of_kind(changes_, ChangeKind::input)) {
            if (one->column != "file")
                changed.insert(one->row);
            else
                ++(one->before.empty() ? added : gone);
        }
        const auto boundaries = of_kind(changes_, ChangeKind::boundaries);
        const auto denominators = of_kind(changes_, ChangeKind::denominator);
        std::vector<std::string> parts;
        if (!changed.empty()) parts.push_back("the content of " + many(changed.size(), "file") + " changed");
        if (added > 0)
            parts.push_back(many(added, "file") + (added == 1 ? " is" : " are") + " read that " +
                            (added == 1 ? "was" : "were") + " not before");
        if (gone > 0) parts.push_back(many(gone, "file") + (gone == 1 ? " is" : " are") + " read no more");
        if (!boundaries.empty()) parts.emplace_back("the boundaries changed");
        if (!denominators.empty()) parts.emplace_back("what the rates divide by changed");
        if (parts.empty())
            return "The files that were read, the boundaries and the populations are the same.";
        return sentence_case(in_words(parts)) + ".";
    }

    std::string altered_line() const {
        const auto altered = of_kind(changes_, ChangeKind::altered);
        if (altered.empty()) return {};
        std::vector<std::string> names;
        for (const EditionChange* one : altered) names.push_back("tables/" + one->table + ".csv");
        return "The older report's folder is not as it was made: " + in_words(names) +
               (names.size() == 1 ? " was" : " were") + " altered or removed since.";
    }

    // -- words for cells

    std::string measure_of(const std::string& table) const {
        for (const EditionTable& one : now_.tables) {
            if (one.id != table) continue;
            const TableMeta& meta = one.table.meta();
            if (!meta.measure.empty()) return meta.measure;
            if (!meta.title.empty()) return meta.title;
        }
        return table;
    }
    std::string row_words(const EditionChange& change) const {
        return change.row == "Total" && change.area_code.empty() ? places_.whole() : typographic(change.row);
    }
    static std::string column_words(const EditionChange& change) {
        const std::string words = quantity_words(change.column);
        // What is of two periods says so itself.
        const bool of_two = change.period.find(" and ") != std::string::npos;
        return change.period.empty() || of_two ? words : words + ", " + change.period;
    }
    static std::string standing_name(const std::string& column) {
        if (column == "rate_compared") return "Rate against the cut";
        if (column == "compared") return "Against the reference";
        return column == "change_compared" ? "Change against the cut" : "Quadrant";
    }
    std::string standing_words(const std::string& code, const EditionChange& change) const {
        if (code.empty()) return "–";
        if (change.column != "quadrant") return code;
        for (const EditionTable& one : now_.tables) {
            if (one.id == change.table) return quadrant_words(code, one.table.meta());
        }
        return code;
    }

    static GridCell cell(std::string text) { return {.text = typographic(text)}; }

    /// The first rows; what is left is counted below.
    template <class Row>
    static void fill(Grid& grid, const std::vector<const EditionChange*>& changes, std::size_t most,
                     Row&& row) {
        for (std::size_t i = 0; i < std::min(most, changes.size()); ++i)
            grid.rows.push_back(row(*changes[i]));
        if (changes.size() > most) {
            grid.notes.push_back("And " + in_thousands(changes.size() - most) + " more in " + whole_list +
                                 ".");
        }
    }

    // -- tables

    void revised() {
        auto changes = of_kind(changes_, ChangeKind::revised);
        if (changes.empty()) return;
        // What was counted first, as the rest follows from it; the largest first.
        std::stable_sort(changes.begin(), changes.end(), [](const EditionChange* a, const EditionChange* b) {
            const bool worked_a = is_worked_out(a->column);
            const bool worked_b = is_worked_out(b->column);
            if (worked_a != worked_b) return worked_b;
            if (!worked_a) return std::abs(a->difference.value_or(0)) > std::abs(b->difference.value_or(0));
            if (place_of(a->column) != place_of(b->column)) return place_of(a->column) < place_of(b->column);
            return part_of_before(*a) > part_of_before(*b);
        });
        Section& to = section("changes-numbers", 2, "Revised numbers");
        Grid grid;
        grid.id = "changes-numbers";
        grid.caption = "Published numbers that were revised";
        grid.columns = {{.heading = "Table"},
                        {.heading = sentence_case(places_.noun()) + " or row"},
                        {.heading = "Number"},
                        {.heading = "Before", .is_number = true},
                        {.heading = "Now", .is_number = true},
                        {.heading = "Difference", .is_number = true}};
        fill(grid, changes, most_numbers, [&](const EditionChange& one) {
            ShownNumbers shown = shown_numbers(one);
            return std::vector<GridCell>{cell(sentence_case(measure_of(one.table))),
                                         cell(row_words(one)),
                                         cell(sentence_case(column_words(one))),
                                         cell(std::move(shown.before)),
                                         cell(std::move(shown.after)),
                                         cell(std::move(shown.difference))};
        });
        grid.notes.insert(grid.notes.begin(),
                          "What was counted comes first, the largest difference first; then what is worked "
                          "out from it. [c]: withheld now; [x]: no value.");
        grid.csv = whole_list;
        to.blocks.push_back({grid});
    }

    void moved() {
        const auto changes = of_kind(changes_, ChangeKind::moved);
        if (changes.empty()) return;
        Section& to = section("changes-moved", 2, sentence_case(places_.noun()) + "s that moved");
        Grid grid;
        grid.id = "changes-moved";
        grid.caption = "Quadrants, and comparisons with the cut, that are not what they were";
        grid.columns = {{.heading = sentence_case(places_.noun()) + " or row"},
                        {.heading = "Table"},
                        {.heading = "What moved"},
                        {.heading = "Before"},
                        {.heading = "Now"}};
        std::set<std::string> other_periods;
        for (const EditionChange* one : changes) {
            if (!one->note.empty()) other_periods.insert(one->table);
        }
        fill(grid, changes, most_moves, [&](const EditionChange& one) {
            return std::vector<GridCell>{cell(row_words(one)), cell(sentence_case(measure_of(one.table))),
                                         cell(standing_name(one.column)),
                                         cell(standing_words(one.before, one)),
                                         cell(standing_words(one.after, one))};
        });
        grid.notes.insert(
            grid.notes.begin(),
            "Similar: the limits hold the cut, so that the difference may be chance." +
                (other_periods.empty() ? std::string{}
                                       : " In " + many(other_periods.size(), "table") +
                                             " the periods moved, so a move need not be a revision."));
        grid.csv = whole_list;
        to.blocks.push_back({grid});
    }

    void areas() {
        auto changes = of_kind(changes_, ChangeKind::area);
        for (const EditionChange* row : of_kind(changes_, ChangeKind::row)) changes.push_back(row);
        if (changes.empty()) return;
        Section& to =
            section("changes-areas", 2, sentence_case(places_.noun()) + "s and rows that came or went");
        Grid grid;
        grid.caption = sentence_case(places_.noun()) + "s and rows that are new, gone or called otherwise";
        grid.columns = {{.heading = "Name"}, {.heading = "Code"}, {.heading = "Table"}, {.heading = "What"}};
        fill(grid, changes, most_others, [&](const EditionChange& one) {
            const std::string what =
                one.column == "name" ? "called " + one.after + ", before " + one.before : one.note;
            return std::vector<GridCell>{
                cell(row_words(one)), cell(one.area_code.empty() ? "–" : one.area_code),
                cell(one.table.empty() ? "all" : sentence_case(measure_of(one.table))), cell(what)};
        });
        to.blocks.push_back({grid});
    }

    void went_in() {
        Grid grid;
        grid.caption = "Files that were read, boundaries and populations";
        grid.columns = {{.heading = "What"}, {.heading = "Before"}, {.heading = "Now"}};
        for (const EditionChange* one : of_kind(changes_, ChangeKind::boundaries))
            grid.rows.push_back(input_row(*one, "Boundaries"));
        same_for_many(grid, ChangeKind::denominator);
        std::vector<const EditionChange*> inputs = of_kind(changes_, ChangeKind::input);
        fill(grid, inputs, most_others, [&](const EditionChange& one) { return input_row(one, "File"); });
        if (grid.rows.empty()) return;
        grid.notes.insert(grid.notes.begin(),
                          "The content of a file is told by the first digits of its SHA-256.");
        section("changes-inputs", 2, "What went in").blocks.push_back({grid});
    }

    static std::vector<GridCell> input_row(const EditionChange& one, const std::string& kind) {
        if (one.row.empty()) return {cell(kind), cell(or_none(one.before)), cell(or_none(one.after))};
        const std::string file = one.row;
        if (one.column == "file")
            return {cell(kind + " " + file), cell(one.before.empty() ? "–" : "read"),
                    cell(one.after.empty() ? "–" : "read")};
        if (one.column == "sha256")
            return {cell(file + ": content"), cell(one.before.substr(0, 8)), cell(one.after.substr(0, 8))};
        return {cell(file + ": rows"), cell(shown_numbers(one).before), cell(shown_numbers(one).after)};
    }

    static std::string or_none(const std::string& text) { return text.empty() ? "–" : text; }

    /// One row for all tables of which the same is to be said.
    void same_for_many(Grid& grid, ChangeKind kind) const {
        std::vector<std::pair<const EditionChange*, std::set<std::string>>> groups;
        for (const EditionChange* one : of_kind(changes_, kind)) {
            const auto found = std::find_if(groups.begin(), groups.end(), [&](const auto& group) {
                return group.first->column == one->column && group.first->before == one->before &&
                       group.first->after == one->after;
            });
            if (found == groups.end())
                groups.push_back({one, {one->table}});
            else
                found->second.insert(one->table);
        }
        for (std::size_t i = 0; i < std::min(groups.size(), most_others); ++i) {
            const auto& [change, in] = groups[i];
            std::string what = sentence_case(setting_words(change->column));
            if (in.size() > 1) {
                what += " (" + many(in.size(), "table") + ")";
            } else if (!in.begin()->empty()) {
                what += " (" + measure_of(*in.begin()) + ")";
            }
            grid.rows.push_back({cell(what), cell(or_none(change->before)), cell(or_none(change->after))});
        }
        if (groups.size() > most_others) {
            grid.notes.push_back("And " + in_thousands(groups.size() - most_others) + " more in " +
                                 whole_list + ".");
        }
    }

    static std::string setting_words(const std::string& column) {
        static const std::map<std::string, std::string, std::less<>> known{
            {"denominator", "people"},
            {"denominator_year", "year of the people"},
            {"per", "rates per"},
            {"small_numbers", "small-number rule"},
            {"level", "level of limits"},
            {"period_before", "earlier period"},
            {"period_after", "later period"}};
        const auto found = known.find(column);
        return found == known.end() ? quantity_words(column) : found->second;
    }

    void methods() {
        Grid grid;
        grid.caption = "Periods, methods, settings and the program";
        grid.columns = {{.heading = "What"}, {.heading = "Before"}, {.heading = "Now"}};
        same_for_many(grid, ChangeKind::period);
        same_for_many(grid, ChangeKind::method);
        if (!grid.rows.empty()) section("changes-methods", 2, "Periods and methods").blocks.push_back({grid});
    }

    void tables() {
        Bullets lines;
        for (const ChangeKind kind : {ChangeKind::table, ChangeKind::figure}) {
            const std::string noun = kind == ChangeKind::table ? "table" : "figure";
            for (const std::string note : {"new", "gone"}) {
                std::vector<std::string> names;
                for (const EditionChange* one : of_kind(changes_, kind)) {
                    if (one->note == note) names.push_back(one->table);
                }
                if (names.empty()) continue;
                const std::string count = many(names.size(), noun);
                if (names.size() > most_names) {
                    const std::size_t more = names.size() - most_names;
                    names.resize(most_names);
                    names.push_back(in_thousands(more) + " more");
                }
                lines.items.push_back(sentence_case(note) + ": " + count + ", " + in_words(names) + ".");
            }
        }
        for (const EditionChange* one : of_kind(changes_, ChangeKind::table)) {
            if (!one->before.empty() && !one->after.empty())
                lines.items.push_back("The table " + one->after + " was called " + one->before + ".");
        }
        if (!lines.items.empty())
            section("changes-tables", 2, "Tables and figures").blocks.push_back({lines});
    }

    void not_compared() {
        const auto changes = of_kind(changes_, ChangeKind::not_compared);
        if (changes.empty()) return;
        Section& to = section("changes-not-compared", 2, "What could not be compared");
        say(to, "In " + many(changes.size(), "table") +
                    " columns have no partner of the same measure and period in the other edition.");
        std::vector<std::pair<const EditionChange*, std::vector<std::string>>> groups;
        for (const EditionChange* one : changes) {
            const auto found = std::find_if(groups.begin(), groups.end(), [&](const auto& group) {
                return group.first->before == one->before && group.first->after == one->after;
            });
            if (found == groups.end())
                groups.push_back({one, {one->table}});
            else
                found->second.push_back(one->table);
        }
        Grid grid;
        grid.caption = "Columns and measures that only one edition has";
        grid.columns = {{.heading = "Tables"}, {.heading = "Only before"}, {.heading = "Only now"}};
        for (std::size_t i = 0; i < std::min(groups.size(), most_others); ++i) {
            const auto& [change, in] = groups[i];
            grid.rows.push_back({cell(in.size() == 1 ? measure_of(in.front()) : many(in.size(), "table")),
                                 cell(only_there(*change, change->before)),
                                 cell(only_there(*change, change->after))});
        }
        to.blocks.push_back({grid});
    }

    /// "count_after;rate" -> "count_after, rate"
    static std::string only_there(const EditionChange& change, const std::string& names) {
        if (names.empty()) return "–";
        if (change.column == "measure") return "the measure “" + names + "”";
        std::string out;
        for (const char c : names) out += c == ';' ? std::string(", ") : std::string(1, c);
        return out;
    }

    const std::vector<EditionChange>& changes_;
    const Edition& before_;
    const Edition& now_;
    const Places& places_;
    std::vector<Section> out_{};
};

}  // namespace

std::string changes_line(const std::vector<EditionChange>& changes, const Places& places) {
    return ChangesPage(changes, {}, {}, places).line();
}

std::vector<Section> changes_page(const std::vector<EditionChange>& changes, const Edition& before,
                                  const Edition& now, const Places& places) {
    return ChangesPage(changes, before, now, places).take();
}

}  // namespace wardmap
