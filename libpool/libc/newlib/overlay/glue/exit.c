/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exit.c: handlers, destructors, streams, the end. Where nothing registers a
 * handler or buffers a stream, link time sees lists that stay empty.
 */
#include <stdlib.h>

enum {
    COUNT = 32
}; /* what ISO C promises without the heap */
struct block {
    struct block *next;
    int used;
    struct {
        void (*function)(void *);
        void *argument;
    } at[COUNT];
};
static struct block first, *blocks;

void uc_dtors(void);
void uc_stdio_exit(void);
int __cxa_atexit(void (*function)(void *), void *argument, void *dso);

int __cxa_atexit(void (*function)(void *), void *argument, void *dso)
{
    struct block *b = blocks;

    (void)dso;
    if (!b) {
        b = blocks = &first;
    } else if (b->used == COUNT) {
        b = calloc(1, sizeof *b);
        if (!b)
            return -1;
        b->next = blocks;
        blocks = b;
    }
    b->at[b->used].function = function;
    b->at[b->used].argument = argument;
    b->used++;
    return 0;
}

static void call(void *function)
{
    ((void (*)(void))function)();
}

int atexit(void (*function)(void))
{
    return __cxa_atexit(call, (void *)function, NULL);
}

/* A handler may register another, which then runs next. */
static void run_handlers(void)
{
    while (blocks) {
        struct block *b = blocks;
        if (b->used) {
            b->used--;
            b->at[b->used].function(b->at[b->used].argument);
        } else {
            blocks = b->next;
        }
    }
}

_Noreturn void exit(int code)
{
    run_handlers();
    uc_dtors();
    uc_stdio_exit();
    _Exit(code);
}
