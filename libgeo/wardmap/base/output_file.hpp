/// \file
/// Results appear whole or not at all: written beside their target and renamed when complete.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace wardmap {

enum class Overwrite : unsigned char {
    refuse,
    replace,
    replace_other,  ///< a file that holds these bytes already stays, with its date: less to store and to send
};

/// Writes `bytes` to a new file beside `target` and renames it. Makes no folders.
/// \throws OutputError if the target exists and may not be replaced, its folder is missing, or the
///         disk refuses.
void write_output(const std::filesystem::path& target, std::string_view bytes, Overwrite overwrite);

/// A result too large to hold, written piece by piece to a new file beside its target. Without commit() the
/// file goes with this object, and the target is as it was.
class OutputFile {
public:
    /// \throws OutputError as write_output
    OutputFile(std::filesystem::path target, Overwrite overwrite);
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;
    ~OutputFile();

    /// \throws OutputError if the disk refuses
    void write(std::string_view bytes);
    /// Puts the file in its place; nothing can be written behind it. \throws OutputError if the disk refuses
    void commit();

private:
    [[noreturn]] void fail(const std::string& what) const;

    std::filesystem::path target_;
    std::filesystem::path beside_;
    std::ofstream out_{};
    bool done_ = false;
};

/// Throws as write_output would if the target exists and may not be replaced: ask before long work.
void check_output(const std::filesystem::path& target, Overwrite overwrite);

}  // namespace wardmap
