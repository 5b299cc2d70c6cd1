/// \file
/// "Project or figures to findings": what the command and Python share.
#pragma once

#include "wardmap/figure/lint.hpp"
#include "wardmap/report/project.hpp"
#include "wardmap/report/run_log.hpp"
#include "wardmap/table/table.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace wardmap {

struct LintReport {
    std::vector<LintFinding> findings{};
    std::size_t figures = 0;
    RunLog log{};  ///< what was read
};

/// Draws every figure of the project, writes none, and judges each with the table behind it; then the project
/// itself: rows and areas that do not match, sources and years that are not given.
/// \throws what read_project(), gather() and the figures throw
LintReport lint_project(const Project& project, unsigned threads);

/// Project files (.toml) and figures (.json, from --data-out), judged beside one another too.
/// \throws UsageError for a file of another kind; what lint_project() and figure_from_json() throw
LintReport lint_inputs(std::span<const std::string> files, unsigned threads);

/// severity, rule, figure, where, what, remedy: one row a finding.
Table lint_table(std::span<const LintFinding> findings);

/// "54 figures: 0 errors, 3 warnings, 12 pieces of advice"
std::string lint_summary(const LintReport& report);

}  // namespace wardmap
