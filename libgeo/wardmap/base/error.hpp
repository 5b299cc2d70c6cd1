/// \file
/// "Cannot go on": what happened, where, and what to do. Everything that is merely wrong with some
/// rows is data instead: see problems.hpp.
#pragma once

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>

namespace wardmap {

/// The place an error or problem speaks of. Empty parts are left out of the text.
struct Where {
    std::string file{};
    std::string layer{};               ///< layer of a vector file, or sheet of a workbook
    std::optional<std::size_t> row{};  ///< 1-based line or row number as a spreadsheet shows it
    std::string column{};
    std::string code{};  ///< code of the area

    /// "street.csv, row 1,204, column Longitude"; empty when nothing is known.
    std::string text() const;
};

/// Base of every error the library throws on purpose. what() is "where: what happened; what to do".
class Error : public std::runtime_error {
public:
    /// \param what_happened  a sentence without full stop, in the user's words
    /// \param what_to_do     the remedy; may be empty when there is none
    Error(const std::string& what_happened, Where where = {}, const std::string& what_to_do = {});

    const Where& where() const noexcept { return where_; }
    const std::string& what_happened() const noexcept { return what_happened_; }
    const std::string& what_to_do() const noexcept { return what_to_do_; }

private:
    Where where_;
    std::string what_happened_;
    std::string what_to_do_;
};

/// A file, layer, table or value cannot be read or does not hold what was asked of it.
class InputError : public Error {
public:
    using Error::Error;
};

/// The file is not there (Python: also FileNotFoundError).
class FileMissing : public InputError {
public:
    using InputError::InputError;
};

/// A column, layer, area or built-in name that does not exist (Python: also KeyError).
/// The remedy names the nearest existing ones.
class NameUnknown : public InputError {
public:
    using InputError::InputError;
};

/// A coordinate system is missing, unknown, or does not fit.
class CrsError : public Error {
public:
    using Error::Error;
};

/// A shape cannot be used or repaired.
class GeometryError : public Error {
public:
    using Error::Error;
};

/// A result cannot be written.
class OutputError : public Error {
public:
    using Error::Error;
};

/// The caller asked for something that makes no sense (the command exits with 2).
class UsageError : public Error {
public:
    using Error::Error;
};

/// The caller cancelled a long call.
class Cancelled : public Error {
public:
    using Error::Error;
};

}  // namespace wardmap
