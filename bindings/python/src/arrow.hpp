/// \file
/// Tables across the Arrow C data interface (https://arrow.apache.org/docs/format/CDataInterface.html):
/// polars, pyarrow, DuckDB, pandas and others speak it, and none of them is needed here.
#pragma once

#include "python.hpp"

#include "wardmap/geometry/multi_polygon.hpp"
#include "wardmap/io/distinct_texts.hpp"
#include "wardmap/table/table.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace wardmap {

/// What is done with a column of Well-Known Binary.
enum class ArrowShapes : unsigned char { skip, read };

struct ArrowColumns {
    std::vector<Column> columns{};
    std::vector<std::string> left_out{};  ///< columns of kinds that are neither text, numbers nor dates

    // Of ArrowShapes::read:
    std::string shape_column{};  ///< empty: there is none
    std::string shape_meta{};    ///< ARROW:extension:metadata of it, which has the coordinate system
    std::vector<MultiPolygon> shapes{};
    std::size_t without_shape = 0;
    std::size_t not_polygons = 0;
};

/// Takes over an `arrow_array_stream` capsule and reads it to its end, or the pair of capsules of one
/// array. Text, dictionaries of text, dates (as ISO text; UTC where they have a zone) and null columns
/// become text columns; numbers, decimals and true/false become number columns, or text where whole
/// numbers among them are too large for a double. Columns of the extensions geoarrow.wkb and ogc.wkb are
/// shapes, and so is the only column of bytes where there is none of these.
/// \throws InputError if the stream fails or is not one of tables.
ArrowColumns read_arrow(const py::object& capsules, ArrowShapes shapes);

/// The different texts of a column, trimmed, "" and then in the order they come first; the number of each
/// row's.
struct ArrowTexts {
    std::vector<std::uint32_t> codes{};
    std::vector<std::string> names{};
};

/// One column of text, or of a dictionary of text, where the library it comes from has it.
class ArrowTextColumn {
public:
    /// Takes over the `arrow_array_stream` capsule. \throws InputError if it is of anything else
    explicit ArrowTextColumn(const py::capsule& stream);
    ArrowTextColumn(ArrowTextColumn&&) noexcept;
    ArrowTextColumn& operator=(ArrowTextColumn&&) noexcept;
    /// With the interpreter's lock held: the column is given back.
    ~ArrowTextColumn();

    std::size_t size() const noexcept;
    /// The number in `texts` of each row from `first` on; null is "". Needs no interpreter; any number of
    /// threads may ask. \returns NUL bytes that were left out
    std::uint64_t number(std::size_t first, std::span<std::uint32_t> codes, DistinctTexts& texts) const;

private:
    struct Data;
    std::unique_ptr<Data> data_;
};

/// All of a column. Needs no interpreter. \param threads  0: one a core
ArrowTexts number_texts(const ArrowTextColumn& column, unsigned threads);

/// The table as a stream of one batch; number cells without a value are null. Numbers are not copied.
py::capsule arrow_stream_of(const Table& table);

/// Text columns and one of shapes as a stream of one batch.
struct ArrowLayer {
    std::vector<Column> columns{};
    std::vector<std::string> wkb{};  ///< one a row; empty: null
    std::string shape_meta{};        ///< JSON of the extension geoarrow.wkb
    std::string meta{};              ///< JSON under "wardmap_areas" of the schema
};
py::capsule arrow_stream_of(const ArrowLayer& layer);

}  // namespace wardmap
