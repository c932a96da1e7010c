# Flags that every target of ours takes, and nobody else's: link `retraind_options`.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

add_library(retraind_options INTERFACE)
target_compile_options(retraind_options INTERFACE -Wall -Wextra -Wpedantic -Werror -Wshadow
                                                  -Wnon-virtual-dtor -Woverloaded-virtual)
target_compile_definitions(retraind_options INTERFACE
  BOOST_ASIO_SEPARATE_COMPILATION
  BOOST_BEAST_SEPARATE_COMPILATION
  BOOST_ASIO_NO_DEPRECATED)

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # False positives out of Asio's coroutine frames (g++ 12, -O1 and up).
  target_compile_options(retraind_options INTERFACE -Wno-mismatched-new-delete)
endif()

if("${CMAKE_BUILD_TYPE}" STREQUAL "Release")
  target_compile_definitions(retraind_options INTERFACE _FORTIFY_SOURCE=2)
  target_compile_options(retraind_options INTERFACE -fstack-protector-strong)
  target_link_options(retraind_options INTERFACE -Wl,-z,relro,-z,now)
endif()

if("${RETRAIND_SANITIZE}" STREQUAL "address+undefined")
  set(sanitizer_flags -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
elseif("${RETRAIND_SANITIZE}" STREQUAL "thread")
  set(sanitizer_flags -fsanitize=thread -fno-omit-frame-pointer)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    list(APPEND sanitizer_flags -Wno-tsan)
  endif()
elseif(NOT "${RETRAIND_SANITIZE}" STREQUAL "")
  message(FATAL_ERROR "RETRAIND_SANITIZE is '${RETRAIND_SANITIZE}'; use address+undefined or thread")
endif()
if(sanitizer_flags)
  target_compile_options(retraind_options INTERFACE ${sanitizer_flags})
  target_link_options(retraind_options INTERFACE ${sanitizer_flags})
  # Without it freed coroutine frames are reused and AddressSanitizer sees nothing in them.
  target_compile_definitions(retraind_options INTERFACE BOOST_ASIO_DISABLE_AWAITABLE_FRAME_RECYCLING)
endif()
