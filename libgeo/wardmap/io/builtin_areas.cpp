#include "wardmap/io/builtin_areas.hpp"

#include "wardmap/base/data_folder.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/io/input_file.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <cctype>

namespace wardmap {
namespace {

bool same_without_case(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
        return std::tolower(static_cast<unsigned char>(x)) == std::tolower(static_cast<unsigned char>(y));
    });
}

BuiltinAreas entry_of(const toml::table& entry, const std::filesystem::path& folder,
                      const std::string& file) {
    const auto text = [&](const char* key) { return entry[key].value_or(std::string{}); };
    BuiltinAreas out;
    out.name = text("name");
    for (const char* key : {"name", "file", "code", "crs", "source"}) {
        if (text(key).empty()) {
            throw InputError("the set '" + out.name + "' lacks the key '" + key + "'", {.file = file});
        }
    }
    out.path = (folder / text("file")).string();
    out.areas = static_cast<std::size_t>(std::max<std::int64_t>(entry["areas"].value_or(std::int64_t{0}), 0));
    out.code = text("code");
    out.area_name = text("area_name");
    out.parent = text("parent");
    out.crs = text("crs");
    out.whole = text("whole");
    out.noun = entry["noun"].value_or(std::string("area"));
    out.vintage = text("vintage");
    out.source = text("source");
    out.licence = text("licence");
    out.recipe = text("recipe");
    out.sha256 = text("sha256");
    if (const toml::array* lines = entry["attribution"].as_array()) {
        for (const toml::node& line : *lines) out.attribution.push_back(line.value_or(std::string{}));
    }
    return out;
}

}  // namespace

std::vector<BuiltinAreas> builtin_areas() {
    const std::filesystem::path folder = data_folder() / "boundaries";
    const std::string file = (folder / "catalogue.toml").string();
    std::vector<BuiltinAreas> out;
    try {
        const toml::table catalogue = toml::parse(read_input(file), file);
        if (const toml::array* sets = catalogue["set"].as_array()) {
            for (const toml::node& set : *sets) {
                if (const toml::table* entry = set.as_table()) out.push_back(entry_of(*entry, folder, file));
            }
        }
    } catch (const toml::parse_error& error) {
        throw InputError("the catalogue cannot be read: " + std::string(error.description()),
                         {.file = file, .row = error.source().begin.line});
    }
    return out;
}

std::optional<BuiltinAreas> find_builtin_areas(std::string_view name) {
    for (BuiltinAreas& set : builtin_areas()) {
        if (same_without_case(set.name, name)) return std::move(set);
    }
    return std::nullopt;
}

}  // namespace wardmap
