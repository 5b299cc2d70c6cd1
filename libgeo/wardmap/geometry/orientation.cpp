#include "wardmap/geometry/orientation.hpp"

#include <array>
#include <cmath>
#include <cstddef>

namespace wardmap {
namespace {

/// The 2 x 2 determinant as an expansion: terms that do not overlap, smallest first, whose sum is exact
/// (Shewchuk 1997, figure 6).
class Expansion {
public:
    void add(double term) noexcept {
        for (std::size_t i = 0; i < size_; ++i) {
            const double sum = term + terms_[i];
            const double virtual_part = sum - term;
            terms_[i] = (term - (sum - virtual_part)) + (terms_[i] - virtual_part);
            term = sum;
        }
        terms_[size_++] = term;
    }
    /// Adds a * b: the product rounded, and what rounding took.
    void add_product(double a, double b) noexcept {
        const double product = a * b;
        add(std::fma(a, b, -product));
        add(product);
    }
    /// The largest term has the sign of the sum.
    double sign() const noexcept {
        for (std::size_t i = size_; i-- > 0;) {
            if (terms_[i] != 0) return terms_[i];
        }
        return 0;
    }

private:
    std::array<double, 12> terms_{};
    std::size_t size_ = 0;
};

double exact_orientation(Point a, Point b, Point p) noexcept {
    Expansion sum;
    sum.add_product(a.x, b.y);
    sum.add_product(-a.x, p.y);
    sum.add_product(-p.x, b.y);
    sum.add_product(-a.y, b.x);
    sum.add_product(a.y, p.x);
    sum.add_product(p.y, b.x);
    return sum.sign();
}

}  // namespace

double orientation(Point a, Point b, Point p) noexcept {
    const double left = (a.x - p.x) * (b.y - p.y);
    const double right = (a.y - p.y) * (b.x - p.x);
    const double determinant = left - right;
    if (std::abs(determinant) >= orientation_error * (std::abs(left) + std::abs(right))) return determinant;
    return exact_orientation(a, b, p);
}

}  // namespace wardmap
