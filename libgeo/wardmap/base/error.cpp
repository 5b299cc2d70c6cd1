#include "wardmap/base/error.hpp"

#include "wardmap/base/number_text.hpp"

#include <string_view>
#include <utility>

namespace wardmap {
namespace {

void append(std::string& text, const std::string& label, const std::string& value) {
    if (value.empty()) return;
    if (!text.empty()) text += ", ";
    text += label;
    if (!label.empty()) text += ' ';
    text += value;
}

std::string sentence(const Where& where, const std::string& what_happened, const std::string& what_to_do) {
    std::string text = where.text();
    if (!text.empty()) text += ": ";
    text += what_happened;
    if (!what_to_do.empty()) text += "; " + what_to_do;
    return text;
}

/// The parts of a workbook are sheets, those of every other file layers.
const char* layer_word(const std::string& file) {
    const auto ends = [&](std::string_view ending) {
        return file.size() >= ending.size() &&
               file.compare(file.size() - ending.size(), ending.size(), ending) == 0;
    };
    return ends(".xlsx") || ends(".xlsm") || ends(".ods") ? "sheet" : "layer";
}

}  // namespace

std::string Where::text() const {
    std::string out = file;
    append(out, layer_word(file), layer);
    append(out, "row", row ? with_thousands(static_cast<double>(*row), 0) : std::string{});
    append(out, "column", column);
    append(out, "area", code);
    return out;
}

Error::Error(const std::string& what_happened, Where where, const std::string& what_to_do)
    : std::runtime_error(sentence(where, what_happened, what_to_do)),
      where_(std::move(where)),
      what_happened_(what_happened),
      what_to_do_(what_to_do) {}

}  // namespace wardmap
