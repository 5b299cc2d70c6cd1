#include "coded_counts.hpp"

#include "convert.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <vector>

namespace wardmap {
namespace {

using Codes = py::array_t<std::int32_t>;

py::object text_or_none(const std::string& text) {
    return text.empty() ? py::object(py::none()) : py::object(py::str(text));
}

/// A column whose codes run the same way in every area.
Codes repeated(std::size_t areas, const std::vector<std::int32_t>& of_area) {
    Codes out(static_cast<py::ssize_t>(areas * of_area.size()));
    std::int32_t* at = out.mutable_data();
    for (std::size_t a = 0; a < areas; ++a) at = std::copy(of_area.begin(), of_area.end(), at);
    return out;
}

Codes of_areas(std::size_t areas, std::size_t rows_an_area) {
    Codes out(static_cast<py::ssize_t>(areas * rows_an_area));
    std::int32_t* at = out.mutable_data();
    for (std::size_t a = 0; a < areas; ++a) at = std::fill_n(at, rows_an_area, static_cast<std::int32_t>(a));
    return out;
}

}  // namespace

py::tuple coded_counts(const CountCube& cube, Unlocated unlocated) {
    const std::size_t areas = unlocated == Unlocated::keep ? cube.area_rows() : cube.areas.size();
    const std::size_t kinds = cube.kinds.size(), markers = cube.marker_count();
    const std::size_t rows_an_area = cube.periods.size() * kinds * markers;

    py::list codes, names, periods, marker_names;
    for (std::size_t a = 0; a < areas; ++a) {
        const bool is_area = a < cube.areas.size();
        codes.append(is_area ? text_or_none(cube.areas.codes()[a]) : py::none());
        names.append(is_area ? text_or_none(cube.areas.names()[a])
                             : py::str(a == cube.outside_row() ? outside_row_name : not_located_row_name));
    }
    for (const CountPeriod& period : cube.periods) periods.append(text_or_none(period.label));
    for (const std::string& marker : cube.markers) marker_names.append(text_or_none(marker));

    const auto pattern = [&](auto&& code_of) {
        std::vector<std::int32_t> out(rows_an_area);
        for (std::size_t row = 0; row < rows_an_area; ++row)
            out[row] = static_cast<std::int32_t>(code_of(row));
        return repeated(areas, out);
    };
    const std::vector<std::string> headings = count_columns(cube);
    const Codes area_codes = of_areas(areas, rows_an_area);
    py::list columns;
    columns.append(py::make_tuple(headings[0], codes, area_codes));
    columns.append(py::make_tuple(headings[1], names, area_codes));
    columns.append(py::make_tuple(headings[2], periods,
                                  pattern([&](std::size_t row) { return row / (kinds * markers); })));
    const Codes kind_codes = pattern([&](std::size_t row) { return row / markers % kinds; });
    for (std::size_t k = 0; k < cube.by.size(); ++k) {
        py::list texts;
        for (const std::vector<std::string>& kind : cube.kinds) texts.append(text_or_none(kind[k]));
        columns.append(py::make_tuple(headings[3 + k], texts, kind_codes));
    }
    if (!cube.markers.empty()) {
        columns.append(
            py::make_tuple("marker", marker_names, pattern([&](std::size_t row) { return row % markers; })));
    }
    const std::span counts(cube.counts.data(), areas * rows_an_area);
    return py::make_tuple(columns, whole_or_real(counts));
}

}  // namespace wardmap
