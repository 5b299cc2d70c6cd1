/// \file
/// "214 rows are bad": faults that do not stop the work, counted and returned beside the result.
#pragma once

#include "wardmap/base/error.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

/// `note` says what was guessed or done (a total row kept out of sums); `warning` may matter to the
/// reader; `problem` means that something given could not be used. `--strict` makes warnings and
/// problems fatal, never notes.
enum class Severity : std::uint8_t { note, warning, problem };

std::string_view name_of(Severity severity) noexcept;

/// One kind of fault in one place, with how often it came and the first few examples.
struct Problem {
    std::string code{};  ///< stable, machine-readable: "unmatched_rows"
    Severity severity = Severity::problem;
    std::string message{};  ///< one sentence for people, without the examples
    Where where{};          ///< of the first occurrence
    std::uint64_t count = 1;
    std::vector<std::string> examples{};  ///< at most Problems::most_examples
};

/// Faults by code, message and file: the same fault again adds to its count.
class Problems {
public:
    static constexpr std::size_t most_examples = 5;

    void add(Severity severity, std::string_view code, std::string_view message, Where where = {},
             std::string_view example = {}, std::uint64_t count = 1);
    void merge(const Problems& other);
    /// Those that `known` does not say yet.
    Problems beyond(const Problems& known) const;

    std::span<const Problem> all() const noexcept { return all_; }
    bool empty() const noexcept { return all_.empty(); }
    /// True if a warning or a problem is there: what `--strict` refuses.
    bool serious() const noexcept;
    /// Sum of the counts under one code.
    std::uint64_t count(std::string_view code) const noexcept;

private:
    std::vector<Problem> all_;
};

}  // namespace wardmap
