#include "wardmap/report/document_file.hpp"

#include "wardmap/render/fonts.hpp"
#include "wardmap/render/pdf.hpp"
#include "wardmap/render/png.hpp"
#include "wardmap/render/svg.hpp"
#include "wardmap/report/docx.hpp"
#include "wardmap/report/html.hpp"
#include "wardmap/report/pages.hpp"

#include <vector>

namespace wardmap {

std::string document_bytes(Document document, DocumentFormat format, const DocumentOptions& options) {
    for (std::size_t i = 0; i < document.figures.size(); ++i) document.figures[i].number = i + 1;
    switch (format) {
        case DocumentFormat::html:
            for (DocumentFigure& figure : document.figures)
                figure.svg = to_svg(figure.figure.scene, {.place = SvgPlace::html});
            return to_html(document);
        case DocumentFormat::pdf: {
            PdfOptions pdf;
            pdf.created_s = options.created_s;
            return to_pdf(to_pages(document, liberation_sans()), pdf);
        }
        case DocumentFormat::docx:
            break;
    }
    std::vector<std::string> pictures;
    const std::vector<bool> shown = figures_in_docx(document);
    for (std::size_t i = 0; i < document.figures.size(); ++i)
        pictures.push_back(
            shown[i] ? to_png(document.figures[i].figure.scene, {.dpi = options.picture_dpi, .threads = 0})
                     : std::string{});
    return to_docx(document, pictures, liberation_sans(),
                   {.template_file = options.template_file, .created_s = options.created_s});
}

}  // namespace wardmap
