/* SPDX-License-Identifier: BSD-2-Clause */
/* xenstore.c: there is no xenstore. */
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <xenstore.h>

static void *none(void)
{
    errno = ENOENT;
    return NULL;
}

struct xs_handle *xs_open(unsigned long flags)
{
    (void)flags;
    return none();
}

struct xs_handle *xs_domain_open(void)
{
    return none();
}

struct xs_handle *xs_daemon_open(void)
{
    return none();
}

void xs_close(struct xs_handle *h)
{
    (void)h;
}

int xs_fileno(struct xs_handle *h)
{
    (void)h;
    none();
    return -1;
}

void *xs_read(struct xs_handle *h, xs_transaction_t t, const char *path,
              unsigned *size)
{
    (void)h, (void)t, (void)path, (void)size;
    return none();
}

char **xs_directory(struct xs_handle *h, xs_transaction_t t, const char *path,
                    unsigned *count)
{
    (void)h, (void)t, (void)path, (void)count;
    return none();
}

bool xs_write(struct xs_handle *h, xs_transaction_t t, const char *path,
              const void *data, unsigned size)
{
    (void)h, (void)t, (void)path, (void)data, (void)size;
    return none();
}

bool xs_mkdir(struct xs_handle *h, xs_transaction_t t, const char *path)
{
    (void)h, (void)t, (void)path;
    return none();
}

bool xs_rm(struct xs_handle *h, xs_transaction_t t, const char *path)
{
    (void)h, (void)t, (void)path;
    return none();
}

bool xs_watch(struct xs_handle *h, const char *path, const char *token)
{
    (void)h, (void)path, (void)token;
    return none();
}

bool xs_unwatch(struct xs_handle *h, const char *path, const char *token)
{
    (void)h, (void)path, (void)token;
    return none();
}

char **xs_check_watch(struct xs_handle *h)
{
    (void)h;
    return none();
}

char **xs_read_watch(struct xs_handle *h, unsigned *count)
{
    (void)h, (void)count;
    return none();
}
