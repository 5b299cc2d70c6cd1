#include "wardmap/indicator/age_structure.hpp"

#include "wardmap/base/number_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <utility>

namespace wardmap {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr int oldest = 130;

/// Words and numbers of a name, in lower case: "Aged 85 and over" -> aged, 85, and, over; "90+" -> 90, plus.
std::vector<std::string> words_of(std::string_view name) {
    std::vector<std::string> words;
    char last_kind = ' ';
    for (const char raw : name) {
        const auto byte = static_cast<unsigned char>(raw);
        const char kind = std::isdigit(byte) ? 'd' : std::isalpha(byte) ? 'a' : raw == '+' ? '+' : ' ';
        if (kind == '+')
            words.emplace_back("plus");
        else if (kind != ' ') {
            if (kind != last_kind) words.emplace_back();
            words.back() += static_cast<char>(std::tolower(byte));
        }
        last_kind = kind;
    }
    return words;
}

std::optional<int> age_in(const std::string& word) {
    if (word.empty() || word.size() > 3 || !std::isdigit(static_cast<unsigned char>(word[0])))
        return std::nullopt;
    const int age = std::stoi(word);
    return age <= oldest ? std::optional<int>(age) : std::nullopt;
}

bool is_age_word(const std::string& word) {
    return word == "age" || word == "ages" || word == "aged" || word == "years" || word == "year";
}

std::string list_of(std::span<const AgeBand> bands) {
    std::string text;
    for (const AgeBand& band : bands) {
        if (!text.empty()) text += ", ";
        text += band.last ? fmt::format("{}-{}", band.first, *band.last) : fmt::format("{}+", band.first);
    }
    return text;
}

/// A band that the table has, and where.
struct Piece {
    AgeBand band{};
    std::size_t column = 0;
};

std::vector<Piece> pieces_of(const AgeCounts& counts) {
    std::vector<Piece> pieces;
    for (std::size_t c = 0; c < counts.ages.size(); ++c) {
        const auto band = parse_age_column(counts.ages[c].name());
        if (!band) throw std::invalid_argument("a column that is no age: " + counts.ages[c].name());
        pieces.push_back({*band, c});
    }
    std::sort(pieces.begin(), pieces.end(),
              [](const Piece& a, const Piece& b) { return a.band.first < b.band.first; });
    for (std::size_t i = 1; i < pieces.size(); ++i) {
        const AgeBand& before = pieces[i - 1].band;
        if (before.last && *before.last < pieces[i].band.first) continue;
        throw UsageError(
            fmt::format("the ages of columns {} and {} overlap", counts.ages[pieces[i - 1].column].name(),
                        counts.ages[pieces[i].column].name()),
            {counts.origin.file, counts.origin.sheet, {}, {}, {}},
            "keep five-year groups or single years, not both");
    }
    return pieces;
}

bool starts_at(const std::vector<Piece>& pieces, int age) {
    return std::any_of(pieces.begin(), pieces.end(), [age](const Piece& p) { return p.band.first == age; });
}

bool ends_at(const std::vector<Piece>& pieces, std::optional<int> age) {
    return std::any_of(pieces.begin(), pieces.end(), [&](const Piece& p) { return p.band.last == age; });
}

/// The bands asked for with every edge moved to the nearest edge that the table has.
std::vector<AgeBand> nearest_possible(const std::vector<Piece>& pieces, std::span<const AgeBand> bands) {
    const auto nearest_start = [&](int age) {
        int best = pieces.front().band.first;
        for (const Piece& piece : pieces) {
            if (std::abs(piece.band.first - age) < std::abs(best - age)) best = piece.band.first;
        }
        return best;
    };
    std::vector<AgeBand> result;
    for (const AgeBand& band : bands) {
        AgeBand moved{nearest_start(band.first), std::nullopt};
        if (band.last) {
            const int next = nearest_start(*band.last + 1);
            if (next <= moved.first) continue;
            moved.last = next - 1;
        }
        if (result.empty() || result.back().first < moved.first) result.push_back(moved);
    }
    return result;
}

void check_possible(const std::vector<Piece>& pieces, std::span<const AgeBand> bands,
                    const TableOrigin& origin) {
    for (const AgeBand& band : bands) {
        if (starts_at(pieces, band.first) && ends_at(pieces, band.last)) continue;
        const std::vector<AgeBand> possible = nearest_possible(pieces, bands);
        throw UsageError(fmt::format("the table's age groups cannot make {}", list_of(std::span(&band, 1))),
                         {origin.file, origin.sheet, {}, {}, {}},
                         fmt::format("the nearest bands they make are {}", list_of(possible)));
    }
}

}  // namespace

std::string AgeBand::label() const {
    if (!last) return fmt::format("{} and over", first);
    return *last == first ? fmt::format("{}", first) : fmt::format("{} to {}", first, *last);
}

std::string AgeBand::key() const {
    if (!last) return fmt::format("{}_plus", first);
    return *last == first ? fmt::format("{}", first) : fmt::format("{}_{}", first, *last);
}

std::optional<AgeBand> parse_age_column(std::string_view name) {
    std::vector<std::string> words = words_of(name);
    const bool says_age = !words.empty() && is_age_word(words.front());
    std::erase_if(words, is_age_word);
    if (words.empty() || !age_in(words[0])) return std::nullopt;
    const int first = *age_in(words[0]);
    const std::size_t n = words.size();
    if (n == 1) return says_age ? std::optional<AgeBand>({first, first}) : std::nullopt;
    const bool open =
        words[1] == "plus" || (words[1] == "over" && n == 2) ||
        (n == 3 && words[1] == "and" && (words[2] == "over" || words[2] == "older" || words[2] == "above")) ||
        (n == 3 && words[1] == "or" && (words[2] == "over" || words[2] == "older"));
    if (open && n <= 3) return AgeBand{first, std::nullopt};
    if (n == 3 && words[1] == "and" && words[2] == "under") return AgeBand{0, first};
    const std::size_t second = words[1] == "to" ? 2 : 1;
    if (n != second + 1) return std::nullopt;
    const auto last = age_in(words[second]);
    if (!last || *last < first) return std::nullopt;
    return AgeBand{first, last};
}

std::vector<AgeBand> parse_age_bands(std::string_view text) {
    std::vector<AgeBand> bands;
    std::size_t at = 0;
    while (at <= text.size()) {
        const std::size_t end = std::min(text.find(',', at), text.size());
        const std::string part(text.substr(at, end - at));
        at = end + 1;
        const auto band = parse_age_column("age " + part);
        if (!band) {
            throw UsageError("'" + part + "' is no age band", {}, "write bands as 0-15,16-24,25-64,65+");
        }
        if (!bands.empty() && !(bands.back().last && *bands.back().last < band->first)) {
            throw UsageError("age band '" + part + "' overlaps the one before", {},
                             "write bands as 0-15,16-24,25-64,65+");
        }
        bands.push_back(*band);
    }
    return bands;
}

std::vector<std::string> age_columns(const Table& table) {
    std::vector<std::string> names;
    for (const Column& column : table.columns()) {
        if (parse_age_column(column.name())) names.push_back(column.name());
    }
    return names;
}

Table age_structure(const AgeCounts& counts, std::span<const AgeBand> bands, const TableMeta& meta,
                    Problems& problems) {
    const std::size_t n = counts.codes.size();
    const auto fits = [n](const Column& column) {
        return column.size() == n && (n == 0 || !column.is_text());
    };
    if (counts.names.size() != n || !std::all_of(counts.ages.begin(), counts.ages.end(), fits) ||
        (counts.all_ages && !fits(*counts.all_ages))) {
        throw std::invalid_argument("codes, names and ages have one length");
    }
    const std::vector<Piece> pieces = pieces_of(counts);
    if (pieces.empty()) {
        throw UsageError("the table has no columns of ages",
                         {counts.origin.file, counts.origin.sheet, {}, {}, {}},
                         "name them as age_0_4, age_5_9, ... age_90_plus");
    }
    std::vector<AgeBand> wanted(bands.begin(), bands.end());
    if (wanted.empty()) {
        for (const Piece& piece : pieces) wanted.push_back(piece.band);
    }
    check_possible(pieces, wanted, counts.origin);

    // Cells by [column][row], the total last. An unknown cell makes every sum it is in unknown.
    std::vector<std::vector<double>> people(wanted.size(), std::vector<double>(n + 1, 0));
    std::vector<double> all(n + 1, 0);
    for (std::size_t row = 0; row < n; ++row) {
        for (const Piece& piece : pieces) all[row] += counts.ages[piece.column].number(row);
        for (std::size_t b = 0; b < wanted.size(); ++b) {
            for (const Piece& piece : pieces) {
                const bool inside =
                    piece.band.first >= wanted[b].first &&
                    (!wanted[b].last || (piece.band.last && *piece.band.last <= *wanted[b].last));
                if (inside) people[b][row] += counts.ages[piece.column].number(row);
            }
            people[b][n] += people[b][row];
        }
        all[n] += all[row];
        if (!counts.all_ages) continue;
        const double given = counts.all_ages->number(row);
        if (given == all[row]) continue;
        Where where{counts.origin.file, counts.origin.sheet, {}, counts.all_ages->name(), counts.codes[row]};
        if (row < counts.origin.rows.size()) where.row = counts.origin.rows[row];
        problems.add(
            Severity::problem, "ages_do_not_add_up",
            "the ages do not add up to the number of all ages; shares are of the sum of the ages", where,
            fmt::format("{}: {} and {}", counts.names[row], full_precision(all[row]), full_precision(given)));
    }

    std::vector<std::string> codes = counts.codes;
    std::vector<std::string> names = counts.names;
    codes.emplace_back();
    names.emplace_back("Total");
    std::vector<Column> columns{Column::text("area_code", std::move(codes)),
                                Column::text("area_name", std::move(names)),
                                Column::numbers("all_ages", all, "people")};
    for (std::size_t b = 0; b < wanted.size(); ++b) {
        columns.push_back(Column::numbers("age_" + wanted[b].key(), people[b], "people"));
    }
    for (std::size_t b = 0; b < wanted.size(); ++b) {
        std::vector<double> shares;
        for (std::size_t row = 0; row <= n; ++row)
            shares.push_back(all[row] > 0 ? 100 * people[b][row] / all[row] : nan);
        columns.push_back(Column::numbers("share_" + wanted[b].key(), std::move(shares), "%"));
    }
    TableMeta filled = meta;
    filled.method = "people by age in completed years; shares of all ages";
    return Table(std::move(columns), std::move(filled));
}

std::vector<AgeBand> bands_of(const Table& table) {
    std::vector<AgeBand> bands;
    for (const std::string& name : age_columns(table)) bands.push_back(*parse_age_column(name));
    return bands;
}

std::optional<double> people_from_age(const Table& table, std::size_t row, int first) {
    std::optional<double> people;
    bool edge = false;
    double sum = 0;
    for (const std::string& name : age_columns(table)) {
        const AgeBand band = *parse_age_column(name);
        if (band.first == first) edge = true;
        if (band.first >= first) sum += table.column(name).number(row);
    }
    if (edge) people = sum;
    return people;
}

}  // namespace wardmap
