#include "wardmap/table/column.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>
#include <utility>

namespace wardmap {

struct Column::Data {
    std::string name{};
    std::string unit{};
    bool is_text = true;
    std::vector<std::string> texts{};
    std::vector<double> numbers{};
    std::vector<CellState> states{};
};

Column Column::text(std::string name, std::vector<std::string> cells) {
    Data data;
    data.name = std::move(name);
    data.texts = std::move(cells);
    return Column(std::make_shared<const Data>(std::move(data)));
}

Column Column::numbers(std::string name, std::vector<double> cells, std::string unit) {
    std::vector<CellState> states(cells.size(), CellState::value);
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (std::isnan(cells[i])) states[i] = CellState::missing;
    }
    return numbers(std::move(name), std::move(cells), std::move(states), std::move(unit));
}

Column Column::numbers(std::string name, std::vector<double> cells, std::vector<CellState> states,
                       std::string unit) {
    if (cells.size() != states.size()) throw std::invalid_argument("one state for each cell");
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (states[i] != CellState::value) cells[i] = std::numeric_limits<double>::quiet_NaN();
    }
    Data data;
    data.name = std::move(name);
    data.unit = std::move(unit);
    data.is_text = false;
    data.numbers = std::move(cells);
    data.states = std::move(states);
    return Column(std::make_shared<const Data>(std::move(data)));
}

namespace {
const std::string no_text{};
}

const std::string& Column::name() const noexcept {
    return data_ ? data_->name : no_text;
}
const std::string& Column::unit() const noexcept {
    return data_ ? data_->unit : no_text;
}
bool Column::is_text() const noexcept {
    return !data_ || data_->is_text;
}

std::size_t Column::size() const noexcept {
    if (!data_) return 0;
    return data_->is_text ? data_->texts.size() : data_->numbers.size();
}

double Column::number(std::size_t row) const noexcept {
    return data_->numbers[row];
}
const std::string& Column::text(std::size_t row) const noexcept {
    return data_->texts[row];
}

std::span<const double> Column::numbers() const noexcept {
    return data_ ? std::span<const double>(data_->numbers) : std::span<const double>{};
}
std::span<const std::string> Column::texts() const noexcept {
    return data_ ? std::span<const std::string>(data_->texts) : std::span<const std::string>{};
}

CellState Column::state(std::size_t row) const noexcept {
    if (!data_->is_text) return data_->states[row];
    return data_->texts[row].empty() ? CellState::missing : CellState::value;
}

Column Column::renamed(std::string name) const {
    Data data = data_ ? *data_ : Data{};
    data.name = std::move(name);
    return Column(std::make_shared<const Data>(std::move(data)));
}

Column Column::with_unit(std::string unit) const {
    Data data = data_ ? *data_ : Data{};
    data.unit = std::move(unit);
    return Column(std::make_shared<const Data>(std::move(data)));
}

Column Column::take(std::span<const std::size_t> rows) const {
    Data out;
    out.name = name();
    out.unit = unit();
    out.is_text = is_text();
    for (const std::size_t row : rows) {
        if (out.is_text) {
            out.texts.push_back(data_->texts[row]);
        } else {
            out.numbers.push_back(data_->numbers[row]);
            out.states.push_back(data_->states[row]);
        }
    }
    return Column(std::make_shared<const Data>(std::move(out)));
}

}  // namespace wardmap
