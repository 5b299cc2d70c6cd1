#include "wardmap/render/fonts.hpp"

#include "wardmap/base/data_folder.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/render/font_handle.hpp"
#include "wardmap/render/plain_text.hpp"

#include <fmt/format.h>
#include <hb-ot.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <unordered_map>

namespace wardmap {
namespace {

LoadedFont load(const std::string& name) {
    const std::string path = (data_folder() / "fonts" / (name + ".ttf")).string();
    hb_blob_t* blob = hb_blob_create_from_file_or_fail(path.c_str());
    if (blob == nullptr) throw Error("the font cannot be read", {.file = path}, "install wardmap again");
    hb_face_t* face = hb_face_create(blob, 0);
    hb_blob_destroy(blob);
    if (hb_face_get_glyph_count(face) == 0) {
        hb_face_destroy(face);
        throw Error("this is no TrueType font", {.file = path}, "install wardmap again");
    }
    hb_font_t* font = hb_font_create(face);  // at its own units: scale = units per em
    hb_font_make_immutable(font);
    return {face, font, static_cast<double>(hb_face_get_upem(face)), name};
}

struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

ShapedText shape_afresh(std::string_view text, FontFile file);

/// The letters' widths asked for so far on one thread.
///
/// Letters bear on their neighbours alone, blanks as well, so the width of several words is that of the words
/// and of what happens round each blank: a text that grows by a word is not shaped again.
class WidthCache {
public:
    int width(std::string_view text, FontFile file) {
        auto& known = widths_[static_cast<std::size_t>(file)];
        if (const auto found = known.find(text); found != known.end()) return found->second;
        const std::size_t blank = last_blank_between_words(text);
        const int width = blank == std::string_view::npos ? shape_afresh(plain_text(text), file).width
                                                          : width_of_parts(text, blank, file);
        if (known.size() >= most_kept) known.clear();
        known.emplace(text, width);
        return width;
    }

private:
    /// Longer ones, which nobody sets in a line, are shaped whole.
    static constexpr std::size_t longest_taken_apart = 400;

    /// Nowhere (npos) where one ASCII letter on either side is all there is: of that the others are made up;
    /// nor beside anything but ASCII, which accents typed apart and invisible characters are not.
    static std::size_t last_blank_between_words(std::string_view text) {
        const std::size_t blank = text.rfind(' ');
        const bool is_between = text.size() <= longest_taken_apart && text.size() > 3 &&
                                blank != std::string_view::npos && blank > 0 && blank + 1 < text.size();
        const auto is_letter = [&](std::size_t at) {
            return at >= text.size() || (text[at] > ' ' && text[at] < '\x7f');
        };
        const bool is_plain =
            is_between && is_letter(blank - 1) && is_letter(blank + 1) && is_letter(blank + 2);
        return is_plain ? blank : std::string_view::npos;
    }

    int width_of_parts(std::string_view text, std::size_t blank, FontFile file) {
        const int round_blank = width(text.substr(blank - 1, 3), file) -
                                width(text.substr(blank - 1, 1), file) -
                                width(text.substr(blank + 1, 1), file);
        return width(text.substr(0, blank), file) + round_blank + width(text.substr(blank + 1), file);
    }

    static constexpr std::size_t most_kept = 20000;
    std::array<std::unordered_map<std::string, int, TextHash, std::equal_to<>>, font_file_count> widths_{};
};

/// Lines set so far on one thread: a report sets each for its file, its page and its pixels.
class ShapeCache {
public:
    const ShapedText& shaped(std::string_view text, FontFile file) {
        auto& known = shaped_[static_cast<std::size_t>(file)];
        if (const auto found = known.find(text); found != known.end()) return found->second;
        if (known.size() >= most_kept) known.clear();
        return known.emplace(text, shape_afresh(text, file)).first->second;
    }

private:
    static constexpr std::size_t most_kept = 4000;
    std::array<std::unordered_map<std::string, ShapedText, TextHash, std::equal_to<>>, font_file_count>
        shaped_{};
};

class LiberationSans final : public TextMeasure {
public:
    double width_mm(std::string_view text, const TextStyle& style) const override {
        thread_local WidthCache cache;
        const FontFile file = font_file_of(style);
        return cache.width(text, file) * (style.size_pt * mm_per_pt) / loaded_font(file).units_per_em;
    }
};

struct BufferDeleter {
    void operator()(hb_buffer_t* buffer) const { hb_buffer_destroy(buffer); }
};

hb_buffer_t* empty_buffer() {
    thread_local const std::unique_ptr<hb_buffer_t, BufferDeleter> buffer(hb_buffer_create());
    hb_buffer_clear_contents(buffer.get());
    return buffer.get();
}

ShapedText shape_afresh(std::string_view text, FontFile file) {
    hb_buffer_t* buffer = empty_buffer();
    // Set, not guessed: guessing would look at the locale.
    hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
    hb_buffer_set_script(buffer, HB_SCRIPT_LATIN);
    static const hb_language_t english = hb_language_from_string("en", -1);
    hb_buffer_set_language(buffer, english);
    hb_buffer_set_cluster_level(buffer, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_GRAPHEMES);
    hb_buffer_add_utf8(buffer, text.data(), static_cast<int>(text.size()), 0, static_cast<int>(text.size()));
    hb_shape(loaded_font(file).font, buffer, nullptr, 0);

    unsigned count = 0;
    const hb_glyph_info_t* infos = hb_buffer_get_glyph_infos(buffer, &count);
    const hb_glyph_position_t* positions = hb_buffer_get_glyph_positions(buffer, &count);
    ShapedText shaped;
    shaped.glyphs.reserve(count);
    for (unsigned i = 0; i < count; ++i) {
        shaped.glyphs.push_back({infos[i].codepoint, infos[i].cluster, positions[i].x_advance,
                                 positions[i].x_offset, positions[i].y_offset});
        shaped.width += positions[i].x_advance;
    }
    return shaped;
}

/// HarfBuzz tells outlines through callbacks; these write them into a Path.
hb_draw_funcs_t* path_writer() {
    static hb_draw_funcs_t* const funcs = [] {
        hb_draw_funcs_t* made = hb_draw_funcs_create();
        hb_draw_funcs_set_move_to_func(
            made,
            [](hb_draw_funcs_t*, void* path, hb_draw_state_t*, float x, float y, void*) {
                static_cast<Path*>(path)->move_to(x, y);
            },
            nullptr, nullptr);
        hb_draw_funcs_set_line_to_func(
            made,
            [](hb_draw_funcs_t*, void* path, hb_draw_state_t*, float x, float y, void*) {
                static_cast<Path*>(path)->line_to(x, y);
            },
            nullptr, nullptr);
        // Quadratic curves reach this one too, made cubic by HarfBuzz.
        hb_draw_funcs_set_cubic_to_func(
            made,
            [](hb_draw_funcs_t*, void* path, hb_draw_state_t*, float x1, float y1, float x2, float y2,
               float x, float y, void*) { static_cast<Path*>(path)->cubic_to(x1, y1, x2, y2, x, y); },
            nullptr, nullptr);
        hb_draw_funcs_set_close_path_func(
            made,
            [](hb_draw_funcs_t*, void* path, hb_draw_state_t*, void*) { static_cast<Path*>(path)->close(); },
            nullptr, nullptr);
        hb_draw_funcs_make_immutable(made);
        return made;
    }();
    return funcs;
}

Path outline_of(hb_font_t* font, std::uint32_t glyph) {
    Path path;
#if HB_VERSION_ATLEAST(7, 0, 0)
    hb_font_draw_glyph(font, glyph, path_writer(), &path);
#else
    hb_font_get_glyph_shape(font, glyph, path_writer(), &path);
#endif
    return path;
}

/// Joiners, breaks without width and variation selectors: no font has to have them.
bool is_never_drawn(char32_t c) {
    return c == 0xad || (c >= 0x200b && c <= 0x200d) || c == 0x2060 || (c >= 0xfe00 && c <= 0xfe0f);
}

void check_glyphs(const std::vector<Node>& nodes, Problems& problems) {
    for (const Node& node : nodes) {
        if (const auto* group = std::get_if<Group>(&node.content)) {
            check_glyphs(group->children, problems);
        } else if (const auto* text = std::get_if<Text>(&node.content)) {
            for (const char32_t c : missing_glyphs(text->text, text->style)) {
                problems.add(Severity::warning, "missing_glyph",
                             fmt::format("the font has no character U+{:04X}: it shows as an empty box",
                                         static_cast<unsigned>(c)),
                             {}, text->text);
            }
        }
    }
}

}  // namespace

FontFile font_file_of(const TextStyle& style) noexcept {
    if (style.weight == FontWeight::bold) return FontFile::bold;
    return style.slant == FontSlant::italic ? FontFile::italic : FontFile::regular;
}

const LoadedFont& loaded_font(FontFile file) {
    switch (file) {
        case FontFile::bold: {
            static const LoadedFont bold = load("LiberationSans-Bold");
            return bold;
        }
        case FontFile::italic: {
            static const LoadedFont italic = load("LiberationSans-Italic");
            return italic;
        }
        default: {
            static const LoadedFont regular = load("LiberationSans-Regular");
            return regular;
        }
    }
}

const ShapedText& shape(std::string_view text, FontFile file) {
    thread_local ShapeCache cache;
    return cache.shaped(text, file);
}

const Path& glyph_outline(std::uint32_t glyph, FontFile file) {
    thread_local std::array<std::unordered_map<std::uint32_t, Path>, font_file_count> known;
    auto& outlines = known[static_cast<std::size_t>(file)];
    const auto found = outlines.find(glyph);
    if (found != outlines.end()) return found->second;
    return outlines.emplace(glyph, outline_of(loaded_font(file).font, glyph)).first->second;
}

const TextMeasure& liberation_sans() {
    static const LiberationSans measure;
    return measure;
}

std::vector<char32_t> missing_glyphs(std::string_view text, const TextStyle& style) {
    const LoadedFont& font = loaded_font(font_file_of(style));
    const std::string plain = plain_text(text);
    std::vector<char32_t> missing;
    for (std::size_t at = 0; at < plain.size();) {
        const char32_t c = next_code_point(plain, at);
        hb_codepoint_t glyph = 0;
        if (is_never_drawn(c) || hb_font_get_nominal_glyph(font.font, c, &glyph) != 0) continue;
        if (std::find(missing.begin(), missing.end(), c) == missing.end()) missing.push_back(c);
    }
    return missing;
}

void check_glyphs(const Scene& scene, Problems& problems) {
    check_glyphs(scene.nodes, problems);
}

}  // namespace wardmap
