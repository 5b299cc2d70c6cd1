#include "wardmap/render/pdf_fonts.hpp"

#include "wardmap/render/decimal_text.hpp"
#include "wardmap/render/font_handle.hpp"
#include "wardmap/render/font_subset_handle.hpp"

#include <hb-ot.h>

#include <algorithm>
#include <vector>

namespace wardmap {
namespace {

static_assert(font_file_count == 3);

/// The font with the outlines of these glyphs only, under their own numbers.
std::string subset(const LoadedFont& font, const std::map<std::uint32_t, std::string>& glyphs) {
    FontSubset wanted{
        .numbers = GlyphNumbers::kept,
        // A PDF names glyphs by number: what finds and arranges them is not needed.
        .tables_left_out = {"cmap", "name", "post", "OS/2", "GSUB", "GPOS", "GDEF", "kern", "gasp", "FFTM"}};
    for (const auto& [glyph, characters] : glyphs) wanted.glyphs.push_back(glyph);
    return font_subset(font, wanted);
}

/// Six letters that differ when the glyphs differ.
std::string subset_tag(const std::map<std::uint32_t, std::string>& glyphs) {
    std::uint64_t sum = 0xcbf29ce484222325ULL;
    for (const auto& [glyph, characters] : glyphs) sum = (sum ^ glyph) * 0x100000001b3ULL;
    std::string tag;
    for (int i = 0; i < 6; ++i, sum /= 26) tag += static_cast<char>('A' + sum % 26);
    return tag;
}

std::string hex4(std::uint32_t value) {
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (int shift = 12; shift >= 0; shift -= 4) out += digits[value >> shift & 15U];
    return out;
}

std::string to_unicode(const std::map<std::uint32_t, std::string>& glyphs) {
    std::string out =
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n";
    std::vector<std::string> lines;
    for (const auto& [glyph, characters] : glyphs) {
        if (glyph != 0 && !characters.empty())
            lines.push_back("<" + hex4(glyph) + "> <" + utf16_hex(characters) + ">\n");
    }
    for (std::size_t start = 0; start < lines.size(); start += 100) {  // the most a block may hold
        const std::size_t end = std::min(start + 100, lines.size());
        out += std::to_string(end - start) + " beginbfchar\n";
        for (std::size_t i = start; i < end; ++i) out += lines[i];
        out += "endbfchar\n";
    }
    return out + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
}

/// xMin, yMin, xMax, yMax from the font's `head` table, in thousandths of the em.
std::string bounding_box(const LoadedFont& font) {
    const std::string head = font_table(font, "head");
    std::string out = "[";
    for (std::size_t at = 36; at < 44 && at + 1 < head.size(); at += 2) {
        const int raw = static_cast<unsigned char>(head[at]) << 8 | static_cast<unsigned char>(head[at + 1]);
        if (at > 36) out += ' ';
        append_decimal(out, (raw >= 0x8000 ? raw - 0x10000 : raw) * 1000.0 / font.units_per_em, 0);
    }
    return out + "]";
}

}  // namespace

PdfFonts::Shown PdfFonts::show(std::string_view text, const TextStyle& style, After after) {
    const FontFile which = font_file_of(style);
    const LoadedFont& font = loaded_font(which);
    const ShapedText& shaped = shape(text, which);
    auto& used = used_[static_cast<std::size_t>(which)];
    const double size_mm = style.size_pt * mm_per_pt;
    const double thousandths = 1000 / font.units_per_em;

    Shown shown;
    shown.width_mm = shaped.width * size_mm / font.units_per_em;
    std::string& out = shown.operators;
    out = "/F" + std::to_string(static_cast<int>(which)) + " ";
    append_decimal(out, size_mm, 4);
    out += " Tf [";
    bool in_string = false;
    const auto glyph_number = [&](std::uint32_t id) {
        if (!in_string) out += '<';
        in_string = true;
        out += hex4(id);
    };
    const auto end_string = [&] {
        if (in_string) out += '>';
        in_string = false;
    };
    const auto move = [&](double units) {  // to the right
        if (units == 0) return;
        end_string();
        append_decimal(out, -units * thousandths, 3);
    };
    for (std::size_t i = 0; i < shaped.glyphs.size(); ++i) {
        const Glyph& glyph = shaped.glyphs[i];
        // The characters from this glyph's cluster to the next one's belong to the cluster's first glyph.
        const bool first_of_cluster = i == 0 || shaped.glyphs[i - 1].byte != glyph.byte;
        std::size_t end = i + 1;
        while (end < shaped.glyphs.size() && shaped.glyphs[end].byte == glyph.byte) ++end;
        const std::size_t to = end < shaped.glyphs.size() ? shaped.glyphs[end].byte : text.size();
        const std::string characters(text.substr(glyph.byte, first_of_cluster ? to - glyph.byte : 0));
        const auto [known, is_new] = used.emplace(glyph.id, characters);
        if (glyph.id == 0) shown.has_missing = true;
        if (glyph.id == 0 || known->second != characters || characters.empty())
            shown.needs_actual_text = true;

        if (glyph.dy != 0) {
            end_string();
            out += "] TJ ";
            append_decimal(out, glyph.dy * size_mm / font.units_per_em, 4);
            out += " Ts [";
        }
        move(glyph.dx);
        glyph_number(glyph.id);
        move(glyph.advance - glyph.dx - hb_font_get_glyph_h_advance(font.font, glyph.id));
        if (glyph.dy != 0) {
            end_string();
            out += "] TJ 0 Ts [";
        }
    }
    if (after == After::space) {
        hb_codepoint_t space = 0;
        if (hb_font_get_nominal_glyph(font.font, ' ', &space) != 0) {
            used.emplace(space, " ");
            glyph_number(space);
        }
    }
    end_string();
    out += "] TJ";
    return shown;
}

std::string PdfFonts::write(PdfFile& file) const {
    std::string resources;
    for (std::size_t i = 0; i < used_.size(); ++i) {
        if (used_[i].empty()) continue;
        const FontFile which = static_cast<FontFile>(i);
        const LoadedFont& font = loaded_font(which);
        const std::string name = "/" + subset_tag(used_[i]) + "+" + font.postscript_name;
        const std::string data = subset(font, used_[i]);
        const int font_file =
            file.stream("/Length1 " + std::to_string(data.size()), data, PdfStream::compressed);
        const int descriptor = file.object(
            "<</Type/FontDescriptor/FontName" + name + "/Flags 4/FontBBox" + bounding_box(font) +
                "/ItalicAngle " + (which == FontFile::italic ? "-12" : "0") +
                "/Ascent 905/Descent -212/CapHeight 729/StemV " + (which == FontFile::bold ? "140" : "80") +
                "/FontFile2 " + pdf_ref(font_file) + ">>",
            PdfPacking::packed);
        std::string widths;
        for (const auto& [glyph, characters] : used_[i]) {
            widths += std::to_string(glyph) + "[";
            append_decimal(widths, hb_font_get_glyph_h_advance(font.font, glyph) * 1000 / font.units_per_em,
                           3);
            widths += "]";
        }
        const int descendant = file.object("<</Type/Font/Subtype/CIDFontType2/BaseFont" + name +
                                               "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/"
                                               "Supplement 0>>/CIDToGIDMap/Identity/DW 0/W[" +
                                               widths + "]/FontDescriptor " + pdf_ref(descriptor) + ">>",
                                           PdfPacking::packed);
        const int unicode = file.stream("", to_unicode(used_[i]), PdfStream::compressed);
        const int id = file.object("<</Type/Font/Subtype/Type0/BaseFont" + name +
                                       "/Encoding/Identity-H/DescendantFonts[" + pdf_ref(descendant) +
                                       "]/ToUnicode " + pdf_ref(unicode) + ">>",
                                   PdfPacking::packed);
        resources += "/F" + std::to_string(i) + " " + pdf_ref(id);
    }
    return resources;
}

}  // namespace wardmap
