#include "wardmap/io/sha256.hpp"

#include "wardmap/base/error.hpp"

#include <nettle/sha2.h>

#include <array>
#include <fstream>

namespace wardmap {
namespace {

class Sha256 {
public:
    Sha256() { sha256_init(&sum_); }
    void add(const char* bytes, std::size_t size) {
        sha256_update(&sum_, size, reinterpret_cast<const std::uint8_t*>(bytes));
    }
    std::string hex() {
        constexpr std::string_view digits = "0123456789abcdef";
        std::array<std::uint8_t, SHA256_DIGEST_SIZE> digest{};
        sha256_digest(&sum_, digest.size(), digest.data());
        std::string out;
        for (const std::uint8_t byte : digest) {
            out += digits[byte >> 4U];
            out += digits[byte & 0xFU];
        }
        return out;
    }

private:
    sha256_ctx sum_{};
};

}  // namespace

std::string sha256_of(std::string_view bytes) {
    Sha256 sum;
    sum.add(bytes.data(), bytes.size());
    return sum.hex();
}

std::string sha256_of_file(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw FileMissing("there is no such file", {.file = file.string()}, "check the path");
    Sha256 sum;
    std::array<char, 65536> piece{};
    while (in.read(piece.data(), piece.size()) || in.gcount() > 0) {
        sum.add(piece.data(), static_cast<std::size_t>(in.gcount()));
    }
    if (in.bad() || !in.eof())
        throw InputError("the file cannot be read to its end", {.file = file.string()});
    return sum.hex();
}

}  // namespace wardmap
