#include "wardmap/base/output_file.hpp"

#include "wardmap/base/error.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <string>
#include <system_error>
#include <utility>

namespace wardmap {

void check_output(const std::filesystem::path& target, Overwrite overwrite) {
    if (overwrite == Overwrite::refuse && std::filesystem::exists(target)) {
        throw OutputError("the file exists already", {.file = target.string()},
                          "give --overwrite to replace it");
    }
    const std::filesystem::path folder = target.parent_path();
    if (!folder.empty() && !std::filesystem::is_directory(folder)) {
        throw OutputError("there is no folder '" + folder.string() + "'", {.file = target.string()},
                          "make it first");
    }
    if (std::filesystem::is_directory(target))
        throw OutputError("this is a folder, not a file", {.file = target.string()});
}

OutputFile::OutputFile(std::filesystem::path target, Overwrite overwrite) : target_(std::move(target)) {
    check_output(target_, overwrite);
    beside_ = target_;
    beside_ += "." + std::to_string(::getpid()) + ".part";
    out_.open(beside_, std::ios::binary | std::ios::trunc);
    if (!out_) fail("the file cannot be written");
}

OutputFile::~OutputFile() {
    if (done_) return;
    out_.close();
    std::error_code ignored;
    std::filesystem::remove(beside_, ignored);
}

void OutputFile::write(std::string_view bytes) {
    out_.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!out_) fail("the file cannot be written");
}

void OutputFile::commit() {
    out_.close();
    if (!out_) fail("the file cannot be written");
    std::error_code failed;
    std::filesystem::rename(beside_, target_, failed);
    if (failed) fail("the file cannot be put in place (" + failed.message() + ")");
    done_ = true;
}

void OutputFile::fail(const std::string& what) const {
    throw OutputError(what, {.file = target_.string()}, "is the folder writable and the disk not full?");
}

namespace {

bool holds(const std::filesystem::path& file, std::string_view bytes) {
    std::error_code unknown;
    if (std::filesystem::file_size(file, unknown) != bytes.size() || unknown) return false;
    std::ifstream in(file, std::ios::binary);
    std::array<char, 1U << 16U> piece{};
    while (in && !bytes.empty()) {
        in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
        const auto read = static_cast<std::size_t>(in.gcount());
        if (bytes.substr(0, read) != std::string_view(piece.data(), read)) return false;
        bytes.remove_prefix(std::min(read, bytes.size()));
    }
    return bytes.empty();
}

}  // namespace

void write_output(const std::filesystem::path& target, std::string_view bytes, Overwrite overwrite) {
    if (overwrite == Overwrite::replace_other && holds(target, bytes)) return;
    OutputFile file(target, overwrite);
    file.write(bytes);
    file.commit();
}

}  // namespace wardmap
