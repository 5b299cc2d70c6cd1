#include "wardmap/table/column_meaning.hpp"

#include "wardmap/base/number_text.hpp"

#include <cctype>
#include <map>
#include <string_view>

namespace wardmap {
namespace {

std::string or_else(const std::string& text, std::string_view otherwise) {
    return text.empty() ? std::string(otherwise) : text;
}

std::string capital(std::string text) {
    if (!text.empty()) text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
    return text;
}

/// "residents" or "residents (mid-2020)"
std::string with_year(std::string text, const std::string& year) {
    return year.empty() ? text : text + " (" + year + ")";
}

/// "0_15" -> "0 to 15", "45_plus" -> "45 and over", "7" -> "7"; nothing for what is no band.
std::string ages_in_words(std::string_view band) {
    const std::size_t joint = band.find('_');
    const std::string_view first = band.substr(0, joint);
    const std::string_view last =
        joint == std::string_view::npos ? std::string_view{} : band.substr(joint + 1);
    if (!parse_number(first)) return {};
    if (joint == std::string_view::npos) return std::string(first);
    if (last == "plus") return std::string(first) + " and over";
    return parse_number(last) ? std::string(first) + " to " + std::string(last) : std::string{};
}

}  // namespace

std::string column_meaning(const Column& column, const TableMeta& meta) {
    const std::string things = or_else(meta.unit, "events");
    const std::string before = meta.period_before.empty() ? "before" : "in the " + meta.period_before;
    const std::string after = meta.period_after.empty() ? "after" : "in the " + meta.period_after;
    const std::string area = or_else(meta.area_noun, "area");
    const std::string whole = or_else(meta.whole, "all areas together");
    const std::string people = or_else(meta.denominator, "population");
    const std::string per =
        meta.per > 0 ? "per " + with_thousands(meta.per, 0) + " " + people : "per head of " + people;
    const std::string cut = meta.cuts == "median"  ? "the median " + area
                            : meta.cuts == "zero"  ? "the cut (no change)"
                            : meta.cuts == "fixed" ? "the chosen cut"
                                                   : whole;
    const std::string level =
        meta.level ? with_thousands(*meta.level * 100, 0) + "%" : std::string("confidence");
    const std::map<std::string, std::string, std::less<>> meanings{
        {"area_code", "Code of the " + area + "; empty for the total"},
        {"area_name", "Name of the " + area},
        {"count_before", capital(things) + " " + before},
        {"count_after", capital(things) + " " + after},
        {"change", "Later minus earlier count"},
        {"change_pct", "Change as a percentage of the earlier count; empty where that is zero"},
        {"direction", "rose, fell, same, from_zero or none"},
        {"population", capital(with_year(people, meta.denominator_year))},
        {"rate_before", capital(things) + " " + per + " " + before},
        {"rate", capital(things) + " " + per + " " + after},
        {"rate_lower", "Lower " + level + " limit of the rate"},
        {"rate_upper", "Upper " + level + " limit of the rate"},
        {"share", "Share of " + whole},
        {"rank", "Place, 1 is the highest"},
        {"rate_ratio", "Later rate divided by the earlier; empty where that is zero"},
        {"rate_ratio_lower", "Lower " + level + " limit of the ratio"},
        {"rate_ratio_upper", "Upper " + level + " limit of the ratio"},
        {"p_value", "Chance of a change at least this large if nothing but chance were at work"},
        {"quadrant",
         "Rate and change against " + cut + ": high_faster, high_slower, low_faster, low_slower or none"},
        {"rate_compared", "Rate against " + cut + ", by its limits: higher, similar or lower"},
        {"change_compared", "Change against " + cut + ", by its limits: higher, similar or lower"},
        {"certainty", "clear if neither rate nor change is similar to the cut, else uncertain"},
        {"flags", "What to know before quoting the row"},
        {"all_ages", "People of all ages"},
        {"small_areas", "Number of small areas"},
        {"mean_decile", "Plain mean of the deciles of the small areas, 1 is the most deprived"},
        {"mean_decile_weighted", "Mean decile, each small area weighted by its people"},
        {"mean_score", "Mean score, each small area weighted by its people; higher is more deprived"},
        {"small_areas_decile_1", "Small areas in the most deprived tenth of the country"},
        {"share_small_areas_decile_1", "Share of the small areas in the most deprived tenth"},
        {"small_areas_decile_1_2", "Small areas in the most deprived fifth of the country"},
        {"share_small_areas_decile_1_2", "Share of the small areas in the most deprived fifth"},
        {"people", "People in the small areas"},
        {"people_decile_1", "People in small areas of the most deprived tenth"},
        {"share_people_decile_1", "Share of people in small areas of the most deprived tenth"},
        {"people_decile_1_2", "People in small areas of the most deprived fifth"},
        {"share_people_decile_1_2", "Share of people in small areas of the most deprived fifth"},
    };
    const auto found = meanings.find(column.name());
    if (found != meanings.end()) return found->second;
    const std::string_view name = column.name();
    if (name.substr(0, 4) == "age_" && column.unit() == "people")
        return "People aged " + ages_in_words(name.substr(4));
    if (name.substr(0, 6) == "share_" && !ages_in_words(name.substr(6)).empty()) {
        return "Share of people aged " + ages_in_words(name.substr(6));
    }
    return {};
}

}  // namespace wardmap
