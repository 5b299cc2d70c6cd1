#include "wardmap/report/run_log.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>

using namespace wardmap;

TEST_CASE("run log: every key of the contract is there, in its order, in an empty log too") {
    const auto json = nlohmann::ordered_json::parse(to_json(RunLog{}));
    std::vector<std::string> keys;
    for (const auto& [key, value] : json.items()) keys.push_back(key);
    CHECK(keys == std::vector<std::string>{"schema", "command", "version", "inputs", "parameters", "guesses",
                                           "ledger", "problems", "outputs"});
    CHECK(json["schema"] == "wardmap.log/1");
    std::vector<std::string> ledger;
    for (const auto& [key, value] : json["ledger"].items()) ledger.push_back(key);
    CHECK(ledger == std::vector<std::string>{"rows_read", "filtered", "duplicates", "located", "outside",
                                             "no_location", "rejected", "counted", "out_of_period",
                                             "no_date"});
    CHECK(json["ledger"]["rejected"].is_object());
    CHECK(json["parameters"].is_object());
    CHECK(json["outputs"].is_array());
}

TEST_CASE("run log: inputs and outputs carry the SHA-256 of their bytes") {
    const auto file = std::filesystem::temp_directory_path() / "wardmap_run_log_test.csv";
    std::ofstream(file, std::ios::binary) << "abc";
    RunLog log;
    log.command = "indicators";
    log.input(file, 7);
    log.input(file, 7);
    log.output("out.csv", "abc");
    log.parameter("per", "100000");
    log.parameters.push_back({"where", {"marker=alcohol", "offence=ROBBERY"}});
    log.problems.add(Severity::warning, "unmatched_rows", "1 row names no ward", {.file = "a.csv", .row = 3},
                     "Atlantis");
    const auto json = nlohmann::json::parse(to_json(log));
    const std::string abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    REQUIRE(json["inputs"].size() == 1);
    CHECK(json["inputs"][0]["sha256"] == abc);
    CHECK(json["inputs"][0]["rows"] == 7);
    CHECK(json["outputs"][0]["sha256"] == abc);
    CHECK(json["parameters"]["per"] == "100000");
    CHECK(json["parameters"]["where"][1] == "offence=ROBBERY");
    CHECK(json["problems"][0]["severity"] == "warning");
    CHECK(json["problems"][0]["where"] == "a.csv, row 3");
    CHECK(json["problems"][0]["examples"][0] == "Atlantis");
    std::filesystem::remove(file);
}

TEST_CASE("run log: bytes that are not UTF-8 do not stop the log") {
    RunLog log;
    log.command = "m\xff p";
    CHECK_NOTHROW(nlohmann::json::parse(to_json(log)));
}
