/// \file
/// What the library says about options, in the words of a caller in Python.
#pragma once

#include <string>
#include <string_view>

namespace wardmap {

/// The library names an option as the command does, `--period month`, and a call as `wardmap count ...`, for
/// it knows one name for each; a face puts its own in their place. In Python: `period='month'`,
/// `wardmap.count(...)`. Commands that the package does not have stay as they are.
std::string in_python_words(std::string_view text);

}  // namespace wardmap
