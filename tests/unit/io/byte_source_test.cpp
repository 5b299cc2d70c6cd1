#include "wardmap/io/byte_source.hpp"

#include "unit/io/packed_files.hpp"
#include "wardmap/base/error.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <limits>
#include <thread>

using namespace wardmap;

namespace {

constexpr std::size_t all_there_is = std::numeric_limits<std::size_t>::max();

std::string rest_of(ByteSource& source, std::size_t most) {
    std::string out;
    while (true) {
        const std::string_view piece = source.next(most);
        if (piece.empty()) return out;
        CHECK(piece.size() <= most);
        out += piece;
    }
}

/// The one source of a file, to its end.
std::string bytes_of(const std::string& path, std::size_t most = all_there_is) {
    const auto sources = open_bytes(path);
    REQUIRE(sources.size() == 1);
    return rest_of(*sources[0], most);
}

std::string error_of(const std::string& path) {
    try {
        for (const auto& source : open_bytes(path)) rest_of(*source, 1000);
    } catch (const InputError& error) {
        return error.what();
    }
    return "no error";
}

bool says(const std::string& text, std::string_view word) {
    return text.find(word) != std::string::npos;
}

/// Rows that pack to about a third: larger than any buffer inside.
std::string many_rows() {
    std::string rows = "id,month\n";
    std::uint32_t state = 1;
    while (rows.size() < 9'000'000) {
        state = state * 1664525 + 1013904223;
        rows += std::to_string(state) + ",2014-01\n";
    }
    return rows;
}

/// Puts a file in the place of standard input while it lives.
class StandardInput {
public:
    explicit StandardInput(const std::string& path) : before_(::dup(STDIN_FILENO)) {
        const int file = ::open(path.c_str(), O_RDONLY);
        REQUIRE(file >= 0);
        ::dup2(file, STDIN_FILENO);
        ::close(file);
    }
    StandardInput(const StandardInput&) = delete;
    StandardInput& operator=(const StandardInput&) = delete;
    ~StandardInput() {
        ::dup2(before_, STDIN_FILENO);
        ::close(before_);
    }

private:
    int before_;
};

}  // namespace

TEST_CASE("byte source: a file is mapped, and comes in pieces of the size asked for") {
    const TestFolder folder;
    const std::string path = folder.write("events.csv", "a,b\n1,2\n");
    const auto sources = open_bytes(path);
    REQUIRE(sources.size() == 1);
    CHECK(sources[0]->is_mapped());
    CHECK(sources[0]->name() == path);
    const std::string_view first = sources[0]->next(3);
    CHECK(sources[0]->next(4) == "\n1,2");
    CHECK(sources[0]->next(100) == "\n");
    CHECK(sources[0]->next(100).empty());
    CHECK(sources[0]->next(100).empty());
    CHECK(first == "a,b");  // a view of a mapped file stays
    CHECK(bytes_of(folder.write("empty.csv", "")).empty());
}

TEST_CASE("byte source: what is packed comes out as it went in, whatever the size of the pieces") {
    const TestFolder folder;
    const std::string rows = many_rows();
    const std::string gz = folder.write("rows.csv.gz", gzipped(rows));
    const std::string zip = folder.write("rows.zip", zipped({{"rows.csv", rows}}));
    CHECK_FALSE(open_bytes(gz)[0]->is_mapped());
    CHECK_FALSE(open_bytes(zip)[0]->is_mapped());
    for (const std::size_t most : {std::size_t{7777}, std::size_t{1} << 20, all_there_is}) {
        CHECK(bytes_of(gz, most) == rows);
        CHECK(bytes_of(zip, most) == rows);
    }
    CHECK(bytes_of(folder.write("nothing.gz", gzipped(""))).empty());
}

TEST_CASE("byte source: members of a .gz one behind another are one stream") {
    const TestFolder folder;
    const std::string both = gzipped("a,b\n") + gzipped("") + gzipped("1,2\n");
    CHECK(bytes_of(folder.write("both.csv.gz", both)) == "a,b\n1,2\n");
    CHECK(bytes_of(folder.write("padded.csv.gz", both + std::string(512, '\0'))) == "a,b\n1,2\n");
    CHECK(bytes_of(folder.write("both.zip", zipped({{"both.csv.gz", both}}))) == "a,b\n1,2\n");
}

TEST_CASE("byte source: what a file is shows in its bytes, not in its name") {
    const TestFolder folder;
    CHECK(bytes_of(folder.write("plain.csv.gz", "a,b\n")) == "a,b\n");
    CHECK(bytes_of(folder.write("packed.csv", gzipped("a,b\n"))) == "a,b\n");
    CHECK(bytes_of(folder.write("archive.csv", zipped({{"in.csv", "a,b\n"}}))) == "a,b\n");
    CHECK(bytes_of(folder.write("short.csv", "P")) == "P");
}

TEST_CASE("byte source: the tables in an archive come in the order of their names, and nothing else does") {
    const TestFolder folder;
    const std::string path = folder.write("street.zip", zipped({{"2014-02/street.csv", "second"},
                                                                {"2014-01/", ""},
                                                                {"2014-01/street.CSV", "first"},
                                                                {"__MACOSX/2014-01/._street.csv", "x"},
                                                                {"2014-01/.hidden.csv", "x"},
                                                                {"map.pdf", "x"},
                                                                {"zz.tsv.gz", gzipped("fourth")},
                                                                {"notes.txt", "third"}}));
    std::string order;
    for (const auto& source : open_bytes(path)) {
        order += source->name().substr(path.size()) + "=" + rest_of(*source, 100) + " ";
    }
    CHECK(order ==
          "/2014-01/street.CSV=first /2014-02/street.csv=second /notes.txt=third /zz.tsv.gz=fourth ");
}

TEST_CASE("byte source: members of one archive can be read by several threads at once") {
    const TestFolder folder;
    const std::string rows = many_rows().substr(0, 2'000'000);
    const auto sources = open_bytes(folder.write("two.zip", zipped({{"a.csv", rows}, {"b.csv", rows}})));
    REQUIRE(sources.size() == 2);
    std::vector<std::string> got(2);
    std::thread other([&] { got[1] = rest_of(*sources[1], 10'000); });
    got[0] = rest_of(*sources[0], 10'000);
    other.join();
    CHECK(got[0] == rows);
    CHECK(got[1] == rows);
}

TEST_CASE("byte source: a .gz that breaks off gives what is there, then says so") {
    const TestFolder folder;
    const std::string rows = many_rows();
    const std::string packed = gzipped(rows);
    for (const std::size_t left : {packed.size() / 2, packed.size() - 1, std::size_t{12}, std::size_t{2}}) {
        CAPTURE(left);
        const std::string path = folder.write("cut.csv.gz", packed.substr(0, left));
        const auto sources = open_bytes(path);
        std::string got;
        try {
            while (true) {
                const std::string_view piece = sources[0]->next(100'000);
                if (piece.empty()) FAIL("the end was not missed");
                got += piece;
            }
        } catch (const InputError& error) {
            CHECK(says(error.what(), "cut.csv.gz"));
            CHECK(says(error.what(), "its end is missing"));
        }
        CHECK(got == rows.substr(0, got.size()));
        if (left >= packed.size() / 2) CHECK(got.size() > rows.size() / 3);
    }
}

TEST_CASE("byte source: damage in a packed file is an error that names it") {
    const TestFolder folder;
    const std::string rows = many_rows();
    std::string damaged = gzipped(rows);
    damaged[damaged.size() - 6] ^= 1;  // its checksum
    CHECK(
        says(error_of(folder.write("sum.csv.gz", damaged)), "sum.csv.gz: the packed file (gzip) is damaged"));
    damaged = gzipped(rows);
    damaged.replace(damaged.size() / 2, 64, 64, '\xFF');
    CHECK(says(error_of(folder.write("middle.csv.gz", damaged)), "is damaged"));
    CHECK(says(error_of(folder.write("behind.csv.gz", gzipped("a\n") + "rubbish")), "is damaged"));

    const std::string archive = zipped({{"rows.csv", rows}});
    CHECK(says(error_of(folder.write("cut.zip", archive.substr(0, archive.size() / 2))),
               "damaged or incomplete"));
    damaged = archive;
    damaged.replace(damaged.size() / 2, 64, 64, '\xFF');
    CHECK(says(error_of(folder.write("middle.zip", damaged)), "middle.zip/rows.csv: it cannot be unpacked"));
}

TEST_CASE("byte source: an archive without a table says what is in it") {
    const TestFolder folder;
    const std::string shapes =
        error_of(folder.write("shapes.zip", zipped({{"wards.shp", "x"}, {"wards.dbf", "x"}})));
    CHECK(says(shapes, "shapes.zip: no table"));
    CHECK(says(shapes, "wards.shp, wards.dbf"));
    CHECK(says(
        error_of(folder.write("book.csv", zipped({{"[Content_Types].xml", "x"}, {"xl/workbook.xml", "x"}}))),
        "this is a workbook"));
    CHECK(says(error_of(folder.write("empty.zip", zipped({}))), "the .zip is empty"));
    CHECK(says(error_of(folder.write("locked.zip", zipped({{"a.csv", "a"}, {"b.csv", "b", true}}))),
               "locked.zip/b.csv: it is locked with a password"));
}

TEST_CASE("byte source: a file that is not there names the nearest; a folder is no file") {
    const TestFolder folder;
    folder.write("street.csv", "a\n");
    const std::string missing = (folder.path() / "stret.csv").string();
    CHECK_THROWS_AS(open_bytes(missing), FileMissing);
    CHECK(says(error_of(missing), "street.csv"));
    CHECK_THROWS_AS(open_bytes(folder.path().string()), InputError);
}

TEST_CASE("byte source: standard input and pipes are read to their end, packed or not") {
    const TestFolder folder;
    const std::string rows = many_rows();
    {
        const StandardInput in(folder.write("rows.csv", rows));
        const auto sources = open_bytes("-");
        REQUIRE(sources.size() == 1);
        CHECK(sources[0]->name() == "standard input");
        CHECK(rest_of(*sources[0], 100'000) == rows);
    }
    {
        const StandardInput in(folder.write("rows.csv.gz", gzipped(rows)));
        CHECK(bytes_of("-") == rows);
    }
    {
        const StandardInput in(folder.write("rows.zip", zipped({{"rows.csv", rows}})));
        CHECK(says(error_of("-"), "standard input: a .zip cannot be read as it comes in"));
    }
    {
        const StandardInput in(folder.write("tiny.csv", "a"));
        CHECK(bytes_of("-", 1) == "a");
    }
    const std::string pipe = (folder.path() / "pipe").string();
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    std::thread writer([&] { folder.write("pipe", rows); });
    CHECK(bytes_of(pipe, 70'000) == rows);
    writer.join();
}
