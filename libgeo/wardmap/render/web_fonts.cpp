#include "wardmap/render/web_fonts.hpp"

#include "wardmap/base/base64.hpp"
#include "wardmap/render/font_handle.hpp"
#include "wardmap/render/font_subset_handle.hpp"

#include <cstddef>
#include <memory>

namespace wardmap {
namespace {

static_assert(font_file_count == 3);

struct BufferDeleter {
    void operator()(hb_buffer_t* buffer) const { hb_buffer_destroy(buffer); }
};

/// A font of its own with the glyphs of these characters.
std::string subset(const LoadedFont& font, const std::set<char32_t>& characters) {
    return font_subset(font, {.characters = {characters.begin(), characters.end()},
                              // of no use without hints and ligatures
                              .tables_left_out = {"GDEF", "GSUB", "gasp", "FFTM"}});
}

}  // namespace

void WebFonts::use(std::string_view text, const TextStyle& style) {
    std::set<char32_t>& used = used_[static_cast<std::size_t>(font_file_of(style))];
    const std::unique_ptr<hb_buffer_t, BufferDeleter> buffer(hb_buffer_create());
    hb_buffer_add_utf8(buffer.get(), text.data(), static_cast<int>(text.size()), 0,
                       static_cast<int>(text.size()));
    unsigned count = 0;
    const hb_glyph_info_t* const characters = hb_buffer_get_glyph_infos(buffer.get(), &count);
    for (unsigned i = 0; i < count; ++i) used.insert(characters[i].codepoint);
}

std::string WebFonts::css(std::string_view family) const {
    std::string out;
    for (std::size_t i = 0; i < used_.size(); ++i) {
        if (used_[i].empty()) continue;
        const FontFile which = static_cast<FontFile>(i);
        out += "@font-face{font-family:'" + std::string(family) + "'";
        if (which == FontFile::bold) out += ";font-weight:bold";
        if (which == FontFile::italic) out += ";font-style:italic";
        out += ";src:url(data:font/ttf;base64," + base64(subset(loaded_font(which), used_[i])) + ")}";
    }
    return out;
}

}  // namespace wardmap
