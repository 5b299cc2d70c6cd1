#include "wardmap/base/markup.hpp"

#include <doctest/doctest.h>

using namespace wardmap;

TEST_CASE("markup: nothing that opens a tag, an entity or an attribute's end is left") {
    CHECK(escape_markup("<b a=\"c\">&amp;'") == "&lt;b a=&quot;c&quot;&gt;&amp;amp;'");
    CHECK(escape_markup("'\"", EscapedQuotes::all) == "&#39;&quot;");
    CHECK(escape_markup("St Michael’s\n").size() == std::string("St Michael’s\n").size());
    CHECK(escape_markup("").empty());
}
