#include "command.hpp"

#include "versions.hpp"

namespace wardmap {
namespace {

class DoctorCommand final : public Command {
public:
    std::string name() const override { return "doctor"; }
    std::string summary() const override {
        return "Say what was loaded: libraries, fonts, boundaries, the GDAL module";
    }
    std::string example() const override { return "wardmap doctor"; }
    void setup(CLI::App&) override {}
    void run(Session& session) override { session.write_stdout(loaded_versions_text()); }
};

}  // namespace

std::unique_ptr<Command> doctor_command() {
    return std::make_unique<DoctorCommand>();
}

}  // namespace wardmap
