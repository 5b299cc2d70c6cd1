/// \file
/// The PDF file format: objects, streams, the cross-reference at the end.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

/// Text as a PDF string: in brackets if it is plain ASCII, else UTF-16 in hexadecimal.
std::string pdf_text(std::string_view utf8);
/// Bytes as they are, in brackets: addresses, identifiers.
std::string pdf_bytes(std::string_view bytes);
/// UTF-16BE in hexadecimal digits, without mark or brackets.
std::string utf16_hex(std::string_view utf8);
/// "12 0 R"
std::string pdf_ref(int id);

/// Many small objects are packed together and compressed; `apart` keeps one readable by simple tools.
enum class PdfPacking : unsigned char { packed, apart };
enum class PdfStream : unsigned char { compressed, plain };

class PdfFile {
public:
    int new_id();
    void object(int id, std::string content, PdfPacking packing);
    int object(std::string content, PdfPacking packing);
    /// \param entries  of its dictionary, without length and filter
    void stream(int id, std::string_view entries, std::string_view data, PdfStream kind);
    int stream(std::string_view entries, std::string_view data, PdfStream kind);
    /// The whole file; call once.
    std::string finish(int catalogue, int info);

private:
    struct Object {
        std::string content{};
        PdfPacking packing = PdfPacking::apart;
    };
    std::vector<Object> objects_{{}};  ///< by id; 0 is nobody's
};

}  // namespace wardmap
