#include "command.hpp"
#include "output_options.hpp"

#include "wardmap/report/report.hpp"

namespace wardmap {
namespace {

class ReportCommand final : public Command {
public:
    std::string name() const override { return "report"; }
    std::string summary() const override {
        return "Make a whole report from a project file: HTML, PDF, figures, tables, manifest";
    }
    std::string example() const override {
        return "wardmap report examples/coventry/coventry.toml -o out/coventry";
    }

    void setup(CLI::App& app) override {
        app.add_option("PROJECT", project_, "The project file")->type_name("PROJECT.toml");
        app.add_option("--previous", previous_,
                       "The folder of the last edition: says what was revised, moved and changed since")
            ->type_name("DIR");
        app.add_option("--png", png_, "Also write every figure as PNG at this many dots an inch: 300")
            ->type_name("DPI");
        app.add_option("--template", template_,
                       "A Word document whose styles, page, header and footer report.docx takes")
            ->type_name("FILE.docx");
    }

    void run(Session& session) override {
        if (project_.empty())
            throw UsageError("no project file was given", {},
                             "name one, or look at examples/coventry/coventry.toml");
        if (session.outputs.size() != 1)
            throw UsageError("a report goes into one folder", {}, "name it with -o DIR");
        ReportOptions options;
        options.threads = session.threads;
        options.overwrite = session.overwrite();
        options.png_dpi = png_;
        options.template_file = template_;
        options.previous = previous_;
        options.created_s = time_of_creation();
        const ReportResult made = write_report(read_project(project_), session.outputs.front(), options);
        session.log = made.log;
        session.log.command = name();
        for (const std::string& line : made.headlines) session.say(line);
    }

private:
    std::string project_{}, template_{}, previous_{};
    double png_ = 0;
};

}  // namespace

std::unique_ptr<Command> report_command() {
    return std::make_unique<ReportCommand>();
}

}  // namespace wardmap
