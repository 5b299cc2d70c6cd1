#include "wardmap/base/base64.hpp"

#include <doctest/doctest.h>

#include <string_view>

using namespace wardmap;

TEST_CASE("base64: the vectors of RFC 4648, section 10") {
    CHECK(base64("") == "");
    CHECK(base64("f") == "Zg==");
    CHECK(base64("fo") == "Zm8=");
    CHECK(base64("foo") == "Zm9v");
    CHECK(base64("foob") == "Zm9vYg==");
    CHECK(base64("fooba") == "Zm9vYmE=");
    CHECK(base64("foobar") == "Zm9vYmFy");
}

TEST_CASE("base64: bytes above 127 are bytes like others") {
    CHECK(base64(std::string_view("\xff\xfe\x00\x80", 4)) == "//4AgA==");
}
