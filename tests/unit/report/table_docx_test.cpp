#include "wardmap/report/table_docx.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/io/zip_file.hpp"
#include "wardmap/render/fonts.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

using namespace wardmap;

namespace {

std::string document_of(const Table& table) {
    for (const ZipPart& part : zip_parts(table_docx(table, liberation_sans()), "table.docx")) {
        if (part.name == "word/document.xml") return part.bytes;
    }
    return {};
}

std::size_t count_of(const std::string& text, const std::string& what) {
    std::size_t n = 0;
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += what.size()) ++n;
    return n;
}

}  // namespace

TEST_CASE("table as a document: numbers as printed, signs with their key, the total last, the source below") {
    TableMeta meta;
    meta.title = "Finds by ward";
    meta.whole = "Coventry";
    meta.source = "Coventry City Council";
    const Table table(
        {Column::text("area_code", {"E05001218", "", "E05001219"}),
         Column::text("area_name", {"Bablake", "Total", "Binley"}), Column::numbers("finds", {1234, 1240, 6}),
         Column::numbers("rate", {70.25, std::numeric_limits<double>::quiet_NaN(), 3.5})},
        meta);
    const std::string text = document_of(table);
    CHECK(text.find("Finds by ward") != std::string::npos);
    CHECK(text.find(">1,234<") != std::string::npos);
    CHECK(text.find(">70.3<") != std::string::npos);
    CHECK(text.find("E05001218") == std::string::npos);
    CHECK(text.rfind(">Coventry<") > text.find(">Binley<"));
    CHECK(text.find("Source: Coventry City Council") != std::string::npos);
    CHECK(count_of(text, "<w:tr>") == 4);
    CHECK(count_of(text, "<w:tblHeader/>") == 1);
    CHECK(text.find("landscape") == std::string::npos);
    CHECK(table_docx(table, liberation_sans()) == table_docx(table, liberation_sans()));
}

TEST_CASE("table as a document: one too wide for the page lies across it") {
    std::vector<Column> columns{Column::text("ward", {"Foleshill"})};
    for (int year = 2001; year < 2018; ++year)
        columns.push_back(Column::numbers("offences_" + std::to_string(year), {123456}));
    CHECK(document_of(Table(columns)).find("w:orient=\"landscape\"") != std::string::npos);
}

TEST_CASE("table as a document: one without rows is refused") {
    CHECK_THROWS_AS((void)table_docx(Table({Column::text("ward", {})}), liberation_sans()), InputError);
}
