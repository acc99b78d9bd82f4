/* Words that glibc's stdlib.h and features.h bring, and nothing else has. */
#include <stdio.h>
#include <stdlib.h>

__BEGIN_DECLS
static int sum(const u_char *, u_int);
__END_DECLS

static int sum(const u_char *p, u_int n)
{
    return n ? *p + sum(p + 1, n - 1) : 0;
}

int main(void)
{
    static const u_char bytes[] = {1, 2, 255};

    return printf("%d\n", sum(bytes, sizeof bytes)) < 0;
}
