#include "wardmap/report/pages.hpp"

#include "wardmap/figure/palette.hpp"
#include "wardmap/figure/style.hpp"
#include "wardmap/figure/text_block.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <string>
#include <utility>

namespace wardmap {
namespace {

constexpr double page_width_mm = 210;
constexpr double page_height_mm = 297;
constexpr double left_mm = 25.5;
constexpr double text_width_mm = 159;
constexpr double top_mm = 16;
constexpr double bottom_mm =
    top_mm + page_body_mm;       ///< last base line's room ends here; the page number stands below
constexpr double foot_mm = 289;  ///< base line of the page number
constexpr double bar_width_mm = 16;
constexpr double cell_gap_mm = 3;
constexpr double row_padding_mm = 1.1;
constexpr Color accent{0x12, 0x43, 0x6d, 1};

/// Body text has more air between its lines than labels in figures.
constexpr double body_line = 1.36;
constexpr double heading_line = 1.2;
constexpr double paragraph_gap_mm = 2.2;
constexpr double picture_gap_mm = 5;  ///< under it
constexpr double picture_head_gap_mm = 1.5;
constexpr double picture_title_pt = 11;
constexpr double picture_line_pt = 9;
constexpr double picture_small_pt = 8;

struct Entry {
    std::string id{};
    std::string name{};
    int level = 1;
    std::size_t page = 0;  ///< 0-based, among the pages after the contents
};

class Pages {
public:
    Pages(const Document& document, const TextMeasure& measure) : document_(document), measure_(measure) {}

    std::vector<Scene> take() {
        const std::span<const Section> sections(document_.sections);
        for (std::size_t i = 0; i < sections.size(); ++i) {
            const bool begins_page = sections[i].new_page || sections[i].level == 1;
            if (begins_page && !fits_here(with_parts(sections.subspan(i)))) finish_page();
            write(sections[i]);
        }
        sources();
        finish_page();
        std::vector<Scene> body = std::move(pages_);
        pages_.clear();
        std::vector<Entry> entries = std::move(entries_);
        title_page();
        // A short list needs no page of its own.
        const double contents_mm = contents_head_mm + entry_pitch_mm * static_cast<double>(entries.size());
        const bool on_title_page = contents_mm + 9 <= room();
        if (!on_title_page) finish_page();
        const std::size_t contents_pages = (entries.size() + entries_on_a_page() - 1) / entries_on_a_page();
        contents(entries, on_title_page ? 1 : 1 + contents_pages);
        std::vector<Scene> all = std::move(pages_);
        for (Scene& page : body) all.push_back(std::move(page));
        number(all);
        return all;
    }

private:
    // -- the page being filled

    void start_page() {
        if (open_) return;
        open_ = true;
        page_ = Scene{};
        page_.width_mm = page_width_mm;
        page_.height_mm = page_height_mm;
        y_ = top_mm;
    }
    void finish_page() {
        if (!open_) return;
        pages_.push_back(std::move(page_));
        open_ = false;
    }
    double room() const { return bottom_mm - y_; }
    bool at_top() const { return !open_ || y_ <= top_mm; }
    /// Starts a new page unless `height` still fits on this one.
    void need(double height) {
        if (open_ && !at_top() && room() < height) finish_page();
        start_page();
    }
    void add(Group group) { page_.nodes.push_back(node(std::move(group))); }

    /// Lines of running text under one another. \return the height
    double lines_into(Group& group, const std::vector<std::string>& lines, const TextStyle& style, double x,
                      double y, double pitch_factor, const Color& color = ink_text) const {
        const double pitch = style.size_pt * mm_per_pt * pitch_factor;
        for (std::size_t i = 0; i < lines.size(); ++i) {
            add_text(group, lines[i], x,
                     y + static_cast<double>(i) * pitch + style.size_pt * mm_per_pt * ascent, style,
                     TextAnchor::start, color);
        }
        return static_cast<double>(lines.size()) * pitch;
    }

    void words(std::string_view text, const TextStyle& style, Role role, double before, double after,
               double pitch_factor, double indent = 0, const Color& color = ink_text,
               const std::string& id = {}) {
        const std::vector<std::string> lines = wrap_text(text, style, text_width_mm - indent, measure_);
        const double height = static_cast<double>(lines.size()) * style.size_pt * mm_per_pt * pitch_factor;
        need(before + height);
        if (!at_top()) y_ += before;
        Group group{.role = role, .id = id};
        y_ += lines_into(group, lines, style, left_mm + indent, y_, pitch_factor, color) + after;
        add(std::move(group));
    }

    // -- blocks

    static int level_of(const Section& section) { return std::clamp(section.level, 1, 3); }
    static double space_over(int level) { return level == 3 ? 5 : 9; }
    static double space_under(int level) { return level == 1 ? 4 : 2.5; }

    void write(const Section& section) {
        const int level = level_of(section);
        const bool is_words =
            std::all_of(section.blocks.begin(), section.blocks.end(),
                        [](const Block& block) { return std::holds_alternative<Paragraph>(block.content); });
        need(is_words ? room_for_start(section) : std::max(45.0, room_for_start(section)));
        if (!section.short_name.empty()) {
            entries_.push_back({section.id, section.short_name, level, pages_.size()});
        }
        const Role role = level == 1 ? Role::heading1 : level == 2 ? Role::heading2 : Role::heading3;
        words(section.heading, heading_style(level), role, space_over(level), space_under(level),
              heading_line, 0, level == 1 ? accent : ink_text, section.id);
        for (const Block& block : section.blocks) {
            if (block.shown_in == ShownIn::html) continue;
            std::visit([this](const auto& content) { write(content); }, block.content);
        }
    }

    /// The first section with those that are parts of it, as far as they begin no page of their own.
    static std::span<const Section> with_parts(std::span<const Section> sections) {
        const auto end = std::find_if(sections.begin() + 1, sections.end(), [&](const Section& one) {
            return one.new_page || one.level <= sections.front().level;
        });
        return sections.first(static_cast<std::size_t>(end - sections.begin()));
    }

    /// What should begin a page goes on where the last page ended early and holds all of it.
    bool fits_here(std::span<const Section> sections) const {
        constexpr double least_room = 0.4 * page_body_mm;
        if (!open_ || at_top() || room() < least_room) return false;
        Pages trial(document_, measure_);
        for (const Section& one : sections) trial.write(one);
        return trial.pages_.empty() && trial.y_ - top_mm + space_over(level_of(sections.front())) <= room();
    }

    static TextStyle heading_style(int level) {
        static constexpr double sizes[] = {20, 15, 11.5};
        return bold(sizes[level - 1]);
    }

    double heading_height(const Section& section) const {
        const int level = level_of(section);
        const TextStyle style = heading_style(level);
        const auto lines = wrap_text(section.heading, style, text_width_mm, measure_).size();
        return static_cast<double>(lines) * style.size_pt * mm_per_pt * heading_line + space_under(level);
    }

    double paragraph_height(const Paragraph& paragraph) const {
        const auto lines = wrap_text(paragraph.text, regular(10), text_width_mm, measure_).size();
        return static_cast<double>(lines) * 10 * mm_per_pt * body_line + paragraph_gap_mm;
    }

    /// A heading with its first words, and the picture or table that they are about where one page holds all
    /// of it.
    double room_for_start(const Section& section) const {
        double height = heading_height(section) + space_over(level_of(section));
        for (const Block& block : section.blocks) {
            if (block.shown_in == ShownIn::html) continue;
            if (const auto* paragraph = std::get_if<Paragraph>(&block.content)) {
                height += paragraph_height(*paragraph);
                continue;
            }
            double more = 0;
            if (const auto* grid = std::get_if<Grid>(&block.content))
                more = grid->rows.empty() ? 0 : room_for(*grid);
            if (const auto* picture = std::get_if<Picture>(&block.content)) more = height_of(*picture);
            return height + more <= bottom_mm - top_mm ? height + more : height;
        }
        return std::min(height, bottom_mm - top_mm);
    }

    /// A table stays whole, unless that would leave most of a page empty.
    double room_for(const Grid& grid) const {
        const double whole = height_of(grid, lay_out(grid));
        return whole < 0.6 * (bottom_mm - top_mm) ? whole : 60;
    }

    void write(const Paragraph& paragraph) {
        words(paragraph.text, regular(10), Role::paragraph, 0, paragraph_gap_mm, body_line);
    }

    void write(const Bullets& bullets) {
        for (const std::string& item : bullets.items) {
            const std::vector<std::string> lines = wrap_text(item, regular(10), text_width_mm - 5, measure_);
            need(static_cast<double>(lines.size()) * 10 * mm_per_pt * body_line);
            Group group{.role = Role::paragraph};
            add_text(group, "•", left_mm + 1, y_ + 10 * mm_per_pt * ascent, regular(10));
            y_ += lines_into(group, lines, regular(10), left_mm + 5, y_, body_line) + 1.2;
            add(std::move(group));
        }
        y_ += 1.2;
    }

    // -- words that an analyst wrote: several styles in a line

    struct Piece {
        std::string text{};
        TextStyle style{};
        std::string target{};
    };
    using Line = std::vector<Piece>;  ///< pieces of one style after another, with the blanks between them

    static TextStyle style_of(const TextRun& run) {
        TextStyle style = run.strong ? bold(10) : regular(10);
        if (run.emphasised) style.slant = FontSlant::italic;
        return style;
    }

    double width_of(const Line& line) const {
        double width = 0;
        for (const Piece& piece : line) width += measure_.width_mm(piece.text, piece.style);
        return width;
    }

    static void join(Line& line, const Piece& piece) {
        if (!line.empty() && line.back().style == piece.style && line.back().target == piece.target) {
            line.back().text += piece.text;
        } else if (!piece.text.empty()) {
            line.push_back(piece);
        }
    }

    /// Broken at blanks and line ends, not where the style changes within a word; a word that is wider than
    /// the page is broken between letters.
    std::vector<Line> rich_lines(const std::vector<TextRun>& runs, double width) const {
        std::vector<Line> lines(1);
        Line word;
        Piece blank;
        bool has_blank = false;
        const auto take_word = [&] {
            if (word.empty()) return;
            Line longer = lines.back();
            if (has_blank && !longer.empty()) join(longer, blank);
            for (const Piece& piece : word) join(longer, piece);
            if (width_of(longer) <= width || lines.back().empty()) {
                lines.back() = std::move(longer);
            } else {
                lines.emplace_back();
                for (const Piece& piece : word) join(lines.back(), piece);
            }
            if (lines.back().size() == 1 && width_of(lines.back()) > width) {
                const Piece whole = lines.back().front();
                lines.pop_back();
                for (std::string& part : wrap_text(whole.text, whole.style, width, measure_))
                    lines.push_back({{std::move(part), whole.style, whole.target}});
            }
            word.clear();
            has_blank = false;
        };
        for (const TextRun& run : runs) {
            const Piece empty{{}, style_of(run), run.target};
            std::string_view rest = run.text;
            while (!rest.empty()) {
                const std::size_t end = std::min(rest.find_first_of(" \n"), rest.size());
                if (end > 0) {
                    Piece part = empty;
                    part.text = std::string(rest.substr(0, end));
                    join(word, part);
                }
                rest.remove_prefix(end);
                if (rest.empty()) break;
                take_word();
                if (rest.front() == '\n') {
                    lines.emplace_back();
                    has_blank = false;
                } else {
                    blank = empty;
                    blank.text = " ";
                    has_blank = true;
                }
                rest.remove_prefix(1);
            }
        }
        take_word();
        return lines;
    }

    void rich_into(Group& group, const std::vector<Line>& lines, double x) {
        const double pitch = 10 * mm_per_pt * body_line;
        for (const Line& line : lines) {
            double at = x;
            for (const Piece& piece : line) {
                const bool is_link = !piece.target.empty();
                Group link{.role = Role::link, .label = piece.text, .target = piece.target};
                add_text(is_link ? link : group, piece.text, at, y_ + 10 * mm_per_pt * ascent, piece.style,
                         TextAnchor::start, is_link ? accent : ink_text);
                const double width = measure_.width_mm(piece.text, piece.style);
                if (is_link) {
                    add_line(link, at, y_ + 10 * mm_per_pt * (ascent + 0.12), at + width,
                             y_ + 10 * mm_per_pt * (ascent + 0.12), {accent, 0.18, {}});
                    group.children.push_back(node(std::move(link)));
                }
                at += width;
            }
            y_ += pitch;
        }
    }

    /// A paragraph longer than what is left of the page goes on on the next.
    void rich(const std::vector<TextRun>& runs, double indent, const std::string& mark, double mark_at,
              double after) {
        std::vector<Line> lines = rich_lines(runs, text_width_mm - indent);
        const double pitch = 10 * mm_per_pt * body_line;
        const auto on_a_page = static_cast<std::size_t>((bottom_mm - top_mm) / pitch);
        need(static_cast<double>(std::min<std::size_t>(lines.size(), 3)) * pitch);
        bool first = true;
        while (!lines.empty()) {
            const auto fits = std::clamp<std::size_t>(static_cast<std::size_t>(room() / pitch), 1, on_a_page);
            const std::size_t n = std::min(fits, lines.size());
            Group group{.role = Role::paragraph};
            if (first && !mark.empty())
                add_text(group, mark, left_mm + mark_at, y_ + 10 * mm_per_pt * ascent, regular(10));
            rich_into(group, {lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(n)},
                      left_mm + indent);
            add(std::move(group));
            lines.erase(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(n));
            first = false;
            if (!lines.empty()) {
                finish_page();
                start_page();
            }
        }
        y_ += after;
    }

    void write(const RichParagraph& words) { rich(words.runs, 0, {}, 0, 2.2); }

    void write(const RichList& list) {
        constexpr std::size_t deepest_indent = 8;  // deeper lists find no room on the page
        for (const ListItem& item : list.items) {
            const double indent = 5 * static_cast<double>(std::min(item.depth, deepest_indent));
            const std::string mark = item.number ? std::to_string(*item.number) + "." : "•";
            rich(item.runs, indent, mark, indent - (item.number ? 5 : 4), 1.2);
        }
        y_ += 1.2;
    }

    /// What stands over a picture, in the place of the title and subtitle it has as a file of its own.
    struct PictureHead {
        TextBlock title{};
        TextBlock line{};  ///< number and subtitle
        enum class Data : unsigned char { after_title, after_line, below } data = Data::below;
        double height = 0;
    };

    PictureHead head_of(const DocumentFigure& shown) const {
        const Figure& figure = shown.figure;
        PictureHead head;
        head.title = text_block(figure.title.empty() ? figure.alt : figure.title, bold(picture_title_pt),
                                ink_text, text_width_mm, measure_, Wrap::balanced);
        std::string line = "Figure " + std::to_string(shown.number) + ".";
        if (!figure.subtitle.empty()) line += " " + figure.subtitle;
        head.line = text_block(line, regular(picture_line_pt), ink_text, text_width_mm, measure_);
        const double link_mm = measure_.width_mm(data_words, regular(picture_small_pt)) + 4;
        const auto leaves_room = [&](const TextBlock& block, const TextStyle& style) {
            return measure_.width_mm(block.lines.back(), style) + link_mm <= text_width_mm;
        };
        head.height = head.title.height_mm() + head.line.height_mm() + picture_head_gap_mm;
        if (leaves_room(head.title, bold(picture_title_pt)))
            head.data = PictureHead::Data::after_title;
        else if (leaves_room(head.line, regular(picture_line_pt)))
            head.data = PictureHead::Data::after_line;
        else if (!shown.csv.empty())
            head.height += line_pitch_mm(picture_small_pt);
        return head;
    }

    static constexpr const char* data_words = "Data (CSV)";

    void write_head(const DocumentFigure& shown, const PictureHead& head) {
        Group words{.role = Role::caption};
        const double line_top = y_ + draw_block(words, head.title, left_mm, y_);
        const double below = line_top + draw_block(words, head.line, left_mm, line_top);
        if (!shown.csv.empty()) {
            const TextStyle small = regular(picture_small_pt);
            const bool is_below = head.data == PictureHead::Data::below;
            const double base =
                is_below ? below + base_line_offset_mm(small)
                : head.data == PictureHead::Data::after_title
                    ? line_top - line_pitch_mm(picture_title_pt) + base_line_offset_mm(bold(picture_title_pt))
                    : below - line_pitch_mm(picture_line_pt) + base_line_offset_mm(regular(picture_line_pt));
            Group link{.role = Role::link,
                       .label = "Data of figure " + std::to_string(shown.number) + ": " + shown.csv,
                       .target = shown.csv};
            add_text(link, data_words, is_below ? left_mm : left_mm + text_width_mm, base, small,
                     is_below ? TextAnchor::start : TextAnchor::end, accent);
            words.children.push_back(node(std::move(link)));
        }
        add(std::move(words));
        y_ += head.height;
    }

    double height_of(const Picture& picture) const {
        const DocumentFigure& shown = document_.figures[picture.figure];
        return head_of(shown).height + shown.figure.scene.height_mm - shown.figure.head_mm;
    }

    void write(const Picture& picture) {
        const DocumentFigure& shown = document_.figures[picture.figure];
        const Figure& figure = shown.figure;
        const PictureHead head = head_of(shown);
        need(head.height + figure.scene.height_mm - figure.head_mm);
        write_head(shown, head);
        const bool is_table = holds_table(figure.scene.nodes);
        Group drawn{.role = is_table ? Role::none : Role::figure,
                    .id = figure.id,
                    .label = figure.scene.alt + (figure.description.empty() ? "" : " " + figure.description),
                    .dx = left_mm,
                    .dy = y_ - figure.head_mm};
        for (const Node& one : figure.scene.nodes) {
            const Group* const group = std::get_if<Group>(&one.content);
            const bool in_head = group != nullptr && (group->id == "title" || group->id == "subtitle");
            if (!in_head) drawn.children.push_back(one);
        }
        add(std::move(drawn));
        y_ += figure.scene.height_mm - figure.head_mm + picture_gap_mm;
    }

    static bool holds_table(const std::vector<Node>& nodes) {
        return std::any_of(nodes.begin(), nodes.end(), [](const Node& one) {
            const Group* group = std::get_if<Group>(&one.content);
            return group != nullptr && (group->role == Role::table || holds_table(group->children));
        });
    }

    // -- tables

    struct Layout {
        std::vector<double> x{};  ///< left edge of each column
        std::vector<double> width{};
        std::vector<bool> has_bar{};
        std::vector<bool> two_sided{};
    };

    TextStyle cell_style(bool strong) const { return strong ? bold(8.5) : regular(8.5); }

    Layout lay_out(const Grid& grid) const {
        const std::size_t n = grid.columns.size();
        Layout out{std::vector<double>(n), std::vector<double>(n), std::vector<bool>(n),
                   std::vector<bool>(n)};
        std::vector<double> least(n, 0);
        for (std::size_t i = 0; i < n; ++i) {
            double natural = 0;
            for (const auto& row : grid.rows) {
                natural = std::max(natural, measure_.width_mm(row[i].text, cell_style(true)));
                if (row[i].bar) out.has_bar[i] = true;
                if (row[i].bar && *row[i].bar < 0) out.two_sided[i] = true;
            }
            double word = 0;
            for (const std::string& part :
                 wrap_text(grid.columns[i].heading, cell_style(true), 1e-3 + 18, measure_)) {
                word = std::max(word, measure_.width_mm(part, cell_style(true)));
            }
            out.width[i] = std::max(natural, word) + (out.has_bar[i] ? bar_width_mm + 2 : 0);
            least[i] = grid.columns[i].is_number ? out.width[i] : std::min(out.width[i], 24.0);
        }
        const double gaps = cell_gap_mm * static_cast<double>(n - 1);
        double sum = gaps;
        double shrinkable = 0;
        for (std::size_t i = 0; i < n; ++i) {
            sum += out.width[i];
            shrinkable += out.width[i] - least[i];
        }
        if (sum > text_width_mm && shrinkable > 0) {
            const double part = std::min(1.0, (sum - text_width_mm) / shrinkable);
            for (std::size_t i = 0; i < n; ++i) out.width[i] -= part * (out.width[i] - least[i]);
        } else if (sum < text_width_mm) {
            const double more = (text_width_mm - sum) / static_cast<double>(n);
            for (double& width : out.width) width += std::min(more, 14.0);
        }
        double x = left_mm;
        for (std::size_t i = 0; i < n; ++i) {
            out.x[i] = x;
            x += out.width[i] + cell_gap_mm;
        }
        return out;
    }

    struct RowLines {
        std::vector<std::vector<std::string>> cells{};
        double height = 0;
    };

    RowLines row_lines(const std::vector<std::string>& texts, const Layout& layout, bool strong) const {
        RowLines out;
        std::size_t most = 1;
        for (std::size_t i = 0; i < texts.size(); ++i) {
            const double width = layout.width[i] - (layout.has_bar[i] ? bar_width_mm + 2 : 0);
            out.cells.push_back(wrap_text(texts[i], cell_style(strong), width + 0.01, measure_));
            most = std::max(most, out.cells.back().size());
        }
        out.height = static_cast<double>(most) * line_pitch_mm(8.5) + 2 * row_padding_mm;
        return out;
    }

    void cell_into(Group& row, const Grid& grid, const Layout& layout, std::size_t column,
                   const RowLines& lines, const GridCell& cell, bool header, bool strong) const {
        Group group{.role = header ? Role::header_cell : Role::data_cell};
        const double gap = cell_gap_mm / 2;
        if (cell.fill) {
            Group behind{.role = Role::decoration};
            add_rect(behind, layout.x[column] - gap + 0.3, y_ + 0.25, layout.width[column] + 2 * gap - 0.6,
                     lines.height - 0.5, *cell.fill);
            group.children.push_back(node(std::move(behind)));
        }
        const Color ink = cell.fill ? ink_on(*cell.fill) : ink_text;
        const bool number = grid.columns[column].is_number;
        const double bar_room = layout.has_bar[column] ? bar_width_mm + 2 : 0;
        const double x = number ? layout.x[column] + layout.width[column] - bar_room : layout.x[column];
        const double pitch = line_pitch_mm(8.5);
        const double text_height = static_cast<double>(lines.cells[column].size()) * pitch;
        const double top =
            y_ + (header && strong ? lines.height - row_padding_mm - text_height : row_padding_mm);
        for (std::size_t i = 0; i < lines.cells[column].size(); ++i) {
            add_text(group, lines.cells[column][i], x,
                     top + static_cast<double>(i) * pitch + base_line_offset_mm(cell_style(strong)),
                     cell_style(strong), number ? TextAnchor::end : TextAnchor::start, ink);
        }
        if (cell.bar) {
            const bool two = layout.two_sided[column];
            const double whole = two ? bar_width_mm / 2 : bar_width_mm;
            const double zero = x + 2 + (two ? bar_width_mm / 2 : 0);
            const double length = std::min(1.0, std::abs(*cell.bar)) * whole;
            Group bar{.role = Role::decoration};
            const MarkColors colors = mark_colors(Theme::report);
            add_rect(bar, *cell.bar < 0 ? zero - length : zero, y_ + lines.height * 0.22, length,
                     lines.height * 0.56, *cell.bar < 0 ? colors.bar_fall : colors.bar);
            if (two) add_line(bar, zero, y_, zero, y_ + lines.height, {ink_base, 0.2, {}});
            group.children.push_back(node(std::move(bar)));
        }
        if (!cell.target.empty()) {
            Group link{.role = Role::link, .label = cell.text, .target = cell.target};
            link.children = std::move(group.children);
            group.children.clear();
            group.children.push_back(node(std::move(link)));
        }
        row.children.push_back(node(std::move(group)));
    }

    void rule_into(Group& table, double y, const Stroke& stroke) const {
        Group rule{.role = Role::decoration};
        add_line(rule, left_mm, y, left_mm + text_width_mm, y, stroke);
        table.children.push_back(node(std::move(rule)));
    }

    void head_into(Group& table, const Grid& grid, const Layout& layout) {
        std::vector<std::string> headings;
        for (const GridColumn& column : grid.columns) headings.push_back(column.heading);
        const RowLines lines = row_lines(headings, layout, true);
        Group row{.role = Role::table_row};
        for (std::size_t i = 0; i < headings.size(); ++i) {
            cell_into(row, grid, layout, i, lines, {.text = headings[i]}, true, true);
        }
        table.children.push_back(node(std::move(row)));
        y_ += lines.height;
        rule_into(table, y_, {ink_text, 0.35, {}});
    }

    /// Caption, head, rows and notes of a table that is not divided.
    double height_of(const Grid& grid, const Layout& layout) const {
        std::vector<std::string> headings;
        for (const GridColumn& column : grid.columns) headings.push_back(column.heading);
        double height =
            8 + row_lines(headings, layout, true).height + 4 * static_cast<double>(grid.notes.size());
        for (const auto& row : grid.rows) {
            std::vector<std::string> texts;
            for (const GridCell& cell : row) texts.push_back(cell.text);
            height += row_lines(texts, layout, false).height;
        }
        return height;
    }

    void write(const Grid& grid) {
        if (grid.rows.empty()) return;
        const Layout layout = lay_out(grid);
        need(room_for(grid));
        words(grid.caption, bold(9), Role::caption, 2, 1, 1.25);
        Group table{.role = Role::table, .label = grid.caption};
        head_into(table, grid, layout);
        for (std::size_t r = 0; r < grid.rows.size(); ++r) {
            const bool whole = grid.has_total && r + 1 == grid.rows.size();
            std::vector<std::string> texts;
            for (const GridCell& cell : grid.rows[r]) texts.push_back(cell.text);
            const RowLines lines = row_lines(texts, layout, whole);
            if (room() < lines.height) {
                add(std::move(table));
                table = Group{.role = Role::table, .label = grid.caption + ", continued"};
                finish_page();
                start_page();
                head_into(table, grid, layout);
            }
            if (whole) rule_into(table, y_, {ink_text, 0.35, {}});
            Group row{.role = Role::table_row};
            for (std::size_t i = 0; i < texts.size(); ++i) {
                cell_into(row, grid, layout, i, lines, grid.rows[r][i], i == 0, whole);
            }
            table.children.push_back(node(std::move(row)));
            y_ += lines.height;
            if (!whole) rule_into(table, y_, grid_stroke());
        }
        add(std::move(table));
        y_ += 2;
        for (const std::string& note : grid.notes)
            words(note, regular(8), Role::paragraph, 0, 0.6, 1.25, 0, ink_secondary);
        y_ += 3;
    }

    // -- front and back

    void title_page() {
        start_page();
        Group band{.role = Role::decoration};
        add_rect(band, 0, 0, page_width_mm, 9, accent);
        add(std::move(band));
        y_ = 42;
        if (!document_.organisation.empty()) {
            words(document_.organisation, regular(11), Role::paragraph, 0, 3, 1.3, 0, ink_secondary);
        }
        words(document_.title, bold(26), Role::heading1, 0, 5, 1.15, 0, accent, "title");
        std::string when = document_.edition;
        if (!document_.date.empty()) when += (when.empty() ? "" : " · ") + document_.date;
        if (!when.empty()) words(when, regular(12), Role::paragraph, 0, 7, 1.3);
        if (!document_.summary.empty()) words(document_.summary, regular(11), Role::paragraph, 0, 9, 1.4);
        if (!document_.key_points.empty()) {
            words("In brief", bold(13), Role::heading2, 0, 2.5, 1.2, 0, ink_text, "in-brief");
            write(Bullets{document_.key_points});
        }
    }

    static constexpr double entry_pitch_mm = 5.4;
    static constexpr double contents_head_mm = 14;
    static std::size_t entries_on_a_page() {
        return static_cast<std::size_t>((page_body_mm - contents_head_mm) / entry_pitch_mm);
    }

    /// \param before  pages before the first page of the body
    void contents(const std::vector<Entry>& entries, std::size_t before) {
        for (std::size_t i = 0; i < entries.size(); ++i) {
            if (i % entries_on_a_page() == 0) {
                if (i > 0) finish_page();
                start_page();
                words(i == 0 ? "Contents" : "Contents, continued", bold(at_top() ? 16 : 13), Role::heading2,
                      9, 4, 1.2, 0, ink_text, i == 0 ? "contents" : "");
            }
            const Entry& entry = entries[i];
            const TextStyle style = entry.level == 1 ? bold(10) : regular(9.5);
            const double indent = entry.level == 1 ? 0 : 5;
            const std::string page = std::to_string(before + entry.page + 1);
            Group line{.role = Role::link, .label = entry.name + ", page " + page, .target = "#" + entry.id};
            const double base = y_ + base_line_offset_mm(style);
            const double room_for_name = text_width_mm - indent - 12;
            std::string name = wrap_text(entry.name, style, room_for_name, measure_).front();
            if (name.size() < entry.name.size()) name += " …";
            add_text(line, name, left_mm + indent, base, style);
            add_text(line, page, left_mm + text_width_mm, base, style, TextAnchor::end);
            add(std::move(line));
            y_ += entry_pitch_mm;
        }
        finish_page();
    }

    void sources() {
        if (document_.sources.empty()) return;
        words("Sources and licences", bold(11.5), Role::heading3, 6, 2, 1.2, 0, ink_text, "sources");
        for (const std::string& line : document_.sources) {
            words(line, regular(8.5), Role::paragraph, 0, 1, 1.3, 0, ink_secondary);
        }
        words("Made with " + document_.made_by + ".", regular(8.5), Role::paragraph, 0, 1, 1.3, 0,
              ink_secondary);
    }

    void number(std::vector<Scene>& pages) const {
        for (std::size_t i = 0; i < pages.size(); ++i) {
            pages[i].id = "page-" + std::to_string(i + 1);
            pages[i].title = document_.title;
            if (i == 0) continue;
            Group foot{.role = Role::decoration};
            add_text(foot, document_.title, left_mm, foot_mm, regular(8), TextAnchor::start, ink_secondary);
            add_text(foot, std::to_string(i + 1) + " of " + std::to_string(pages.size()),
                     left_mm + text_width_mm, foot_mm, regular(8), TextAnchor::end, ink_secondary);
            pages[i].nodes.push_back(node(std::move(foot)));
        }
    }

    const Document& document_;
    const TextMeasure& measure_;
    std::vector<Scene> pages_{};
    std::vector<Entry> entries_{};
    Scene page_{};
    bool open_ = false;
    double y_ = top_mm;
};

}  // namespace

std::vector<Scene> to_pages(const Document& document, const TextMeasure& measure) {
    return Pages(document, measure).take();
}

}  // namespace wardmap
