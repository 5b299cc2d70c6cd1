#include "wardmap/report/report.hpp"

#include "wardmap/base/error.hpp"

#include "support/csv_rows.hpp"
#include "support/temp_dir.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

using namespace wardmap;
using wardmap::testing::csv_cells;
using wardmap::testing::csv_rows;
using wardmap::testing::CsvRow;
using wardmap::testing::number_in;

namespace {

namespace fs = std::filesystem;

const std::string data = "examples/coventry/data/needs_assessment/";

std::string read_bytes(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    REQUIRE_MESSAGE(in, file.string());
    return {std::istreambuf_iterator<char>(in), {}};
}

/// A report's folder, not yet made; gone at the end.
struct Folder {
    TempDir place{};
    fs::path path = place.path() / "report";
};

Project coventry() {
    return read_project(WARDMAP_SOURCE_DIR "/examples/coventry/coventry.toml");
}

/// The report all tests look at: written once.
const fs::path& made_report() {
    static const Folder folder;
    static const ReportResult result = write_report(coventry(), folder.path, {.threads = 2});
    static_cast<void>(result);
    return folder.path;
}

std::vector<CsvRow> made_rows(const std::string& file) {
    const auto cells = csv_cells(read_bytes(made_report() / file));
    std::vector<CsvRow> rows;
    for (std::size_t r = 1; r < cells.size(); ++r) {
        CsvRow row;
        for (std::size_t c = 0; c < cells[0].size(); ++c) row[cells[0][c]] = cells[r].at(c);
        rows.push_back(row);
    }
    return rows;
}

std::string file_id(const std::string& marker, const std::string& offence) {
    return id_from(marker + "-" + offence);
}

const CsvRow& row_named(const std::vector<CsvRow>& rows, const std::string& name) {
    for (const CsvRow& row : rows) {
        if (row.at("area_name") == name) return row;
    }
    FAIL("no row " << name);
    return rows.front();
}

double rounded(const CsvRow& row, const std::string& column) {
    const double value = number_in(row, column);
    return value < 0 ? -std::floor(-value + 0.5 + 1e-9) : std::floor(value + 0.5 + 1e-9);
}

std::map<std::string, std::string> all_files(const fs::path& folder) {
    std::map<std::string, std::string> out;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file())
            out[entry.path().lexically_relative(folder).generic_string()] = read_bytes(entry.path());
    }
    return out;
}

std::vector<std::string> parts_between(const std::string& text, const std::string& start,
                                       const std::string& end) {
    std::vector<std::string> out;
    for (auto at = text.find(start); at != std::string::npos; at = text.find(start, at + 1)) {
        const auto from = at + start.size();
        out.push_back(text.substr(from, text.find(end, from) - from));
    }
    return out;
}

double claim(const std::string& words) {
    for (const CsvRow& row : csv_rows(data + "published_claims.csv")) {
        if (row.at("claim") == words) return number_in(row, "value");
    }
    FAIL("no published claim: " << words);
    return 0;
}

/// A council's first project: two wards, one table.
fs::path small_project(const fs::path& folder, const std::string& counts) {
    fs::create_directories(folder);
    std::ofstream(folder / "counts.csv") << counts;
    std::ofstream(folder / "project.toml")
        << "[report]\ntitle = 'Small & <plain>'\nareas = 'coventry-wards'\n"
           "[[table]]\nid = 'robbery'\nfile = 'counts.csv'\nfrom = 'y2021'\nto = 'y2022'\n"
           "measure = 'robbery'\ndraw = ['count-map', 'table']\n";
    return folder / "project.toml";
}

}  // namespace

TEST_CASE("report: all 171 rows of the nine published ward tables stand in tables/*.csv") {
    std::size_t compared = 0;
    for (const CsvRow& printed : csv_rows(data + "offences_by_ward.csv")) {
        const auto rows =
            made_rows("tables/" + file_id(printed.at("marker"), printed.at("offence")) + ".csv");
        const CsvRow& made = row_named(rows, printed.at("ward"));
        CAPTURE(printed.at("offence"));
        CAPTURE(printed.at("ward"));
        CHECK(number_in(made, "count_before") == number_in(printed, "yt_june_2021"));
        CHECK(number_in(made, "count_after") == number_in(printed, "yt_june_2022"));
        CHECK(number_in(made, "change") == number_in(printed, "change"));
        CHECK(rounded(made, "rate") == number_in(printed, "rate_per_100k"));
        if (printed.at("pct_change").empty()) {
            CHECK(made.at("change_pct").empty());
        } else {
            CHECK(rounded(made, "change_pct") == number_in(printed, "pct_change"));
        }
        ++compared;
    }
    CHECK(compared == 171);
}

TEST_CASE("report: all 58 published rows of offences by type stand in the type tables") {
    std::size_t compared = 0;
    for (const CsvRow& printed : csv_rows(data + "offences_by_type.csv")) {
        const auto rows = made_rows("tables/" + printed.at("marker") + "-offence-types.csv");
        const std::string name = printed.at("offence") == "TOTAL" ? "Total" : printed.at("offence");
        const CsvRow& made = row_named(rows, name);
        CAPTURE(name);
        CHECK(number_in(made, "count_before") == number_in(printed, "yt_june_2021"));
        CHECK(number_in(made, "count_after") == number_in(printed, "yt_june_2022"));
        CHECK(number_in(made, "change") == number_in(printed, "change"));
        if (!printed.at("pct_change").empty())
            CHECK(rounded(made, "change_pct") == number_in(printed, "pct_change"));
        ++compared;
    }
    CHECK(compared == 58);
}

TEST_CASE("report: the needle table and the shares said of it are the published ones") {
    const auto rows = made_rows("tables/needle-finds.csv");
    for (const CsvRow& printed : csv_rows(data + "needle_finds_by_ward.csv")) {
        const CsvRow& made = row_named(rows, printed.at("ward"));
        for (const char* column : {"yt_july_2020", "yt_july_2021", "yt_july_2022", "total"}) {
            CHECK(number_in(made, column) == number_in(printed, column));
        }
    }
    CHECK(number_in(row_named(rows, "Total"), "total") == 322);
    CHECK(rounded(row_named(rows, "St Michael's"), "share") ==
          claim("St Michael's share of needle finds over three years"));
    CHECK(rounded(row_named(rows, "Foleshill"), "share") ==
          claim("Foleshill's share of needle finds over three years"));
}

TEST_CASE("report: people, ages and deprivation are the published ones") {
    const auto people = made_rows("tables/population.csv");
    CHECK(number_in(row_named(people, "Total"), "all_ages") == claim("population of Coventry mid-2020"));
    const auto older = [&](const std::string& ward) {
        const CsvRow& row = row_named(people, ward);
        return std::round(number_in(row, "share_45_64") + number_in(row, "share_65_plus"));
    };
    CHECK(older("Bablake") == claim("share aged 45 and over in Bablake"));
    CHECK(older("St Michael's") == claim("share aged 45 and over in St Michael's"));
    const CsvRow now = row_named(made_rows("tables/imd-2019.csv"), "Total");
    const CsvRow then = row_named(made_rows("tables/imd-2015.csv"), "Total");
    CHECK(number_in(now, "small_areas") == 195);
    CHECK(number_in(now, "small_areas_decile_1") == 28);
    CHECK(number_in(then, "small_areas_decile_1") == 36);
    CHECK(std::ceil(number_in(then, "share_small_areas_decile_1")) ==
          claim("share of neighbourhoods among the 10% most deprived"));
}

TEST_CASE("report: the five largest types are the published shares, in words") {
    const std::string html = read_bytes(made_report() / "index.html");
    const auto share = [](double value) { return std::to_string(static_cast<int>(value)) + "% of "; };
    CHECK(html.find("The five largest types make up " +
                    share(claim("share of alcohol-marked offences in the five largest types")) +
                    "alcohol-marked offences") != std::string::npos);
    CHECK(html.find("The five largest types make up " +
                    share(claim("share of drug-marked offences in the five largest types")) +
                    "drug-marked offences") != std::string::npos);
}

TEST_CASE("report: nothing in it calls St Michael's possession of drugs, 189 to 155, growth") {
    const auto rows = made_rows("tables/drug-possession-of-drugs.csv");
    CHECK(row_named(rows, "St Michael's").at("direction") == "fell");
    const std::string html = read_bytes(made_report() / "index.html");
    const auto start = html.find("<h3 id=\"drug-possession-of-drugs\"");
    REQUIRE(start != std::string::npos);
    const std::string section = html.substr(start, html.find("<h3 id=", start + 1) - start);
    for (const char* word : {"growth", "growing", "Growing", "grew", "emerging"}) {
        CAPTURE(word);
        CHECK(section.find(word) == std::string::npos);
    }
    CHECK(section.find("100 fewer than") != std::string::npos);
}

TEST_CASE("report: 56 figures with stable ids, each as SVG and PDF, each with its alternative text") {
    std::set<std::string> ids;
    for (const auto& [file, bytes] : all_files(made_report() / "figures")) {
        const fs::path path(file);
        ids.insert(path.stem().string());
        if (path.extension() == ".svg") {
            CAPTURE(file);
            CHECK(bytes.find("role=\"img\"") != std::string::npos);
            CHECK(bytes.find("<title") != std::string::npos);
            CHECK(bytes.find("<desc") != std::string::npos);
            CHECK(bytes.find("textLength") == std::string::npos);
            CHECK(bytes.find("http://www.w3.org/2000/svg") != std::string::npos);
        } else {
            CHECK(bytes.rfind("%PDF-", 0) == 0);
        }
    }
    CHECK(ids.size() == 56);
    for (const char* id : {"alcohol-violence-without-injury.rate-map", "drug-possession-of-drugs.quadrant",
                           "drug-trafficking-of-drugs.quadrant-map", "alcohol-criminal-damage.count-map",
                           "drug-stalking-and-harassment.table", "offences-by-ward.matrix", "imd-2019.map",
                           "imd-2015.map", "population.ages", "needle-finds.table", "needle-finds.chart",
                           "needle-finds.map", "alcohol-offence-types.bars", "drug-offence-types.bars"}) {
        CAPTURE(id);
        CHECK(ids.count(id) == 1);
    }
}

TEST_CASE("report: the page asks nothing of any network, and every picture in it has a name") {
    const std::string html = read_bytes(made_report() / "index.html");
    for (const char* part :
         {"<script ", "<link", "<iframe", "<img", "@import", "url(http", "src=\"http", "https://"}) {
        CAPTURE(part);
        CHECK(html.find(part) == std::string::npos);
    }
    for (const std::string& address : parts_between(html, "http://", "\"")) {
        CHECK((address == "www.w3.org/2000/svg" || address == "www.w3.org/1999/xlink"));
    }
    const auto pictures = parts_between(html, "<svg", ">");
    CHECK(pictures.size() > 40);
    for (const std::string& picture : pictures) {
        CHECK((picture.find("aria-label") != std::string::npos ||
               picture.find("aria-labelledby") != std::string::npos ||
               picture.find("aria-hidden") != std::string::npos));
    }
    std::set<std::string> ids;
    for (const std::string& id : parts_between(html, " id=\"", "\"")) {
        CAPTURE(id);
        CHECK(ids.insert(id).second);
    }
    for (const std::string& target : parts_between(html, "href=\"#", "\"")) {
        CAPTURE(target);
        CHECK(ids.count(target) == 1);
    }
    for (const std::string& file : parts_between(html, "href=\"", "\"")) {
        if (file.front() != '#') CHECK_MESSAGE(fs::exists(made_report() / file), file);
    }
    CHECK(html.size() < 2'000'000);
}

TEST_CASE("report: a row of a ward table carries its area's code and says itself in one sentence") {
    const std::string html = read_bytes(made_report() / "index.html");
    // Figure 10.4.7 as printed; 202 to 456 is +126%; Byar's limits by the APHO workbook's formula.
    CHECK(html.find(
              "<tr data-code=\"E05001228\" data-spoken=\"St Michael’s: 1,116 per 100,000 (1,016 to 1,224), "
              "rank 1 of 18, change +126%. Higher rate, change above Coventry’s\">") != std::string::npos);
    // 18 wards in nine tables of offences, their matrix, two of small maps, the finds, two of deprivation, the
    // ages, and all wards.
    CHECK(parts_between(html, "<tr data-code=\"", "\"").size() == 18 * 17);
    CHECK(parts_between(html, " data-spoken=\"", "\"").size() == 18 * 9);
}

TEST_CASE(
    "report: the data-quality page says what rates divide by, and on which count they would be others") {
    const std::string html = read_bytes(made_report() / "index.html");
    CHECK(html.find("On the Census 2021 count of 345,325 the rate of alcohol-marked violence without injury "
                    "in Coventry is 442, "
                    "not 402.") != std::string::npos);
    CHECK(html.find("boundaries of December 2013") != std::string::npos);
    CHECK(html.find("103 to 83 is -19; 136 to 83 is -39") != std::string::npos);
}

TEST_CASE("report: the manifest lists every file with its hash, and balances") {
    const auto manifest = nlohmann::json::parse(read_bytes(made_report() / "manifest.json"));
    CHECK(manifest["schema"] == "wardmap.log/1");
    CHECK(manifest["command"] == "report");
    std::set<std::string> listed{"manifest.json"};
    for (const auto& output : manifest["outputs"]) listed.insert(output["path"].get<std::string>());
    std::set<std::string> there;
    for (const auto& [file, bytes] : all_files(made_report())) there.insert(file);
    CHECK(listed == there);
    const auto& ledger = manifest["ledger"];
    std::uint64_t rejected = 0;
    for (const auto& [reason, count] : ledger["rejected"].items()) rejected += count.get<std::uint64_t>();
    CHECK(ledger["rows_read"].get<std::uint64_t>() == ledger["filtered"].get<std::uint64_t>() +
                                                          ledger["located"].get<std::uint64_t>() +
                                                          ledger["outside"].get<std::uint64_t>() + rejected);
    CHECK(manifest["inputs"].size() >= 6);
    for (const auto& input : manifest["inputs"]) CHECK(input["path"].get<std::string>().front() != '/');
}

TEST_CASE("report: twice the same, on any number of threads, and the same in another folder") {
    const Folder again;
    write_report(coventry(), again.path, {.threads = 1});
    const auto first = all_files(made_report());
    const auto second = all_files(again.path);
    REQUIRE(first.size() == second.size());
    for (const auto& [file, bytes] : first) {
        CAPTURE(file);
        CHECK(second.at(file) == bytes);
    }
}

TEST_CASE("report: events of a project have their figures, their tables and their rows accounted for") {
    const Folder folder;
    const Folder source;
    fs::create_directories(source.path);
    std::ofstream(source.path / "log.csv")
        << "ward,date,kind\nWyken,2021-03-10,A\nWyken,2022-03-10 22:00,A\n"
           "Radford,2022-04-01,B\nRadford,2022-05-01,A\nNowhere,2022-04-01,A\n";
    std::ofstream(source.path / "project.toml")
        << "[report]\ntitle = 'T'\nareas = 'coventry-wards'\n"
           "[[events]]\nid = 'two'\nfiles = 'log.csv'\narea = 'ward'\nperiods = ['2021', '2022']\n"
           "measure = 'thefts'\ndraw = ['count-map', 'table']\n"
           "[[events]]\nid = 'one'\nfiles = 'log.csv'\narea = 'ward'\nperiods = '2022'\nmeasure = 'finds'\n"
           "[[months]]\nid = 'by-month'\nevents = 'two'\ndraw = ['months', 'hours']\n"
           "[[event]]\nfrom = '2022-04'\nnote = 'New rules'\n";
    const ReportResult made = write_report(read_project(source.path / "project.toml"), folder.path, {});
    for (const char* id : {"two.count-map", "two.table", "one.map", "one.chart", "one.table",
                           "by-month.months", "by-month.hours"}) {
        CAPTURE(id);
        CHECK(fs::exists(folder.path / "figures" / (std::string(id) + ".svg")));
    }
    for (const char* id : {"two", "one", "by-month", "by-month-hours"}) {
        CAPTURE(id);
        CHECK(fs::exists(folder.path / "tables" / (std::string(id) + ".csv")));
    }
    CHECK(read_bytes(folder.path / "figures/by-month.months.svg").find("New rules") != std::string::npos);
    const std::string html = read_bytes(folder.path / "index.html");
    CHECK(html.find("April 2022 (New rules)") != std::string::npos);
    CHECK(html.find("Events: what was read and counted, in rows") != std::string::npos);
    CHECK(html.find("Not counted here: 1 event") != std::string::npos);
    // Five rows, read for two entries.
    CHECK(made.log.ledger.rows_read == 10);
    CHECK(made.log.ledger.no_location == 2);
    CHECK(made.log.ledger.balanced());
}

TEST_CASE("report: a chart that the counts do not allow is a problem, the others are drawn") {
    const Folder folder;
    const Folder source;
    fs::create_directories(source.path);
    std::ofstream(source.path / "log.csv") << "ward,date\nWyken,2022-03-10\nWyken,2022-04-10\n";
    const auto project = [&](const std::string& draw) {
        std::ofstream(source.path / "project.toml")
            << "[report]\ntitle = 'T'\nareas = 'coventry-wards'\n[[events]]\nid = 'e'\nfiles = 'log.csv'\n"
               "area = 'ward'\n[[months]]\nid = 'm'\nevents = 'e'\ndraw = "
            << draw << "\n";
        return read_project(source.path / "project.toml");
    };
    const ReportResult made = write_report(project("['months', 'season']"), folder.path, {});
    CHECK(fs::exists(folder.path / "figures/m.months.svg"));
    CHECK_FALSE(fs::exists(folder.path / "figures/m.season.svg"));
    CHECK(made.log.problems.count("chart_not_drawn") == 1);
    CHECK(read_bytes(folder.path / "index.html").find("m.season: ") != std::string::npos);
    const Folder other;
    CHECK_THROWS_AS(write_report(project("'season'"), other.path, {}), InputError);
    CHECK_FALSE(fs::exists(other.path));
}

TEST_CASE("report: a report is replaced only when asked, and then only its own files") {
    const Folder folder;
    const Folder source;
    const Project project =
        read_project(small_project(source.path, "ward,y2021,y2022\nWyken,3,4\nRadford,9,2\n"));
    write_report(project, folder.path, {.png_dpi = 50});
    CHECK(fs::exists(folder.path / "figures/robbery.count-map.png"));
    CHECK_THROWS_AS(write_report(project, folder.path, {}), OutputError);
    std::ofstream(folder.path / "notes.txt") << "mine";
    write_report(project, folder.path, {.overwrite = Overwrite::replace});
    CHECK_FALSE(fs::exists(folder.path / "figures/robbery.count-map.png"));
    CHECK(read_bytes(folder.path / "notes.txt") == "mine");
    // A file no manifest lists stands in the way of one to be written.
    std::ofstream(folder.path / "figures/robbery.count-map.png") << "mine";
    CHECK_THROWS_AS(write_report(project, folder.path, {.overwrite = Overwrite::replace, .png_dpi = 50}),
                    OutputError);
    CHECK(read_bytes(folder.path / "figures/robbery.count-map.png") == "mine");
}

TEST_CASE("report: a folder with some other manifest, or a file in its place, is refused") {
    const Folder folder;
    const Folder source;
    const Project project = read_project(small_project(source.path, "ward,y2021,y2022\nWyken,3,4\n"));
    fs::create_directories(folder.path);
    std::ofstream(folder.path / "manifest.json") << "{\"name\": \"an app\"}";
    CHECK_THROWS_AS(write_report(project, folder.path, {.overwrite = Overwrite::replace}), OutputError);
    CHECK_FALSE(fs::exists(folder.path / "index.html"));
    CHECK_THROWS_AS(write_report(project, source.path / "counts.csv", {}), OutputError);
}

TEST_CASE("report: one table without population is a report too; its faults stand on the data-quality page") {
    const Folder folder;
    const Folder source;
    const Project project = read_project(
        small_project(source.path, "ward,y2021,y2022\nWyken,3,4\nRadford,none of them,2\nAtlantis,1,1\n"));
    const ReportResult result = write_report(project, folder.path, {});
    CHECK(result.log.problems.count("not_a_number") == 1);
    CHECK(result.log.problems.serious());
    const std::string html = read_bytes(folder.path / "index.html");
    CHECK(html.find("Small &amp; &lt;plain&gt;") != std::string::npos);
    CHECK(html.find("Atlantis") != std::string::npos);
    CHECK(html.find(">nan<") == std::string::npos);
}

TEST_CASE("report: a data file that is not there is named with the project's line") {
    const Folder folder;
    const Folder source;
    const fs::path file = small_project(source.path, "ward,y2021,y2022\n");
    fs::remove(source.path / "counts.csv");
    try {
        write_report(read_project(file), folder.path, {});
        FAIL("a file that is not there was read");
    } catch (const FileMissing& error) {
        CHECK(std::string(error.what()).find("row 4") != std::string::npos);
        CHECK(std::string(error.what()).find("counts.csv") != std::string::npos);
    }
    CHECK_FALSE(fs::exists(folder.path));
}

TEST_CASE("report: under the small-number rule no small count stands in a table or on the page") {
    const Folder folder;
    Project project = coventry();
    project.small_numbers = "under:5";
    write_report(project, folder.path, {});
    std::size_t looked_at = 0;
    for (const auto& [file, bytes] : all_files(folder.path / "tables")) {
        if (fs::path(file).extension() != ".csv") continue;
        const auto cells = csv_cells(bytes);
        for (std::size_t c = 0; c < cells[0].size(); ++c) {
            if (cells[0][c].rfind("count_", 0) != 0 && cells[0][c].rfind("yt_", 0) != 0) continue;
            for (std::size_t r = 1; r < cells.size(); ++r) {
                CAPTURE(file);
                CAPTURE(r);
                const std::string& cell = cells[r].at(c);
                const bool is_small = cell == "1" || cell == "2" || cell == "3" || cell == "4";
                CHECK_FALSE(is_small);
                ++looked_at;
            }
        }
    }
    CHECK(looked_at > 300);
    const std::string html = read_bytes(folder.path / "index.html");
    CHECK(html.find("withheld by the rule under:5") != std::string::npos);
    CHECK(html.find(": rate withheld") != std::string::npos);
    CHECK(html.find("0 → 3") == std::string::npos);
    CHECK(html.find("from none to 3") == std::string::npos);
    CHECK(html.find("(3, −100%)") == std::string::npos);
}

TEST_CASE("report: other cuts are named as what they are") {
    const Folder folder;
    Project project = coventry();
    project.cuts = "median";
    write_report(project, folder.path, {});
    const std::string html = read_bytes(folder.path / "index.html");
    CHECK(html.find("The dashed lines are the cuts that the chart’s note names") != std::string::npos);
    CHECK(html.find("Higher rate, change above the median") != std::string::npos);
}
