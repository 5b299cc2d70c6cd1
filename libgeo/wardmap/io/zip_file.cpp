#include "wardmap/io/zip_file.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/io/office/module_interface.hpp"
#include "wardmap/io/office_module.hpp"

#include <stdexcept>

namespace wardmap {
namespace {

constexpr std::uint64_t most_unpacked = std::uint64_t{256} << 20U;

}  // namespace

std::string zip_bytes(std::span<const ZipPart> parts) {
    const OfficeModule& office = office_module();
    try {
        return office.zip_bytes(parts);
    } catch (const std::runtime_error& why) {
        throw OutputError(std::string("the archive cannot be made: ") + why.what(), {},
                          "this is a fault of wardmap or of the machine");
    }
}

std::vector<ZipPart> zip_parts(std::string_view bytes, const std::string& name) {
    const OfficeModule& office = office_module();
    const auto refuse = [&](const std::string& why) {
        throw InputError("the archive is damaged or incomplete: " + why, {.file = name},
                         "copy it again, or save it anew");
    };
    if (bytes.empty()) refuse("it is empty");
    try {
        return office.zip_parts(bytes, most_unpacked);
    } catch (const std::runtime_error& why) {
        refuse(why.what());
    }
    return {};
}

}  // namespace wardmap
