# The Python package: an extension that holds the whole engine, and a wheel of it and bindings/python.

# ws_python(): target warpsmith_wheel, which makes build/.../python/warpsmith-*.whl. Without Python's
# headers or pybind11 it says so and does nothing. WS_PYTHON is the Python that the wheel is for:
# Debian's where there is one, since the packages of tools/packages.txt are for it. Choose another in
# a fresh build folder: CMake remembers the headers of the first.
function(ws_python)
  if(WS_MODE STREQUAL "asan")
    message(STATUS "  Python package: off (an extension with sanitizers does not load)")
    return()
  endif()
  find_program(WS_PYTHON python3 PATHS /usr/bin NO_DEFAULT_PATH DOC "The Python the wheel is for")
  if(NOT WS_PYTHON)
    set(WS_PYTHON ${Python3_EXECUTABLE} CACHE FILEPATH "The Python the wheel is for" FORCE)
  endif()
  set(Python_EXECUTABLE ${WS_PYTHON})
  find_package(Python 3.9 QUIET COMPONENTS Interpreter Development.Module)
  set(PYBIND11_NOPYTHON ON)  # its headers alone
  set(CMAKE_REQUIRED_QUIET ON)
  find_package(pybind11 2.10 CONFIG QUIET)
  if(NOT Python_Development.Module_FOUND OR NOT pybind11_FOUND)
    message(STATUS "  Python package: off (python3-dev or pybind11-dev is missing for ${WS_PYTHON})")
    return()
  endif()

  set(source ${CMAKE_SOURCE_DIR}/bindings/python)
  set(binary ${CMAKE_BINARY_DIR}/python)
  set(exports ${binary}/extension.exports)
  file(CONFIGURE OUTPUT ${exports} CONTENT "{ global: PyInit__core; local: *; };\n")
  Python_add_library(warpsmith_python MODULE WITH_SOABI ${source}/core.cc)
  set_target_properties(warpsmith_python PROPERTIES OUTPUT_NAME _core LINK_DEPENDS ${exports}
                        LIBRARY_OUTPUT_DIRECTORY ${binary})
  target_include_directories(warpsmith_python PRIVATE ${CMAKE_SOURCE_DIR}/src/api)
  target_link_libraries(warpsmith_python PRIVATE ws_flags ws_api pybind11::headers)
  target_link_options(warpsmith_python PRIVATE -Wl,--version-script=${exports})

  file(GLOB package CONFIGURE_DEPENDS ${source}/warpsmith/*)
  list(FILTER package INCLUDE REGEX "\\.(py|pyi|typed)$")
  set(python cp${Python_VERSION_MAJOR}${Python_VERSION_MINOR})
  set(tag ${python}-${python}-linux_${CMAKE_SYSTEM_PROCESSOR})
  set(wheel ${binary}/warpsmith-${PROJECT_VERSION}-${tag}.whl)
  set(license ${CMAKE_SOURCE_DIR}/LICENSE)
  add_custom_command(
    OUTPUT ${wheel}
    COMMAND ${WS_PYTHON} -B ${source}/make_wheel.py ${wheel} $<TARGET_FILE:warpsmith_python> ${license}
    DEPENDS warpsmith_python ${source}/make_wheel.py ${package} ${license}
    COMMENT "Making the wheel"
    VERBATIM)
  add_custom_target(warpsmith_wheel ALL DEPENDS ${wheel})
  message(STATUS "  Python package: for ${WS_PYTHON} ${Python_VERSION}")
endfunction()
