#include "command.hpp"
#include "input_options.hpp"
#include "output_options.hpp"

#include "wardmap/base/number_text.hpp"
#include "wardmap/report/audit_call.hpp"
#include "wardmap/report/table_file.hpp"

namespace wardmap {
namespace {

class AuditCommand final : public Command {
public:
    std::string name() const override { return "audit"; }
    std::string summary() const override {
        return "A published table against itself: totals, changes, percentages, rates, implied people";
    }
    std::string example() const override {
        return "wardmap audit examples/coventry/data/needs_assessment/offences_by_ward.csv --by marker --by "
               "offence\n"
               "Ends with 0 if the table agrees with itself, with 3 if not. A printed number agrees with "
               "every value\n"
               "that rounds to it, halves away from zero: 64% with 63.5% up to just under 64.5%.";
    }

    void setup(CLI::App& app) override {
        table_.add_options(app);
        const auto column = [&](const char* flag, std::string& into, const char* words) {
            app.add_option(flag, into, words)
                ->type_name("COLUMN")
                ->group("Columns (found by their headings)");
        };
        column("--area", request_.name_column, "Names the rows");
        column("--from", request_.from, "The earlier counts");
        column("--to", request_.to, "The later counts");
        column("--change", request_.change, "Change, later less earlier");
        column("--change-pct", request_.change_pct, "Change in percent");
        column("--rate", request_.rate, "Rate of the later counts");
        column("--share", request_.share, "Share of the later counts in their total, in percent");
        column("--row-total", request_.row_total, "Sum of the counts of a row");
        column("--population-column", request_.population, "People, where the table prints them");
        app.add_option("--count", request_.counts, "A column of counts, oldest first; may be repeated")
            ->type_name("COLUMN")
            ->allow_extra_args(false)
            ->group("Columns (found by their headings)");
        app.add_option("--by", request_.by, "One table for each value of this column; may be repeated")
            ->type_name("COLUMN")
            ->allow_extra_args(false);
        app.add_option("--per", request_.per, "Rates are per this many people")->type_name("N");
        app.add_option("--counts-rounded-to", request_.counts_rounded_to,
                       "Counts were published rounded to the nearest N")
            ->type_name("N");
        app.add_option(
               "--text-change-pct", request_.text_changes_pct,
               "A change of the total in percent, as the text beside the table prints it; may be repeated")
            ->type_name("PERCENT")
            ->allow_extra_args(false);
        app.add_option("--populations", populations_,
                       "Also write how many people the rates of each row imply")
            ->type_name("FILE");
        output_.add_options(app);
    }

    void run(Session& session) override {
        if (!populations_.empty()) check_table_file(populations_);
        request_.table = table_.read(session).table;
        const AuditReport made = audit_table(request_);
        session.guessed(made.guesses);
        session.log.problems.merge(made.problems);
        session.log.parameter("counts_rounded_to", full_precision(request_.counts_rounded_to));
        output_.write(made.findings, session);
        if (!populations_.empty()) {
            for (const WrittenFile& file :
                 write_table_file(populations_, made.populations, {{.created = time_of_creation()}, {}},
                                  session.overwrite()))
                session.log.output(file.path.string(), file.bytes);
            session.say("wrote " + populations_);
        }
        session.say(made.summary);
        if (!made.result.findings.empty()) session.result = Exit::problems_found;
    }

private:
    TableInput table_{};
    TableOutput output_{};
    AuditRequest request_{};
    std::string populations_{};
};

}  // namespace

std::unique_ptr<Command> audit_command() {
    return std::make_unique<AuditCommand>();
}

}  // namespace wardmap
