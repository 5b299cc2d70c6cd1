#include "wardmap/report/table_file.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/letter_case.hpp"
#include "wardmap/base/suggest.hpp"
#include "wardmap/render/fonts.hpp"
#include "wardmap/report/table_docx.hpp"

#include <algorithm>

namespace wardmap {
namespace {

const std::vector<std::string> endings{".csv", ".json", ".xlsx", ".docx"};

std::string ending_of(const std::filesystem::path& file) {
    return lower_ascii(file.extension().string());
}

}  // namespace

void check_table_file(std::string_view file) {
    const std::string ending = ending_of(std::filesystem::path(file));
    if (std::find(endings.begin(), endings.end(), ending) != endings.end()) return;
    const std::string what = ending.empty()
                                 ? "'" + std::string(file) + "' has no ending that says what to write"
                                 : "tables are not written as '" + ending + "'";
    throw UsageError(what, {}, did_you_mean(ending, endings));
}

std::vector<WrittenFile> write_table_file(const std::filesystem::path& file, const Table& table,
                                          const TableFileOptions& options, Overwrite overwrite) {
    check_table_file(file.string());
    if (ending_of(file) != ".docx") return write_table(file, table, options.table, overwrite);
    check_output(file, overwrite);
    WrittenFile out{file,
                    table_docx(table, liberation_sans(),
                               {.template_file = options.template_file, .created_s = options.table.created})};
    write_output(file, out.bytes, overwrite);
    return {std::move(out)};
}

}  // namespace wardmap
