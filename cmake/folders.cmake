# One static library per folder of src/, linked as layers.txt says, and the test binaries.

# Sets WS_FOLDERS, and WS_DEPS_<folder> for each, in the caller's scope.
function(ws_read_layers path)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${path})
  file(STRINGS ${path} lines REGEX "^[a-z]+:")
  set(folders "")
  foreach(line IN LISTS lines)
    string(REGEX MATCH "^([a-z]+):(.*)$" _ "${line}")
    set(folder ${CMAKE_MATCH_1})
    string(STRIP "${CMAKE_MATCH_2}" rest)
    if(rest STREQUAL "all above")
      set(deps ${folders})
    else()
      string(REGEX MATCHALL "[a-z]+" deps "${rest}")
    endif()
    set(WS_DEPS_${folder} ${deps} PARENT_SCOPE)
    list(APPEND folders ${folder})
  endforeach()
  set(WS_FOLDERS ${folders} PARENT_SCOPE)
endfunction()

# ws_folder(name): library ws_<name> from every .cc below src/<name> except tests; an object library
# of its tests; and ws_test_<name>, the tests of this folder alone (not part of `all`).
function(ws_folder name)
  set(dir ${CMAKE_SOURCE_DIR}/src/${name})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${dir}/*.cc)
  file(GLOB_RECURSE headers CONFIGURE_DEPENDS ${dir}/*.h ${dir}/*.def)
  file(GLOB_RECURSE embedded CONFIGURE_DEPENDS ${dir}/*.cu ${dir}/*.css ${dir}/*.js ${dir}/*.html)
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "_test\\.cc$")
  list(FILTER tests INCLUDE REGEX "_test\\.cc$")
  list(TRANSFORM WS_DEPS_${name} PREPEND ws_ OUTPUT_VARIABLE deps)

  if(sources)
    add_library(ws_${name} STATIC ${sources})
    target_link_libraries(ws_${name} PUBLIC ws_flags ${deps} ${WS_LIBS_${name}})
    target_precompile_headers(ws_${name} REUSE_FROM ws_pch_lib)
    ws_simd_flags(${sources})
    if(embedded)
      ws_embed(ws_${name} ${embedded})
    endif()
  else()
    add_library(ws_${name} INTERFACE)
    target_link_libraries(ws_${name} INTERFACE ws_flags ${deps} ${WS_LIBS_${name}})
  endif()
  set_property(GLOBAL APPEND PROPERTY WS_SOURCES ${sources} ${headers} ${tests})
  set_property(GLOBAL APPEND PROPERTY WS_LIBRARIES ws_${name})

  if(tests)
    ws_test_objects(ws_${name}_tests ws_${name} ${tests})
    add_executable(ws_test_${name} EXCLUDE_FROM_ALL)
    target_link_libraries(ws_test_${name} PRIVATE ws_${name}_tests ws_${name} gtest gtest_main)
  endif()
endfunction()

function(ws_test_objects target library)
  add_library(${target} OBJECT ${ARGN})
  target_link_libraries(${target} PRIVATE ws_flags ${library})
  target_include_directories(${target} PRIVATE ${CMAKE_SOURCE_DIR})
  target_compile_definitions(${target} PRIVATE WS_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  target_precompile_headers(${target} REUSE_FROM ws_pch_test)
  set_property(GLOBAL APPEND PROPERTY WS_TEST_OBJECTS ${target})
endfunction()

# ws_unit_tests: every *_test.cc of src/, and tests/*.cc, tests/property/*.cc and tests/fuzz/*_test.cc,
# which see all folders. ws_golden_tests: the runner of tests/golden.
function(ws_tests)
  file(GLOB golden CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/golden/*.cc)
  list(FILTER golden EXCLUDE REGEX "golden_main\\.cc$")
  add_library(ws_golden STATIC ${golden})
  target_include_directories(ws_golden PUBLIC ${CMAKE_SOURCE_DIR})
  target_link_libraries(ws_golden PUBLIC ws_flags ws_driver)
  target_precompile_headers(ws_golden REUSE_FROM ws_pch_lib)
  add_executable(ws_golden_tests tests/golden/golden_main.cc)
  target_link_libraries(ws_golden_tests PRIVATE ws_golden)
  target_compile_definitions(ws_golden_tests PRIVATE WS_SOURCE_DIR="${CMAKE_SOURCE_DIR}")

  # Faults planted in programs to test the judge; ws_mutate is the whole run, the tests a sample.
  file(GLOB mutation CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/mutation/*.cc)
  list(FILTER mutation EXCLUDE REGEX "mutation_main\\.cc$")
  add_library(ws_mutation STATIC ${mutation})
  target_include_directories(ws_mutation PUBLIC ${CMAKE_SOURCE_DIR})
  target_link_libraries(ws_mutation PUBLIC ws_flags ws_verify ws_front)
  target_precompile_headers(ws_mutation REUSE_FROM ws_pch_lib)
  add_executable(ws_mutate tests/mutation/mutation_main.cc)
  target_link_libraries(ws_mutate PRIVATE ws_mutation)

  # Generated programs along several paths; ws_referee is the whole run, the tests a sample.
  file(GLOB referee CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/referee/*.cc)
  list(FILTER referee EXCLUDE REGEX "(referee_main|_test)\\.cc$")
  add_library(ws_referee_lib STATIC ${referee})
  target_include_directories(ws_referee_lib PUBLIC ${CMAKE_SOURCE_DIR})
  target_link_libraries(ws_referee_lib PUBLIC ws_flags ws_driver)
  target_precompile_headers(ws_referee_lib REUSE_FROM ws_pch_lib)
  add_executable(ws_referee tests/referee/referee_main.cc)
  target_link_libraries(ws_referee PRIVATE ws_referee_lib)

  # What the PTX ISA says of instructions, computed apart from the engine.
  set(tables ${CMAKE_BINARY_DIR}/conformance)
  file(GLOB conformance CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tools/conformance/*.py)
  add_custom_command(
    OUTPUT ${tables}/integer.txt
    COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_SOURCE_DIR}/tools/conformance ${tables} >${tables}.log
    DEPENDS ${conformance}
    COMMENT "Computing the conformance tables")
  add_custom_target(conformance_tables DEPENDS ${tables}/integer.txt)

  file(GLOB cross CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/*.cc ${CMAKE_SOURCE_DIR}/tests/property/*.cc
       ${CMAKE_SOURCE_DIR}/tests/fuzz/*_test.cc ${CMAKE_SOURCE_DIR}/tests/referee/*_test.cc
       ${CMAKE_SOURCE_DIR}/tools/gpu_runner/table.cc)
  if(cross)
    ws_test_objects(ws_cross_tests ws_golden ${cross})
    target_link_libraries(ws_cross_tests PRIVATE ws_mutation ws_fuzz ws_referee_lib)
    target_compile_definitions(ws_cross_tests PRIVATE WS_TABLES_DIR="${tables}")
    add_dependencies(ws_cross_tests conformance_tables)
  endif()
  get_property(objects GLOBAL PROPERTY WS_TEST_OBJECTS)
  get_property(libraries GLOBAL PROPERTY WS_LIBRARIES)
  add_executable(ws_unit_tests)
  target_link_libraries(ws_unit_tests PRIVATE ws_flags ${objects} ws_golden ws_mutation ws_fuzz ws_referee_lib ${libraries} gtest gtest_main)
endfunction()

# An upward include fails the build.
function(ws_layer_check)
  get_property(sources GLOBAL PROPERTY WS_SOURCES)
  set(stamp ${CMAKE_BINARY_DIR}/layers.stamp)
  add_custom_command(
    OUTPUT ${stamp}
    COMMAND ${Python3_EXECUTABLE} tools/check_layers.py src layers.txt
    COMMAND ${CMAKE_COMMAND} -E touch ${stamp}
    DEPENDS ${sources} layers.txt tools/check_layers.py
    WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
    COMMENT "Checking the floors"
    VERBATIM)
  add_custom_target(ws_layers ALL DEPENDS ${stamp})
endfunction()

# `tidy`: clang-tidy over all sources that have changed since they last passed.
function(ws_tidy)
  get_property(embedded GLOBAL PROPERTY WS_EMBEDDED)
  add_custom_target(tidy
    COMMAND ${Python3_EXECUTABLE} tools/tidy.py ${CMAKE_BINARY_DIR}
    DEPENDS ${embedded} ws_pch_lib ws_pch_test
    WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
    USES_TERMINAL VERBATIM)
endfunction()
