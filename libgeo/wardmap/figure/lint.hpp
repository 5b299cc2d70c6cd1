/// \file
/// What is wrong with a finished picture by the rules of the house (docs/lint.md), before somebody sees it.
#pragma once

#include "wardmap/figure/figure.hpp"
#include "wardmap/table/table.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

/// An `error` must not be published, a `warning` misleads or shuts somebody out, `advice` is a better way.
enum class LintSeverity : unsigned char { advice, warning, error };
std::string_view name_of(LintSeverity severity) noexcept;

struct LintRule {
    std::string_view code{};                        ///< "count_choropleth"
    LintSeverity severity = LintSeverity::warning;  ///< the gravest it gives
    std::string_view summary{};                     ///< one line
};

/// Every rule, in the order of docs/lint.md.
std::span<const LintRule> lint_rules() noexcept;

struct LintFinding {
    LintSeverity severity = LintSeverity::warning;
    std::string rule{};
    std::string figure{};  ///< its id; empty: of the whole project
    std::string where{};   ///< "title", "class 250 to 399", "[[table]] at line 12"
    std::string what{};    ///< one sentence
    std::string remedy{};  ///< what to do
};

/// A picture in a report is published as it is: what is missing weighs more.
enum class LintPlace : unsigned char { alone, report };

struct LintContext {
    LintPlace place = LintPlace::alone;
    /// The table that was drawn, with the counts and metadata that the picture does not hold.
    std::optional<Table> drawn_from{};
};

/// The findings of one picture, rule by rule. A figure without a scene (read from --data-out) is judged by
/// its words, classes and data alone.
std::vector<LintFinding> lint_figure(const Figure& figure, const LintContext& context = {});

/// What is wrong with several pictures beside one another: shaded maps of one measure, of several years or
/// kinds, whose classes differ.
std::vector<LintFinding> lint_beside(std::span<const Figure> figures);

/// True if any finding is a warning or an error.
bool any_serious(std::span<const LintFinding> findings) noexcept;

}  // namespace wardmap
