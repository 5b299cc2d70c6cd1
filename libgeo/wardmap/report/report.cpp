#include "wardmap/report/report.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/in_parallel.hpp"
#include "wardmap/base/long_call.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/io/table_metadata.hpp"
#include "wardmap/io/write_table.hpp"
#include "wardmap/io/write_workbook.hpp"
#include "wardmap/render/fonts.hpp"
#include "wardmap/render/pdf.hpp"
#include "wardmap/render/png.hpp"
#include "wardmap/render/svg.hpp"
#include "wardmap/report/compose.hpp"
#include "wardmap/report/docx.hpp"
#include "wardmap/report/edition.hpp"
#include "wardmap/report/html.hpp"
#include "wardmap/report/material.hpp"
#include "wardmap/report/pages.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <set>
#include <utility>

namespace wardmap {
namespace {

namespace fs = std::filesystem;

constexpr const char* manifest_name = "manifest.json";

struct OutputBytes {
    std::string path{};  ///< from the report's folder
    std::string bytes{};
    std::string fingerprint{};
};

/// The files that a report's manifest lists; only paths that stay in its folder.
std::set<std::string> files_of_manifest(const fs::path& manifest) {
    std::ifstream in(manifest, std::ios::binary);
    const auto json =
        nlohmann::json::parse(std::string(std::istreambuf_iterator<char>(in), {}), nullptr, false);
    const bool is_ours = json.is_object() && json.value("schema", "") == "wardmap.log/1" &&
                         json.value("command", "") == "report" && json.contains("outputs") &&
                         json["outputs"].is_array();
    if (!is_ours) {
        throw OutputError("this is not the manifest of a report", {.file = manifest.string()},
                          "choose another folder");
    }
    std::set<std::string> out{manifest_name};
    for (const auto& output : json["outputs"]) {
        if (!output.is_object() || !output.contains("path") || !output["path"].is_string()) continue;
        const fs::path path = fs::path(output["path"].get<std::string>()).lexically_normal();
        const bool inside = path.is_relative() && !path.empty() && *path.begin() != "..";
        if (inside) out.insert(path.generic_string());
    }
    return out;
}

/// What may be replaced in the folder. \throws OutputError
std::set<std::string> replaceable(const fs::path& folder, Overwrite overwrite) {
    if (fs::exists(folder) && !fs::is_directory(folder)) {
        throw OutputError("this is a file, not a folder", {.file = folder.string()},
                          "a report needs a folder of its own");
    }
    const fs::path manifest = folder / manifest_name;
    if (!fs::exists(manifest)) return {};
    if (overwrite == Overwrite::refuse) {
        throw OutputError("a report stands there already", {.file = folder.string()},
                          "give --overwrite to replace it");
    }
    return files_of_manifest(manifest);
}

void check_targets(const fs::path& folder, const std::vector<OutputBytes>& files,
                   const std::set<std::string>& known) {
    for (const OutputBytes& file : files) {
        if (fs::exists(folder / file.path) && known.count(file.path) == 0) {
            throw OutputError("the file stands in the way and no manifest of a report lists it",
                              {.file = (folder / file.path).string()}, "move it, or choose another folder");
        }
    }
}

/// Every file but the manifest. Pictures in pixels take longest and come first; what needs none of them is
/// then made beside the Word document, which takes one thread a while to pack and to fingerprint.
std::vector<OutputBytes> rendered(Composed& made, const ReportOptions& options, const RunLog& log) {
    const auto file = [&log](std::string path, std::string bytes) {
        std::string fingerprint = log.fingerprint(bytes);
        return OutputBytes{std::move(path), std::move(bytes), std::move(fingerprint)};
    };
    std::vector<DocumentFigure>& figures = made.document.figures;
    for (DocumentFigure& figure : figures) {
        const std::string base = "figures/" + figure.figure.id;
        figure.files = {base + ".svg", base + ".pdf"};
        if (options.png_dpi > 0) figure.files.push_back(base + ".png");
    }
    PdfOptions pdf;
    pdf.created_s = options.created_s;
    WriteTableOptions workbook;
    workbook.created = options.created_s;
    // Twice a screen's 96, so that Word at its usual size shows four dots as one, and near the 220 to which
    // it reduces pictures itself; where PNGs are asked for, those.
    constexpr double word_dpi = 192;
    std::vector<std::string> pictures(figures.size());
    const std::vector<bool> in_word = figures_in_docx(made.document);
    const std::size_t kinds = options.png_dpi > 0 ? 3 : 2;
    constexpr std::size_t documents = 4;
    std::vector<OutputBytes> out(documents + figures.size() * kinds);
    const auto place = [&](std::size_t figure) { return documents + figure * kinds; };

    Stage stage("Making files", 2 * figures.size() + documents);
    in_parallel(figures.size() + 1, options.threads, [&](std::size_t job) {
        stage.step();
        if (job == 0) {
            out[1] = file("tables/tables.xlsx", workbook_bytes(made.tables, workbook));
            return;
        }
        const DocumentFigure& figure = figures[job - 1];
        std::string& picture = pictures[job - 1];
        if (options.png_dpi > 0) {
            picture = to_png(figure.figure.scene, {.dpi = options.png_dpi});
            out[place(job - 1) + 2] = file(figure.files[2], picture);
        } else if (in_word[job - 1]) {
            picture = to_png(figure.figure.scene, {.dpi = word_dpi, .packing = PngPacking::quick});
        }
    });
    in_parallel(figures.size() + 2, options.threads, [&](std::size_t job) {
        stage.step();
        if (job == 0) {
            out[2] = file("report.docx", to_docx(made.document, pictures, liberation_sans(),
                                                 {.template_file = options.template_file.string(),
                                                  .created_s = options.created_s}));
            return;
        }
        if (job == 1) {
            out[0] = file("report.pdf", to_pdf(to_pages(made.document, liberation_sans()), pdf));
            return;
        }
        DocumentFigure& figure = figures[job - 2];
        const Scene& scene = figure.figure.scene;
        figure.svg = to_svg(scene, {.place = SvgPlace::html});
        out[place(job - 2)] = file(figure.files[0], to_svg(scene));
        out[place(job - 2) + 1] = file(figure.files[1], to_pdf(scene, pdf));
    });
    for (const NamedTable& table : made.tables) {
        const std::string path = "tables/" + table.name + ".csv";
        out.push_back(file(path, table_csv(table.table)));
        out.push_back(file(metadata_path(path).generic_string(),
                           table_metadata_json(table.table, table.name + ".csv")));
    }
    out[3] = file("index.html", to_html(made.document));  // holds what was drawn
    return out;
}

}  // namespace

ReportResult write_report(const Project& project, const fs::path& folder, const ReportOptions& options) {
    const std::set<std::string> known = replaceable(folder, options.overwrite);
    // Read before anything is replaced: it may stand in the same folder.
    std::optional<Edition> previous;
    if (!options.previous.empty()) previous = read_edition(options.previous);
    const Material material = gather(project, options.threads);
    Composed made =
        compose(project, material, liberation_sans(), options.threads, previous ? &*previous : nullptr);
    ReportResult result;
    result.log = material.log;
    const std::vector<OutputBytes> files = rendered(made, options, result.log);
    check_targets(folder, files, known);
    result.log.problems.merge(made.problems);
    if (previous)
        result.log.inputs.push_back({"previous/manifest.json", previous->sha256, previous->tables.size()});
    if (options.png_dpi > 0) result.log.parameter("png_dpi", full_precision(options.png_dpi));
    for (const DocumentFigure& drawn : made.document.figures)
        check_glyphs(drawn.figure.scene, result.log.problems);
    for (const OutputBytes& file : files) result.log.outputs.push_back({file.path, file.fingerprint});
    const std::string manifest = to_json(result.log);
    for (const char* sub : {"figures", "tables"}) fs::create_directories(folder / sub);
    in_parallel(files.size(), options.threads, [&](std::size_t i) {
        write_output(folder / files[i].path, files[i].bytes, Overwrite::replace_other);
    });
    write_output(folder / manifest_name, manifest, Overwrite::replace);
    for (const std::string& old : known) {
        const bool still = old == manifest_name || std::any_of(files.begin(), files.end(),
                                                               [&](const auto& f) { return f.path == old; });
        if (!still) fs::remove(folder / old);
    }
    for (LogOutput& output : result.log.outputs) output.path = (folder / output.path).generic_string();
    result.log.output((folder / manifest_name).generic_string(), manifest);
    result.headlines = made.headlines;
    result.headlines.push_back((folder / "index.html").generic_string() + ": " +
                               counted(made.document.figures.size(), "figure") + ", " +
                               counted(made.tables.size(), "table"));
    result.headlines.push_back((folder / "report.pdf").generic_string());
    return result;
}

}  // namespace wardmap
