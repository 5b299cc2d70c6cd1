#include "wardmap/figure/point_labels.hpp"

#include "wardmap/figure/style.hpp"
#include "wardmap/figure/text_block.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
#include <tuple>

namespace wardmap {
namespace {

constexpr double gap_mm = 0.6;         ///< between marker and text
constexpr double between_x_mm = 1.0;   ///< between two names side by side
constexpr double between_y_mm = 0.25;  ///< between two names above each other
constexpr double line_room_mm = 0.45;  ///< between a name and a line it must not cross
constexpr double clash_cost = 200;
constexpr double leader_cost = 7;
/// A name no nearer to its own marker than to another by this much is read as the other's: a leader is better.
constexpr double as_near_mm = 0.3;
constexpr double as_near_cost = 16;

/// One place a name could take.
struct Place {
    std::size_t lines = 0;  ///< which wrapping
    Box box{};
    TextAnchor anchor = TextAnchor::start;
    bool has_leader = false;
    Point from{};
    Point to{};
    double cost = 0;
    bool has_point = true;
    Box reach{};  ///< of text and leader with the room between names: places whose reaches part do not meet
};

using Segment = std::pair<Point, Point>;

double distance(const Box& box, Point p) {
    const double dx = std::max({box.min_x - p.x, 0.0, p.x - box.max_x});
    const double dy = std::max({box.min_y - p.y, 0.0, p.y - box.max_y});
    return std::hypot(dx, dy);
}

Point nearest_in(const Box& box, Point p) {
    return {std::clamp(p.x, box.min_x, box.max_x), std::clamp(p.y, box.min_y, box.max_y)};
}

double distance(const Segment& line, Point p) {
    const double dx = line.second.x - line.first.x;
    const double dy = line.second.y - line.first.y;
    const double length2 = dx * dx + dy * dy;
    const double t =
        length2 <= 0
            ? 0
            : std::clamp(((p.x - line.first.x) * dx + (p.y - line.first.y) * dy) / length2, 0.0, 1.0);
    return std::hypot(p.x - line.first.x - t * dx, p.y - line.first.y - t * dy);
}

double side_of(const Segment& line, Point p) {
    return (line.second.x - line.first.x) * (p.y - line.first.y) -
           (line.second.y - line.first.y) * (p.x - line.first.x);
}

bool cross(const Segment& a, const Segment& b) {
    return side_of(a, b.first) * side_of(a, b.second) < 0 && side_of(b, a.first) * side_of(b, a.second) < 0;
}

bool crosses(const Segment& line, const Box& box) {
    if (box.contains(line.first) || box.contains(line.second)) {
        return true;
    }
    const Point a{box.min_x, box.min_y};
    const Point b{box.max_x, box.min_y};
    const Point c{box.max_x, box.max_y};
    const Point d{box.min_x, box.max_y};
    return cross(line, {a, c}) || cross(line, {b, d});
}

/// The box of an upright or level line.
Box box_of(const Segment& line) {
    Box box;
    box.add(line.first);
    box.add(line.second);
    return box;
}

/// A name in one, two or three lines.
std::vector<std::vector<std::string>> wrappings_of(const PointName& name, const TextMeasure& measure) {
    const double room = std::max(name.within.width() * 0.45, 12.0);
    const double width = measure.width_mm(name.text, name.style);
    std::vector<std::vector<std::string>> wrappings;
    if (width <= room) {
        wrappings.push_back({name.text});
    }
    for (const double parts : {2.0, 3.0, 4.0}) {
        auto lines =
            wrap_text(name.text, name.style, std::min(room, width / parts * 1.25), measure, Wrap::balanced);
        const bool broken_word = std::any_of(lines.begin(), lines.end(), [&](const std::string& line) {
            return line.find(' ') == std::string::npos && name.text.find(line + " ") == std::string::npos &&
                   !(name.text.size() >= line.size() &&
                     name.text.compare(name.text.size() - line.size(), line.size(), line) == 0);
        });
        if (broken_word && !wrappings.empty()) {
            continue;
        }
        if (std::find(wrappings.begin(), wrappings.end(), lines) == wrappings.end()) {
            wrappings.push_back(std::move(lines));
        }
        if (wrappings.size() == 3) {
            break;
        }
    }
    return wrappings;
}

class Search {
public:
    Search(std::span<const PointName> names, const NameObstacles& obstacles, const TextMeasure& measure)
        : names_(names), obstacles_(obstacles), measure_(measure) {
        order_.resize(names.size());
        std::iota(order_.begin(), order_.end(), std::size_t{0});
        std::sort(order_.begin(), order_.end(), [&](std::size_t a, std::size_t b) {
            const auto& first = names[a];
            const auto& second = names[b];
            return std::tie(first.key, first.text, first.at.x, first.at.y) <
                   std::tie(second.key, second.text, second.at.x, second.at.y);
        });
        for (const std::size_t index : order_) {
            add_places(names_[index]);
        }
    }

    std::vector<PlacedName> run() {
        const std::size_t n = order_.size();
        chosen_.assign(n, 0);
        reaches_.assign(n, Box{});
        for (std::size_t i = 0; i < n; ++i) {
            choose(i, best_place(i, i));
        }
        descend();
        std::vector<std::size_t> best = chosen_;
        double best_cost = total_cost();
        // Annealing with a fixed beginning gets out of dead ends; again, hotter, while names still clash.
        constexpr int most_rounds = 8;
        for (int round = 0; n > 1 && round < most_rounds && (round == 0 || best_cost >= clash_cost);
             ++round) {
            anneal(900 * n * static_cast<std::size_t>(round + 1), round == 0 ? 4.0 : 100.0);
            descend();
            if (total_cost() < best_cost - 1e-9) {
                best_cost = total_cost();
                best = chosen_;
            }
        }
        for (std::size_t i = 0; i < n; ++i) {
            choose(i, best[i]);
        }
        return answers();
    }

private:
    void choose(std::size_t i, std::size_t p) {
        chosen_[i] = p;
        if (!places_[i].empty()) {
            reaches_[i] = places_[i][p].reach;
        }
    }

    void add_place(std::vector<Place>& places, const PointName& name, Place place) const {
        const Box& box = place.box;
        if (box.min_x < name.within.min_x || box.max_x > name.within.max_x || box.min_y < name.within.min_y ||
            box.max_y > name.within.max_y) {
            return;
        }
        for (const Segment& line : obstacles_.forbidden_lines) {
            if (box_of(line).grown(line_room_mm).overlaps(box)) {
                return;
            }
            // The other side of a cut is another quadrant: near it a name may stand there, but not gladly.
            const Point centre = box.center();
            if (name.places.empty() && side_of(line, centre) * side_of(line, name.at) < 0) {
                place.cost += 1.8;
            }
        }
        for (const Segment& line : obstacles_.avoided_lines) {
            if (box_of(line).grown(0.1).overlaps(box)) {
                place.cost += name.places.empty() ? 0.9 : 3.0;
            }
        }
        const bool has_point = name.places.empty();
        const double own = distance(box, name.at);
        for (const auto& [centre, radius] : obstacles_.markers) {
            if (has_point && centre == name.at) {
                continue;
            }
            const double away = distance(box, centre);
            if (away < radius + 0.25) {
                return;
            }
            if (!has_point) {
                continue;
            }
            if (place.has_leader) {
                if (distance(Segment{place.from, place.to}, centre) < radius + 0.3) {
                    return;
                }
                if (away < radius + 1.5) {
                    place.cost += 1.5;
                }
            } else if (away < own + 1.2) {
                place.cost += 1.8 * (own + 1.2 - away);  // whose name is it?
                if (away < own + as_near_mm) place.cost += as_near_cost;
            }
        }
        place.has_point = has_point;
        place.reach = box.grown(1.3);
        if (place.has_leader) {
            place.reach.add(place.from);
        }
        places.push_back(std::move(place));
    }

    void add_places(const PointName& name) {
        std::vector<Place> places;
        wrappings_.push_back(name.places.empty() ? wrappings_of(name, measure_) : name.wrappings);
        const auto& wrappings = wrappings_.back();
        for (const OwnPlace& own : name.places) {
            Place place;
            place.lines = own.wrapping;
            place.box = own.box;
            place.anchor = own.anchor;
            place.cost = own.cost;
            add_place(places, name, std::move(place));
        }
        if (name.places.empty()) {
            add_places_round(places, name, wrappings);
        }
        std::stable_sort(places.begin(), places.end(),
                         [](const Place& a, const Place& b) { return a.cost < b.cost; });
        constexpr std::size_t most_places = 480;
        if (places.size() > most_places) {
            places.resize(most_places);
        }
        places_.push_back(std::move(places));
    }

    void add_places_round(std::vector<Place>& places, const PointName& name,
                          const std::vector<std::vector<std::string>>& wrappings) const {
        const double size = name.style.size_pt * mm_per_pt;
        const double r = name.radius_mm;
        for (std::size_t w = 0; w < wrappings.size(); ++w) {
            double width = 0;
            for (const std::string& line : wrappings[w]) {
                width = std::max(width, measure_.width_mm(line, name.style));
            }
            const double below =
                wrappings[w].back().find_first_of("gjpqyQ,;()") == std::string::npos ? 0.02 : descent;
            const double height =
                size * (cap_height + below + line_height * static_cast<double>(wrappings[w].size() - 1));
            const double extra = 0.8 * static_cast<double>(w);
            const auto at = [&](double left, double top) {
                return Box{left, top, left + width, top + height};
            };
            // The capitals' middle lies above the box's middle by half of what reaches below the line.
            const double level = name.at.y - height / 2 + size * below / 2;
            for (const double slide : {0.0, -0.3, 0.3, -0.6, 0.6, -0.9, 0.9}) {
                const double top = level + slide * height;
                const double further = std::abs(slide) * 0.7 + extra;
                // Moved up or down far enough, the text may come nearer: beside the corner of the marker.
                const double near = std::abs(slide) > 0.7 ? 0.35 : 0.0;
                add_place(
                    places, name,
                    {w, at(name.at.x + r + gap_mm - near, top), TextAnchor::start, false, {}, {}, further});
                add_place(places, name,
                          {w,
                           at(name.at.x - r - gap_mm + near - width, top),
                           TextAnchor::end,
                           false,
                           {},
                           {},
                           0.25 + further});
            }
            for (const double slide : {0.0, -0.25, 0.25, -0.5, 0.5, -0.75, 0.75, -1.0, 1.0}) {
                const double left = name.at.x - width / 2 + slide * (width / 2 + r * 0.5);
                const double further = std::abs(slide) * 0.5 + extra;
                const TextAnchor anchor = TextAnchor::middle;
                add_place(places, name,
                          {w,
                           at(left, name.at.y - r - gap_mm * 0.6 - height),
                           anchor,
                           false,
                           {},
                           {},
                           0.35 + further});
                add_place(places, name,
                          {w, at(left, name.at.y + r + gap_mm), anchor, false, {}, {}, 0.45 + further});
            }
            if (w == 2) {
                continue;
            }
            for (const double ring : {2.2, 3.2, 4.5, 6.0, 8.0, 10.5, 13.5, 17.0, 21.0, 26.0}) {
                constexpr int directions = 24;
                for (int d = 0; d < directions; ++d) {
                    const double angle = 2 * 3.14159265358979323846 * d / directions;
                    const double ux = std::cos(angle);
                    const double uy = std::sin(angle);
                    const Point reach{name.at.x + ux * (r + ring), name.at.y + uy * (r + ring)};
                    Place place;
                    place.lines = w;
                    place.box = at(reach.x + (ux - 1) * width / 2, reach.y + (uy - 1) * height / 2);
                    place.anchor = ux > 0.4    ? TextAnchor::start
                                   : ux < -0.4 ? TextAnchor::end
                                               : TextAnchor::middle;
                    place.has_leader = true;
                    const Point target = nearest_in(place.box.grown(0.3), name.at);
                    const double length = std::hypot(target.x - name.at.x, target.y - name.at.y);
                    if (length < r + 1.2) {
                        continue;
                    }
                    place.from = {name.at.x + (target.x - name.at.x) * (r + 0.1) / length,
                                  name.at.y + (target.y - name.at.y) * (r + 0.1) / length};
                    place.to = target;
                    place.cost = leader_cost + 0.35 * length + extra;
                    add_place(places, name, std::move(place));
                }
            }
        }
    }

    static double pair_cost(const Place& a, const Place& b) {
        if (!a.reach.overlaps(b.reach)) {
            return 0;
        }
        const Box grown{a.box.min_x - between_x_mm, a.box.min_y - between_y_mm, a.box.max_x + between_x_mm,
                        a.box.max_y + between_y_mm};
        if (grown.overlaps(b.box)) {
            return clash_cost;
        }
        if (a.has_leader && crosses({a.from, a.to}, b.box.grown(0.3))) {
            return clash_cost;
        }
        if (b.has_leader && crosses({b.from, b.to}, a.box.grown(0.3))) {
            return clash_cost;
        }
        if (a.has_leader && b.has_leader && cross({a.from, a.to}, {b.from, b.to})) {
            return clash_cost;
        }
        // A corner's name wants some air.
        const double air = a.has_point != b.has_point && a.box.grown(0.9).overlaps(b.box) ? 1.0 : 0.0;
        // Close above each other, two names read as one; on one level and near, too.
        const Box taller{a.box.min_x, a.box.min_y - 0.9, a.box.max_x, a.box.max_y + 0.9};
        const double stacked = taller.overlaps(b.box) ? 0.5 : 0.0;
        const bool level = std::abs(a.box.max_y - b.box.max_y) < 0.6 * (a.box.max_y - a.box.min_y);
        return level && a.box.grown(2.4).overlaps(b.box) ? air + stacked + 0.5 : air + stacked;
    }

    /// Cost of place `p` of name `i` among the names before `limit`; clashes included.
    /// Stops counting above `most`.
    double cost_of(std::size_t i, std::size_t p, std::size_t limit,
                   double most = std::numeric_limits<double>::infinity()) const {
        if (places_[i].empty()) {
            return 0;
        }
        const Place& place = places_[i][p];
        double cost = place.cost;
        for (std::size_t j = 0; j < limit && cost <= most; ++j) {
            if (place.reach.overlaps(reaches_[j]) && j != i) {
                cost += pair_cost(place, places_[j][chosen_[j]]);
            }
        }
        return cost;
    }

    std::size_t best_place(std::size_t i, std::size_t limit) const {
        std::size_t best = 0;
        double best_cost = std::numeric_limits<double>::infinity();
        for (std::size_t p = 0; p < places_[i].size(); ++p) {
            if (places_[i][p].cost >= best_cost) {
                break;
            }  // sorted by cost
            const double cost = cost_of(i, p, limit, best_cost);
            if (cost < best_cost) {
                best_cost = cost;
                best = p;
            }
        }
        return best;
    }

    void anneal(std::size_t steps, double heat) {
        const std::size_t n = order_.size();
        const double cooling = std::pow(0.02 / heat, 1.0 / static_cast<double>(steps));
        std::vector<double> current(n, -1);  // cost of each name where it stands; -1: not worked out
        for (std::size_t step = 0; step < steps; ++step, heat *= cooling) {
            const std::size_t i = random() % n;
            if (places_[i].size() < 2) {
                continue;
            }
            // Cheap places come first in the list; squaring prefers them.
            const double u = static_cast<double>(random() % 10000) / 10000;
            const auto next = static_cast<std::size_t>(u * u * static_cast<double>(places_[i].size()));
            if (current[i] < 0) {
                current[i] = cost_of(i, chosen_[i], n);
            }
            // Metropolis, the chance drawn first: the cost up to which the move is taken.
            const double most =
                current[i] - heat * std::log((static_cast<double>(random() % 10000) + 1) / 10000);
            if (places_[i][next].cost > most) {
                continue;
            }
            const double cost = cost_of(i, next, n, most);
            if (cost <= most) {
                // What the name leaves and what it comes to have other costs now.
                for (std::size_t j = 0; j < n; ++j) {
                    if (reaches_[j].overlaps(reaches_[i]) || reaches_[j].overlaps(places_[i][next].reach)) {
                        current[j] = -1;
                    }
                }
                choose(i, next);
                current[i] = cost;
            }
        }
    }

    void descend() {
        const std::size_t n = order_.size();
        for (int round = 0; round < 30; ++round) {
            bool moved = false;
            for (std::size_t i = 0; i < n; ++i) {
                const std::size_t better = best_place(i, n);
                if (better != chosen_[i] && cost_of(i, better, n) < cost_of(i, chosen_[i], n) - 1e-9) {
                    choose(i, better);
                    moved = true;
                }
            }
            if (!moved) {
                return;
            }
        }
    }

    double total_cost() const {
        double cost = 0;
        for (std::size_t i = 0; i < order_.size(); ++i) {
            cost += cost_of(i, chosen_[i], i);
        }
        return cost;
    }

    std::vector<PlacedName> answers() {
        const std::size_t n = order_.size();
        std::vector<PlacedName> result(n);
        // Names that still clash give way, the one with most clashes first.
        std::vector<bool> dropped(n, false);
        for (;;) {
            std::size_t worst = n;
            std::size_t most = 0;
            for (std::size_t i = 0; i < n; ++i) {
                if (dropped[i] || places_[i].empty()) {
                    continue;
                }
                // Of equal clashes a text without a point gives way.
                const std::size_t own = names_[order_[i]].places.empty() ? 0 : 1;
                std::size_t clashes = 0;
                for (std::size_t j = 0; j < n; ++j) {
                    if (j == i || dropped[j] || places_[j].empty()) {
                        continue;
                    }
                    clashes += pair_cost(places_[i][chosen_[i]], places_[j][chosen_[j]]) >= clash_cost;
                }
                if (clashes > 0 && 2 * clashes + own > most) {
                    most = 2 * clashes + own;
                    worst = i;
                }
            }
            if (worst == n) {
                break;
            }
            dropped[worst] = true;
        }
        for (std::size_t i = 0; i < n; ++i) {
            if (places_[i].empty() || dropped[i]) {
                continue;
            }
            const Place& place = places_[i][chosen_[i]];
            PlacedName& name = result[order_[i]];
            name.placed = true;
            name.lines = wrappings_[i][place.lines];
            name.box = place.box;
            name.anchor = place.anchor;
            name.has_leader = place.has_leader;
            name.leader_from = place.from;
            name.leader_to = place.to;
        }
        return result;
    }

    std::uint32_t random() {
        state_ = state_ * 1664525U + 1013904223U;
        return state_ >> 8U;
    }

    std::span<const PointName> names_;
    const NameObstacles& obstacles_;
    const TextMeasure& measure_;
    std::vector<std::size_t> order_{};                                ///< names by key
    std::vector<std::vector<std::vector<std::string>>> wrappings_{};  ///< of each name in that order
    std::vector<std::vector<Place>> places_{};  ///< of each name in that order, cheapest first
    std::vector<std::size_t> chosen_{};
    std::vector<Box> reaches_{};  ///< of the chosen places, side by side; empty where a name has none
    std::uint32_t state_ = 20220630;
};

}  // namespace

std::vector<PlacedName> place_names(std::span<const PointName> names, const NameObstacles& obstacles,
                                    const TextMeasure& measure) {
    return Search(names, obstacles, measure).run();
}

void draw_name(Group& into, const PlacedName& name, const TextStyle& style, const Color& color) {
    if (!name.placed) {
        return;
    }
    if (name.has_leader) {
        add_line(into, name.leader_from.x, name.leader_from.y, name.leader_to.x, name.leader_to.y,
                 leader_stroke());
    }
    const double x = name.anchor == TextAnchor::start ? name.box.min_x
                     : name.anchor == TextAnchor::end ? name.box.max_x
                                                      : name.box.center().x;
    double y = name.box.min_y + style.size_pt * mm_per_pt * cap_height;
    for (const std::string& line : name.lines) {
        Text text{x, y, line, style, color, name.anchor, ink_white};
        into.children.push_back(node(std::move(text)));
        y += line_pitch_mm(style.size_pt);
    }
}

}  // namespace wardmap
