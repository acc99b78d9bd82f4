/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * watch.c: the handle and its news. The descriptor can be read when there are
 * some. The same news twice are one, so that who writes a node without end
 * takes no memory for it; what is watched is kept for news that are too long
 * to be told: then all of it may have changed.
 */
#include "core.h" /* before <limits.h> */

#include <errno.h>
#include <linux/poll.h>
#include <stdlib.h>
#include <uc/mem.h>
#include <uc/sched.h>
#include <uc/xen.h>
#include <xenstore.h>

#include <xen/io/xs_wire.h>

#include "watch.h"

uint64_t uc_xs_poll(void);

struct pair { /* path and token, each ended by NUL, follow */
    struct pair *next;
    size_t path_size, token_size;
    char text[];
};

struct xs_handle {
    struct file *file;
    struct uc_queue queue;
    int fd;
};

static struct xs_handle *only;
static struct pair *watched, *news, **news_end = &news;

/* ---- lists ---- */

static bool is(const struct pair *p, const char *path, const char *token)
{
    return p->path_size == strlen(path) + 1 &&
           p->token_size == strlen(token) + 1 &&
           !memcmp(p->text, path, p->path_size) &&
           !memcmp(p->text + p->path_size, token, p->token_size);
}

static struct pair *new_pair(const char *path, const char *token)
{
    size_t n = strlen(path) + 1, m = strlen(token) + 1;
    struct pair *p = uc_kalloc(sizeof *p + n + m);

    if (!p)
        return NULL;
    p->path_size = n;
    p->token_size = m;
    memcpy(p->text, path, n);
    memcpy(p->text + n, token, m);
    return p;
}

static void free_pair(struct pair *p)
{
    uc_kfree(p, sizeof *p + p->path_size + p->token_size);
}

static void add_news(const char *path, const char *token)
{
    for (struct pair *p = news; p; p = p->next)
        if (is(p, path, token))
            return;
    struct pair *p = new_pair(path, token);
    if (!p)
        return;
    *news_end = p;
    news_end = &p->next;
}

static void come(const char *path, const char *token)
{
    if (path)
        add_news(path, token);
    for (struct pair *p = watched; p && !path; p = p->next)
        add_news(p->text, p->text + p->path_size);
    if (only)
        uc_queue_wake_for(&only->queue, POLLIN);
}

uint64_t uc_xs_poll(void)
{
    if (only)
        uc_xenstore_look();
    return UINT64_MAX;
}

/* ---- the descriptor ---- */

static unsigned xs_poll(struct file *f)
{
    (void)f;
    uc_xenstore_look();
    return news ? POLLIN | POLLRDNORM : 0;
}

static struct uc_queue *xs_queue(struct file *f)
{
    return &((struct xs_handle *)f->node)->queue;
}

static const struct file_ops ops = {
    .stat = uc_anonymous_stat,
    .poll = xs_poll,
    .queue = xs_queue,
};

/* One handle for all who open it. */
struct xs_handle *xs_open(unsigned long flags)
{
    static struct xs_handle handle;

    (void)flags;
    if (only)
        return only;
    uc_enter();
    struct file *f = uc_file_new(&ops, O_RDWR);
    long fd = -ENOMEM;
    if (f) {
        f->node = &handle;
        handle.file = f;
        fd = uc_fd_install(f, true);
    }
    if (fd >= 0) {
        handle.fd = (int)fd;
        only = &handle;
        uc_xenstore_news = come;
    }
    uc_leave();
    if (!only)
        errno = (int)-fd;
    return only;
}

struct xs_handle *xs_domain_open(void)
{
    return xs_open(0);
}

struct xs_handle *xs_daemon_open(void)
{
    return xs_open(0);
}

void xs_close(struct xs_handle *h)
{
    (void)h; /* others may have it */
}

int xs_fileno(struct xs_handle *h)
{
    return h->fd;
}

/* ---- watches ---- */

/* As the platform tells whose it is: `u` before it. */
static char *marked(const char *token)
{
    size_t n = strlen(token) + 1;
    char *text = malloc(n + 1);

    if (text) {
        text[0] = 'u';
        memcpy(text + 1, token, n);
    }
    return text;
}

bool xs_watch(struct xs_handle *h, const char *path, const char *token)
{
    char *text = marked(token);
    struct pair *p;

    (void)h;
    if (!text)
        return false;
    uc_enter();
    p = new_pair(path, token);
    uc_leave();
    bool done = p && uc_xs_ask_watch(XS_WATCH, path, text);
    uc_enter();
    if (done) {
        p->next = watched;
        watched = p;
    } else if (p) {
        free_pair(p);
    }
    uc_leave();
    free(text);
    return done;
}

static void forget(struct pair **at, const char *path, const char *token)
{
    for (struct pair *p; (p = *at); at = &p->next)
        if (is(p, path, token)) {
            *at = p->next;
            free_pair(p);
            return;
        }
}

/* News of it that nobody has read are no more. */
static void forget_news(const char *path, const char *token)
{
    size_t n = strlen(path);
    struct pair **at = &news, *p;

    while ((p = *at)) {
        char *own = p->text + p->path_size;
        bool below = !memcmp(own, token, strlen(token) + 1) &&
                     p->path_size > n && !memcmp(p->text, path, n);
        if (below) {
            *at = p->next;
            free_pair(p);
        } else {
            at = &p->next;
        }
    }
    news_end = at;
}

bool xs_unwatch(struct xs_handle *h, const char *path, const char *token)
{
    char *text = marked(token);
    bool done = text && uc_xs_ask_watch(XS_UNWATCH, path, text);

    (void)h;
    free(text);
    if (done) {
        uc_enter();
        forget(&watched, path, token);
        forget_news(path, token);
        uc_leave();
    }
    return done;
}

/* The first of the news, as pointers and texts in one piece; NULL: none. */
char **xs_check_watch(struct xs_handle *h)
{
    (void)h;
    uc_enter();
    uc_xenstore_look();
    struct pair *p = news;
    if (p) {
        news = p->next;
        if (!news)
            news_end = &news;
    }
    uc_leave();
    if (!p) {
        errno = EAGAIN;
        return NULL;
    }
    size_t n = p->path_size + p->token_size;
    char **list = malloc(2 * sizeof *list + n);
    if (list) {
        list[XS_WATCH_PATH] = memcpy(list + 2, p->text, n);
        list[XS_WATCH_TOKEN] = list[XS_WATCH_PATH] + p->path_size;
    }
    uc_enter();
    free_pair(p);
    uc_leave();
    return list;
}

char **xs_read_watch(struct xs_handle *h, unsigned *count)
{
    long error = 0;

    uc_enter();
    while (!news && !error)
        error = uc_wait(&h->queue, UINT64_MAX, false);
    uc_leave();
    *count = 2;
    return xs_check_watch(h);
}
