#include "wardmap/report/audit_call.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/io/read_table.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace wardmap;

namespace {

const std::string data = WARDMAP_SOURCE_DIR "/examples/coventry/data/needs_assessment/";

AuditRequest of_file(const std::string& file) {
    AuditRequest request;
    request.table = read_table(data + file).table;
    return request;
}

bool has(const std::vector<std::string>& lines, const std::string& part) {
    for (const std::string& line : lines) {
        if (line.find(part) != std::string::npos) return true;
    }
    return false;
}

AuditRequest of_columns(std::vector<Column> columns) {
    AuditRequest request;
    request.table = Table(std::move(columns));
    return request;
}

}  // namespace

TEST_CASE("audit call: columns and tables are found by their headings") {
    const AuditReport made = audit_table(of_file("offences_by_ward.csv"));
    CHECK(has(made.guesses, "column that names the rows: ward"));
    CHECK(has(made.guesses, "marker, offence"));
    CHECK(has(made.guesses, "counts yt_june_2021, yt_june_2022"));
    CHECK(has(made.guesses, "rate rate_per_100k of yt_june_2022"));
    CHECK(has(made.guesses, "rates are per 100,000"));
    CHECK(made.result.populations.size() == 19);
}

TEST_CASE("audit call: the published people lie in what the rates imply") {
    const AuditReport made = audit_table(of_file("offences_by_ward.csv"));
    const Table people =
        read_table(WARDMAP_SOURCE_DIR "/examples/coventry/data/coventry_ward_population_mid2020.csv").table;
    std::size_t compared = 0;
    for (const ImpliedPopulation& one : made.result.populations) {
        for (std::size_t row = 0; row < people.row_count(); ++row) {
            if (people.column("ward_name").text(row) != one.name) continue;
            CAPTURE(one.name);
            const double true_number = std::stod(people.column("all_ages").text(row));
            CHECK(one.lower <= true_number + 1e-6);
            CHECK(one.upper >= true_number - 1e-6);
            ++compared;
        }
    }
    CHECK(compared == 18);
}

TEST_CASE("audit call: a planted slip is one finding, with its row in the file") {
    AuditRequest request = of_file("offences_by_ward.csv");
    auto rates = std::vector<std::string>(request.table.column("rate_per_100k").texts().begin(),
                                          request.table.column("rate_per_100k").texts().end());
    rates[10] = "1161";  // St Michael's: 1116
    const std::size_t before = audit_table(request).findings.row_count();
    const TableOrigin origin = request.table.origin();
    std::vector<Column> columns(request.table.columns().begin(), request.table.columns().end());
    for (Column& column : columns) {
        if (column.name() == "rate_per_100k") column = Column::text("rate_per_100k", rates);
    }
    request.table = Table(columns, {}, origin);
    const AuditReport made = audit_table(request);
    REQUIRE(made.findings.row_count() == before + 1);
    bool found = false;
    for (std::size_t row = 0; row < made.findings.row_count(); ++row) {
        if (made.findings.column("printed").text(row) != "1,161") continue;
        found = true;
        CHECK(made.findings.column("row_name").text(row) == "St Michael's");
        CHECK(made.findings.column("marker").text(row) == "alcohol");
        CHECK(made.findings.column("check").text(row) == "population");
        CHECK(made.findings.column("expected").text(row) == "1,116");
        CHECK(made.findings.column("file_row").number(row) == 12);
    }
    CHECK(found);
}

TEST_CASE(
    "audit call: types of offence are named by the column that has the total; sums of rows are checked") {
    CHECK(has(audit_table(of_file("offences_by_type.csv")).guesses, "names the rows: offence"));
    const AuditReport needles = audit_table(of_file("needle_finds_by_ward.csv"));
    CHECK(needles.findings.row_count() == 0);
    CHECK(has(needles.guesses, "sum of the row total"));
    CHECK(needles.result.statements == 19 + 4);
}

TEST_CASE("audit call: hostile names of columns and rows do no harm") {
    const std::string name = "\"; DROP <b>ward</b>\n,";
    const AuditReport made = audit_table(of_columns(
        {Column::text("check", {"a", "a", "b", "b"}), Column::text("ward", {name, "Total", name, "Total"}),
         Column::text("2021", {"1", "1", "3", "3"}), Column::text("2022", {"2", "2", "4", "5"})}));
    REQUIRE(made.findings.row_count() == 1);
    CHECK(made.findings.names().front() == "by_check");
    CHECK(made.findings.column("by_check").text(0) == "b");
}

TEST_CASE("audit call: what cannot be audited is said with the way out") {
    CHECK_THROWS_WITH_AS(audit_table(of_columns({Column::text("ward", {})})), doctest::Contains("no rows"),
                         InputError);
    CHECK_THROWS_WITH_AS(
        audit_table(of_columns({Column::text("ward", {"A", "B"}), Column::text("note", {"x", "y"})})),
        doctest::Contains("--from"), InputError);
    CHECK_THROWS_WITH_AS(
        audit_table(of_columns({Column::text("ward", {"A", "A"}), Column::text("2021", {"1", "2"}),
                                Column::text("2022", {"1", "2"}), Column::text("change", {"0", "0"})})),
        doctest::Contains("--by"), InputError);
    AuditRequest unknown = of_file("offences_by_ward.csv");
    unknown.rate = "rate_per_100";
    CHECK_THROWS_WITH_AS(audit_table(unknown), doctest::Contains("rate_per_100k"), NameUnknown);
}

TEST_CASE("audit call: a table without a total row is audited row by row, and that is said") {
    const AuditReport made =
        audit_table(of_columns({Column::text("ward", {"A", "B"}), Column::text("2021", {"10", "20"}),
                                Column::text("2022", {"15", "20"}), Column::text("% change", {"50", "1"})}));
    CHECK(made.findings.row_count() == 1);
    CHECK(made.summary.find("1 table without a total row") != std::string::npos);
}

TEST_CASE("audit call: rates may be per 1,000, and of both years") {
    const AuditReport made = audit_table(
        of_columns({Column::text("ward", {"A", "B"}), Column::text("count 2021", {"10", "20"}),
                    Column::text("count 2022", {"15", "20"}), Column::text("population", {"1000", "2000"}),
                    Column::text("rate per 1,000 2021", {"10", "10"}),
                    Column::text("rate per 1,000 2022", {"15", "11"})}));
    CHECK(has(made.guesses, "rates are per 1,000"));
    REQUIRE(made.findings.row_count() == 1);
    CHECK(made.findings.column("expected").text(0) == "10");
}
