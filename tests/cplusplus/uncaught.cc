// What nobody catches ends the program as on Linux; the unwinder is not there.
// RUN: %S/Inputs/same.sh %s %t
// RUN: not grep '^unwind' %t/uncaught/kvm-x86_64/facts
// RUN: not grep -q 'libunwind::DwarfInstr\|unwind_phase1' %t/uncaught/kvm-x86_64/image.map
// A control: with a catch it is.
// RUN: sed 's|/[*]here[*]/|try { throw 1; } catch (int) {}|' %s > %t/caught.cc
// RUN: unicore-specialize -q -t kvm-x86_64 -o %t %t/caught.cc
// RUN: grep '^unwind' %t/caught/kvm-x86_64/facts
// RUN: grep -q 'unwind_phase1\|_Unwind_RaiseException' %t/caught/kvm-x86_64/image.map
#include <cstdio>
#include <stdexcept>
#include <string>

int main(int argc, char **)
{
    std::string s("x");

    printf("before\n");
    fflush(stdout);
    /*here*/
    if (argc)
        throw std::runtime_error("nobody catches " + s);
    printf("after\n");
}
