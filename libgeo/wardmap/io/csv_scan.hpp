/// \file
/// Where the fields of delimited text end, found 64 bytes at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace wardmap {

/// The marks of some records in a row. Field f of record i is the text from stops[records[i] + f] + 1 to
/// stops[records[i] + f + 1]; the field behind which the line ends may still hold one CR, at its end.
struct CsvMarks {
    std::vector<std::uint32_t>
        stops{};  ///< [0] lies one before the text; then every delimiter and line end, in order
    std::vector<std::uint32_t>
        records{};  ///< [0] is 0; then, of each record, the index in `stops` of its line end
    std::size_t size() const noexcept { return records.empty() ? 0 : records.size() - 1; }
    std::size_t used = 0;           ///< bytes of these records, with their line ends
    bool stopped_by_quote = false;  ///< the record that follows holds a quotation mark
};

/// Marks the records at the beginning of `text`, up to the first that holds a quotation mark (CsvSplitter's
/// work: csv_reader.hpp) or is not complete within `most` bytes; where the text ends, the last record ends
/// too. Lines end with CR LF, LF or CR, in any mixture. No record marked and none with a quotation mark: the
/// record is longer than `most`. \pre most is below 2^31
void mark_records(std::string_view text, char delimiter, std::size_t most, CsvMarks& marks);

}  // namespace wardmap
