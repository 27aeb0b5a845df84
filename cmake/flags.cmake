# Flags that every target shares (through ws_flags), and the precompiled header.
set(WS_MODE release CACHE STRING "release, dev or asan")
set_property(CACHE WS_MODE PROPERTY STRINGS release dev asan)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
# The shared libraries are made of the same objects; what they do not export costs no indirection.
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)

set(WS_GENERATED ${CMAKE_BINARY_DIR}/generated)
set(WS_FLAGS_release -O2)
set(WS_FLAGS_dev -O1 -g)
set(WS_FLAGS_asan -O1 -g1 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
    -D_GLIBCXX_ASSERTIONS)
# clang has libFuzzer as well; what it needs to see costs the tests little.
set(WS_FUZZ FALSE)
if(WS_MODE STREQUAL "asan" AND CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  set(WS_FUZZ TRUE)
  list(APPEND WS_FLAGS_asan -fsanitize=fuzzer-no-link)
endif()
if(NOT DEFINED WS_FLAGS_${WS_MODE})
  message(FATAL_ERROR "WS_MODE is ${WS_MODE}; it must be release, dev or asan")
endif()

add_library(ws_flags INTERFACE)
target_include_directories(ws_flags INTERFACE ${CMAKE_SOURCE_DIR}/src ${WS_GENERATED})
# Results must be the same bits everywhere: no contraction, and never -ffast-math. Nobody reads
# errno or the floating-point flags, and loops over lanes vectorise only without them.
target_compile_options(ws_flags INTERFACE -Wall -Wextra -Werror -ffp-contract=off
                       -fno-math-errno -fno-trapping-math -pthread ${WS_FLAGS_${WS_MODE}})
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # -Wrestrict is wrong about std::string in g++ 12 (GCC bug 105651), and -Wmaybe-uninitialized about
  # the standard library under the sanitizers.
  target_compile_options(ws_flags INTERFACE -fpch-preprocess -Wno-restrict
                         $<$<STREQUAL:${WS_MODE},asan>:-Wno-maybe-uninitialized>)
elseif(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  target_compile_options(ws_flags INTERFACE -Wcovered-switch-default)
endif()
target_link_options(ws_flags INTERFACE -pthread)
if(WS_MODE STREQUAL "asan")
  target_link_options(ws_flags INTERFACE -fsanitize=address,undefined)
endif()

# One precompiled header for all libraries, one for all tests; folders reuse them.
set(WS_PCH_HEADERS <algorithm> <array> <bit> <cmath> <cstddef> <cstdint> <cstdio> <cstring>
    <functional> <limits> <map> <memory> <optional> <span> <string> <string_view> <tuple>
    <type_traits> <unordered_map> <utility> <variant> <vector>)
file(GENERATE OUTPUT ${WS_GENERATED}/pch.cc CONTENT "// Anchor of the precompiled header.\n")
function(ws_pch target)
  add_library(${target} OBJECT ${WS_GENERATED}/pch.cc)
  target_link_libraries(${target} PRIVATE ws_flags)
  target_precompile_headers(${target} PRIVATE ${ARGN})
endfunction()
ws_pch(ws_pch_lib ${WS_PCH_HEADERS})
ws_pch(ws_pch_test ${WS_PCH_HEADERS} <gtest/gtest.h>)

# SIMD variants are files of their own, chosen at run time (base/cpu.h).
function(ws_simd_flags)
  if(NOT CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
    return()
  endif()
  foreach(file IN LISTS ARGN)
    if(file MATCHES "_avx2\\.cc$")
      set(flags -mavx2 -mfma -mf16c)
    elseif(file MATCHES "_avx512\\.cc$")
      set(flags -mavx512f -mavx512vl -mavx512bw -mavx512dq -mfma -mf16c -mprefer-vector-width=512)
    elseif(file MATCHES "_baseline\\.cc$")
      set(flags "")
    else()
      continue()
    endif()
    # Their loops over lanes must become SIMD code, in tests too.
    if(NOT WS_MODE STREQUAL "asan")
      list(APPEND flags -O3)
    endif()
    set_source_files_properties(${file} PROPERTIES COMPILE_OPTIONS "${flags}"
                                SKIP_PRECOMPILE_HEADERS ON)
  endforeach()
endfunction()
