#include "published.hpp"

#include "wardmap/area/match.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/io/read_table.hpp"
#include "wardmap/table/read_numbers.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>

namespace wardmap::simulated {
namespace {

/// The assessment prints that the 2,726 drug-marked offences of the year to June 2022 are 130% above those of
/// two years before (published_claims.csv): 1,185 then, beside 1,888 in the year between
/// (offences_by_type.csv). Each ward table is taken to have grown alike. For alcohol nothing is printed.
constexpr std::uint32_t drug_marked_to_june_2020 = 1185;
constexpr std::uint32_t drug_marked_to_june_2021 = 1888;

constexpr std::array<std::string_view, months_in_year> month_names{
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

Marker parse_marker(const std::string& text, const Where& where) {
    if (text == "alcohol") return Marker::alcohol;
    if (text == "drug") return Marker::drug;
    throw InputError("'" + text + "' is no marker", where, "write alcohol or drug");
}

std::uint32_t whole_number(const Column& column, std::size_t row, const Table& table) {
    const double number = column.number(row);
    if (std::isnan(number) || number < 0 || number > 1e6 || number != std::floor(number)) {
        throw InputError("there is no whole number to simulate from", table.where(row, column.name()),
                         "write a count from 0 to 1,000,000");
    }
    return static_cast<std::uint32_t>(number);
}

/// A table with its wards found and its columns of counts read.
struct CountsByWard {
    Table table{};
    Matched matched{};
    std::vector<Column> counts{};
};

CountsByWard read_counts_by_ward(const std::string& path, std::span<const std::string> columns,
                                 const AreaSet& wards) {
    CountsByWard read{.table = read_table(path).table, .matched = {}, .counts = {}};
    read.matched = match_rows(read.table, wards, {.area_column = "ward"});
    Problems problems;
    for (const std::string& column : columns) {
        read.counts.push_back(read_counts(read.table, column, problems));
    }
    return read;
}

void check_every_ward_once(std::span<const std::uint32_t> rows_of_ward, const AreaSet& wards,
                           const std::string& path, const std::string& what) {
    for (std::size_t ward = 0; ward < rows_of_ward.size(); ++ward) {
        if (rows_of_ward[ward] == 1) continue;
        throw InputError(
            what + " has " + std::to_string(rows_of_ward[ward]) + " rows for " + wards.names()[ward],
            {.file = path}, "give each ward one row");
    }
}

std::vector<WardTable> read_ward_tables(const std::string& path, const AreaSet& wards) {
    const std::array<std::string, 2> columns{"yt_june_2021", "yt_june_2022"};
    const CountsByWard read = read_counts_by_ward(path, columns, wards);
    const Column& markers = read.table.column("marker");
    const Column& offences = read.table.column("offence");
    std::vector<WardTable> tables;
    std::vector<std::vector<std::uint32_t>> rows_of_ward;
    for (std::size_t row = 0; row < read.table.row_count(); ++row) {
        const AreaIndex ward = read.matched.area_of_row[row];
        if (ward == no_area) continue;
        const Marker marker = parse_marker(markers.text(row), read.table.where(row, "marker"));
        const auto same = [&](const WardTable& table) {
            return table.marker == marker && table.offence == offences.text(row);
        };
        const auto found = std::find_if(tables.begin(), tables.end(), same);
        const auto at = static_cast<std::size_t>(found - tables.begin());
        if (found == tables.end()) {
            tables.push_back({marker, offences.text(row), std::vector<YearCounts>(wards.size())});
            rows_of_ward.emplace_back(wards.size(), 0U);
        }
        const auto position = static_cast<std::size_t>(ward);
        ++rows_of_ward[at][position];
        for (std::size_t column = 0; column < columns.size(); ++column) {
            tables[at].wards[position][column + 1] = whole_number(read.counts[column], row, read.table);
        }
    }
    for (std::size_t at = 0; at < tables.size(); ++at) {
        check_every_ward_once(rows_of_ward[at], wards, path, "the table of " + tables[at].offence);
    }
    return tables;
}

void estimate_first_year(WardTable& table) {
    std::vector<std::uint32_t> next_year;
    for (const YearCounts& ward : table.wards) next_year.push_back(ward[1]);
    const std::uint64_t total = table.total()[1];
    const std::uint64_t twice_exact = 2 * total * drug_marked_to_june_2020;
    const auto estimate =
        static_cast<std::uint32_t>((twice_exact + drug_marked_to_june_2021) / (2 * drug_marked_to_june_2021));
    const std::vector<std::uint32_t> shared = apportion(estimate, next_year);
    for (std::size_t ward = 0; ward < shared.size(); ++ward) table.wards[ward][0] = shared[ward];
}

std::vector<MonthShares> read_month_shares(const std::string& path) {
    const Table table = read_table(path).table;
    const Column& markers = table.column("marker");
    const Column& offences = table.column("offence");
    const Column& months = table.column("month");
    Problems problems;
    const Column percent = read_counts(table, "share_pct", problems);
    std::vector<MonthShares> shares;
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        const Marker marker = parse_marker(markers.text(row), table.where(row, "marker"));
        if (shares.empty() || shares.back().marker != marker || shares.back().offence != offences.text(row)) {
            shares.push_back({marker, offences.text(row), {}});
        }
        const auto month = std::find(month_names.begin(), month_names.end(), months.text(row));
        if (month == month_names.end()) {
            throw InputError("'" + months.text(row) + "' is no month", table.where(row, "month"),
                             "write January to December");
        }
        const auto position = static_cast<std::size_t>(month - month_names.begin());
        shares.back().percent[position] = whole_number(percent, row, table);
    }
    return shares;
}

std::vector<YearCounts> read_finds(const std::string& path, const AreaSet& wards) {
    const std::array<std::string, year_count> columns{"yt_july_2020", "yt_july_2021", "yt_july_2022"};
    const CountsByWard read = read_counts_by_ward(path, columns, wards);
    std::vector<YearCounts> finds(wards.size());
    std::vector<std::uint32_t> rows_of_ward(wards.size(), 0);
    for (std::size_t row = 0; row < read.table.row_count(); ++row) {
        const AreaIndex ward = read.matched.area_of_row[row];
        if (ward == no_area) continue;
        const auto position = static_cast<std::size_t>(ward);
        ++rows_of_ward[position];
        for (std::size_t year = 0; year < year_count; ++year) {
            finds[position][year] = whole_number(read.counts[year], row, read.table);
        }
    }
    check_every_ward_once(rows_of_ward, wards, path, "the table of needle finds");
    return finds;
}

}  // namespace

YearCounts WardTable::total() const {
    YearCounts sum{};
    for (const YearCounts& ward : wards) {
        for (std::size_t year = 0; year < year_count; ++year) sum[year] += ward[year];
    }
    return sum;
}

Published read_published(const std::string& folder, const AreaSet& wards) {
    const auto path = [&](const char* name) {
        return (std::filesystem::path(folder) / name).generic_string();
    };
    Published published{.tables = read_ward_tables(path("offences_by_ward.csv"), wards),
                        .months = read_month_shares(path("calendar_month_share.csv")),
                        .finds = read_finds(path("needle_finds_by_ward.csv"), wards)};
    for (WardTable& table : published.tables) estimate_first_year(table);
    return published;
}

}  // namespace wardmap::simulated
