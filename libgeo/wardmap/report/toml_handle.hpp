/// \file
/// Our TOML files, read key by key: what is wrong is said with file and line, and no key goes unread.
#pragma once

#include "wardmap/base/error.hpp"
#include "wardmap/base/suggest.hpp"

#include <toml++/toml.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wardmap {

/// \throws InputError naming the line
inline toml::table parse_toml(std::string_view text, const std::filesystem::path& path) {
    try {
        return toml::parse(text, path.string());
    } catch (const toml::parse_error& error) {
        throw InputError("this is no TOML: " + std::string(error.description()),
                         {.file = path.string(), .row = error.source().begin.line});
    }
}

inline std::size_t line_of(const toml::node& node) {
    return node.source().begin.line;
}

/// One table of the file, read key by key; what was not asked for at the end is an unknown key.
class TomlEntry {
public:
    TomlEntry(const toml::table& table, std::string name, const std::filesystem::path& file)
        : table_(&table), name_(std::move(name)), file_(file) {}

    const std::string& name() const { return name_; }
    std::size_t line() const { return line_of(*table_); }
    const std::filesystem::path& file() const { return file_; }
    Where where(const toml::node* node = nullptr) const {
        return {.file = file_.string(), .row = node != nullptr ? line_of(*node) : line()};
    }
    /// Line of the key, where it is there.
    Where where_of(std::string_view key) const { return where(table_->get(key)); }

    bool has(std::string_view key) { return find(key) != nullptr; }
    std::string text(std::string_view key, const std::string& otherwise = {}) {
        const toml::node* node = find(key);
        if (node == nullptr) return otherwise;
        if (const auto value = node->value_exact<std::string>()) return *value;
        throw wrong(key, *node, "a text in quotes");
    }
    std::string needed_text(std::string_view key) {
        const toml::node* node = find(key);
        if (node == nullptr) throw missing(key);
        std::string value = text(key);
        if (value.empty())
            throw InputError(quoted(key) + " of " + name_ + " is empty", where(node), "fill it in");
        return value;
    }
    double number(std::string_view key, double otherwise) {
        const toml::node* node = find(key);
        if (node == nullptr) return otherwise;
        if (const auto value = node->value<double>(); value && node->is_number()) return *value;
        throw wrong(key, *node, "a number");
    }
    std::optional<std::size_t> positive(std::string_view key) {
        const toml::node* node = find(key);
        if (node == nullptr) return {};
        const auto value = node->value_exact<std::int64_t>();
        if (!value || *value < 1) throw wrong(key, *node, "a whole number from 1 upwards");
        return static_cast<std::size_t>(*value);
    }
    bool flag(std::string_view key, bool otherwise) {
        const toml::node* node = find(key);
        if (node == nullptr) return otherwise;
        if (const auto value = node->value_exact<bool>()) return *value;
        throw wrong(key, *node, "true or false");
    }
    std::vector<double> numbers(std::string_view key) {
        const toml::node* node = find(key);
        if (node == nullptr) return {};
        const toml::array* list = node->as_array();
        if (list == nullptr) throw wrong(key, *node, "a list of numbers");
        std::vector<double> out;
        for (const toml::node& item : *list) {
            const auto value = item.value<double>();
            if (!value || !item.is_number()) throw wrong(key, item, "a list of numbers");
            out.push_back(*value);
        }
        return out;
    }
    /// One text stands for a list of one.
    std::vector<std::string> texts(std::string_view key) {
        const toml::node* node = find(key);
        if (node == nullptr) return {};
        if (const auto one = node->value_exact<std::string>()) return {*one};
        const toml::array* list = node->as_array();
        if (list == nullptr) throw wrong(key, *node, "a list of texts");
        std::vector<std::string> out;
        for (const toml::node& item : *list) {
            const auto value = item.value_exact<std::string>();
            if (!value) throw wrong(key, item, "a list of texts");
            out.push_back(*value);
        }
        return out;
    }
    /// `where = { marker = "alcohol", year = 2022 }`
    std::vector<std::pair<std::string, std::string>> pairs(std::string_view key) {
        const toml::node* node = find(key);
        if (node == nullptr) return {};
        const toml::table* inner = node->as_table();
        if (inner == nullptr) throw wrong(key, *node, "a table such as { marker = \"alcohol\" }");
        std::vector<std::pair<std::string, std::string>> out;
        for (const auto& [name, value] : *inner) {
            if (const auto text = value.value_exact<std::string>()) {
                out.emplace_back(std::string(name.str()), *text);
            } else if (const auto whole = value.value_exact<std::int64_t>()) {
                out.emplace_back(std::string(name.str()), std::to_string(*whole));
            } else {
                throw wrong(key, value, "texts or whole numbers");
            }
        }
        return out;
    }
    /// A table inside this one, or an array of tables.
    std::vector<TomlEntry> entries(std::string_view key, const std::string& shown) {
        const toml::node* node = find(key);
        if (node == nullptr) return {};
        std::vector<TomlEntry> out;
        if (const toml::table* one = node->as_table()) {
            out.emplace_back(*one, shown, file_);
        } else if (const toml::array* list = node->as_array()) {
            for (const toml::node& item : *list) {
                const toml::table* table = item.as_table();
                if (table == nullptr) throw wrong(key, item, "a list of tables");
                out.emplace_back(*table, shown, file_);
            }
        } else {
            throw wrong(key, *node, "a table");
        }
        return out;
    }
    /// A key that may be meant is named with its line.
    InputError missing(std::string_view key) const {
        std::vector<std::string> others;
        for (const auto& [other, value] : *table_) {
            if (asked_.count(std::string(other.str())) == 0) others.emplace_back(other.str());
        }
        const std::string what = name_ + " has no " + quoted(key);
        if (const std::vector<std::string> near = nearest_names(key, others, 1); !near.empty())
            return InputError(what, where_of(near.front()),
                              quoted(near.front()) + " stands here: is that meant?");
        return InputError(what, where(),
                          key == "report" ? "begin the file with [report], and title and areas below it"
                                          : "add it: " + std::string(key) + " = ...");
    }
    /// \throws NameUnknown for the first key nobody asked for.
    void finish() const {
        for (const auto& [key, value] : *table_) {
            const std::string name(key.str());
            if (asked_.count(name) != 0) continue;
            const std::vector<std::string> known(asked_.begin(), asked_.end());
            throw NameUnknown("'" + name + "' is no key of " + name_,
                              {.file = file_.string(), .row = key.source().begin.line},
                              did_you_mean(name, known));
        }
    }

private:
    const toml::node* find(std::string_view key) {
        asked_.insert(std::string(key));
        return table_->get(key);
    }
    static std::string quoted(std::string_view key) { return "'" + std::string(key) + "'"; }
    InputError wrong(std::string_view key, const toml::node& node, const std::string& wanted) const {
        return InputError(quoted(key) + " of " + name_ + " should be " + wanted, where(&node));
    }

    const toml::table* table_;
    std::string name_;
    std::filesystem::path file_;
    std::set<std::string> asked_{};
};

}  // namespace wardmap
