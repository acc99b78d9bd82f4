#include <error.h>
#include <stdio.h>
#include <sys/cdefs.h>
#include <sys/queue.h>
#include <sys/unistd.h>
#include <termio.h>

struct item {
    int n;
    LIST_ENTRY(item) next;
};

__BEGIN_DECLS
static int count __P((void));
__END_DECLS

static LIST_HEAD(, item) list;

static int count(void)
{
    int n = 0;
    struct item *i;

    LIST_FOREACH(i, &list, next)
        n += printf(n ? " %d" : "%d", i->n);
    puts("");
    return n;
}

int main(void)
{
    struct item items[3];

    for (int i = 0; i < 3; i++) {
        items[i].n = i + 1;
        LIST_INSERT_HEAD(&list, &items[i], next);
    }
    count();
    error(0, access("/no/such/file", F_OK) ? ENOENT : 0, "nothing %s", "here");
    error(4, 0, "the end");
    return 0;
}
