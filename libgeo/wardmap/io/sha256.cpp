#include "wardmap/io/sha256.hpp"

#include "wardmap/base/error.hpp"

#include <array>
#include <fstream>
#include <memory>

#include <glib.h>

namespace wardmap {
namespace {

struct FreeChecksum {
    void operator()(GChecksum* checksum) const noexcept { g_checksum_free(checksum); }
};

class Sha256 {
public:
    void add(const char* bytes, std::size_t size) {
        g_checksum_update(checksum_.get(), reinterpret_cast<const guchar*>(bytes), static_cast<gssize>(size));
    }
    std::string hex() { return g_checksum_get_string(checksum_.get()); }

private:
    std::unique_ptr<GChecksum, FreeChecksum> checksum_{g_checksum_new(G_CHECKSUM_SHA256)};
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
