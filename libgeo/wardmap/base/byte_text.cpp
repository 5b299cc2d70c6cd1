#include "wardmap/base/byte_text.hpp"

#include "wardmap/base/error.hpp"

namespace wardmap {
namespace {

void require(std::string_view bytes, std::uint64_t count) {
    if (bytes.size() < count)
        throw InputError("the bytes of a saved state end too soon", {}, "save it again with this version");
}

}  // namespace

void put_number(std::string& out, std::uint64_t number) {
    for (unsigned shift = 0; shift < 64; shift += 8) out += static_cast<char>((number >> shift) & 0xffU);
}

void put_text(std::string& out, std::string_view text) {
    put_number(out, text.size());
    out += text;
}

void put_texts(std::string& out, const std::vector<std::string>& texts) {
    put_number(out, texts.size());
    for (const std::string& text : texts) put_text(out, text);
}

std::uint64_t take_number(std::string_view& bytes) {
    require(bytes, 8);
    std::uint64_t number = 0;
    for (unsigned i = 0; i < 8; ++i)
        number |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
    bytes.remove_prefix(8);
    return number;
}

std::string take_text(std::string_view& bytes) {
    const std::uint64_t size = take_number(bytes);
    require(bytes, size);
    std::string text(bytes.substr(0, size));
    bytes.remove_prefix(size);
    return text;
}

std::vector<std::string> take_texts(std::string_view& bytes) {
    const std::uint64_t count = take_number(bytes);
    require(bytes, count);  // a text takes more than a byte
    std::vector<std::string> texts;
    texts.reserve(count);
    for (std::uint64_t i = 0; i < count; ++i) texts.push_back(take_text(bytes));
    return texts;
}

}  // namespace wardmap
