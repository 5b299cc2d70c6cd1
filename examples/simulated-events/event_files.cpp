#include "event_files.hpp"

#include <fmt/format.h>

#include <iterator>

namespace wardmap::simulated {
namespace {

constexpr const char* label = "SIMULATED: no real event";

/// A field of RFC 4180.
std::string field(const std::string& text) {
    if (text.find_first_of(",\"\n") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char letter : text) {
        if (letter == '"') quoted += '"';
        quoted += letter;
    }
    return quoted + '"';
}

char yes_no(bool marked) {
    return marked ? 'Y' : 'N';
}

}  // namespace

std::string events_csv(std::span<const EventRecord> records) {
    std::string csv = "incident_id,recorded_at,offence,alcohol,drug,longitude,latitude,note\n";
    for (const EventRecord& record : records) {
        fmt::format_to(std::back_inserter(csv), "{},{},{},{},{},{},{},{}\n", record.id, record.recorded_at,
                       field(record.offence), yes_no(record.markers.alcohol), yes_no(record.markers.drug),
                       record.longitude, record.latitude, label);
    }
    return csv;
}

std::string finds_csv(std::span<const FindRecord> finds, const AreaSet& wards) {
    std::string csv = "find_id,found_on,needles,ward_named,longitude,latitude,note\n";
    for (const FindRecord& find : finds) {
        fmt::format_to(std::back_inserter(csv), "{},{},{},{},{},{},{}\n", find.id, find.moment.text(),
                       find.needles, field(wards.names()[find.ward_named]),
                       degrees_text(find.place.longitude), degrees_text(find.place.latitude), label);
    }
    return csv;
}

}  // namespace wardmap::simulated
