#include "wardmap/indicator/audit.hpp"

#include "wardmap/area/name_folding.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/indicator/printed_number.hpp"
#include "wardmap/table/cell_text.hpp"
#include "wardmap/table/total_row.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>

namespace wardmap {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr std::size_t most_suspects = 5;

/// A number as a message prints it.
std::string number_words(double value, int decimals) {
    return with_thousands(value, decimals);
}

/// "64", or "63 to 65" where it is not known exactly.
std::string range_words(const ValueRange& range, int decimals) {
    const std::string from = number_words(range.lower, decimals);
    if (!std::isfinite(range.upper)) return from + " or more";
    const std::string to = number_words(range.upper, decimals);
    return from == to ? from : from + " to " + to;
}

std::string listed(const std::vector<std::string>& items) {
    std::string out;
    for (std::size_t i = 0; i < items.size() && i < most_suspects; ++i)
        out += (i == 0 ? "" : i + 1 == std::min(items.size(), most_suspects) ? " or " : ", ") + items[i];
    if (items.size() > most_suspects)
        out += " (or " + std::to_string(items.size() - most_suspects) + " more)";
    return out;
}

double distance(const ValueRange& range, double value) {
    if (value < range.lower) return value - range.lower;
    if (value > range.upper) return value - range.upper;
    return 0;
}

/// True if swapping two neighbouring digits makes `wanted` of `number`.
bool swapped_digits(double number, double wanted) {
    if (number < 0 || number != std::trunc(number) || number > 1e12) return false;
    std::string digits = std::to_string(static_cast<long long>(number));
    for (std::size_t i = 0; i + 1 < digits.size(); ++i) {
        std::swap(digits[i], digits[i + 1]);
        if (static_cast<double>(std::stoll(digits)) == wanted && wanted != number) return true;
        std::swap(digits[i], digits[i + 1]);
    }
    return false;
}

class Auditor {
public:
    Auditor(const Table& table, const AuditOptions& options) : table_(table), options_(options) {
        const AuditColumns& columns = options_.columns;
        for (const std::string& name : columns.counts) add(name);
        for (const std::string* name : {&columns.before, &columns.after, &columns.change, &columns.change_pct,
                                        &columns.row_total, &columns.share, &columns.population})
            add(*name);
        for (const AuditRate& rate : columns.rates) {
            add(rate.rate);
            add(rate.count);
        }
        const Column& names = table.column(columns.name);
        for (std::size_t row = 0; row < table.row_count(); ++row) {
            names_.emplace_back(
                on_one_line(names.is_text() ? names.text(row) : full_precision(names.number(row))));
        }
    }

    AuditResult run() {
        for (group_ = 0; group_ < options_.groups.size(); ++group_) {
            rows_.clear();
            total_.reset();
            for (const std::size_t row : options_.groups[group_].rows) {
                if (is_total_name(names_[row])) {
                    if (!total_) total_ = row;
                } else {
                    rows_.push_back(row);
                }
            }
            if (!total_) ++out_.without_total;
            for (const std::size_t row : options_.groups[group_].rows) {
                no_numbers(row);
                change(row);
                change_pct(row);
                row_total(row);
                share(row);
                rates(row);
            }
            totals();
            share_sum();
            for (const std::string& text : options_.text_changes_pct) text_change(text);
        }
        populations();
        std::stable_sort(out_.findings.begin(), out_.findings.end(),
                         [](const AuditFinding& a, const AuditFinding& b) { return a.group < b.group; });
        return std::move(out_);
    }

private:
    // -- what is printed

    void add(const std::string& name) {
        if (name.empty() || columns_.count(name) != 0) return;
        columns_.emplace(name, printed_column(table_, name));
    }

    const PrintedColumn& column(const std::string& name) const { return columns_.at(name); }

    std::optional<double> printed(const std::string& name, std::size_t row) const {
        if (name.empty() || !column(name).known(row)) return std::nullopt;
        return column(name).numbers[row];
    }

    /// Counts are whole and exact, unless they were rounded to more, or show decimals.
    ValueRange count_range(const std::string& name, double value) const {
        const int decimals = column(name).decimals;
        if (options_.counts_rounded_to > 1) {
            const double half = options_.counts_rounded_to / 2;
            return {value - half, value + half};
        }
        return decimals == 0 ? ValueRange{value, value} : values_printed_as(value, decimals);
    }

    std::optional<ValueRange> count(const std::string& name, std::size_t row) {
        const auto value = printed(name, row);
        if (value) return count_range(name, *value);
        if (!name.empty()) ++out_.withheld;
        return std::nullopt;
    }

    bool is_total(std::size_t row) const { return total_ && *total_ == row; }

    std::string plain(const std::string& name, double value) const {
        return number_words(value, column(name).decimals);
    }

    AuditFinding& find(AuditCheck check, std::size_t row, const std::string& column_name, std::string text,
                       std::string expected, double difference, std::string what) {
        AuditFinding finding;
        finding.check = check;
        finding.group = group_;
        finding.row = row;
        finding.name = names_[row];
        finding.column = column_name;
        finding.printed = std::move(text);
        finding.expected = std::move(expected);
        finding.difference = difference;
        finding.what = std::move(what);
        out_.findings.push_back(std::move(finding));
        return out_.findings.back();
    }

    // -- one row

    void no_numbers(std::size_t row) {
        for (const auto& [name, column] : columns_) {
            if (std::find(column.no_numbers.begin(), column.no_numbers.end(), row) == column.no_numbers.end())
                continue;
            const std::string text = on_one_line(table_.column(name).text(row));
            find(AuditCheck::number, row, name, text, "a number", std::nan(""),
                 "'" + text + "' is no number, and no sign for a missing one");
        }
    }

    void change(std::size_t row) {
        const AuditColumns& c = options_.columns;
        const auto given = printed(c.change, row);
        if (!given || c.before.empty()) return;
        const auto before = count(c.before, row);
        const auto after = count(c.after, row);
        if (!before || !after) return;
        ++out_.statements;
        const ValueRange range{after->lower - before->upper, after->upper - before->lower};
        if (overlap(range, count_range(c.change, *given))) return;
        const std::string right = range_words(range, column(c.change).decimals);
        AuditFinding& finding = find(
            AuditCheck::change, row, c.change, plain(c.change, *given), right, distance(range, *given),
            plain(c.after, *printed(c.after, row)) + " less " + plain(c.before, *printed(c.before, row)) +
                " is " + right + ", not " + plain(c.change, *given));
        if (overlap({-range.upper, -range.lower}, count_range(c.change, *given))) {
            finding.explanation = "the sign is the wrong way round";
        } else {
            finding.explanation = other_periods(row, [&](const ValueRange& from, const ValueRange& to) {
                return overlap({to.lower - from.upper, to.upper - from.lower}, count_range(c.change, *given));
            });
        }
    }

    static ValueRange pct_of(const ValueRange& from, const ValueRange& to) {
        return {100 * (to.lower - from.upper) / from.upper, 100 * (to.upper - from.lower) / from.lower};
    }

    /// Which two other columns of counts would make it true.
    template <typename True>
    std::string other_periods(std::size_t row, const True& holds) const {
        const AuditColumns& c = options_.columns;
        std::vector<std::string> found;
        for (std::size_t i = 0; i < c.counts.size(); ++i) {
            for (std::size_t j = 0; j < c.counts.size(); ++j) {
                if (i == j || (c.counts[i] == c.before && c.counts[j] == c.after)) continue;
                const auto from = printed(c.counts[i], row);
                const auto to = printed(c.counts[j], row);
                if (!from || !to || *from <= 0) continue;
                if (holds(count_range(c.counts[i], *from), count_range(c.counts[j], *to)))
                    found.push_back("from " + c.counts[i] + " to " + c.counts[j]);
            }
        }
        return found.empty() ? std::string() : "it is the change " + listed(found);
    }

    void change_pct(std::size_t row) {
        const AuditColumns& c = options_.columns;
        const auto given = printed(c.change_pct, row);
        if (!given || c.before.empty()) return;
        const auto before = count(c.before, row);
        const auto after = count(c.after, row);
        if (!before || !after) return;
        const int decimals = column(c.change_pct).decimals;
        const std::string shown = number_words(*given, decimals) + "%";
        if (before->upper <= 0) {
            ++out_.statements;
            if (after->lower <= 0 && *given == 0) return;
            find(AuditCheck::change_pct, row, c.change_pct, shown, "", std::nan(""),
                 "a change from 0 has no percentage, and " + shown + " is printed");
            return;
        }
        if (before->lower <= 0) return;  // rounded counts that may hide a 0
        ++out_.statements;
        const ValueRange range = pct_of(*before, *after);
        if (can_print_as(range, *given, decimals)) return;
        const std::string right = range_words(range, decimals) + "%";
        AuditFinding& finding =
            find(AuditCheck::change_pct, row, c.change_pct, shown, right,
                 *given - round_half_away(range.exact() ? range.lower : *given - distance(range, *given),
                                          decimals),
                 plain(c.before, *printed(c.before, row)) + " to " + plain(c.after, *printed(c.after, row)) +
                     " is " + right + ", not " + shown);
        const auto agrees = [&](double value) { return can_print_as({value, value}, *given, decimals); };
        const double b = *printed(c.before, row);
        const double a = *printed(c.after, row);
        if (agrees(-100 * (a - b) / b)) {
            finding.explanation = "the sign is the wrong way round";
        } else if (a > 0 && agrees(100 * (a - b) / a)) {
            finding.explanation = "it is worked out on the later count, not the earlier";
        } else if (agrees(100 * a / b)) {
            finding.explanation = "it is the later count as a percentage of the earlier";
        } else if (std::abs(*given - std::trunc(100 * (a - b) / b)) < 1e-9 && decimals == 0) {
            finding.explanation = "it is cut off, not rounded";
        } else {
            finding.explanation = other_periods(row, [&](const ValueRange& from, const ValueRange& to) {
                return from.lower > 0 && can_print_as(pct_of(from, to), *given, decimals);
            });
        }
    }

    /// What the text says of the total, from earlier to later.
    void text_change(const std::string& text) {
        const AuditColumns& c = options_.columns;
        if (!total_ || c.before.empty()) return;
        const Table one({Column::text("text", {text})});
        const PrintedColumn said = printed_column(one, "text");
        if (!said.known(0)) {
            throw UsageError("'" + text + "' is no change in percent", {},
                             "write it as the text prints it: -39");
        }
        const auto before = count(c.before, *total_);
        const auto after = count(c.after, *total_);
        if (!before || !after || before->lower <= 0) return;
        ++out_.statements;
        const ValueRange range = pct_of(*before, *after);
        const double given = said.numbers[0];
        if (can_print_as(range, given, said.decimals)) return;
        const std::string right = range_words(range, said.decimals) + "%";
        const std::string shown = number_words(given, said.decimals) + "%";
        AuditFinding& finding =
            find(AuditCheck::text_change_pct, *total_, c.after, shown, right, distance(range, given),
                 "from " + c.before + " to " + c.after + " the total changes by " + right +
                     ", the text says " + shown);
        finding.explanation = other_periods(*total_, [&](const ValueRange& from, const ValueRange& to) {
            return from.lower > 0 && can_print_as(pct_of(from, to), given, said.decimals);
        });
    }

    void row_total(std::size_t row) {
        const AuditColumns& c = options_.columns;
        const auto given = printed(c.row_total, row);
        if (!given) return;
        ValueRange sum;
        bool whole = true;
        int decimals = column(c.row_total).decimals;
        for (const std::string& name : c.counts) {
            const auto one = count(name, row);
            if (!one) {
                whole = false;
                continue;
            }
            sum.lower += one->lower;
            sum.upper += one->upper;
            decimals = std::max(decimals, column(name).decimals);
        }
        ++out_.statements;
        if (!whole) sum.upper = infinity;
        if (overlap(sum, count_range(c.row_total, *given))) return;
        const std::string right = range_words(sum, decimals);
        find(AuditCheck::row_total, row, c.row_total, plain(c.row_total, *given), right,
             distance(sum, *given),
             "the counts of the row add up to " + right + ", not " + plain(c.row_total, *given));
    }

    void share(std::size_t row) {
        const AuditColumns& c = options_.columns;
        const auto given = printed(c.share, row);
        if (!given || c.after.empty() || !total_) return;
        const auto part = count(c.after, row);
        const auto all = count(c.after, *total_);
        if (!part || !all || all->lower <= 0) return;
        ++out_.statements;
        const int decimals = column(c.share).decimals;
        const ValueRange range{100 * part->lower / all->upper, 100 * part->upper / all->lower};
        if (can_print_as(range, *given, decimals)) return;
        const std::string right = range_words(range, decimals) + "%";
        const std::string shown = number_words(*given, decimals) + "%";
        find(AuditCheck::share, row, c.share, shown, right, distance(range, *given),
             plain(c.after, *printed(c.after, row)) + " of " + plain(c.after, *printed(c.after, *total_)) +
                 " is " + right + ", not " + shown);
    }

    void rates(std::size_t row) {
        const AuditColumns& c = options_.columns;
        for (const AuditRate& one : c.rates) {
            const auto given = printed(one.rate, row);
            if (!given) continue;
            const auto events = count(one.count, row);
            if (!events) continue;
            ++out_.statements;
            const int decimals = column(one.rate).decimals;
            const std::string shown = number_words(*given, decimals);
            if (events->upper <= 0) {
                if (!can_print_as({0, 0}, *given, decimals)) {
                    find(AuditCheck::rate, row, one.rate, shown, "0", *given,
                         "a count of 0 has the rate 0, not " + shown);
                }
                continue;
            }
            // People printed are those of the later period.
            if (const auto people = one.count == c.after ? printed(c.population, row) : std::nullopt) {
                if (*people <= 0) continue;
                const ValueRange base = values_printed_as(*people, column(c.population).decimals);
                const bool people_exact = column(c.population).decimals == 0;
                const ValueRange range{options_.per * events->lower / (people_exact ? *people : base.upper),
                                       options_.per * events->upper / (people_exact ? *people : base.lower)};
                if (can_print_as(range, *given, decimals)) continue;
                const std::string right = range_words(range, decimals);
                find(AuditCheck::rate, row, one.rate, shown, right, distance(range, *given),
                     plain(one.count, *printed(one.count, row)) + " among " + plain(c.population, *people) +
                         " people is " + right + " per " + number_words(options_.per, 0) + ", not " + shown);
                continue;
            }
            const ValueRange rate = values_printed_as(*given, decimals);
            Implied implied;
            implied.group = group_;
            implied.row = row;
            implied.rate = &one;
            implied.people = {options_.per * events->lower / rate.upper,
                              rate.lower > 0 ? options_.per * events->upper / rate.lower : infinity};
            const Key key{one.rate,
                          is_total_name(names_[row]) ? std::string(whole_key) : fold_name(names_[row])};
            if (implied_.count(key) == 0) keys_.push_back(key);
            implied_[key].push_back(implied);
        }
    }

    // -- down the rows

    void totals() {
        if (!total_ || rows_.empty()) return;
        const AuditColumns& c = options_.columns;
        std::vector<std::string> added = c.counts;
        for (const std::string* name : {&c.before, &c.after, &c.change, &c.row_total, &c.population}) {
            if (!name->empty() && std::find(added.begin(), added.end(), *name) == added.end())
                added.push_back(*name);
        }
        for (const std::string& name : added) total_of(name);
    }

    void total_of(const std::string& name) {
        const auto given = printed(name, *total_);
        if (!given) {
            ++out_.withheld;
            return;
        }
        const PrintedColumn& cells = column(name);
        ValueRange sum;
        std::size_t unknown = 0;
        for (const std::size_t row : rows_) {
            if (!cells.known(row)) {
                ++unknown;
                continue;
            }
            const ValueRange one = count_range(name, cells.numbers[row]);
            sum.lower += one.lower;
            sum.upper += one.upper;
        }
        ++out_.statements;
        out_.withheld += unknown;
        const double known = 0.5 * (sum.lower + sum.upper);
        if (unknown > 0) {
            sum.upper = infinity;
            if (name == options_.columns.change) return;  // withheld changes may be below 0
        }
        if (overlap(sum, count_range(name, *given))) return;
        const std::string right = range_words(sum, cells.decimals);
        AuditFinding& finding =
            find(AuditCheck::total, *total_, name, plain(name, *given), right, distance(sum, *given),
                 "the " + counted(rows_.size() - unknown, "row") + " add up to " +
                     number_words(known, cells.decimals) + ", the total says " + plain(name, *given));
        finding.explanation = suspects(name, *given - known);
    }

    /// Which single row could explain that the total is `difference` more than the sum.
    std::string suspects(const std::string& name, double difference) const {
        const AuditColumns& c = options_.columns;
        const PrintedColumn& cells = column(name);
        std::vector<std::string> left_out, twice, swapped, own;
        for (const std::size_t row : rows_) {
            if (!cells.known(row)) continue;
            const double value = cells.numbers[row];
            const std::string said = names_[row] + " (" + plain(name, value) + ")";
            if (value != 0 && value == -difference) left_out.push_back(said);
            if (value != 0 && value == difference) twice.push_back(said);
            if (swapped_digits(value, value + difference))
                swapped.push_back(names_[row] + " (" + plain(name, value + difference) + " for " +
                                  plain(name, value) + ")");
            const auto before = printed(c.before, row);
            const auto after = printed(c.after, row);
            const auto change = printed(c.change, row);
            if (!before || !after || !change) continue;
            const double right = name == c.change   ? *after - *before
                                 : name == c.after  ? *before + *change
                                 : name == c.before ? *after - *change
                                                    : value;
            if (right != value && right == value + difference)
                own.push_back(names_[row] + " (" + plain(name, right) + " for " + plain(name, value) +
                              ", by its own row)");
        }
        std::string out;
        const auto say = [&](const std::vector<std::string>& rows, const std::string& words) {
            if (!rows.empty()) out += (out.empty() ? "" : "; ") + words + listed(rows);
        };
        say(own, "explained by ");
        say(left_out, "the total may leave out ");
        say(twice, "the total may hold twice ");
        say(swapped, "two digits may be swapped in ");
        return out.empty() ? "no single row explains it" : out;
    }

    void share_sum() {
        const AuditColumns& c = options_.columns;
        if (c.share.empty() || rows_.empty()) return;
        const PrintedColumn& cells = column(c.share);
        double sum = 0;
        for (const std::size_t row : rows_) {
            if (!cells.known(row)) {
                ++out_.withheld;
                return;
            }
            sum += cells.numbers[row];
        }
        ++out_.statements;
        const double half = 0.5 * std::pow(10.0, -cells.decimals) * static_cast<double>(rows_.size());
        if (std::abs(sum - 100) <= half + 1e-6) return;
        find(AuditCheck::share_sum, total_.value_or(rows_.back()), c.share,
             number_words(sum, cells.decimals) + "%", "100%", sum - 100,
             "the shares of " + counted(rows_.size(), "row") + " add up to " +
                 number_words(sum, cells.decimals) + "%; rounding leaves at most " +
                 number_words(half, std::max(1, cells.decimals)) + " points");
    }

    // -- people, over all tables

    /// The column of rates, and the row's name as it is compared. Rates of two periods may be on two counts
    /// of people.
    using Key = std::pair<std::string, std::string>;
    static constexpr std::string_view whole_key = "\n";  // no folded name

    struct Implied {
        std::size_t group = 0;
        std::size_t row = 0;
        const AuditRate* rate = nullptr;
        ValueRange people{};
    };

    /// The range that most of them share, and how many do.
    static std::pair<ValueRange, std::size_t> shared_by_most(const std::vector<Implied>& all) {
        ValueRange best{0, infinity};
        std::size_t most = 0;
        for (const Implied& start : all) {
            const double at = start.people.lower;
            ValueRange range{0, infinity};
            std::size_t n = 0;
            for (const Implied& one : all) {
                if (!overlap(one.people, {at, at})) continue;
                ++n;
                range = {std::max(range.lower, one.people.lower), std::min(range.upper, one.people.upper)};
            }
            if (n > most) {
                most = n;
                best = range;
            }
        }
        return {best, most};
    }

    std::string group_words(std::size_t group) const {
        std::string out;
        for (const auto& [name, value] : options_.groups[group].values)
            out += (out.empty() ? "" : ", ") + on_one_line(value);
        return out.empty() ? "the table" : out;
    }

    void populations() {
        for (const AuditRate& rate : options_.columns.rates) populations(rate.rate);
    }

    void populations(const std::string& rate) {
        ValueRange all_rows;
        std::size_t bounded = 0;
        std::optional<ValueRange> whole;
        for (const Key& key : keys_) {
            if (key.first != rate) continue;
            const std::vector<Implied>& all = implied_[key];
            const auto [people, agree] = shared_by_most(all);
            const bool is_whole = key.second == whole_key;
            if (agree < all.size()) disagree(all, people, agree);
            if (is_whole) {
                whole = people;
            } else {
                all_rows.lower += people.lower;
                all_rows.upper += people.upper;
                ++bounded;
            }
            out_.populations.push_back({names_[all.front().row], rate, people.lower, people.upper, agree,
                                        all.size() - agree, is_whole});
        }
        if (!whole || bounded < rows_everywhere()) return;
        ++out_.statements;
        if (overlap(*whole, all_rows)) return;
        const Implied& first = implied_[{rate, std::string(whole_key)}].front();
        group_ = first.group;
        find(AuditCheck::population_total, first.row, rate, range_words(*whole, 0), range_words(all_rows, 0),
             whole->lower > all_rows.upper ? whole->lower - all_rows.upper : whole->upper - all_rows.lower,
             "the total's rates imply " + range_words(*whole, 0) + " people, those of the rows " +
                 range_words(all_rows, 0));
    }

    /// Different rows that are no totals.
    std::size_t rows_everywhere() const {
        std::vector<std::string> keys;
        for (const AuditGroup& group : options_.groups) {
            for (const std::size_t row : group.rows) {
                if (!is_total_name(names_[row])) keys.push_back(fold_name(names_[row]));
            }
        }
        std::sort(keys.begin(), keys.end());
        return static_cast<std::size_t>(std::unique(keys.begin(), keys.end()) - keys.begin());
    }

    void disagree(const std::vector<Implied>& all, const ValueRange& people, std::size_t agree) {
        const bool majority = 2 * agree > all.size();
        for (const Implied& one : all) {
            if (majority && overlap(one.people, people)) continue;
            if (!majority && &one != &all.front()) continue;
            group_ = one.group;
            const std::string& rate = one.rate->rate;
            const int decimals = column(rate).decimals;
            const double given = *printed(rate, one.row);
            const double events = *printed(one.rate->count, one.row);
            std::string what = plain(one.rate->count, events) + " at " + number_words(given, decimals) +
                               " per " + number_words(options_.per, 0) + " implies " +
                               range_words(one.people, 0) + " people";
            if (!majority) {
                std::vector<std::string> others;
                for (const Implied& other : all) {
                    if (&other != &one)
                        others.push_back(group_words(other.group) + ": " + range_words(other.people, 0));
                }
                find(AuditCheck::population, one.row, rate, number_words(given, decimals), "", std::nan(""),
                     what + "; other tables imply other numbers (" + listed(others) + ")");
                continue;
            }
            const ValueRange right{options_.per * events / people.upper,
                                   options_.per * events / people.lower};
            AuditFinding& finding =
                find(AuditCheck::population, one.row, rate, number_words(given, decimals),
                     range_words(right, decimals), distance(right, given),
                     what + "; " + std::to_string(agree) + " other " +
                         (agree == 1 ? "rate implies " : "rates imply ") + range_words(people, 0));
            for (const std::string& name : options_.columns.counts) {
                if (name == one.rate->count) continue;
                const auto other = printed(name, one.row);
                if (other && *other > 0 &&
                    can_print_as({options_.per * *other / people.upper, options_.per * *other / people.lower},
                                 given, decimals)) {
                    finding.explanation = "it is the rate of " + name + " (" + plain(name, *other) + ")";
                }
            }
        }
    }

    const Table& table_;
    const AuditOptions& options_;
    std::map<std::string, PrintedColumn> columns_{};
    std::vector<std::string> names_{};
    std::size_t group_ = 0;
    std::vector<std::size_t> rows_{};
    std::optional<std::size_t> total_{};
    std::vector<Key> keys_{};  ///< of `implied_`, in order of appearance
    std::map<Key, std::vector<Implied>> implied_{};
    AuditResult out_{};
};

}  // namespace

std::string_view name_of(AuditCheck check) noexcept {
    switch (check) {
        case AuditCheck::number:
            return "number";
        case AuditCheck::change:
            return "change";
        case AuditCheck::change_pct:
            return "change_pct";
        case AuditCheck::row_total:
            return "row_total";
        case AuditCheck::total:
            return "total";
        case AuditCheck::share:
            return "share";
        case AuditCheck::share_sum:
            return "share_sum";
        case AuditCheck::rate:
            return "rate";
        case AuditCheck::population:
            return "population";
        case AuditCheck::population_total:
            return "population_total";
        case AuditCheck::text_change_pct:
            return "text_change_pct";
    }
    return "";
}

std::string_view words_of(AuditCheck check) noexcept {
    switch (check) {
        case AuditCheck::number:
            return "cells of numbers that hold none";
        case AuditCheck::change:
            return "changes that are not later minus earlier";
        case AuditCheck::change_pct:
            return "changes in percent that do not follow from the counts";
        case AuditCheck::row_total:
            return "sums of a row that are not the sum of its counts";
        case AuditCheck::total:
            return "totals that are not the sum of the rows";
        case AuditCheck::share:
            return "shares that do not follow from the counts";
        case AuditCheck::share_sum:
            return "shares that do not add up to 100%";
        case AuditCheck::rate:
            return "rates that do not follow from count and population";
        case AuditCheck::population:
            return "rates that imply other people than the other tables";
        case AuditCheck::population_total:
            return "totals that imply other people than the rows together";
        case AuditCheck::text_change_pct:
            return "changes in the text that are not those of the total";
    }
    return "";
}

AuditResult audit(const Table& table, const AuditOptions& options) {
    if (!(options.per > 0) || !std::isfinite(options.per))
        throw UsageError("rates are for a number of people above 0", {}, "give --per 100000");
    if (!(options.counts_rounded_to >= 0) || !std::isfinite(options.counts_rounded_to))
        throw UsageError("counts are rounded to a whole number above 0", {}, "give --counts-rounded-to 5");
    return Auditor(table, options).run();
}

}  // namespace wardmap
