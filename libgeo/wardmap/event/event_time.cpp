#include "wardmap/event/event_time.hpp"

#include <array>
#include <cstddef>
#include <optional>

namespace wardmap {
namespace {

constexpr std::int32_t minutes_a_day = 24 * 60;
constexpr std::int32_t excel_day_of_1970 = 25569;
constexpr std::int32_t first_excel_day = 18264;  // 1 January 1950
constexpr std::int32_t last_excel_day = 73415;   // 31 December 2100

constexpr std::array<std::string_view, 12> month_names{"january",   "february", "march",    "april",
                                                       "may",       "june",     "july",     "august",
                                                       "september", "october",  "november", "december"};
constexpr std::array<std::string_view, 7> weekday_names{"monday", "tuesday",  "wednesday", "thursday",
                                                        "friday", "saturday", "sunday"};

constexpr bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}
constexpr char lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
constexpr bool is_letter(char c) noexcept {
    return lower(c) >= 'a' && lower(c) <= 'z';
}
constexpr bool is_blank(char c) noexcept {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

bool same_word(std::string_view word, std::string_view lower_case) noexcept {
    if (word.size() != lower_case.size()) return false;
    for (std::size_t i = 0; i < word.size(); ++i) {
        if (lower(word[i]) != lower_case[i]) return false;
    }
    return true;
}

/// 1 to 12; 0 if it is no month.
int month_named(std::string_view word) noexcept {
    for (std::size_t m = 0; m < month_names.size(); ++m) {
        if (same_word(word, month_names[m].substr(0, 3)) || same_word(word, month_names[m]))
            return static_cast<int>(m) + 1;
    }
    return same_word(word, "sept") ? 9 : 0;
}

/// Three letters or more of the name: Sun, Tues, Thurs, Weds too.
bool is_weekday(std::string_view word) noexcept {
    for (const std::string_view name : weekday_names) {
        if (word.size() >= 3 && word.size() <= name.size() && same_word(word, name.substr(0, word.size())))
            return true;
    }
    return same_word(word, "weds");
}

constexpr bool is_leap(int year) noexcept {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}
constexpr int days_in_month(int year, int month) noexcept {
    constexpr std::array<int, 12> days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[static_cast<std::size_t>(month - 1)];
}

ReadTime fault(DateFault fault) noexcept {
    return {{}, fault};
}

ReadTime month_of(int year, int month) noexcept {
    if (year < 1 || month < 1 || month > 12) return fault(DateFault::impossible);
    return {{day_number(year, month, 1), 0, TimePrecision::month}, DateFault::none};
}

ReadTime day_of(int year, int month, int day) noexcept {
    if (year < 1 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month))
        return fault(DateFault::impossible);
    return {{day_number(year, month, day), 0, TimePrecision::day}, DateFault::none};
}

struct Digits {
    std::int64_t value = 0;  ///< of at most 18 figures
    std::size_t count = 0;
};

/// What is left of a cell.
class Rest {
public:
    explicit Rest(std::string_view text) noexcept : text_(text) {}

    bool empty() const noexcept { return text_.empty(); }
    char front() const noexcept { return text_.empty() ? '\0' : text_.front(); }

    bool take(char c) noexcept {
        if (front() != c || empty()) return false;
        text_.remove_prefix(1);
        return true;
    }
    bool take_blanks() noexcept {
        const std::size_t before = text_.size();
        while (!text_.empty() && is_blank(text_.front())) text_.remove_prefix(1);
        return text_.size() != before;
    }
    Digits take_digits() noexcept {
        Digits out;
        while (out.count < text_.size() && out.count < 18 && is_digit(text_[out.count]))
            out.value = out.value * 10 + (text_[out.count++] - '0');
        text_.remove_prefix(out.count);
        return out;
    }
    std::string_view take_letters() noexcept {
        std::size_t n = 0;
        while (n < text_.size() && is_letter(text_[n])) ++n;
        const std::string_view word = text_.substr(0, n);
        text_.remove_prefix(n);
        return word;
    }
    /// One of / - . between the parts of a date; '\0' if there is none.
    char take_separator() noexcept {
        const char c = front();
        if (c != '/' && c != '-' && c != '.') return '\0';
        text_.remove_prefix(1);
        return c;
    }

private:
    std::string_view text_;
};

/// A year of two figures or four; nothing for any other number of them.
std::optional<int> year_of(Digits digits) noexcept {
    const int value = static_cast<int>(digits.value);
    if (digits.count == 4) return value;
    if (digits.count == 2) return value + (value < 70 ? 2000 : 1900);
    return std::nullopt;
}

constexpr bool is_day_or_month(Digits digits) noexcept {
    return digits.count == 1 || digits.count == 2;
}

/// Behind the year of 2014-01-05, 2014/1, 2014-Jan-05. A point makes no month: 2014.5 and 1.2014 are numbers.
ReadTime after_year(int year, Rest& rest) noexcept {
    const char separator = rest.take_separator();
    if (separator == '\0') return fault(DateFault::unreadable);
    int month = 0;
    if (is_letter(rest.front())) {
        month = month_named(rest.take_letters());
        if (month == 0) return fault(DateFault::unreadable);
    } else {
        const Digits digits = rest.take_digits();
        if (!is_day_or_month(digits)) return fault(DateFault::unreadable);
        month = static_cast<int>(digits.value);
    }
    if (rest.empty()) return separator == '.' ? fault(DateFault::unreadable) : month_of(year, month);
    if (!rest.take(separator)) return fault(DateFault::unreadable);
    const Digits day = rest.take_digits();
    if (!is_day_or_month(day)) return fault(DateFault::unreadable);
    return day_of(year, month, static_cast<int>(day.value));
}

/// Behind the day of 5-Jan-2014, 5 January 2014, 5th January 2014, 05JAN14.
ReadTime month_name_after_day(int day, Rest& rest) noexcept {
    std::string_view word = rest.take_letters();
    if (same_word(word, "st") || same_word(word, "nd") || same_word(word, "rd") || same_word(word, "th")) {
        rest.take_blanks();
        word = rest.take_letters();
    }
    const int month = month_named(word);
    if (month == 0) return fault(DateFault::unreadable);
    rest.take_separator();
    rest.take(',');
    rest.take_blanks();
    const auto year = year_of(rest.take_digits());
    return year ? day_of(*year, month, day) : fault(DateFault::unreadable);
}

/// Behind the first number of 05/01/2014, 5.1.14, 01/2014, 5-Jan-2014.
ReadTime after_short_number(int first, Rest& rest, DateOrder order) noexcept {
    const bool blanks = rest.take_blanks();
    const char separator = blanks ? '\0' : rest.take_separator();
    if (is_letter(rest.front())) return month_name_after_day(first, rest);
    if (separator == '\0') return fault(DateFault::unreadable);
    const Digits second = rest.take_digits();
    if (second.count == 4 && separator != '.') return month_of(static_cast<int>(second.value), first);
    if (!is_day_or_month(second) || !rest.take(separator)) return fault(DateFault::unreadable);
    const auto year = year_of(rest.take_digits());
    if (!year) return fault(DateFault::unreadable);
    const int other = static_cast<int>(second.value);
    return order == DateOrder::day_first ? day_of(*year, other, first) : day_of(*year, first, other);
}

/// Behind the month of Jan 2014, Jan-14, January 5, 2014.
ReadTime after_month_name(int month, Rest& rest) noexcept {
    rest.take_separator();
    rest.take_blanks();
    rest.take('\'');
    const Digits digits = rest.take_digits();
    if (is_day_or_month(digits) && !rest.empty()) {
        rest.take(',');
        rest.take_blanks();
        const Digits year = rest.take_digits();
        if (year.count != 4) return fault(DateFault::unreadable);
        return day_of(static_cast<int>(year.value), month, static_cast<int>(digits.value));
    }
    const auto year = year_of(digits);
    return year ? month_of(*year, month) : fault(DateFault::unreadable);
}

/// Excel keeps 17:00 as 0.7083333333: the second is rounded before the minute is cut.
ReadTime excel_time(std::int32_t serial, Rest& rest) noexcept {
    if (serial < first_excel_day || serial > last_excel_day) return fault(DateFault::unreadable);
    ReadTime out{{serial - excel_day_of_1970, 0, TimePrecision::day}, DateFault::none};
    if (!rest.take('.')) return out;
    const Digits digits = rest.take_digits();
    if (digits.count == 0 || !rest.empty()) return fault(DateFault::unreadable);
    if (digits.value == 0) return out;
    double scale = 1;
    for (std::size_t i = 0; i < digits.count; ++i) scale *= 10;
    const auto second = static_cast<std::int32_t>(static_cast<double>(digits.value) / scale * 86400 + 0.5);
    const std::int32_t minute = second / 60;
    out.time.day += minute / minutes_a_day;
    out.time.minute = static_cast<std::int16_t>(minute % minutes_a_day);
    out.time.precision = TimePrecision::minute;
    return out;
}

constexpr bool is_likely_year(int year) noexcept {
    return year >= 1900 && year <= 2199;
}

ReadTime parse_date(Rest& rest, DateOrder order) noexcept {
    if (is_letter(rest.front())) {
        std::string_view word = rest.take_letters();
        if (is_weekday(word)) {
            rest.take('.');
            rest.take(',');
            rest.take_blanks();
            word = rest.take_letters();
        }
        if (!word.empty()) {
            const int month = month_named(word);
            return month == 0 ? fault(DateFault::unreadable) : after_month_name(month, rest);
        }
    }
    const Digits digits = rest.take_digits();
    const auto number = static_cast<std::int32_t>(digits.count <= 9 ? digits.value : 0);
    switch (digits.count) {
        case 1:
        case 2:
            return after_short_number(number, rest, order);
        case 4:
            return after_year(number, rest);
        case 5:
            return excel_time(number, rest);
        case 6:
            if (!is_likely_year(number / 100)) break;
            return month_of(number / 100, number % 100);
        case 8:
            if (!is_likely_year(number / 10000)) break;
            return day_of(number / 10000, number / 100 % 100, number % 100);
        default:
            break;
    }
    return fault(DateFault::unreadable);
}

/// Minutes from 00:00 of the day, up to 24:00.
struct ReadClock {
    std::int32_t minute = 0;
    DateFault fault = DateFault::none;
};

enum class HalfDay : std::uint8_t { none, am, pm, no_such };

/// am, pm, a.m., p.m.; a zone's letters stay where they are.
HalfDay take_half_day(Rest& rest) noexcept {
    Rest ahead = rest;
    ahead.take_blanks();
    const char first = lower(ahead.front());
    if (first != 'a' && first != 'p') return HalfDay::none;
    ahead.take(ahead.front());
    const bool dotted = ahead.take('.');
    if (lower(ahead.front()) != 'm') return HalfDay::no_such;
    ahead.take(ahead.front());
    if (dotted) ahead.take('.');
    rest = ahead;
    return first == 'a' ? HalfDay::am : HalfDay::pm;
}

ReadClock parse_clock(Rest& rest) noexcept {
    const Digits digits = rest.take_digits();
    std::int64_t hour = digits.value;
    std::int64_t minute = 0;
    std::int64_t second = 0;
    bool only_hour = false;
    if (digits.count == 4 || digits.count == 6) {
        second = digits.count == 6 ? digits.value % 100 : 0;
        const std::int64_t clock = digits.count == 6 ? digits.value / 100 : digits.value;
        hour = clock / 100;
        minute = clock % 100;
    } else if (digits.count != 1 && digits.count != 2) {
        return {0, DateFault::unreadable};
    } else if (rest.take(':')) {
        const Digits minutes = rest.take_digits();
        if (minutes.count != 2) return {0, DateFault::unreadable};
        minute = minutes.value;
        if (rest.take(':')) {
            const Digits seconds = rest.take_digits();
            if (seconds.count != 2) return {0, DateFault::unreadable};
            second = seconds.value;
            if ((rest.take('.') || rest.take(',')) && rest.take_digits().count == 0)
                return {0, DateFault::unreadable};
        }
    } else {
        only_hour = true;  // 5pm
    }
    const HalfDay half = take_half_day(rest);
    if (half == HalfDay::no_such || (only_hour && half == HalfDay::none)) return {0, DateFault::unreadable};
    constexpr std::int64_t leap_second = 60;
    if (minute > 59 || second > leap_second) return {0, DateFault::impossible};
    if (half != HalfDay::none) {
        if (hour < 1 || hour > 12) return {0, DateFault::impossible};
        hour = hour % 12 + (half == HalfDay::pm ? 12 : 0);
    }
    if (hour > 24 || (hour == 24 && (minute > 0 || second > 0))) return {0, DateFault::impossible};
    return {static_cast<std::int32_t>(hour * 60 + minute), DateFault::none};
}

enum class ZoneKind : std::uint8_t { none, known, unreadable, impossible };
struct Zone {
    ZoneKind kind = ZoneKind::none;
    std::int32_t minutes_ahead = 0;  ///< of UTC
};

Zone parse_zone(Rest& rest) noexcept {
    rest.take_blanks();
    if (rest.empty()) return {};
    if (is_letter(rest.front())) {
        const std::string_view word = rest.take_letters();
        if (!rest.empty()) return {ZoneKind::unreadable, 0};
        if (same_word(word, "bst")) return {ZoneKind::known, 60};
        for (const std::string_view name : {"z", "utc", "gmt"}) {
            if (same_word(word, name)) return {ZoneKind::known, 0};
        }
        return {ZoneKind::unreadable, 0};
    }
    const bool behind = rest.take('-');
    if (!behind && !rest.take('+')) return {ZoneKind::unreadable, 0};
    const Digits first = rest.take_digits();
    std::int64_t hours = first.value;
    std::int64_t minutes = 0;
    if (first.count == 4) {
        hours = first.value / 100;
        minutes = first.value % 100;
    } else if (first.count != 2) {
        return {ZoneKind::unreadable, 0};
    } else if (rest.take(':')) {
        const Digits second = rest.take_digits();
        if (second.count != 2) return {ZoneKind::unreadable, 0};
        minutes = second.value;
    }
    if (!rest.empty()) return {ZoneKind::unreadable, 0};
    const auto offset = static_cast<std::int32_t>(hours * 60 + minutes);
    constexpr std::int32_t furthest = 14 * 60;  // Kiribati
    if (minutes > 59 || offset > furthest) return {ZoneKind::impossible, 0};
    return {ZoneKind::known, behind ? -offset : offset};
}

/// 01:00 UTC of the last Sunday of a month of 31 days, in minutes since 1970.
std::int64_t clock_change(int year, int month) noexcept {
    const std::int32_t last = day_number(year, month, 31);
    const std::int32_t sunday = last - (weekday_of(last) + 1) % 7;
    return std::int64_t{sunday} * minutes_a_day + 60;
}

/// Minutes since 1970 in UTC, as a British clock shows them.
std::int64_t british_clock(std::int64_t utc) noexcept {
    const std::int64_t day = utc >= 0 ? utc / minutes_a_day : -((-utc + minutes_a_day - 1) / minutes_a_day);
    const int year = calendar_day(static_cast<std::int32_t>(day)).year;
    return utc >= clock_change(year, 3) && utc < clock_change(year, 10) ? utc + 60 : utc;
}

/// Adds the time that follows a day, if one does.
ReadTime with_clock(ReadTime day, Rest& rest) noexcept {
    bool parted = rest.take_blanks();
    if (rest.take(',')) {
        parted = true;
        rest.take_blanks();
    } else if (!parted) {
        parted = rest.take('T') || rest.take('t');
    }
    if (!parted) return fault(DateFault::unreadable);
    const ReadClock clock = parse_clock(rest);
    if (clock.fault != DateFault::none) return fault(clock.fault);
    const Zone zone = parse_zone(rest);
    if (zone.kind == ZoneKind::unreadable) return fault(DateFault::unreadable);
    if (zone.kind == ZoneKind::impossible) return fault(DateFault::impossible);
    std::int64_t moment = std::int64_t{day.time.day} * minutes_a_day + clock.minute;
    if (zone.kind == ZoneKind::known) moment = british_clock(moment - zone.minutes_ahead);
    std::int64_t in_day = moment % minutes_a_day;
    if (in_day < 0) in_day += minutes_a_day;
    day.time.day = static_cast<std::int32_t>((moment - in_day) / minutes_a_day);
    day.time.minute = static_cast<std::int16_t>(in_day);
    day.time.precision = TimePrecision::minute;
    return day;
}

/// Two or four figures at `at`, which are known to be there; negative if any is none.
int two_figures(const char* at) noexcept {
    const unsigned tens = static_cast<unsigned char>(at[0]) - unsigned{'0'};
    const unsigned ones = static_cast<unsigned char>(at[1]) - unsigned{'0'};
    return tens <= 9 && ones <= 9 ? static_cast<int>(tens * 10 + ones) : -1;
}
int four_figures(const char* at) noexcept {
    const int high = two_figures(at);
    const int low = two_figures(at + 2);
    return high >= 0 && low >= 0 ? high * 100 + low : -1;
}

/// Every form. Kept out of the way of the two that are read first.
[[gnu::noinline]] ReadTime parse_any_form(std::string_view text, DateOrder order) noexcept {
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    if (text.empty()) return fault(DateFault::blank);
    Rest rest(text);
    const ReadTime date = parse_date(rest, order);
    if (date.fault != DateFault::none || rest.empty()) return date;
    if (date.time.precision != TimePrecision::day) return fault(DateFault::unreadable);
    return with_clock(date, rest);
}

}  // namespace

ReadTime parse_event_time(std::string_view text, DateOrder order) noexcept {
    // The two forms that come by the million.
    const char* const at = text.data();
    if ((text.size() == 7 || text.size() == 10) && at[4] == '-') {
        const int year = four_figures(at);
        const int month = two_figures(at + 5);
        if (year >= 0 && month >= 0) {
            if (text.size() == 7) return month_of(year, month);
            const int day = two_figures(at + 8);
            if (at[7] == '-' && day >= 0) return day_of(year, month, day);
        }
    }
    return parse_any_form(text, order);
}

// The calendar counts years from 1 March, so that the leap day is the last, and in eras of 400 years
// (146,097 days): Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", 2013.
std::int32_t day_number(int year, int month, int day) noexcept {
    const int shifted = year - (month <= 2 ? 1 : 0);
    const int era = (shifted >= 0 ? shifted : shifted - 399) / 400;
    const int year_of_era = shifted - era * 400;
    const int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

CalendarDay calendar_day(std::int32_t day) noexcept {
    const std::int32_t from_march = day + 719468;
    const int era = (from_march >= 0 ? from_march : from_march - 146096) / 146097;
    const int day_of_era = from_march - era * 146097;
    const int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int month_from_march = (5 * day_of_year + 2) / 153;
    CalendarDay out;
    out.day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    out.month = month_from_march + (month_from_march < 10 ? 3 : -9);
    out.year = year_of_era + era * 400 + (out.month <= 2 ? 1 : 0);
    return out;
}

int weekday_of(std::int32_t day) noexcept {
    constexpr std::int32_t thursday = 3;  // 1 January 1970
    const std::int32_t rest = (day % 7 + thursday) % 7;
    return static_cast<int>(rest < 0 ? rest + 7 : rest);
}

std::int32_t month_number(std::int32_t day) noexcept {
    const CalendarDay date = calendar_day(day);
    return date.year * 12 + date.month - 1;
}

}  // namespace wardmap
