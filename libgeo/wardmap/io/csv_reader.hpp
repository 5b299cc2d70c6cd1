/// \file
/// Delimited text to cells.
#pragma once

#include "wardmap/base/problems.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

/// Whether more of the file comes behind a piece of it.
enum class PieceEnd : std::uint8_t { end_of_file, more_follows };

/// Splits delimited text into records and fields: RFC 4180, and what is sent in its place. Lines end with CR
/// LF, LF or CR, in any mixture; a quoted field may hold line ends and doubled quotes; blanks before an
/// opening quote are dropped; text behind a closing quote belongs to the field; a quote that is never closed
/// is an ordinary character.
///
/// Typical usage, over a file in pieces:
///
///     CsvSplitter splitter(piece, ',', PieceEnd::more_follows);
///     while (splitter.next(fields)) use(fields);
///     piece.erase(0, splitter.used());  // the record cut in two: put the next piece behind it
///
class CsvSplitter {
public:
    /// \param text  UTF-8; must outlive the splitter and the fields it gives
    CsvSplitter(std::string_view text, char delimiter, PieceEnd end = PieceEnd::end_of_file) noexcept
        : text_(text), delimiter_(delimiter), end_(end) {}

    /// The next record's fields, which last until the next call. False at the end, and where a record is not
    /// complete and more follows. An empty line is a record of one empty field.
    bool next(std::vector<std::string_view>& fields);

    std::size_t used() const noexcept { return at_; }  ///< bytes of the text in the records given so far
    /// Opening quotes without an end, so far.
    std::size_t unclosed_quotes() const noexcept { return unclosed_; }
    /// Closing quotes with text behind them, so far.
    std::size_t stray_quotes() const noexcept { return stray_; }

private:
    std::size_t field_end(std::size_t from) const noexcept;

    std::string_view text_;
    char delimiter_;
    PieceEnd end_;
    std::size_t at_ = 0;
    std::size_t unclosed_ = 0;
    std::size_t stray_ = 0;
    std::deque<std::string> unquoted_{};  ///< fields of this record that are not in the text as they stand
};

/// A delimited text as it stands.
struct CsvGrid {
    /// cells[i] is row i + 1 as a spreadsheet counts (a quoted line end makes no new row); empty lines have
    /// no cells.
    std::vector<std::vector<std::string>> cells{};
    char delimiter = ',';
    Problems problems{};
    std::vector<std::string> guesses{};  ///< what was guessed and is not the usual: encoding, delimiter
};

/// The delimiter that splits the first lines most evenly: one of `,` `;` tab `|`. Comma if none does.
char guess_delimiter(std::string_view text);

/// "comma", "semicolon", "tab", "vertical bar"
std::string_view delimiter_name(char delimiter) noexcept;

/// Decodes (text_encoding.hpp), finds the delimiter (a first line "sep=;" says it) and splits. Problems, each
/// with its row: `nul_bytes`, `bad_encoding`, `unclosed_quote`, `stray_quote`, `long_quoted_cell`.
/// \param file  its name, for messages
/// \throws InputError if there is nothing in it, or if it is no text (a workbook, PDF, web page,
///         archive).
CsvGrid read_csv(std::string bytes, const std::string& file);

}  // namespace wardmap
