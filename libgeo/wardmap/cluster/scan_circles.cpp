#include "wardmap/cluster/scan_circles.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/in_parallel.hpp"
#include "wardmap/base/number_text.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <utility>

namespace wardmap {
namespace {

constexpr double same_distance = 1 + 1e-9;      // of squares
constexpr double cap_rounding = 1 + 1e-12;      // half of a sum of people is not always exact
constexpr std::size_t most_steps = 60'000'000;  // 16 bytes each, several times a second each
constexpr std::size_t centres_a_piece = 32;     // of work for a thread
constexpr double areas_a_cell = 4;

struct Found {
    double square;  ///< of the distance
    std::uint32_t area;
    friend bool operator<(const Found& a, const Found& b) {
        return a.square != b.square ? a.square < b.square : a.area < b.area;
    }
};

/// Areas by the cells of a square grid.
class PlaceGrid {
public:
    PlaceGrid(std::span<const double> x, std::span<const double> y) : x_(x), y_(y) {
        const auto [left, right] = std::minmax_element(x.begin(), x.end());
        const auto [bottom, top] = std::minmax_element(y.begin(), y.end());
        left_ = *left;
        bottom_ = *bottom;
        const double width = *right - left_;
        const double height = *top - bottom_;
        const auto n = static_cast<double>(x.size());
        cell_ = std::max(
            {std::sqrt(width * height * areas_a_cell / n), (width + height) * areas_a_cell / n, 1e-300});
        columns_ = index(width) + 1;
        rows_ = index(height) + 1;
        starts_.assign(columns_ * rows_ + 1, 0);
        for (std::size_t i = 0; i < x.size(); ++i) ++starts_[cell_of(i) + 1];
        for (std::size_t c = 1; c < starts_.size(); ++c) starts_[c] += starts_[c - 1];
        areas_.resize(x.size());
        std::vector<std::size_t> fill(starts_.begin(), starts_.end() - 1);
        for (std::size_t i = 0; i < x.size(); ++i) areas_[fill[cell_of(i)]++] = static_cast<std::uint32_t>(i);
    }

    double cell() const noexcept { return cell_; }

    /// Every area within `reach` of (x, y), in no order.
    void near(double x, double y, double reach, std::vector<Found>& found) const {
        found.clear();
        const std::size_t first = index(x - reach - left_),
                          last = std::min(index(x + reach - left_), columns_ - 1);
        const std::size_t low = index(y - reach - bottom_),
                          high = std::min(index(y + reach - bottom_), rows_ - 1);
        for (std::size_t row = low; row <= high; ++row) {
            for (std::size_t i = starts_[row * columns_ + first]; i < starts_[row * columns_ + last + 1];
                 ++i) {
                const std::uint32_t area = areas_[i];
                const double dx = x_[area] - x, dy = y_[area] - y;
                const double square = dx * dx + dy * dy;
                if (square <= reach * reach) found.push_back({square, area});
            }
        }
    }

private:
    std::size_t index(double offset) const {
        return offset <= 0 ? 0 : static_cast<std::size_t>(std::min(offset / cell_, 1e9));
    }
    std::size_t cell_of(std::size_t i) const {
        return std::min(index(y_[i] - bottom_), rows_ - 1) * columns_ +
               std::min(index(x_[i] - left_), columns_ - 1);
    }

    std::span<const double> x_;
    std::span<const double> y_;
    double left_ = 0;
    double bottom_ = 0;
    double cell_ = 1;
    std::size_t columns_ = 1;
    std::size_t rows_ = 1;
    std::vector<std::size_t> starts_{};
    std::vector<std::uint32_t> areas_{};
};

/// The first area at each place.
std::vector<std::uint32_t> different_places(std::span<const double> x, std::span<const double> y) {
    std::vector<std::uint32_t> order(x.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<std::uint32_t>(i);
    const auto place = [&](std::uint32_t i) { return std::pair(x[i], y[i]); };
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        return place(a) != place(b) ? place(a) < place(b) : a < b;
    });
    order.erase(std::unique(order.begin(), order.end(),
                            [&](std::uint32_t a, std::uint32_t b) { return place(a) == place(b); }),
                order.end());
    std::sort(order.begin(), order.end());
    return order;
}

/// The steps about one centre.
struct Steps {
    std::vector<std::uint32_t> areas{};
    std::vector<double> people{};
};

Steps steps_of(std::vector<Found>& found, std::span<const double> population, double cap) {
    std::sort(found.begin(), found.end());
    Steps steps;
    double people = 0;
    for (std::size_t first = 0; first < found.size();) {
        std::size_t next = first;
        double joined = people;
        while (next < found.size() && found[next].square <= found[first].square * same_distance)
            joined += population[found[next++].area];
        if (joined > cap * cap_rounding) break;
        for (std::size_t i = first; i < next; ++i) {
            steps.areas.push_back(found[i].area);
            steps.people.push_back(i + 1 == next ? joined : -1);
        }
        people = joined;
        first = next;
    }
    return steps;
}

}  // namespace

std::size_t ScanCircles::count() const noexcept {
    return static_cast<std::size_t>(
        std::count_if(people.begin(), people.end(), [](double within) { return within >= 0; }));
}

ScanCircles scan_circles(std::span<const double> x, std::span<const double> y,
                         std::span<const double> population, double cap, unsigned threads) {
    ScanCircles circles;
    if (x.empty()) return circles;
    const PlaceGrid grid(x, y);
    circles.centres = different_places(x, y);
    const std::size_t centres = circles.centres.size();
    std::vector<Steps> all(centres);
    std::atomic<std::size_t> steps{0};
    in_parallel((centres + centres_a_piece - 1) / centres_a_piece, threads, [&](std::size_t piece) {
        std::vector<Found> found;
        double reach = 2 * grid.cell();
        for (std::size_t c = piece * centres_a_piece; c < std::min(centres, (piece + 1) * centres_a_piece);
             ++c) {
            if (steps > most_steps) return;
            const std::uint32_t centre = circles.centres[c];
            // Neighbouring centres need about the same reach: the last one's is tried first.
            for (reach *= 0.8;; reach *= 1.5) {
                grid.near(x[centre], y[centre], reach, found);
                double people = 0;
                for (const Found& one : found) people += population[one.area];
                if (people > cap * cap_rounding || found.size() == x.size()) break;
            }
            all[c] = steps_of(found, population, cap);
            steps += all[c].areas.size();
        }
    });
    if (steps > most_steps) {
        throw UsageError("round " + counted(centres, "place") + " there are more circles than can be scanned",
                         {}, "give a smaller max_population (England's small areas: 50000) or max_share");
    }
    circles.areas.reserve(steps);
    circles.people.reserve(steps);
    for (const Steps& one : all) {
        circles.areas.insert(circles.areas.end(), one.areas.begin(), one.areas.end());
        circles.people.insert(circles.people.end(), one.people.begin(), one.people.end());
        circles.starts.push_back(circles.areas.size());
    }
    return circles;
}

}  // namespace wardmap
