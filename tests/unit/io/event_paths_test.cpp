#include "wardmap/io/event_paths.hpp"

#include "unit/io/packed_files.hpp"
#include "wardmap/base/error.hpp"

#include <doctest/doctest.h>

#include <filesystem>

using namespace wardmap;

namespace {

using Paths = std::vector<std::string>;

/// A police archive as it is unpacked, with what people leave in it.
struct StreetFolder {
    StreetFolder() {
        for (const char* name :
             {"2014-02/2014-02-west-midlands-street.csv", "2014-01/2014-01-west-midlands-street.csv",
              "2014-01/2014-01-west-midlands-outcomes.csv",
              "2014-01/2014-01-west-midlands-street.csv-metadata.json", "2014-01/.hidden.csv",
              ".cache/old.csv", "notes.docx", "needles/finds.GPKG", "needles/finds.gpkg-wal",
              "needles/points.shp", "needles/points.dbf", "needles/packed.csv.gz", "extract.dat"}) {
            folder.write(name, "x");
        }
    }
    /// Paths below the folder.
    Paths found(const Paths& inputs) const {
        Paths full;
        for (const std::string& input : inputs) full.push_back((folder.path() / input).string());
        Paths out;
        for (const std::string& path : event_paths(full)) {
            out.push_back(std::filesystem::path(path).lexically_relative(folder.path()).string());
        }
        return out;
    }
    TestFolder folder{};
};

const std::string january = "2014-01/2014-01-west-midlands-street.csv";
const std::string outcomes = "2014-01/2014-01-west-midlands-outcomes.csv";
const std::string february = "2014-02/2014-02-west-midlands-street.csv";

}  // namespace

TEST_CASE(
    "event paths: a folder is every file of events under it, by path, without what is hidden or beside") {
    const StreetFolder street;
    CHECK(street.found({""}) == Paths{outcomes, january, february, "needles/finds.GPKG",
                                      "needles/packed.csv.gz", "needles/points.shp"});
    CHECK(street.found({"2014-02"}) == Paths{february});
    CHECK(street.found({"2014-02/"}) == Paths{february});
}

TEST_CASE("event paths: a file that is named is taken whatever its ending, hidden or not") {
    const StreetFolder street;
    CHECK(street.found({"notes.docx", "2014-01/.hidden.csv"}) == Paths{"notes.docx", "2014-01/.hidden.csv"});
}

TEST_CASE("event paths: inputs keep their order, and a file named twice comes once") {
    const StreetFolder street;
    CHECK(street.found({february, "2014-01", february, "2014-02"}) == Paths{february, outcomes, january});
    CHECK(street.found({"2014-01/../" + february, february}).size() == 1);
    CHECK(event_paths(Paths{"-", "-"}) == Paths{"-"});
}

TEST_CASE("event paths: * and ? stay within a name, ** goes through folders") {
    const StreetFolder street;
    CHECK(street.found({"2014-0?/*-street.csv"}) == Paths{january, february});
    CHECK(street.found({"*/*.csv"}) == Paths{outcomes, january, february});
    CHECK(street.found({"**/*-street.csv"}) == Paths{january, february});
    CHECK(street.found({"**/*.csv"}) == Paths{outcomes, january, february});
    CHECK(street.found({"**/2014-01*/*street*"}) == Paths{january});
    CHECK(street.found({"**"}) == street.found({""}));
    CHECK(street.found({"2014-*"}) ==
          Paths{outcomes, january, february});  // folders, as a shell would pass them
    CHECK(street.found({"needles/*"}) ==
          Paths{"needles/finds.GPKG", "needles/packed.csv.gz", "needles/points.shp"});
    CHECK(street.found({"*.dat"}) == Paths{"extract.dat"});
    CHECK(street.found({"2014-01/.h*.csv"}) == Paths{"2014-01/.hidden.csv"});
}

TEST_CASE("event paths: a question mark is one character, also of two bytes") {
    const TestFolder folder;
    folder.write("caf\xC3\xA9.csv", "x");
    CHECK(event_paths(Paths{(folder.path() / "caf?.csv").string()}).size() == 1);
    CHECK_THROWS_AS(event_paths(Paths{(folder.path() / "caf??.csv").string()}), FileMissing);
}

TEST_CASE("event paths: a file with a star in its name is that file") {
    const TestFolder folder;
    folder.write("a*.csv", "x");
    folder.write("ab.csv", "x");
    CHECK(event_paths(Paths{(folder.path() / "a*.csv").string()}) ==
          Paths{(folder.path() / "a*.csv").string()});
}

TEST_CASE("event paths: a folder linked into itself ends") {
    const TestFolder folder;
    folder.write("in/a.csv", "x");
    std::filesystem::create_directory_symlink(folder.path(), folder.path() / "in/again");
    CHECK(event_paths(Paths{folder.path().string()}).size() == 1);
    CHECK(event_paths(Paths{(folder.path() / "**/*.csv").string()}).size() == 1);
}

TEST_CASE("event paths: what finds nothing is an error that helps") {
    const StreetFolder street;
    const auto error_of = [&](const std::string& input) -> std::string {
        try {
            street.found({input});
        } catch (const FileMissing& error) {
            return error.what();
        }
        return "no error";
    };
    street.folder.write("papers/minutes.docx", "x");
    CHECK(error_of("papers").find("it holds minutes.docx") != std::string::npos);
    CHECK(error_of("2014-01/2014-01-west-midlands-stret.csv").find("street.csv") != std::string::npos);
    CHECK(error_of("2014-01/*-stret.csv").find("no file of events fits this pattern") != std::string::npos);
    CHECK(error_of("2015-01/*.csv").find("there is no folder") != std::string::npos);
    CHECK(error_of("needles/*.pdf").find("finds.GPKG") != std::string::npos);
}
