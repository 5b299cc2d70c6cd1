/// \file
/// Delimited text cut into pieces that end where a record ends.
#pragma once

#include "wardmap/io/byte_source.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace wardmap {

/// Whether text behind what is there may still come.
enum class TextEnd : unsigned char { known, unknown };

/// A quoted cell ends within so many bytes of its record's beginning, or its quotation mark is text.
inline constexpr std::size_t longest_quoted_record = std::size_t{8} << 20U;

/// Where the first record ends (with its line end) that reaches `least` bytes or more; the end of the text if
/// it is known and no record reaches so far. Records are CsvSplitter's (csv_reader.hpp). Nothing if that
/// takes more text. \pre a record begins at text[0]
std::optional<std::size_t> record_cut(std::string_view text, std::size_t least, char delimiter, TextEnd end);

/// A piece, and the memory it lies in where that is not the source's.
struct RecordPiece {
    std::string_view text{};
    std::shared_ptr<const std::string> storage{};
};

/// Reads a source as text, UTF-16 as UTF-8, without a byte order mark.
class RecordPieces {
public:
    /// How a file lies in memory is how it is cut: a mapped one in one piece, if `size` allows.
    RecordPieces(std::unique_ptr<ByteSource> source, std::size_t size);

    const std::string& name() const { return source_->name(); }
    bool was_utf16() const noexcept { return utf16_ != 0; }
    /// The next bytes: at least `most` of them, or all there are. Holds until the next call of any function
    /// here.
    std::string_view peek(std::size_t most);
    void skip(std::size_t bytes);  ///< \pre peek() showed them
    /// The next piece: some `size` bytes. Empty at the end.
    RecordPiece next(char delimiter);

private:
    std::string_view ahead() const noexcept;
    void read_more();
    std::string decoded(std::string_view bytes);

    std::unique_ptr<ByteSource> source_;
    std::size_t size_;
    bool mapped_ = false;
    std::string_view
        whole_{};  ///< of a mapped file, what is left; of a mapped UTF-16 file, what is left to decode
    std::shared_ptr<std::string> buffer_ = std::make_shared<std::string>();
    std::size_t at_ = 0;  ///< in the buffer
    bool ended_ = false;
    bool begun_ = false;
    char utf16_ = 0;           ///< 'l' or 'b': its byte order; 0: it is not
    std::string undecoded_{};  ///< half a character
};

}  // namespace wardmap
