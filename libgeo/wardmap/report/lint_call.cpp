#include "wardmap/report/lint_call.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/letter_case.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/io/input_file.hpp"
#include "wardmap/render/fonts.hpp"
#include "wardmap/report/compose.hpp"
#include "wardmap/report/figure_read.hpp"
#include "wardmap/report/material.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>

namespace wardmap {
namespace {

/// The table a figure of the report was drawn from: "alcohol-robbery.rate-map" is of "alcohol-robbery".
std::optional<Table> table_behind(const Material& material, const std::string& figure) {
    const std::string id = figure.substr(0, figure.rfind('.'));
    for (const TopicTable& one : material.topics) {
        if (one.id == id) return one.table;
    }
    for (const FindsTable& one : material.finds) {
        if (one.id == id) return one.table;
    }
    return std::nullopt;
}

std::string some_of(const std::vector<std::string>& names) {
    constexpr std::size_t most = 5;
    std::string out;
    for (std::size_t i = 0; i < std::min(names.size(), most); ++i) out += (i == 0 ? "" : ", ") + names[i];
    if (names.size() > most) out += " and " + std::to_string(names.size() - most) + " more";
    return out;
}

void lint_entries(const Project& project, const Material& material, std::vector<LintFinding>& out) {
    const auto find = [&](const char* rule, std::string where, std::string what, std::string remedy) {
        out.push_back(
            {LintSeverity::warning, rule, {}, std::move(where), std::move(what), std::move(remedy)});
    };
    for (const FileUse& use : material.uses) {
        if (!use.match) continue;
        const std::string where = use.what + ", " + use.file;
        if (use.match->unmatched + use.match->ambiguous > 0) {
            find("unmatched_areas", where,
                 counted(use.match->unmatched + use.match->ambiguous, "row") +
                     " of no area: " + some_of(use.match->unmatched_values),
                 "'wardmap check' names the nearest; correct the names, or leave the rows out with where");
        }
        if (!use.match->areas_without_row.empty()) {
            find("unmatched_areas", where,
                 counted(use.match->areas_without_row.size(), "area") +
                     " without a row: " + some_of(use.match->areas_without_row),
                 "add their rows, with 0 where nothing happened");
        }
    }
    if (project.population && project.population->file.source.empty()) {
        find("missing_source", "[population]", "it is not said who publishes the people behind the rates",
             "write source = \"...\" there");
    }
}

}  // namespace

LintReport lint_project(const Project& project, unsigned threads) {
    LintReport out;
    const Material material = gather(project, threads);
    const Composed made = compose(project, material, liberation_sans(), threads);
    std::vector<Figure> figures;
    for (const DocumentFigure& one : made.document.figures) {
        LintContext context;
        context.place = LintPlace::report;
        context.drawn_from = table_behind(material, one.figure.id);
        std::vector<LintFinding> found = lint_figure(one.figure, context);
        std::move(found.begin(), found.end(), std::back_inserter(out.findings));
        figures.push_back(one.figure);
    }
    std::vector<LintFinding> beside = lint_beside(figures);
    std::move(beside.begin(), beside.end(), std::back_inserter(out.findings));
    lint_entries(project, material, out.findings);
    out.figures = figures.size();
    out.log = material.log;
    return out;
}

LintReport lint_inputs(std::span<const std::string> files, unsigned threads) {
    LintReport out;
    std::vector<Figure> figures;
    for (const std::string& file : files) {
        const std::string extension = lower_ascii(std::filesystem::path(file).extension().string());
        if (extension == ".toml") {
            LintReport one = lint_project(read_project(file), threads);
            std::move(one.findings.begin(), one.findings.end(), std::back_inserter(out.findings));
            out.figures += one.figures;
            for (LogInput& input : one.log.inputs) out.log.inputs.push_back(std::move(input));
        } else if (extension == ".json") {
            figures.push_back(figure_from_json(read_input(file), file));
            std::vector<LintFinding> found = lint_figure(figures.back());
            std::move(found.begin(), found.end(), std::back_inserter(out.findings));
            ++out.figures;
        } else {
            throw UsageError("'" + file + "' is neither a project file nor a figure", {},
                             "give PROJECT.toml, or the JSON that --data-out writes beside a picture");
        }
    }
    std::vector<LintFinding> beside = lint_beside(figures);
    std::move(beside.begin(), beside.end(), std::back_inserter(out.findings));
    return out;
}

Table lint_table(std::span<const LintFinding> findings) {
    const auto column = [&](const char* name, auto&& of) {
        std::vector<std::string> cells;
        for (const LintFinding& one : findings) cells.push_back(of(one));
        return Column::text(name, std::move(cells));
    };
    return Table({column("severity", [](const LintFinding& f) { return std::string(name_of(f.severity)); }),
                  column("rule", [](const LintFinding& f) { return f.rule; }),
                  column("figure", [](const LintFinding& f) { return f.figure; }),
                  column("where", [](const LintFinding& f) { return f.where; }),
                  column("what", [](const LintFinding& f) { return f.what; }),
                  column("remedy", [](const LintFinding& f) { return f.remedy; })});
}

std::string lint_summary(const LintReport& report) {
    const auto count = [&](LintSeverity severity) {
        return static_cast<std::size_t>(
            std::count_if(report.findings.begin(), report.findings.end(),
                          [&](const LintFinding& one) { return one.severity == severity; }));
    };
    return counted(report.figures, "figure") + ": " + counted(count(LintSeverity::error), "error") + ", " +
           counted(count(LintSeverity::warning), "warning") + ", " +
           counted(count(LintSeverity::advice), "piece of advice", "pieces of advice");
}

}  // namespace wardmap
