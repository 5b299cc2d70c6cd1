/// \file
/// GDAL's C handles with owners, and its errors as ours. Only the files of the GDAL module see this.
#pragma once

// Makes the OGR handles distinct types instead of void*, so that mixing them does not compile.
#ifndef DEBUG
#define DEBUG
#endif

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>

#include <atomic>
#include <initializer_list>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace wardmap {

template <typename Handle, auto release>
struct GdalRelease {
    void operator()(std::remove_pointer_t<Handle>* handle) const noexcept { release(handle); }
};
template <typename Handle, auto release>
using GdalOwner = std::unique_ptr<std::remove_pointer_t<Handle>, GdalRelease<Handle, release>>;

using DatasetHandle = GdalOwner<GDALDatasetH, GDALClose>;
using FeatureHandle = GdalOwner<OGRFeatureH, OGR_F_Destroy>;
using GeometryHandle = GdalOwner<OGRGeometryH, OGR_G_DestroyGeometry>;
using FieldDefnHandle = GdalOwner<OGRFieldDefnH, OGR_Fld_Destroy>;
using SrsHandle = GdalOwner<OGRSpatialReferenceH, OSRRelease>;
using CplText = GdalOwner<char*, VSIFree>;
using CplList = GdalOwner<char**, CSLDestroy>;

/// Collects what GDAL says on this thread while it lives, instead of printing it. The handlers of
/// the process and of other threads stay as they are.
class GdalErrors {
public:
    GdalErrors() {
        CPLErrorReset();
        CPLPushErrorHandlerEx(&GdalErrors::collect, this);
    }
    GdalErrors(const GdalErrors&) = delete;
    GdalErrors& operator=(const GdalErrors&) = delete;
    ~GdalErrors() {
        CPLPopErrorHandler();
        CPLErrorReset();
    }

    bool failed() const noexcept { return failures_ > 0; }
    /// GDAL's own words, first failures, then warnings; "" if it said nothing.
    std::string text() const {
        const std::string& said = failed() ? failure_ : warning_;
        return said.empty() ? said : " (GDAL: " + said + ")";
    }
    void clear() noexcept {
        failures_ = 0;
        failure_.clear();
        warning_.clear();
    }

private:
    static void CPL_STDCALL collect(CPLErr severity, CPLErrorNum, const char* message) {
        auto* const self = static_cast<GdalErrors*>(CPLGetErrorHandlerUserData());
        if (severity == CE_Failure || severity == CE_Fatal) {
            if (self->failures_++ == 0) self->failure_ = message;
        } else if (severity == CE_Warning && self->warning_.empty()) {
            self->warning_ = message;
        }
    }
    std::size_t failures_ = 0;
    std::string failure_{};
    std::string warning_{};
};

/// A file in GDAL's memory, in a folder nobody else has; both are gone with this object.
class MemoryFile {
public:
    explicit MemoryFile(const std::string& name) {
        static std::atomic<unsigned> number{0};
        folder_ = "/vsimem/wardmap-" + std::to_string(number++);
        path_ = folder_ + "/" + name;
    }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;
    ~MemoryFile() { VSIRmdirRecursive(folder_.c_str()); }

    const std::string& path() const noexcept { return path_; }
    std::string bytes() const {
        vsi_l_offset size = 0;
        const GByte* const data = VSIGetMemFileBuffer(path_.c_str(), &size, 0);
        if (data == nullptr) return {};
        return std::string(reinterpret_cast<const char*>(data), static_cast<std::size_t>(size));
    }

private:
    std::string folder_{};
    std::string path_{};
};

/// Options of this thread while it lives; never those of the process.
class GdalOptions {
public:
    GdalOptions(std::initializer_list<std::pair<const char*, const char*>> options) {
        for (const auto& [key, value] : options) {
            const char* const before = CPLGetThreadLocalConfigOption(key, nullptr);
            before_.emplace_back(key, before == nullptr ? std::string() : std::string(before),
                                 before != nullptr);
            CPLSetThreadLocalConfigOption(key, value);
        }
    }
    GdalOptions(const GdalOptions&) = delete;
    GdalOptions& operator=(const GdalOptions&) = delete;
    ~GdalOptions() {
        for (const Before& b : before_)
            CPLSetThreadLocalConfigOption(b.key, b.set ? b.value.c_str() : nullptr);
    }

private:
    struct Before {
        Before(const char* k, std::string v, bool s) : key(k), value(std::move(v)), set(s) {}
        const char* key;
        std::string value;
        bool set;
    };
    std::vector<Before> before_{};
};

}  // namespace wardmap
