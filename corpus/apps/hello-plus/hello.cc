// A constructor and a destructor, and no more of C++.
#include <cstdio>

struct Greeter {
    Greeter() { puts("hello"); }
    ~Greeter() { puts("good bye"); }
};

static Greeter greeter;

int main()
{
    return 0;
}
