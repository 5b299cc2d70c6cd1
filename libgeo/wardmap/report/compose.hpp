/// \file
/// From computed tables to a document: figures drawn, findings put into words, tables set for people.
#pragma once

#include "wardmap/io/write_workbook.hpp"
#include "wardmap/report/document.hpp"
#include "wardmap/report/edition.hpp"
#include "wardmap/report/material.hpp"
#include "wardmap/report/project.hpp"
#include "wardmap/scene/text_measure.hpp"

#include <string>
#include <vector>

namespace wardmap {

/// A report ready to be written.
struct Composed {
    Document document{};
    std::vector<NamedTable> tables{};      ///< tables/ID.csv, in order
    std::vector<std::string> headlines{};  ///< the lines that matter, for the terminal
    Problems problems{};                   ///< that the charts met, beyond the material's
};

/// \param threads  figures are drawn by so many (0: one a core); the result does not depend on it
/// \param previous  the older edition that this one is set beside; nothing: no page of changes
/// \throws InputError where a page of text names a number or section that is not there
Composed compose(const Project& project, const Material& material, const TextMeasure& measure,
                 unsigned threads, const Edition* previous = nullptr);

}  // namespace wardmap
