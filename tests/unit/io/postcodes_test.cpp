#include "wardmap/io/postcodes.hpp"

#include "unit/io/packed_files.hpp"
#include "wardmap/base/error.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

using namespace wardmap;

namespace {

// The columns as the directory has them, every text quoted. The points are invented.
const std::string onspd =
    "pcd,pcd2,pcds,dointr,doterm,oscty,oslaua,osward,usertype,oseast1m,osnrth1m,osgrdind,lat,long\r\n"
    "\"CV1 5FB\",\"CV1  5FB\",\"CV1 5FB\",\"200106\",\"\",\"E99999999\",\"E08000026\",\"E05001228\",\"0\","
    "\"0434215\",\"0279280\",\"1\",52.410491,-1.498302\r\n"
    "\"CV1 1AA\",\"CV1  1AA\",\"CV1 "
    "1AA\",\"198001\",\"199606\",\"E99999999\",\"E08000026\",\"E05001228\",\"0\","
    "\"0433300\",\"0279000\",\"1\",52.40803,-1.511783\r\n"
    "\"BT1 1AA\",\"BT1  1AA\",\"BT1 1AA\",\"198001\",\"\",\"N99999999\",\"N09000003\",\"N08000314\",\"0\","
    "\"0333891\",\"0374220\",\"1\",54.600000,-5.930000\r\n"
    "\"GY1 1AA\",\"GY1  1AA\",\"GY1 1AA\",\"199606\",\"\",\"L99999999\",\"L99999999\",\"L99999999\",\"0\","
    "\"\",\"\",\"9\",99.999999,0.000000\r\n"
    "\"SW1A1AA\",\"SW1A 1AA\",\"SW1A 1AA\",\"198001\",\"\",\"E99999999\",\"E09000033\",\"E05000644\",\"0\","
    "\"0529090\",\"0179645\",\"1\",51.501009,-0.141588\r\n";

const std::string nspl =
    "pcd,pcd2,pcds,dointr,doterm,usertype,oseast1m,osnrth1m,osgrdind,oa11,lat,long\n"
    "CV1 5FB,CV1  5FB,CV1 5FB,200106,,0,434215,279280,1,E00049000,52.410491,-1.498302\n"
    "CV1 1AA,CV1  1AA,CV1 1AA,198001,199606,0,433300,279000,1,E00049001,52.40803,-1.511783\n";

struct Read {
    Postcodes postcodes;
    Problems problems{};
};

Read read(const std::string& path) {
    Problems problems;
    Postcodes postcodes = read_postcodes(path, problems);
    return {std::move(postcodes), std::move(problems)};
}

}  // namespace

TEST_CASE(
    "postcodes: the directory gives each postcode its point on the grid, and says which are terminated") {
    const TestFolder folder;
    const auto [postcodes, problems] = read(folder.write("ONSPD_AUG_2023_UK.csv", onspd));
    CHECK(postcodes.size() == 3);
    CHECK(postcodes.crs() == british_national_grid);
    for (const char* text : {"CV1 5FB", "CV15FB", "cv1 5fb", " CV1  5FB\t", "c v1 5fb"}) {
        CAPTURE(text);
        const auto place = postcodes.find(text);
        REQUIRE(place.has_value());
        CHECK(place->point == Point{434215, 279280});
        CHECK_FALSE(place->terminated);
    }
    CHECK(postcodes.find("CV1 1AA")->terminated);
    CHECK(postcodes.find("SW1A 1AA")->point == Point{529090, 179645});
    for (const char* text : {"", "CV1", "CV1 5FC", "CV1 5FBB", "CV1-5FB", "CV15FB7890", "\xC3\x89V1 5FB"})
        CHECK_FALSE(postcodes.find(text).has_value());
    REQUIRE(postcodes.guesses().size() == 1);
    CHECK(postcodes.guesses()[0].find("oseast1m") != std::string::npos);
}

TEST_CASE(
    "postcodes: those without a point, and Northern Ireland's on the Irish grid, are counted and not found") {
    const TestFolder folder;
    const auto [postcodes, problems] = read(folder.write("ONSPD.csv", onspd));
    CHECK_FALSE(postcodes.find("GY1 1AA").has_value());
    CHECK_FALSE(postcodes.find("BT1 1AA").has_value());
    CHECK(problems.count("postcode_without_point") == 1);
    CHECK(problems.count("irish_grid") == 1);
    CHECK_FALSE(problems.serious());
}

TEST_CASE("postcodes: the lookup reads as the directory does, also packed, also with a byte order mark") {
    const TestFolder folder;
    for (const std::string& path :
         {folder.write("NSPL.csv", nspl), folder.write("mark.csv", "\xEF\xBB\xBF" + nspl),
          folder.write("NSPL.csv.gz", gzipped(nspl)),
          folder.write("NSPL.zip", zipped({{"Data/NSPL.csv", nspl}}))}) {
        CAPTURE(path);
        const auto [postcodes, problems] = read(path);
        CHECK(postcodes.size() == 2);
        CHECK(postcodes.find("CV1 5FB")->point == Point{434215, 279280});
        CHECK(postcodes.find("CV1 1AA")->terminated);
        CHECK(problems.empty());
    }
}

TEST_CASE("postcodes: without a grid, longitude and latitude are taken") {
    const TestFolder folder;
    const auto [postcodes, problems] = read(folder.write("points.csv",
                                                         "Postcode;Latitude;Longitude\n"
                                                         "CV1 5FB;52.410491;-1.498302\n"
                                                         "BT1 1AA;54.6;-5.93\n"
                                                         "GY1 1AA;99.999999;0.000000\n"));
    CHECK(postcodes.crs() == longitude_latitude);
    CHECK(postcodes.find("cv15fb")->point == Point{-1.498302, 52.410491});
    CHECK(postcodes.find("BT1 1AA")->point == Point{-5.93, 54.6});
    CHECK(problems.count("postcode_without_point") == 1);
}

TEST_CASE("postcodes: quoted line ends, doubled quotes and old line ends do not move a row's cells") {
    const TestFolder folder;
    const std::string rows =
        "note,pcds,oseast1m,osnrth1m,name\n"
        "\"two\nlines, \"\"here\"\"\",CV1 5FB,434215,279280,\"and\nhere\"\n"
        " \"a,b\" ,\"CV1 5FC\", 434216 ,279281,\"x\"\"y\"\n"
        "5\" pipe,CV1 5FD,434217,279282,\"\"\n"
        "\"\",CV1 5FE,434218,279283";
    std::string with_returns;
    for (const char c : rows) with_returns += c == '\n' ? std::string("\r\n") : std::string(1, c);
    std::string old = rows;
    std::replace(old.begin(), old.end(), '\n', '\r');
    for (const std::string& text : {rows, with_returns, old}) {
        const auto [postcodes, problems] = read(folder.write("quotes.csv", text));
        CHECK(problems.empty());
        REQUIRE(postcodes.size() == 4);
        CHECK(postcodes.find("CV1 5FB")->point == Point{434215, 279280});
        CHECK(postcodes.find("CV1 5FC")->point == Point{434216, 279281});
        CHECK(postcodes.find("CV1 5FD")->point == Point{434217, 279282});
        CHECK(postcodes.find("CV1 5FE")->point == Point{434218, 279283});
    }
}

TEST_CASE("postcodes: an archive is read once, its documents and its parts by area left out") {
    const TestFolder folder;
    const std::string documents = "LAD23CD,LAD23NM\nE08000026,Coventry\n";
    const std::string part = nspl.substr(0, nspl.find("CV1 1AA"));
    const auto whole =
        read(folder.write("whole.zip", zipped({{"Data/ONSPD_AUG_2023_UK.csv", onspd},
                                               {"Data/multi_csv/ONSPD_AUG_2023_UK_CV.csv", nspl},
                                               {"Documents/LA_UA names.csv", documents},
                                               {"User Guide.pdf", "x"}})));
    CHECK(whole.postcodes.size() == 3);
    CHECK(whole.problems.count("repeated_postcode") == 0);
    CHECK(whole.postcodes.guesses().size() == 1);
    const auto parts = read(folder.write(
        "parts.zip", zipped({{"Data/multi_csv/CV.csv", part}, {"Data/multi_csv/all.csv", nspl}})));
    CHECK(parts.postcodes.size() == 2);
    CHECK(parts.problems.count("repeated_postcode") == 1);
}

TEST_CASE("postcodes: rows that cannot be used are counted, with examples") {
    const TestFolder folder;
    const auto [postcodes, problems] = read(folder.write("bad.csv",
                                                         "pcds,doterm,oseast1m,osnrth1m\n"
                                                         "CV1 5FB,,434215,279280\n"
                                                         "CV1 5FB,,1,1\n"
                                                         "\n"
                                                         "CV1*5FC,,434215,279280\n"
                                                         ",,434215,279280\n"
                                                         "CV1 5FD,,9434215,279280\n"
                                                         "CV1 5FE,,x,279280\n"
                                                         "CV1 5FF,,434215,\n"
                                                         "CV1 5FG,\n"));
    CHECK(postcodes.size() == 1);
    CHECK(postcodes.find("CV1 5FB")->point == Point{434215, 279280});
    CHECK(problems.count("repeated_postcode") == 1);
    CHECK(problems.count("bad_postcode") == 2);
    CHECK(problems.count("bad_coordinate") == 3);
    CHECK(problems.count("wrong_column_count") == 1);
    for (const Problem& problem : problems.all()) {
        if (problem.code == "wrong_column_count") CHECK(problem.where.row == 10);
    }
}

TEST_CASE("postcodes: more of them than fit one piece are all found, each where it lies") {
    std::string text = "pcds,oseast1m,osnrth1m\n";
    const auto postcode = [](int i) {
        return std::string("CV") + std::to_string(i / 6760 + 1) + " " + std::to_string(i / 676 % 10) +
               static_cast<char>('A' + i / 26 % 26) + static_cast<char>('A' + i % 26);
    };
    constexpr int count = 120'000;
    for (int i = 0; i < count; ++i)
        text += "\"" + postcode(i) + "\"," + std::to_string(i) + "," + std::to_string(2 * i) + "\n";
    REQUIRE(text.size() > 2'000'000);
    const TestFolder folder;
    const auto [postcodes, problems] = read(folder.write("many.csv", text));
    CHECK(problems.empty());
    REQUIRE(postcodes.size() == count);
    int wrong = 0;
    for (int i = 0; i < count; ++i) {
        const auto place = postcodes.find(postcode(i));
        if (!place || place->point != Point{static_cast<double>(i), 2.0 * i}) ++wrong;
    }
    CHECK(wrong == 0);
}

TEST_CASE("postcodes: a file that is no list of postcodes is refused, naming what is missing") {
    const TestFolder folder;
    const auto error_of = [](const std::string& path) -> std::string {
        try {
            read(path);
        } catch (const InputError& error) {
            return error.what();
        }
        return "no error";
    };
    const std::string wards = error_of(folder.write("wards.csv", "code,name\nE05001228,Lower Stoke\n"));
    CHECK(wards.find("pcds, pcd, pcd2 or postcode, and oseast1m and osnrth1m, or long and lat") !=
          std::string::npos);
    CHECK(wards.find("it has code, name") != std::string::npos);
    CHECK(error_of(folder.write("none.csv", "pcds,oseast1m,osnrth1m\n")).find("no postcode") !=
          std::string::npos);
    CHECK(error_of(folder.write("empty.csv", "")).find("columns are missing") != std::string::npos);
    CHECK_THROWS_AS(read((folder.path() / "missing.csv").string()), FileMissing);
}
