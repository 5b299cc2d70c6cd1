#include "wardmap/report/edition.hpp"

#include "support/csv_rows.hpp"
#include "support/temp_dir.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/report/report.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

using namespace wardmap;
using wardmap::testing::csv_cells;
namespace fs = std::filesystem;

namespace {

std::string bytes_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// Two wards of Coventry's and a page of words; `y2022` of Foleshill can be chosen.
class SmallProject {
public:
    explicit SmallProject(const std::string& foleshill = "20", const std::string& extra = {}) {
        place_.file("counts.csv", "area_name,y2021,y2022\nFoleshill,10," + foleshill + "\nHenley,4,8\n");
        place_.file("project.toml",
                    "[report]\ntitle = 'Small'\nareas = 'coventry-wards'\n"
                    "[[table]]\nid = 'robbery'\nfile = 'counts.csv'\nfrom = 'y2021'\nto = 'y2022'\n"
                    "measure = 'robbery'\ndraw = ['count-map', 'table']\n" +
                        extra);
    }
    const TempDir& place() const { return place_; }
    Project project() const { return read_project(place_.path() / "project.toml"); }
    ReportResult write(const std::string& folder, ReportOptions options = {}) const {
        options.threads = 1;
        return write_report(project(), place_.path() / folder, options);
    }
    fs::path path(const std::string& name) const { return place_.path() / name; }

private:
    TempDir place_{};
};

/// The first cells of tables/changes.csv: kind, table, code, row, column.
std::vector<std::string> findings(const fs::path& report) {
    std::vector<std::string> out;
    const auto rows = csv_cells(bytes_of(report / "tables/changes.csv"));
    for (std::size_t row = 1; row < rows.size(); ++row) {
        out.push_back(rows[row].at(0) + " " + rows[row].at(3) + " " + rows[row].at(4) + " " +
                      rows[row].at(6) + " " + rows[row].at(7));
    }
    return out;
}

bool has(const std::vector<std::string>& all, const std::string& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

std::string error_of(const fs::path& folder) {
    try {
        (void)read_edition(folder);
        return "no error";
    } catch (const Error& error) {
        return error.what();
    }
}

}  // namespace

TEST_CASE("edition: a report of the same is said to be the same, in every document") {
    const SmallProject small;
    small.write("old");
    const ReportResult made = small.write("new", {.previous = small.path("old")});
    CHECK(findings(small.path("new")).empty());
    const std::string page = bytes_of(small.path("new/index.html"));
    CHECK(page.find("Changes since the last edition: none") != std::string::npos);
    CHECK(page.find("Nothing changed since the last edition.") != std::string::npos);
    CHECK(made.log.problems.count("previous_altered") == 0);
    CHECK(bytes_of(small.path("new/tables/changes.csv")) ==
          "kind,table,area_code,row,column,period,old,new,difference,note\n");
}

TEST_CASE("edition: a count that was revised is found, the same folder may be both") {
    const SmallProject small;
    small.write("out");
    small.place().file("counts.csv", "area_name,y2021,y2022\nFoleshill,10,25\nHenley,4,8\n");
    small.write("out", {.overwrite = Overwrite::replace, .previous = small.path("out")});
    const auto all = findings(small.path("out"));
    CHECK(has(all, "revised Foleshill count_after 20 25"));
    CHECK(has(all, "revised Total count_after 28 33"));
    CHECK(std::count_if(all.begin(), all.end(), [](const std::string& one) {
              return one.rfind("input counts.csv sha256", 0) == 0;
          }) == 1);
    const std::string page = bytes_of(small.path("out/index.html"));
    CHECK(page.find("20 before, 25 now") != std::string::npos);
    // And on: against itself nothing is left, and the table of changes is no table of the edition.
    small.write("out", {.overwrite = Overwrite::replace, .previous = small.path("out")});
    CHECK(findings(small.path("out")).empty());
}

TEST_CASE("edition: without being asked a table of changes of before is gone") {
    const SmallProject small;
    small.write("out");
    small.write("out", {.overwrite = Overwrite::replace, .previous = small.path("out")});
    CHECK(fs::exists(small.path("out/tables/changes.csv")));
    small.write("out", {.overwrite = Overwrite::replace});
    CHECK_FALSE(fs::exists(small.path("out/tables/changes.csv")));
}

TEST_CASE("edition: a table that was altered or removed since is a problem, and said on the page") {
    const SmallProject small;
    small.write("old");
    const fs::path table = small.path("old/tables/robbery.csv");
    std::string bytes = bytes_of(table);
    bytes.replace(bytes.find(",20,"), 4, ",21,");
    std::ofstream(table, std::ios::binary) << bytes;
    const ReportResult altered = small.write("new", {.previous = small.path("old")});
    CHECK(altered.log.problems.count("previous_altered") == 1);
    CHECK(has(findings(small.path("new")), "revised Foleshill count_after 21 20"));
    CHECK(bytes_of(small.path("new/index.html")).find("tables/robbery.csv was altered or removed since") !=
          std::string::npos);
    fs::remove(table);
    const ReportResult missing = small.write("third", {.previous = small.path("old")});
    CHECK(missing.log.problems.count("previous_missing") == 1);
    CHECK(findings(small.path("third")).size() == 1);
}

TEST_CASE("edition: what is no report of ours is refused with what to do") {
    const TempDir place;
    CHECK(error_of(place.path() / "nowhere").find("no such folder") != std::string::npos);
    CHECK(error_of(place.path()).find("no manifest.json") != std::string::npos);
    const auto with = [&](std::string_view manifest) {
        place.file("manifest.json", manifest);
        return error_of(place.path());
    };
    CHECK(with("not JSON").find("not the manifest of a report") != std::string::npos);
    CHECK(with("[]").find("not the manifest of a report") != std::string::npos);
    CHECK(with(R"({"schema": "other/1"})").find("not the manifest of a report") != std::string::npos);
    CHECK(with(R"({"schema": "wardmap.log/2", "command": "report", "outputs": []})").find("wardmap.log/2") !=
          std::string::npos);
    CHECK(with(R"({"schema": "wardmap.log/1", "command": "map", "outputs": []})").find("'wardmap map'") !=
          std::string::npos);
    CHECK(with(R"({"schema": "wardmap.log/1", "command": "report"})").find("lists no files") !=
          std::string::npos);
    // A manifest of odd kinds is read as far as it goes, and never out of its folder.
    CHECK(
        with(R"({"schema": "wardmap.log/1", "command": "report", "version": 3, "inputs": {}, "parameters": [],
                   "outputs": [1, {"path": 2}, {"path": "../tables/x.csv"}, {"path": "/tables/x.csv"}]})") ==
        "no error");
}

TEST_CASE("edition: nothing is written where the older report cannot be read") {
    const SmallProject small;
    CHECK_THROWS_AS(small.write("new", {.previous = small.path("nowhere")}), FileMissing);
    CHECK_FALSE(fs::exists(small.path("new")));
}

TEST_CASE("edition: pages of words stand where they are asked to, with their numbers") {
    const SmallProject small("20",
                             "[[page]]\ntext = 'first_words.md'\n"
                             "[[page]]\ntext = 'more.md'\nbefore = 'quality'\ntable = 'robbery'\n");
    small.place().file("first_words.md", "See [below](#robbery) & {Foleshill.count_after}.\r\n");
    small.place().file("more.md", "# More\n\nAll: {Total.count_after}.\n");
    small.write("out");
    const std::string page = bytes_of(small.path("out/index.html"));
    const auto first = page.find("<h2 id=\"first-words\">First words</h2>");
    const auto more = page.find("<h2 id=\"more\">More</h2>");
    const auto topic = page.find("id=\"robbery\"");
    REQUIRE(first != std::string::npos);
    REQUIRE(more != std::string::npos);
    CHECK(first < topic);
    CHECK(topic < more);
    CHECK(more < page.find("id=\"quality\""));
    CHECK(page.find("<a href=\"#robbery\">below</a> &amp; 20.") != std::string::npos);
    CHECK(page.find("All: 28.") != std::string::npos);
    CHECK(bytes_of(small.path("out/manifest.json")).find("first_words.md") != std::string::npos);
}

TEST_CASE("edition: a page's faults are named before anything is written") {
    const auto fails = [](const std::string& entry, const std::string& words, const std::string& said) {
        const SmallProject small("20", entry);
        small.place().file("words.md", words);
        try {
            small.write("out");
            FAIL("no error for " << entry << words);
        } catch (const InputError& error) {
            CAPTURE(error.what());
            CHECK(std::string(error.what()).find(said) != std::string::npos);
        }
        CHECK_FALSE(fs::exists(small.path("out")));
    };
    fails("[[page]]\ntext = 'none.md'\n", "", "none.md");
    fails("[[page]]\ntext = 'words.md'\n", "{Nowhere.rate}", "Nowhere");
    fails("[[page]]\ntext = 'words.md'\n", "[x](#robery)", "'robbery'");
    fails("[[page]]\ntext = 'words.md'\nbefore = 'qualty'\n", "x", "'quality'");
    fails("[[page]]\ntext = 'words.md'\nid = 'robbery'\n", "x", "two sections");
    fails("[[page]]\ntext = 'words.md'\nbfore = 'quality'\n", "x", "'before'");
    fails("[[page]]\ntext = 'words.md'\nid = '+'\n", "x", "no letters");
    fails("[[page]]\nid = 'words'\n", "x", "'text'");
    fails("[[page]]\ntext = 'words.md'\ntable = 'robery'\n", "{Total.rate}", "'robbery'");
}
