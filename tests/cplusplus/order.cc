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
struct Counted { // whose order is the compiler's
    static int count;
    int number;
    Counted() : number(++count) {}
    ~Counted() { number = 0; }
};
int Counted::count;
inline Counted shared;
template <class T> struct Holder {
    static Counted member;
};
template <class T> Counted Holder<T>::member;
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
    printf("%d %d\n", Counted::count, Holder<int>::member.number + shared.number);
    atexit(at_exit);
    printf("%d\n", count(1) - count(2));
    printf("%s\n", local.name);
    return 3;
}
