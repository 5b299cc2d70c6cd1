#include "wardmap/report/shared_outlines.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <unordered_map>

namespace wardmap {
namespace {

constexpr std::string_view path_start = "<path d=\"";
// What a <use> and its definition add is about this long.
constexpr std::size_t least_worth_sharing = 60;

/// Calls `found(from, to)` with where each outline's data stands.
template <class Found>
void each_outline(std::string_view picture, Found found) {
    for (std::size_t at = picture.find(path_start); at != std::string_view::npos;
         at = picture.find(path_start, at)) {
        const std::size_t from = at + path_start.size();
        const std::size_t to = std::min(picture.find('"', from), picture.size());
        found(from, to);
        at = to;
    }
}

struct Outline {
    std::size_t times = 0;
    std::size_t number = 0;  ///< 0 until it is first drawn
};

}  // namespace

SharedOutlines share_outlines(std::span<const std::string_view> pictures) {
    std::unordered_map<std::string_view, Outline> outlines;
    for (const std::string_view picture : pictures) {
        each_outline(picture, [&](std::size_t from, std::size_t to) {
            if (to - from >= least_worth_sharing) ++outlines[picture.substr(from, to - from)].times;
        });
    }
    SharedOutlines out;
    std::size_t last_number = 0;
    std::string definitions;
    for (const std::string_view picture : pictures) {
        std::string shown;
        shown.reserve(picture.size());
        std::size_t copied = 0;
        each_outline(picture, [&](std::size_t from, std::size_t to) {
            const std::string_view data = picture.substr(from, to - from);
            const auto known = outlines.find(data);
            if (known == outlines.end() || known->second.times < 2) return;
            if (known->second.number == 0) {
                known->second.number = ++last_number;
                definitions += "<path id=\"outline~" + std::to_string(last_number) + "\" d=\"";
                definitions += data;
                definitions += "\"/>\n";
            }
            const std::size_t start = from - path_start.size();
            shown.append(picture.substr(copied, start - copied));
            shown += "<use href=\"#outline~" + std::to_string(known->second.number);
            copied = to;
        });
        shown.append(picture.substr(copied));
        out.pictures.push_back(std::move(shown));
    }
    if (!definitions.empty()) {
        out.definitions =
            "<svg width=\"0\" height=\"0\" style=\"position:absolute\" aria-hidden=\"true\"><defs>\n" +
            definitions + "</defs></svg>\n";
    }
    return out;
}

}  // namespace wardmap
