# Compiler settings for our own code; foreign headers come in as SYSTEM.
add_library(wardmap_options INTERFACE)
target_compile_options(wardmap_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wold-style-cast -Wnon-virtual-dtor -Woverloaded-virtual
  # The same sums on every machine: no fused multiply-add.
  -ffp-contract=off)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 reports overlaps that are not there in std::string at -O3, and asks for members with defaults.
  target_compile_options(wardmap_options INTERFACE -Wno-restrict -Wno-missing-field-initializers)
else()
  target_compile_options(wardmap_options INTERFACE -Wno-missing-field-initializers -Wno-missing-designated-field-initializers -Wno-unknown-warning-option)
endif()
if(WARDMAP_WERROR)
  target_compile_options(wardmap_options INTERFACE -Werror)
endif()
if(WARDMAP_SANITIZE)
  add_compile_options(-fsanitize=${WARDMAP_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${WARDMAP_SANITIZE})
endif()
if(WARDMAP_COVERAGE)
  add_compile_options(--coverage)
  add_link_options(--coverage)
endif()
