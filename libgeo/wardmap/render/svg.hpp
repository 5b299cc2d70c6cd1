/// \file
/// A scene as SVG: real text, named for screen readers, the same bytes every time.
#pragma once

#include "wardmap/scene/scene.hpp"

#include <string>

namespace wardmap {

/// A file of its own, in mm; or part of an HTML page, as wide as its place up to its true size.
enum class SvgPlace : unsigned char { file, html };

/// `image`: one picture with one text alternative. `interactive`: a graphics document whose areas are
/// graphics symbols with their own labels, for pages whose script lets people move between them.
enum class SvgRoles : unsigned char { image, interactive };

/// `named`: Arial or Liberation Sans of the reader's machine. `carried`: where it has neither, the letters of
/// the picture's texts come with it (about 14 kB), so that they are as wide as they were measured.
enum class SvgFonts : unsigned char { named, carried };

struct SvgOptions {
    SvgPlace place = SvgPlace::file;
    SvgRoles roles = SvgRoles::image;
    SvgFonts fonts = SvgFonts::named;
    unsigned threads = 1;  ///< 0: one a core; only a country's outlines are worth more than one
};

/// Units are mm (viewBox). Every id begins with the scene's id; areas carry `data-code`; decoration is
/// hidden from screen readers. Text is `<text>` in Arial or Liberation Sans, never stretched. In a file
/// areas have a `<title>` and the description is alternative text and long description; in a page the
/// description is the alternative text alone, since the long one stands beside the picture.
/// Areas side by side with more than 100,000 points, a country's, are written in a file in whole steps of
/// 0.025 mm: a quarter of a pixel at 254 dots an inch.
/// Links other than http, https, mailto and "#id" are written as plain groups.
/// \throws OutputError if the scene cannot be drawn (sizes, numbers that are not finite).
std::string to_svg(const Scene& scene, const SvgOptions& options = {});

}  // namespace wardmap
