# Where nvcc is found, device-clean sources are also compiled as CUDA: it keeps them device-clean and
# gives the objects that kernels in gpu/ link with. A source is device-clean when one of its first
# five lines contains `// device-clean`; after adding the mark to an existing file, configure again.
function(ws_find_nvcc)
  string(REPLACE "," ";" hidden "$ENV{WARPSMITH_HIDE}")
  if("nvcc" IN_LIST hidden)
    set(WS_NVCC "" PARENT_SCOPE)
    return()
  endif()
  find_program(WS_NVCC_PATH nvcc HINTS $ENV{CUDA_HOME}/bin $ENV{CUDA_PATH}/bin /usr/local/cuda/bin)
  if(WS_NVCC_PATH)
    set(WS_NVCC ${WS_NVCC_PATH} PARENT_SCOPE)
  endif()
endfunction()
ws_find_nvcc()

function(ws_device_build)
  set_property(GLOBAL PROPERTY WS_DEVICE_COUNT 0)
  if(NOT WS_NVCC)
    return()
  endif()
  set(candidates "")
  foreach(folder base diag ir front)
    file(GLOB_RECURSE files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${folder}/*.cc)
    list(APPEND candidates ${files})
  endforeach()
  file(GLOB kernels CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/gpu/*.cu)
  set(sources ${kernels})
  foreach(file IN LISTS candidates)
    file(STRINGS ${file} head LIMIT_COUNT 5)
    if("${head}" MATCHES "// device-clean" AND NOT file MATCHES "_test\\.cc$")
      list(APPEND sources ${file})
    endif()
  endforeach()

  get_property(embedded GLOBAL PROPERTY WS_EMBEDDED)
  set(objects "")
  foreach(file IN LISTS sources)
    file(RELATIVE_PATH name ${CMAKE_SOURCE_DIR} ${file})
    set(object ${CMAKE_BINARY_DIR}/device/${name}.o)
    get_filename_component(dir ${object} DIRECTORY)
    file(MAKE_DIRECTORY ${dir})
    # -fmad=false is nvcc's -ffp-contract=off: the two builds must give the same bits.
    add_custom_command(
      OUTPUT ${object}
      COMMAND ${WS_COMPILER_LAUNCHER} ${WS_NVCC} -x cu -std=c++20 --expt-relaxed-constexpr -fmad=false
              -Xcompiler -w -rdc=true -arch=sm_90 -I${CMAKE_SOURCE_DIR}/src -I${WS_GENERATED}
              -MMD -MF ${object}.d -dc -o ${object} ${file}
      DEPENDS ${file} ${embedded}
      DEPFILE ${object}.d
      COMMENT "Compiling ${name} for the device"
      VERBATIM)
    list(APPEND objects ${object})
  endforeach()
  if(objects)
    add_custom_target(ws_device ALL DEPENDS ${objects})
  endif()
  list(LENGTH objects count)
  set_property(GLOBAL PROPERTY WS_DEVICE_COUNT ${count})
endfunction()

function(ws_summary)
  get_property(count GLOBAL PROPERTY WS_DEVICE_COUNT)
  if(WS_NVCC)
    set(device "on, ${count} sources through ${WS_NVCC}")
  elseif("$ENV{WARPSMITH_HIDE}" MATCHES "nvcc")
    set(device "off (WARPSMITH_HIDE hides nvcc)")
  else()
    set(device "off (no nvcc found)")
  endif()
  message(STATUS "Warpsmith ${PROJECT_VERSION}, ${WS_MODE}")
  message(STATUS "  device-clean build: ${device}")
  if(WS_CCACHE)
    message(STATUS "  ccache: ${WS_CCACHE}")
  else()
    message(STATUS "  ccache: not found")
  endif()
endfunction()
