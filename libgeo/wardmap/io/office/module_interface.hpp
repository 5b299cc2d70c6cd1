/// \file
/// What the office module offers the library: .zip archives and Excel workbooks. No type of libzip or
/// libxlsxwriter passes here, and the module needs nothing of the library but plain structures, so that
/// whoever builds the library has it.
#pragma once

#include "wardmap/io/zip_file.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

struct ArchiveMember {
    std::string name{};
    std::uint64_t place = 0;
    bool is_locked = false;  ///< with a password
};

/// A member's bytes, unpacked.
class ArchiveStream {
public:
    ArchiveStream() = default;
    ArchiveStream(const ArchiveStream&) = delete;
    ArchiveStream& operator=(const ArchiveStream&) = delete;
    virtual ~ArchiveStream() = default;
    /// How many were read; fewer than asked only at the end.
    virtual std::size_t read(std::span<char> to) = 0;
};

/// An archive on disk. For one thread at a time.
class Archive {
public:
    Archive() = default;
    Archive(const Archive&) = delete;
    Archive& operator=(const Archive&) = delete;
    virtual ~Archive() = default;
    virtual std::vector<ArchiveMember> members() const = 0;
    /// The archive must live as long as the stream. \param place  of members()
    virtual std::unique_ptr<ArchiveStream> open(std::uint64_t place) const = 0;
};

enum class CellLook : std::uint8_t {
    plain,
    bold,
    header,
    number_header,
    title,
    label,
    wrapped,
    number,
    bold_number,
};

struct SheetCell {
    std::size_t row = 0;
    std::size_t column = 0;
    CellLook look = CellLook::plain;
    int decimals = 0;      ///< of numbers, 0 to 3
    bool is_text = false;  ///< `text` counts, else `number`
    double number = 0;
    std::string text{};
};

struct Sheet {
    std::string name{};
    std::vector<double> widths{};  ///< of the first columns, in characters
    std::vector<SheetCell> cells{};
    bool has_header = false;          ///< in the first row: it stays in view and is printed on every page
    std::size_t columns_in_view = 0;  ///< at the left
    bool is_landscape = false;
};

struct Workbook {
    std::vector<Sheet> sheets{};
    std::string title{};  ///< empty: none
    std::string author{};
    std::int64_t created_s = 0;  ///< since 1970, UTC
};

/// What does not fit into a sheet, header included.
inline constexpr std::size_t most_sheet_rows = 1048576;
inline constexpr std::size_t most_sheet_columns = 16384;

/// Every function throws std::runtime_error with the words of libzip or libxlsxwriter if it cannot. Any
/// number of threads may ask.
class OfficeModule {
public:
    OfficeModule() = default;
    OfficeModule(const OfficeModule&) = delete;
    OfficeModule& operator=(const OfficeModule&) = delete;
    virtual ~OfficeModule() = default;

    virtual std::string zip_bytes(std::span<const ZipPart> parts) const = 0;
    /// Without folders. Throws also if they are more than `most_bytes` together.
    virtual std::vector<ZipPart> zip_parts(std::string_view bytes, std::uint64_t most_bytes) const = 0;
    virtual std::unique_ptr<Archive> open_archive(const std::string& path) const = 0;
    /// As .xlsx at `path`. \pre tables fit into sheets
    virtual void write_workbook(const Workbook& book, const std::string& path) const = 0;
};

/// Name of the one function the module exports, and its type. The function answers null if it was built for
/// another version of the library.
inline constexpr const char* office_module_entry = "wardmap_office_module";
using OfficeModuleEntry = const OfficeModule* (*)(const char* library_version);

}  // namespace wardmap
