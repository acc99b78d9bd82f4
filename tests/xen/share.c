/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * 9pfs' front end against a back end that does what it should, in pieces of
 * any size: each answer is that of its request, in whatever parts it lies.
 * Then against one that does not: lengths that are not those of a message or
 * that have no room, indices that cannot be, bytes that nobody has asked for,
 * an end in the middle of a message. Every request ends, nothing outside of its
 * memory is touched, and the device says once that it is off.
 * RUN: sh %S/Inputs/build.sh %root %t %s %root/libpool/share/xen/share.c
 * RUN: for mode in 0 1 2 3 4 5 6; do %t $mode; done | FileCheck %s
 * CHECK: whole: [[#]] messages, the same
 * CHECK: pieces: [[#]] messages, the same
 * CHECK: small rings: [[#]] messages, the same
 * CHECK: wrong lengths: [[#]] messages ended, off 1
 * CHECK: wrong indices: [[#]] messages ended, off 1
 * CHECK: unasked: [[#]] messages ended, off 1
 * CHECK: gone: [[#]] messages ended, off 1
 */
#include "back.h"

#include <uc/share.h>
#include <xen/grant_table.h>
#include <xen/io/9pfs.h>

enum {
    ROUNDS = 20000,
    HEAD = 7,
    MOST = 32768
};

uint64_t uc_share_poll(void);

static const char *const names[] = {
    "whole",         "pieces",  "small rings", "wrong lengths",
    "wrong indices", "unasked", "gone"};
static unsigned mode;
static struct xen_9pfs_data_intf *ring;
static uint32_t size, got, taken, given;
static uint8_t request[MOST], answer[MOST];
static uint32_t answer_size, answer_at; /* that is under way */
static uint32_t room;                   /* what the front end has for it */

static uint8_t *at(uint32_t i, bool in)
{
    uint32_t half = size / UC_PAGE;
    uint32_t page = i % size / UC_PAGE + (in ? 0 : half);

    return (uint8_t *)back_page(ring->ref[page], in) + i % UC_PAGE;
}

static uint32_t length(const uint8_t *p)
{
    return p[0] | p[1] << 8 | p[2] << 16 | (uint32_t)p[3] << 24;
}

static void put_length(uint8_t *p, uint32_t n)
{
    for (int i = 0; i < 4; i++)
        p[i] = (uint8_t)(n >> 8 * i);
}

/* The answer to a request: as its bytes say, in a length of its own. */
static void make_answer(void)
{
    answer_size = HEAD + chance(room - HEAD + 1);
    for (uint32_t i = 4; i < answer_size; i++)
        answer[i] = (uint8_t)(request[4 + i % (got - 4)] + i);
    put_length(answer, answer_size);
    if (mode == 3 && !chance(300)) {
        static const uint32_t wrong[] = {0, 6, MOST + 1, UINT32_MAX};
        uint32_t n = chance(5);
        put_length(answer, n < 4 ? wrong[n] : room + 1);
    }
    answer_at = 0;
}

static void take_request(void)
{
    uint32_t end = ring->out_prod;

    MUST(end - taken <= size);
    for (; taken != end && !(mode && !chance(1000)); got++) {
        MUST(got < MOST);
        request[got] = *at(taken++, false);
    }
    ring->out_cons = taken;
    if (got >= 4 && got == length(request)) {
        make_answer();
        got = 0;
    }
}

static void give_answer(void)
{
    uint32_t n = answer_size - answer_at;
    uint32_t free = size - (given - ring->in_cons);

    if (mode && chance(3))
        n = chance(n + 1);
    if (n > free)
        n = free;
    for (; n; n--)
        *at(given++, true) = answer[answer_at++];
    ring->in_prod = given;
}

void back_run(void)
{
    static long calls;

    if (!ring) {
        ring = (void *)back_page((uint32_t)back_node("ring-ref0"), true);
        size = UC_PAGE << ring->ring_order >> 1;
    }
    take_request();
    give_answer();
    calls++;
    if (mode == 4 && !chance(3000))
        ring->in_prod = given + size + 1 + chance(1u << 30);
    if (mode == 4 && !chance(3000))
        ring->out_cons = taken - size - 1 - chance(1u << 30);
    if (mode == 5 && !chance(3000))
        ring->in_prod = given += 1 + chance(size);
    back_gone = mode == 6 && calls > 5000;
}

/* One request with parts, and its answer in parts. */
static long once(bool strict)
{
    static uint8_t out[MOST];
    struct uc_share_part parts[UC_SHARE_PARTS];
    uint32_t most = size ? size : 2 * UC_PAGE, sums[2] = {0, 0};
    size_t first = 1 + chance(2), count = first + 1 + chance(2), where = 0;

    for (size_t i = 0; i < count; i++) {
        uint32_t n = HEAD + chance(i % 2 ? most / 2 - HEAD : 200);
        char *p = malloc(n);
        parts[i] = (struct uc_share_part){p, n, i >= first};
        sums[i >= first] += n;
        for (uint32_t k = 0; k < n; k++)
            p[k] = (char)chance(256);
    }
    room = sums[1];
    put_length((uint8_t *)(uintptr_t)parts[0].p, sums[0]);
    for (size_t i = 0; i < first; where += parts[i++].n)
        memcpy(out + where, parts[i].p, parts[i].n);
    long n = uc_share_exchange(parts, count);
    MUST(n < 0 || (n >= HEAD && n <= (long)room));
    MUST(!strict || n == (long)answer_size);
    where = 0;
    for (size_t i = first; strict && i < count; i++)
        for (uint32_t k = 0; k < parts[i].n && where < answer_size; k++)
            MUST(((const uint8_t *)parts[i].p)[k] == answer[where++]);
    MUST(!strict || !memcmp(request, out, sums[0]));
    for (size_t i = 0; i < count; i++)
        free((void *)(uintptr_t)parts[i].p);
    return n;
}

int main(int argc, char **argv)
{
    const struct back_number numbers[] = {
        {"max-rings", 1}, {"max-ring-page-order", 0}, {NULL, 0}};
    static struct back_number own[3];

    mode = argc > 1 ? (unsigned)atoi(argv[1]) : 0;
    memcpy(own, numbers, sizeof own);
    back_numbers = own;
    MUST(uc_share_open() == -93); /* EPROTONOSUPPORT */
    own[1].value = mode == 2 ? 2 : 9;
    MUST(uc_share_open() == (mode == 2 ? 2 * UC_PAGE : MOST));
    MUST(back_node("num-rings") == 1 && back_node("event-channel-0") == 7);
    for (int i = 0; i < ROUNDS; i++) {
        once(mode < 3);
        if (chance(2))
            uc_share_poll();
    }
    MUST(back_logs == (mode >= 3));
    printf("%s: %d messages%s\n", names[mode], ROUNDS,
           mode < 3 ? ", the same" : " ended, off 1");
    return 0;
}
