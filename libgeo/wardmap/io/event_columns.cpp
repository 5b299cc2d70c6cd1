#include "wardmap/io/event_columns.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/letter_case.hpp"
#include "wardmap/base/suggest.hpp"
#include "wardmap/io/byte_source.hpp"
#include "wardmap/io/csv_reader.hpp"
#include "wardmap/io/read_table.hpp"
#include "wardmap/table/cell_text.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>
#include <utility>

namespace wardmap {
namespace {

enum class Meaning : unsigned char { degrees, grid, either };

struct CoordinateNames {
    std::string_view x;
    std::string_view y;
    Meaning meaning;
};

/// Names without letter case and without anything but letters and digits.
constexpr std::array<CoordinateNames, 16> coordinate_names{{
    {"longitude", "latitude", Meaning::degrees},
    {"lon", "lat", Meaning::degrees},
    {"lng", "lat", Meaning::degrees},
    {"long", "lat", Meaning::degrees},
    {"longdecimal", "latdecimal", Meaning::degrees},
    {"easting", "northing", Meaning::grid},
    {"eastings", "northings", Meaning::grid},
    {"east", "north", Meaning::grid},
    {"oseast1m", "osnrth1m", Meaning::grid},
    {"x", "y", Meaning::either},
    {"xcoord", "ycoord", Meaning::either},
    {"xcoordinate", "ycoordinate", Meaning::either},
    {"coordx", "coordy", Meaning::either},
    {"pointx", "pointy", Meaning::either},
    {"geox", "geoy", Meaning::either},
    {"geolongitude", "geolatitude", Meaning::degrees},
}};

constexpr std::array<std::string_view, 30> date_names{
    "month",        "date",         "datetime",    "dateandtime",   "timestamp",    "eventdate",
    "incidentdate", "crimedate",    "offencedate", "dateofoffence", "occurred",     "occurreddate",
    "occurredon",   "dateoccurred", "datefound",   "found",         "founddate",    "opened",
    "openeddate",   "dateopened",   "opendate",    "reported",      "reporteddate", "datereported",
    "created",      "createddate",  "datecreated", "recorded",      "recordedat",   "day"};

constexpr std::array<std::string_view, 7> kind_names{"crimetype", "offence",  "offencetype", "eventtype",
                                                     "kind",      "category", "type"};

std::string plain_name(std::string_view name) {
    std::string plain = lower_ascii(name);
    std::erase_if(plain, [](char c) { return !((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')); });
    return plain;
}

/// "area_code", "LSOA code", "WD23CD", "area_name".
bool names_area(const std::string& name) {
    const std::string plain = plain_name(name);
    const bool dated_code =
        plain.size() > 4 && plain.ends_with("cd") && plain.find_first_of("0123456789") == plain.size() - 4;
    return dated_code || plain == "areaname" || plain == "areacode" || plain == "wardcode" ||
           plain == "lsoacode" || plain == "oacode" || plain == "ladcode";
}

class Header {
public:
    Header(std::span<const std::string> names, std::string file) : names_(names), file_(std::move(file)) {
        for (const std::string& name : names) plain_.push_back(plain_name(name));
    }

    std::optional<std::size_t> plain(std::string_view wanted) const {
        const auto found = std::find(plain_.begin(), plain_.end(), wanted);
        if (found == plain_.end()) return std::nullopt;
        return static_cast<std::size_t>(found - plain_.begin());
    }

    /// The column of that name: as it stands, else without letter case.
    std::size_t named(const std::string& asked) const {
        const std::string_view wanted = trimmed(asked);
        for (const bool exactly : {true, false}) {
            std::optional<std::size_t> found;
            for (std::size_t i = 0; i < names_.size() && !wanted.empty(); ++i) {
                if (exactly ? names_[i] != wanted : lower_ascii(names_[i]) != lower_ascii(wanted)) continue;
                if (found) {
                    throw InputError("two columns are called '" + names_[i] + "'",
                                     {.file = file_, .column = names_[i]}, "rename one of them");
                }
                found = i;
            }
            if (found) return *found;
        }
        std::vector<std::string> named;
        std::copy_if(names_.begin(), names_.end(), std::back_inserter(named),
                     [](const std::string& name) { return !name.empty(); });
        throw NameUnknown("there is no column '" + asked + "'", {.file = file_}, did_you_mean(asked, named));
    }

    const std::string& name(std::size_t column) const { return names_[column]; }
    const std::string& file() const noexcept { return file_; }
    std::string all() const {
        std::string out;
        for (const std::string& name : names_) {
            if (name.empty()) continue;
            if (!out.empty()) out += ", ";
            out += name;
        }
        return out;
    }

private:
    std::span<const std::string> names_;
    std::vector<std::string> plain_{};
    std::string file_;
};

void plan_coordinates(EventColumnPlan& plan, const Header& header, const EventColumns& columns) {
    if (!columns.x.empty()) plan.x = header.named(columns.x);
    if (!columns.y.empty()) plan.y = header.named(columns.y);
    if (columns.x.empty() || columns.y.empty()) {
        for (const CoordinateNames& names : coordinate_names) {
            const auto x = plan.x ? plan.x : header.plain(names.x);
            const auto y = plan.y ? plan.y : header.plain(names.y);
            if (!x || !y || *x == *y) continue;
            if (plan.x && header.plain(names.x) != plan.x) continue;
            if (plan.y && header.plain(names.y) != plan.y) continue;
            plan.x = x;
            plan.y = y;
            plan.coordinates_guessed = true;
            plan.guesses.push_back("x and y: columns " + header.name(*x) + " and " + header.name(*y));
            break;
        }
    }
    if (plan.x.has_value() != plan.y.has_value()) {
        throw InputError("there is a column for x or for y, but not for both", {.file = header.file()},
                         "name both: --x and --y; the columns are " + header.all());
    }
    if (!plan.x) return;
    const std::string x = plain_name(header.name(*plan.x));
    for (const CoordinateNames& names : coordinate_names) {
        if (x != names.x) continue;
        plan.named_grid = names.meaning == Meaning::grid;
        plan.named_degrees = names.meaning == Meaning::degrees;
    }
    plan.named_grid = plan.named_grid || x.find("easting") != std::string::npos;
    plan.named_degrees = plan.named_degrees || x.find("longitude") != std::string::npos;
}

}  // namespace

EventColumnPlan plan_event_columns(std::span<const std::string> names, const EventSource& source,
                                   const std::string& file) {
    const EventColumns& columns = source.columns;
    const Header header(names, file);
    EventColumnPlan plan;
    plan.width = names.size();
    plan.least_width = names.size();
    while (plan.least_width > 1 && names[plan.least_width - 1].empty()) --plan.least_width;

    if (!columns.area.empty()) plan.area = header.named(columns.area);
    if (!columns.postcode.empty()) {
        if (source.postcodes.empty()) {
            throw UsageError("postcodes lie nowhere without a postcode directory",
                             {.column = columns.postcode}, "give an ONSPD or NSPL file with --postcodes");
        }
        if (!columns.x.empty() || !columns.y.empty()) {
            throw UsageError("events lie at their coordinates or at their postcodes, not at both",
                             {.column = columns.postcode}, "leave out --postcode, or --x and --y");
        }
        plan.postcode = header.named(columns.postcode);
    } else {
        plan_coordinates(plan, header, columns);
    }
    if (!plan.x && !plan.area && !plan.postcode) {
        throw InputError("no column says where the events lie", {.file = file},
                         "name them: --x and --y, --area, or --postcode; the columns are " + header.all());
    }
    if (columns.date.empty()) {
        for (const std::string_view name : date_names) {
            plan.date = header.plain(name);
            if (!plan.date) continue;
            plan.guesses.push_back("date: column " + header.name(*plan.date));
            break;
        }
    } else if (columns.date != "-") {
        plan.date = header.named(columns.date);
    }
    if (!columns.weight.empty()) plan.weight = header.named(columns.weight);
    if (!source.dedupe.empty()) plan.dedupe = header.named(source.dedupe);
    for (const std::string& name : columns.by) plan.by.push_back(header.named(name));
    for (const std::string& name : columns.markers) plan.markers.push_back(header.named(name));
    for (const auto& [name, value] : source.where) plan.where.push_back(header.named(name));
    return plan;
}

EventNames event_names(std::span<const std::string> names) {
    const Header header(names, {});
    EventNames found;
    const auto first_of = [&](std::span<const std::string_view> wanted) {
        for (const std::string_view name : wanted) {
            if (const auto column = header.plain(name)) return header.name(*column);
        }
        return std::string{};
    };
    found.date = first_of(date_names);
    found.kind = first_of(kind_names);
    const bool placed = std::any_of(
        coordinate_names.begin(), coordinate_names.end(),
        [&](const CoordinateNames& pair) { return header.plain(pair.x) && header.plain(pair.y); });
    const bool of_areas = std::any_of(names.begin(), names.end(), names_area);
    found.events = placed && (!found.date.empty() || !of_areas);
    return found;
}

std::vector<std::string> header_names(const std::string& path) {
    if (!std::filesystem::is_regular_file(path)) return {};
    std::vector<std::string> names;
    const std::string ending = lower_ascii(std::filesystem::path(path).extension().string());
    if (ending == ".xlsx" || ending == ".ods") {
        const ReadTable read = read_table(path);
        for (const Column& column : read.table.columns()) names.push_back(column.name());
        return names;
    }
    constexpr std::size_t enough = std::size_t{1} << 16U;  // bytes
    const auto sources = open_bytes(path);
    std::string_view start = sources.front()->next(enough);
    if (start.starts_with("sep=")) start.remove_prefix(std::min(start.find('\n') + 1, start.size()));
    CsvSplitter splitter(start, guess_delimiter(start));
    std::vector<std::string_view> fields;
    while (splitter.next(fields)) {
        if (fields.size() == 1) continue;  // a blank line
        for (const std::string_view field : fields) names.emplace_back(trimmed(field));
        return names;
    }
    return names;
}

}  // namespace wardmap
