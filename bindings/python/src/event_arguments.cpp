#include "event_arguments.hpp"

#include "wardmap/area/lookup.hpp"
#include "wardmap/base/error.hpp"

#include <utility>
#include <vector>

namespace wardmap {

DateOrder date_order_of(const std::string& text) {
    if (text == "day-first") return DateOrder::day_first;
    if (text == "month-first") return DateOrder::month_first;
    throw UsageError("date_order cannot be '" + text + "'", {},
                     "there are: day-first (05/01/2014 is 5 January), month-first");
}

EventSource source_of(const py::dict& given) {
    const auto text = [&](const char* key) { return given[key].cast<std::string>(); };
    EventSource source;
    source.inputs = given["inputs"].cast<std::vector<std::string>>();
    source.columns.x = text("x");
    source.columns.y = text("y");
    source.columns.area = text("area");
    source.columns.postcode = text("postcode");
    source.columns.date = text("date");
    source.columns.weight = text("weight");
    source.columns.by = given["by"].cast<std::vector<std::string>>();
    source.columns.markers = given["marker"].cast<std::vector<std::string>>();
    source.crs = text("crs");
    source.postcodes = text("postcodes");
    source.date_order = date_order_of(text("date_order"));
    source.where = given["where"].cast<std::vector<std::pair<std::string, std::string>>>();
    source.dedupe = text("dedupe");
    source.layer = text("layer");
    source.sheet = text("sheet");
    source.threads = given["threads"].cast<unsigned>();
    return source;
}

CounterOptions counter_options(const AreaSet& areas, const py::dict& given, Problems& problems) {
    CounterOptions options;
    options.by = given["by"].cast<std::vector<std::string>>();
    options.markers = given["marker"].cast<std::vector<std::string>>();
    options.snap_m = given["snap"].cast<double>();
    const bool by_column = !given["area"].cast<std::string>().empty();
    if (by_column) options.place_by = PlaceBy::area_column;
    if (!given["lookup"].is_none()) {
        if (!by_column)
            throw UsageError("a lookup needs the column of small areas", {}, "name it with area=");
        options.lookup = make_lookup(given["lookup"].cast<Table>(), {}, problems, nullptr, &areas);
    }
    return options;
}

py::dict dict_of(const Ledger& ledger) {
    py::dict rejected;
    for (const auto& [reason, count] : ledger.rejected) rejected[py::str(reason)] = count;
    py::dict out;
    out["rows_read"] = ledger.rows_read;
    out["filtered"] = ledger.filtered;
    out["duplicates"] = ledger.duplicates;
    out["located"] = ledger.located;
    out["outside"] = ledger.outside;
    out["no_location"] = ledger.no_location;
    out["rejected"] = rejected;
    out["counted"] = ledger.counted;
    out["out_of_period"] = ledger.out_of_period;
    out["no_date"] = ledger.no_date;
    return out;
}

}  // namespace wardmap
