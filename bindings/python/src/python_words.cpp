#include "python_words.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>
#include <vector>

namespace wardmap {
namespace {

struct Renamed {
    std::string_view flag;
    std::string_view keyword;
};

/// Options that are called otherwise in Python, or that are switches.
constexpr std::array renamed{
    Renamed{"overwrite", "overwrite=True"},
    Renamed{"from", "before"},
    Renamed{"to", "after"},
    Renamed{"period-from", "period_before"},
    Renamed{"period-to", "period_after"},
    Renamed{"area-code", "code"},
    Renamed{"area-name", "name"},
    Renamed{"area-layer", "layer"},
    Renamed{"area-where", "where"},
    Renamed{"area-crs", "crs"},
    Renamed{"no-title", "show_title=False"},
    Renamed{"add-rows", "add_rows=True"},
    Renamed{"label-file", "label_positions"},
};

/// What is done otherwise in Python: a frame is filtered before it is given.
constexpr std::array phrases{
    Renamed{"pick the rows with --where COLUMN=VALUE, or make one map a value with --by COLUMN",
            "filter the table first, or draw a small map for each value with facets='COLUMN'"},
    Renamed{"pick rows with --where COLUMN=VALUE, or write a file for each",
            "filter the table first, or draw a figure for each"},
    Renamed{"choose one: --where ", "filter the table to one of them first, such as "},
    Renamed{"keep one of them, or choose with --population-where", "filter it to one of them first"},
    Renamed{"--share, --population-column; ", "--share, --population; "},
    Renamed{"write one with --data-out FILE.json beside the picture",
            "'wardmap map --data-out FILE.json' writes one beside the picture"},
    Renamed{"the JSON that --data-out writes beside a picture",
            "the JSON that 'wardmap map --data-out' writes beside a picture"},
    Renamed{"write one with --data-out and edit its box_mm",
            "edit the box of those in .labels of such a figure"},
};

/// Commands that the package has, and what it calls them.
constexpr std::array calls{
    Renamed{"count", "count"},         Renamed{"locate", "locate"}, Renamed{"indicators", "indicators"},
    Renamed{"impact", "impact_areas"}, Renamed{"audit", "audit"},   Renamed{"report", "report"},
};

constexpr std::string_view small_letters = "abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view end_of_word = " ,;()";

std::string keyword_of(std::string_view flag) {
    for (const Renamed& one : renamed) {
        if (one.flag == flag) return std::string(one.keyword);
    }
    std::string out(flag);
    std::replace(out.begin(), out.end(), '-', '_');
    return out;
}

/// Words that go on with the sentence behind an option that is named without a value.
bool goes_on(std::string_view word) {
    constexpr std::array words{"and",    "or",     "with", "to",   "as",     "out", "takes",
                               "beside", "writes", "is",   "for",  "says",   "the", "does",
                               "where",  "of",     "in",   "that", "chooses"};
    return word.empty() || std::find(words.begin(), words.end(), word) != words.end();
}

bool is_number(std::string_view word) {
    return !word.empty() && word.find_first_not_of("0123456789.") == std::string_view::npos;
}

/// FILE, TABLE and AREAS stand for values of every kind; COLUMN, NAME and the like for texts.
bool stands_for_a_value(std::string_view word) {
    constexpr std::array words{"AREAS", "EVENTS", "FILE", "TABLE", "N", "..."};
    return std::find(words.begin(), words.end(), word) != words.end();
}

std::string quoted(std::string_view text) {
    const char mark = text.find('\'') == std::string_view::npos ? '\'' : '"';
    return mark + std::string(text) + mark;
}

std::string value_of(std::string_view keyword, std::string_view word) {
    const std::size_t equals = word.find('=');
    if (keyword == "where" && equals != std::string_view::npos)
        return "{" + quoted(word.substr(0, equals)) + ": " + quoted(word.substr(equals + 1)) + "}";
    return is_number(word) || stands_for_a_value(word) ? std::string(word) : quoted(word);
}

class Reader {
public:
    explicit Reader(std::string_view text) : text_(text) {}

    std::string read() {
        std::string out;
        while (at_ < text_.size()) {
            if (is_flag()) {
                out += option();
            } else if (!call(out)) {
                out += text_[at_++];
            }
        }
        return out;
    }

private:
    bool starts_with(std::string_view start) const { return text_.substr(at_).starts_with(start); }

    /// Behind a blank, a bracket or a quotation mark: "--" in a text of the user's is none.
    bool is_flag() const {
        if (!starts_with("--") || at_ + 2 >= text_.size() ||
            small_letters.find(text_[at_ + 2]) == std::string_view::npos)
            return false;
        return at_ == 0 || std::string_view(" ('").find(text_[at_ - 1]) != std::string_view::npos;
    }

    std::string_view word(std::size_t from) const {
        std::string_view out =
            text_.substr(from, std::min(text_.find_first_of(end_of_word, from), text_.size()) - from);
        while (out.ends_with(':') || out.ends_with('?')) out.remove_suffix(1);
        return out;
    }

    /// `--name`, `--name VALUE`, `--name 'a value'`.
    std::string option() {
        const std::size_t start = at_ + 2;
        const std::size_t end =
            std::min(text_.find_first_not_of("abcdefghijklmnopqrstuvwxyz-", start), text_.size());
        const std::string keyword = keyword_of(text_.substr(start, end - start));
        at_ = end;
        if (keyword.find('=') != std::string::npos) return keyword;
        if (at_ >= text_.size() || text_[at_] != ' ') return keyword + "=";
        if (at_ + 1 < text_.size() && text_[at_ + 1] == '\'') {
            const std::size_t close = text_.find('\'', at_ + 2);
            if (close == std::string_view::npos) return keyword + "=";
            const std::string_view value = text_.substr(at_ + 2, close - at_ - 2);
            at_ = close + 1;
            return keyword + "=" + value_of(keyword, value);
        }
        const std::string_view value = word(at_ + 1);
        if (value.starts_with("--") || goes_on(value)) return keyword + "=";
        at_ += 1 + value.size();
        return keyword + "=" + value_of(keyword, value);
    }

    /// `'wardmap count'`, or `wardmap count EVENTS --date COLUMN -o FILE` to the end of the sentence. Whole
    /// lines of the command in quotation marks stay: they are of that tool.
    bool call(std::string& out) {
        const bool is_quoted = starts_with("'wardmap ");
        if (!is_quoted && !starts_with("wardmap ")) return false;
        const std::size_t start = at_ + (is_quoted ? 9 : 8);
        const std::size_t end = std::min(text_.find_first_not_of(small_letters, start), text_.size());
        const auto* const found = std::find_if(calls.begin(), calls.end(), [&](const Renamed& one) {
            return one.flag == text_.substr(start, end - start);
        });
        const bool is_call = found != calls.end();
        if (is_quoted) {
            const std::size_t close = text_.find('\'', end);
            if (close == std::string_view::npos) return false;
            if (is_call && close == end)
                out += "wardmap." + std::string(found->keyword) + "()";
            else
                out += text_.substr(at_, close + 1 - at_);
            at_ = close + 1;
            return true;
        }
        if (!is_call) return false;
        at_ = end;
        std::vector<std::string> arguments;
        while (at_ < text_.size() && text_[at_] == ' ') {
            ++at_;
            if (is_flag()) {
                arguments.push_back(option());
                continue;
            }
            const std::string_view argument = word(at_);
            if (argument.empty() || argument.starts_with('(')) {
                --at_;
                break;
            }
            at_ += argument.size();
            if (argument == "-o") {
                at_ += 1 + word(at_ + 1).size();
                continue;
            }
            arguments.emplace_back(argument);
        }
        out += "wardmap." + std::string(found->keyword) + "(";
        for (std::size_t i = 0; i < arguments.size(); ++i) out += (i == 0 ? "" : ", ") + arguments[i];
        out += ")";
        return true;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

}  // namespace

std::string in_python_words(std::string_view text) {
    std::string out(text);
    for (const Renamed& phrase : phrases) {
        for (std::size_t at = out.find(phrase.flag); at != std::string::npos;
             at = out.find(phrase.flag, at)) {
            out.replace(at, phrase.flag.size(), phrase.keyword);
            at += phrase.keyword.size();
        }
    }
    return Reader(out).read();
}

}  // namespace wardmap
