#include "wardmap/report/text_page.hpp"

#include "wardmap/base/letter_case.hpp"
#include "wardmap/figure/text_block.hpp"
#include "wardmap/report/project.hpp"
#include "wardmap/table/cell_text.hpp"

#include <md4c.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <exception>
#include <functional>
#include <optional>
#include <utility>

namespace wardmap {
namespace {

// Non-characters of Unicode, which no text holds: a reference stands between them as its number while the
// Markdown is read, so that nothing in a name or value is taken as a mark.
constexpr std::string_view place_begins = "\xEF\xB7\x90";  // U+FDD0
constexpr std::string_view place_ends = "\xEF\xB7\x91";    // U+FDD1
constexpr std::string_view replacement = "\xEF\xBF\xBD";   // U+FFFD

constexpr std::string_view caption_begins = "Table:";

/// `{...}` of the text, in order.
struct Place {
    std::string written{};  ///< with its braces
    std::size_t line = 0;
    bool whole = false;  ///< a closing brace stands on the same line
};

/// The text with places for its references.
struct Prepared {
    std::string text{};
    std::vector<Place> places{};
};

Prepared prepare(std::string_view markdown) {
    Prepared out;
    std::size_t line = 1;
    std::size_t strokes = 0;  // backslashes just before
    for (std::size_t i = 0; i < markdown.size(); ++i) {
        const char c = markdown[i];
        if (c == '\n') ++line;
        if (const std::string_view here = markdown.substr(i, place_begins.size());
            here == place_begins || here == place_ends) {
            out.text += replacement;
            i += place_begins.size() - 1;
            strokes = 0;
            continue;
        }
        if (c == '{' && strokes % 2 == 0) {
            const std::size_t end = markdown.find_first_of("}\n", i);
            const bool whole = end != std::string_view::npos && markdown[end] == '}';
            const std::size_t last = whole ? end : i;
            out.text +=
                std::string(place_begins) + std::to_string(out.places.size()) + std::string(place_ends);
            out.places.push_back({std::string(markdown.substr(i, last - i + 1)), line, whole});
            i = last;
            strokes = 0;
            continue;
        }
        strokes = c == '\\' ? strokes + 1 : 0;
        out.text += c;
    }
    return out;
}

/// UTF-8 of a character; U+FFFD for what is none.
std::string utf8(std::uint32_t code) {
    if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return std::string(replacement);
    std::string out;
    const auto tail = [&](unsigned shift) { out += static_cast<char>(0x80U | ((code >> shift) & 0x3FU)); };
    if (code < 0x80) {
        out += static_cast<char>(code);
    } else if (code < 0x800) {
        out += static_cast<char>(0xC0U | (code >> 6U));
        tail(0);
    } else if (code < 0x10000) {
        out += static_cast<char>(0xE0U | (code >> 12U));
        tail(6);
        tail(0);
    } else {
        out += static_cast<char>(0xF0U | (code >> 18U));
        tail(12);
        tail(6);
        tail(0);
    }
    return out;
}

/// Those that are written in running text; numbers (`&#8211;`) are all read.
constexpr std::array<std::pair<std::string_view, std::string_view>, 16> entities{{
    {"amp", "&"},
    {"lt", "<"},
    {"gt", ">"},
    {"quot", "\""},
    {"apos", "'"},
    {"nbsp", "\u00a0"},
    {"ndash", "–"},
    {"mdash", "—"},
    {"hellip", "…"},
    {"pound", "£"},
    {"euro", "€"},
    {"copy", "©"},
    {"minus", "\u2212"},
    {"times", "×"},
    {"deg", "°"},
    {"middot", "·"},
}};

std::optional<std::string> entity_text(std::string_view entity) {
    const std::string_view name = entity.substr(1, entity.size() - 2);
    if (!name.empty() && name.front() == '#') {
        const bool is_hex = name.size() > 1 && (name[1] == 'x' || name[1] == 'X');
        std::uint32_t code = 0;
        for (const char c : name.substr(is_hex ? 2 : 1)) {
            const char low = lower_ascii(std::string(1, c)).front();
            const auto digit = static_cast<std::uint32_t>(low <= '9' ? low - '0' : low - 'a' + 10);
            code = std::min<std::uint32_t>(code * (is_hex ? 16U : 10U) + digit, 0x110000);
        }
        return utf8(code);
    }
    for (const auto& [known, text] : entities) {
        if (known == name) return std::string(text);
    }
    return {};
}

/// Without comments, which are the writer's own.
std::string without_comments(std::string_view html) {
    std::string out;
    while (!html.empty()) {
        const std::size_t begins = html.find("<!--");
        out += html.substr(0, begins);
        if (begins == std::string_view::npos) break;
        const std::size_t ends = html.find("-->", begins + 4);
        if (ends == std::string_view::npos) break;
        html.remove_prefix(ends + 3);
    }
    return out;
}

std::string plain(const std::vector<TextRun>& runs) {
    std::string out;
    for (const TextRun& run : runs) out += run.text;
    return out;
}

class PageReader {
public:
    PageReader(std::string_view markdown, const TextPageOptions& options, const TableValues& values)
        : options_(options), values_(values), source_(prepare(markdown)) {}

    TextPage take() {
        MD_PARSER parser{};
        parser.flags = MD_FLAG_TABLES | MD_FLAG_PERMISSIVEURLAUTOLINKS | MD_FLAG_NOINDENTEDCODEBLOCKS;
        parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* self) {
            return guarded(self, [&](PageReader& reader) { reader.enter(type, detail); });
        };
        parser.leave_block = [](MD_BLOCKTYPE type, void*, void* self) {
            return guarded(self, [&](PageReader& reader) { reader.leave(type); });
        };
        parser.enter_span = [](MD_SPANTYPE type, void* detail, void* self) {
            return guarded(self, [&](PageReader& reader) { reader.enter(type, detail); });
        };
        parser.leave_span = [](MD_SPANTYPE type, void*, void* self) {
            return guarded(self, [&](PageReader& reader) { reader.leave(type); });
        };
        parser.text = [](MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* self) {
            return guarded(self, [&](PageReader& reader) { reader.text(type, {text, size}); });
        };
        const int stopped =
            md_parse(source_.text.data(), static_cast<MD_SIZE>(source_.text.size()), &parser, this);
        if (failed_) std::rethrow_exception(failed_);
        if (stopped != 0) throw InputError("the Markdown could not be read", where(line_));
        close_page();
        return std::move(out_);
    }

private:
    /// No exception may pass through a C library: it waits, and the reading stops.
    template <class Work>
    static int guarded(void* self, Work&& work) {
        PageReader& reader = *static_cast<PageReader*>(self);
        try {
            work(reader);
            return 0;
        } catch (...) {
            reader.failed_ = std::current_exception();
            return 1;
        }
    }

    Where where(std::size_t line) const { return {.file = options_.file.string(), .row = line}; }

    /// The line of the last text that is a part of the source; Markdown's own texts lie elsewhere.
    void note_line(std::string_view text) {
        const std::less<> before;
        const char* const begin = source_.text.data();
        const char* const end = begin + source_.text.size();
        if (text.empty() || before(text.data(), begin) || !before(text.data(), end)) return;
        for (; before(counted_to_, text.data()); ++counted_to_) line_ += *counted_to_ == '\n';
    }

    // -- blocks

    void enter(MD_BLOCKTYPE type, void* detail) {
        switch (type) {
            case MD_BLOCK_H:
                end_list();
                heading_level_ = static_cast<int>(static_cast<MD_BLOCK_H_DETAIL*>(detail)->level);
                break;
            case MD_BLOCK_UL:
                lists_.push_back({});
                break;
            case MD_BLOCK_OL:
                lists_.push_back({static_cast<MD_BLOCK_OL_DETAIL*>(detail)->start});
                break;
            case MD_BLOCK_LI:
                finish_item();
                begin_item();
                break;
            case MD_BLOCK_P:
            case MD_BLOCK_CODE:
            case MD_BLOCK_QUOTE:
                if (item_ && !runs_.empty()) runs_.push_back({"\n"});
                break;
            case MD_BLOCK_TABLE:
                end_list();
                begin_table();
                break;
            case MD_BLOCK_TR:
                cells_.clear();
                break;
            case MD_BLOCK_TH:
            case MD_BLOCK_TD:
                runs_.clear();
                if (type == MD_BLOCK_TH) {
                    const MD_ALIGN align = static_cast<MD_BLOCK_TD_DETAIL*>(detail)->align;
                    table_.columns.push_back({.is_number = align == MD_ALIGN_RIGHT});
                }
                break;
            default:
                break;
        }
    }

    void leave(MD_BLOCKTYPE type) {
        switch (type) {
            case MD_BLOCK_H:
                finish_heading();
                break;
            case MD_BLOCK_P:
            case MD_BLOCK_CODE:
                if (!item_) finish_paragraph();
                break;
            case MD_BLOCK_HTML:
                finish_html();
                if (!item_) finish_paragraph();
                break;
            case MD_BLOCK_LI:
                finish_item();
                break;
            case MD_BLOCK_UL:
            case MD_BLOCK_OL:
                lists_.pop_back();
                if (lists_.empty()) finish_list();
                break;
            case MD_BLOCK_TH:
                table_.columns.back().heading = typographic(plain(finished_runs()));
                break;
            case MD_BLOCK_TD:
                cells_.push_back({.text = typographic(plain(finished_runs()))});
                break;
            case MD_BLOCK_TR:
                if (!cells_.empty()) table_.rows.push_back(std::move(cells_));
                cells_.clear();
                break;
            case MD_BLOCK_TABLE:
                finish_table();
                break;
            default:
                break;
        }
    }

    std::vector<TextRun> finished_runs() {
        finish_html();
        std::vector<TextRun> out;
        for (TextRun& run : runs_) {
            const bool same = !out.empty() && out.back().strong == run.strong &&
                              out.back().emphasised == run.emphasised && out.back().target == run.target;
            if (same)
                out.back().text += run.text;
            else
                out.push_back(std::move(run));
        }
        runs_.clear();
        std::erase_if(out, [](const TextRun& run) { return run.text.empty(); });
        while (!out.empty() && out.back().text.back() == '\n') {
            out.back().text.pop_back();
            if (out.back().text.empty()) out.pop_back();
        }
        for (TextRun& run : out) run.text = typographic(run.text);
        return out;
    }

    Section& current() {
        if (out_.sections.empty()) {
            Section first;
            first.id = options_.id;
            first.level = options_.level;
            first.heading = first.short_name = typographic(options_.title);
            out_.sections.push_back(std::move(first));
        }
        return out_.sections.back();
    }

    void finish_heading() {
        const std::string words = plain(finished_runs());
        Section one;
        const bool is_title = out_.sections.empty() && heading_level_ == 1;
        if (!is_title) static_cast<void>(current());
        const int deepest = out_.sections.empty() ? options_.level : out_.sections.back().level + 1;
        one.level = std::clamp(options_.level + heading_level_ - 1, 1, std::min(3, deepest));
        one.heading = words;
        one.id = is_title ? options_.id : free_id(options_.id + "-" + id_from(words));
        if (one.level == options_.level) one.short_name = words;
        out_.sections.push_back(std::move(one));
        heading_level_ = 0;
    }

    std::string free_id(const std::string& wanted) const {
        std::string id = wanted;
        const auto taken = [&] {
            return std::any_of(out_.sections.begin(), out_.sections.end(),
                               [&](const Section& one) { return one.id == id; });
        };
        for (int n = 2; taken(); ++n) id = wanted + "-" + std::to_string(n);
        return id;
    }

    void finish_paragraph() {
        std::vector<TextRun> runs = finished_runs();
        if (runs.empty()) return;
        if (!list_.items.empty()) {  // behind a list within an item
            std::vector<TextRun>& last = list_.items.back().runs;
            last.push_back({"\n"});
            last.insert(last.end(), runs.begin(), runs.end());
            return;
        }
        current().blocks.push_back({RichParagraph{std::move(runs)}});
    }

    // -- lists

    /// What cannot stand in an item ends the list.
    void end_list() {
        finish_item();
        finish_list();
    }

    struct OpenList {
        std::optional<std::size_t> next{};  ///< number of its next item
    };

    void begin_item() {
        item_ = ListItem{};
        item_->depth = lists_.size();
        std::optional<std::size_t>& next = lists_.back().next;
        item_->number = next;
        if (next) ++*next;
    }

    /// An item ends where a list within it begins.
    void finish_item() {
        if (!item_) return;
        item_->runs = finished_runs();
        if (!item_->runs.empty()) list_.items.push_back(std::move(*item_));
        item_.reset();
    }

    void finish_list() {
        if (!list_.items.empty()) current().blocks.push_back({std::move(list_)});
        list_ = {};
    }

    // -- tables

    void begin_table() {
        table_ = Grid{};
        auto& blocks = current().blocks;
        table_.caption = current().heading;
        if (blocks.empty()) return;
        const RichParagraph* const above = std::get_if<RichParagraph>(&blocks.back().content);
        if (above == nullptr) return;
        const std::string words = plain(above->runs);
        if (words.rfind(caption_begins, 0) != 0) return;
        table_.caption = std::string(trimmed(std::string_view(words).substr(caption_begins.size())));
        blocks.pop_back();
    }

    void finish_table() {
        for (auto& row : table_.rows) row.resize(table_.columns.size());
        if (!table_.rows.empty()) current().blocks.push_back({std::move(table_)});
        table_ = {};
    }

    // -- spans

    void enter(MD_SPANTYPE type, void* detail) {
        switch (type) {
            case MD_SPAN_EM:
                ++emphasised_;
                break;
            case MD_SPAN_STRONG:
                ++strong_;
                break;
            case MD_SPAN_A:
                begin_link(attribute(static_cast<MD_SPAN_A_DETAIL*>(detail)->href));
                break;
            case MD_SPAN_IMG:
                ++pictures_;
                out_.problems.add(Severity::problem, "text_picture",
                                  "a picture in a text page is left out: figures come from the tables",
                                  where(line_), attribute(static_cast<MD_SPAN_IMG_DETAIL*>(detail)->src));
                break;
            default:
                break;
        }
    }

    void leave(MD_SPANTYPE type) {
        switch (type) {
            case MD_SPAN_EM:
                --emphasised_;
                break;
            case MD_SPAN_STRONG:
                --strong_;
                break;
            case MD_SPAN_A:
                target_.clear();
                break;
            case MD_SPAN_IMG:
                --pictures_;
                break;
            default:
                break;
        }
    }

    std::string attribute(const MD_ATTRIBUTE& of) {
        std::string out;
        if (of.size == 0) return out;
        note_line({of.text, of.size});
        for (std::size_t i = 0; of.substr_offsets[i] < of.size; ++i) {
            const std::string_view part(of.text + of.substr_offsets[i],
                                        of.substr_offsets[i + 1] - of.substr_offsets[i]);
            out += of.substr_types[i] == MD_TEXT_ENTITY ? entity_text(part).value_or(std::string(part))
                                                        : filled(part);
        }
        return out;
    }

    void begin_link(std::string target) {
        const auto is = [&](std::string_view scheme) {
            return lower_ascii(target.substr(0, scheme.size())) == scheme;
        };
        if (target.size() > 1 && target.front() == '#') {
            out_.links.push_back({target, line_});
        } else if (!is("https://") && !is("http://") && !is("mailto:")) {
            out_.problems.add(Severity::problem, "text_link",
                              "a link of a text page leads neither to the web, nor to an address, nor to a "
                              "section (#id): its words stand without it",
                              where(line_), target);
            return;
        }
        for (const char c : target) {
            const bool is_plain = c > ' ' && c != '"' && c != '\\' && c != '<' && c != '>' && c != 0x7f;
            constexpr std::string_view digits = "0123456789ABCDEF";
            const auto byte = static_cast<unsigned char>(c);
            if (is_plain || byte >= 0x80)
                target_ += c;
            else
                target_ += {'%', digits[byte >> 4U], digits[byte & 15U]};
        }
    }

    // -- texts

    /// With the values where the references stand.
    std::string filled(std::string_view text) const {
        return replaced(text, [&](const Place& place) {
            const std::string_view inner =
                place.whole ? std::string_view(place.written).substr(1, place.written.size() - 2) : "";
            return values_.value(inner, options_.table, where(place.line));
        });
    }
    std::string as_written(std::string_view text) const {
        return replaced(text, [](const Place& place) { return place.written; });
    }
    template <class Words>
    std::string replaced(std::string_view text, Words&& words) const {
        std::string out;
        while (!text.empty()) {
            const std::size_t begins = text.find(place_begins);
            out += text.substr(0, begins);
            if (begins == std::string_view::npos) break;
            text.remove_prefix(begins + place_begins.size());
            const std::size_t ends = text.find(place_ends);
            std::size_t number = 0;
            for (const char c : text.substr(0, ends))
                number = number * 10 + static_cast<std::size_t>(c - '0');
            out += words(source_.places.at(number));
            text.remove_prefix(ends + place_ends.size());
        }
        return out;
    }

    void say(std::string words) {
        if (pictures_ > 0 || words.empty()) return;
        runs_.push_back({std::move(words), strong_ > 0, emphasised_ > 0, target_});
    }

    void text(MD_TEXTTYPE type, std::string_view words) {
        note_line(words);
        if (type != MD_TEXT_HTML) finish_html();
        switch (type) {
            case MD_TEXT_NORMAL:
                say(filled(words));
                break;
            case MD_TEXT_CODE:
                say(as_written(words));
                break;
            case MD_TEXT_NULLCHAR:
                say(std::string(replacement));
                break;
            case MD_TEXT_BR:
                say("\n");
                break;
            case MD_TEXT_SOFTBR:
                say(" ");
                break;
            case MD_TEXT_ENTITY:
                entity(words);
                break;
            case MD_TEXT_HTML:
                if (html_.empty()) html_line_ = line_;
                html_ += words;
                break;
            case MD_TEXT_LATEXMATH:  // not asked for
                break;
        }
    }

    void entity(std::string_view words) {
        const auto known = entity_text(words);
        if (!known) {
            out_.problems.add(Severity::problem, "text_entity",
                              "an entity of a text page has no meaning here and is printed as it stands",
                              where(line_), words);
        }
        say(known.value_or(std::string(words)));
    }

    /// Tags in the text are letters like others.
    void finish_html() {
        if (html_.empty()) return;
        const std::string rest = as_written(without_comments(html_));
        html_.clear();
        const std::string words = on_one_line(rest);
        if (words.empty()) return;
        out_.problems.add(Severity::problem, "raw_html",
                          "HTML in a text page is not passed on: it is printed as it stands",
                          where(html_line_), words);
        say(words);
    }

    /// A heading alone says nothing.
    void close_page() {
        const bool says_something = std::any_of(out_.sections.begin(), out_.sections.end(),
                                                [](const Section& one) { return !one.blocks.empty(); });
        if (!says_something) out_.sections.clear();
    }

    const TextPageOptions& options_;
    const TableValues& values_;
    const Prepared source_;
    TextPage out_{};
    std::exception_ptr failed_{};
    const char* counted_to_ = source_.text.data();  ///< lines are counted up to here
    std::size_t line_ = 1;
    std::vector<TextRun> runs_{};
    std::string html_{};
    std::size_t html_line_ = 0;
    int heading_level_ = 0;
    int strong_ = 0;
    int emphasised_ = 0;
    int pictures_ = 0;
    std::string target_{};
    std::vector<OpenList> lists_{};
    std::optional<ListItem> item_{};
    RichList list_{};
    Grid table_{};
    std::vector<GridCell> cells_{};
};

}  // namespace

TextPage read_text_page(std::string_view markdown, const TextPageOptions& options,
                        const TableValues& values) {
    return PageReader(markdown, options, values).take();
}

}  // namespace wardmap
