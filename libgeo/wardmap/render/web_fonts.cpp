#include "wardmap/render/web_fonts.hpp"

#include "wardmap/base/base64.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/render/font_handle.hpp"

#include <hb-ot.h>
#include <hb-subset.h>

#include <cstddef>
#include <memory>

namespace wardmap {
namespace {

static_assert(font_file_count == 3);

struct SubsetDeleter {
    void operator()(hb_subset_input_t* input) const { hb_subset_input_destroy(input); }
    void operator()(hb_face_t* face) const { hb_face_destroy(face); }
    void operator()(hb_blob_t* blob) const { hb_blob_destroy(blob); }
    void operator()(hb_buffer_t* buffer) const { hb_buffer_destroy(buffer); }
};
using SubsetInput = std::unique_ptr<hb_subset_input_t, SubsetDeleter>;
using Face = std::unique_ptr<hb_face_t, SubsetDeleter>;
using Blob = std::unique_ptr<hb_blob_t, SubsetDeleter>;

/// A font of its own with the glyphs of these characters.
std::string subset(const LoadedFont& font, const std::set<char32_t>& characters) {
    const SubsetInput input(hb_subset_input_create_or_fail());
    if (!input) throw OutputError("there is not enough memory to embed a font");
    for (const char32_t one : characters) hb_set_add(hb_subset_input_unicode_set(input.get()), one);
    hb_subset_input_set_flags(input.get(), HB_SUBSET_FLAGS_NO_HINTING);
    for (const char* tag : {"GDEF", "GSUB", "gasp", "FFTM"})  // of no use without hints and ligatures
        hb_set_add(hb_subset_input_set(input.get(), HB_SUBSET_SETS_DROP_TABLE_TAG),
                   hb_tag_from_string(tag, -1));
    const Face face(hb_subset_or_fail(font.face, input.get()));
    if (!face) throw OutputError("the font " + font.postscript_name + " cannot be embedded");
    const Blob blob(hb_face_reference_blob(face.get()));
    unsigned size = 0;
    const char* data = hb_blob_get_data(blob.get(), &size);
    return {data, size};
}

}  // namespace

void WebFonts::use(std::string_view text, const TextStyle& style) {
    std::set<char32_t>& used = used_[static_cast<std::size_t>(font_file_of(style))];
    const std::unique_ptr<hb_buffer_t, SubsetDeleter> buffer(hb_buffer_create());
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
