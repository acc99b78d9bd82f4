// Constructors of static variables run in order, those of a function at its
// first call; destructors in the opposite order, with atexit's functions.
// RUN: %S/Inputs/same.sh %s %t
#include <cstdio>
#include <cstdlib>

struct Named {
    const char *name;
    Named(const char *n) : name(n) { printf("+%s\n", name); }
    ~Named() { printf("-%s\n", name); }
};

static Named first("first");
__attribute__((init_priority(200))) static Named early("early");
__attribute__((init_priority(101))) static Named earliest("earliest");
inline Named shared("inline variable");
template <class T> struct Holder {
    static Named member;
};
template <class T> Named Holder<T>::member("member of a template");
thread_local Named local("of the thread");
static Named last("last");

static int count(int n)
{
    static int calls = printf("first call with %d\n", n);
    static Named inside("inside");
    return calls + n;
}

static void at_exit()
{
    puts("atexit");
}

int main()
{
    puts("main");
    Holder<int>::member.name = "member, renamed";
    atexit(at_exit);
    printf("%d\n", count(1) - count(2));
    printf("%s\n", local.name);
    return 3;
}
