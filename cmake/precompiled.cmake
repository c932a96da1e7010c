# Most of a unit's compile time goes into headers that nearly all units share, so they are compiled
# once. Only with clang: g++ builds without, and so finds a unit that lacks an include of its own.
#
# retraind_precompile(TARGET)        for a room
# retraind_precompile_test(TARGET)   for a test
set(shared_headers
  <algorithm> <array> <chrono> <cstdint> <filesystem> <functional> <map> <memory> <optional> <string>
  <string_view> <utility> <variant> <vector>
  <boost/asio/any_io_executor.hpp> <boost/asio/awaitable.hpp> <boost/asio/co_spawn.hpp>
  <boost/asio/io_context.hpp> <boost/asio/steady_timer.hpp> <fmt/format.h> <tl/expected.hpp>)

function(retraind_add_precompiled name)
  add_library(${name} OBJECT "${retraind_SOURCE_DIR}/cmake/precompiled.cpp")
  target_link_libraries(${name} PRIVATE Boost::headers fmt::fmt tl::expected retraind_options)
  # It names the folder it was made in and is of no use elsewhere: ccache must not hand it on. Without
  # its time it comes out the same, so that ccache knows the units that use it again.
  set_target_properties(${name} PROPERTIES CXX_COMPILER_LAUNCHER "")
  target_compile_options(${name} PRIVATE "SHELL:-Xclang -fno-pch-timestamp")
endfunction()

if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  retraind_add_precompiled(retraind_precompiled)
  target_precompile_headers(retraind_precompiled PRIVATE ${shared_headers})
  if(RETRAIND_TESTS)
    retraind_add_precompiled(retraind_test_precompiled)
    target_link_libraries(retraind_test_precompiled PRIVATE Boost::unit_test_framework)
    target_precompile_headers(retraind_test_precompiled PRIVATE ${shared_headers}
                                                                <boost/test/unit_test.hpp>)
  endif()
endif()

function(retraind_precompile target)
  if(TARGET retraind_precompiled)
    target_precompile_headers(${target} REUSE_FROM retraind_precompiled)
    target_link_libraries(${target} PRIVATE retraind::boost_impl) # Asio's headers ask for it
  endif()
endfunction()

function(retraind_precompile_test target)
  if(TARGET retraind_test_precompiled)
    target_precompile_headers(${target} REUSE_FROM retraind_test_precompiled)
    target_link_libraries(${target} PRIVATE retraind::boost_impl)
    target_compile_options(${target} PRIVATE -fPIC) # as the headers are, not the -fPIE of programs
  endif()
endfunction()
