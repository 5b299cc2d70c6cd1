/// \file
/// Values of the library as Python objects and back.
#pragma once

#include "python.hpp"

#include "wardmap/base/problems.hpp"
#include "wardmap/table/table.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

/// Numbers as a read-only NumPy array that owns its copy.
py::array array_of(std::span<const double> numbers);

/// int64 where all are whole numbers, else float64.
py::array whole_or_real(std::span<const double> numbers);

/// A column for NumPy: text as an object array of str (missing: None), numbers as float64, or as int64
/// where the column is one that counts (holds_whole_numbers) and every cell has a value.
py::array array_of(const Column& column);

/// Columns of our own tables that hold whole numbers by their meaning: counts, people, ranks.
bool holds_whole_numbers(std::string_view column_name);

/// Metadata as a dict of what is known, and back; unknown keys are ignored.
py::dict dict_of(const TableMeta& meta);
TableMeta meta_of(const py::dict& dict);

/// [(code, severity, sentence, count, examples)] for warnings on the Python side.
py::list list_of(const Problems& problems);

}  // namespace wardmap
