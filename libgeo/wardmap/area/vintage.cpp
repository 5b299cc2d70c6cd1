#include "wardmap/area/vintage.hpp"

#include "wardmap/base/number_text.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace wardmap {
namespace {

struct Kind {
    std::string_view prefixes;  ///< three characters each, space between
    std::string_view noun;
};

constexpr std::array<Kind, 4> kinds{{{"E05 W05 S13 N08", "ward"},
                                     {"E01 W01 S01 N00 E02 W02 S02", "small area"},
                                     {"E00 W00 S00", "output area"},
                                     {"E06 E07 E08 E09 W06 S12 N09", "district"}}};

std::string_view noun_of(std::string_view code) {
    if (!is_ons_code(code)) return "area";
    for (const Kind& kind : kinds) {
        if (kind.prefixes.find(code.substr(0, 3)) != std::string_view::npos) return kind.noun;
    }
    return "area";
}

/// The highest code in a national list of one date; codes above it came later.
struct HighestCode {
    std::string_view code;
    std::string_view list;
};

/// Wards: the lists of December 2013, of December 2017 (as the best-fit lookup of small areas names them) and
/// of the mid-2020 population estimates. Small areas: those of the censuses of 2001 and 2011.
constexpr std::array<HighestCode, 3> ward_lists{
    {{"E05009316", "December 2013"}, {"E05011093", "December 2017"}, {"E05013863", "2020"}}};
constexpr std::array<HighestCode, 2> small_area_lists{{{"E01032482", "2001"}, {"E01033768", "2011"}}};

template <std::size_t N>
std::string_view newest_list_before(const std::array<HighestCode, N>& lists, std::string_view highest) {
    std::string_view found;
    for (const HighestCode& entry : lists) {
        if (highest > entry.code) found = entry.list;
    }
    return found;
}

/// The date of the newest list that the highest of `codes` is too new for; empty if it is in the oldest.
std::string_view too_new_for(std::span<const std::string> codes) {
    std::string_view highest_ward;
    std::string_view highest_small_area;
    for (const std::string& code : codes) {
        if (!is_ons_code(code)) continue;
        if (code.starts_with("E05")) highest_ward = std::max(highest_ward, std::string_view(code));
        if (code.starts_with("E01"))
            highest_small_area = std::max(highest_small_area, std::string_view(code));
    }
    if (!highest_ward.empty()) return newest_list_before(ward_lists, highest_ward);
    if (!highest_small_area.empty()) return newest_list_before(small_area_lists, highest_small_area);
    return {};
}

}  // namespace

bool is_ons_code(std::string_view code) noexcept {
    constexpr std::string_view countries = "EWSNKJ";
    return code.size() == 9 && countries.find(code.front()) != std::string_view::npos &&
           std::all_of(code.begin() + 1, code.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string area_noun(std::span<const std::string> codes) {
    if (codes.empty()) return "area";
    const std::string_view first = noun_of(codes.front());
    for (const std::string& code : codes) {
        if (noun_of(code) != first) return "area";
    }
    return std::string(first);
}

std::string code_vintage(std::span<const std::string> codes) {
    const std::string_view list = too_new_for(codes);
    if (list.empty()) return {};
    const bool census = list.size() == 4 && list != "2020";
    return census ? "some of these codes were first used after the census of " + std::string(list)
                  : "some of these codes were first used after " + std::string(list);
}

std::string vintage_mismatch(std::span<const std::string> codes, const AreaSet& areas) {
    std::vector<std::string> formed;
    for (const std::string& code : codes) {
        if (is_ons_code(code)) formed.push_back(code);
    }
    if (formed.empty()) return {};
    const std::string theirs = area_noun(formed);
    const std::string ours = areas.noun();
    if (theirs != "area" && ours != "area" && theirs != ours) {
        return "these are codes of " + theirs + "s, but the areas are " + ours + "s";
    }
    std::string text = "these look like " + ours +
                       "s of another year or place: " + counted(formed.size(), "code has", "codes have") +
                       " the right form but " + (formed.size() == 1 ? "is" : "are") + " not among the " +
                       ours + "s";
    const std::string vintage = code_vintage(formed);
    if (!vintage.empty()) text += "; " + vintage;
    if (!areas.vintage().empty()) text += "; the boundaries are of " + areas.vintage();
    return text;
}

}  // namespace wardmap
