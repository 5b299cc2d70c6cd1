/// \file
/// A first project file, from the tables that somebody has.
#pragma once

#include "wardmap/base/problems.hpp"

#include <array>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

/// What `wardmap init` writes where an analyst's own words belong, by key of [report]. A report that still
/// prints them says so.
struct FirstWords {
    std::string_view key{};
    std::string_view words{};
};
inline constexpr std::array<FirstWords, 4> first_words{
    {{"title", "Title of the report"},
     {"organisation", "Your organisation"},
     {"edition", "Which years, which edition"},
     {"summary", "Two or three sentences for those who read no further."}}};

struct FirstProjectRequest {
    std::vector<std::string> inputs{};  ///< tables of counts or of people, and files of events
    std::string areas{};  ///< built-in name or boundary file; empty: the built-in set that fits most rows
    std::filesystem::path folder{};  ///< where the project file will lie: paths in it count from there
    std::string text_page{};  ///< name of the file for the analyst's words; empty: its entry is a comment
};

struct FirstProject {
    std::string text{};       ///< TOML that read_project() takes; every guess has a comment
    std::string text_page{};  ///< Markdown for a file that is not there yet: how to write, in a comment
    std::vector<std::string> guesses{};  ///< sentences
    Problems problems{};                 ///< `not_used`: inputs of which nothing could be made, and why
};

/// Looks at the tables and says of each what it seems to be: counts by area in two periods ([[table]]) or
/// more
/// ([[finds]]), counts by something else ([[breakdown]]), people ([population]), events ([[events]] with
/// [[months]]). \throws InputError if nothing could be made of any input; as read_table(), read_areas()
FirstProject first_project(const FirstProjectRequest& request);

}  // namespace wardmap
