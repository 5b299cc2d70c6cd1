#include "convert.hpp"

#include "python_words.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>

namespace wardmap {

py::array array_of(std::span<const double> numbers) {
    py::array_t<double> out(static_cast<py::ssize_t>(numbers.size()));
    std::copy(numbers.begin(), numbers.end(), out.mutable_data());
    return out;
}

bool holds_whole_numbers(std::string_view column_name) {
    constexpr std::array names{"count", "count_before", "count_after", "change",      "population", "rank",
                               "n",     "areas",        "people",      "small_areas", "total"};
    return std::any_of(names.begin(), names.end(), [&](const char* name) { return column_name == name; });
}

py::array whole_or_real(std::span<const double> numbers) {
    const bool whole = std::all_of(numbers.begin(), numbers.end(),
                                   [](double n) { return n == std::trunc(n) && std::abs(n) < 9e15; });
    if (!whole) return array_of(numbers);
    py::array_t<std::int64_t> out(static_cast<py::ssize_t>(numbers.size()));
    std::transform(numbers.begin(), numbers.end(), out.mutable_data(),
                   [](double n) { return static_cast<std::int64_t>(n); });
    return out;
}

namespace {

/// An object array; the first so many different texts are one object each, however often they come.
py::array objects_of(std::span<const std::string> texts) {
    constexpr std::size_t most_shared = 1U << 12U;
    py::array out(py::dtype("O"), static_cast<py::ssize_t>(texts.size()));
    auto* const cells = static_cast<PyObject**>(out.mutable_data());
    std::unordered_map<std::string_view, py::object> shared;
    const std::string* last = nullptr;
    py::object object = py::none();
    for (std::size_t row = 0; row < texts.size(); ++row) {
        const std::string& text = texts[row];
        if (last == nullptr || text != *last) {
            const auto known = shared.find(text);
            if (known != shared.end()) {
                object = known->second;
            } else {
                object = text.empty() ? py::object(py::none()) : py::object(py::str(text));
                if (shared.size() < most_shared) shared.emplace(text, object);
            }
            last = &text;
        }
        Py_XSETREF(cells[row], py::object(object).release().ptr());
    }
    return out;
}

}  // namespace

py::array array_of(const Column& column) {
    if (column.is_text()) return objects_of(column.texts());
    const auto numbers = column.numbers();
    return holds_whole_numbers(column.name()) ? whole_or_real(numbers) : array_of(numbers);
}

namespace {

/// One visit of every part of the metadata, for both directions.
template <typename Meta, typename Visit>
void visit_meta(Meta& meta, Visit&& visit) {
    visit("title", meta.title);
    visit("measure", meta.measure);
    visit("unit", meta.unit);
    visit("period_before", meta.period_before);
    visit("period_after", meta.period_after);
    visit("per", meta.per);
    visit("denominator", meta.denominator);
    visit("denominator_year", meta.denominator_year);
    visit("whole", meta.whole);
    visit("area_noun", meta.area_noun);
    visit("cuts", meta.cuts);
    visit("cut_rate", meta.cut_rate);
    visit("cut_change_pct", meta.cut_change_pct);
    visit("level", meta.level);
    visit("small_numbers", meta.small_numbers);
    visit("source", meta.source);
    visit("attribution", meta.attribution);
    visit("method", meta.method);
    visit("notes", meta.notes);
}

bool known(const std::string& text) {
    return !text.empty();
}
bool known(double number) {
    return number != 0;
}
bool known(const std::optional<double>& number) {
    return number.has_value();
}
bool known(const std::vector<std::string>& lines) {
    return !lines.empty();
}

}  // namespace

py::dict dict_of(const TableMeta& meta) {
    py::dict out;
    visit_meta(meta, [&](const char* key, const auto& value) {
        if (known(value)) out[key] = value;
    });
    return out;
}

TableMeta meta_of(const py::dict& dict) {
    TableMeta meta;
    visit_meta(meta, [&](const char* key, auto& value) {
        if (dict.contains(key)) value = dict[key].cast<std::decay_t<decltype(value)>>();
    });
    return meta;
}

py::list list_of(const Problems& problems) {
    py::list out;
    for (const Problem& p : problems.all()) {
        const std::string message = in_python_words(p.message);
        Where place = p.where;
        if (message.starts_with("column " + place.column + " ")) place.column.clear();  // said already
        const std::string where = place.text();
        out.append(py::make_tuple(p.code, std::string(name_of(p.severity)),
                                  where.empty() ? message : where + ": " + message, p.count, p.examples));
    }
    return out;
}

}  // namespace wardmap
