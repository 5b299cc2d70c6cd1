// Files packed as the tests need them: .gz and .zip, made here so that nothing packed lies in the repository.
#pragma once

#include <doctest/doctest.h>
#include <libdeflate.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

/// A folder of its own, gone with this object.
class TestFolder {
public:
    TestFolder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "wardmap-test-XXXXXX").string();
        REQUIRE(mkdtemp(pattern.data()) != nullptr);
        path_ = pattern;
    }
    TestFolder(const TestFolder&) = delete;
    TestFolder& operator=(const TestFolder&) = delete;
    ~TestFolder() { std::filesystem::remove_all(path_); }

    const std::filesystem::path& path() const { return path_; }
    /// Writes a file, with the folders it lies in, and gives its path.
    std::string write(const std::string& name, std::string_view bytes) const {
        const std::filesystem::path file = path_ / name;
        std::filesystem::create_directories(file.parent_path());
        std::ofstream(file, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        return file.string();
    }

private:
    std::filesystem::path path_{};
};

struct CompressorRelease {
    void operator()(libdeflate_compressor* c) const noexcept { libdeflate_free_compressor(c); }
};

inline std::string gzipped(std::string_view bytes) {
    const std::unique_ptr<libdeflate_compressor, CompressorRelease> c(libdeflate_alloc_compressor(6));
    std::string out(libdeflate_gzip_compress_bound(c.get(), bytes.size()), '\0');
    out.resize(libdeflate_gzip_compress(c.get(), bytes.data(), bytes.size(), out.data(), out.size()));
    return out;
}

struct ZipMember {
    std::string name{};
    std::string bytes{};
    bool locked = false;
};

/// A .zip as APPNOTE.TXT 6.3 describes it: deflated members, then the directory.
inline std::string zipped(const std::vector<ZipMember>& members) {
    const auto put = [](std::string& out, std::uint64_t value, int bytes) {
        for (int i = 0; i < bytes; ++i)
            out += static_cast<char>(static_cast<unsigned char>(value >> (8 * i)));
    };
    const std::unique_ptr<libdeflate_compressor, CompressorRelease> c(libdeflate_alloc_compressor(6));
    std::string out;
    std::string directory;
    for (const ZipMember& member : members) {
        std::string packed(libdeflate_deflate_compress_bound(c.get(), member.bytes.size()), '\0');
        packed.resize(libdeflate_deflate_compress(c.get(), member.bytes.data(), member.bytes.size(),
                                                  packed.data(), packed.size()));
        std::string about;
        put(about, 20, 2);
        put(about, member.locked ? 1 : 0, 2);
        put(about, 8, 2);  // deflated
        put(about, 0, 2);
        put(about, 0x2821, 2);  // 1 January 2000
        put(about, libdeflate_crc32(0, member.bytes.data(), member.bytes.size()), 4);
        put(about, packed.size(), 4);
        put(about, member.bytes.size(), 4);
        put(about, member.name.size(), 2);
        put(about, 0, 2);
        directory += "PK\x01\x02";
        put(directory, 20, 2);
        directory += about;
        directory.append(10, '\0');  // comment, disk, attributes
        put(directory, out.size(), 4);
        directory += member.name;
        out += "PK\x03\x04" + about + member.name + packed;
    }
    const std::size_t start = out.size();
    out += directory + "PK\x05\x06";
    put(out, 0, 4);
    put(out, members.size(), 2);
    put(out, members.size(), 2);
    put(out, directory.size(), 4);
    put(out, start, 4);
    put(out, 0, 2);
    return out;
}

}  // namespace wardmap
