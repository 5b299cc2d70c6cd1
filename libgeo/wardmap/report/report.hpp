/// \file
/// A project file becomes a folder: HTML, PDF, figures, tables, manifest.
#pragma once

#include "wardmap/base/output_file.hpp"
#include "wardmap/report/project.hpp"
#include "wardmap/report/run_log.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace wardmap {

struct ReportOptions {
    unsigned threads = 0;  ///< 0: one a core; the files do not depend on it
    Overwrite overwrite = Overwrite::refuse;
    std::filesystem::path template_file{};  ///< a .docx whose styles and page report.docx takes; empty: ours
    /// Folder of the last edition, to be set beside this one; empty: none. It may be the folder that is
    /// written.
    std::filesystem::path previous{};
    double png_dpi = 0;                  ///< also figures/ID.png; 0: none
    std::int64_t created_s = 315532800;  ///< time the PDF and workbook say they were made; 1 January 1980
};

struct ReportResult {
    RunLog log{};                          ///< as in manifest.json, with the outputs' whole paths
    std::vector<std::string> headlines{};  ///< what matters, a line each
};

/// Writes index.html, report.pdf, report.docx, figures/ID.svg and .pdf (and .png), tables/ID.csv with its
/// metadata, tables/tables.xlsx and manifest.json into `folder`, which is made if it is not there. With a
/// previous edition also tables/changes.csv, and a page of what changed.
///
/// A report that stands there is replaced only if asked: the files its manifest lists, nothing else. A file
/// that no manifest lists is never replaced. The same project and files give the same bytes.
/// \throws OutputError before anything is written if the folder must not be used; what gather(),
///         read_edition() and compose() throw
ReportResult write_report(const Project& project, const std::filesystem::path& folder,
                          const ReportOptions& options);

}  // namespace wardmap
