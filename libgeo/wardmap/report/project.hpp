/// \file
/// The project file: which tables make a report, read from TOML and checked key by key.
#pragma once

#include "wardmap/event/period_request.hpp"
#include "wardmap/figure/month_axis.hpp"
#include "wardmap/indicator/season.hpp"
#include "wardmap/io/event_reader.hpp"
#include "wardmap/report/chart_call.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wardmap {

/// A file of rows as a project names it. Paths count from the project file's folder.
struct ProjectFile {
    std::filesystem::path path{};
    std::string sheet{};
    std::optional<std::size_t> header_row{};                   ///< 1-based
    std::vector<std::pair<std::string, std::string>> where{};  ///< column and value; all must hold
    std::string source{};                                      ///< who published it, for the source lines
    std::size_t line = 0;                                      ///< of the entry, for messages
};

/// `[population]`: the people behind the rates, and their ages.
struct ProjectPopulation {
    ProjectFile file{};
    std::string area{};               ///< column of codes or names; empty: guessed
    std::string column{};             ///< column of people; empty: guessed
    std::string year{};               ///< "mid-2020"
    std::vector<std::string> ages{};  ///< "0-14", "65+"; empty: no age figure
    /// Another count of all people, to say what the rates would be on it: "Census 2021", 345325.
    struct Other {
        std::string name{};
        double total = 0;
    };
    std::vector<Other> also{};
};

/// What is drawn of a table of counts by area. `chart` is of counts in any number of periods; the rates and
/// quadrants are of two.
enum class TablePart : unsigned char { count_map, rate_map, quadrant, quadrant_map, table, chart };
std::string_view name_of(TablePart part) noexcept;  ///< "count-map"; the end of the figure's id

/// `[[table]]`: counts by area in two periods; `by` makes one table a value.
struct ProjectTable {
    std::string id{};  ///< may hold {column}: "{marker}-{offence}"
    ProjectFile file{};
    std::string area{};
    std::string from{};
    std::string to{};
    std::vector<std::string> by{};
    std::string measure{};  ///< may hold {column}: "{marker}-marked {offence}"
    std::string chapter{};  ///< "{marker}-marked offences": a new chapter begins where it changes
    std::string unit{};
    std::vector<TablePart> draw{};    ///< in the order of the report
    std::vector<TablePart> facets{};  ///< maps that a chapter begins with: small ones of all its tables
    std::string matrix{};             ///< id of the areas-by-measure matrix; empty: none
};

/// `[[breakdown]]`: counts in two periods by something that is no area (types of offence).
struct ProjectBreakdown {
    std::string id{};
    ProjectFile file{};
    std::string row{};  ///< column that names the rows
    std::string from{};
    std::string to{};
    std::vector<std::string> by{};
    std::string measure{};
    std::string unit{};
    std::size_t largest = 5;  ///< the share of so many largest rows is said
};

/// `[[finds]]`: counts by area in several periods, without rates.
struct ProjectFinds {
    std::string id{};
    ProjectFile file{};
    std::string area{};
    std::vector<std::string> periods{};  ///< columns, oldest first
    std::string measure{};
    std::string unit{};
    std::string note{};  ///< a paragraph under the findings
};

/// `[[events]]`: rows that say where and when something happened, read once and counted by area. Two periods
/// make ward tables as [[table]] does, any other number counts as [[finds]] does: one for each marker and
/// each kind.
struct ProjectEvents {
    std::string id{};      ///< may hold {column} of `by`, and {marker}
    EventSource read{};    ///< paths are resolved
    std::string lookup{};  ///< file from the small areas of `area` to the report's areas
    double snap_m = 0;
    PeriodRequest periods{};  ///< of the tables
    bool has_tables = false;  ///< `periods` was given; else the events feed [[months]] alone
    std::string measure{};    ///< may hold {column}: "{marker}-marked {offence}"
    std::string chapter{};
    std::string unit{};
    std::string source{};
    std::string note{};  ///< a paragraph under the findings of counts without rates
    std::vector<TablePart> draw{};
    std::vector<TablePart> facets{};  ///< as of ProjectTable
    std::string matrix{};             ///< of ward tables
    std::size_t line = 0;
};

/// True where two named periods are compared: a ward table with rates, change and quadrants.
bool compares_two(const ProjectEvents& events) noexcept;
/// What makes one table of the others: "marker" where there are any, then the columns of kinds.
std::vector<std::string> grouped_by(const ProjectEvents& events);

/// `[[months]]`: counts by month, and by hour, of some events or of a table that `wardmap count` made.
struct ProjectMonths {
    std::string id{};
    std::string events{};               ///< id of [[events]], as it is written there; or
    std::optional<ProjectFile> file{};  ///< a long table of counts by month
    std::string marker{};               ///< empty: all events
    std::string kind_name{};            ///< what the charts call the kind; empty: as it is recorded
    std::vector<ChartKind> draw{};      ///< in the order of the report: months, index, share, season, hours
    CountChartOptions counts{};         ///< without the breaks, which are the project's
    HoursOf hours = HoursOf::week;
    std::string chapter{};
    std::string measure{};  ///< what all the events are: "reported crime"
    std::string unit{};     ///< empty: that of the events
    std::string note{};
    std::size_t line = 0;
};

/// `[[deprivation]]`: an index of small areas, brought to the report's areas.
struct ProjectDeprivation {
    std::string id{};
    ProjectFile file{};
    std::string area{};    ///< column with the area of each small area
    std::string decile{};  ///< 1 = most deprived
    std::string population{};
    std::string name{};  ///< "Index of Multiple Deprivation 2019"
    std::string note{};
};

/// `[[comparison]]`: values by area held against others: districts as Fingertips exports them, small areas by
/// decile of deprivation, or a ward table of this report against its deprivation.
struct ProjectComparison {
    std::string id{};
    std::optional<ProjectFile> file{};
    std::string table{};            ///< id of a ward table of this report, in place of `file`
    std::string deprivation{};      ///< id of the [[deprivation]] whose columns join `table`
    std::vector<ChartKind> draw{};  ///< in the order of the report: compare, trend, scatter, gradient
    ComparisonOptions options{};
    std::string label{};
    std::string value{};
    std::string chapter{};
    std::string measure{};  ///< empty: as the table says
    std::string unit{};
    std::string note{};  ///< a paragraph above the charts
    std::size_t line = 0;
};

/// `[impact]`: impact areas from events of this report; they are outlined on its maps of areas.
struct ProjectImpact {
    std::string events{};      ///< id of [[events]], as it is written there
    std::string units{};       ///< "hex:500" over the report's areas, or a built-in name or file of areas
    std::string definition{};  ///< file; empty: the default
    std::string imd{};         ///< files, resolved; empty: not used
    std::string harm{};
    std::string needles{};
    std::string needles_column{};
    std::string existing{};
    std::string last_month{};
    std::string measure{"events"};  ///< what the events are, for titles
    std::size_t line = 0;
};

/// `[published]`: single figures printed elsewhere, to be set beside what was computed.
struct ProjectPublished {
    ProjectFile file{};
};

/// `[[page]]`: the analyst's own words, a Markdown file that the program never writes over.
struct ProjectPage {
    std::filesystem::path text{};
    std::string id{};      ///< of its section; from the file's name where it is not given
    std::string title{};   ///< where the text has no heading of its own
    std::string before{};  ///< id of the section it stands before; empty: before all others
    std::string table{};   ///< where `{Total.rate}` looks; empty: in all tables
    std::size_t line = 0;
};

/// A whole project file. Figures and tables of the report are named by the ids in it.
struct Project {
    std::filesystem::path path{};
    std::string title{};
    std::string organisation{};
    std::string edition{};
    std::string date{};  ///< as printed; nothing is printed without it
    std::string summary{};
    std::string areas{};  ///< a built-in name, or a file already resolved
    std::string area_code{};
    std::string area_name{};
    std::string whole{};  ///< what all areas together are called; empty: as the areas know it
    std::string cuts{"total"};
    std::string small_numbers{"none"};
    double level = 0.95;
    double per = 100000;
    std::vector<std::string> notes{};  ///< paragraphs for the page of data quality
    std::optional<ProjectPopulation> population{};
    std::vector<ProjectTable> tables{};
    std::vector<ProjectBreakdown> breakdowns{};
    std::vector<ProjectFinds> finds{};
    std::vector<ProjectEvents> events{};
    std::vector<ProjectMonths> months{};
    std::vector<TimeBand> breaks{};  ///< `[[event]]`: known breaks, shaded in every chart by month
    std::vector<ProjectDeprivation> deprivation{};
    std::vector<ProjectComparison> comparisons{};
    std::optional<ProjectImpact> impact{};
    std::optional<ProjectPublished> published{};
    std::vector<ProjectPage> pages{};
};

/// Reads the text of a project file. `path` is used in messages and to resolve relative paths.
/// \throws InputError with the line for what is no TOML, a missing key or a value of the wrong kind;
///         NameUnknown for a key that does not exist, naming the nearest.
Project parse_project(std::string_view toml, const std::filesystem::path& path);

/// \throws FileMissing, and what parse_project throws.
Project read_project(const std::filesystem::path& path);

/// Fills {column} in a template from columns and their values: values in capitals only come out in
/// lower case. \throws NameUnknown for a column that is not there.
std::string fill_template(std::string_view text,
                          const std::vector<std::pair<std::string, std::string>>& values);

/// An id from any text: lower case letters and digits of ASCII, all else one hyphen: "violence-with-injury".
std::string id_from(std::string_view text);

}  // namespace wardmap
