# ccache where it is found. The build directory's place is kept out of the hash, so that several
# checkouts of the project share one cache; the sloppiness is what precompiled headers need.
find_program(WS_CCACHE ccache)
if(WS_CCACHE)
  set(WS_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${WS_CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${WS_COMPILER_LAUNCHER})
endif()
