#include "wardmap/figure/hand_labels.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/figure/text_block.hpp"

#include <cmath>
#include <string_view>

namespace wardmap {
namespace {

constexpr double moved_mm = 0.005;  ///< less is how numbers are written

bool is_number(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// The breaks of the name, as far as the text spells it; lines after it were values.
std::vector<std::string> breaks_of(const std::string& text, const std::string& name) {
    std::string spelled;
    std::vector<std::string> lines;
    for (std::size_t start = 0; start <= text.size();) {
        const std::size_t end = std::min(text.find('\n', start), text.size());
        lines.push_back(text.substr(start, end - start));
        spelled += (spelled.empty() || spelled.back() == '-' ? "" : " ") + lines.back();
        if (spelled == name) return lines;
        start = end + 1;
    }
    return {};
}

std::string millimetres(const Box& box) {
    return "(" + with_thousands(box.min_x, 1) + ", " + with_thousands(box.min_y, 1) + ") to (" +
           with_thousands(box.max_x, 1) + ", " + with_thousands(box.max_y, 1) + ") mm";
}

}  // namespace

bool is_moved(const PlacedLabel& label) {
    if (label.by_hand || label.lines.empty()) return true;
    Box was;
    for (const Box& line : label.lines) was.add(line);
    const Point p = was.center();
    const Point q = label.box.center();
    return std::abs(p.x - q.x) >= moved_mm || std::abs(p.y - q.y) >= moved_mm;
}

HandLabelsLeft set_by_hand(std::vector<LabelRequest>& requests, const AreaSet& areas,
                           std::span<const PlacedLabel> wished, const Box& page, const std::string& file) {
    HandLabelsLeft left;
    for (const PlacedLabel& wish : wished) {
        const AreaIndex area = areas.index_of(wish.code);
        if (area == no_area) {
            left.of_no_area.push_back(wish.code + " (" + wish.text.substr(0, wish.text.find('\n')) + ")");
            left.log.push_back("label of no area on this map: " + left.of_no_area.back());
            continue;
        }
        const auto i = static_cast<std::size_t>(area);
        const std::string& name = areas.names()[i];
        const bool on_page = page.contains({wish.box.min_x, wish.box.min_y}) &&
                             page.contains({wish.box.max_x, wish.box.max_y});
        if (wish.box.empty() || !on_page) {
            Where where;
            where.file = file;
            where.code = wish.code;
            throw InputError("the label of " + name + " at " + millimetres(wish.box) +
                                 " is not on the sheet of " + with_thousands(page.width(), 0) + " by " +
                                 with_thousands(page.height(), 0) + " mm",
                             where, "move its box_mm onto the sheet: millimetres from the top left corner");
        }
        if (!is_moved(wish)) continue;
        if (is_number(wish.text) && !is_number(requests[i].name)) {
            left.log.push_back(name + ": its number cannot be moved by hand; a label with its name can");
            continue;
        }
        LabelRequest& request = requests[i];
        if (request.empty()) continue;
        request.at = wish.box.center();
        request.name_lines = breaks_of(typographic(wish.text), request.name);
        request.by_hand = {typographic(wish.text), wish.lines, wish.has_leader, wish.symbol};
    }
    return left;
}

}  // namespace wardmap
