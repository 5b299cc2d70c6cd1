/// \file
/// What every file of the binding needs, and the list of what each of them adds to the module.
#pragma once

#include "unlocked.hpp"

#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

namespace wardmap {

void bind_errors(py::module_& m);
void bind_table(py::module_& m);
void bind_area(py::module_& m);
void bind_areal(py::module_& m);
void bind_event(py::module_& m);
void bind_indicator(py::module_& m);
void bind_statistics(py::module_& m);
void bind_cluster(py::module_& m);
void bind_lint(py::module_& m);
void bind_figure(py::module_& m);
void bind_impact(py::module_& m);
void bind_report(py::module_& m);

}  // namespace wardmap
