# CMake's toolchain file: objects that unicore-specialize takes, and programs
# that run on Linux too.
#
#   cmake -DCMAKE_TOOLCHAIN_FILE=.../unicore-toolchain.cmake ...
#   unicore-specialize build/program
get_filename_component(bin ${CMAKE_CURRENT_LIST_DIR}/../../bin ABSOLUTE)
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR x86_64)
set(CMAKE_C_COMPILER ${bin}/unicore-cc)
set(CMAKE_CXX_COMPILER ${bin}/unicore-c++)
foreach(tool AR RANLIB NM STRIP)
  string(TOLOWER ${tool} name)
  set(CMAKE_${tool} ${bin}/unicore-${name} CACHE FILEPATH "")
endforeach()
set(PKG_CONFIG_EXECUTABLE ${bin}/unicore-pkg-config CACHE FILEPATH "")
foreach(kind LIBRARY INCLUDE PACKAGE) # nothing of the host's
  set(CMAKE_FIND_ROOT_PATH_MODE_${kind} ONLY)
endforeach()
