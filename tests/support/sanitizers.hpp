/// \file
/// What a sanitizer makes a hundred times slower is left to the release build.
#pragma once

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define WARDMAP_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define WARDMAP_SANITIZED 1
#endif
#endif

namespace wardmap {

#ifdef WARDMAP_SANITIZED
inline constexpr bool under_sanitizers = true;
#else
inline constexpr bool under_sanitizers = false;
#endif

}  // namespace wardmap
