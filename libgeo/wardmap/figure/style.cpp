#include "wardmap/figure/style.hpp"

namespace wardmap {

TypeSizes type_sizes(Theme theme) {
    switch (theme) {
        case Theme::large:
            return {15, 12, 12, 12, 12, 12, 12, 12};
        case Theme::slide:
            return {24, 18, 18, 16, 14, 14, 14, 14};
        case Theme::report:
        case Theme::mono:
            break;
    }
    return {};
}

MarkColors mark_colors(Theme theme) {
    if (theme != Theme::mono) {
        return {};
    }
    return {{0x59, 0x59, 0x59, 1}, {0x1a, 0x1a, 0x1a, 1}, {0x94, 0x94, 0x94, 1}, {0x33, 0x33, 0x33, 1}};
}

SlotSize slot_size(Slot slot) {
    switch (slot) {
        case Slot::full:
            break;
        case Slot::half:
            return {77, 60, 115};
        case Slot::page:
            return {159, 230, 230};
        case Slot::landscape:
            return {246, 150, 150};
        case Slot::slide:
            return {300, 150, 150};
        case Slot::govuk:
            return {254, 640 * 25.4 / 96, 640 * 25.4 / 96};  // 960 x 640 px at 96 a inch
    }
    return {159, 105, 200};
}

}  // namespace wardmap
