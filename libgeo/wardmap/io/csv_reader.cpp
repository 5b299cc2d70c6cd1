#include "wardmap/io/csv_reader.hpp"

#include "wardmap/base/letter_case.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/io/text_encoding.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace wardmap {
namespace {

constexpr std::array<char, 4> delimiters{',', '\t', ';', '|'};
constexpr std::size_t most_looked_at = 200;        // records that the delimiter is guessed from
constexpr std::size_t longest_guessed = 1U << 18;  // bytes that the delimiter is guessed from
constexpr std::ptrdiff_t suspicious_line_ends = 20;
constexpr std::size_t most_unclosed = 16;  // then every quote is text: a search each would take for ever

std::string without_doubled_quotes(std::string_view inner) {
    std::string out;
    out.reserve(inner.size());
    for (std::size_t i = 0; i < inner.size(); ++i) {
        out += inner[i];
        if (inner[i] == '"') ++i;
    }
    return out;
}

bool only_blanks(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c == ' ' || c == '\t'; });
}

/// Says what a file is that is no text; nothing for what may be a table.
std::string_view foreign_kind(std::string_view bytes) {
    if (bytes.substr(0, 4) == "PK\x03\x04") return "an Excel or OpenDocument workbook, or a zip archive";
    if (bytes.substr(0, 4) == "\xD0\xCF\x11\xE0") return "an old Excel workbook (.xls)";
    if (bytes.substr(0, 5) == "%PDF-") return "a PDF document";
    if (bytes.substr(0, 2) == "\x1F\x8B") return "a compressed file (gzip)";
    if (bytes.substr(0, 4) == "PAR1") return "a Parquet file";
    if (bytes.substr(0, 15) == "SQLite format 3") return "a GeoPackage or another database";
    if (bytes.substr(0, 3) == "\xEF\xBB\xBF") bytes.remove_prefix(3);
    std::string start = lower_ascii(bytes.substr(0, 64));
    start.erase(0, start.find_first_not_of(" \t\r\n"));
    const std::size_t second = std::min(start.find_first_not_of(" \t\r\n", 1), start.size());
    const char behind = second < start.size() ? start[second] : ' ';
    if (!start.empty() &&
        ((start[0] == '{' && (behind == '"' || behind == '}')) || (start[0] == '[' && behind == '{'))) {
        return "JSON, not a table";
    }
    for (const std::string_view tag : {"<!doctype html", "<html", "<table", "<?xml"}) {
        if (start.compare(0, tag.size(), tag) == 0) return "a web page or XML, not a table";
    }
    return {};
}

}  // namespace

std::size_t CsvSplitter::field_end(std::size_t from) const noexcept {
    while (from < text_.size() && text_[from] != delimiter_ && text_[from] != '\n' && text_[from] != '\r')
        ++from;
    return from;
}

bool CsvSplitter::next(std::vector<std::string_view>& fields) {
    fields.clear();
    unquoted_.clear();
    const bool more = end_ == PieceEnd::more_follows;
    std::size_t at = at_;
    if (at == text_.size()) return false;
    while (true) {
        std::size_t quote = at;
        while (quote < text_.size() && text_[quote] == ' ') ++quote;
        std::size_t close = std::string_view::npos;
        bool doubled = false;
        if (quote < text_.size() && text_[quote] == '"' && unclosed_ < most_unclosed) {
            close = text_.find('"', quote + 1);
            while (close != std::string_view::npos && close + 1 < text_.size() && text_[close + 1] == '"') {
                doubled = true;
                close = text_.find('"', close + 2);
            }
            if (close == std::string_view::npos) {
                if (more) return false;
                ++unclosed_;
            } else if (more && close + 1 == text_.size()) {
                return false;
            }
        }
        if (close == std::string_view::npos) {
            const std::size_t stop = field_end(at);
            fields.push_back(text_.substr(at, stop - at));
            at = stop;
        } else {
            const std::string_view inner = text_.substr(quote + 1, close - quote - 1);
            const std::size_t stop = field_end(close + 1);
            const std::string_view behind = text_.substr(close + 1, stop - close - 1);
            if (!only_blanks(behind)) {
                ++stray_;
                unquoted_.push_back(without_doubled_quotes(inner) + std::string(behind));
                fields.push_back(unquoted_.back());
            } else if (doubled) {
                unquoted_.push_back(without_doubled_quotes(inner));
                fields.push_back(unquoted_.back());
            } else {
                fields.push_back(inner);
            }
            at = stop;
        }
        if (at == text_.size()) {
            if (more) return false;
            break;
        }
        const char stopped_by = text_[at++];
        if (stopped_by == delimiter_) continue;
        if (stopped_by == '\r') {
            if (at == text_.size() && more) return false;
            if (at < text_.size() && text_[at] == '\n') ++at;
        }
        break;
    }
    at_ = at;
    return true;
}

std::string_view delimiter_name(char delimiter) noexcept {
    switch (delimiter) {
        case ';':
            return "semicolon";
        case '\t':
            return "tab";
        case '|':
            return "vertical bar";
        default:
            return "comma";
    }
}

char guess_delimiter(std::string_view text) {
    text = text.substr(0, longest_guessed);
    char best = ',';
    std::size_t best_agreeing = 0;
    std::size_t best_width = 1;
    for (const char delimiter : delimiters) {
        CsvSplitter splitter(text, delimiter);
        std::vector<std::string_view> fields;
        std::map<std::size_t, std::size_t> widths;
        for (std::size_t n = 0; n < most_looked_at && splitter.next(fields); ++n) {
            if (fields.size() > 1) ++widths[fields.size()];
        }
        for (const auto& [width, records] : widths) {
            if (records > best_agreeing || (records == best_agreeing && width > best_width)) {
                best = delimiter;
                best_agreeing = records;
                best_width = width;
            }
        }
    }
    return best;
}

CsvGrid read_csv(std::string bytes, const std::string& file) {
    if (bytes.empty()) throw InputError("the file is empty", {.file = file}, "export it again");
    if (const std::string_view kind = foreign_kind(bytes); !kind.empty()) {
        throw InputError("this is " + std::string(kind), {.file = file},
                         "give it its right ending, or export it as CSV");
    }
    const DecodedText decoded = decode_text(std::move(bytes));
    CsvGrid grid;
    const Where where{.file = file};
    if (decoded.encoding != TextEncoding::utf8) {
        grid.guesses.push_back("encoding of " + file + ": " + std::string(name_of(decoded.encoding)));
    }
    if (decoded.nul_bytes > 0) {
        grid.problems.add(Severity::warning, "nul_bytes", "bytes that are no text (NUL) were left out", where,
                          {}, decoded.nul_bytes);
    }
    if (decoded.repaired > 0) {
        grid.problems.add(Severity::warning, "bad_encoding",
                          "bytes that are not UTF-8 were read as Windows-1252", where, {}, decoded.repaired);
    }
    if (decoded.replaced > 0) {
        grid.problems.add(Severity::warning, "bad_encoding",
                          "characters could not be read and are shown as \uFFFD", where, {},
                          decoded.replaced);
    }
    std::string_view text = decoded.text;
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
        throw InputError("there is nothing in the file but white space", {.file = file}, "export it again");
    }
    const bool named = text.size() > 5 && text.substr(0, 4) == "sep=" && (text[5] == '\r' || text[5] == '\n');
    grid.delimiter = named ? text[4] : guess_delimiter(text);
    if (named) {
        const std::size_t line = text.substr(5, 2) == "\r\n" ? 7 : 6;
        text.remove_prefix(line);
        grid.cells.emplace_back();
    }
    if (grid.delimiter != ',') {
        grid.guesses.push_back("separator of " + file + ": " + std::string(delimiter_name(grid.delimiter)));
    }
    CsvSplitter splitter(text, grid.delimiter);
    std::vector<std::string_view> fields;
    std::size_t unclosed = 0;
    std::size_t stray = 0;
    while (splitter.next(fields)) {
        const std::size_t row = grid.cells.size() + 1;
        if (fields.size() == 1 && fields[0].empty()) {
            grid.cells.emplace_back();
        } else {
            grid.cells.emplace_back(fields.begin(), fields.end());
        }
        if (splitter.unclosed_quotes() > unclosed) {
            grid.problems.add(Severity::problem, "unclosed_quote",
                              "a quotation mark is never closed; it was taken as text",
                              {.file = file, .row = row}, {}, splitter.unclosed_quotes() - unclosed);
            unclosed = splitter.unclosed_quotes();
        }
        if (splitter.stray_quotes() > stray) {
            grid.problems.add(Severity::warning, "stray_quote",
                              "text stands behind a closing quotation mark; it was kept",
                              {.file = file, .row = row}, {}, splitter.stray_quotes() - stray);
            stray = splitter.stray_quotes();
        }
        for (const std::string_view field : fields) {
            if (std::count(field.begin(), field.end(), '\n') > suspicious_line_ends) {
                grid.problems.add(Severity::warning, "long_quoted_cell",
                                  "a quoted cell runs over more than 20 lines: is a quotation mark missing?",
                                  {.file = file, .row = row});
            }
        }
    }
    return grid;
}

}  // namespace wardmap
