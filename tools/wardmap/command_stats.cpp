#include "statistics.hpp"

#include "wardmap/base/suggest.hpp"

namespace wardmap {
namespace {

class StatsCommand final : public Command {
public:
    StatsCommand() {
        add_rate_statistics(statistics_);
        add_change_statistics(statistics_);
        add_distribution_statistics(statistics_);
        add_areal_statistics(statistics_);
        add_neighbour_statistics(statistics_);
    }

    std::string name() const override { return "stats"; }
    std::string summary() const override {
        return "A statistic of a table: the same table with the result's columns";
    }
    std::string example() const override {
        return "wardmap stats rate_ratio examples/coventry/data/needs_assessment/offences_by_type.csv \\\n"
               "    --before yt_june_2021 --after yt_june_2022";
    }
    void setup(CLI::App&) override {}

    void run(Session&) override {
        throw UsageError("it is not said which statistic", {}, "there are: " + names_text());
    }

    std::vector<Command*> parts() override {
        std::vector<Command*> out;
        for (const auto& one : statistics_) out.push_back(one.get());
        return out;
    }

    std::optional<UsageError> unknown(const std::string& word) const override {
        if (word.starts_with('-')) return std::nullopt;
        std::vector<std::string> names;
        for (const auto& one : statistics_) names.push_back(one->name());
        return UsageError("there is no statistic '" + word + "'", {}, did_you_mean(word, names));
    }

private:
    std::string names_text() const {
        std::string text;
        for (const auto& one : statistics_) text += (text.empty() ? "" : ", ") + one->name();
        return text;
    }

    Statistics statistics_{};
};

}  // namespace

std::unique_ptr<Command> stats_command() {
    return std::make_unique<StatsCommand>();
}

}  // namespace wardmap
