# C++ on arm, whose exceptions have tables of their own (EHABI).
# RUN: %S/Inputs/same.sh %S/exceptions.cc %t -t linuxu-arm,kvm-arm
# A control: without what catches there are none.
# RUN: sed 's/^int main(.*/int main() { throw 1; }/; /^int main/q' %S/exceptions.cc > %t/never.cc
# RUN: unicore-specialize -q -t linuxu-arm -o %t %t/never.cc
# RUN: llvm-readelf -S %t/exceptions/linuxu-arm/image.dbg > %t/sections
# RUN: grep -q '[.]ARM[.]exidx' %t/sections
# RUN: not grep '^unwind' %t/never/linuxu-arm/facts
# RUN: llvm-readelf -S %t/never/linuxu-arm/image.dbg > %t/sections
# RUN: grep -q '[.]text' %t/sections
# RUN: not grep '[.]ARM[.]exidx' %t/sections
