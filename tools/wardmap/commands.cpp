#include "command.hpp"

namespace wardmap {

std::vector<std::unique_ptr<Command>> all_commands() {
    std::vector<std::unique_ptr<Command>> commands;
    commands.push_back(indicators_command());
    commands.push_back(breaks_command());
    commands.push_back(doctor_command());
    return commands;
}

}  // namespace wardmap
