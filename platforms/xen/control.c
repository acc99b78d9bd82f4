/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * control.c: what the host asks of the guest, by a node of xenstore: `xl
 * shutdown` and `xl reboot` are a SIGTERM to the program, whose end is no crash
 * then (exit.c), `xl save` and `xl migrate` suspend it (suspend.c). All else is
 * refused with a line.
 */
#include <linux/signal.h>
#include <uc/log.h>
#include <uc/signal.h>
#include <uc/string.h>
#include <uc/xen.h>

#include "xen.h"

static const char node[] = "control/shutdown";

static bool is(const char *what, const char *word)
{
    return !memcmp(what, word, strlen(word) + 1);
}

static void obey(const char *what)
{
    if (is(what, "poweroff") || is(what, "halt"))
        uc_xen_asked = UC_XEN_POWEROFF;
    else if (is(what, "reboot"))
        uc_xen_asked = UC_XEN_REBOOT;
    else if (CFG_SUSPEND && is(what, "suspend")) {
        uc_xen_suspend();
        return;
    } else {
        uc_log("xen: the host asks for what this guest cannot do", -1);
        return;
    }
    uc_signal_post_plain(SIGTERM, NULL);
}

static bool started;

void uc_xen_control_again(void)
{
    started = false;
}

void uc_xen_control(void)
{
    static int watch;
    char what[16] = "";

    if (!started) {
        started = true;
        if (CFG_SUSPEND)
            uc_xen_sleep_start();
        watch = uc_xenstore_watch(node);
        uc_xenstore_write("control/feature-poweroff", "1");
        uc_xenstore_write("control/feature-reboot", "1");
        if (CFG_SUSPEND)
            uc_xenstore_write("control/feature-suspend", "1");
    }
    if (!uc_xenstore_changed(watch) ||
        uc_xenstore_read(node, what, sizeof what) <= 0)
        return;
    uc_xenstore_write(node, ""); /* it has been seen */
    obey(what);
}
