#include "picture_options.hpp"

#include "output_options.hpp"

#include "wardmap/base/suggest.hpp"
#include "wardmap/render/fonts.hpp"
#include "wardmap/report/figure_file.hpp"

#include <unistd.h>

namespace wardmap {
namespace {

template <typename Value, std::size_t N>
Value named(const std::string& text, const char* what, const char* const (&names)[N]) {
    std::vector<std::string> known;
    for (std::size_t i = 0; i < N; ++i) {
        if (text == names[i]) return static_cast<Value>(i);
        known.emplace_back(names[i]);
    }
    throw UsageError(std::string("there is no ") + what + " '" + text + "'", {}, did_you_mean(text, known));
}

// In the order of the enumerations in figure/figure.hpp.
constexpr const char* slots[] = {"full", "half", "page", "landscape", "slide", "govuk"};
constexpr const char* themes[] = {"report", "large", "slide", "mono"};

std::string file_for(const std::string& pattern, const GroupFigure& one) {
    return one.group.empty() ? pattern : fill_pattern(pattern, one.group);
}

}  // namespace

void PictureInput::add_options(CLI::App& app) {
    constexpr const char* group = "Picture";
    app.add_option("--id", id, "Prefix of every id in the file")->type_name("NAME")->group(group);
    app.add_option("--slot", slot, "Place it goes to: full, half, page, landscape, slide, govuk")
        ->type_name("SLOT")
        ->group(group);
    app.add_option("--theme", theme, "report, large, slide or mono")->type_name("THEME")->group(group);
    app.add_option("--title", title, "Replaces the title")->type_name("TEXT")->group(group);
    app.add_flag("--no-title", no_title, "Leave title and subtitle out of the picture")->group(group);
    app.add_option("--subtitle", subtitle, "Replaces the subtitle")->type_name("TEXT")->group(group);
    app.add_option("--note", notes, "A further note; '-': none at all")
        ->type_name("TEXT")
        ->allow_extra_args(false)
        ->group(group);
    app.add_option("--alt", alt, "Replaces the alternative text")->type_name("TEXT")->group(group);
    app.add_option("--dpi", dpi, "Dots an inch of PNG")->type_name("N")->group(group);
    app.add_option("--template", template_file, "A Word document whose styles and page a .docx takes")
        ->type_name("FILE.docx")
        ->group(group);
    app.add_option("--data-out", data_out,
                   "Write what was decided (words, classes, label boxes, data) as JSON")
        ->type_name("FILE.json")
        ->group(group);
}

FigureOptions PictureInput::options(const std::string& fallback_id) const {
    FigureOptions options;
    options.id = id.empty() ? fallback_id : id;
    options.slot = named<Slot>(slot, "slot", slots);
    options.theme = named<Theme>(theme, "theme", themes);
    options.title_shown = no_title ? TitleShown::no : TitleShown::yes;
    options.title = title;
    options.subtitle = subtitle;
    options.alt = alt;
    options.notes = notes;
    return options;
}

void PictureInput::write(const std::vector<GroupFigure>& figures, Session& session) const {
    if (session.outputs.empty() && ::isatty(STDOUT_FILENO) != 0) {
        throw UsageError("a picture is no text for a terminal", {},
                         "write it to a file: -o " + (id.empty() ? std::string("figure") : id) + ".svg");
    }
    if (figures.size() > 1 && session.outputs.empty()) {
        throw UsageError("--by makes " + std::to_string(figures.size()) + " pictures", {},
                         "name files with the column in braces: -o 'out/{" +
                             figures.front().group.front().first + "}.svg'");
    }
    PictureOptions options;
    options.dpi = dpi;
    options.template_file = template_file;
    options.created_s = time_of_creation();
    // Names first: a slip in one shows before any work is written.
    for (const std::string& pattern : session.outputs) {
        if (pattern != "-") (void)picture_format_of(pattern);
        for (const GroupFigure& one : figures) (void)file_for(pattern, one);
    }
    for (const GroupFigure& one : figures) {
        check_glyphs(one.figure.scene, session.log.problems);
        for (const std::string& line : one.figure.log) session.say(one.figure.id + ": " + line);
        if (session.outputs.empty())
            session.write_stdout(figure_bytes(one.figure, PictureFormat::svg, options));
        for (const std::string& pattern : session.outputs) {
            if (pattern == "-") {
                session.write_stdout(figure_bytes(one.figure, PictureFormat::svg, options));
            } else {
                session.write_file(file_for(pattern, one),
                                   figure_bytes(one.figure, picture_format_of(pattern), options));
            }
        }
        if (!data_out.empty()) session.write_file(file_for(data_out, one), figure_json(one.figure));
    }
}

}  // namespace wardmap
