/// \file
/// Where the fields of delimited text end, found 64 bytes at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

/// The marks of some records in a row. Field f of record i is the text from stops[records[i] + f] + 1 to
/// stops[records[i] + f + 1]; the field behind which the line ends may still hold one CR, at its end.
struct CsvMarks {
    std::vector<std::uint32_t>
        stops{};  ///< [0] lies one before the text; then every delimiter and line end, in order
    /// [0] is 0; then, of each record, the index in `stops` of its line end.
    std::vector<std::uint32_t> records{};
    std::size_t count = 0;          ///< records; both lists go on with what means nothing
    std::size_t used = 0;           ///< bytes of these records, with their line ends
    bool quotes = false;            ///< cells may be quoted: see cell_text()
    bool stopped_by_quote = false;  ///< in the record that follows, a quotation mark is used in a way that is
                                    ///< CsvSplitter's to judge
};

/// Marks the records at the beginning of `text`, up to the first that is not complete within `most` bytes, or
/// is quoted otherwise than by the book (RFC 4180), or over more than twenty lines: CsvSplitter's work
/// (csv_reader.hpp), which means the same by a record. Where the text ends, the last record ends too. Lines
/// end with CR LF, LF or CR, in any mixture. No record marked, and not stopped: the record is longer than
/// `most`. \pre most is below 2^31
void mark_records(std::string_view text, char delimiter, std::size_t most, CsvMarks& marks);

/// What a marked cell says: without its quotation marks and with doubled ones as one, which takes a copy in
/// `copies`.
std::string_view cell_text(std::string_view cell, std::deque<std::string>& copies);

}  // namespace wardmap
