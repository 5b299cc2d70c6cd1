/// \file
/// What one cell of a published table says: a number, or why there is none.
#pragma once

#include "wardmap/table/column.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace wardmap {

/// One cell, read.
struct ParsedCell {
    CellState state = CellState::missing;
    double number = 0;     ///< NaN unless state is `value`
    bool percent = false;  ///< a percent sign stood behind it: "12%" has the number 12
    bool marked = false;   ///< a note stood behind it: "1,234 [p]", "12 [note 3]"; or it was "[low]"
};

/// Reads a cell as the field writes them (GSS and DfE symbols included), white space round it ignored:
///
/// | text | becomes |
/// |---|---|
/// | `1234` `1,234` `1 234` `+64` `-8` `−8` `12%` `1.2E+03` | the number; groups must be of three digits |
/// | `1,234 [p]` `12 [note 3]` | the number, marked |
/// | `[low]` `low` | 0, marked: it rounds to zero |
/// | nothing, `.` `..` `…` `:` `n/a` `NA` `nan` `null` `#N/A` `[x]` `x` `[w]` | missing |
/// | `-` `–` `—` `−` `--` `#DIV/0!` | undefined |
/// | `[c]` `(c)` `c` `*` `**` `<5` `fewer than 5` `suppressed` | suppressed |
/// | `[z]` `z` | not applicable |
///
/// Nothing for every other text. `1,23` is none (a decimal comma or a slip: it must not be guessed), nor is
/// `(8)`.
std::optional<ParsedCell> parse_cell(std::string_view text);

/// Without the white space round it, the spaces of Unicode (no-break, thin, zero-width) included.
std::string_view trimmed(std::string_view text) noexcept;

/// Trimmed, and every run of white space within, line ends too, as one blank; zero-width characters vanish.
std::string on_one_line(std::string_view text);

/// A cell as tables for machines write it: text as it is, a number in full precision, "[c]" for a suppressed
/// one, nothing for every other cell without a value (infinite numbers too).
std::string text_of_cell(const Column& column, std::size_t row);

}  // namespace wardmap
