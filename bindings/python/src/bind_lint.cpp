#include "convert.hpp"
#include "python_words.hpp"

#include "wardmap/figure/lint.hpp"
#include "wardmap/report/audit_call.hpp"
#include "wardmap/report/lint_call.hpp"

namespace wardmap {
namespace {

std::string shown(const LintFinding& finding) {
    std::string out = std::string(name_of(finding.severity)) + " " + finding.rule + ": ";
    if (!finding.figure.empty()) out += finding.figure + ", ";
    return out + finding.where + ": " + finding.what + "; " + in_python_words(finding.remedy);
}

std::vector<LintFinding> lint_files(const std::vector<std::string>& files, unsigned threads) {
    const Unlocked unlocked;
    return lint_inputs(files, threads).findings;
}

std::vector<LintFinding> lint_together(const std::vector<Figure>& figures) {
    const Unlocked unlocked;
    std::vector<LintFinding> out;
    for (const Figure& figure : figures) {
        for (LintFinding& one : lint_figure(figure)) out.push_back(std::move(one));
    }
    for (LintFinding& one : lint_beside(figures)) out.push_back(std::move(one));
    return out;
}

AuditRequest audit_request(const Table& table, const py::dict& given) {
    AuditRequest out;
    out.table = table;
    out.name_column = given["area"].cast<std::string>();
    out.by = given["by"].cast<std::vector<std::string>>();
    out.counts = given["counts"].cast<std::vector<std::string>>();
    out.from = given["before"].cast<std::string>();
    out.to = given["after"].cast<std::string>();
    out.change = given["change"].cast<std::string>();
    out.change_pct = given["change_pct"].cast<std::string>();
    out.row_total = given["row_total"].cast<std::string>();
    out.share = given["share"].cast<std::string>();
    out.population = given["population"].cast<std::string>();
    out.rate = given["rate"].cast<std::string>();
    out.per = given["per"].cast<double>();
    out.counts_rounded_to = given["counts_rounded_to"].cast<double>();
    out.text_changes_pct = given["text_changes_pct"].cast<std::vector<std::string>>();
    return out;
}

/// The findings, what each row's rates imply, what was guessed, and the summary in words.
py::tuple audit_of(const Table& table, const py::dict& given) {
    const AuditRequest request = audit_request(table, given);
    AuditReport made;
    {
        const Unlocked unlocked;
        made = audit_table(request);
    }
    return py::make_tuple(made.findings, made.populations, made.guesses, made.summary);
}

}  // namespace

void bind_lint(py::module_& m) {
    py::class_<LintFinding>(m, "LintFinding",
                            "Something wrong with a picture: severity, rule, figure, where, what, remedy.")
        .def_property_readonly("severity",
                               [](const LintFinding& f) { return std::string(name_of(f.severity)); })
        .def_readonly("rule", &LintFinding::rule)
        .def_readonly("figure", &LintFinding::figure)
        .def_readonly("where", &LintFinding::where)
        .def_readonly("what", &LintFinding::what)
        .def_property_readonly("remedy", [](const LintFinding& f) { return in_python_words(f.remedy); })
        .def("__repr__", &shown);
    m.def("lint_files", &lint_files, py::arg("files"), py::arg("threads"));
    m.def("lint_figures", &lint_together, py::arg("figures"));
    m.def("audit", &audit_of, py::arg("table"), py::arg("given"));
}

}  // namespace wardmap
