#include "wardmap/report/edition.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/version.hpp"
#include "wardmap/io/csv_reader.hpp"
#include "wardmap/io/sha256.hpp"
#include "wardmap/io/table_metadata.hpp"
#include "wardmap/table/cell_text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <set>
#include <utility>

namespace wardmap {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr std::string_view schema_stem = "wardmap.log/";
constexpr int schema_read = 1;

std::optional<std::string> bytes_of(const fs::path& file) {
    std::error_code failed;
    if (!fs::is_regular_file(file, failed)) return std::nullopt;
    std::ifstream in(file, std::ios::binary);
    if (!in) return std::nullopt;
    return std::string(std::istreambuf_iterator<char>(in), {});
}

std::string text_at(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

/// \throws InputError if it is no manifest of a report that this program can read
Json parse_manifest(const std::string& bytes, const fs::path& file) {
    const Json json = Json::parse(bytes, nullptr, false);
    const std::string schema = json.is_object() ? text_at(json, "schema") : std::string{};
    const Where where{.file = file.string()};
    if (schema.rfind(schema_stem, 0) != 0) {
        throw InputError("this is not the manifest of a report", where,
                         "give the folder that an earlier 'wardmap report' wrote");
    }
    if (schema != std::string(schema_stem) + std::to_string(schema_read)) {
        throw InputError("the older report's manifest has the form " + schema + ", and wardmap " +
                             std::string(version) + " reads " + std::string(schema_stem) +
                             std::to_string(schema_read),
                         where, "make the new report with the program that made the older one, or a later");
    }
    if (text_at(json, "command") != "report") {
        throw InputError("this is the log of 'wardmap " + text_at(json, "command") + "', not of a report",
                         where, "give the folder that an earlier 'wardmap report' wrote");
    }
    if (!json.contains("outputs") || !json["outputs"].is_array())
        throw InputError("the manifest lists no files", where, "give the folder of a whole report");
    return json;
}

std::vector<LogInput> inputs_of(const Json& json) {
    std::vector<LogInput> out;
    const auto list = json.find("inputs");
    if (list == json.end() || !list->is_array()) return out;
    for (const Json& one : *list) {
        if (!one.is_object()) continue;
        const auto rows = one.find("rows");
        const bool counted = rows != one.end() && rows->is_number_unsigned();
        out.push_back(
            {text_at(one, "path"), text_at(one, "sha256"), counted ? rows->get<std::uint64_t>() : 0});
    }
    return out;
}

std::vector<LogParameter> parameters_of(const Json& json) {
    std::vector<LogParameter> out;
    const auto object = json.find("parameters");
    if (object == json.end() || !object->is_object()) return out;
    for (const auto& [name, value] : object->items()) {
        LogParameter one{name, {}};
        if (value.is_string()) one.values.push_back(value.get<std::string>());
        if (value.is_array()) {
            for (const Json& item : value) {
                if (item.is_string()) one.values.push_back(item.get<std::string>());
            }
        }
        out.push_back(std::move(one));
    }
    return out;
}

/// The file as it stands, every cell text: what was published, not what a reader of tables makes of it.
Table table_of_csv(const std::string& bytes, const std::string& file, const TableMeta& meta) {
    if (bytes.empty()) return Table({}, meta);
    const CsvGrid grid = read_csv(bytes, file);
    std::vector<std::vector<std::string>> columns(grid.cells.empty() ? 0 : grid.cells.front().size());
    for (std::size_t row = 1; row < grid.cells.size(); ++row) {
        if (grid.cells[row].empty()) continue;
        for (std::size_t i = 0; i < columns.size(); ++i)
            columns[i].push_back(i < grid.cells[row].size() ? grid.cells[row][i] : std::string{});
    }
    std::vector<Column> out;
    std::set<std::string> names;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const std::string& name = grid.cells.front()[i];
        if (!names.insert(name).second) continue;  // somebody's edit: the first of a name is ours
        out.push_back(Column::text(name, std::move(columns[i])));
    }
    return Table(std::move(out), meta);
}

TableMeta meta_beside(const fs::path& file) {
    const auto bytes = bytes_of(metadata_path(file));
    if (!bytes) return {};
    try {
        return parse_table_metadata(*bytes).meta;
    } catch (const InputError&) {
        return {};  // its hash differs from the manifest's, which is said
    }
}

class EditionReader {
public:
    EditionReader(const fs::path& folder, const Json& manifest) : folder_(folder), manifest_(manifest) {}

    Edition take() {
        out_.version = text_at(manifest_, "version");
        out_.inputs = inputs_of(manifest_);
        out_.parameters = parameters_of(manifest_);
        for (const LogParameter& one : out_.parameters) {
            if (one.name == "edition" && one.values.size() == 1) out_.name = one.values.front();
        }
        for (const Json& one : manifest_["outputs"]) {
            if (one.is_object()) hashes_.emplace_back(text_at(one, "path"), text_at(one, "sha256"));
        }
        for (const auto& [path, hash] : hashes_) {
            const fs::path file = fs::path(path).lexically_normal();
            if (file.is_absolute() || file.empty() || *file.begin() == "..") continue;
            if (file.parent_path() == "tables" && file.extension() == ".csv" &&
                file.stem() != fs::path(changes_id)) {
                table(file, hash);
            }
            if (file.parent_path() == "figures" && file.extension() == ".svg")
                out_.figures.push_back(file.stem().string());
        }
        return std::move(out_);
    }

private:
    void table(const fs::path& file, const std::string& hash) {
        EditionTable one;
        one.id = file.stem().string();
        const auto bytes = bytes_of(folder_ / file);
        if (!bytes) {
            one.file = TableFile::missing;
            out_.problems.add(Severity::problem, "previous_missing",
                              "a table of the older report is gone from its folder",
                              {.file = (folder_ / file).string()}, file.generic_string());
            out_.tables.push_back(std::move(one));
            return;
        }
        const std::string beside = metadata_path(file).generic_string();
        const auto meta_bytes = bytes_of(folder_ / beside);
        const bool same_meta = meta_bytes && is_as_listed(beside, *meta_bytes);
        if ((!hash.empty() && sha256_of(*bytes) != hash) || !same_meta) {
            one.file = TableFile::altered;
            out_.problems.add(Severity::problem, "previous_altered",
                              "a table of the older report was altered since it was made: its "
                              "fingerprint is not the one in manifest.json",
                              {.file = (folder_ / file).string()}, file.generic_string());
        }
        one.table = table_of_csv(*bytes, (folder_ / file).string(), meta_beside(folder_ / file));
        out_.tables.push_back(std::move(one));
    }

    bool is_as_listed(const std::string& path, const std::string& bytes) const {
        const auto found =
            std::find_if(hashes_.begin(), hashes_.end(), [&](const auto& one) { return one.first == path; });
        return found == hashes_.end() || found->second.empty() || found->second == sha256_of(bytes);
    }

    const fs::path& folder_;
    const Json& manifest_;
    std::vector<std::pair<std::string, std::string>> hashes_{};
    Edition out_{};
};

}  // namespace

Edition read_edition(const fs::path& folder) {
    if (!fs::is_directory(folder)) {
        throw FileMissing("there is no such folder", {.file = folder.string()},
                          "give the folder that an earlier 'wardmap report' wrote");
    }
    const fs::path file = folder / "manifest.json";
    const auto bytes = bytes_of(file);
    if (!bytes) {
        throw FileMissing("no report stands in this folder: it has no manifest.json",
                          {.file = folder.string()},
                          "give the folder that an earlier 'wardmap report' wrote");
    }
    const Json manifest = parse_manifest(*bytes, file);
    Edition out = EditionReader(folder, manifest).take();
    out.sha256 = sha256_of(*bytes);
    return out;
}

Edition edition_of(std::span<const NamedTable> tables, std::vector<std::string> figures, const RunLog& log) {
    Edition out;
    out.version = std::string(version);
    out.inputs = log.inputs;
    out.parameters = log.parameters;
    for (const LogParameter& one : out.parameters) {
        if (one.name == "edition" && one.values.size() == 1) out.name = one.values.front();
    }
    for (const NamedTable& one : tables) {
        std::vector<Column> columns;
        for (const Column& column : one.table.columns()) {
            std::vector<std::string> cells;
            for (std::size_t row = 0; row < column.size(); ++row) cells.push_back(text_of_cell(column, row));
            columns.push_back(Column::text(column.name(), std::move(cells)));
        }
        out.tables.push_back({one.name, Table(std::move(columns), one.table.meta()), {}});
    }
    out.figures = std::move(figures);
    return out;
}

}  // namespace wardmap
