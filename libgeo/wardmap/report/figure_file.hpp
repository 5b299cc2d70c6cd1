/// \file
/// A figure as a file: SVG, PDF, PNG or a Word document, and what was decided about it as JSON.
#pragma once

#include "wardmap/figure/figure.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

enum class PictureFormat : unsigned char { svg, pdf, png, docx };

/// By the ending of the file's name, letter case ignored.
/// \throws UsageError naming the endings there are.
PictureFormat picture_format_of(std::string_view file);

struct PictureOptions {
    double dpi = 300;                    ///< of PNG, and of the picture in a Word document
    std::int64_t created_s = 315532800;  ///< time the PDF says it was made; 1 January 1980
    std::string template_file{};         ///< of Word documents: see DocxOptions
};

/// The whole file. The same figure gives the same bytes. In a Word document the picture stands at its true
/// size with its alternative text, a numbered caption below it.
std::string figure_bytes(const Figure& figure, PictureFormat format, const PictureOptions& options = {});

/// `--data-out`: one JSON object with id, kind, size, words, classes, the class of each area, the boxes of
/// the labels, the data drawn, and what was decided. Numbers withheld are not in it.
std::string figure_json(const Figure& figure);

/// The labels of such a JSON text, for `--label-file`: where a hand moved them.
/// \param file  named in errors
/// \throws InputError if it is no JSON of that form.
std::vector<PlacedLabel> labels_from_json(std::string_view json, const std::string& file);

}  // namespace wardmap
