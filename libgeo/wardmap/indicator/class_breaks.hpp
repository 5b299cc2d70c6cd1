/// \file
/// Classes of a map or chart: where they divide, what they are called, how well they fit.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

enum class Scheme : unsigned char {
    natural,   ///< Fisher-Jenks: the best attainable goodness of variance fit
    quantile,  ///< equal numbers of values; linear interpolation between ranks
    equal,     ///< equal widths
    pretty,    ///< round edges: 1, 2 or 5 times a power of ten apart; about k classes
    sd,        ///< mean, one and two standard deviations (divisor n - 1) to each side
    headtail,  ///< Jiang 2013: the mean, the mean of what lies above it, ... to the last value
    fixed,     ///< the edges given
};

/// "natural", "quantile", ...; also mapclassify's "quantiles", "fisherjenks", "equalinterval",
/// "userdefined" and "jenks". \throws UsageError naming the nearest.
Scheme parse_scheme(std::string_view text);
std::string_view name_of(Scheme scheme) noexcept;

enum class RoundBreaks : unsigned char { no, yes };
enum class ZeroClass : unsigned char { no, yes };

struct ClassOptions {
    Scheme scheme = Scheme::natural;
    std::size_t k = 5;  ///< classes wanted, 1 to 20; `sd`, `headtail` and `fixed` find their own
    RoundBreaks round = RoundBreaks::no;  ///< move edges inside the gaps between values to round numbers
    ZeroClass zero = ZeroClass::no;       ///< a class for zero, beside the k
    std::vector<double> edges{};    ///< of `fixed`: inner edges, rising ("250,400,1000" makes four classes)
    std::optional<int> decimals{};  ///< shown in labels; chosen from the data unless given
};

/// Classes and the class of each value.
///
/// Unrounded classes are (lower, upper], the first closed at both ends; rounded ones, and `fixed` with
/// `round`, are [lower, upper), the last closed. Rounded edges lie strictly between values, so rounding
/// moves no value to another class.
struct ClassBreaks {
    Scheme scheme = Scheme::natural;
    std::size_t k = 0;             ///< classes without that for zero; fewer than asked on few or tied values
    std::vector<double> breaks{};  ///< k + 1 edges, minimum first, maximum last; empty without values
    bool rounded = false;
    bool has_zero_class = false;
    int decimals = 0;                   ///< as in the labels
    std::vector<std::size_t> counts{};  ///< values in each class; that for zero comes first
    std::vector<std::string> labels{};  ///< beside counts: "0", "under 250", "250 to 399", "1,000 and over"
    std::vector<int> codes{};           ///< class of each value given, index into counts; -1 for NaN
    double gvf = 0;  ///< goodness of variance fit, 0 to 1 (1 if nothing varies); without zero's class
};

/// The classes of `values`; NaN and infinite values have none. Ties, constants, few values and none at
/// all are fine and give fewer classes.
/// \throws UsageError for k of 0 or above 20, or fixed edges that are missing, not rising or not finite.
ClassBreaks class_breaks(std::span<const double> values, const ClassOptions& options);

/// The same classes for other values (one scale for several maps): edges and labels stay, counts and codes
/// are of `values`, as is gvf. Values beyond the ends belong to the first and last class.
ClassBreaks same_classes(const ClassBreaks& classes, std::span<const double> values);

/// 4 classes under 20 areas, else 5: what maps take unless told.
std::size_t map_class_count(std::size_t areas) noexcept;

}  // namespace wardmap
