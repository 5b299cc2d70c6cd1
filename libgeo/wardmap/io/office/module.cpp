#include "wardmap/base/version.hpp"
#include "wardmap/io/office/archive.hpp"
#include "wardmap/io/office/workbook.hpp"

#include <mutex>

namespace wardmap {
namespace {

class Module final : public OfficeModule {
public:
    std::string zip_bytes(std::span<const ZipPart> parts) const override { return packed(parts); }
    std::vector<ZipPart> zip_parts(std::string_view bytes, std::uint64_t most_bytes) const override {
        return unpacked(bytes, most_bytes);
    }
    std::unique_ptr<Archive> open_archive(const std::string& path) const override { return archive_at(path); }
    void write_workbook(const Workbook& book, const std::string& path) const override {
        static std::mutex one_at_a_time;
        const std::lock_guard<std::mutex> lock(one_at_a_time);
        write_xlsx(book, path);
    }
};

}  // namespace
}  // namespace wardmap

extern "C" __attribute__((visibility("default"))) const wardmap::OfficeModule* wardmap_office_module(
    const char* library_version);

const wardmap::OfficeModule* wardmap_office_module(const char* library_version) {
    if (wardmap::version != std::string_view(library_version)) return nullptr;
    static const wardmap::Module module;
    return &module;
}
