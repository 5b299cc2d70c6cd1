#include "command.hpp"

namespace wardmap {

std::vector<std::unique_ptr<Command>> all_commands() {
    std::vector<std::unique_ptr<Command>> commands;
    commands.push_back(areas_command());
    commands.push_back(check_command());
    commands.push_back(locate_command());
    commands.push_back(count_command());
    commands.push_back(indicators_command());
    commands.push_back(aggregate_command());
    commands.push_back(breaks_command());
    commands.push_back(map_command());
    commands.push_back(chart_command());
    commands.push_back(stats_command());
    commands.push_back(impact_command());
    commands.push_back(lint_command());
    commands.push_back(audit_command());
    commands.push_back(palettes_command());
    commands.push_back(init_command());
    commands.push_back(report_command());
    commands.push_back(doctor_command());
    return commands;
}

}  // namespace wardmap
