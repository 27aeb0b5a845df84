# Generated includes: registries of like things, and embedded files.

# ws_camel(var stem): kernel_fusion -> KernelFusion.
function(ws_camel var stem)
  set(result "")
  string(REPLACE "_" ";" words "${stem}")
  foreach(word IN LISTS words)
    string(SUBSTRING "${word}" 0 1 head)
    string(SUBSTRING "${word}" 1 -1 tail)
    string(TOUPPER "${head}" head)
    string(APPEND result "${head}${tail}")
  endforeach()
  set(${var} "${result}" PARENT_SCOPE)
endfunction()

# ws_registry(name dir): writes `registry/<name>.inc` with a line WS_ENTRY(stem, CamelStem) for each
# file of src/.../dir, sorted. Not entries: tests, SIMD variants, and the file named like the folder
# or `registry.cc`, where the list is made into an array. Each file defines `extern const T kCamelStem`.
function(ws_registry name dir)
  file(GLOB files CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}/${dir} ${CMAKE_SOURCE_DIR}/${dir}/*.cc)
  list(SORT files)
  get_filename_component(own ${dir} NAME)
  set(text "// Generated from the files of ${dir}.\n")
  foreach(file IN LISTS files)
    if(file MATCHES "(_test|_avx2|_avx512)\\.cc$" OR file MATCHES "^(${own}|registry)\\.cc$")
      continue()
    endif()
    get_filename_component(stem ${file} NAME_WE)
    ws_camel(camel ${stem})
    string(APPEND text "WS_ENTRY(${stem}, ${camel})\n")
  endforeach()
  file(CONFIGURE OUTPUT ${WS_GENERATED}/registry/${name}.inc CONTENT "${text}" @ONLY)
endfunction()

# ws_embed(target files...): writes `embed/<stem>.h` with one `inline constexpr std::string_view
# ws::embed::kStemExt` per file of that stem (math.cu -> kMathCu), at build time.
function(ws_embed target)
  set(stems "")
  foreach(file IN LISTS ARGN)
    get_filename_component(stem ${file} NAME_WE)
    list(APPEND stems ${stem})
    list(APPEND files_${stem} ${file})
  endforeach()
  list(REMOVE_DUPLICATES stems)
  foreach(stem IN LISTS stems)
    set(header ${WS_GENERATED}/embed/${stem}.h)
    add_custom_command(
      OUTPUT ${header}
      COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/tools/embed.py ${header} ${files_${stem}}
      DEPENDS ${files_${stem}} ${CMAKE_SOURCE_DIR}/tools/embed.py
      COMMENT "Embedding ${stem}"
      VERBATIM)
    target_sources(${target} PRIVATE ${header})
    set_property(GLOBAL APPEND PROPERTY WS_EMBEDDED ${header})
  endforeach()
endfunction()

# ws_embed_folder(target name pattern): writes `embed/<name>.h` with the files that match as an array
# of pairs (file name, text), `ws::embed::k<Name>`, sorted by name.
function(ws_embed_folder target name pattern)
  file(GLOB files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${pattern})
  set(header ${WS_GENERATED}/embed/${name}.h)
  add_custom_command(
    OUTPUT ${header}
    COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/tools/embed.py --list ${header} ${files}
    DEPENDS ${files} ${CMAKE_SOURCE_DIR}/tools/embed.py
    COMMENT "Embedding ${pattern}"
    VERBATIM)
  target_sources(${target} PRIVATE ${header})
endfunction()
