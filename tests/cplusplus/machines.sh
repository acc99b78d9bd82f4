# C++ on the other architectures: exceptions, streams, threads.
# REQUIRES: long
# RUN: %S/Inputs/same.sh %S/exceptions.cc %t -t linuxu-aarch64,kvm-aarch64
# RUN: %S/Inputs/same.sh %S/exceptions.cc %t -t linuxu-riscv64,kvm-riscv64
# RUN: %S/Inputs/same.sh %S/exceptions.cc %t -t linuxu-mips,bare-mips
# RUN: %S/Inputs/same.sh %S/exceptions.cc %t -t linuxu-mipsel,bare-mipsel
# RUN: %S/Inputs/same.sh %S/streams.cc %t -t linuxu-arm,kvm-arm
# RUN: %S/Inputs/same.sh %S/streams.cc %t -t linuxu-mips,bare-mips
# RUN: %S/Inputs/same.sh %S/streams.cc %t -t linuxu-riscv64,kvm-riscv64
# RUN: %S/Inputs/same.sh %S/threads.cc %t -t linuxu-aarch64,kvm-aarch64 -pthread
# RUN: %S/Inputs/same.sh %S/threads.cc %t -t linuxu-arm,kvm-arm -pthread
# RUN: %S/Inputs/same.sh %S/threads.cc %t -t linuxu-mipsel,bare-mipsel -pthread
