/// \file
/// Long work with the interpreter free: other threads run, Ctrl-C ends it, a bar shows how far it is.
#pragma once

#include <pybind11/pybind11.h>

#include "wardmap/base/long_call.hpp"

#include <chrono>
#include <optional>

namespace wardmap {

namespace py = pybind11;

/// Takes the interpreter's lock for a moment on the calling thread. A signal whose handler raises leaves its
/// exception pending (KeyboardInterrupt), and the call ends with it.
class PythonWatch final : public Watch {
public:
    PythonWatch();
    /// With the lock held. Takes the bar away.
    ~PythonWatch() override;
    bool go_on(std::string_view stage, double done) override;

private:
    /// \returns whether the interpreter is content; false: an exception is pending
    bool show(std::string_view stage, double done);

    std::chrono::steady_clock::time_point shown_from_{};
    py::object bar_{};  ///< wardmap._progress.Bar, once a call takes long
};

/// While it lives the lock is released and the calls of the library are watched. Not inside another.
class Unlocked {
public:
    Unlocked() : watched_(std::in_place, watch_), released_(std::in_place) {}
    Unlocked(const Unlocked&) = delete;
    Unlocked& operator=(const Unlocked&) = delete;

private:
    PythonWatch watch_{};
    std::optional<Watched> watched_{};
    std::optional<py::gil_scoped_release> released_{};
};

}  // namespace wardmap
