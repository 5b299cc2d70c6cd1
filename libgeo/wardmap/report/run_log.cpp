#include "wardmap/report/run_log.hpp"

#include "wardmap/base/version.hpp"
#include "wardmap/io/sha256.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace wardmap {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const Ledger& ledger) {
    Json rejected = Json::object();
    for (const auto& [reason, count] : ledger.rejected) rejected[reason] = count;
    Json out = Json::object();
    out["rows_read"] = ledger.rows_read;
    out["filtered"] = ledger.filtered;
    out["duplicates"] = ledger.duplicates;
    out["located"] = ledger.located;
    out["outside"] = ledger.outside;
    out["no_location"] = ledger.no_location;
    out["rejected"] = std::move(rejected);
    out["counted"] = ledger.counted;
    out["out_of_period"] = ledger.out_of_period;
    out["no_date"] = ledger.no_date;
    return out;
}

Json json_of(const Problems& problems) {
    Json out = Json::array();
    for (const Problem& problem : problems.all()) {
        Json one = Json::object();
        one["code"] = problem.code;
        one["severity"] = name_of(problem.severity);
        one["message"] = problem.message;
        one["where"] = problem.where.text();
        one["count"] = problem.count;
        one["examples"] = problem.examples;
        out.push_back(std::move(one));
    }
    return out;
}

}  // namespace

void RunLog::parameter(std::string name, std::string value) {
    parameters.push_back({std::move(name), {std::move(value)}});
}

void RunLog::input(const std::filesystem::path& file, std::uint64_t rows) {
    const std::string path = file.string();
    const bool known =
        std::any_of(inputs.begin(), inputs.end(), [&](const LogInput& i) { return i.path == path; });
    if (known) return;
    inputs.push_back(
        {path, fingerprints == Fingerprints::taken ? sha256_of_file(file) : std::string{}, rows});
}

std::string RunLog::fingerprint(std::string_view bytes) const {
    return fingerprints == Fingerprints::taken ? sha256_of(bytes) : std::string{};
}

void RunLog::output(std::string path, std::string_view bytes) {
    outputs.push_back({std::move(path), fingerprint(bytes)});
}

void RunLog::output_file(const std::filesystem::path& file) {
    outputs.push_back(
        {file.string(), fingerprints == Fingerprints::taken ? sha256_of_file(file) : std::string{}});
}

std::string to_json(const RunLog& log) {
    Json out = Json::object();
    out["schema"] = "wardmap.log/1";
    out["command"] = log.command;
    out["version"] = version;
    out["inputs"] = Json::array();
    for (const LogInput& input : log.inputs) {
        Json one = Json::object();
        one["path"] = input.path;
        one["sha256"] = input.sha256;
        one["rows"] = input.rows;
        out["inputs"].push_back(std::move(one));
    }
    out["parameters"] = Json::object();
    for (const LogParameter& parameter : log.parameters) {
        if (parameter.values.size() == 1) {
            out["parameters"][parameter.name] = parameter.values.front();
        } else {
            out["parameters"][parameter.name] = parameter.values;
        }
    }
    out["guesses"] = log.guesses;
    out["ledger"] = json_of(log.ledger);
    out["problems"] = json_of(log.problems);
    out["outputs"] = Json::array();
    for (const LogOutput& output : log.outputs) {
        Json one = Json::object();
        one["path"] = output.path;
        one["sha256"] = output.sha256;
        out["outputs"].push_back(std::move(one));
    }
    return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace wardmap
