/* SPDX-License-Identifier: BSD-2-Clause */
/* word.c: variables of the environment, for the pool itself: as Linux has it.
 */
#include <asm/unistd.h>
#include <linux/fcntl.h>
#include <uc/platform.h>
#include <uc/raw.h>

enum {
    CHUNK = 512
};

/* The next byte of the file, -1 at its end. */
struct reader {
    long fd, n, at;
    char text[CHUNK];
};

static int next(struct reader *r)
{
    if (r->at >= r->n) {
        r->n = uc_raw3(__NR_read, r->fd, (long)r->text, CHUNK);
        r->at = 0;
        if (r->n <= 0)
            return -1;
    }
    return (unsigned char)r->text[r->at++];
}

/* The rest of a word; true if it is NAME=VALUE and the value is in `to`. */
static bool match(struct reader *r, int c, const char *name, char *to, size_t n)
{
    size_t i = 0;
    bool same = true, fits = true, in_value = false;

    for (; c > 0; c = next(r)) {
        if (in_value) {
            fits = i < n;
            if (fits)
                to[i++] = (char)c;
        } else if (same && c == '=' && !*name) {
            in_value = true;
        } else {
            same = same && *name && c == *name++;
        }
    }
    if (!in_value || !fits || i == n)
        return false;
    to[i] = 0;
    return true;
}

bool uc_plat_word(const char *name, char *to, size_t n)
{
    struct reader r = {.fd = uc_raw4(__NR_openat, AT_FDCWD,
                                     (long)"/proc/self/environ", O_RDONLY, 0)};
    bool found = false;
    int c;

    if (r.fd < 0)
        return false;
    while (!found && (c = next(&r)) > 0)
        found = match(&r, c, name, to, n);
    uc_raw1(__NR_close, r.fd);
    return found;
}
