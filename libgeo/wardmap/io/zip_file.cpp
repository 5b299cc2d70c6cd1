#include "wardmap/io/zip_file.hpp"

#include "wardmap/base/error.hpp"

#include <zip.h>

#include <memory>

namespace wardmap {
namespace {

constexpr std::uint64_t most_unpacked = std::uint64_t{256} << 20U;
constexpr zip_uint16_t first_day = (1U << 5U) | 1U;  // 1 January 1980, as MS-DOS writes it

struct ZipRelease {
    void operator()(zip_t* archive) const noexcept { zip_discard(archive); }
    void operator()(zip_file_t* member) const noexcept { zip_fclose(member); }
    void operator()(zip_source_t* source) const noexcept { zip_source_free(source); }
};
template <typename T>
using ZipPointer = std::unique_ptr<T, ZipRelease>;

[[noreturn]] void fail_to_write(const std::string& why) {
    throw OutputError("the archive cannot be made: " + why, {},
                      "this is a fault of wardmap or of the machine");
}

}  // namespace

std::string zip_bytes(std::span<const ZipPart> parts) {
    zip_error_t error;
    zip_error_init(&error);
    ZipPointer<zip_source_t> target(zip_source_buffer_create(nullptr, 0, 0, &error));
    if (!target) fail_to_write(zip_error_strerror(&error));
    ZipPointer<zip_t> archive(zip_open_from_source(target.get(), ZIP_TRUNCATE, &error));
    if (!archive) fail_to_write(zip_error_strerror(&error));
    zip_source_keep(target.get());  // the archive has it too now
    for (const ZipPart& part : parts) {
        zip_source_t* const source =
            zip_source_buffer(archive.get(), part.bytes.data(), part.bytes.size(), 0);
        const zip_int64_t place =
            source == nullptr ? -1 : zip_file_add(archive.get(), part.name.c_str(), source, ZIP_FL_ENC_UTF_8);
        if (place < 0) {
            zip_source_free(source);
            fail_to_write(zip_strerror(archive.get()));
        }
        const auto index = static_cast<zip_uint64_t>(place);
        zip_set_file_compression(archive.get(), index,
                                 part.packing == ZipPacking::stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE, 0);
        zip_file_set_dostime(archive.get(), index, 0, first_day, 0);
    }
    if (zip_close(archive.get()) != 0) fail_to_write(zip_strerror(archive.get()));
    (void)archive.release();  // closed

    zip_stat_t about;
    zip_stat_init(&about);
    if (zip_source_stat(target.get(), &about) != 0 || zip_source_open(target.get()) != 0)
        fail_to_write(zip_error_strerror(zip_source_error(target.get())));
    std::string out(about.size, '\0');
    const zip_int64_t got = zip_source_read(target.get(), out.data(), out.size());
    zip_source_close(target.get());
    if (got < 0 || static_cast<std::size_t>(got) != out.size()) fail_to_write("it cannot be read back");
    return out;
}

std::vector<ZipPart> zip_parts(std::string_view bytes, const std::string& name) {
    const auto refuse = [&](const std::string& why) {
        throw InputError("the archive is damaged or incomplete: " + why, {.file = name},
                         "copy it again, or save it anew");
    };
    if (bytes.empty()) refuse("it is empty");
    zip_error_t error;
    zip_error_init(&error);
    ZipPointer<zip_source_t> source(zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error));
    if (!source) refuse(zip_error_strerror(&error));
    const ZipPointer<zip_t> archive(zip_open_from_source(source.get(), ZIP_RDONLY, &error));
    if (!archive) refuse(zip_error_strerror(&error));
    (void)source.release();  // the archive's now
    std::vector<ZipPart> out;
    std::uint64_t unpacked = 0;
    const zip_int64_t count = zip_get_num_entries(archive.get(), 0);
    for (zip_uint64_t i = 0; i < static_cast<zip_uint64_t>(count); ++i) {
        zip_stat_t about;
        zip_stat_init(&about);
        if (zip_stat_index(archive.get(), i, 0, &about) != 0) refuse(zip_strerror(archive.get()));
        ZipPart part{.name = about.name};
        if (part.name.ends_with('/')) continue;
        unpacked += about.size;
        if (unpacked > most_unpacked) refuse("it unpacks to more than 256 MiB");
        const ZipPointer<zip_file_t> member(zip_fopen_index(archive.get(), i, 0));
        if (!member) refuse(part.name + ": " + zip_strerror(archive.get()));
        part.bytes.resize(about.size);
        const zip_int64_t got = zip_fread(member.get(), part.bytes.data(), part.bytes.size());
        if (got < 0 || static_cast<std::size_t>(got) != part.bytes.size())
            refuse(part.name + ": " + zip_file_strerror(member.get()));
        part.packing = about.comp_method == ZIP_CM_STORE ? ZipPacking::stored : ZipPacking::deflated;
        out.push_back(std::move(part));
    }
    return out;
}

}  // namespace wardmap
