#include "wardmap/base/error.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/io/gdal/gdal_handle.hpp"
#include "wardmap/io/gdal/module_parts.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace wardmap {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// "2022/06/01" and "2022/06/01 10:30:00" as GDAL writes dates.
bool is_gdal_date(std::string_view text) {
    if (text.size() < 10 || (text.size() > 10 && text[10] != ' ')) return false;
    for (std::size_t i = 0; i < 10; ++i) {
        if (i == 4 || i == 7 ? text[i] != '/' : !is_digit(text[i])) return false;
    }
    return true;
}

/// A number with a fraction as the shortest text of the same double: "12.0" -> "12",
/// "0.10000000000000001" -> "0.1". Digits without a point may be a code and stay.
std::string tidy(std::string_view text) {
    if (is_gdal_date(text)) {
        std::string iso(text);
        iso[4] = iso[7] = '-';
        if (iso.size() > 10) iso[10] = 'T';
        if (iso.size() > 10 && iso.compare(10, std::string::npos, "T00:00:00") == 0) iso.resize(10);
        return iso;
    }
    const auto digits = static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_digit));
    const std::size_t point = text.find('.');
    const bool all_zeros = point != std::string_view::npos && point + 1 < text.size() &&
                           text.find_first_not_of('0', point + 1) == std::string_view::npos;
    const bool needless_digits = digits >= 16 && text.find_first_of(".eE") != std::string_view::npos;
    if (all_zeros || needless_digits) {
        if (const auto number = parse_number(text)) return full_precision(*number);
    }
    return std::string(text);
}

RawSheet read_sheet(OGRLayerH layer, const std::string& path, GdalErrors& errors) {
    RawSheet sheet;
    sheet.name = OGR_L_GetName(layer);
    const auto columns = static_cast<std::size_t>(OGR_FD_GetFieldCount(OGR_L_GetLayerDefn(layer)));
    OGR_L_ResetReading(layer);
    while (FeatureHandle feature{OGR_L_GetNextFeature(layer)}) {
        // Without headers the feature's id is the row's number in the sheet.
        const GIntBig id = OGR_F_GetFID(feature.get());
        if (id > 0 && static_cast<std::size_t>(id) > sheet.cells.size() + 1) {
            sheet.cells.resize(static_cast<std::size_t>(id) - 1, std::vector<std::string>(columns));
        }
        std::vector<std::string> cells(columns);
        for (std::size_t c = 0; c < columns; ++c) {
            const int field = static_cast<int>(c);
            if (OGR_F_IsFieldSetAndNotNull(feature.get(), field) == 0) continue;
            cells[c] = tidy(OGR_F_GetFieldAsString(feature.get(), field));
        }
        sheet.cells.push_back(std::move(cells));
    }
    if (errors.failed()) {
        throw InputError("the sheet cannot be read" + errors.text(), {.file = path, .layer = sheet.name},
                         "is the file damaged? open it and save it again");
    }
    return sheet;
}

}  // namespace

std::vector<RawSheet> gdal_read_workbook(const std::string& path) {
    // No guesses by GDAL: it loses the header of sheets that are all text.
    const GdalOptions options{{"OGR_XLSX_HEADERS", "DISABLE"},
                              {"OGR_XLSX_FIELD_TYPES", "STRING"},
                              {"OGR_ODS_HEADERS", "DISABLE"},
                              {"OGR_ODS_FIELD_TYPES", "STRING"}};
    GdalErrors errors;
    constexpr std::array<const char*, 3> drivers{"XLSX", "ODS", nullptr};
    const DatasetHandle book{GDALOpenEx(path.c_str(),
                                        GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR,
                                        drivers.data(), nullptr, nullptr)};
    if (!book) {
        throw InputError(
            "this is not a workbook that can be read" + errors.text(), {.file = path},
            "save it as .xlsx, .ods or CSV; the old .xls and password-protected files are not read");
    }
    std::vector<RawSheet> sheets;
    for (int i = 0; i < GDALDatasetGetLayerCount(book.get()); ++i) {
        sheets.push_back(read_sheet(GDALDatasetGetLayer(book.get(), i), path, errors));
    }
    return sheets;
}

}  // namespace wardmap
