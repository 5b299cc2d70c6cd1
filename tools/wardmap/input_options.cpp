#include "input_options.hpp"

#include "wardmap/base/period.hpp"
#include "wardmap/io/builtin_areas.hpp"

#include <filesystem>

namespace wardmap {
namespace {

constexpr const char* area_group = "Areas";
constexpr const char* table_group = "Table";
constexpr const char* words_group = "Words";

ReadTable read_noted(const std::string& file, const ReadTableOptions& options, Session& session) {
    ReadTable read = read_table(file, options);
    if (file != "-") session.log.input(file, read.rows_read);
    session.guessed(read.guesses);
    session.log.problems.merge(read.problems);
    return read;
}

}  // namespace

std::pair<std::string, std::string> split_assignment(const std::string& text, const std::string& option) {
    const std::size_t at = text.find('=');
    if (at == std::string::npos || at == 0) {
        throw UsageError("'" + text + "' does not say which column and which value", {},
                         "write " + option + " COLUMN=VALUE");
    }
    return {text.substr(0, at), text.substr(at + 1)};
}

void AreasInput::add_field_options(CLI::App& app) {
    app.add_option("--area-code", code, "Field that holds the codes of the areas")
        ->type_name("FIELD")
        ->group(area_group);
    app.add_option("--area-name", name, "Field that holds their names")
        ->type_name("FIELD")
        ->group(area_group);
    app.add_option("--area-layer", layer, "Layer of the file")->type_name("NAME")->group(area_group);
    app.add_option("--area-where", where, "Only areas whose FIELD is VALUE")
        ->type_name("FIELD=VALUE")
        ->group(area_group);
    app.add_option("--area-crs", crs, "Coordinate system of areas that say none: EPSG:27700")
        ->type_name("CRS")
        ->group(area_group);
}

void AreasInput::add_options(CLI::App& app) {
    app.add_option("--areas", source, "Built-in name (see 'wardmap areas') or boundary file")
        ->type_name("AREAS")
        ->group(area_group);
    add_field_options(app);
}

ReadAreas AreasInput::read(Session& session) const {
    ReadAreasOptions options;
    options.code = code;
    options.name = name;
    options.layer = layer;
    if (!where.empty()) options.where.push_back(where);
    options.crs = crs;
    ReadAreas read = read_areas(source, options);
    if (std::filesystem::is_regular_file(source)) session.log.input(source, read.areas.size());
    session.guessed(read.guesses);
    session.log.problems.merge(read.problems);
    return read;
}

void TableInput::add_options(CLI::App& app) {
    app.add_option("TABLE", file, "CSV, XLSX or ODS; '-' is CSV on standard input")->type_name("TABLE");
    app.add_option("--where", where, "Only rows whose COLUMN is VALUE; may be repeated, all must hold")
        ->type_name("COLUMN=VALUE")
        ->allow_extra_args(false)
        ->group(table_group);
    app.add_option("--sheet", sheet, "Sheet of a workbook")->type_name("NAME")->group(table_group);
    app.add_option("--header-row", header_row, "Row that holds the column names (guessed if not given)")
        ->type_name("N")
        ->group(table_group);
}

ReadTable TableInput::read(Session& session) const {
    if (file.empty())
        throw UsageError("no table was given", {}, "name a CSV, XLSX or ODS file; --help shows an example");
    ReadTableOptions options;
    options.sheet = sheet;
    if (header_row > 0) options.header_row = header_row;
    for (const std::string& one : where) options.where.push_back(split_assignment(one, "--where"));
    return read_noted(file, options, session);
}

ReadTable read_plain_table(const std::string& file, Session& session) {
    return read_noted(file, {}, session);
}

void MetaInput::add_options(CLI::App& app) {
    add_options_without_period(app);
    app.add_option("--period", period, "The period of the numbers: 'year to June 2022'")
        ->type_name("TEXT")
        ->group(words_group);
}

void MetaInput::add_options_without_period(CLI::App& app) {
    app.add_option("--measure", measure, "What was counted, in lower case: 'alcohol-marked robbery'")
        ->type_name("TEXT")
        ->group(words_group);
    app.add_option("--unit", unit, "What one of them is, plural: 'offences'")
        ->type_name("TEXT")
        ->group(words_group);
    app.add_option("--source", source, "Who published the numbers, for the source line")
        ->type_name("TEXT")
        ->group(words_group);
    app.add_option("--whole", whole, "What all areas together are called: 'Coventry'")
        ->type_name("TEXT")
        ->group(words_group);
}

Table MetaInput::apply(const Table& table) const {
    TableMeta meta = table.meta();
    if (!measure.empty()) meta.measure = measure;
    if (!unit.empty()) meta.unit = unit;
    if (!period.empty()) meta.period_after = period_words(period);
    if (!source.empty()) meta.source = source;
    if (!whole.empty()) meta.whole = whole;
    return table.with(meta);
}

}  // namespace wardmap
