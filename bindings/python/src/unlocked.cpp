#include "unlocked.hpp"

#include <string>

namespace wardmap {
namespace {

constexpr std::chrono::milliseconds before_a_bar{1000};

}  // namespace

PythonWatch::PythonWatch() : shown_from_(std::chrono::steady_clock::now() + before_a_bar) {}

PythonWatch::~PythonWatch() {
    if (!bar_) return;
    const py::error_scope kept;  // the call may be ending with an error
    try {
        bar_.attr("close")();
    } catch (const py::error_already_set&) {
        // A bar that cannot be closed must not end the call.
    }
}

bool PythonWatch::go_on(std::string_view stage, double done) {
    const py::gil_scoped_acquire held;
    if (PyErr_CheckSignals() != 0) return false;
    if (std::chrono::steady_clock::now() < shown_from_) return true;
    return show(stage, done);
}

bool PythonWatch::show(std::string_view stage, double done) {
    try {
        if (!bar_) bar_ = py::module_::import("wardmap._progress").attr("Bar")();
        bar_.attr("show")(std::string(stage), done);
        return true;
    } catch (py::error_already_set& error) {
        if (error.matches(PyExc_KeyboardInterrupt)) {
            error.restore();
            return false;
        }
        return true;  // a bar that cannot be drawn does not end the work
    }
}

}  // namespace wardmap
