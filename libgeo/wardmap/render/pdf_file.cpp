#include "wardmap/render/pdf_file.hpp"

#include "wardmap/render/compress.hpp"
#include "wardmap/render/plain_text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

namespace wardmap {
namespace {

constexpr int compression_level = 6;
constexpr std::size_t objects_a_pack = 200;

void append_hex(std::string& out, std::uint32_t value, int digits) {
    static constexpr std::string_view hex_digits = "0123456789ABCDEF";
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) out += hex_digits[value >> shift & 15U];
}

void append_big_endian(std::string& out, std::size_t value, int bytes) {
    for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) {
        out += static_cast<char>(static_cast<unsigned char>(value >> shift & 255U));
    }
}

/// Two 64-bit FNV-1a sums as 32 hexadecimal digits: the file's identifier depends on nothing but its bytes.
std::string identifier(std::string_view bytes) {
    std::string out;
    for (const std::uint64_t start : {0xcbf29ce484222325ULL, 0x84222325cbf29ce4ULL}) {
        std::uint64_t sum = start;
        for (const char c : bytes) sum = (sum ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
        append_hex(out, static_cast<std::uint32_t>(sum >> 32), 8);
        append_hex(out, static_cast<std::uint32_t>(sum & 0xffffffffU), 8);
    }
    return out;
}

struct Entry {  // of the cross-reference: type 1 = offset, type 2 = pack and place in it
    int type = 0;
    std::size_t first = 0;
    std::size_t second = 0;
};

}  // namespace

std::string utf16_hex(std::string_view utf8) {
    std::string out;
    for (std::size_t at = 0; at < utf8.size();) {
        const std::uint32_t c = next_code_point(utf8, at);
        if (c >= 0x10000) {
            append_hex(out, 0xd800 + ((c - 0x10000) >> 10), 4);
            append_hex(out, 0xdc00 + ((c - 0x10000) & 0x3ff), 4);
        } else {
            append_hex(out, c, 4);
        }
    }
    return out;
}

std::string pdf_bytes(std::string_view bytes) {
    std::string out = "(";
    for (const char c : bytes) {
        if (c == '(' || c == ')' || c == '\\') out += '\\';
        out += c;
    }
    return out + ")";
}

std::string pdf_text(std::string_view utf8) {
    const std::string text = plain_text(utf8);
    const bool ascii = std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
    return ascii ? pdf_bytes(text) : "<FEFF" + utf16_hex(text) + ">";
}

std::string pdf_ref(int id) {
    return std::to_string(id) + " 0 R";
}

int PdfFile::new_id() {
    objects_.emplace_back();
    return static_cast<int>(objects_.size()) - 1;
}

void PdfFile::object(int id, std::string content, PdfPacking packing) {
    objects_[static_cast<std::size_t>(id)] = {std::move(content), packing};
}

int PdfFile::object(std::string content, PdfPacking packing) {
    const int id = new_id();
    object(id, std::move(content), packing);
    return id;
}

void PdfFile::stream(int id, std::string_view entries, std::string_view data, PdfStream kind) {
    std::string packed;
    std::string content = "<<" + std::string(entries);
    if (kind == PdfStream::compressed) {
        packed = zlib_compressed(data, compression_level);
        content += "/Filter/FlateDecode";
        data = packed;
    }
    content += "/Length " + std::to_string(data.size()) + ">>\nstream\n";
    content += data;
    content += "\nendstream";
    object(id, std::move(content), PdfPacking::apart);
}

int PdfFile::stream(std::string_view entries, std::string_view data, PdfStream kind) {
    const int id = new_id();
    stream(id, entries, data, kind);
    return id;
}

std::string PdfFile::finish(int catalogue, int info) {
    const std::size_t written_before_packs = objects_.size();
    std::vector<Entry> entries(written_before_packs);
    std::vector<std::size_t> to_pack;
    for (std::size_t id = 1; id < written_before_packs; ++id) {
        if (objects_[id].packing == PdfPacking::packed) to_pack.push_back(id);
    }
    for (std::size_t start = 0; start < to_pack.size(); start += objects_a_pack) {
        const std::size_t end = std::min(start + objects_a_pack, to_pack.size());
        const int pack = new_id();
        std::string index;
        std::string body;
        for (std::size_t i = start; i < end; ++i) {
            index += std::to_string(to_pack[i]) + " " + std::to_string(body.size()) + " ";
            body += objects_[to_pack[i]].content + "\n";
            entries[to_pack[i]] = {2, static_cast<std::size_t>(pack), i - start};
        }
        stream(pack,
               "/Type/ObjStm/N " + std::to_string(end - start) + "/First " + std::to_string(index.size()),
               index + body, PdfStream::compressed);
    }
    entries.resize(objects_.size() + 1);  // and one for the cross-reference itself

    std::string out = "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n";
    for (std::size_t id = 1; id < objects_.size(); ++id) {
        if (entries[id].type == 2) continue;
        entries[id] = {1, out.size(), 0};
        out += std::to_string(id) + " 0 obj\n" + objects_[id].content + "\nendobj\n";
    }
    const std::size_t xref = out.size();
    entries.back() = {1, xref, 0};
    std::string table;
    for (const Entry& entry : entries) {
        append_big_endian(table, static_cast<std::size_t>(entry.type), 1);
        append_big_endian(table, entry.first, 4);
        append_big_endian(table, entry.type == 0 ? 65535 : entry.second, 2);
    }
    const std::string packed = zlib_compressed(table, compression_level);
    const std::string id = identifier(out);
    out += std::to_string(objects_.size()) + " 0 obj\n<</Type/XRef/Size " + std::to_string(entries.size()) +
           "/W[1 4 2]/Root " + pdf_ref(catalogue) + "/Info " + pdf_ref(info) + "/ID[<" + id + "><" + id +
           ">]/Filter/FlateDecode/Length " + std::to_string(packed.size()) + ">>\nstream\n" + packed +
           "\nendstream\nendobj\nstartxref\n" + std::to_string(xref) + "\n%%EOF\n";
    return out;
}

}  // namespace wardmap
