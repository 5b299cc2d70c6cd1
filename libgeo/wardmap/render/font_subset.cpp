#include "wardmap/base/error.hpp"
#include "wardmap/render/font_subset_handle.hpp"

#include <hb-ot.h>
#include <hb-subset.h>

#include <memory>

namespace wardmap {
namespace {

struct SubsetDeleter {
    void operator()(hb_subset_input_t* input) const { hb_subset_input_destroy(input); }
    void operator()(hb_face_t* face) const { hb_face_destroy(face); }
    void operator()(hb_blob_t* blob) const { hb_blob_destroy(blob); }
};
using SubsetInput = std::unique_ptr<hb_subset_input_t, SubsetDeleter>;
using Face = std::unique_ptr<hb_face_t, SubsetDeleter>;
using Blob = std::unique_ptr<hb_blob_t, SubsetDeleter>;

std::string bytes_of(const Blob& blob) {
    unsigned size = 0;
    const char* data = hb_blob_get_data(blob.get(), &size);
    return {data, size};
}

}  // namespace

std::string font_subset(const LoadedFont& font, const FontSubset& wanted) {
    const SubsetInput input(hb_subset_input_create_or_fail());
    if (!input) throw OutputError("there is not enough memory to embed a font");
    for (const std::uint32_t glyph : wanted.glyphs) hb_set_add(hb_subset_input_glyph_set(input.get()), glyph);
    for (const std::uint32_t character : wanted.characters)
        hb_set_add(hb_subset_input_unicode_set(input.get()), character);
    unsigned flags = HB_SUBSET_FLAGS_NO_HINTING;
    if (wanted.numbers == GlyphNumbers::kept) flags |= HB_SUBSET_FLAGS_RETAIN_GIDS;
    hb_subset_input_set_flags(input.get(), flags);
    for (const char* tag : wanted.tables_left_out)
        hb_set_add(hb_subset_input_set(input.get(), HB_SUBSET_SETS_DROP_TABLE_TAG),
                   hb_tag_from_string(tag, -1));
    const Face face(hb_subset_or_fail(font.face, input.get()));
    if (!face) throw OutputError("the font " + font.postscript_name + " cannot be embedded");
    return bytes_of(Blob(hb_face_reference_blob(face.get())));
}

std::string font_table(const LoadedFont& font, const char* tag) {
    return bytes_of(Blob(hb_face_reference_table(font.face, hb_tag_from_string(tag, -1))));
}

}  // namespace wardmap
