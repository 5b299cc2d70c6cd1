/// \file
/// One named column of a table; each cell knows whether it has a value and, if not, why.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

/// Why a cell has no number. The four are kept apart in every table and picture.
enum class CellState : std::uint8_t {
    value,
    missing,         ///< not known: empty, "..", "n/a", "[x]"
    undefined,       ///< cannot be calculated: change from zero, a rate without population; "-"
    suppressed,      ///< withheld: "[c]", "*"
    not_applicable,  ///< makes no sense for this row: "[z]"
};

/// A named column of text or of numbers. Immutable; copies share their cells.
///
/// A number cell whose state is not `value` holds NaN. Tables read from files have text columns only
/// (so that codes keep their zeros); numbers are made of them by table/read_numbers.hpp.
class Column {
public:
    Column() = default;
    static Column text(std::string name, std::vector<std::string> cells);
    /// States follow from the numbers: NaN is `missing`.
    static Column numbers(std::string name, std::vector<double> cells, std::string unit = {});
    /// \pre cells and states have one size; cells without a value are NaN (enforced).
    static Column numbers(std::string name, std::vector<double> cells, std::vector<CellState> states,
                          std::string unit = {});

    const std::string& name() const noexcept;
    const std::string& unit() const noexcept;  ///< "offences", "%", "per 100,000"; empty if none
    bool is_text() const noexcept;
    std::size_t size() const noexcept;

    /// The number of a row; NaN where there is none. \pre not is_text()
    double number(std::size_t row) const noexcept;
    std::span<const double> numbers() const noexcept;
    /// The text of a row. \pre is_text()
    const std::string& text(std::size_t row) const noexcept;
    std::span<const std::string> texts() const noexcept;
    /// Of a text cell: `missing` if it is empty, else `value`.
    CellState state(std::size_t row) const noexcept;

    Column renamed(std::string name) const;
    Column with_unit(std::string unit) const;
    /// The cells of `rows`, in that order; a row may come more than once.
    Column take(std::span<const std::size_t> rows) const;

private:
    struct Data;
    explicit Column(std::shared_ptr<const Data> data) : data_(std::move(data)) {}
    std::shared_ptr<const Data> data_;
};

}  // namespace wardmap
