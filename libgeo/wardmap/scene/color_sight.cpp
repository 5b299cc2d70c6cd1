#include "wardmap/scene/color_sight.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace wardmap {
namespace {

constexpr double white_x = 0.95047;
constexpr double white_z = 1.08883;
constexpr double lab_epsilon = 216.0 / 24389;
constexpr double lab_kappa = 24389.0 / 27;

struct Linear {
    double r = 0;
    double g = 0;
    double b = 0;
};

double linear_of(std::uint8_t channel) {
    const double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

std::uint8_t channel_of(double linear) {
    const double c = std::clamp(linear, 0.0, 1.0);
    const double encoded = c <= 0.0031308 ? 12.92 * c : 1.055 * std::pow(c, 1 / 2.4) - 0.055;
    return static_cast<std::uint8_t>(std::lround(255 * encoded));
}

Lab lab_of(const Linear& c) {
    const auto f = [](double t) { return t > lab_epsilon ? std::cbrt(t) : (lab_kappa * t + 16) / 116; };
    const double fx = f((0.4124564 * c.r + 0.3575761 * c.g + 0.1804375 * c.b) / white_x);
    const double fy = f(0.2126729 * c.r + 0.7151522 * c.g + 0.0721750 * c.b);
    const double fz = f((0.0193339 * c.r + 0.1191920 * c.g + 0.9503041 * c.b) / white_z);
    return {116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)};
}

Linear linear_of(const Color& color) {
    return {linear_of(color.r), linear_of(color.g), linear_of(color.b)};
}

using Matrix = std::array<std::array<double, 3>, 3>;

// Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB.
constexpr Matrix protan_matrix{
    {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}};
constexpr Matrix deutan_matrix{
    {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}};
constexpr Matrix tritan_matrix{
    {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}}};

Linear through(const Matrix& m, const Linear& c) {
    const auto row = [&](std::size_t i) {
        return std::clamp(m[i][0] * c.r + m[i][1] * c.g + m[i][2] * c.b, 0.0, 1.0);
    };
    return {row(0), row(1), row(2)};
}

/// Hue in degrees, 0 to 360; nothing to be said of greys.
struct Hue {
    double degrees = 0;
    double chroma = 0;
};

Hue hue_of(const Color& color) {
    const Lab lab = lab_of(color);
    double degrees = std::atan2(lab.b, lab.a) * 180 / std::numbers::pi;
    if (degrees < 0) degrees += 360;
    return {degrees, std::hypot(lab.a, lab.b)};
}

// Below this a colour is a grey with a tint, and its hue carries no meaning.
constexpr double least_chroma = 25;

bool is_red(const Hue& hue) {
    return hue.chroma >= least_chroma && (hue.degrees <= 50 || hue.degrees >= 350);
}
bool is_green(const Hue& hue) {
    return hue.chroma >= least_chroma && hue.degrees >= 105 && hue.degrees <= 170;
}

}  // namespace

Lab lab_of(const Color& color) {
    return lab_of(linear_of(color));
}

Color color_of(const Lab& lab) {
    const auto f = [](double t) { return t * t * t > lab_epsilon ? t * t * t : (116 * t - 16) / lab_kappa; };
    const double fy = (lab.l + 16) / 116;
    const double x = white_x * f(fy + lab.a / 500);
    const double y = f(fy);
    const double z = white_z * f(fy - lab.b / 200);
    return {channel_of(3.2404542 * x - 1.5371385 * y - 0.4985314 * z),
            channel_of(-0.9692660 * x + 1.8760108 * y + 0.0415560 * z),
            channel_of(0.0556434 * x - 0.2040259 * y + 1.0572252 * z), 1};
}

std::string_view name_of(Sight sight) noexcept {
    switch (sight) {
        case Sight::normal:
            return "normal";
        case Sight::protan:
            return "protan";
        case Sight::deutan:
            return "deutan";
        case Sight::tritan:
            break;
    }
    return "tritan";
}

Lab seen_as(const Color& color, Sight sight) {
    const Linear linear = linear_of(color);
    switch (sight) {
        case Sight::normal:
            break;
        case Sight::protan:
            return lab_of(through(protan_matrix, linear));
        case Sight::deutan:
            return lab_of(through(deutan_matrix, linear));
        case Sight::tritan:
            return lab_of(through(tritan_matrix, linear));
    }
    return lab_of(linear);
}

double seen_distance(const Color& a, const Color& b, Sight sight) {
    const Lab first = seen_as(a, sight);
    const Lab second = seen_as(b, sight);
    return std::hypot(first.l - second.l, first.a - second.a, first.b - second.b);
}

ClosestColors closest_colors(std::span<const Color> colors, ColorPairs pairs, std::span<const Sight> sights) {
    ClosestColors closest;
    closest.distance = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i + 1 < colors.size(); ++i) {
        const std::size_t last = pairs == ColorPairs::neighbours ? i + 2 : colors.size();
        for (std::size_t j = i + 1; j < last; ++j) {
            for (const Sight sight : sights) {
                const double distance = seen_distance(colors[i], colors[j], sight);
                if (distance < closest.distance) closest = {distance, sight, i, j};
            }
        }
    }
    return closest;
}

bool red_and_green(const Color& a, const Color& b) {
    const Hue first = hue_of(a);
    const Hue second = hue_of(b);
    return (is_red(first) && is_green(second)) || (is_green(first) && is_red(second));
}

}  // namespace wardmap
