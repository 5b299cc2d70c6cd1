#include "output_options.hpp"

#include "wardmap/base/suggest.hpp"
#include "wardmap/io/write_table.hpp"
#include "wardmap/report/project.hpp"
#include "wardmap/report/table_file.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>

namespace wardmap {

void TableOutput::add_options(CLI::App& app) {
    app.add_flag("--round", round, "Round as the published tables do, halves away from zero")
        ->group("Table out");
    app.add_option("--wide", wide, "Spread this column: one column for each of its values")
        ->type_name("COLUMN")
        ->group("Table out");
    app.add_option("--template", template_file, "A Word document whose styles and page a .docx takes")
        ->type_name("FILE.docx")
        ->group("Table out");
}

std::int64_t time_of_creation() {
    std::int64_t seconds = WriteTableOptions{}.created;
    if (const char* epoch = std::getenv("SOURCE_DATE_EPOCH")) {
        const std::string_view text(epoch);
        std::int64_t given = 0;
        const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), given);
        if (failed == std::errc{} && end == text.data() + text.size()) seconds = given;
    }
    return seconds;
}

void TableOutput::write(const Table& table, Session& session) const {
    const TableFileOptions file_options{{.precision = round ? Precision::published : Precision::full,
                                         .wide = wide,
                                         .created = time_of_creation()},
                                        template_file};
    const WriteTableOptions& options = file_options.table;
    for (const std::string& path : session.outputs) {
        if (path != "-") check_table_file(path);
    }
    if (session.outputs.empty()) return session.write_stdout(table_csv(table, options));
    for (const std::string& path : session.outputs) {
        if (path == "-") {
            session.write_stdout(table_csv(table, options));
            continue;
        }
        for (const WrittenFile& file : write_table_file(path, table, file_options, session.overwrite())) {
            session.log.output(file.path.string(), file.bytes);
        }
        session.say("wrote " + path);
    }
}

void SmallNumbersInput::add_options(CLI::App& app) {
    app.add_option("--small-numbers", rule,
                   "none, under:5, or under:5,round:5: small counts and what would reveal them are withheld")
        ->type_name("RULE");
}

SmallNumberRule SmallNumbersInput::parsed() const {
    return parse_small_numbers(rule);
}

std::string fill_pattern(const std::string& pattern,
                         std::span<const std::pair<std::string, std::string>> values) {
    std::string out;
    std::vector<std::string> names, used;
    for (const auto& [name, value] : values) names.push_back(name);
    for (std::size_t at = 0; at < pattern.size();) {
        const std::size_t open = pattern.find('{', at);
        const std::size_t close = open == std::string::npos ? open : pattern.find('}', open);
        if (close == std::string::npos) {
            out += pattern.substr(at);
            break;
        }
        out += pattern.substr(at, open - at);
        const std::string wanted = pattern.substr(open + 1, close - open - 1);
        bool found = false;
        for (const auto& [name, value] : values) {
            if (name == wanted) {
                out += id_from(value);
                used.push_back(name);
                found = true;
            }
        }
        if (!found)
            throw UsageError("'" + pattern + "' names {" + wanted + "}, which is no column of --by", {},
                             did_you_mean(wanted, names));
        at = close + 1;
    }
    for (const std::string& name : names) {
        if (std::find(used.begin(), used.end(), name) == used.end()) {
            throw UsageError("--by " + name + " makes several results, and '" + pattern + "' is one file", {},
                             "write {" + name + "} into the file's name: -o 'out/{" + name + "}.svg'");
        }
    }
    return out;
}

}  // namespace wardmap
