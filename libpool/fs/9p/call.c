/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * call.c: one request and its answer (the messages are those of diod's
 * protocol.md). A request is its length, type and tag, then its arguments, all
 * little-endian. What carries them is role share.
 */
#include <uc/clock.h>
#include <uc/log.h>
#include <uc/share.h>

#include "walk.h"

enum {
    HEAD = 7,
    COUNT = 4, /* in front of data */
    NO_TAG = 0xffff,
    NO_FID = -1,
};

static char *out, *in;
static size_t out_length, in_length, in_at;
static uint32_t message_most;
static bool is_short;

/* ---- messages ---- */

size_t uc_9p_most(void)
{
    return message_most - UC_PAGE;
}

static void put_at(size_t at, uint64_t v, unsigned bytes)
{
    for (unsigned i = 0; i < bytes; i++, v >>= 8)
        out[at + i] = (char)v;
}

void uc_9p_begin(unsigned type)
{
    out_length = HEAD;
    put_at(4, type, 1);
    put_at(5, type == T_VERSION ? NO_TAG : 0, 2);
}

/* Names are checked before, so that the page is large enough. */
void uc_9p_put(uint64_t v, unsigned bytes)
{
    if (out_length + bytes > UC_PAGE)
        return;
    put_at(out_length, v, bytes);
    out_length += bytes;
}

void uc_9p_put_string(const char *s, size_t n)
{
    if (out_length + 2 + n > UC_PAGE)
        n = 0;
    uc_9p_put(n, 2);
    memcpy(out + out_length, s, n);
    out_length += n;
}

uint64_t uc_9p_get(unsigned bytes)
{
    uint64_t v = 0;

    if (in_at + bytes > in_length) {
        is_short = true;
        return 0;
    }
    for (unsigned i = bytes; i--;)
        v = v << 8 | (unsigned char)in[in_at + i];
    in_at += bytes;
    return v;
}

const char *uc_9p_get_string(size_t *n)
{
    const char *s;

    *n = uc_9p_get(2);
    if (*n > in_length - in_at) {
        is_short = true;
        *n = 0;
    }
    s = in + in_at;
    in_at += *n;
    return s;
}

bool uc_9p_short(void)
{
    return is_short;
}

/* The host's numbers are those of most machines, and not of mips. */
static long error_of(uint64_t n)
{
    if (!n || n >= 4096)
        return -EIO;
    if (ENOTEMPTY == 39 || n <= ERANGE)
        return -(long)n;
    switch (n) {
    case 36:
        return -ENAMETOOLONG;
    case 38:
        return -ENOSYS;
    case 39:
        return -ENOTEMPTY;
    case 40:
        return -ELOOP;
    case 61:
        return -ENODATA;
    case 75:
        return -EOVERFLOW;
    case 95:
        return -EOPNOTSUPP;
    case 116:
        return -ESTALE;
    case 122:
        return -EDQUOT;
    default:
        return -EIO;
    }
}

/* The answer's head; its error, if it is one. */
static long check(unsigned type)
{
    if (in_length > UC_PAGE)
        in_length = UC_PAGE;
    in_at = 4;
    is_short = false;
    unsigned got = (unsigned)uc_9p_get(1);
    uc_9p_get(2);
    if (got == T_ERROR + 1)
        return error_of(uc_9p_get(4));
    return got == type + 1 ? 0 : -EIO;
}

static long send(const void *to, size_t to_n, void *from, size_t from_n)
{
    struct uc_share_part parts[UC_SHARE_PARTS];
    size_t n = 0;

    put_at(0, out_length + to_n, 4);
    parts[n++] = (struct uc_share_part){out, (uint32_t)out_length, false};
    if (to_n)
        parts[n++] = (struct uc_share_part){to, (uint32_t)to_n, false};
    /* An error takes as much as the head and count that data follow. */
    parts[n++] =
        (struct uc_share_part){in, from_n ? HEAD + COUNT : UC_PAGE, true};
    if (from_n)
        parts[n++] = (struct uc_share_part){from, (uint32_t)from_n, true};
    long came = uc_share_exchange(parts, n);
    if (came < HEAD)
        return -EIO;
    in_length = (size_t)came;
    return check((unsigned char)out[4]);
}

long uc_9p_send(void)
{
    return send(NULL, 0, NULL, 0);
}

long uc_9p_send_data(const void *p, size_t n)
{
    long error = send(p, n, NULL, 0);

    if (error)
        return error;
    uint64_t did = uc_9p_get(4);
    return did > n || is_short ? -EIO : (long)did;
}

long uc_9p_receive_data(void *p, size_t n)
{
    size_t came;
    long error = send(NULL, 0, p, n);

    if (error)
        return error;
    came = uc_9p_get(4);
    return came > n || is_short || HEAD + COUNT + came > HEAD + COUNT + n
               ? -EIO
               : (long)came;
}

/* ---- the beginning ---- */

static long agree(void)
{
    static const char version[] = "9P2000.L";
    size_t n;

    uc_9p_begin(T_VERSION);
    uc_9p_put(message_most, 4);
    uc_9p_put_string(version, sizeof version - 1);
    long error = uc_9p_send();
    if (error)
        return error;
    uint64_t most = uc_9p_get(4);
    const char *s = uc_9p_get_string(&n);
    return most < message_most || n != sizeof version - 1 ||
                   memcmp(s, version, n) != 0
               ? -EPROTONOSUPPORT
               : 0;
}

static long attach(void)
{
    uc_9p_begin(T_ATTACH);
    uc_9p_put(0, 4); /* the root's number */
    uc_9p_put((uint32_t)NO_FID, 4);
    uc_9p_put_string("root", 4);
    uc_9p_put_string("", 0);
    uc_9p_put(0, 4);
    long error = uc_9p_send();
    if (!error)
        uc_9p_set_root(uc_9p_qid());
    return error;
}

static long start(void)
{
    long most = uc_share_open();

    if (most == -ENODEV)
        uc_log("9p: there is no shared folder (unicore-run --share)", -1);
    if (most < 0)
        return most;
    out = uc_pages_alloc(1, false);
    in = uc_pages_alloc(1, false);
    if (!out || !in)
        return -ENOMEM;
    message_most = (uint32_t)most;
    long error = agree();
    if (!error)
        error = attach();
    if (error)
        uc_log("9p: the host does not share its folder by 9P2000.L", -1);
    return error;
}

long uc_node_enter(bool change)
{
    static bool tried;
    static long error;

    (void)change;
    uc_call_begin();
    if (!tried) {
        tried = true;
        error = start();
    }
    if (error)
        uc_node_leave(false, 0);
    return error;
}

long uc_node_leave(bool change, long result)
{
    (void)change;
    uc_call_end();
    return result;
}
