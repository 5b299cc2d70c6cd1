#include "wardmap/io/csv_text.hpp"

namespace wardmap {

void append_csv_cell(std::string& out, std::string_view text, CsvCell cell, char delimiter) {
    const bool blank_edge = !text.empty() && (text.front() == ' ' || text.back() == ' ');
    const bool plain = text.find_first_of("\"\r\n") == std::string_view::npos &&
                       text.find(delimiter) == std::string_view::npos;
    if (plain && !blank_edge && !(cell == CsvCell::alone && text.empty())) {
        out += text;
        return;
    }
    out += '"';
    for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    out += '"';
}

}  // namespace wardmap
