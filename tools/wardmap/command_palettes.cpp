#include "command.hpp"
#include "output_options.hpp"

#include "wardmap/report/palette_table.hpp"

namespace wardmap {
namespace {

class PalettesCommand final : public Command {
public:
    std::string name() const override { return "palettes"; }
    std::string summary() const override {
        return "The palettes, with their contrasts and colour-vision distances";
    }
    std::string example() const override { return "wardmap palettes --k 5 --cvd"; }

    void setup(CLI::App& app) override {
        app.add_option("--k", k_, "For so many classes")->type_name("N");
        app.add_flag("--cvd", cvd_,
                     "Also the least distance of two colours to each colour vision (10 are needed)");
        output_.add_options(app);
    }

    void run(Session& session) override {
        output_.write(palette_table(k_, cvd_ ? SightColumns::shown : SightColumns::left_out), session);
    }

private:
    std::size_t k_ = 5;
    bool cvd_ = false;
    TableOutput output_{};
};

}  // namespace

std::unique_ptr<Command> palettes_command() {
    return std::make_unique<PalettesCommand>();
}

}  // namespace wardmap
