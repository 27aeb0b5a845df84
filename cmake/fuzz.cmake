# Library ws_fuzz of the fuzz targets, for the tests; under clang's sanitizers also fuzz_<target> for
# each file of tests/fuzz/target, and the dictionaries build/.../fuzz/<language>.dict.
function(ws_fuzz)
  set(dir ${CMAKE_SOURCE_DIR}/tests/fuzz)
  file(GLOB targets CONFIGURE_DEPENDS ${dir}/target/*.cc)
  add_library(ws_fuzz STATIC ${targets} ${dir}/targets.cc)
  target_include_directories(ws_fuzz PUBLIC ${CMAKE_SOURCE_DIR})
  target_compile_definitions(ws_fuzz PRIVATE WS_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  target_link_libraries(ws_fuzz PUBLIC ws_flags ws_nest ws_task)
  target_precompile_headers(ws_fuzz REUSE_FROM ws_pch_lib)
  if(NOT WS_FUZZ)
    return()
  endif()

  set(programs "")
  foreach(file IN LISTS targets)
    get_filename_component(name ${file} NAME_WE)
    add_executable(fuzz_${name} EXCLUDE_FROM_ALL ${dir}/fuzz_main.cc)
    target_compile_definitions(fuzz_${name} PRIVATE WS_FUZZ_TARGET="${name}")
    target_link_libraries(fuzz_${name} PRIVATE ws_flags ws_fuzz -fsanitize=fuzzer)
    list(APPEND programs fuzz_${name})
  endforeach()

  add_executable(fuzz_dictionary EXCLUDE_FROM_ALL ${dir}/dictionary.cc)
  target_link_libraries(fuzz_dictionary PRIVATE ws_fuzz)
  file(GLOB tasks CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/examples/*/task.toml)
  set(dictionaries "")
  foreach(language cuda ptx toml)
    set(words "")
    if(language STREQUAL "toml")
      set(words ${tasks})
    endif()
    add_custom_command(
      OUTPUT fuzz/${language}.dict
      COMMAND ${CMAKE_COMMAND} -E make_directory fuzz
      COMMAND $<TARGET_FILE:fuzz_dictionary> ${language} ${words} > fuzz/${language}.dict
      DEPENDS fuzz_dictionary ${words}
      COMMENT "Writing the dictionary of ${language}"
      VERBATIM)
    list(APPEND dictionaries fuzz/${language}.dict)
  endforeach()
  add_custom_target(fuzz DEPENDS ${programs} ${dictionaries})
endfunction()
