/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * back.c: platforms/xen as a front end sees it, and the pool's memory, waits
 * and log: grants are a table, nodes are a list, and whoever waits lets the
 * back end run.
 */
#include "back.h"

#include <uc/lock.h>
#include <uc/log.h>
#include <uc/netbuf.h>

enum {
    REFS = 1024,
    NODES = 32
};

static struct {
    char *page;
    bool read_only;
} refs[REFS];
static unsigned ref_count = 8;
static struct {
    char key[40];
    long value;
} nodes[NODES];
static unsigned node_count;
uint64_t chance_state = 88172645463325252u;

const struct back_number *back_numbers;
int back_logs;
long back_seen;
bool back_gone;

char *back_page(uint32_t ref, bool write)
{
    if (ref >= ref_count || !refs[ref].page || (write && refs[ref].read_only))
        return NULL;
    return refs[ref].page;
}

long back_node(const char *key)
{
    for (unsigned i = 0; i < node_count; i++)
        if (!strcmp(nodes[i].key, key))
            return nodes[i].value;
    return -1;
}

/* ---- uc/xen.h ---- */

int uc_xen_grant(unsigned domain, const void *page, bool read_only)
{
    MUST(domain == 0 && (uintptr_t)page % UC_PAGE == 0);
    if (ref_count == REFS)
        return -28;
    refs[ref_count].page = (char *)(uintptr_t)page;
    refs[ref_count].read_only = read_only;
    return (int)ref_count++;
}

int uc_xen_channel(unsigned domain)
{
    MUST(domain == 0);
    return 7;
}

void uc_xen_notify(unsigned port)
{
    MUST(port == 7);
    back_seen++;
}

int uc_xen_find(struct uc_xen_device *d, const char *kind)
{
    memset(d, 0, sizeof *d);
    snprintf(d->path, sizeof d->path, "device/%s/51712", kind);
    return 0;
}

uint64_t uc_xen_number(const struct uc_xen_device *d, const char *key,
                       uint64_t otherwise)
{
    (void)d;
    for (const struct back_number *n = back_numbers; n->key; n++)
        if (!strcmp(n->key, key))
            return n->value;
    return otherwise;
}

long uc_xen_put(const struct uc_xen_device *d, const char *key, uint64_t n)
{
    (void)d;
    MUST(node_count < NODES);
    snprintf(nodes[node_count].key, sizeof nodes->key, "%s", key);
    nodes[node_count++].value = (long)n;
    return 0;
}

long uc_xen_put_text(const struct uc_xen_device *d, const char *key,
                     const char *value)
{
    (void)value;
    return uc_xen_put(d, key, 0);
}

long uc_xenstore_read(const char *path, char *to, size_t n)
{
    (void)path;
    snprintf(to, n, "52:54:00:12:34:77");
    return 17;
}

int uc_xen_connect(struct uc_xen_device *d, bool at_once)
{
    (void)d, (void)at_once;
    return 0;
}

void uc_xen_poll(struct uc_xen_device *d)
{
    if (back_gone)
        uc_xen_fail(d, "gone");
}

void uc_xen_fail(struct uc_xen_device *d, const char *why)
{
    (void)why;
    back_logs += !d->off;
    d->off = true;
}

/* ---- the pool ---- */

char *uc_pages_alloc(size_t n, bool zero)
{
    char *p = aligned_alloc(UC_PAGE, n * UC_PAGE);

    memset(p, zero ? 0 : 0x5a, n * UC_PAGE);
    return p;
}

void uc_pages_free(char *p, size_t n)
{
    (void)n;
    free(p);
}

void uc_queue_wake(struct uc_queue *q)
{
    (void)q;
}

void uc_wait_quietly(struct uc_queue *q)
{
    (void)q;
    back_run();
}

void uc_netbuf_limit(size_t least)
{
    (void)least;
}

bool uc_netbuf_all_made(void)
{
    return false;
}

struct uc_netbuf *uc_netbuf_take(void)
{
    return chance(50) ? malloc(UC_NETBUF_SIZE) : NULL;
}

void uc_netdev_give_back(struct uc_netbuf *b)
{
    free(b);
}
