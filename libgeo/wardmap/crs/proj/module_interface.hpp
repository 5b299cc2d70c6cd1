/// \file
/// What the PROJ module offers the library. No PROJ type passes here, and the module needs nothing of the
/// library, so that whoever builds the library has it.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>

namespace wardmap {

/// A way from one system to another.
struct ProjOperation {
    std::string name{};
    std::optional<double> accuracy_m{};
};

/// Definitions are never empty. Any number of threads may ask.
class ProjModule {
public:
    ProjModule() = default;
    ProjModule(const ProjModule&) = delete;
    ProjModule& operator=(const ProjModule&) = delete;
    virtual ~ProjModule() = default;

    virtual std::string version() const = 0;
    /// The system's name; nothing, with PROJ's complaint in `why`, if the definition means none.
    virtual std::optional<std::string> name(const std::string& definition, std::string& why) const = 0;
    /// "EPSG:27700" of the horizontal part, or empty. \pre name() knows the definition
    virtual std::string authority_code(const std::string& definition) const = 0;
    /// \pre name() knows the definition
    virtual bool is_geographic(const std::string& definition) const = 0;
    /// Whether the horizontal parts mean the same but for the order of axes. \pre name() knows both
    virtual bool equivalent(const std::string& a, const std::string& b) const = 0;
    /// The best operation that needs no grid; nothing, with PROJ's complaint in `why`, if there is none.
    virtual std::optional<ProjOperation> operation(const std::string& from, const std::string& to,
                                                   std::string& why) const = 0;
    /// Points in place; what has no place becomes infinite or NaN. \pre operation() knows a way
    virtual void transform(const std::string& from, const std::string& to, std::span<double> x,
                           std::span<double> y) const = 0;
};

/// Name of the one function the module exports, and its type. The function answers null if it was
/// built for another version of the library. `data_folder` holds the proj.db that came with wardmap; null:
/// PROJ looks where it always does.
inline constexpr const char* proj_module_entry = "wardmap_proj_module";
using ProjModuleEntry = const ProjModule* (*)(const char* library_version, const char* data_folder);

}  // namespace wardmap
