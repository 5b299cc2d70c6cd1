#include "arrow.hpp"
#include "convert.hpp"

#include "wardmap/io/read_table.hpp"
#include "wardmap/report/table_file.hpp"

#include <memory>

namespace wardmap {
namespace {

Table table_of_columns(const std::vector<std::pair<std::string, py::object>>& columns, const py::dict& meta) {
    std::vector<Column> out;
    for (const auto& [name, cells] : columns) {
        if (py::isinstance<py::array>(cells)) {
            const auto numbers =
                py::array_t<double, py::array::c_style | py::array::forcecast>::ensure(cells);
            if (!numbers || numbers.ndim() != 1) {
                throw InputError("the column is not one row of numbers", {.column = name},
                                 "pass one-dimensional columns");
            }
            out.push_back(
                Column::numbers(name, std::vector<double>(numbers.data(), numbers.data() + numbers.size())));
        } else {
            out.push_back(Column::text(name, cells.cast<std::vector<std::string>>()));
        }
    }
    return Table(std::move(out), meta_of(meta));
}

py::dict columns_of(const Table& table) {
    py::dict out;
    for (const Column& column : table.columns()) out[py::str(column.name())] = array_of(column);
    return out;
}

py::object to_pandas(const Table& table) {
    const py::object frame = py::module_::import("pandas").attr("DataFrame")(columns_of(table));
    frame.attr("attrs")["wardmap"] = dict_of(table.meta());
    return frame;
}

}  // namespace

void bind_table(py::module_& m) {
    py::class_<Table>(m, "Table",
                      "Named columns of one length, with what must be known to read them in `meta`.")
        .def(py::init(&table_of_columns), py::arg("columns"), py::arg("meta") = py::dict())
        .def("__len__", &Table::row_count)
        .def(
            "__getitem__", [](const Table& t, const std::string& name) { return array_of(t.column(name)); },
            py::arg("column"),
            "The column as a NumPy array: str or None, float64 (NaN: no value), or int64 for counts.")
        .def("__contains__", [](const Table& t, const std::string& name) { return t.find(name) != nullptr; })
        .def_property_readonly("columns", &Table::names, "Names of the columns.")
        .def_property_readonly(
            "meta", [](const Table& t) { return dict_of(t.meta()); },
            "What is known of the numbers: measure, periods, unit, source, ...")
        .def(
            "is_text", [](const Table& t, const std::string& name) { return t.column(name).is_text(); },
            py::arg("column"))
        .def(
            "with_meta", [](const Table& t, const py::dict& meta) { return t.with(meta_of(meta)); },
            py::arg("meta"), "The same columns with other metadata.")
        .def(
            "take", [](const Table& t, const std::vector<std::size_t>& rows) { return t.take(rows); },
            py::arg("rows"))
        .def("to_dict", &columns_of, "Columns by name as NumPy arrays.")
        .def("to_pandas", &to_pandas, "A pandas DataFrame; the metadata are in `.attrs['wardmap']`.")
        .def(
            "to_arrow",
            [](const py::object& self) { return py::module_::import("pyarrow").attr("table")(self); },
            "A pyarrow Table.")
        .def(
            "to_polars",
            [](const py::object& self) { return py::module_::import("polars").attr("DataFrame")(self); },
            "A polars DataFrame.")
        .def(
            "__arrow_c_stream__", [](const Table& t, const py::object&) { return arrow_stream_of(t); },
            py::arg("requested_schema") = py::none())
        .def("__repr__", [](const Table& t) {
            return "<wardmap.Table: " + std::to_string(t.row_count()) + " rows, " +
                   std::to_string(t.columns().size()) + " columns>";
        });

    m.def(
        "read_arrow",
        [](const py::object& stream, const py::dict& meta) {
            ArrowColumns read = read_arrow(stream, ArrowShapes::skip);
            return py::make_tuple(Table(std::move(read.columns), meta_of(meta)), read.left_out);
        },
        py::arg("stream"), py::arg("meta"));

    m.def(
        "coded_texts",
        [](const py::capsule& stream, unsigned threads) {
            const ArrowTextColumn column(stream);
            auto read = std::make_unique<ArrowTexts>();
            {
                const Unlocked unlocked;
                *read = number_texts(column, threads);
            }
            const ArrowTexts& texts = *read;
            // The array is the vector, which the capsule owns.
            const py::capsule owner(read.release(), [](void* one) { delete static_cast<ArrowTexts*>(one); });
            return py::make_tuple(py::array_t<std::uint32_t>(static_cast<py::ssize_t>(texts.codes.size()),
                                                             texts.codes.data(), owner),
                                  texts.names);
        },
        py::arg("stream"), py::arg("threads"));

    m.def(
        "read_table",
        [](const std::string& path, const std::string& sheet, std::optional<std::size_t> header_row,
           const std::vector<std::pair<std::string, std::string>>& where) {
            ReadTable read;
            {
                const Unlocked unlocked;
                ReadTableOptions options;
                options.sheet = sheet;
                options.header_row = header_row;
                options.where = where;
                read = read_table(path, options);
            }
            return py::make_tuple(read.table, list_of(read.problems), read.guesses);
        },
        py::arg("path"), py::arg("sheet"), py::arg("header_row"), py::arg("where"));

    m.def(
        "write_table",
        [](const Table& table, const std::string& path, bool overwrite, bool round, const std::string& wide) {
            const Unlocked unlocked;
            WriteTableOptions options;
            options.precision = round ? Precision::published : Precision::full;
            options.wide = wide;
            write_table_file(path, table, {options, {}}, overwrite ? Overwrite::replace : Overwrite::refuse);
        },
        py::arg("table"), py::arg("path"), py::arg("overwrite"), py::arg("round"), py::arg("wide"));
}

}  // namespace wardmap
