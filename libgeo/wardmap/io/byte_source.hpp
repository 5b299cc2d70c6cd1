/// \file
/// The bytes of large files, one piece after another, whatever they are packed in.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

/// A stream of bytes. Files are mapped into memory, so that a piece is a view and costs nothing; .gz and
/// members of .zip are unpacked as they are read.
class ByteSource {
public:
    virtual ~ByteSource() = default;
    /// What it is called: the path, for a member of an archive "archive.zip/member.csv".
    virtual const std::string& name() const = 0;
    /// The next bytes, at most `most` of them; empty at the end. The view holds until the next call, or, if
    /// is_mapped(), as long as the source. \throws InputError if the file is damaged: says where it broke off
    virtual std::string_view next(std::size_t most) = 0;
    virtual bool is_mapped() const noexcept = 0;
};

/// Opens a file. `.gz` is one stream; `.zip` one for each member that holds rows (.csv .txt .tsv, also packed
/// as .gz), in the order of their names; "-" is standard input. What a file is shows in its first bytes, not
/// in its name. \throws FileMissing; InputError for what cannot be read or an archive without such a member,
/// naming what is in it
std::vector<std::unique_ptr<ByteSource>> open_bytes(const std::string& path);

/// The members of a .zip in which open_bytes() finds no rows; nothing where it finds some. \throws InputError
/// if the archive is damaged
std::vector<std::string> zip_without_rows(const std::string& path);

}  // namespace wardmap
