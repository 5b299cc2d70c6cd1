#include "command.hpp"

#include "wardmap/report/first_project.hpp"

#include <filesystem>

namespace wardmap {
namespace {

class InitCommand final : public Command {
public:
    std::string name() const override { return "init"; }
    std::string summary() const override { return "Write a first project file from the tables you have"; }
    std::string example() const override {
        return "wardmap init examples/coventry/data/needs_assessment/offences_by_ward.csv \\\n"
               "    examples/coventry/data/coventry_ward_population_mid2020.csv -o out/project.toml";
    }

    void setup(CLI::App& app) override {
        app.add_option("TABLE", inputs_, "Tables of counts and of people, files of events")
            ->type_name("TABLE");
        app.add_option("--areas", areas_,
                       "Built-in name or boundary file; without it the built-in set that fits most rows")
            ->type_name("AREAS");
    }

    void run(Session& session) override {
        if (inputs_.empty())
            throw UsageError("there is no table to begin with", {},
                             "name tables of counts, of people, or files of events");
        if (session.outputs.size() > 1) throw UsageError("a project is one file", {}, "give -o once");
        const std::string target = session.outputs.empty() ? "-" : session.outputs.front();
        if (target != "-" && !has_extension(target, ".toml"))
            throw UsageError("a project file ends in .toml", {.file = target}, "name it project.toml");
        if (target != "-") check_output(target, session.overwrite());
        const std::filesystem::path folder =
            target == "-" ? std::filesystem::path() : std::filesystem::path(target).parent_path();
        const FirstProject made =
            first_project({.inputs = inputs_,
                           .areas = areas_,
                           .folder = folder.empty() ? std::filesystem::path(".") : folder,
                           .text_page = target == "-" ? std::string{} : text_page});
        session.guessed(made.guesses);
        session.log.problems.merge(made.problems);
        if (target == "-") return session.write_stdout(made.text);
        session.write_file(target, made.text);
        // The analyst's words: also --overwrite leaves them.
        const std::filesystem::path words = folder / text_page;
        if (std::filesystem::exists(words)) {
            session.say(words.string() + " is there already and stays as it is");
        } else {
            write_output(words, made.text_page, Overwrite::refuse);
            session.wrote(words.string());
        }
        session.say("look at each line, then: wardmap report " + target + " -o out/report");
    }

private:
    static constexpr const char* text_page = "introduction.md";

    std::vector<std::string> inputs_{};
    std::string areas_{};
};

}  // namespace

std::unique_ptr<Command> init_command() {
    return std::make_unique<InitCommand>();
}

}  // namespace wardmap
