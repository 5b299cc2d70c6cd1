#include "wardmap/render/compress.hpp"

#include "wardmap/base/error.hpp"

#include <libdeflate.h>

#include <memory>

namespace wardmap {
namespace {

struct CompressorDeleter {
    void operator()(libdeflate_compressor* c) const { libdeflate_free_compressor(c); }
};

}  // namespace

std::string zlib_compressed(std::string_view data, int level) {
    const std::unique_ptr<libdeflate_compressor, CompressorDeleter> compressor(
        libdeflate_alloc_compressor(level));
    if (!compressor) throw OutputError("there is not enough memory to compress a picture");
    std::string out;
    out.resize(libdeflate_zlib_compress_bound(compressor.get(), data.size()));
    out.resize(libdeflate_zlib_compress(compressor.get(), data.data(), data.size(), out.data(), out.size()));
    if (out.empty()) throw OutputError("a picture cannot be compressed");
    return out;
}

}  // namespace wardmap
