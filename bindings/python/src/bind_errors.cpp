#include "python.hpp"
#include "python_words.hpp"

#include "wardmap/base/error.hpp"

#include <exception>
#include <stdexcept>
#include <string>

namespace wardmap {
namespace {

/// Of "there is no column 'X'", whose place is not that column, X.
std::string missing_column(const Error& error) {
    const std::string start = "there is no column '";
    const std::string& text = error.what_happened();
    if (text.rfind(start, 0) != 0) return {};
    return text.substr(start.size(), text.rfind('\'') - start.size());
}

/// Raises wardmap._errors.NAME with the parts of the error as attributes.
void raise(const char* name, const Error& error) {
    const py::object type = py::module_::import("wardmap._errors").attr(name);
    const py::object raised = type(in_python_words(error.what()));
    const Where& where = error.where();
    raised.attr("what_happened") = in_python_words(error.what_happened());
    raised.attr("what_to_do") = in_python_words(error.what_to_do());
    raised.attr("file") = where.file.empty() ? py::object(py::none()) : py::object(py::str(where.file));
    raised.attr("layer") = where.layer.empty() ? py::object(py::none()) : py::object(py::str(where.layer));
    raised.attr("row") = where.row ? py::object(py::int_(*where.row)) : py::object(py::none());
    const std::string column = where.column.empty() ? missing_column(error) : where.column;
    raised.attr("column") = column.empty() ? py::object(py::none()) : py::object(py::str(column));
    raised.attr("code") = where.code.empty() ? py::object(py::none()) : py::object(py::str(where.code));
    PyErr_SetObject(type.ptr(), raised.ptr());
}

}  // namespace

void bind_errors(py::module_& m) {
    m.def("in_python_words", &in_python_words, py::arg("text"));
    py::register_exception_translator([](std::exception_ptr thrown) {
        try {
            if (thrown) std::rethrow_exception(thrown);
        } catch (const FileMissing& error) {
            raise("FileMissing", error);
        } catch (const NameUnknown& error) {
            raise("NameUnknown", error);
        } catch (const InputError& error) {
            raise("InputError", error);
        } catch (const CrsError& error) {
            raise("CrsError", error);
        } catch (const GeometryError& error) {
            raise("GeometryError", error);
        } catch (const OutputError& error) {
            raise("OutputError", error);
        } catch (const UsageError& error) {
            raise("UsageError", error);
        } catch (const Cancelled& error) {
            if (PyErr_Occurred() == nullptr)
                raise("Cancelled", error);  // else what the signal raised is pending
        } catch (const Error& error) {
            raise("Error", error);
        } catch (const py::cast_error&) {
            raise("UsageError", UsageError("an argument is not of the kind that belongs there", {},
                                           "help() of the function says what each takes"));
        } catch (const py::builtin_exception&) {
            throw;  // what the binding raises on purpose: IndexError and its like
        } catch (const std::invalid_argument& error) {
            raise("UsageError", UsageError(error.what()));
        } catch (const std::overflow_error& error) {
            raise("InputError", InputError(std::string("numbers are too large: ") + error.what()));
        } catch (const std::runtime_error& error) {
            raise("InputError", InputError(std::string("this cannot be computed: ") + error.what()));
        }
    });
}

}  // namespace wardmap
