/// \file
/// Handles of Cairo, the one way this room frees its objects. Not installed.
#pragma once

#include <cairo.h>

#include <memory>

namespace wardmap {

struct CairoDeleter {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
    void operator()(cairo_t* cr) const { cairo_destroy(cr); }
};
using CairoSurface = std::unique_ptr<cairo_surface_t, CairoDeleter>;
using Cairo = std::unique_ptr<cairo_t, CairoDeleter>;

/// What is set and moved inside a step of drawing is undone at its end.
class CairoSaved {
public:
    explicit CairoSaved(cairo_t* cr) : cr_(cr) { cairo_save(cr_); }
    ~CairoSaved() { cairo_restore(cr_); }
    CairoSaved(const CairoSaved&) = delete;
    CairoSaved& operator=(const CairoSaved&) = delete;

private:
    cairo_t* cr_;
};

}  // namespace wardmap
