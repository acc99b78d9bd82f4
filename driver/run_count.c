/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * run_count.c: a plugin for QEMU's TCG that counts instructions into memory
 * shared with unicore-run, so that the last count survives QEMU's exit.
 *
 * After each instruction that writes a port (x86) or a device's register,
 * QEMU's copy of the console is read, and the count is noted once it holds the
 * marker. An instruction's callbacks run before it is counted. A repeated
 * string instruction counts once per iteration, as on hardware with single
 * steps.
 *
 * Debian's QEMU has no qemu-plugin.h: the prototypes used here are those of
 * plugin API version 1 (QEMU 4.2 to 8.x).
 */
#define _GNU_SOURCE
#include "run_count.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define EXPORT __attribute__((visibility("default")))

typedef uint64_t qemu_plugin_id_t;
struct qemu_plugin_tb;
struct qemu_plugin_insn;
/* The first of its fields, which is all that is used. */
struct qemu_info {
    const char *target_name;
};
enum {
    NO_REGISTERS = 0,
    INLINE_ADD_U64 = 0,
    MEMORY_WRITES = 2
};
struct qemu_plugin_hwaddr;

void qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t,
                                           void (*)(qemu_plugin_id_t,
                                                    struct qemu_plugin_tb *));
void qemu_plugin_register_vcpu_tb_exec_cb(struct qemu_plugin_tb *,
                                          void (*)(unsigned, void *), int,
                                          void *);
size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *);
struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *,
                                                 size_t);
const void *qemu_plugin_insn_data(const struct qemu_plugin_insn *);
size_t qemu_plugin_insn_size(const struct qemu_plugin_insn *);
uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *);
void qemu_plugin_register_vcpu_insn_exec_inline(struct qemu_plugin_insn *, int,
                                                void *, uint64_t);
void qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn *,
                                            void (*)(unsigned, void *), int,
                                            void *);

void qemu_plugin_register_vcpu_mem_cb(struct qemu_plugin_insn *,
                                      void (*)(unsigned, uint32_t, uint64_t,
                                               void *),
                                      int, int, void *);
const struct qemu_plugin_hwaddr *qemu_plugin_get_hwaddr(uint32_t, uint64_t);
bool qemu_plugin_hwaddr_is_io(const struct qemu_plugin_hwaddr *);

extern EXPORT int qemu_plugin_version;
EXPORT int qemu_plugin_version = 1;
EXPORT int qemu_plugin_install(qemu_plugin_id_t, const struct qemu_info *,
                               int argc, char **argv);

static struct count_shared *shared;
static bool has_ports;
static uint64_t entry;
static int64_t at_write; /* count after the last port write */
static bool pending;     /* ... whose effect was not looked at yet */
static int log_fd = -1;
static off_t log_read;
static char marker[4096], recent[2 * 4096];
static size_t marker_length, recent_length;

/* Looks at what is new on the console; keeps a marker's length of the old. */
static bool marker_seen(void)
{
    for (;;) {
        ssize_t n = pread(log_fd, recent + recent_length,
                          sizeof recent - recent_length, log_read);
        if (n <= 0)
            return false;
        log_read += n;
        recent_length += (size_t)n;
        if (memmem(recent, recent_length, marker, marker_length))
            return true;
        if (recent_length > marker_length) {
            memmove(recent, recent + recent_length - marker_length,
                    marker_length);
            recent_length = marker_length;
        }
    }
}

static void on_block(unsigned cpu, void *data)
{
    (void)cpu, (void)data;
    if (!pending)
        return;
    pending = false;
    if (shared->output < 0 && shared->entry >= 0 && marker_seen())
        shared->output = at_write;
}

static void on_port_write(unsigned cpu, void *data)
{
    (void)cpu, (void)data;
    at_write = shared->now + 1;
    pending = true;
}

static void on_store(unsigned cpu, uint32_t what, uint64_t v, void *data)
{
    const struct qemu_plugin_hwaddr *p = qemu_plugin_get_hwaddr(what, v);

    if (p && qemu_plugin_hwaddr_is_io(p))
        on_port_write(cpu, data);
}

static void on_entry(unsigned cpu, void *data)
{
    (void)cpu, (void)data;
    if (shared->entry < 0)
        shared->entry = shared->now;
}

/* outb, outw, outl, outs: e6 e7 ee ef 6e 6f after prefixes. */
static bool writes_port(const struct qemu_plugin_insn *in)
{
    static const uint8_t prefixes[] = {0x66, 0x67, 0xf2, 0xf3};
    const uint8_t *b = qemu_plugin_insn_data(in);
    size_t n = qemu_plugin_insn_size(in);

    while (n > 1 && memchr(prefixes, *b, sizeof prefixes)) {
        b++;
        n--;
    }
    return (*b & 0xfe) == 0xe6 || (*b & 0xfe) == 0xee || (*b & 0xfe) == 0x6e;
}

static void on_translation(qemu_plugin_id_t id, struct qemu_plugin_tb *tb)
{
    (void)id;
    qemu_plugin_register_vcpu_tb_exec_cb(tb, on_block, NO_REGISTERS, NULL);
    for (size_t i = 0; i < qemu_plugin_tb_n_insns(tb); i++) {
        struct qemu_plugin_insn *in = qemu_plugin_tb_get_insn(tb, i);
        qemu_plugin_register_vcpu_insn_exec_inline(in, INLINE_ADD_U64,
                                                   &shared->now, 1);
        if (qemu_plugin_insn_vaddr(in) == entry)
            qemu_plugin_register_vcpu_insn_exec_cb(in, on_entry, NO_REGISTERS,
                                                   NULL);
        if (!has_ports)
            qemu_plugin_register_vcpu_mem_cb(in, on_store, NO_REGISTERS,
                                             MEMORY_WRITES, NULL);
        else if (writes_port(in))
            qemu_plugin_register_vcpu_insn_exec_cb(in, on_port_write,
                                                   NO_REGISTERS, NULL);
    }
}

static void set_marker(const char *hex)
{
    for (; hex[0] && hex[1] && marker_length < sizeof marker; hex += 2) {
        char digits[3] = {hex[0], hex[1], 0};
        marker[marker_length++] = (char)strtoul(digits, NULL, 16);
    }
}

int qemu_plugin_install(qemu_plugin_id_t id, const struct qemu_info *info,
                        int argc, char **argv)
{
    has_ports = !strcmp(info->target_name, "x86_64");
    for (int i = 0; i < argc; i++) {
        const char *value = strchr(argv[i], '=');
        if (!value++)
            return -1;
        if (argv[i][0] == 'e')
            entry = strtoull(value, NULL, 0);
        else if (argv[i][0] == 'm')
            set_marker(value + 1); /* after an x: it may be empty */
        else if (argv[i][0] == 'c')
            shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE,
                          MAP_SHARED, atoi(value), 0);
        else
            log_fd = atoi(value);
    }
    if (!shared || shared == MAP_FAILED || log_fd < 0)
        return -1;
    qemu_plugin_register_vcpu_tb_trans_cb(id, on_translation);
    return 0;
}
