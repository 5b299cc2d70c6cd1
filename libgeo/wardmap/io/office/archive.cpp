#include "wardmap/io/office/archive.hpp"

#include <zip.h>

#include <stdexcept>
#include <utility>

namespace wardmap {
namespace {

constexpr zip_uint16_t first_day = (1U << 5U) | 1U;  // 1 January 1980, as MS-DOS writes it

struct ZipRelease {
    void operator()(zip_t* archive) const noexcept { zip_discard(archive); }
    void operator()(zip_file_t* member) const noexcept { zip_fclose(member); }
    void operator()(zip_source_t* source) const noexcept { zip_source_free(source); }
};
template <typename T>
using ZipPointer = std::unique_ptr<T, ZipRelease>;

[[noreturn]] void fail(const std::string& why) {
    throw std::runtime_error(why);
}

class Stream final : public ArchiveStream {
public:
    explicit Stream(ZipPointer<zip_file_t> member) : member_(std::move(member)) {}
    std::size_t read(std::span<char> to) override {
        std::size_t filled = 0;
        while (filled < to.size()) {
            const zip_int64_t got = zip_fread(member_.get(), to.data() + filled, to.size() - filled);
            if (got == 0) break;
            if (got < 0) fail(zip_file_strerror(member_.get()));
            filled += static_cast<std::size_t>(got);
        }
        return filled;
    }

private:
    ZipPointer<zip_file_t> member_;
};

class OpenArchive final : public Archive {
public:
    explicit OpenArchive(ZipPointer<zip_t> archive) : archive_(std::move(archive)) {}
    std::vector<ArchiveMember> members() const override {
        std::vector<ArchiveMember> out;
        const zip_int64_t count = zip_get_num_entries(archive_.get(), 0);
        for (zip_uint64_t place = 0; place < static_cast<zip_uint64_t>(count); ++place) {
            const char* const name = zip_get_name(archive_.get(), place, ZIP_FL_ENC_GUESS);
            ArchiveMember member{.name = name == nullptr ? "" : name, .place = place};
            zip_stat_t about;
            zip_stat_init(&about);
            member.is_locked = zip_stat_index(archive_.get(), place, 0, &about) == 0 &&
                               (about.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 &&
                               about.encryption_method != ZIP_EM_NONE;
            out.push_back(std::move(member));
        }
        return out;
    }
    std::unique_ptr<ArchiveStream> open(std::uint64_t place) const override {
        ZipPointer<zip_file_t> member(zip_fopen_index(archive_.get(), place, 0));
        if (!member) fail(zip_strerror(archive_.get()));
        return std::make_unique<Stream>(std::move(member));
    }

private:
    ZipPointer<zip_t> archive_;
};

}  // namespace

std::string packed(std::span<const ZipPart> parts) {
    zip_error_t error;
    zip_error_init(&error);
    ZipPointer<zip_source_t> target(zip_source_buffer_create(nullptr, 0, 0, &error));
    if (!target) fail(zip_error_strerror(&error));
    ZipPointer<zip_t> archive(zip_open_from_source(target.get(), ZIP_TRUNCATE, &error));
    if (!archive) fail(zip_error_strerror(&error));
    zip_source_keep(target.get());  // the archive has it too now
    for (const ZipPart& part : parts) {
        zip_source_t* const source =
            zip_source_buffer(archive.get(), part.bytes.data(), part.bytes.size(), 0);
        const zip_int64_t place =
            source == nullptr ? -1 : zip_file_add(archive.get(), part.name.c_str(), source, ZIP_FL_ENC_UTF_8);
        if (place < 0) {
            zip_source_free(source);
            fail(zip_strerror(archive.get()));
        }
        const auto index = static_cast<zip_uint64_t>(place);
        zip_set_file_compression(archive.get(), index,
                                 part.packing == ZipPacking::stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE, 0);
        zip_file_set_dostime(archive.get(), index, 0, first_day, 0);
    }
    if (zip_close(archive.get()) != 0) fail(zip_strerror(archive.get()));
    (void)archive.release();  // closed

    zip_stat_t about;
    zip_stat_init(&about);
    if (zip_source_stat(target.get(), &about) != 0 || zip_source_open(target.get()) != 0)
        fail(zip_error_strerror(zip_source_error(target.get())));
    std::string out(about.size, '\0');
    const zip_int64_t got = zip_source_read(target.get(), out.data(), out.size());
    zip_source_close(target.get());
    if (got < 0 || static_cast<std::size_t>(got) != out.size()) fail("it cannot be read back");
    return out;
}

std::vector<ZipPart> unpacked(std::string_view bytes, std::uint64_t most_bytes) {
    zip_error_t error;
    zip_error_init(&error);
    ZipPointer<zip_source_t> source(zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error));
    if (!source) fail(zip_error_strerror(&error));
    const ZipPointer<zip_t> archive(zip_open_from_source(source.get(), ZIP_RDONLY, &error));
    if (!archive) fail(zip_error_strerror(&error));
    (void)source.release();  // the archive's now
    std::vector<ZipPart> out;
    std::uint64_t size = 0;
    const zip_int64_t count = zip_get_num_entries(archive.get(), 0);
    for (zip_uint64_t i = 0; i < static_cast<zip_uint64_t>(count); ++i) {
        zip_stat_t about;
        zip_stat_init(&about);
        if (zip_stat_index(archive.get(), i, 0, &about) != 0) fail(zip_strerror(archive.get()));
        ZipPart part{.name = about.name};
        if (part.name.ends_with('/')) continue;
        size += about.size;
        if (size > most_bytes) fail("it unpacks to more than " + std::to_string(most_bytes >> 20U) + " MiB");
        const ZipPointer<zip_file_t> member(zip_fopen_index(archive.get(), i, 0));
        if (!member) fail(part.name + ": " + zip_strerror(archive.get()));
        part.bytes.resize(about.size);
        const zip_int64_t got = zip_fread(member.get(), part.bytes.data(), part.bytes.size());
        if (got < 0 || static_cast<std::size_t>(got) != part.bytes.size())
            fail(part.name + ": " + zip_file_strerror(member.get()));
        part.packing = about.comp_method == ZIP_CM_STORE ? ZipPacking::stored : ZipPacking::deflated;
        out.push_back(std::move(part));
    }
    return out;
}

std::unique_ptr<Archive> archive_at(const std::string& path) {
    int code = 0;
    ZipPointer<zip_t> archive(zip_open(path.c_str(), ZIP_RDONLY, &code));
    if (archive) return std::make_unique<OpenArchive>(std::move(archive));
    zip_error_t error;
    zip_error_init_with_code(&error, code);
    const std::string said = zip_error_strerror(&error);
    zip_error_fini(&error);
    fail(said);
}

}  // namespace wardmap
