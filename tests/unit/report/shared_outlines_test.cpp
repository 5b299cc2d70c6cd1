#include "wardmap/report/shared_outlines.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

using namespace wardmap;

namespace {

// 20 corners, as of a small ward.
std::string ward(int first) {
    std::string data = "M" + std::to_string(first) + " 0";
    for (int i = 0; i < 20; ++i) data += "l1 " + std::to_string(i);
    return data + "z";
}

std::string drawn(const std::string& data, const std::string& fill) {
    return "<path d=\"" + data + "\" fill=\"" + fill + "\"/>";
}

SharedOutlines share(const std::vector<std::string>& pictures) {
    const std::vector<std::string_view> views(pictures.begin(), pictures.end());
    return share_outlines(views);
}

}  // namespace

TEST_CASE("shared outlines: what two pictures draw stands once, with each picture's own colours") {
    const SharedOutlines shared = share({"<svg>" + drawn(ward(1), "#111") + drawn(ward(2), "#222") + "</svg>",
                                         "<svg>" + drawn(ward(1), "#333") + "</svg>"});
    REQUIRE(shared.pictures.size() == 2);
    CHECK(shared.pictures[0] ==
          "<svg><use href=\"#outline~1\" fill=\"#111\"/>" + drawn(ward(2), "#222") + "</svg>");
    CHECK(shared.pictures[1] == "<svg><use href=\"#outline~1\" fill=\"#333\"/></svg>");
    CHECK(shared.definitions.find("<path id=\"outline~1\" d=\"" + ward(1) + "\"/>") != std::string::npos);
    CHECK(shared.definitions.find(ward(2)) == std::string::npos);
}

TEST_CASE(
    "shared outlines: one drawn twice in a picture is shared, a short one never, and numbers follow the "
    "page") {
    const std::string bar = drawn("M0 0h9v2h-9z", "#111");
    const SharedOutlines shared = share({drawn(ward(2), "#1") + bar + drawn(ward(2), "#2"),
                                         bar + drawn(ward(1), "#3") + drawn(ward(1), "#4")});
    CHECK(shared.pictures[0] ==
          "<use href=\"#outline~1\" fill=\"#1\"/>" + bar + "<use href=\"#outline~1\" fill=\"#2\"/>");
    CHECK(shared.pictures[1] ==
          bar + "<use href=\"#outline~2\" fill=\"#3\"/><use href=\"#outline~2\" fill=\"#4\"/>");
}

TEST_CASE("shared outlines: nothing to share, nothing added; a picture cut short stays as it is") {
    CHECK(share({}).definitions.empty());
    const SharedOutlines alone = share({"<svg>" + drawn(ward(1), "#111") + "</svg>", "<path d=\"M0 0"});
    CHECK(alone.definitions.empty());
    CHECK(alone.pictures[0] == "<svg>" + drawn(ward(1), "#111") + "</svg>");
    CHECK(alone.pictures[1] == "<path d=\"M0 0");
}
