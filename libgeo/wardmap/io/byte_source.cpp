#include "wardmap/io/byte_source.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/letter_case.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/io/input_file.hpp"
#include "wardmap/io/office/module_interface.hpp"
#include "wardmap/io/office_module.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <optional>
#include <stdexcept>
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

std::unique_ptr<Archive> open_archive(const std::string& path) {
    const OfficeModule& office = office_module();
    try {
        return office.open_archive(path);
    } catch (const std::runtime_error& why) {
        refuse(path, std::string("the .zip is damaged or incomplete (") + why.what() + ")",
               "copy or download it again");
    }
}

/// A member of an archive. Each opens the archive for itself, when its first byte is asked for: an archive is
/// not to be shared between threads.
class MemberOfZip final : public ByteSource {
public:
    MemberOfZip(std::string path, const ArchiveMember& member)
        : path_(std::move(path)), place_(member.place), name_(path_ + "/" + member.name) {}

    const std::string& name() const override { return name_; }
    std::string_view next(std::size_t most) override {
        if (!archive_) archive_ = open_archive(path_);
        buffer_.resize(std::min(most, largest_piece));
        try {
            if (!stream_) stream_ = archive_->open(place_);
            const std::size_t filled = stream_->read(buffer_);
            given_ += filled;
            return std::string_view(buffer_).substr(0, filled);
        } catch (const std::runtime_error& how) {
            refuse(name_,
                   std::string("it cannot be unpacked (") + how.what() + "), behind " +
                       bytes_in_words(given_) + " unpacked",
                   "copy or download the .zip again, or unpack it yourself");
        }
    }
    bool is_mapped() const noexcept override { return false; }

private:
    std::string path_;
    std::uint64_t place_;
    std::string name_;
    std::unique_ptr<Archive> archive_{};
    std::unique_ptr<ArchiveStream> stream_{};
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

struct Members {
    std::vector<ArchiveMember> rows{};  ///< by name
    std::vector<std::string> others{};
};

Members members_of(const Archive& archive) {
    Members out;
    for (ArchiveMember& member : archive.members()) {
        if (member.name.ends_with('/')) continue;
        if (holds_rows(member.name)) {
            out.rows.push_back(std::move(member));
        } else {
            out.others.push_back(std::move(member.name));
        }
    }
    std::sort(out.rows.begin(), out.rows.end(), [](const ArchiveMember& a, const ArchiveMember& b) {
        return std::tie(a.name, a.place) < std::tie(b.name, b.place);
    });
    return out;
}

/// Whether the member is packed once more, as .gz. One that cannot be read is found out when its rows are.
bool holds_gzip(const Archive& archive, std::uint64_t place) {
    std::array<char, gzip_mark.size()> start{};
    try {
        return archive.open(place)->read(start) == start.size() &&
               std::string_view(start.data(), start.size()) == gzip_mark;
    } catch (const std::runtime_error&) {
        return false;
    }
}

std::vector<std::unique_ptr<ByteSource>> open_members(const std::string& path) {
    const std::unique_ptr<Archive> archive = open_archive(path);
    const Members members = members_of(*archive);
    if (members.rows.empty()) refuse_without_rows(path, members.others);
    std::vector<std::unique_ptr<ByteSource>> out;
    for (const ArchiveMember& member : members.rows) {
        if (member.is_locked) {
            refuse(path + "/" + member.name, "it is locked with a password",
                   "unpack the .zip with its password and name the file");
        }
        out.push_back(std::make_unique<MemberOfZip>(path, member));
        if (holds_gzip(*archive, member.place))
            out.back() = std::make_unique<Unpacked>(std::move(out.back()));
    }
    return out;
}

bool is_zip(std::string_view start) {
    return start == "PK\x03\x04" || start == "PK\x05\x06" || start == "PK\x07\x08";
}

}  // namespace

std::vector<std::string> zip_without_rows(const std::string& path) {
    Members members = members_of(*open_archive(path));
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
