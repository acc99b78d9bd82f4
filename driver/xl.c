/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * xl.c: a domain's configuration (xl.cfg(5)). Text is in double quotes, where a
 * backslash escapes; bytes that are not printed go in as octal numbers.
 */
#include "xl.h"

#include <string.h>

bool xl_starts(const char *platform)
{
    return has_prefix(platform, "xenp"); /* xenpv and xenpvh, not xen on ARM */
}

static void put(struct buf *b, const char *key, const char *value)
{
    buf_printf(b, "%s = \"", key);
    for (; *value; value++) {
        if (strchr("\"\\\n", *value))
            buf_str(b, "\\");
        buf_add(b, *value == '\n' ? "n" : value, 1);
    }
    buf_str(b, "\"\n");
}

void xl_write(struct buf *b, const struct xl *x)
{
    put(b, "name", x->name);
    put(b, "type", x->platform + strlen("xen"));
    put(b, "kernel", x->kernel);
    if (x->line && *x->line)
        put(b, "cmdline", x->line);
    buf_printf(b, "memory = %llu\nvcpus = 1\n", (unsigned long long)x->mib);
    if (x->disk)
        buf_printf(b, "disk = [ \"%s\" ]\n", x->disk);
    if (x->share)
        buf_printf(b, "p9 = [ \"tag=root,security_model=none,path=%s\" ]\n",
                   x->share);
    if (x->monitor) {
        put(b, "device_model_version", "qemu-xen");
        put(b, "device_model_override", x->monitor);
    }
    if (x->net)
        buf_str(b, "vif = [ \"\" ]\n");
    if (x->pci)
        buf_printf(b, "pci = [ \"%s\" ]\ndriver_domain = 1\n", x->pci);
    if (!x->after)
        return;
    put(b, "on_poweroff", x->after);
    put(b, "on_reboot", x->after);
    put(b, "on_crash", x->after);
}
