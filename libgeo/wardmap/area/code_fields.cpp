#include "wardmap/area/code_fields.hpp"

#include <algorithm>
#include <cctype>

namespace wardmap {
namespace {

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return out;
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

}  // namespace

std::string code_field_stem(std::string_view field) {
    const std::string text = lower(field);
    if (text.size() > 5 && text.ends_with("_code")) return text.substr(0, text.size() - 4);
    if (text.size() < 5 || !text.ends_with("cd")) return {};
    const std::string stem = text.substr(0, text.size() - 2);
    const std::size_t letters = stem.size() - 2;
    if (!is_digit(stem[letters]) || !is_digit(stem[letters + 1])) return {};
    const bool all_letters =
        std::all_of(stem.begin(), stem.end() - 2, [](char c) { return c >= 'a' && c <= 'z'; });
    return all_letters ? stem : std::string{};
}

bool is_district_code_field(std::string_view field) {
    const std::string text = lower(field);
    return text == "ladcd" || (text.starts_with("lad") && !code_field_stem(field).empty());
}

bool is_name_field(std::string_view field) {
    const std::string text = lower(field);
    return text.ends_with("_name") || text.ends_with("nm");
}

std::size_t find_field(std::span<const std::string> fields, std::string_view wanted) {
    const auto exact = std::find(fields.begin(), fields.end(), wanted);
    if (exact != fields.end()) return static_cast<std::size_t>(exact - fields.begin());
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (lower(fields[i]) == lower(wanted)) return i;
    }
    return no_field;
}

std::size_t name_field_of(std::span<const std::string> fields, std::string_view code_field) {
    const std::string stem = code_field_stem(code_field);
    if (stem.empty()) return lower(code_field) == "name" ? no_field : find_field(fields, "name");
    if (stem.back() == '_') return find_field(fields, stem + "name");
    const std::size_t by_letters = find_field(fields, stem + "nm");
    return by_letters != no_field ? by_letters : find_field(fields, stem + "_name");
}

}  // namespace wardmap
