/// \file
/// What a project file asks for, read and computed: every table of a report before it is drawn.
#pragma once

#include "wardmap/area/area_set.hpp"
#include "wardmap/area/match.hpp"
#include "wardmap/indicator/shares.hpp"
#include "wardmap/report/project.hpp"
#include "wardmap/report/run_log.hpp"
#include "wardmap/table/table.hpp"

#include <optional>
#include <string>
#include <vector>

namespace wardmap {

/// One ward table: one of a [[table]] entry's groups.
struct TopicTable {
    std::string id{};       ///< "alcohol-robbery"
    std::size_t entry = 0;  ///< of Project::tables
    std::string chapter{};  ///< "alcohol-marked offences"
    Table table{};
};

struct BreakdownTable {
    std::string id{};
    std::size_t entry = 0;
    Table table{};           ///< ward-table columns without rates; Total last
    LargestShare largest{};  ///< of the entry's `largest` rows in the later period
};

/// As indicator/shares.hpp makes it: one column a period, total, share, rank; Total last.
struct FindsTable {
    std::string id{};
    std::size_t entry = 0;
    Table table{};
    std::vector<std::string> periods{};  ///< in words
};

struct DeprivationTable {
    std::string id{};
    std::size_t entry = 0;
    Table table{};  ///< as indicator/deprivation.hpp makes it; Total last
};

/// How one file was read, for "what was read and counted".
struct FileUse {
    std::string what{};  ///< id of the project's entry: "{marker}-{offence}"
    std::string file{};  ///< its name without folders
    std::size_t rows_read = 0;
    std::size_t rows_filtered = 0;
    std::optional<MatchReport> match{};
};

struct Material {
    AreaSet areas{};
    std::string areas_file{};
    std::optional<Table> ages{};    ///< people by area and age band, Total last
    std::optional<Table> people{};  ///< area_code, area_name, population; Total last
    std::vector<TopicTable> topics{};
    std::vector<BreakdownTable> breakdowns{};
    std::vector<FindsTable> finds{};
    std::vector<DeprivationTable> deprivation{};
    std::optional<Table> published{};
    std::vector<FileUse> uses{};
    RunLog log{};  ///< inputs, parameters, guesses, ledger, problems
};

/// \throws what the readers and calculations throw; NameUnknown and InputError speak of the project's line
///         where the project is at fault.
Material gather(const Project& project);

}  // namespace wardmap
