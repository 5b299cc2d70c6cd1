#include "wardmap/io/write_counts.hpp"

#include "wardmap/base/number_text.hpp"
#include "wardmap/io/csv_text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

namespace wardmap {
namespace {

constexpr std::size_t piece_size = 1U << 20U;
constexpr std::size_t longest_count = 32;  // bytes

/// A text that is copied in whole steps, past its end: most of a country's cells are a few short texts and a
/// 0.
class SteppedText {
public:
    static constexpr std::size_t step = 32;

    explicit SteppedText(std::string text) : size_(text.size()), text_(std::move(text)) {
        text_.resize((size_ + step - 1) / step * step);
    }
    std::size_t size() const noexcept { return size_; }
    /// \pre there is room for size() + step
    char* put(char* at) const noexcept {
        for (std::size_t i = 0; i < size_; i += step) std::memcpy(at + i, text_.data() + i, step);
        return at + size_;
    }

private:
    std::size_t size_;
    std::string text_;
};

/// \pre there is room for longest_count
char* put_count(char* at, double count) {
    constexpr double as_a_power = 1e15;  // from here on full_precision writes "1e+15"
    if (count >= 0 && count < 10 && count == std::trunc(count)) {
        *at = static_cast<char>('0' + static_cast<int>(count));
        return at + 1;
    }
    if (count != std::trunc(count) || std::abs(count) >= as_a_power) {
        const std::string text = full_precision(count);
        return std::copy(text.begin(), text.end(), at);
    }
    return std::to_chars(at, at + longest_count, static_cast<long long>(count)).ptr;
}

}  // namespace

void write_count_csv(const CountCube& cube, Unlocated unlocated,
                     const std::function<void(std::string_view)>& write) {
    std::string header;
    for (const std::string& name : count_columns(cube)) {
        if (!header.empty()) header += ',';
        append_csv_cell(header, name);
    }
    header += '\n';
    write(header);
    // What stands between area and count is the same for every area.
    std::vector<SteppedText> middles;
    std::size_t longest_middle = 0;
    for (const CountPeriod& period : cube.periods) {
        for (const std::vector<std::string>& kind : cube.kinds) {
            for (std::size_t m = 0; m < cube.marker_count(); ++m) {
                std::string middle = ",";
                append_csv_cell(middle, period.label);
                middle += ',';
                for (const std::string& value : kind) {
                    append_csv_cell(middle, value);
                    middle += ',';
                }
                if (!cube.markers.empty()) {
                    append_csv_cell(middle, cube.markers[m]);
                    middle += ',';
                }
                longest_middle = std::max(longest_middle, middle.size());
                middles.emplace_back(std::move(middle));
            }
        }
    }
    std::string room;
    std::size_t filled = 0;
    const std::size_t areas = unlocated == Unlocated::keep ? cube.area_rows() : cube.areas.size();
    const double* count = cube.counts.data();
    for (std::size_t a = 0; a < areas; ++a) {
        std::string area;
        if (a < cube.areas.size()) {
            append_csv_cell(area, cube.areas.codes()[a]);
            area += ',';
            append_csv_cell(area, cube.areas.names()[a]);
        } else {
            area += ',';
            area += a == cube.outside_row() ? outside_row_name : not_located_row_name;
        }
        const SteppedText front(std::move(area));
        const std::size_t longest_line =
            front.size() + longest_middle + SteppedText::step + longest_count + 1;
        if (room.size() < piece_size + longest_line) room.resize(piece_size + longest_line);
        for (const SteppedText& middle : middles) {
            if (filled > piece_size) {
                write({room.data(), filled});
                filled = 0;
            }
            char* at = middle.put(front.put(room.data() + filled));
            at = put_count(at, *count++);
            *at++ = '\n';
            filled = static_cast<std::size_t>(at - room.data());
        }
    }
    write({room.data(), filled});
}

}  // namespace wardmap
