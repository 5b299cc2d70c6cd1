#include "wardmap/base/problems.hpp"

#include <algorithm>

namespace wardmap {

std::string_view name_of(Severity severity) noexcept {
    switch (severity) {
        case Severity::note:
            return "note";
        case Severity::warning:
            return "warning";
        case Severity::problem:
            break;
    }
    return "problem";
}

void Problems::add(Severity severity, std::string_view code, std::string_view message, Where where,
                   std::string_view example, std::uint64_t count) {
    auto same = std::find_if(all_.begin(), all_.end(), [&](const Problem& p) {
        return p.code == code && p.message == message && p.where.file == where.file;
    });
    if (same == all_.end()) {
        all_.push_back({std::string(code), severity, std::string(message), std::move(where), 0, {}});
        same = std::prev(all_.end());
    }
    same->count += count;
    if (!example.empty() && same->examples.size() < most_examples) {
        same->examples.emplace_back(example);
    }
}

void Problems::merge(const Problems& other) {
    for (const Problem& p : other.all_) {
        add(p.severity, p.code, p.message, p.where, {}, p.count);
        auto& mine = *std::find_if(all_.begin(), all_.end(), [&](const Problem& q) {
            return q.code == p.code && q.message == p.message && q.where.file == p.where.file;
        });
        for (const std::string& example : p.examples) {
            if (mine.examples.size() < most_examples) mine.examples.push_back(example);
        }
    }
}

Problems Problems::beyond(const Problems& known) const {
    Problems out;
    for (const Problem& p : all_) {
        const bool said = std::any_of(known.all_.begin(), known.all_.end(), [&](const Problem& q) {
            return q.code == p.code && q.message == p.message && q.where.file == p.where.file;
        });
        if (!said) out.all_.push_back(p);
    }
    return out;
}

bool Problems::serious() const noexcept {
    return std::any_of(all_.begin(), all_.end(),
                       [](const Problem& p) { return p.severity != Severity::note; });
}

std::uint64_t Problems::count(std::string_view code) const noexcept {
    std::uint64_t sum = 0;
    for (const Problem& p : all_) {
        if (p.code == code) sum += p.count;
    }
    return sum;
}

}  // namespace wardmap
