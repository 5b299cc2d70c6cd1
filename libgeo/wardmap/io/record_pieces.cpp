#include "wardmap/io/record_pieces.hpp"

#include "wardmap/io/csv_reader.hpp"
#include "wardmap/io/csv_scan.hpp"
#include "wardmap/io/text_encoding.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace wardmap {
namespace {

constexpr std::size_t marked_at_once = std::size_t{1} << 16U;
constexpr std::size_t looked_at_for_encoding = 4096;
constexpr std::size_t most_buffered = std::size_t{1}
                                      << 22U;  // of a piece that is not mapped, if its records allow

bool is_line_end(char c) {
    return c == '\n' || c == '\r';
}

/// The end of the record that begins at `start` and holds a quotation mark.
std::optional<std::size_t> quoted_record_end(std::string_view text, std::size_t start, char delimiter,
                                             TextEnd end) {
    const std::string_view window = text.substr(start, longest_quoted_record);
    const bool decided = end == TextEnd::known || window.size() == longest_quoted_record;
    CsvSplitter splitter(window, delimiter, decided ? PieceEnd::end_of_file : PieceEnd::more_follows);
    std::vector<std::string_view> fields;
    if (!splitter.next(fields)) return std::nullopt;
    return start + splitter.used();
}

std::size_t record_begin(std::string_view text, std::size_t least, std::size_t at) {
    while (at > least && !is_line_end(text[at - 1])) --at;
    return at;
}

}  // namespace

std::optional<std::size_t> record_cut(std::string_view text, std::size_t least, char delimiter, TextEnd end) {
    const auto rest = [&]() -> std::optional<std::size_t> {
        if (end == TextEnd::known) return text.size();
        return std::nullopt;
    };
    if (least >= text.size()) return rest();
    std::size_t at = 0;  // a record begins here
    CsvMarks marks;
    while (at < least) {
        const std::size_t quote = text.substr(0, least).find('"', at);
        if (quote != std::string_view::npos) {
            at = record_begin(text, at, quote);
            mark_records(text.substr(at), delimiter, marked_at_once, marks);
            const std::size_t begin = at;
            for (std::size_t i = 1; i <= marks.count && at < least; ++i) {
                const std::size_t record = begin + marks.stops[marks.records[i]] + 1;
                if (record >= text.size()) break;  // what follows may belong to it
                at = record;
            }
            if (at > begin) continue;
            const auto record = quoted_record_end(text, at, delimiter, end);
            if (!record) return rest();
            at = *record;
            if (at == text.size()) return at < least ? rest() : record;
            continue;
        }
        const std::size_t stop = text.find_first_of("\n\r", least - 1);
        const std::size_t behind = text.substr(0, stop).find('"', least);
        if (behind != std::string_view::npos) {
            return quoted_record_end(text, record_begin(text, at, behind), delimiter, end);
        }
        if (stop == std::string_view::npos) return rest();
        if (text[stop] == '\n') return stop + 1;
        if (stop + 1 == text.size()) return rest();
        return text[stop + 1] == '\n' ? stop + 2 : stop + 1;
    }
    return at;
}

RecordPieces::RecordPieces(std::unique_ptr<ByteSource> source, std::size_t size)
    : source_(std::move(source)), size_(size), mapped_(source_->is_mapped()) {
    if (mapped_) {
        whole_ = source_->next(std::string_view::npos);
        const TextEncoding encoding =
            decode_text(std::string(whole_.substr(0, looked_at_for_encoding))).encoding;
        if (encoding == TextEncoding::utf16_le || encoding == TextEncoding::utf16_be) {
            mapped_ = false;
        } else if (whole_.substr(0, 3) == "\xEF\xBB\xBF") {
            whole_.remove_prefix(3);
        }
    }
    if (!mapped_) size_ = std::min(size_, most_buffered);
}

std::string_view RecordPieces::ahead() const noexcept {
    return mapped_ ? whole_ : std::string_view(*buffer_).substr(at_);
}

std::string RecordPieces::decoded(std::string_view bytes) {
    std::string all =
        (utf16_ == 'l' ? "\xFF\xFE" : "\xFE\xFF") + std::exchange(undecoded_, {}) + std::string(bytes);
    if (!bytes.empty()) {
        std::size_t whole = all.size() / 2 * 2;
        const auto high_byte = static_cast<unsigned char>(all[whole - (utf16_ == 'l' ? 1 : 2)]);
        if (whole > 2 && (high_byte & 0xFCU) == 0xD8U) whole -= 2;  // the first half of a pair
        undecoded_ = all.substr(whole);
        all.resize(whole);
    }
    return all.size() > 2 ? decode_text(std::move(all)).text : std::string();
}

void RecordPieces::read_more() {
    constexpr std::size_t read_at_once = std::size_t{1} << 18U;
    const auto next_bytes = [&] {
        if (!source_->is_mapped()) return source_->next(read_at_once);
        const std::string_view next = whole_.substr(0, read_at_once);
        whole_.remove_prefix(next.size());
        return next;
    };
    std::string_view bytes = next_bytes();
    std::string first;  // a pipe may give a few bytes at a time
    while (!begun_ && !bytes.empty() && first.size() + bytes.size() < looked_at_for_encoding) {
        first += bytes;
        bytes = next_bytes();
    }
    if (!first.empty()) {
        first += bytes;
        bytes = first;
    }
    ended_ = bytes.empty();
    if (!begun_) {
        begun_ = true;
        const TextEncoding encoding =
            decode_text(std::string(bytes.substr(0, looked_at_for_encoding))).encoding;
        if (encoding == TextEncoding::utf16_le) utf16_ = 'l';
        if (encoding == TextEncoding::utf16_be) utf16_ = 'b';
        if (utf16_ != 0 && (bytes.substr(0, 2) == "\xFF\xFE" || bytes.substr(0, 2) == "\xFE\xFF"))
            bytes.remove_prefix(2);
        if (utf16_ == 0 && bytes.substr(0, 3) == "\xEF\xBB\xBF") bytes.remove_prefix(3);
    }
    if (utf16_ != 0) {
        buffer_->append(decoded(bytes));
    } else {
        buffer_->append(bytes);
    }
}

std::string_view RecordPieces::peek(std::size_t most) {
    while (!mapped_ && !ended_ && ahead().size() < most) read_more();
    return ahead();
}

void RecordPieces::skip(std::size_t bytes) {
    if (mapped_) {
        whole_.remove_prefix(bytes);
    } else {
        at_ += bytes;
    }
}

RecordPiece RecordPieces::next(char delimiter) {
    if (mapped_) {
        const std::size_t cut =
            *record_cut(whole_, std::min(size_, whole_.size()), delimiter, TextEnd::known);
        const RecordPiece piece{.text = whole_.substr(0, cut)};
        whole_.remove_prefix(cut);
        return piece;
    }
    std::size_t wanted = size_ + size_ / 8;
    std::string_view text = peek(wanted);
    std::optional<std::size_t> cut;
    while (!(cut = record_cut(text, std::min(size_, text.size()), delimiter,
                              ended_ ? TextEnd::known : TextEnd::unknown))) {
        wanted *= 2;
        text = peek(wanted);
    }
    RecordPiece piece{.text = text.substr(0, *cut), .storage = buffer_};
    buffer_ = std::make_shared<std::string>(text.substr(*cut));
    at_ = 0;
    return piece;
}

}  // namespace wardmap
