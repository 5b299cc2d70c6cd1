#include "wardmap/figure/frame.hpp"

#include "wardmap/base/number_text.hpp"
#include "wardmap/figure/style.hpp"

#include <algorithm>

namespace wardmap {
namespace {

constexpr double gap_above_content_mm = 2.6;
constexpr double gap_below_content_mm = 1.8;
constexpr double gap_between_mm = 0.7;

std::string trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) {
        return {};
    }
    return std::string(text.substr(first, text.find_last_not_of(blanks) - first + 1));
}

std::string without_source_word(std::string_view text) {
    for (const std::string_view word : {"Sources:", "Source:", "sources:", "source:"}) {
        if (text.substr(0, word.size()) == word) {
            return trimmed(text.substr(word.size()));
        }
    }
    return trimmed(text);
}

bool is_statement(std::string_view text) {
    return text.substr(0, 9) == "Contains " || text.substr(0, 2) == "\u00a9" ||
           text.substr(0, 10) == "Reproduced";
}

/// Cuts "A. Contains B" and "A. © B" into their sentences.
std::vector<std::string> sentences_of(std::string_view line) {
    std::vector<std::string> sentences;
    std::string_view rest = line;
    while (!rest.empty()) {
        std::size_t cut = std::string_view::npos;
        for (std::size_t at = rest.find(". "); at != std::string_view::npos; at = rest.find(". ", at + 1)) {
            const auto next = rest.substr(at + 2);
            if (is_statement(next) || next.substr(0, 6) == "Source") {
                cut = at;
                break;
            }
        }
        sentences.push_back(without_source_word(trimmed(rest.substr(0, cut))));
        rest = cut == std::string_view::npos ? std::string_view{} : rest.substr(cut + 2);
    }
    return sentences;
}

void add_once(std::vector<std::string>& lines, std::string line) {
    while (!line.empty() && (line.back() == '.' || line.back() == ' ')) {
        line.pop_back();
    }
    if (!line.empty() && std::find(lines.begin(), lines.end(), line) == lines.end()) {
        lines.push_back(std::move(line));
    }
}

}  // namespace

std::string source_line(std::span<const std::string> lines) {
    std::vector<std::string> citations;
    std::vector<std::string> statements;
    for (const std::string& line : lines) {
        for (const std::string& sentence : sentences_of(line)) {
            if (is_statement(sentence)) {
                add_once(statements, sentence);
                continue;
            }
            for (std::size_t start = 0; start <= sentence.size();) {
                const std::size_t end = std::min(sentence.find("; ", start), sentence.size());
                add_once(citations, trimmed(std::string_view(sentence).substr(start, end - start)));
                start = end + 2;
            }
        }
    }
    std::string text;
    for (const std::string& citation : citations) {
        text += text.empty() ? (citations.size() == 1 ? "Source: " : "Sources: ") : "; ";
        text += typographic(citation);
    }
    if (!text.empty()) {
        text += '.';
    }
    for (const std::string& statement : statements) {
        text += (text.empty() ? "" : " ") + typographic(statement) + ".";
    }
    return text;
}

std::string chosen_text(const std::string& given, const std::string& made) {
    if (given == "-") {
        return {};
    }
    return given.empty() ? made : given;
}

std::string areas_word(const TableMeta& meta, std::size_t n) {
    const std::string noun = meta.area_noun.empty() ? "area" : meta.area_noun;
    return n == 1 ? noun : noun + "s";
}

std::string counted_areas(const TableMeta& meta, std::size_t n) {
    return with_thousands(static_cast<double>(n), 0) + " " + areas_word(meta, n);
}

std::string whole_name(const TableMeta& meta) {
    return meta.whole.empty() ? "all " + areas_word(meta) : typographic(meta.whole);
}

std::string measure_line(const TableMeta& meta, std::string_view period) {
    std::string text = sentence_case(meta.measure.empty() ? meta.unit : meta.measure);
    const auto add = [&](const std::string& part) {
        if (!part.empty()) {
            text += text.empty() ? sentence_case(part) : ", " + part;
        }
    };
    if (!meta.whole.empty() || !meta.area_noun.empty()) {
        add(meta.whole.empty() ? areas_word(meta) : meta.whole + " " + areas_word(meta));
    }
    add(std::string(period));
    return typographic(text);
}

Frame::Frame(const FigureTexts& texts, const TableMeta& meta, const FigureOptions& options,
             const TextMeasure& measure)
    : measure_(&measure), sizes_(type_sizes(options.theme)), width_mm_(slot_size(options.slot).width_mm) {
    const TypeSizes& sizes = sizes_;
    figure_.id = options.id;
    figure_.kind = texts.kind;
    figure_.title = typographic(chosen_text(options.title, texts.title));
    figure_.subtitle = typographic(chosen_text(options.subtitle, texts.subtitle));
    figure_.alt = typographic(chosen_text(options.alt, texts.alt));
    figure_.description = typographic(texts.description);

    const bool own_notes = std::find(options.notes.begin(), options.notes.end(), "-") == options.notes.end();
    std::string note_text;
    const auto add_note = [&](const std::string& note) {
        if (note.empty() || note == "-") {
            return;
        }
        const std::string printed = typographic(note);
        if (std::find(figure_.notes.begin(), figure_.notes.end(), printed) != figure_.notes.end()) {
            return;
        }
        figure_.notes.push_back(printed);
        note_text += (note_text.empty() ? "" : " ") + printed;
        if (note_text.back() != '.' && note_text.back() != '?' && note_text.back() != '!') {
            note_text += '.';
        }
    };
    if (own_notes) {
        for (const std::string& note : texts.notes) {
            add_note(note);
        }
        for (const std::string& note : meta.notes) {
            add_note(note);
        }
    }
    for (const std::string& note : options.notes) {
        add_note(note);
    }

    std::vector<std::string> sources{chosen_text(options.source, meta.source)};
    for (const auto* lines : {&meta.attribution, &texts.attribution, &options.attribution}) {
        sources.insert(sources.end(), lines->begin(), lines->end());
    }
    const std::string sources_text = source_line(sources);
    if (!sources_text.empty()) {
        figure_.sources.push_back(sources_text);
    }

    if (options.title_shown == TitleShown::yes) {
        if (!figure_.title.empty()) {
            above_.push_back(
                text_block(figure_.title, bold(sizes.title), ink_text, width_mm_, measure, Wrap::balanced));
        }
        if (!figure_.subtitle.empty()) {
            above_.push_back(
                text_block(figure_.subtitle, regular(sizes.subtitle), ink_text, width_mm_, measure));
        }
    }
    for (const TextBlock& block : above_) {
        top_mm_ += block.height_mm() + gap_between_mm;
    }
    if (!above_.empty()) {
        top_mm_ += gap_above_content_mm - gap_between_mm;
    }

    note_text_ = note_text;
    sources_text_ = sources_text;
    below_ = blocks_below(width_mm_);
    below_mm_ = below_.empty() ? 0 : column_mm(width_mm_) + gap_below_content_mm;
}

std::vector<TextBlock> Frame::blocks_below(double width_mm) const {
    std::vector<TextBlock> blocks;
    if (!note_text_.empty()) {
        blocks.push_back(text_block(note_text_, regular(sizes_.note), ink_text, width_mm, *measure_));
    }
    if (!sources_text_.empty()) {
        blocks.push_back(
            text_block(sources_text_, regular(sizes_.source), ink_secondary, width_mm, *measure_));
    }
    return blocks;
}

double Frame::column_mm(double width_mm) const {
    double height = 0;
    for (const TextBlock& block : blocks_below(width_mm)) {
        height += (height > 0 ? gap_between_mm : 0) + block.height_mm();
    }
    return height;
}

Figure Frame::finish(Group content, double content_bottom_mm) const {
    return draw(std::move(content), {0, content_bottom_mm + gap_below_content_mm, width_mm_}, below_,
                content_bottom_mm + below_mm_);
}

Figure Frame::finish(Group content, double content_bottom_mm, const TextColumn& column) const {
    const double bottom = column.top_mm + column_mm(column.width_mm);
    return draw(std::move(content), column, blocks_below(column.width_mm),
                std::max(content_bottom_mm, bottom));
}

Figure Frame::draw(Group content, const TextColumn& column, std::span<const TextBlock> below,
                   double height_mm) const {
    Figure figure = figure_;
    figure.scene.id = figure.id;
    figure.scene.width_mm = width_mm_;
    figure.scene.height_mm = height_mm;
    figure.head_mm = top_mm_;
    figure.scene.title = figure.title;
    figure.scene.alt = figure.alt;
    figure.scene.description = figure.description;
    double y = 0;
    for (const TextBlock& block : above_) {
        Group group;
        const bool title = block.style.weight == FontWeight::bold;
        group.role = title ? Role::heading1 : Role::paragraph;
        group.id = title ? "title" : "subtitle";
        y += draw_block(group, block, 0, y) + gap_between_mm;
        figure.scene.nodes.push_back(node(std::move(group)));
    }
    figure.scene.nodes.push_back(node(std::move(content)));
    y = column.top_mm;
    for (const TextBlock& block : below) {
        Group group;
        group.role = Role::paragraph;
        group.id = block.color == ink_secondary ? "sources" : "notes";
        y += draw_block(group, block, column.x_mm, y) + gap_between_mm;
        figure.scene.nodes.push_back(node(std::move(group)));
    }
    return figure;
}

}  // namespace wardmap
