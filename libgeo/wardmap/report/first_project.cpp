#include "wardmap/report/first_project.hpp"

#include "wardmap/area/match.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/base/letter_case.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/base/period.hpp"
#include "wardmap/event/period_request.hpp"
#include "wardmap/figure/named_rows.hpp"
#include "wardmap/io/builtin_areas.hpp"
#include "wardmap/io/event_columns.hpp"
#include "wardmap/io/read_areas.hpp"
#include "wardmap/io/read_table.hpp"
#include "wardmap/report/indicator_call.hpp"
#include "wardmap/report/project.hpp"
#include "wardmap/report/row_groups.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

namespace wardmap {
namespace {

constexpr std::size_t most_groups = 60;  // tables of one file: more would be no report

std::string toml_text(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + "\"";
}

std::string toml_list(const std::vector<std::string>& texts) {
    std::string out;
    for (const std::string& text : texts) out += (out.empty() ? "" : ", ") + toml_text(text);
    return "[" + out + "]";
}

/// key = value, with what there is to say of it behind.
std::string line(std::string_view key, const std::string& value, std::string_view remark = {}) {
    std::string out = std::string(key) + " = " + value;
    if (!remark.empty())
        out += std::string(out.size() < 40 ? 40 - out.size() : 2, ' ') + "# " + std::string(remark);
    return out + "\n";
}

/// Columns called like periods, the oldest first.
std::vector<std::string> period_columns(const Table& table) {
    std::vector<std::pair<MonthRange, std::string>> found;
    for (const Column& column : table.columns()) {
        const auto period = parse_period(column.name());
        if (period && holds_numbers(column)) found.emplace_back(months_of(*period), column.name());
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const auto& a, const auto& b) { return a.first.last < b.first.last; });
    std::vector<std::string> out;
    for (auto& [months, name] : found) out.push_back(std::move(name));
    return out;
}

std::string stem_of(const std::string& path) {
    std::string stem = std::filesystem::path(path).stem().string();
    return stem.empty() ? "table" : stem;
}

std::string words_of(std::string text) {
    std::replace(text.begin(), text.end(), '_', ' ');
    std::replace(text.begin(), text.end(), '-', ' ');
    return lower_ascii(text);
}

/// "{marker}-{offence}"
std::string pattern(const std::vector<std::string>& by, std::string_view between,
                    const std::string& fallback) {
    std::string out;
    for (const std::string& column : by)
        out += (out.empty() ? "" : std::string(between)) + "{" + column + "}";
    return out.empty() ? fallback : out;
}

struct Input {
    std::string path{};
    Table table{};
    std::optional<Matched> matched{};  ///< rows are of areas
    std::vector<std::string> periods{};
};

class FirstProjectWriter {
public:
    explicit FirstProjectWriter(const FirstProjectRequest& request) : request_(request) {}

    FirstProject take() {
        read_inputs();
        choose_areas();
        std::string entries;
        for (Input& input : inputs_) entries += entry_of(input);
        for (const std::string& path : events_) entries += events_of(path);
        if (entries.empty() && population_.empty()) {
            throw InputError(
                "nothing could be made of any of these files", {},
                "a table needs a column of areas and two columns of counts called like their periods; "
                "'wardmap check' says what is in a file");
        }
        out_.text = head() + page_entry() + population_ + entries;
        out_.text_page = page_text();
        (void)parse_project(out_.text, request_.folder / "project.toml");
        return std::move(out_);
    }

private:
    void read_inputs() {
        for (const std::string& path : request_.inputs) {
            if (looks_like_events(path)) {
                events_.push_back(path);
                continue;
            }
            ReadTable read = read_table(path);
            for (const std::string& guess : read.guesses) out_.guesses.push_back(path + ": " + guess);
            inputs_.push_back({path, std::move(read.table)});
            inputs_.back().periods = period_columns(inputs_.back().table);
        }
    }

    static bool looks_like_events(const std::string& path) {
        if (path.find_first_of("*?") != std::string::npos || std::filesystem::is_directory(path)) return true;
        return event_names(header_names(path)).events;
    }

    static std::optional<Matched> match(const Table& table, const AreaSet& areas) {
        try {
            Matched matched = match_rows(table, areas);
            const MatchReport& report = matched.report;
            // By chance a few words may be names of areas.
            if ((report.by_code + report.by_name) * 2 < report.rows) return std::nullopt;
            return matched;
        } catch (const Error&) {
            return std::nullopt;  // no column of areas
        }
    }

    void choose_areas() {
        std::vector<std::string> names;
        if (!request_.areas.empty()) {
            names.push_back(request_.areas);
        } else {
            for (const BuiltinAreas& set : builtin_areas()) names.push_back(set.name);
        }
        std::size_t best = 0;
        for (const std::string& name : names) {
            const AreaSet areas = read_areas(name).areas;
            std::size_t rows = 0;
            for (const Input& input : inputs_) {
                const auto matched = match(input.table, areas);
                if (matched) rows += matched->report.by_code + matched->report.by_name;
            }
            if (!areas_ || rows > best) {
                areas_ = areas;
                areas_name_ = name;
                best = rows;
            }
        }
        if (request_.areas.empty()) {
            out_.guesses.push_back("areas: " + areas_name_ + ", the built-in set that fits " +
                                   (best == 0 ? "as well as any" : counted(best, "row")));
        }
        for (Input& input : inputs_) input.matched = match(input.table, *areas_);
    }

    std::string path_from_project(const std::string& path) const {
        std::error_code failed;
        const auto from = std::filesystem::relative(std::filesystem::absolute(path),
                                                    std::filesystem::absolute(request_.folder), failed);
        return (failed || from.empty() ? std::filesystem::absolute(path) : from).generic_string();
    }

    std::string head() const {
        const bool is_file = !find_builtin_areas(areas_name_).has_value();
        const std::string noun = areas_->noun();
        return "# A first project file: every line is a guess from the names of columns. Look at each, "
               "then\n#\n"
               "#   wardmap report project.toml -o out/report\n#\n# The next edition says what changed since "
               "the last one:\n#\n"
               "#   wardmap report project.toml -o out/next --previous out/report\n\n[report]\n" +
               first_line("title") + first_line("organisation") + first_line("edition") +
               line("areas", toml_text(is_file ? path_from_project(areas_name_) : areas_name_),
                    counted(areas_->size(), noun)) +
               line("small_numbers", toml_text("none"),
                    "\"under:5\" withholds counts of 1 to 4 and what reveals them") +
               first_line("summary") + "\n";
    }

    /// Commented out where no file is written beside the project.
    std::string page_entry() const {
        const bool is_there = !request_.text_page.empty();
        const std::string mark = is_there ? "" : "# ";
        const std::string file = is_there ? request_.text_page : "introduction.md";
        return "# Your own words, in Markdown; numbers are written as {" + first_area() +
               ".rate} and filled in.\n" + mark + "[[page]]\n" + mark +
               line("text", toml_text(file), "never written over") +
               "# before = \"quality\"                # id of the section it stands before; else it comes "
               "first\n"
               "# table = \"TABLE\"                   # where {Total.rate} looks; else in all tables\n\n";
    }

    std::string first_area() const { return areas_->size() == 0 ? "Total" : areas_->names()[0]; }

    std::string page_text() const {
        return "<!--\n"
               "Your own words. No program writes over this file. What stands between these marks is not "
               "printed;\n"
               "as long as nothing but headings stands outside them the page is left out.\n\n"
               "## A heading, **bold**, *italic*, [a link](https://example.org), lists with - or 1., tables "
               "with |\n\n"
               "Numbers come from the tables and are checked: {" +
               first_area() +
               ".rate}, {Total.change_pct}. Where several tables\n"
               "have them, say which: {TABLE/Total.rate}, TABLE.csv being a file in the report's tables/.\n"
               "A brace that is meant as one is written \\{.\n"
               "-->\n\n# Introduction\n\n";
    }

    static std::string first_line(std::string_view key) {
        const auto* found = std::find_if(first_words.begin(), first_words.end(),
                                         [&](const FirstWords& one) { return one.key == key; });
        return line(std::string(key), toml_text(std::string(found->words)));
    }

    std::string entry_of(Input& input) {
        if (input.table.find("rate_compared") != nullptr && input.table.find("quadrant") != nullptr) {
            out_.problems.add(
                Severity::problem, "not_used",
                "nothing was made of the table: 'wardmap indicators' made it, and a report does so "
                "itself; give the table of counts",
                {.file = input.path});
            return {};
        }
        std::string made;
        if (input.matched) {
            if (input.periods.empty() && take_people(input)) return {};
            if (input.periods.size() == 2) made = table_of(input);
            if (input.periods.size() > 2) made = finds_of(input);
        } else if (input.periods.size() == 2) {
            made = breakdown_of(input);
        }
        if (made.empty()) {
            std::string names;
            for (const std::string& name : input.table.names()) names += (names.empty() ? "" : ", ") + name;
            const std::string why = input.matched
                                        ? "it has no two columns called like periods (2021, yt_june_2022)"
                                        : "it has no column of areas, and no two called like periods";
            out_.problems.add(Severity::problem, "not_used", "nothing was made of the table: " + why,
                              {.file = input.path}, "its columns are " + names);
        }
        return made;
    }

    bool take_people(const Input& input) {
        if (!population_.empty()) return false;
        std::string column;
        try {
            column = population_column(input.table);
        } catch (const NameUnknown&) {
            return false;
        }
        std::string year = population_year(column);
        if (year.empty()) year = population_year(std::filesystem::path(input.path).filename().string());
        population_ = "[population]\n" + line("file", toml_text(path_from_project(input.path))) +
                      line("column", toml_text(column), "people of all ages") +
                      line("year", toml_text(year),
                           year.empty() ? "such as mid-2020: the tables print it" : "from its name") +
                      line("source", toml_text(""), "who published it") + "\n";
        out_.guesses.push_back("people: column " + column + " of " + input.path);
        return true;
    }

    /// Columns of text whose values part the rows so that each area (or row) comes once in a group; none that
    /// could be left out. Words before numbers: a printed figure's number says less than what it is of.
    std::vector<std::string> groups_of(const Input& input, const std::string& rows_by) const {
        const auto parted = [&](const std::vector<std::string>& columns) {
            std::vector<std::string> all = columns;
            all.push_back(rows_by);
            std::size_t rows = 0;
            for (const RowGroup& group : row_groups(input.table, all))
                rows = std::max(rows, group.rows.size());
            return rows <= 1;
        };
        std::vector<std::string> by;
        std::vector<std::string> to_try;  // to leave out, the likeliest first
        for (const Column& column : input.table.columns()) {
            if (column.name() == rows_by || holds_numbers(column)) continue;
            const auto groups = row_groups(input.table, std::vector<std::string>{column.name()});
            if (groups.size() < 2 || groups.size() > most_groups) continue;
            const bool numbered = std::all_of(groups.begin(), groups.end(), [](const RowGroup& group) {
                return group.values.front().second.find_first_of("0123456789") != std::string::npos;
            });
            to_try.insert(numbered ? to_try.begin() : to_try.end(), column.name());
            by.push_back(column.name());
        }
        if (!parted(by)) return {};
        for (const std::string& name : to_try) {
            std::vector<std::string> fewer = by;
            std::erase(fewer, name);
            if (parted(fewer)) by = fewer;
        }
        return by;
    }

    std::string free_id(const std::string& wished) {
        std::string id = wished;
        for (int n = 2; !ids_.insert(id).second; ++n) id = wished + "-" + std::to_string(n);
        return id;
    }

    void say(const Input& input, const std::string& what) {
        out_.guesses.push_back(input.path + ": " + what);
    }

    std::string measure_line(const Input& input, const std::vector<std::string>& by) const {
        return line("measure", toml_text(pattern(by, " ", words_of(stem_of(input.path)))),
                    "what was counted, in lower case: it stands in every title");
    }

    std::string table_of(const Input& input) {
        const std::string area = input.matched->report.column;
        const std::vector<std::string> by = groups_of(input, area);
        say(input, "counts by " + areas_->noun() + " in two periods" +
                       (by.empty() ? "" : ", a table for each value of " + by.front()));
        std::string out = "[[table]]\n" +
                          line("id", toml_text(free_id(pattern(by, "-", id_from(stem_of(input.path)))))) +
                          line("file", toml_text(path_from_project(input.path))) +
                          line("area", toml_text(area), input.matched->report.text()) +
                          line("from", toml_text(input.periods[0]), period_words(input.periods[0])) +
                          line("to", toml_text(input.periods[1]), period_words(input.periods[1]));
        if (!by.empty()) out += line("by", toml_list(by), "one table for each value");
        out += measure_line(input, by);
        if (by.size() > 1) out += line("chapter", toml_text("{" + by.front() + "}"));
        return out + line("unit", toml_text("offences"), "what is counted, in the plural") +
               line("source", toml_text(""), "who published it") + "\n";
    }

    std::string finds_of(const Input& input) {
        say(input,
            "counts by " + areas_->noun() + " in " + std::to_string(input.periods.size()) + " periods");
        return "[[finds]]\n" + line("id", toml_text(free_id(id_from(stem_of(input.path))))) +
               line("file", toml_text(path_from_project(input.path))) +
               line("area", toml_text(input.matched->report.column), input.matched->report.text()) +
               line("periods", toml_list(input.periods), "the oldest first") + measure_line(input, {}) +
               line("unit", toml_text("finds"), "what is counted, in the plural") +
               line("source", toml_text(""), "who published it") + "\n";
    }

    std::string breakdown_of(const Input& input) {
        // The rows are named by the column of text with the most different values.
        std::string row;
        std::size_t most = 0;
        for (const Column& column : input.table.columns()) {
            if (holds_numbers(column)) continue;
            const std::size_t values =
                row_groups(input.table, std::vector<std::string>{column.name()}).size();
            if (values > most) {
                most = values;
                row = column.name();
            }
        }
        if (row.empty()) return {};
        const std::vector<std::string> by = groups_of(input, row);
        say(input, "counts by " + row + ", which is no " + areas_->noun());
        std::string out = "[[breakdown]]\n" +
                          line("id", toml_text(free_id(pattern(by, "-", id_from(stem_of(input.path))) +
                                                       (by.empty() ? "" : "-" + id_from(row) + "s")))) +
                          line("file", toml_text(path_from_project(input.path))) +
                          line("row", toml_text(row), "what names the rows") +
                          line("from", toml_text(input.periods[0]), period_words(input.periods[0])) +
                          line("to", toml_text(input.periods[1]), period_words(input.periods[1]));
        if (!by.empty()) out += line("by", toml_list(by), "one table for each value");
        return out + measure_line(input, by) +
               line("unit", toml_text("offences"), "what is counted, in the plural") +
               line("source", toml_text(""), "who published it") + "\n";
    }

    std::string events_of(const std::string& path) {
        const bool is_file = std::filesystem::is_regular_file(path);
        const EventNames names = is_file ? event_names(header_names(path)) : EventNames{};
        const std::string id = free_id(id_from(stem_of(path)));
        out_.guesses.push_back(path + ": events" +
                               (names.kind.empty() ? "" : ", their kinds in " + names.kind));
        std::string out =
            "[[events]]\n" + line("id", toml_text(id)) + line("files", toml_text(path_from_project(path)));
        if (!names.date.empty()) out += line("date", toml_text(names.date));
        out += line("measure", toml_text(words_of(stem_of(path))), "what was counted, in lower case") +
               line("unit", toml_text("offences"), "what is counted, in the plural") +
               line("source", toml_text(""), "who published it") + "# Two periods make a table by " +
               areas_->noun() + ", with rates, change and maps; a kind makes one each.\n" +
               "# periods = [\"year-to:2021-06\", \"year-to:2022-06\"]\n";
        if (!names.kind.empty())
            out +=
                "# by = " + toml_text(names.kind) + "   # then id = \"{" + names.kind + "}\", measure too\n";
        return out + "\n[[months]]\n" + line("id", toml_text(free_id(id + "-months"))) +
               line("events", toml_text(id)) +
               line("draw", toml_list({"months"}), "also index, share (of a kind), season, hours") + "\n";
    }

    const FirstProjectRequest& request_;
    FirstProject out_{};
    std::vector<Input> inputs_{};
    std::vector<std::string> events_{};
    std::optional<AreaSet> areas_{};
    std::string areas_name_{};
    std::string population_{};
    std::set<std::string> ids_{};
};

}  // namespace

FirstProject first_project(const FirstProjectRequest& request) {
    return FirstProjectWriter(request).take();
}

}  // namespace wardmap
