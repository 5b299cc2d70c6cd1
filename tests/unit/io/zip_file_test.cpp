#include "wardmap/io/zip_file.hpp"

#include "unit/io/packed_files.hpp"
#include "wardmap/base/error.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace wardmap;

TEST_CASE("zip: parts come back as they went in, in their order, packed or not") {
    std::string noise;
    for (unsigned i = 0; i < 100'000; ++i) noise += static_cast<char>((i * 2654435761U) >> 24U);
    const std::vector<ZipPart> parts{{"[Content_Types].xml", "<Types/>"},
                                     {"word/media/a.png", noise, ZipPacking::stored},
                                     {"empty.txt", ""},
                                     {"Größe.xml", std::string(50'000, 'a')}};
    const std::string bytes = zip_bytes(parts);
    CHECK(bytes.size() < noise.size() + 3000);
    const std::vector<ZipPart> back = zip_parts(bytes, "test.docx");
    REQUIRE(back.size() == parts.size());
    for (std::size_t i = 0; i < parts.size(); ++i) {
        CHECK(back[i].name == parts[i].name);
        CHECK(back[i].bytes == parts[i].bytes);
    }
    CHECK(back[1].packing == ZipPacking::stored);
}

TEST_CASE("zip: the same parts are the same bytes, in any time zone and at any time") {
    const std::vector<ZipPart> parts{{"a", "one"}, {"b", "two"}};
    const std::string here = zip_bytes(parts);
    setenv("TZ", "Pacific/Kiritimati", 1);
    tzset();
    CHECK(zip_bytes(parts) == here);
    unsetenv("TZ");
    tzset();
}

TEST_CASE("zip: an archive that others made is read") {
    const std::vector<ZipPart> parts = zip_parts(zipped({{"a.xml", "<a/>"}, {"b.xml", "<b/>"}}), "made.zip");
    REQUIRE(parts.size() == 2);
    CHECK(parts[1].bytes == "<b/>");
}

TEST_CASE("zip: what is cut off, locked or no archive is refused by name") {
    const std::string whole = zip_bytes(std::vector<ZipPart>{{"a", std::string(1000, 'x')}});
    for (const std::string& bad : {std::string(), std::string("no archive"),
                                   whole.substr(0, whole.size() / 2), zipped({{"a.xml", "<a/>", true}})}) {
        try {
            (void)zip_parts(bad, "council.docx");
            FAIL("read");
        } catch (const InputError& error) {
            CHECK(std::string(error.what()).find("council.docx") != std::string::npos);
        }
    }
}
