#include "wardmap/io/byte_source.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/letter_case.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/io/input_file.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <optional>
#include <tuple>
#include <utility>

namespace wardmap {
namespace {

constexpr std::size_t largest_piece = std::size_t{4} << 20;  // of what is not mapped
constexpr std::size_t packed_piece = std::size_t{256} << 10;
constexpr std::string_view gzip_mark = "\x1F\x8B";

[[noreturn]] void refuse(const std::string& name, const std::string& what, const std::string& to_do) {
    throw InputError(what, {.file = name}, to_do);
}

std::string bytes_in_words(std::uint64_t n) {
    return with_thousands(static_cast<double>(n), 0) + (n == 1 ? " byte" : " bytes");
}

class OpenFile {
public:
    explicit OpenFile(const std::string& path) : number_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
        if (number_ < 0) refuse(path, "the file cannot be opened", "may you read it?");
    }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    OpenFile(OpenFile&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    OpenFile& operator=(OpenFile&&) = delete;
    ~OpenFile() {
        if (number_ >= 0) ::close(number_);
    }
    int number() const noexcept { return number_; }

private:
    int number_;
};

/// A file mapped as a whole; not empty.
class Mapping {
public:
    /// Empty if the system will not map it.
    static std::optional<Mapping> of(const OpenFile& file, std::size_t size) {
        void* const start = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.number(), 0);
        if (start == MAP_FAILED) return std::nullopt;
        ::madvise(start, size, MADV_SEQUENTIAL);
        return Mapping(start, size);
    }
    Mapping(const Mapping&) = delete;
    Mapping& operator=(const Mapping&) = delete;
    Mapping(Mapping&& other) noexcept : start_(std::exchange(other.start_, nullptr)), size_(other.size_) {}
    Mapping& operator=(Mapping&&) = delete;
    ~Mapping() {
        if (start_ != nullptr) ::munmap(start_, size_);
    }
    std::string_view bytes() const noexcept { return {static_cast<const char*>(start_), size_}; }

private:
    Mapping(void* start, std::size_t size) noexcept : start_(start), size_(size) {}
    void* start_;
    std::size_t size_;
};

class MappedFile final : public ByteSource {
public:
    MappedFile(std::string name, Mapping mapping)
        : name_(std::move(name)), mapping_(std::move(mapping)), left_(mapping_.bytes()) {}

    const std::string& name() const override { return name_; }
    std::string_view next(std::size_t most) override {
        const std::string_view piece = left_.substr(0, most);
        left_.remove_prefix(piece.size());
        return piece;
    }
    bool is_mapped() const noexcept override { return true; }

private:
    std::string name_;
    Mapping mapping_;
    std::string_view left_;
};

/// Standard input, pipes, and files that the system will not map.
class ReadFile final : public ByteSource {
public:
    /// \param file  nothing: standard input
    ReadFile(std::string name, std::optional<OpenFile> file)
        : name_(std::move(name)), file_(std::move(file)) {}

    const std::string& name() const override { return name_; }
    std::string_view next(std::size_t most) override {
        buffer_.resize(std::min(most, largest_piece));
        std::size_t filled = std::min(ahead_.size(), buffer_.size());
        ahead_.copy(buffer_.data(), filled);
        ahead_.erase(0, filled);
        filled += read_into(buffer_.data() + filled, buffer_.size() - filled);
        return std::string_view(buffer_).substr(0, filled);
    }
    bool is_mapped() const noexcept override { return false; }

    /// The first bytes, which next() gives again.
    std::string_view look_ahead(std::size_t count) {
        ahead_.resize(count);
        ahead_.resize(read_into(ahead_.data(), count));
        return ahead_;
    }

private:
    std::size_t read_into(char* to, std::size_t count) {
        std::size_t filled = 0;
        while (filled < count) {
            const ssize_t got = ::read(file_ ? file_->number() : STDIN_FILENO, to + filled, count - filled);
            if (got == 0) break;
            if (got > 0) {
                filled += static_cast<std::size_t>(got);
            } else if (errno != EINTR) {
                refuse(name_, "it cannot be read to its end", "is the disk or the connection sound?");
            }
        }
        return filled;
    }

    std::string name_;
    std::optional<OpenFile> file_;
    std::string ahead_{};
    std::string buffer_{};
};

/// Unpacks gzip, also several members one behind another, as `cat a.gz b.gz` makes them.
class Unpacked final : public ByteSource {
public:
    explicit Unpacked(std::unique_ptr<ByteSource> packed) : packed_(std::move(packed)) {
        constexpr int gzip_window = 15 + 16;
        if (inflateInit2(&stream_, gzip_window) != Z_OK)
            throw Error("there is no memory left to unpack a .gz");
    }
    Unpacked(const Unpacked&) = delete;
    Unpacked& operator=(const Unpacked&) = delete;
    ~Unpacked() override { inflateEnd(&stream_); }

    const std::string& name() const override { return packed_->name(); }
    std::string_view next(std::size_t most) override {
        buffer_.resize(std::min(most, largest_piece));
        stream_.next_out = reinterpret_cast<Bytef*>(buffer_.data());
        stream_.avail_out = static_cast<uInt>(buffer_.size());
        while (stream_.avail_out > 0 && !ended_ && fill() && unpack()) {
        }
        const std::size_t got = buffer_.size() - stream_.avail_out;
        given_ += got;
        return std::string_view(buffer_).substr(0, got);
    }
    bool is_mapped() const noexcept override { return false; }

private:
    /// Sees to it that there are packed bytes; false at their end.
    bool fill() {
        if (stream_.avail_in > 0) return true;
        const std::string_view piece = packed_->next(packed_piece);
        // zlib's type wants a pointer to what it does not change.
        stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(piece.data()));
        stream_.avail_in = static_cast<uInt>(piece.size());
        if (!piece.empty()) return true;
        if (!within_member_) {
            ended_ = true;
        } else if (!any_unpacked()) {
            damaged("its end is missing", "copy or download it again");
        }
        return false;
    }

    /// False where it cannot go on: what was unpacked is given first, and the next call throws.
    bool unpack() {
        if (!within_member_) {
            // Zeros behind the end fill up the last block of a tape or disk.
            while (after_member_ && stream_.avail_in > 0 && *stream_.next_in == 0) {
                ++stream_.next_in;
                --stream_.avail_in;
            }
            if (stream_.avail_in == 0) return true;
            within_member_ = true;
        }
        const int state = inflate(&stream_, Z_NO_FLUSH);
        if (state == Z_STREAM_END) {
            inflateReset(&stream_);
            within_member_ = false;
            after_member_ = true;
        } else if (state != Z_OK && state != Z_BUF_ERROR) {
            if (any_unpacked()) return false;
            damaged(stream_.msg == nullptr ? "its bytes make no sense" : stream_.msg,
                    "copy or download it again");
        }
        return true;
    }

    bool any_unpacked() const noexcept { return stream_.avail_out < buffer_.size(); }

    [[noreturn]] void damaged(const std::string& how, const std::string& to_do) const {
        refuse(
            name(),
            "the packed file (gzip) is damaged: " + how + ", behind " + bytes_in_words(given_) + " unpacked",
            to_do);
    }

    std::unique_ptr<ByteSource> packed_;
    z_stream stream_{};
    std::string buffer_{};
    std::uint64_t given_ = 0;
    bool within_member_ = false;
    bool after_member_ = false;
    bool ended_ = false;
};

struct ZipRelease {
    void operator()(zip_t* archive) const noexcept { zip_discard(archive); }
    void operator()(zip_file_t* member) const noexcept { zip_fclose(member); }
};
using Archive = std::unique_ptr<zip_t, ZipRelease>;
using ArchiveMember = std::unique_ptr<zip_file_t, ZipRelease>;

Archive open_archive(const std::string& path) {
    int code = 0;
    Archive archive(zip_open(path.c_str(), ZIP_RDONLY, &code));
    if (archive) return archive;
    zip_error_t error;
    zip_error_init_with_code(&error, code);
    const std::string said = zip_error_strerror(&error);
    zip_error_fini(&error);
    refuse(path, "the .zip is damaged or incomplete (" + said + ")", "copy or download it again");
}

/// A member of an archive. Each opens the archive for itself, when its first byte is asked for: libzip's
/// archives are not to be shared between threads.
class MemberOfZip final : public ByteSource {
public:
    MemberOfZip(std::string path, zip_uint64_t place, const std::string& member)
        : path_(std::move(path)), place_(place), name_(path_ + "/" + member) {}

    const std::string& name() const override { return name_; }
    std::string_view next(std::size_t most) override {
        if (!member_) open();
        buffer_.resize(std::min(most, largest_piece));
        std::size_t filled = 0;
        while (filled < buffer_.size()) {
            const zip_int64_t got =
                zip_fread(member_.get(), buffer_.data() + filled, buffer_.size() - filled);
            if (got == 0) break;
            if (got < 0) damaged(zip_file_strerror(member_.get()), given_ + filled);
            filled += static_cast<std::size_t>(got);
        }
        given_ += filled;
        return std::string_view(buffer_).substr(0, filled);
    }
    bool is_mapped() const noexcept override { return false; }

private:
    void open() {
        archive_ = open_archive(path_);
        member_.reset(zip_fopen_index(archive_.get(), place_, 0));
        if (!member_) damaged(zip_strerror(archive_.get()), 0);
    }
    [[noreturn]] void damaged(const std::string& how, std::uint64_t good) const {
        refuse(name_, "it cannot be unpacked (" + how + "), behind " + bytes_in_words(good) + " unpacked",
               "copy or download the .zip again, or unpack it yourself");
    }

    std::string path_;
    zip_uint64_t place_;
    std::string name_;
    Archive archive_{};
    ArchiveMember member_{};
    std::string buffer_{};
    std::uint64_t given_ = 0;
};

bool holds_rows(const std::string& member) {
    std::string low = lower_ascii(member);
    const std::string last = low.substr(low.find_last_of('/') + 1);
    if (low.starts_with("__macosx/") || last.starts_with('.')) return false;
    if (low.ends_with(".gz")) low.erase(low.size() - 3);
    return low.ends_with(".csv") || low.ends_with(".txt") || low.ends_with(".tsv");
}

/// "wards.shp, wards.dbf and 3 more"
std::string listed(const std::vector<std::string>& names) {
    constexpr std::size_t most = 6;
    std::string out;
    for (std::size_t i = 0; i < std::min(names.size(), most); ++i) out += (i == 0 ? "" : ", ") + names[i];
    if (names.size() > most)
        out += " and " + with_thousands(static_cast<double>(names.size() - most), 0) + " more";
    return out;
}

[[noreturn]] void refuse_without_rows(const std::string& path, const std::vector<std::string>& names) {
    if (names.empty()) refuse(path, "the .zip is empty", "");
    const bool workbook = std::any_of(names.begin(), names.end(), [](const std::string& name) {
        return name == "[Content_Types].xml" || name == "content.xml";
    });
    if (workbook) {
        refuse(path, "this is a workbook or a document, not text in columns",
               "give it its own ending (.xlsx, .ods), or save it as CSV");
    }
    refuse(path, "no table (.csv, .txt, .tsv) is in this .zip; it holds " + listed(names),
           "unpack it and name the file that is meant");
}

struct Member {
    std::string name{};
    zip_uint64_t place = 0;
};

struct Members {
    std::vector<Member> rows{};  ///< by name
    std::vector<std::string> others{};
};

Members members_of(zip_t* archive) {
    Members out;
    const zip_int64_t count = zip_get_num_entries(archive, 0);
    for (zip_int64_t i = 0; i < count; ++i) {
        const auto place = static_cast<zip_uint64_t>(i);
        const char* const text = zip_get_name(archive, place, ZIP_FL_ENC_GUESS);
        const std::string name = text == nullptr ? std::string() : text;
        if (name.ends_with('/')) continue;
        if (holds_rows(name)) {
            out.rows.push_back({name, place});
        } else {
            out.others.push_back(name);
        }
    }
    std::sort(out.rows.begin(), out.rows.end(), [](const Member& a, const Member& b) {
        return std::tie(a.name, a.place) < std::tie(b.name, b.place);
    });
    return out;
}

std::vector<std::unique_ptr<ByteSource>> open_members(const std::string& path) {
    const Archive archive = open_archive(path);
    const Members members = members_of(archive.get());
    if (members.rows.empty()) refuse_without_rows(path, members.others);
    std::vector<std::unique_ptr<ByteSource>> out;
    for (const Member& member : members.rows) {
        zip_stat_t about;
        zip_stat_init(&about);
        if (zip_stat_index(archive.get(), member.place, 0, &about) == 0 &&
            (about.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && about.encryption_method != ZIP_EM_NONE) {
            refuse(path + "/" + member.name, "it is locked with a password",
                   "unpack the .zip with its password and name the file");
        }
        out.push_back(std::make_unique<MemberOfZip>(path, member.place, member.name));
        char start[2] = {};
        const ArchiveMember looked_at(zip_fopen_index(archive.get(), member.place, 0));
        if (looked_at && zip_fread(looked_at.get(), start, sizeof start) == sizeof start &&
            std::string_view(start, sizeof start) == gzip_mark) {
            out.back() = std::make_unique<Unpacked>(std::move(out.back()));
        }
    }
    return out;
}

bool is_zip(std::string_view start) {
    return start == "PK\x03\x04" || start == "PK\x05\x06" || start == "PK\x07\x08";
}

}  // namespace

std::vector<std::string> zip_without_rows(const std::string& path) {
    const Archive archive = open_archive(path);
    Members members = members_of(archive.get());
    return members.rows.empty() ? std::move(members.others) : std::vector<std::string>{};
}

std::vector<std::unique_ptr<ByteSource>> open_bytes(const std::string& path) {
    constexpr std::size_t mark_size = 4;
    std::vector<std::unique_ptr<ByteSource>> out;
    std::string mark;
    if (path != "-") {
        require_file(path);
        OpenFile file(path);
        struct stat about {};
        const bool regular = ::fstat(file.number(), &about) == 0 && S_ISREG(about.st_mode);
        auto mapping = regular && about.st_size > 0
                           ? Mapping::of(file, static_cast<std::size_t>(about.st_size))
                           : std::nullopt;
        if (mapping) {
            mark = mapping->bytes().substr(0, mark_size);
            if (is_zip(mark)) return open_members(path);
            out.push_back(std::make_unique<MappedFile>(path, std::move(*mapping)));
        } else {
            auto read = std::make_unique<ReadFile>(path, std::move(file));
            mark = read->look_ahead(mark_size);
            if (is_zip(mark) && regular) return open_members(path);
            out.push_back(std::move(read));
        }
    } else {
        auto read = std::make_unique<ReadFile>("standard input", std::nullopt);
        mark = read->look_ahead(mark_size);
        out.push_back(std::move(read));
    }
    if (is_zip(mark)) {
        refuse(out.back()->name(), "a .zip cannot be read as it comes in",
               "name the file, or unpack it on the way: unzip -p FILE.zip | ...");
    }
    if (mark.starts_with(gzip_mark)) out.back() = std::make_unique<Unpacked>(std::move(out.back()));
    return out;
}

}  // namespace wardmap
