/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * store.c: libxenstore (xenstore.h): questions, without transactions. What
 * answers is the client of the platform; news are in watch.c.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <uc/pool.h>
#include <uc/xen.h>
#include <xenstore.h>

#include <xen/io/xs_wire.h>

#include "watch.h"

/* The number of xenstore's word for an error. */
static int number_of(const char *word)
{
    for (size_t i = 0; i < sizeof xsd_errors / sizeof *xsd_errors; i++)
        if (!memcmp(word, xsd_errors[i].errstring,
                    strlen(xsd_errors[i].errstring)))
            return xsd_errors[i].errnum;
    return EIO;
}

/*
 * Asks; `answer` (or NULL): memory for it, with a NUL more, to be freed. Its
 * size, or -1 and errno.
 */
static long ask(unsigned type, xs_transaction_t t, const char *path,
                const void *more, size_t n, char **answer)
{
    char *buffer = malloc(XENSTORE_PAYLOAD_MAX + 1);
    long got = -EINVAL;

    if (!buffer)
        return -1;
    memset(uc_xenstore_error, 0, sizeof uc_xenstore_error);
    uc_enter();
    if (t == XBT_NULL)
        got = uc_xenstore_ask(type, path, strlen(path) + 1, more, n, buffer,
                              XENSTORE_PAYLOAD_MAX);
    uc_leave();
    if (got < 0) {
        free(buffer);
        errno = uc_xenstore_error[0] ? number_of(uc_xenstore_error) : (int)-got;
        return -1;
    }
    buffer[got] = 0;
    if (answer)
        *answer = buffer;
    else
        free(buffer);
    return got;
}

void *xs_read(struct xs_handle *h, xs_transaction_t t, const char *path,
              unsigned *size)
{
    char *answer;
    long n = ask(XS_READ, t, path, NULL, 0, &answer);

    (void)h;
    if (n < 0)
        return NULL;
    if (size)
        *size = (unsigned)n;
    return answer;
}

/* Pointers and the names that they lead to, in one piece. */
char **xs_directory(struct xs_handle *h, xs_transaction_t t, const char *path,
                    unsigned *count)
{
    char *names;
    long n = ask(XS_DIRECTORY, t, path, NULL, 0, &names);
    size_t many = 0;

    (void)h;
    if (n < 0)
        return NULL;
    for (long i = 0; i < n; i++)
        many += !names[i];
    char **list = malloc(many * sizeof *list + (size_t)n + 1);
    if (list) {
        char *p = memcpy(list + many, names, (size_t)n + 1);
        for (size_t i = 0; i < many; i++, p += strlen(p) + 1)
            list[i] = p;
        *count = (unsigned)many;
    }
    free(names);
    return list;
}

bool xs_write(struct xs_handle *h, xs_transaction_t t, const char *path,
              const void *data, unsigned size)
{
    (void)h;
    return ask(XS_WRITE, t, path, data, size, NULL) >= 0;
}

bool xs_mkdir(struct xs_handle *h, xs_transaction_t t, const char *path)
{
    (void)h;
    return ask(XS_MKDIR, t, path, NULL, 0, NULL) >= 0;
}

bool xs_rm(struct xs_handle *h, xs_transaction_t t, const char *path)
{
    (void)h;
    return ask(XS_RM, t, path, NULL, 0, NULL) >= 0 ||
           errno == ENOENT; /* as libxenstore has it */
}

bool uc_xs_ask_watch(unsigned type, const char *path, const char *token)
{
    return ask(type, XBT_NULL, path, token, strlen(token) + 1, NULL) >= 0;
}
