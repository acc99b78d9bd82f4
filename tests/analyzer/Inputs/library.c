#include <signal.h>
#include <stdlib.h>

/* what libc is given: by a parameter, in a structure, for a structure */
struct item { int n; };
static int by_parameter(const void *a, const void *b) { return a == b; }
static int by_cast(struct item *a, struct item *b) { return a->n - b->n; }
static void by_structure(int n) { _Exit(n); }
static void *unused_one(struct item *a, int n) { return a + n; }
static int unused_two(struct item *a, char *b, int n) { return a->n + *b + n; }
void *(*volatile one)(struct item *, int) = unused_one;
int (*volatile two)(struct item *, char *, int) = unused_two;

int main(int argc, char **argv)
{
    struct item list[2] = {{2}, {1}};
    struct sigaction s = {.sa_handler = by_structure};

    qsort(argv, (size_t)argc, sizeof *argv, by_parameter);
    qsort(list, 2, sizeof *list,
          (int (*)(const void *, const void *))by_cast);
    sigaction(SIGUSR1, &s, 0);
    raise(SIGUSR1);
    return one != 0 && two != 0;
}
