#include "wardmap/table/total_row.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <vector>

namespace wardmap {
namespace {

constexpr std::array<std::string_view, 22> things_added{
    "wards",      "areas",          "districts", "lsoas", "msoas",     "neighbourhoods",
    "localities", "offences",       "crimes",    "crime", "types",     "small",
    "categories", "persons",        "people",    "kinds", "locations", "parishes",
    "councils",   "constituencies", "boroughs",  "beats"};

std::vector<std::string> lower_words(std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    for (const char c : text) {
        const auto u = static_cast<unsigned char>(c);
        if (u >= 128 || std::isalnum(u) != 0) {
            word += u < 128 ? static_cast<char>(std::tolower(u)) : c;
        } else if (c != '-' && c != '\'' && !word.empty()) {
            words.push_back(std::move(word));
            word.clear();
        }
    }
    if (!word.empty()) words.push_back(std::move(word));
    return words;
}

bool is_total_word(const std::string& word) {
    return word == "total" || word == "totals" || word == "subtotal" || word == "subtotals";
}

}  // namespace

bool is_total_name(std::string_view name) {
    const std::vector<std::string> words = lower_words(name);
    if (words.empty()) return false;
    if (is_total_word(words.front()) || is_total_word(words.back())) return true;
    if (words.size() == 1) return words[0] == "all" || words[0] == "overall" || words[0] == "sum";
    if (words[0] != "all" && words[0] != "overall" && words[0] != "sum") return false;
    return std::find(things_added.begin(), things_added.end(), words[1]) != things_added.end() ||
           (words[1] == "of" && words.size() > 2);
}

}  // namespace wardmap
