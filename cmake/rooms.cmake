# retraind_add_room(NAME SOURCES file... [USES room...] [LINKS target...])
#
# One static library a room. USES names the rooms it may include; the arrows of ARCHITECTURE.md are
# checked against the includes themselves by test/checks/architecture.py.
function(retraind_add_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;USES;LINKS" ${ARGN})
  add_library(retraind_${name} STATIC ${ROOM_SOURCES})
  add_library(retraind::${name} ALIAS retraind_${name})
  target_include_directories(retraind_${name} PUBLIC "${retraind_SOURCE_DIR}/include"
                                              PRIVATE "${retraind_SOURCE_DIR}/src")
  list(TRANSFORM ROOM_USES PREPEND "retraind::")
  target_link_libraries(retraind_${name} PUBLIC ${ROOM_USES} ${ROOM_LINKS}
                                         PRIVATE retraind_options)
  target_compile_definitions(retraind_${name} PUBLIC BOOST_ASIO_SEPARATE_COMPILATION
                                                     BOOST_BEAST_SEPARATE_COMPILATION
                                                     BOOST_ASIO_NO_DEPRECATED)
  retraind_precompile(retraind_${name})
endfunction()

# Tests are compiled fast: it is the libraries under them whose speed and code are released.
function(retraind_quick_to_compile target)
  target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-O1>)
endfunction()

# retraind_add_unit_tests(ROOM FILES stem... [LINKS target...])
#
# One executable a room, one CTest test a file: `unit.ROOM.STEM` runs the suite named STEM, and a
# file whose suite has another name fails, because a filter that matches nothing is an error.
function(retraind_add_unit_tests room)
  cmake_parse_arguments(UNIT "" "" "FILES;LINKS" ${ARGN})
  list(TRANSFORM UNIT_FILES APPEND ".cpp" OUTPUT_VARIABLE sources)
  add_executable(unit_${room} ${sources} $<TARGET_OBJECTS:unit_main>)
  target_include_directories(unit_${room} PRIVATE "${retraind_SOURCE_DIR}/test")
  target_compile_definitions(unit_${room} PRIVATE
    RETRAIND_TEST_DATA="${retraind_SOURCE_DIR}/test/data")
  target_link_libraries(unit_${room} PRIVATE retraind::${room} ${UNIT_LINKS} retraind_options
                                             Boost::unit_test_framework)
  retraind_quick_to_compile(unit_${room})
  retraind_precompile_test(unit_${room})
  add_dependencies(sanitized unit_${room})
  foreach(suite IN LISTS UNIT_FILES)
    add_test(NAME unit.${room}.${suite}
             COMMAND unit_${room} --run_test=${suite} --catch_system_errors=no --color_output=no)
    set_tests_properties(unit.${room}.${suite} PROPERTIES TIMEOUT 120 LABELS unit)
  endforeach()
endfunction()

# sandbox_add_unit_tests(PART FILES stem... [LINKS target...])
#
# The same for a part of the sandbox: target sandbox_PART, tests `unit.sandbox_PART.STEM`. Includes
# are written from the root of the tree ("sandbox/PART/file.hpp").
function(sandbox_add_unit_tests part)
  cmake_parse_arguments(UNIT "" "" "FILES;LINKS" ${ARGN})
  set(target unit_sandbox_${part})
  list(TRANSFORM UNIT_FILES APPEND ".cpp" OUTPUT_VARIABLE sources)
  add_executable(${target} ${sources} $<TARGET_OBJECTS:unit_main>)
  target_include_directories(${target} PRIVATE "${retraind_SOURCE_DIR}" "${retraind_SOURCE_DIR}/test")
  target_compile_definitions(${target} PRIVATE
    RETRAIND_TEST_DATA="${retraind_SOURCE_DIR}/test/data")
  target_link_libraries(${target} PRIVATE sandbox_${part} ${UNIT_LINKS} retraind_options
                                          Boost::unit_test_framework)
  retraind_quick_to_compile(${target})
  add_dependencies(sanitized ${target})
  foreach(suite IN LISTS UNIT_FILES)
    add_test(NAME unit.sandbox_${part}.${suite}
             COMMAND ${target} --run_test=${suite} --catch_system_errors=no --color_output=no)
    set_tests_properties(unit.sandbox_${part}.${suite} PROPERTIES TIMEOUT 120 LABELS unit)
  endforeach()
endfunction()
