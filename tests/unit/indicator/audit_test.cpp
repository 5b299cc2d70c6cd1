#include "wardmap/indicator/audit.hpp"

#include "support/csv_rows.hpp"
#include "wardmap/base/error.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>

using namespace wardmap;

namespace {

using Cells = std::vector<std::string>;

/// Three wards and their total: 10 + 20 + 30, later 15 + 20 + 40.
struct Wards {
    Cells names{"Ash", "Birch", "Cedar", "Total"};
    Cells before{"10", "20", "30", "60"};
    Cells after{"15", "20", "40", "75"};
    Cells change{"5", "0", "10", "15"};
    Cells pct{"50", "0", "33", "25"};
    Cells rate{"150", "100", "100", "107"};  // of 10,000, 20,000 and 40,000 people; 70,000 in all

    Table table() const {
        return Table({Column::text("ward", names), Column::text("y1", before), Column::text("y2", after),
                      Column::text("change", change), Column::text("pct", pct), Column::text("rate", rate)});
    }
    AuditOptions options() const {
        AuditOptions out;
        out.columns.name = "ward";
        out.columns.counts = {"y1", "y2"};
        out.columns.before = "y1";
        out.columns.after = "y2";
        out.columns.change = "change";
        out.columns.change_pct = "pct";
        out.columns.rates = {{"rate", "y2"}};
        out.groups.push_back({{}, {0, 1, 2, 3}});
        return out;
    }
    AuditResult audited() const { return audit(table(), options()); }
};

const AuditFinding& only(const AuditResult& result) {
    REQUIRE(result.findings.size() == 1);
    return result.findings.front();
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("audit: a table that agrees with itself has no finding") {
    const AuditResult result = Wards{}.audited();
    CHECK(result.findings.empty());
    // 4 changes, 4 percentages, 4 rates, 3 totals, and the people of the total's rates against the rows'.
    CHECK(result.statements == 16);
    CHECK(result.withheld == 0);
    REQUIRE(result.populations.size() == 4);
    CHECK(result.populations[0].name == "Ash");
    CHECK(result.populations[0].lower == doctest::Approx(15 * 100000 / 150.5));
    CHECK(result.populations[0].upper == doctest::Approx(15 * 100000 / 149.5));
}

TEST_CASE("audit: a wrong change says the right one, and which way round a sign is") {
    Wards wards;
    wards.change[0] = "6";
    wards.change[3] = "16";
    AuditResult result = wards.audited();
    REQUIRE(result.findings.size() == 2);
    CHECK(result.findings[0].check == AuditCheck::change);
    CHECK(result.findings[0].name == "Ash");
    CHECK(result.findings[0].expected == "5");
    CHECK(result.findings[0].difference == 1);
    wards = {};
    wards.change[0] = "-5";
    result = wards.audited();
    REQUIRE(result.findings.size() == 2);  // and the total of the changes
    CHECK(result.findings[0].explanation == "the sign is the wrong way round");
    CHECK(has(result.findings[1].explanation, "explained by Ash (5 for \u22125, by its own row)"));
}

TEST_CASE("audit: percentages agree with every value that rounds to them and say how they came about") {
    Wards wards;
    wards.pct[2] = "34";
    CHECK(only(wards.audited()).expected == "33%");
    CHECK(only(wards.audited()).difference == 1);
    wards.pct[2] = "133";
    CHECK(only(wards.audited()).explanation == "it is the later count as a percentage of the earlier");
    wards.pct[2] = "25";
    CHECK(only(wards.audited()).explanation == "it is worked out on the later count, not the earlier");
    wards.pct[2] = "-33";
    CHECK(only(wards.audited()).explanation == "the sign is the wrong way round");
    wards.pct = {"50", "0", "33.3", "25"};
    CHECK(wards.audited().findings.empty());
    wards.pct = {"50", "0", "33.4", "25"};
    CHECK(only(wards.audited()).expected == "33.3%");
}

TEST_CASE("audit: a percentage cut off instead of rounded is named as such") {
    Wards wards;
    wards.before = {"3", "20", "30", "53"};
    wards.after = {"5", "20", "40", "65"};
    wards.change = {"2", "0", "10", "12"};
    wards.rate = {"50", "100", "100", "93"};
    wards.pct = {"66", "0", "33", "23"};  // 66.67%
    CHECK(only(wards.audited()).explanation == "it is cut off, not rounded");
}

TEST_CASE("audit: a change from 0 has no percentage") {
    Wards wards;
    wards.before = {"0", "20", "30", "50"};
    wards.change = {"15", "0", "10", "25"};
    wards.pct = {"", "0", "33", "50"};
    CHECK(wards.audited().findings.empty());
    wards.pct[0] = "1500";
    CHECK(has(only(wards.audited()).what, "from 0"));
}

TEST_CASE("audit: a total that is not the sum says which row could explain it") {
    Wards wards;
    wards.after[3] = "60";  // leaves out Ash, 15
    wards.change[3] = "0";
    wards.pct[3] = "0";
    wards.rate[3] = "86";
    const AuditResult left_out = wards.audited();
    const auto total = std::find_if(left_out.findings.begin(), left_out.findings.end(), [](const auto& one) {
        return one.check == AuditCheck::total && one.column == "y2";
    });
    REQUIRE(total != left_out.findings.end());
    CHECK(has(total->what, "add up to 75, the total says 60"));
    CHECK(has(total->explanation, "the total may leave out Ash (15)"));

    wards = {};
    wards.before[1] = "2";  // its row says 20: 0 less than the later 20
    const AuditResult slip = wards.audited();
    const auto before = std::find_if(slip.findings.begin(), slip.findings.end(),
                                     [](const auto& one) { return one.check == AuditCheck::total; });
    REQUIRE(before != slip.findings.end());
    CHECK(has(before->explanation, "explained by Birch (20 for 2, by its own row)"));

    wards = {};
    wards.after = {"15", "20", "04", "75"};
    const AuditResult swapped = wards.audited();
    const auto after = std::find_if(swapped.findings.begin(), swapped.findings.end(),
                                    [](const auto& one) { return one.check == AuditCheck::total; });
    REQUIRE(after != swapped.findings.end());
    CHECK(has(after->explanation, "Cedar (40 for 4"));
}

TEST_CASE("audit: two swapped digits are recognised") {
    Wards wards;
    wards.before = {"12", "20", "30", "71"};
    wards.after = {"12", "20", "30", "71"};
    AuditOptions options = wards.options();
    options.columns.change.clear();
    options.columns.change_pct.clear();
    options.columns.rates.clear();
    const AuditResult result = audit(wards.table(), options);
    REQUIRE(result.findings.size() == 2);
    CHECK(has(result.findings[0].explanation, "two digits may be swapped in Ash (21 for 12)"));
}

TEST_CASE(
    "audit: withheld and missing cells are not guessed, and a total below what is known is still found") {
    Wards wards;
    wards.after = {"[c]", "20", "40", "75"};
    wards.change = {"[c]", "0", "10", "15"};
    wards.pct = {"[c]", "0", "33", "25"};
    wards.rate = {"[c]", "100", "100", "107"};
    const AuditResult fine = wards.audited();
    CHECK(fine.findings.empty());
    CHECK(fine.withheld > 0);
    wards.after[3] = "55";
    const AuditResult below = wards.audited();
    CHECK(std::any_of(below.findings.begin(), below.findings.end(), [](const auto& one) {
        return one.check == AuditCheck::total && one.expected == "60 or more";
    }));
}

TEST_CASE("audit: text in a column of numbers is a finding") {
    Wards wards;
    wards.rate[1] = "see note";
    const AuditResult result = wards.audited();
    CHECK(only(result).check == AuditCheck::number);
    CHECK(has(only(result).what, "'see note' is no number"));
}

TEST_CASE("audit: counts rounded to five leave room for what rounding hides") {
    Wards wards;
    wards.before = {"10", "20", "30", "65"};
    wards.after = {"15", "20", "40", "80"};
    wards.change = {"5", "0", "10", "15"};
    wards.pct = {"45", "5", "30", "24"};
    AuditOptions options = wards.options();
    options.columns.rates.clear();
    CHECK_FALSE(audit(wards.table(), options).findings.empty());
    options.counts_rounded_to = 5;
    CHECK(audit(wards.table(), options).findings.empty());
    options.counts_rounded_to = std::nan("");
    CHECK_THROWS_AS(audit(wards.table(), options), UsageError);
}

TEST_CASE("audit: the people that a rate implies must be one number for each row in all tables") {
    // Ash has 10,000 people: 15 is 150, 33 is 330. The third table says 233.
    const Table table({Column::text("ward", {"Ash", "Ash", "Ash"}), Column::text("y1", {"9", "233", "10"}),
                       Column::text("y2", {"15", "33", "23"}), Column::text("rate", {"150", "330", "233"})});
    AuditOptions options;
    options.columns.name = "ward";
    options.columns.counts = {"y1", "y2"};
    options.columns.before = "y1";
    options.columns.after = "y2";
    options.columns.rates = {{"rate", "y2"}};
    options.groups = {{{{"kind", "A"}}, {0}}, {{{"kind", "B"}}, {1}}, {{{"kind", "C"}}, {2}}};
    const AuditResult result = audit(table, options);
    CHECK(only(result).check == AuditCheck::population);
    CHECK(only(result).group == 2);
    CHECK(only(result).expected == "230");
    CHECK(has(only(result).what, "2 other rates imply 9,985 to 10,015"));

    // Two tables alone: nobody can say which is wrong.
    options.groups.erase(options.groups.begin());
    const AuditResult two = audit(table, options);
    CHECK(has(only(two).what, "other tables imply other numbers"));
}

TEST_CASE("audit: a rate of the earlier count is recognised") {
    const Table table({Column::text("ward", {"Ash", "Ash", "Ash"}), Column::text("y1", {"9", "20", "10"}),
                       Column::text("y2", {"15", "33", "23"}), Column::text("rate", {"150", "330", "100"})});
    AuditOptions options;
    options.columns = {
        .name = "ward", .counts = {"y1", "y2"}, .before = "y1", .after = "y2", .rates = {{"rate", "y2"}}};
    options.groups = {{{}, {0}}, {{}, {1}}, {{}, {2}}};
    CHECK(only(audit(table, options)).explanation == "it is the rate of y1 (10)");
}

TEST_CASE("audit: printed people settle the rates, and shares and sums of rows are checked") {
    const Table table({Column::text("ward", {"Ash", "Birch", "Total"}), Column::text("a", {"10", "20", "30"}),
                       Column::text("b", {"15", "20", "35"}), Column::text("sum", {"25", "41", "65"}),
                       Column::text("share", {"43", "58", "100"}),
                       Column::text("people", {"10000", "20000", "30000"}),
                       Column::text("rate", {"150", "101", "117"})});
    AuditOptions options;
    options.columns = {.name = "ward",
                       .counts = {"a", "b"},
                       .before = "a",
                       .after = "b",
                       .row_total = "sum",
                       .share = "share",
                       .population = "people",
                       .rates = {{"rate", "b"}}};
    options.groups = {{{}, {0, 1, 2}}};
    std::map<AuditCheck, std::vector<std::string>> found;
    for (const AuditFinding& one : audit(table, options).findings) found[one.check].push_back(one.expected);
    CHECK(found[AuditCheck::row_total] == std::vector<std::string>{"40"});
    CHECK(found[AuditCheck::total] == std::vector<std::string>{"66"});
    CHECK(found[AuditCheck::share] == std::vector<std::string>{"57%"});
    CHECK(found[AuditCheck::rate] == std::vector<std::string>{"100"});
    CHECK(found.size() == 4);
}

TEST_CASE("audit: shares alone must add up to 100 within what rounding leaves") {
    AuditOptions options;
    options.columns = {.name = "month", .share = "share"};
    options.groups = {{{}, {0, 1, 2}}};
    const auto of = [](Cells shares) {
        return Table(
            {Column::text("month", {"May", "June", "July"}), Column::text("share", std::move(shares))});
    };
    CHECK(audit(of({"33", "33", "33"}), options).findings.empty());
    CHECK(only(audit(of({"33", "33", "32"}), options)).check == AuditCheck::share_sum);
}

TEST_CASE("audit: the change printed between other periods is recognised") {
    // The printed assessment: "−39% on the previous year"; 103 to 83 is −19%, 136 to 83 is −39%.
    const Table table({Column::text("what", {"needle finds"}), Column::text("2020", {"136"}),
                       Column::text("2021", {"103"}), Column::text("2022", {"83"}),
                       Column::text("pct", {"-39"})});
    AuditOptions options;
    options.columns = {.name = "what",
                       .counts = {"2020", "2021", "2022"},
                       .before = "2021",
                       .after = "2022",
                       .change_pct = "pct"};
    options.groups = {{{}, {0}}};
    CHECK(only(audit(table, options)).expected == "\u221219%");
    CHECK(only(audit(table, options)).explanation == "it is the change from 2020 to 2022");
}
