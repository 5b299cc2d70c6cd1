/// \file
/// Arrays of numbers out of Python.
#pragma once

#include "python.hpp"

#include "wardmap/base/error.hpp"

#include <cstddef>
#include <span>
#include <string>

namespace wardmap {

/// One dense row of numbers of a kind; others are converted.
template <typename T>
using Array = py::array_t<T, py::array::c_style | py::array::forcecast>;
using Doubles = Array<double>;

template <typename T>
std::span<const T> span_of(const Array<T>& array) {
    return {array.data(), static_cast<std::size_t>(array.size())};
}

/// Calls `each(i)` for every input with the interpreter free; an error says which input (from 0) it was.
template <typename Each>
void for_inputs(std::size_t size, Each&& each) {
    const Unlocked unlocked;
    for (std::size_t i = 0; i < size; ++i) {
        still_wanted();
        try {
            each(i);
        } catch (const UsageError& error) {
            if (size == 1) throw;
            throw UsageError("input " + std::to_string(i) + ": " + error.what_happened(), error.where(),
                             error.what_to_do());
        }
    }
}

}  // namespace wardmap
