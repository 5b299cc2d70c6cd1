#include "wardmap/report/audit_call.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/letter_case.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/base/period.hpp"
#include "wardmap/report/chart_call.hpp"
#include "wardmap/report/row_groups.hpp"
#include "wardmap/table/cell_text.hpp"
#include "wardmap/table/read_numbers.hpp"
#include "wardmap/table/select_rows.hpp"
#include "wardmap/table/total_row.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <set>

namespace wardmap {
namespace {

using Strings = std::vector<std::string>;

/// "Rate per 100,000 (2022)" -> " rate per 100000 2022 ": words between single blanks.
std::string heading_words(std::string_view name) {
    std::string out = " ";
    for (std::size_t at = 0; at < name.size(); ++at) {
        const char c = name[at];
        const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                               c == '%' || static_cast<unsigned char>(c) >= 0x80;
        if (c == ',') continue;
        if (is_letter) {
            out += c;
        } else if (out.back() != ' ') {
            out += ' ';
        }
        if (c == '%') out += ' ';
    }
    if (out.back() != ' ') out += ' ';
    return lower_ascii(out);
}

bool says(const std::string& words, std::initializer_list<const char*> any) {
    return std::any_of(any.begin(), any.end(), [&](const char* word) {
        return words.find(" " + std::string(word)) != std::string::npos;
    });
}

/// 100,000 of "rate_per_100k", 1,000 of "per 1,000 people"; 0 if the heading does not say.
double per_of(const std::string& words) {
    const std::size_t at = words.find(" per ");
    if (at == std::string::npos) return 0;
    std::string digits;
    std::size_t i = at + 5;
    for (; i < words.size() && words[i] >= '0' && words[i] <= '9'; ++i) digits += words[i];
    if (digits.empty() || digits.size() > 9) return 0;
    double per = std::stod(digits);
    if (i < words.size() && words[i] == 'k') per *= 1000;
    if (i < words.size() && words[i] == 'm') per *= 1000000;
    return per;
}

bool names_a_total(const Column& column) {
    if (!column.is_text()) return false;
    const auto texts = column.texts();
    return std::any_of(texts.begin(), texts.end(),
                       [](const std::string& text) { return is_total_name(on_one_line(text)); });
}

class Reader {
public:
    explicit Reader(const AuditRequest& request) : asked_(request), table_(request.table) {}

    AuditOptions options() {
        out_.counts_rounded_to = asked_.counts_rounded_to;
        out_.text_changes_pct = asked_.text_changes_pct;
        find_name();
        find_groups();
        find_columns();
        say_columns();
        return std::move(out_);
    }
    Strings guesses{};
    Strings by{};

private:
    Where here() const { return {.file = table_.origin().file, .layer = table_.origin().sheet}; }

    void find_name() {
        std::string& name = out_.columns.name;
        if (!asked_.name_column.empty()) {
            name = table_.column(asked_.name_column).name();
            return;
        }
        for (const Column& column : table_.columns()) {
            if (name.empty() && !is_by(column.name()) && names_a_total(column)) name = column.name();
        }
        if (name.empty()) {
            name = area_name_column(table_, {});
            const bool is_first = name == first_text();  // found by no name of its own
            if (is_first && asked_.by.empty() && !names_differ(row_groups(table_, {})))
                name = most_different();
        }
        guesses.push_back("column that names the rows: " + name);
    }

    std::string first_text() const {
        for (const Column& column : table_.columns()) {
            if (column.is_text() && !looks_numeric(column)) return column.name();
        }
        return {};
    }

    /// The column of text with the most different values: of several that repeat, what names the rows.
    std::string most_different() const {
        std::string name;
        std::size_t most = 0;
        for (const Column& column : table_.columns()) {
            if (!column.is_text() || looks_numeric(column)) continue;
            const std::size_t n = distinct_values(table_, column.name()).size();
            if (n > most) {
                most = n;
                name = column.name();
            }
        }
        return name;
    }

    bool is_by(const std::string& name) const {
        return std::find(asked_.by.begin(), asked_.by.end(), name) != asked_.by.end();
    }

    bool names_differ(const std::vector<RowGroup>& groups) const {
        const Column& names = table_.column(out_.columns.name);
        for (const RowGroup& group : groups) {
            std::set<std::string> seen;
            for (const std::size_t row : group.rows) {
                const std::string text = on_one_line(text_of_cell(names, row));
                if (!text.empty() && !seen.insert(text).second) return false;
            }
        }
        return true;
    }

    void find_groups() {
        for (const std::string& name : asked_.by) by.push_back(table_.column(name).name());
        std::vector<RowGroup> groups = row_groups(table_, by);
        if (by.empty() && !names_differ(groups)) {
            for (const Column& column : table_.columns()) {
                if (column.is_text() && column.name() != out_.columns.name && !looks_numeric(column) &&
                    !names_only_rows(column))
                    by.push_back(column.name());
            }
            groups = row_groups(table_, by);
            if (names_differ(groups)) {
                std::string all;
                for (const std::string& name : by) all += (all.empty() ? "" : ", ") + name;
                guesses.push_back("one table for each value of: " + all);
            }
        }
        if (!names_differ(groups)) throw_twice(groups);
        for (RowGroup& group : groups) out_.groups.push_back({group.values, std::move(group.rows)});
    }

    /// A code beside the name makes no tables: it differs wherever the name does.
    bool names_only_rows(const Column& column) const {
        const Column& names = table_.column(out_.columns.name);
        std::map<std::string, std::string> name_of;
        std::size_t repeated = 0;
        for (std::size_t row = 0; row < table_.row_count(); ++row) {
            const auto [entry, is_new] = name_of.emplace(column.text(row), text_of_cell(names, row));
            if (!is_new && entry->second != text_of_cell(names, row)) ++repeated;
        }
        return repeated == 0;
    }

    [[noreturn]] void throw_twice(const std::vector<RowGroup>& groups) const {
        const Column& names = table_.column(out_.columns.name);
        for (const RowGroup& group : groups) {
            std::map<std::string, std::size_t> seen;
            for (const std::size_t row : group.rows) {
                const std::string text = on_one_line(text_of_cell(names, row));
                const auto [entry, is_new] = seen.emplace(text, row);
                if (is_new || text.empty()) continue;
                const Where first = table_.where(entry->second);
                throw InputError(
                    "'" + text + "' has two rows" +
                        (first.row ? ", the first is row " + std::to_string(*first.row) : ""),
                    table_.where(row, names.name()),
                    "name the columns that make one table of many with --by COLUMN, or the one that "
                    "names the rows with --area COLUMN");
            }
        }
        throw InputError("two rows have one name", here());
    }

    std::string given(const std::string& name) const {
        return name.empty() ? name : table_.column(name).name();
    }

    void find_columns() {
        AuditColumns& c = out_.columns;
        c.change = given(asked_.change);
        c.change_pct = given(asked_.change_pct);
        c.row_total = given(asked_.row_total);
        c.share = given(asked_.share);
        c.population = given(asked_.population);
        for (const std::string& name : asked_.counts) c.counts.push_back(given(name));
        std::set<std::string> taken{c.name, c.change, c.change_pct, c.row_total, c.share, c.population};
        taken.insert(c.counts.begin(), c.counts.end());
        for (const std::string* name : {&asked_.from, &asked_.to, &asked_.rate}) taken.insert(given(*name));
        taken.insert(by.begin(), by.end());
        Strings rates;
        if (!asked_.rate.empty()) rates.push_back(given(asked_.rate));
        Strings others, totals;
        for (const Column& column : table_.columns()) {
            const std::string& name = column.name();
            if (taken.count(name) != 0 || (column.is_text() && !looks_numeric(column))) continue;
            const std::string words = heading_words(name);
            const bool is_pct = says(words, {"pct ", "% ", "percent", "per cent"}) || column.unit() == "%";
            if (says(words, {"lower", "upper", "limit", "ci ", "ratio", "p value", "rank", "decile", "code",
                             "lci", "uci", "also"}))
                continue;
            if (says(words, {"change", "difference", "diff ", "growth"})) {
                std::string& into = is_pct ? c.change_pct : c.change;
                if (into.empty()) into = name;
            } else if (says(words, {"rate", "per 1", "crude"})) {
                if (asked_.rate.empty()) rates.push_back(name);
            } else if (says(words, {"share", "proportion"}) || (is_pct && says(words, {"of "}))) {
                if (c.share.empty()) c.share = name;
            } else if (says(words, {"population", "people", "residents", "persons", "all ages"})) {
                if (c.population.empty()) c.population = name;
            } else if (says(words, {"total ", "sum ", "all ", "all years", "all periods"}) && !is_pct) {
                totals.push_back(name);
            } else if (!is_pct) {
                others.push_back(name);
            }
        }
        find_counts(others);
        if (c.row_total.empty() && totals.size() == 1 && c.counts.size() > 1) c.row_total = totals.front();
        find_compared();
        for (const std::string& name : rates) c.rates.push_back({name, count_of_rate(name)});
        std::erase_if(c.rates, [](const AuditRate& rate) { return rate.count.empty(); });
        find_per();
        const bool compares = (!c.before.empty() && (!c.change.empty() || !c.change_pct.empty())) ||
                              !c.share.empty() || !c.row_total.empty() || !c.rates.empty();
        const bool sums = !c.counts.empty() && names_a_total(table_.column(c.name));
        if (!compares && !sums) {
            std::string all;
            for (const std::string& name : table_.names()) all += (all.empty() ? "" : ", ") + name;
            throw InputError(
                "nothing in the table can be compared with anything else in it", here(),
                "name its columns: --from and --to (counts), --change, --change-pct, --rate, --share, "
                "--population-column; the columns are " +
                    all);
        }
    }

    /// The counts: columns named as periods, else count_before and count_after, else all that are left.
    void find_counts(const Strings& others) {
        AuditColumns& c = out_.columns;
        if (!c.counts.empty()) return;
        Strings named;
        for (const std::string* name : {&asked_.from, &asked_.to}) {
            if (!name->empty()) named.push_back(given(*name));
        }
        std::vector<std::pair<Period, std::string>> periods;
        for (const std::string& name : others) {
            if (const auto period = period_of(name)) periods.emplace_back(*period, name);
        }
        if (named.size() == 2 || (named.size() == 1 && periods.empty())) {
            c.counts = named;
            for (const auto& [period, name] : periods) c.counts.push_back(name);
            return;
        }
        std::stable_sort(periods.begin(), periods.end(), [](const auto& a, const auto& b) {
            return std::pair(a.first.year, a.first.month) < std::pair(b.first.year, b.first.month);
        });
        for (const auto& [period, name] : periods) c.counts.push_back(name);
        c.counts.insert(c.counts.end(), named.begin(), named.end());
        if (c.counts.empty()) c.counts = others;
    }

    /// A heading is a period, or holds one behind its first words: "offences 2021/22".
    static std::optional<Period> period_of(const std::string& name) {
        if (auto period = parse_period(name)) return period;
        for (std::size_t at = name.find_first_of(" _"); at != std::string::npos;
             at = name.find_first_of(" _", at + 1)) {
            if (auto period = parse_period(std::string_view(name).substr(at + 1))) return period;
        }
        return std::nullopt;
    }

    void find_compared() {
        AuditColumns& c = out_.columns;
        c.before = given(asked_.from);
        c.after = given(asked_.to);
        if (c.after.empty() && !c.counts.empty()) c.after = c.counts.back();
        if (c.before.empty() && c.counts.size() > 1) {
            for (std::size_t i = c.counts.size(); i-- > 0 && c.before.empty();) {
                if (c.counts[i] == c.after && i > 0) c.before = c.counts[i - 1];
            }
            if (c.before.empty()) c.before = c.counts.front() == c.after ? std::string() : c.counts.front();
        }
    }

    /// "rate_before", "rate 2021": the counts of the same period; else the later ones.
    std::string count_of_rate(const std::string& rate) const {
        const AuditColumns& c = out_.columns;
        if (rate == given(asked_.rate) && !asked_.rate.empty()) return c.after;
        const std::string words = heading_words(rate);
        if (says(words, {"before", "earlier", "previous"})) return c.before;
        if (const auto period = period_of(rate)) {
            for (const std::string& name : c.counts) {
                const auto other = period_of(name);
                if (other && other->year == period->year && other->month == period->month) return name;
            }
        }
        return c.after;
    }

    void find_per() {
        out_.per = asked_.per;
        if (out_.per != 0 || out_.columns.rates.empty()) {
            if (out_.per == 0) out_.per = 100000;
            return;
        }
        for (const AuditRate& rate : out_.columns.rates) {
            for (const std::string& text : {rate.rate, table_.column(rate.rate).unit()}) {
                if (out_.per == 0) out_.per = per_of(heading_words(text));
            }
        }
        if (out_.per == 0) out_.per = table_.meta().per;
        if (out_.per == 0) out_.per = 100000;
        guesses.push_back("rates are per " + with_thousands(out_.per, 0));
    }

    void say_columns() {
        const AuditColumns& c = out_.columns;
        std::string line;
        const auto add = [&](const std::string& what, const std::string& name) {
            if (!name.empty()) line += (line.empty() ? "" : "; ") + what + " " + name;
        };
        std::string all;
        for (const std::string& name : c.counts) all += (all.empty() ? "" : ", ") + name;
        add("counts", all);
        if (!c.before.empty() && (!c.change.empty() || !c.change_pct.empty()))
            add("change", c.before + " to " + c.after + " in " + c.change +
                              (c.change.empty() || c.change_pct.empty() ? "" : ", ") + c.change_pct);
        for (const AuditRate& rate : c.rates) add("rate", rate.rate + " of " + rate.count);
        add("share", c.share);
        add("sum of the row", c.row_total);
        add("people", c.population);
        guesses.push_back("columns: " + line);
    }

    const AuditRequest& asked_;
    const Table& table_;
    AuditOptions out_{};
};

Table findings_table(const AuditRequest& request, const AuditOptions& options, const AuditResult& result,
                     const Strings& by) {
    constexpr std::array own{"row_name",   "check",   "column",      "printed", "expected",
                             "difference", "finding", "explanation", "file_row"};
    std::vector<Column> columns;
    for (std::size_t i = 0; i < by.size(); ++i) {
        Strings cells;
        for (const AuditFinding& finding : result.findings)
            cells.push_back(on_one_line(options.groups[finding.group].values[i].second));
        std::string name = by[i];
        while (std::any_of(own.begin(), own.end(), [&](const char* taken) { return name == taken; }) ||
               std::any_of(columns.begin(), columns.end(), [&](const Column& c) { return c.name() == name; }))
            name = "by_" + name;
        columns.push_back(Column::text(name, std::move(cells)));
    }
    const auto text = [&](const char* name, auto&& of) {
        Strings cells;
        for (const AuditFinding& finding : result.findings) cells.push_back(of(finding));
        columns.push_back(Column::text(name, std::move(cells)));
    };
    text("row_name", [](const AuditFinding& f) { return f.name; });
    text("check", [](const AuditFinding& f) { return std::string(name_of(f.check)); });
    text("column", [](const AuditFinding& f) { return f.column; });
    text("printed", [](const AuditFinding& f) { return f.printed; });
    text("expected", [](const AuditFinding& f) { return f.expected; });
    std::vector<double> differences, rows;
    for (const AuditFinding& finding : result.findings) {
        differences.push_back(finding.difference);
        const auto row = request.table.where(finding.row).row;
        rows.push_back(row ? static_cast<double>(*row) : static_cast<double>(finding.row + 1));
    }
    columns.push_back(Column::numbers("difference", std::move(differences)));
    text("finding", [](const AuditFinding& f) { return f.what; });
    text("explanation", [](const AuditFinding& f) { return f.explanation; });
    columns.push_back(Column::numbers("file_row", std::move(rows)));
    TableMeta meta;
    meta.title = "What the table says against itself";
    meta.source = request.table.meta().source;
    return Table(std::move(columns), std::move(meta));
}

Table populations_table(const AuditResult& result) {
    Strings names, rates;
    std::vector<double> lower, upper, agree, others;
    for (const ImpliedPopulation& one : result.populations) {
        names.push_back(one.name);
        rates.push_back(one.rate);
        lower.push_back(one.lower);
        upper.push_back(std::isfinite(one.upper) ? one.upper : std::nan(""));
        agree.push_back(static_cast<double>(one.tables));
        others.push_back(static_cast<double>(one.others));
    }
    TableMeta meta;
    meta.title = "People that the rates imply";
    return Table({Column::text("row_name", std::move(names)), Column::text("rate", std::move(rates)),
                  Column::numbers("population_lower", std::move(lower), "people"),
                  Column::numbers("population_upper", std::move(upper), "people"),
                  Column::numbers("rates_agreeing", std::move(agree)),
                  Column::numbers("rates_not_agreeing", std::move(others))},
                 std::move(meta));
}

std::string summary_of(const AuditRequest& request, const AuditOptions& options, const AuditResult& result) {
    std::string out = counted(request.table.row_count(), "row") + " in " +
                      counted(options.groups.size(), "table") + ", " +
                      counted(result.statements, "statement") + " compared: ";
    out += result.findings.empty() ? "all agree" : counted(result.findings.size(), "finding");
    if (result.without_total > 0)
        out += "; " + counted(result.without_total, "table") + " without a total row";
    if (result.withheld > 0)
        out += "; " + counted(result.withheld, "cell") +
               " withheld or missing, what needs them was not compared";
    return out + ". A printed number agrees with every value that rounds to it, halves away from zero.";
}

}  // namespace

AuditReport audit_table(const AuditRequest& request) {
    if (request.table.row_count() == 0) {
        throw InputError("the table has no rows",
                         {.file = request.table.origin().file, .layer = request.table.origin().sheet});
    }
    Reader reader(request);
    const AuditOptions options = reader.options();
    AuditReport out;
    out.guesses = reader.guesses;
    out.result = audit(request.table, options);
    out.findings = findings_table(request, options, out.result, reader.by);
    out.populations = populations_table(out.result);
    for (const AuditFinding& finding : out.result.findings) {
        out.problems.add(Severity::problem, "audit_" + std::string(name_of(finding.check)),
                         words_of(finding.check),
                         {.file = request.table.origin().file, .layer = request.table.origin().sheet},
                         finding.name + ": " + finding.what);
    }
    out.summary = summary_of(request, options, out.result);
    return out;
}

}  // namespace wardmap
