#include "command.hpp"
#include "output_options.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/report/lint_call.hpp"

namespace wardmap {
namespace {

class LintCommand final : public Command {
public:
    std::string name() const override { return "lint"; }
    std::string summary() const override {
        return "What is wrong with figures by the rules of good maps and charts, before they are published";
    }
    std::string example() const override {
        return "wardmap lint examples/coventry/coventry.toml\n"
               "One line a finding. With --strict it ends with 3 if any finding is a warning or an error; "
               "advice never\n"
               "counts. docs/lint.md says what each rule means.";
    }

    void setup(CLI::App& app) override {
        app.add_option("INPUT", inputs_, "Project files, and figures as --data-out writes them")
            ->type_name("PROJECT.toml|FIGURE.json");
        app.add_flag("--rules", rules_, "List all rules, a line each, and judge nothing");
        output_.add_options(app);
    }

    void run(Session& session) override {
        if (rules_) return list_rules(session);
        if (inputs_.empty())
            throw UsageError("there is nothing to judge", {},
                             "name a project file, or the JSON that --data-out writes beside a picture");
        const LintReport made = lint_inputs(inputs_, session.threads);
        for (const std::string& file : inputs_) session.note_input(file, 0);
        for (const LogInput& input : made.log.inputs) session.log.inputs.push_back(input);
        if (session.outputs.empty()) {
            session.write_stdout(lines_of(made.findings));
        } else {
            output_.write(lint_table(made.findings), session);
        }
        session.say(lint_summary(made));
        // Readers have the lines; the log has them as problems.
        if (session.messages() != Messages::shown) note(made.findings, session);
        if (session.strict && any_serious(made.findings)) session.result = Exit::problems_found;
    }

private:
    static std::string lines_of(std::span<const LintFinding> findings) {
        std::string out;
        for (const LintFinding& one : findings) {
            out += std::string(name_of(one.severity)) + " " + one.rule + ": ";
            if (!one.figure.empty()) out += one.figure + ", ";
            out += one.where + ": " + one.what + "; " + one.remedy + "\n";
        }
        return out;
    }

    static void list_rules(Session& session) {
        std::string out;
        for (const LintRule& rule : lint_rules()) {
            out += std::string(rule.code) + " (" + std::string(name_of(rule.severity)) +
                   "): " + std::string(rule.summary) + "\n";
        }
        session.write_stdout(out);
    }

    static void note(std::span<const LintFinding> findings, Session& session) {
        for (const LintFinding& one : findings) {
            const Severity severity = one.severity == LintSeverity::error     ? Severity::problem
                                      : one.severity == LintSeverity::warning ? Severity::warning
                                                                              : Severity::note;
            const std::string figure = one.figure.empty() ? one.where : one.figure + ", " + one.where;
            session.log.problems.add(severity, "lint_" + one.rule, one.remedy, {}, figure + ": " + one.what);
        }
    }

    std::vector<std::string> inputs_{};
    bool rules_ = false;
    TableOutput output_{};
};

}  // namespace

std::unique_ptr<Command> lint_command() {
    return std::make_unique<LintCommand>();
}

}  // namespace wardmap
