#include "event_options.hpp"

#include "input_options.hpp"

#include "wardmap/base/number_text.hpp"
#include "wardmap/io/event_paths.hpp"
#include "wardmap/report/count_call.hpp"

#include <filesystem>
#include <system_error>

namespace wardmap {
namespace {

DateOrder parse_date_order(const std::string& text) {
    if (text == "day-first") return DateOrder::day_first;
    if (text == "month-first") return DateOrder::month_first;
    throw UsageError("dates cannot be '" + text + "'", {},
                     "there are: day-first (05/01/2014 is 5 January), month-first");
}

/// Raw events are not to be had again, so not even --overwrite may put a result in their place.
void refuse_as_output(const std::vector<std::string>& inputs, const std::vector<std::string>& outputs) {
    for (const std::string& input : event_paths(inputs)) {
        for (const std::string& output : outputs) {
            std::error_code not_there;
            if (input != "-" && output != "-" && std::filesystem::equivalent(input, output, not_there))
                throw UsageError("-o is one of the files of events", {.file = output},
                                 "give the result another name");
        }
    }
}

}  // namespace

void EventsInput::add_options(CLI::App& app) {
    app.add_option("EVENTS", inputs,
                   "CSV files, also .gz and .zip, folders, patterns ('data/*.csv'), point layers, workbooks; "
                   "'-' is standard input")
        ->type_name("EVENTS");
    add_place_options(app);
}

void EventsInput::add_place_options(CLI::App& app) {
    constexpr const char* group = "Events";
    app.add_option("--x", columns.x, "Column of eastings or longitudes (guessed: Longitude, Easting, x, lon)")
        ->type_name("COLUMN")
        ->group(group);
    app.add_option("--y", columns.y, "Column of northings or latitudes")->type_name("COLUMN")->group(group);
    app.add_option("--crs", crs, "Coordinate system of x and y (guessed by their range and names)")
        ->type_name("CRS")
        ->group(group);
    app.add_option("--postcode", columns.postcode, "Instead of x and y: the column of postcodes")
        ->type_name("COLUMN")
        ->group(group);
    app.add_option("--postcodes", postcodes, "Where postcodes lie: your ONSPD or NSPL file")
        ->type_name("FILE")
        ->group(group);
    app.add_option("--where", where, "Only rows whose COLUMN is VALUE; may be repeated, all must hold")
        ->type_name("COLUMN=VALUE")
        ->allow_extra_args(false)
        ->group(group);
    app.add_option("--snap", snap_m,
                   "Count events outside all areas in the nearest one, if it is at most this far away")
        ->type_name("METRES")
        ->group(group);
    app.add_option("--layer", layer, "Layer of a file with several")->type_name("NAME")->group(group);
    app.add_option("--sheet", sheet, "Sheet of a workbook")->type_name("NAME")->group(group);
}

EventSource EventsInput::source(const Session& session) const {
    if (inputs.empty())
        throw UsageError("no events were given", {},
                         "name files, a folder or a pattern; --help shows an example");
    if (snap_m < 0) throw UsageError("--snap cannot be below 0", {}, "give a distance in metres");
    refuse_as_output(inputs, session.outputs);
    EventSource source;
    source.inputs = inputs;
    source.columns = columns;
    source.crs = crs;
    source.postcodes = postcodes;
    source.date_order = parse_date_order(date_order);
    for (const std::string& one : where) source.where.push_back(split_assignment(one, "--where"));
    source.layer = layer;
    source.sheet = sheet;
    source.threads = session.threads;
    return source;
}

Lookup read_lookup(const std::string& file, const AreaSet& areas, Session& session) {
    const ReadTable read = read_plain_table(file, session);
    Lookup lookup = make_lookup(read.table, {}, session.log.problems, nullptr, &areas);
    session.guessed(lookup.guesses());
    return lookup;
}

void note_events(const EventRead& read, const std::vector<std::string>& guesses, const Ledger& ledger,
                 const Problems& problems, Session& session) {
    for (const EventFile& file : read.files) session.note_input(file.path, file.rows);
    session.guessed(guesses);
    session.log.problems.merge(problems);
    session.log.ledger.add(ledger);
    if (read.files.size() > 1) session.say("read " + counted(read.files.size(), "file"));
    session.say("events: " + ledger_words(ledger));
}

}  // namespace wardmap
