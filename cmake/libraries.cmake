# The shared libraries: libwarpsmith (src/api/warpsmith.h) and those of compat/, which have other
# projects' interfaces; what is installed, and how others find it.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

# ws_shared_library(target name exports sources...): lib<name>.so, of which only `exports` is seen.
function(ws_shared_library target name exports)
  add_library(${target} SHARED ${ARGN})
  set(script ${CMAKE_BINARY_DIR}/${target}.exports)
  file(CONFIGURE OUTPUT ${script} CONTENT "{ global: ${exports}; local: *; };\n")
  set_target_properties(${target} PROPERTIES OUTPUT_NAME ${name} LINK_DEPENDS ${script})
  target_link_options(${target} PRIVATE -Wl,--version-script=${script} -Wl,--no-undefined)
  target_link_libraries(${target} PRIVATE ws_flags)
endfunction()

# libcuda.so.1 on our engine, in a folder of its own, for tests of gpu_runner where there is no GPU.
function(ws_fake_cuda)
  file(GLOB fake CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/fake_cuda/*.cc)
  ws_shared_library(fake_cuda cuda "cu*" ${fake})
  target_link_libraries(fake_cuda PRIVATE ws_ir ws_pass ws_exec)
  set_target_properties(fake_cuda PROPERTIES VERSION 1 SOVERSION 1
                        LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/fake_cuda)
endfunction()

function(ws_libraries)
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/empty.cc CONTENT "// The library is made of ws_api.\n")
  ws_shared_library(warpsmith_library warpsmith "ws_*" ${CMAKE_BINARY_DIR}/empty.cc)
  target_link_libraries(warpsmith_library PRIVATE $<LINK_LIBRARY:WHOLE_ARCHIVE,ws_api>)
  set_target_properties(warpsmith_library PROPERTIES VERSION ${PROJECT_VERSION} SOVERSION 1
                        EXPORT_NAME warpsmith)
  target_include_directories(warpsmith_library INTERFACE
                             $<BUILD_INTERFACE:${CMAKE_SOURCE_DIR}/src/api>
                             $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)

  file(GLOB ocelot CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/compat/gpuocelot/*.cc)
  ws_shared_library(gpuocelot gpuocelot "ptx_run" ${ocelot})
  target_include_directories(gpuocelot PRIVATE ${CMAKE_SOURCE_DIR})
  target_link_libraries(gpuocelot PRIVATE ws_api)

  install(TARGETS warpsmith gpuocelot)
  install(TARGETS warpsmith_library EXPORT warpsmith)
  install(FILES ${CMAKE_SOURCE_DIR}/src/api/warpsmith.h TYPE INCLUDE)
  set(config ${CMAKE_BINARY_DIR}/package)
  configure_file(${CMAKE_SOURCE_DIR}/cmake/warpsmith.pc.in ${config}/warpsmith.pc @ONLY)
  write_basic_package_version_file(${config}/warpsmith-config-version.cmake
                                   COMPATIBILITY SameMajorVersion)
  set(where ${CMAKE_INSTALL_LIBDIR}/cmake/warpsmith)
  install(FILES ${config}/warpsmith.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
  install(FILES ${config}/warpsmith-config-version.cmake DESTINATION ${where})
  install(EXPORT warpsmith NAMESPACE warpsmith:: FILE warpsmith-config.cmake DESTINATION ${where})
endfunction()
