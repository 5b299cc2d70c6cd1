#include "wardmap/base/markup.hpp"

namespace wardmap {

std::string escape_markup(std::string_view text, EscapedQuotes quotes) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        if (c == '&') {
            out += "&amp;";
        } else if (c == '<') {
            out += "&lt;";
        } else if (c == '>') {
            out += "&gt;";
        } else if (c == '"') {
            out += "&quot;";
        } else if (c == '\'' && quotes == EscapedQuotes::all) {
            out += "&#39;";
        } else {
            out += c;
        }
    }
    return out;
}

}  // namespace wardmap
