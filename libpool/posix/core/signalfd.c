/* SPDX-License-Identifier: BSD-2-Clause */
/* signalfd.c: signals that are read instead of handled. */
#include "signals.h"

#include <linux/poll.h>
#include <linux/signal.h>
#include <linux/signalfd.h>
#include <uc/mem.h>

struct mask {
    sigbits bits;
};

static void fill(struct signalfd_siginfo *to, const siginfo_t *from)
{
    memset(to, 0, sizeof *to);
    to->ssi_signo = (unsigned)from->si_signo;
    to->ssi_errno = from->si_errno;
    to->ssi_code = from->si_code;
    if (from->si_code == SI_TIMER) {
        to->ssi_tid = (unsigned)from->si_tid;
        to->ssi_overrun = (unsigned)from->si_overrun;
    } else {
        to->ssi_pid = (unsigned)from->si_pid;
        to->ssi_uid = from->si_uid;
    }
    to->ssi_ptr = (uint64_t)(long)from->si_ptr;
    to->ssi_int = from->si_int;
}

static long signal_read(struct file *f, void *p, size_t n, int64_t *pos)
{
    struct mask *m = f->node;
    char *to = p;
    size_t done = 0;
    siginfo_t info;
    (void)pos;
    if (n < sizeof(struct signalfd_siginfo))
        return -EINVAL;
    while (!uc_signal_pending(m->bits)) {
        if (f->flags & O_NONBLOCK)
            return -EAGAIN;
        long error = uc_wait(uc_signal_queue(), UINT64_MAX, true);
        if (error)
            return error;
    }
    while (n - done >= sizeof(struct signalfd_siginfo) &&
           uc_signal_take(m->bits, &info)) {
        struct signalfd_siginfo one;
        fill(&one, &info);
        memcpy(to + done, &one, sizeof one);
        done += sizeof one;
    }
    return (long)done;
}

static unsigned signal_poll(struct file *f)
{
    return uc_signal_pending(((struct mask *)f->node)->bits) ? POLLIN : 0;
}

static struct uc_queue *signal_queue(struct file *f)
{
    (void)f;
    return uc_signal_queue();
}

static void signal_release(struct file *f)
{
    uc_kfree(f->node, sizeof(struct mask));
}

static const struct file_ops signal_ops = {
    .read = signal_read,
    .stat = uc_anonymous_stat,
    .poll = signal_poll,
    .queue = signal_queue,
    .release = signal_release,
};

long uc_sys_signalfd4(long n, long set, long size, long flags)
{
    const sigbits never = signal_bit(SIGKILL) | signal_bit(SIGSTOP);
    int fd = (int)n;
    if (size != SET_SIZE || (int)flags & ~(SFD_CLOEXEC | SFD_NONBLOCK))
        return -EINVAL;
    sigbits bits = signal_set((const void *)set) & ~never;
    if (fd != -1) {
        struct file *old = uc_fd_file(fd);
        if (!old)
            return -EBADF;
        if (old->ops != &signal_ops)
            return -EINVAL;
        ((struct mask *)old->node)->bits = bits;
        uc_queue_wake(uc_signal_queue());
        return fd;
    }
    struct mask *m = uc_kalloc(sizeof *m);
    struct file *f =
        uc_file_new(&signal_ops, O_RDWR | ((int)flags & SFD_NONBLOCK));
    if (!m || !f) {
        uc_kfree(m, sizeof *m);
        uc_file_free(f);
        return -ENOMEM;
    }
    m->bits = bits;
    f->node = m;
    return uc_fd_install(f, flags & SFD_CLOEXEC);
}

long uc_sys_signalfd(long fd, long set, long size)
{
    return uc_sys_signalfd4(fd, set, size, 0);
}
