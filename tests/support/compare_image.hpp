/// \file
/// A picture against the one that somebody looked at and accepted: tests/golden/README.md.
#pragma once

#include "support/read_png.hpp"
#include "wardmap/base/output_file.hpp"
#include "wardmap/render/png_encode.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

namespace wardmap {

/// Thresholds, all held: one for something that has moved or gone, one for what is small but gone altogether,
/// one for a change all over.
struct ImageTolerance {
    int pixel = 48;        ///< a pixel differs if a channel does by more than this, of 255
    double share = 0.001;  ///< of the pixels may differ: edges that are drawn a little otherwise
    int largest = 160;     ///< the largest difference of any channel, of 255: a hairline drawn or not is more
    double mean = 0.25;    ///< mean difference of all channels, of 255
};

struct ImageDifference {
    double share = 0;
    int largest = 0;
    double mean = 0;
    std::vector<std::uint32_t> picture{};  ///< 0x00RRGGBB: white where equal, darker the more they differ
};

/// \pre both have one size
inline ImageDifference difference_between(const ReadPng& a, const ReadPng& b, int pixel) {
    ImageDifference found;
    std::size_t different = 0;
    double sum = 0;
    for (std::size_t y = 0; y < a.height; ++y) {
        for (std::size_t x = 0; x < a.width; ++x) {
            int most = 0;
            for (std::size_t c = 0; c < 3; ++c) {
                const int distance = std::abs(a.channel(x, y, c) - b.channel(x, y, c));
                sum += distance;
                most = std::max(most, distance);
            }
            if (most > pixel) ++different;
            found.largest = std::max(found.largest, most);
            found.picture.push_back(0x010101U * static_cast<std::uint32_t>(255 - most));
        }
    }
    const auto pixels = static_cast<double>(found.picture.size());
    found.share = static_cast<double>(different) / pixels;
    found.mean = sum / (pixels * 3);
    return found;
}

/// Compares `png` with tests/golden/NAME.png. The answer is empty if they are alike, else says why not; then
/// `golden-failures/NAME-{actual,expected,difference}.png` below the working folder show it. With the
/// variable WARDMAP_ACCEPT_GOLDEN set, `png` becomes the accepted picture: look at it, and say so in the
/// commit.
inline std::string compare_with_golden(const std::string& png, const std::string& name,
                                       const ImageTolerance& tolerance = {},
                                       const std::filesystem::path& golden_folder = WARDMAP_SOURCE_DIR
                                       "/tests/golden") {
    const std::filesystem::path accepted = golden_folder / (name + ".png");
    if (std::getenv("WARDMAP_ACCEPT_GOLDEN") != nullptr) write_output(accepted, png, Overwrite::replace);
    std::ifstream in(accepted, std::ios::binary);
    if (!in)
        return accepted.string() + " is not there; look at the picture, then set WARDMAP_ACCEPT_GOLDEN=1";
    const std::string expected((std::istreambuf_iterator<char>(in)), {});
    if (expected == png) return {};

    const ReadPng a = read_png(png);
    const ReadPng e = read_png(expected);
    std::string why;
    std::optional<ImageDifference> difference;
    if (a.width != e.width || a.height != e.height) {
        why = "its size is " + std::to_string(a.width) + " x " + std::to_string(a.height) + ", not " +
              std::to_string(e.width) + " x " + std::to_string(e.height);
    } else {
        difference = difference_between(a, e, tolerance.pixel);
        if (difference->share > tolerance.share) {
            why = std::to_string(difference->share * 100) + "% of the pixels differ";
        } else if (difference->largest > tolerance.largest) {
            why = "a pixel differs by " + std::to_string(difference->largest) + " of 255";
        } else if (difference->mean > tolerance.mean) {
            why = "the pixels differ by " + std::to_string(difference->mean) + " on average";
        }
    }
    if (why.empty()) return {};
    const std::filesystem::path folder = std::filesystem::current_path() / "golden-failures";
    std::filesystem::create_directories(folder);
    write_output(folder / (name + "-actual.png"), png, Overwrite::replace);
    write_output(folder / (name + "-expected.png"), expected, Overwrite::replace);
    if (difference) {
        const PixelView view{difference->picture.data(), static_cast<int>(a.width),
                             static_cast<int>(a.height)};
        write_output(folder / (name + "-difference.png"), png_bytes(view, 96, PngPacking::small, {}), Overwrite::replace);
    }
    return name + " is not the accepted picture: " + why + "; see " + (folder / name).string() + "-*.png";
}

}  // namespace wardmap
