#include "command.hpp"
#include "input_options.hpp"

#include "wardmap/indicator/class_breaks.hpp"
#include "wardmap/table/read_numbers.hpp"
#include "wardmap/table/total_row.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace wardmap {
namespace {

/// A row that sums the others is no value to class.
bool names_a_total(const Table& table, std::size_t row) {
    for (const Column& column : table.columns()) {
        if (column.is_text() && is_total_name(column.text(row))) return true;
    }
    return false;
}

class BreaksCommand final : public Command {
public:
    std::string name() const override { return "breaks"; }
    std::string summary() const override { return "Class breaks of a column, as JSON"; }
    std::string example() const override {
        return "wardmap breaks examples/coventry/data/needs_assessment/offences_by_ward.csv --where "
               "marker=alcohol \\\n"
               "    --where 'offence=VIOLENCE WITHOUT INJURY' --value rate_per_100k --k 4 --round-breaks";
    }

    void setup(CLI::App& app) override {
        table_.add_options(app);
        app.add_option("--value", value_, "Column to class")->type_name("COLUMN");
        app.add_option("--scheme", scheme_, "natural, quantile, equal, pretty, sd, headtail or fixed")
            ->type_name("NAME");
        app.add_option("--k", k_, "How many classes")->type_name("N");
        app.add_option("--breaks", breaks_, "Inner edges of --scheme fixed: 250,400,1000")
            ->type_name("A,B,...")
            ->delimiter(',');
        app.add_flag("--round-breaks", round_,
                     "Round the edges inside gaps, so that no value changes its class");
    }

    void run(Session& session) override {
        if (value_.empty())
            throw UsageError("it is not said which column to class", {}, "name it with --value");
        const ReadTable read = table_.read(session);
        const Column numbers = read_numbers(read.table, value_, session.log.problems);
        std::vector<double> values;
        for (std::size_t row = 0; row < numbers.size(); ++row) {
            if (names_a_total(read.table, row)) {
                session.log.ledger.reject("total_row", 1);
            } else {
                values.push_back(numbers.number(row));
            }
        }
        ClassOptions options;
        options.scheme = parse_scheme(breaks_.empty() ? scheme_ : "fixed");
        options.k = k_;
        options.edges = breaks_;
        options.round = round_ ? RoundBreaks::yes : RoundBreaks::no;
        if (std::none_of(values.begin(), values.end(), [](double value) { return std::isfinite(value); })) {
            throw InputError("there is no number to class", {.file = table_.file, .column = value_},
                             "name another column with --value");
        }
        const ClassBreaks found = class_breaks(values, options);
        nlohmann::ordered_json object;
        object["scheme"] = name_of(found.scheme);
        object["k"] = found.counts.size();
        object["breaks"] = found.breaks;
        object["counts"] = found.counts;
        object["gvf"] = found.gvf;
        object["labels"] = found.labels;
        const std::string text = object.dump(2) + "\n";
        if (session.outputs.empty()) return session.write_stdout(text);
        for (const std::string& path : session.outputs)
            path == "-" ? session.write_stdout(text) : session.write_file(path, text);
    }

private:
    TableInput table_{};
    std::string value_{};
    std::string scheme_{"natural"};
    std::size_t k_ = 5;
    std::vector<double> breaks_{};
    bool round_ = false;
};

}  // namespace

std::unique_ptr<Command> breaks_command() {
    return std::make_unique<BreaksCommand>();
}

}  // namespace wardmap
