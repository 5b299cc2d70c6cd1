#include "wardmap/base/output_file.hpp"

#include "wardmap/base/error.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <cstdlib>
#include <iterator>
#include <string>
#include <vector>

using namespace wardmap;

namespace {

class TestFolder {
public:
    TestFolder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "wardmap-output-XXXXXX").string();
        REQUIRE(mkdtemp(pattern.data()) != nullptr);
        path_ = pattern;
    }
    TestFolder(const TestFolder&) = delete;
    TestFolder& operator=(const TestFolder&) = delete;
    ~TestFolder() { std::filesystem::remove_all(path_); }

    std::filesystem::path operator/(const char* name) const { return path_ / name; }
    std::size_t files() const {
        return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(path_), {}));
    }

private:
    std::filesystem::path path_{};
};

std::string content(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("output file: what is written in pieces stands in place after commit, and nothing beside it") {
    const TestFolder folder;
    const std::filesystem::path target = folder / "counts.csv";
    OutputFile file(target, Overwrite::refuse);
    file.write("area,");
    file.write("");
    file.write(std::string_view("cou\0nt\n", 7));
    CHECK_FALSE(std::filesystem::exists(target));
    file.commit();
    CHECK(content(target) == std::string("area,cou\0nt\n", 12));
    CHECK(folder.files() == 1);
}

TEST_CASE("output file: without commit nothing is left, and the target is as it was") {
    const TestFolder folder;
    const std::filesystem::path target = folder / "counts.csv";
    write_output(target, "before", Overwrite::refuse);
    {
        OutputFile file(target, Overwrite::replace);
        file.write("half");
        CHECK(folder.files() == 2);
    }
    CHECK(content(target) == "before");
    CHECK(folder.files() == 1);
    {
        OutputFile file(target, Overwrite::replace);
        file.write("after");
        file.commit();
    }
    CHECK(content(target) == "after");
    CHECK(folder.files() == 1);
}

TEST_CASE("output file: one that holds the same bytes already may stay as it is, any other is replaced") {
    const TestFolder folder;
    const std::filesystem::path target = folder / "counts.csv";
    const std::string bytes(200'000, 'x');
    write_output(target, bytes, Overwrite::refuse);
    const auto long_ago = std::filesystem::file_time_type::clock::now() - std::chrono::hours(100);
    const auto replaced = [&](const std::string& with, Overwrite overwrite) {
        std::filesystem::last_write_time(target, long_ago);
        write_output(target, with, overwrite);
        CHECK(content(target) == with);
        return std::filesystem::last_write_time(target) != long_ago;
    };
    CHECK_FALSE(replaced(bytes, Overwrite::replace_other));
    CHECK(replaced(bytes, Overwrite::replace));
    std::string other = bytes;
    other.back() = 'y';
    CHECK(replaced(other, Overwrite::replace_other));
    CHECK(replaced(other + "z", Overwrite::replace_other));
    CHECK(replaced("", Overwrite::replace_other));
    CHECK_FALSE(replaced("", Overwrite::replace_other));
    CHECK(folder.files() == 1);
}

TEST_CASE("output file: what may not be written is refused before anything is") {
    const TestFolder folder;
    const std::filesystem::path target = folder / "counts.csv";
    write_output(target, "before", Overwrite::refuse);
    CHECK_THROWS_AS(OutputFile(target, Overwrite::refuse), OutputError);
    CHECK_THROWS_AS(write_output(target, "after", Overwrite::refuse), OutputError);
    CHECK_THROWS_AS(OutputFile(folder / "none/counts.csv", Overwrite::refuse), OutputError);
    std::filesystem::create_directory(folder / "sub");
    CHECK_THROWS_AS(OutputFile(folder / "sub", Overwrite::replace), OutputError);
    CHECK(content(target) == "before");
    CHECK(folder.files() == 2);
}

TEST_CASE("output file: a disk that is full is an error, and leaves no file") {
    const std::filesystem::path full = "/dev/full";
    if (!std::filesystem::exists(full)) {
        MESSAGE("not there, so not tried: " << full.string());
        return;
    }
    // The file beside the target is a link to the device that refuses every byte.
    const TestFolder folder;
    const std::filesystem::path target = folder / "counts.csv";
    std::string beside;
    {
        const OutputFile file(target, Overwrite::refuse);
        for (const auto& entry : std::filesystem::directory_iterator(target.parent_path()))
            beside = entry.path().string();
    }
    REQUIRE_FALSE(beside.empty());
    std::filesystem::create_symlink(full, beside);
    CHECK_THROWS_AS(write_output(target, "bytes", Overwrite::refuse), OutputError);
    CHECK(folder.files() == 0);
}
