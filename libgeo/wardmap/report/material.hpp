/// \file
/// What a project file asks for, read and computed: every table of a report before it is drawn.
#pragma once

#include "wardmap/area/area_set.hpp"
#include "wardmap/area/match.hpp"
#include "wardmap/indicator/shares.hpp"
#include "wardmap/report/impact_call.hpp"
#include "wardmap/report/project.hpp"
#include "wardmap/report/run_log.hpp"
#include "wardmap/table/table.hpp"

#include <optional>
#include <string>
#include <vector>

namespace wardmap {

/// One ward table: of one group of a [[table]] or [[events]] entry.
struct TopicTable {
    std::string id{};  ///< "alcohol-robbery"
    /// Topics of one entry share its chapters and its matrix: the [[table]] entries, then those of
    /// [[events]].
    std::size_t entry = 0;
    std::string chapter{};  ///< "alcohol-marked offences"
    std::vector<TablePart> draw{};
    std::vector<TablePart> facets{};
    std::string matrix{};
    std::size_t line = 0;  ///< of the entry, for messages
    Table table{};
};

struct BreakdownTable {
    std::string id{};
    std::size_t entry = 0;
    Table table{};           ///< ward-table columns without rates; Total last
    LargestShare largest{};  ///< of the entry's `largest` rows in the later period
};

/// Counts without rates, of a [[finds]] entry or a group of an [[events]] entry. As indicator/shares.hpp
/// makes it: one column a period, total, share, rank; Total last. Of one period the total alone.
struct FindsTable {
    std::string id{};
    std::string chapter{};  ///< empty: it is one of its own
    std::string unit{};
    std::string note{};
    std::vector<TablePart> draw{};  ///< of count_map, chart, table
    std::size_t line = 0;
    Table table{};
    std::vector<std::string> columns{};  ///< of the periods; empty where there is but one
    std::vector<std::string> periods{};  ///< in words, beside `columns`
};

/// What a [[months]] entry is drawn from.
struct MonthsTable {
    std::string id{};
    std::size_t entry = 0;               ///< of Project::months
    std::string kind{};                  ///< as `counts` and `hours` write it
    std::optional<Table> counts{};       ///< long table by month, of one marker
    std::optional<Table> series{};       ///< period, count and, of a kind, others, all, share: for readers
    std::optional<Table> hours{};        ///< long table by hour
    std::optional<Table> hour_counts{};  ///< [weekday,] hour, count
    Problems problems{};                 ///< met in adding up, in the log too
};

struct DeprivationTable {
    std::string id{};
    std::size_t entry = 0;
    Table table{};  ///< as indicator/deprivation.hpp makes it; Total last
};

/// What a [[comparison]] entry is drawn from.
struct ComparisonTable {
    std::string id{};
    std::size_t entry = 0;  ///< of Project::comparisons
    Table table{};
};

/// How one file was read, for "what was read and counted".
struct FileUse {
    std::string what{};  ///< id of the project's entry: "{marker}-{offence}"
    std::string file{};  ///< its name without folders
    std::size_t rows_read = 0;
    std::size_t rows_filtered = 0;
    std::optional<MatchReport> match{};
};

/// How the events of one [[events]] entry were read and counted.
struct EventsUse {
    std::string what{};  ///< id of the entry
    std::string files{};
    Ledger ledger{};
    std::string difference{};  ///< by coordinates and by the column of areas; empty: not compared
    Problems problems{};
};

struct Material {
    AreaSet areas{};
    std::string areas_file{};
    std::optional<Table> ages{};    ///< people by area and age band, Total last
    std::optional<Table> people{};  ///< area_code, area_name, population; Total last
    std::vector<TopicTable> topics{};
    std::vector<BreakdownTable> breakdowns{};
    std::vector<FindsTable> finds{};
    std::vector<MonthsTable> months{};
    std::vector<DeprivationTable> deprivation{};
    std::vector<ComparisonTable> comparisons{};
    std::optional<ImpactResult> impact{};
    std::optional<Table> published{};
    std::vector<std::string> texts{};  ///< Markdown of the project's pages, in their order
    std::vector<FileUse> uses{};
    std::vector<EventsUse> events{};
    RunLog log{};  ///< inputs, parameters, guesses, ledger, problems
};

/// \param threads  events are read by so many (0: one a core); the result does not depend on it
/// \throws what the readers and calculations throw; NameUnknown and InputError speak of the project's line
///         where the project is at fault.
Material gather(const Project& project, unsigned threads);

}  // namespace wardmap
