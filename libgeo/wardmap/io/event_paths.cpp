#include "wardmap/io/event_paths.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/letter_case.hpp"
#include "wardmap/base/suggest.hpp"
#include "wardmap/io/input_file.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>
#include <string_view>
#include <system_error>
#include <utility>

namespace wardmap {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 16> event_endings{
    ".csv",  ".txt",  ".tsv", ".csv.gz", ".txt.gz", ".tsv.gz", ".zip",  ".geojson",
    ".json", ".gpkg", ".shp", ".fgb",    ".kml",    ".gml",    ".xlsx", ".ods"};

bool is_hidden(std::string_view name) {
    return name.starts_with('.');
}

bool has_wildcard(std::string_view text) {
    return text.find_first_of("*?") != text.npos;
}

/// True for what wardmap itself writes beside a table.
bool is_metadata(std::string_view name) {
    return lower_ascii(name).ends_with("-metadata.json");
}

bool has_event_ending(std::string_view name) {
    const std::string low = lower_ascii(name);
    return std::any_of(event_endings.begin(), event_endings.end(),
                       [&](std::string_view ending) { return low.ends_with(ending); });
}

/// One name against a pattern with * and ?; ? is one character of UTF-8.
bool matches(std::string_view name, std::string_view pattern) {
    std::size_t n = 0;
    std::size_t p = 0;
    std::size_t star = pattern.npos;
    std::size_t taken = 0;
    const auto past_character = [&](std::size_t at) {
        ++at;
        while (at < name.size() && (static_cast<unsigned char>(name[at]) & 0xC0U) == 0x80U) ++at;
        return at;
    };
    while (n < name.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            taken = n;
        } else if (p < pattern.size() && pattern[p] == '?') {
            ++p;
            n = past_character(n);
        } else if (p < pattern.size() && pattern[p] == name[n]) {
            ++p;
            ++n;
        } else if (star != pattern.npos) {
            p = star + 1;
            n = ++taken;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*') ++p;
    return p == pattern.size();
}

struct Entry {
    std::string name{};
    bool is_folder = false;
};

/// What lies in a folder, by name.
std::vector<Entry> entries_of(const fs::path& folder) {
    std::vector<Entry> entries;
    std::error_code failed;
    for (fs::directory_iterator at(folder.empty() ? fs::path(".") : folder, failed), end;
         !failed && at != end; at.increment(failed)) {
        std::error_code ignored;
        entries.push_back({at->path().filename().string(), at->is_directory(ignored)});
    }
    if (failed) {
        throw InputError("the folder cannot be read (" + failed.message() + ")", {.file = folder.string()},
                         "may you read it?");
    }
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.name < b.name; });
    return entries;
}

fs::path resolved(const fs::path& path) {
    std::error_code failed;
    fs::path real = fs::canonical(path, failed);
    return failed ? path : real;
}

/// Every event file under a folder. Links are followed; a folder that lies in itself is entered once.
void files_under(const fs::path& folder, std::set<fs::path>& entered, std::vector<std::string>& out) {
    if (!entered.insert(resolved(folder)).second) return;
    for (const Entry& entry : entries_of(folder)) {
        if (is_hidden(entry.name)) continue;
        if (entry.is_folder) {
            files_under(folder / entry.name, entered, out);
        } else if (has_event_ending(entry.name) && !is_metadata(entry.name)) {
            out.push_back((folder / entry.name).string());
        }
    }
}

std::vector<std::string> files_under(const fs::path& folder) {
    std::set<fs::path> entered;
    std::vector<std::string> out;
    files_under(folder, entered, out);
    return out;
}

/// What a pattern finds, one part of its path after another.
class PatternSearch {
public:
    explicit PatternSearch(const std::string& pattern) {
        for (const fs::path& part : fs::path(pattern)) parts_.push_back(part.string());
        // Without an ending written out, "data/*" would take the .dbf beside a .shp.
        const std::string& last = parts_.back();
        const std::size_t dot = last.find_last_of('.');
        names_ending_ = dot != last.npos && dot + 1 < last.size() && !has_wildcard(last.substr(dot));
    }

    std::vector<std::string> run() {
        search({}, 0);
        return std::move(found_);
    }

    /// The folder in front of the first part with a wildcard.
    fs::path fixed_folder() const {
        fs::path folder;
        for (const std::string& part : parts_) {
            if (has_wildcard(part)) break;
            folder /= part;
        }
        return folder;
    }

private:
    void search(const fs::path& folder, std::size_t part) {
        const std::string& pattern = parts_[part];
        const bool last = part + 1 == parts_.size();
        if (!has_wildcard(pattern)) {
            const fs::path path = folder / pattern;
            std::error_code ignored;
            if (!last && fs::is_directory(path, ignored)) search(path, part + 1);
            if (last && fs::exists(path, ignored)) take(path, fs::is_directory(path, ignored));
            return;
        }
        std::error_code ignored;
        if (!fs::is_directory(folder.empty() ? fs::path(".") : folder, ignored)) return;
        if (pattern == "**") {
            any_folders(folder, part, last);
            return;
        }
        for (const Entry& entry : entries_of(folder)) {
            if (is_hidden(entry.name) && !is_hidden(pattern)) continue;
            if (!matches(entry.name, pattern)) continue;
            if (last) {
                take(folder / entry.name, entry.is_folder);
            } else if (entry.is_folder) {
                search(folder / entry.name, part + 1);
            }
        }
    }

    void any_folders(const fs::path& folder, std::size_t part, bool last) {
        if (last) {
            take(folder.empty() ? fs::path(".") : folder, true);
            return;
        }
        std::set<fs::path> entered;
        in_every_folder(folder, part + 1, entered);
    }

    void in_every_folder(const fs::path& folder, std::size_t part, std::set<fs::path>& entered) {
        if (!entered.insert(resolved(folder.empty() ? fs::path(".") : folder)).second) return;
        search(folder, part);
        for (const Entry& entry : entries_of(folder)) {
            if (entry.is_folder && !is_hidden(entry.name))
                in_every_folder(folder / entry.name, part, entered);
        }
    }

    void take(const fs::path& path, bool is_folder) {
        if (is_folder) {
            for (std::string& file : files_under(path)) found_.push_back(std::move(file));
            return;
        }
        const std::string name = path.filename().string();
        if (!is_metadata(name) && (names_ending_ || has_event_ending(name))) found_.push_back(path.string());
    }

    std::vector<std::string> parts_{};
    bool names_ending_ = false;
    std::vector<std::string> found_{};
};

/// "it holds a.docx, b.pdf": what lies in a folder that was to hold events.
std::string holdings(const fs::path& folder) {
    std::error_code ignored;
    if (!fs::is_directory(folder.empty() ? fs::path(".") : folder, ignored))
        return "there is no folder '" + folder.string() + "'";
    constexpr std::size_t most = 5;
    std::string out;
    std::size_t n = 0;
    for (const Entry& entry : entries_of(folder)) {
        if (is_hidden(entry.name)) continue;
        if (++n > most) return out + ", ...";
        out += (n == 1 ? "it holds " : ", ") + entry.name;
    }
    return n == 0 ? "it is empty" : out;
}

[[noreturn]] void refuse_pattern(const std::string& pattern, const fs::path& folder) {
    std::vector<std::string> names;
    std::error_code ignored;
    if (fs::is_directory(folder.empty() ? fs::path(".") : folder, ignored)) {
        for (const Entry& entry : entries_of(folder)) names.push_back(entry.name);
    }
    std::string wanted = fs::path(pattern).filename().string();
    std::erase_if(wanted, [](char c) { return c == '*' || c == '?'; });
    const std::vector<std::string> near = nearest_names(wanted, names);
    const std::string place = folder.empty() ? "this folder" : "'" + folder.string() + "'";
    throw FileMissing(
        "no file of events fits this pattern", {.file = pattern},
        near.empty() ? "look into " + place + ": " + holdings(folder) : did_you_mean(wanted, near));
}

std::vector<std::string> files_of(const std::string& input) {
    std::error_code ignored;
    if (fs::is_directory(input, ignored)) {
        std::vector<std::string> files = files_under(input);
        std::sort(files.begin(), files.end());
        if (!files.empty()) return files;
        throw FileMissing(
            "there is no file of events in this folder", {.file = input},
            holdings(input) + "; files of events are .csv, .csv.gz, .zip, .geojson, .gpkg and so on");
    }
    if (fs::exists(input, ignored) || !has_wildcard(input)) {
        require_file(input);
        return {input};
    }
    PatternSearch search(input);
    const fs::path folder = search.fixed_folder();
    std::vector<std::string> files = search.run();
    if (files.empty()) refuse_pattern(input, folder);
    std::sort(files.begin(), files.end());
    return files;
}

}  // namespace

std::vector<std::string> event_paths(std::span<const std::string> inputs) {
    std::vector<std::string> out;
    std::set<std::string> taken;
    for (const std::string& input : inputs) {
        if (input == "-") {
            if (taken.insert(input).second) out.push_back(input);
            continue;
        }
        for (std::string& file : files_of(input)) {
            if (taken.insert(resolved(file).string()).second) out.push_back(std::move(file));
        }
    }
    return out;
}

}  // namespace wardmap
