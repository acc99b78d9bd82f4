/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * run_xen.c: an image as a domain of Xen. On a Xen host, xl starts it
 * (driver/xen/here). On a computer that is none, QEMU is one: with a first
 * domain that is up, from a snapshot (driver/xen/host.sh), which is made when
 * it is first needed. It gets the image and a job on disks, and starts a domain
 * of it by xl (driver/xen/init).
 *
 * The domain's console comes on QEMU's standard output. It ends with a line of
 * the host's, by a token that nobody can know; before it, where the program's
 * status is not 0, comes the image's own (platforms/xen exit.c). Neither is
 * passed on: what could be the beginning of one is held back.
 */
#define _GNU_SOURCE
#include "run.h"
#include "xl.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    POWEROFF = 0, /* reasons that Xen has for a domain's end */
    CRASH = 3,
    HOST_MIB = 288, /* Xen and its first domain */
    GUEST_MIB = 160,
    LINE_MOST = 1023, /* bytes of a command line */
};

#define PASSED_AT "00:10.0" /* where host.sh puts the card */

#define STATUS_LINE "\035\nunicore: exit status ###\n"

bool is_xen(const struct image *image)
{
    return xl_starts(image->platform);
}

bool xen_here(void)
{
    char *text = stream_read("/proc/xen/capabilities", NULL);

    return text && strstr(text, "control_d");
}

/* ---- the host ---- */

static uint64_t guest_mib(const struct options *o)
{
    return (o->memory_bytes + (1 << 20) - 1) >> 20;
}

/* The card that the machine has for the domain, or NULL. */
static const char *passed_card(const struct options *o,
                               const struct image *image)
{
    if (!image_has_device(image, "e1000"))
        return NULL;
    return o->nic ? o->nic : "e1000";
}

/*
 * The folder with the host's machine of that memory, and with that card, made
 * if it is not there.
 */
static char *host_folder(uint64_t mib, const char *nic)
{
    char *scripts = path_join(source_root(), "driver/xen");
    char *memory = format("%llu", (unsigned long long)mib);
    struct hash *h = hash_new();

    for (const char *const *s =
             (const char *const[]){"host.sh", "init", "hotplug", NULL};
         *s; s++)
        hash_file(h, path_join(scripts, *s));
    char *name = format("xen-host/%s-%s%s%s", hash_end(h), memory,
                        nic ? "-" : "", nic ? nic : "");
    char *folder = path_join(cache_root(), name);
    char *snapshot = path_join(folder, "snapshot");
    struct lock *lock = cache_lock("xen-host");
    if (!file_exists(snapshot)) {
        const char *argv[] = {
            "bash", path_join(scripts, "host.sh"), folder, memory, nic, NULL};
        char *log = format("%s.log", folder);
        progress("making a Xen host under QEMU, once");
        make_dirs(folder);
        unlink(log);
        int status = run(argv, &(struct run){.out = log});
        progress_end();
        if (status)
            fail("no Xen host could be made (%s): %s", log,
                 file_read(log, NULL));
    }
    cache_unlock(lock);
    return folder;
}

/* ---- the job ---- */

/* It begins with a byte that is rare, as only such can be held back. */
static void new_token(char token[TOKEN_SIZE])
{
    unsigned char chance[(TOKEN_SIZE - 2) / 2];

    if (getrandom(chance, sizeof chance, 0) != (ssize_t)sizeof chance)
        fail("getrandom: %s", strerror(errno));
    *token++ = STATUS_LINE[0];
    for (size_t i = 0; i < sizeof chance; i++)
        snprintf(token + 2 * i, 3, "%02x", chance[i]);
}

static size_t size_of(const char *path)
{
    struct stat st;

    if (stat(path, &st) != 0)
        fail("%s: %s", path, strerror(errno));
    return (size_t)st.st_size;
}

/* xl has no way to write down what would end a path there. */
static const char *share_here(const struct source *share)
{
    if (share->read_only)
        fail("--share %s,ro: xl has no folder that is only to be read",
             share->path);
    if (strpbrk(share->path, ",\"\\'\n"))
        fail("--share %s: xl does not take a path with such letters",
             share->path);
    return share->path;
}

static int make_job(const struct options *o, const struct image *image,
                    const struct xen_end *end, const char *line)
{
    struct buf b = {0};
    int fd = memfd_create("job", MFD_CLOEXEC);
    bool here = xen_here();
    struct xl x = {
        .name = here ? format("unicore-%d", (int)getpid()) : "image",
        .platform = image->platform,
        .kernel = here ? realpath(o->image, NULL) : "/job/image",
        .line = line,
        .mib = guest_mib(o),
        .net = image_has_device(image, "xen-net") &&
               !(o->net && !strcmp(o->net, "none")),
        .pci = passed_card(o, image) ? PASSED_AT : NULL,
        .after = "preserve",
    };

    if (o->share.path && here)
        x.share = share_here(&o->share);
    if (o->share.path && !here) {
        x.share = "/share";
        x.monitor = "/monitor/run";
        buf_printf(&b, "share=%s\n", o->share.read_only ? "ro" : "rw");
    }
    if (o->disk.path)
        x.disk =
            o->disk.read_only ? "phy:/dev/vdc,xvda,r" : "phy:/dev/vdc,xvda,w";
    buf_printf(&b, "size=%zu\ntoken=%s\n", size_of(o->image), end->token);
    if (o->host_file.path)
        buf_printf(&b, "file_size=%zu\n", size_of(o->host_file.path));
    buf_str(&b, "--\n");
    xl_write(&b, &x);
    buf_printf(&b, "--\n%s\n", o->host_run ? o->host_run : "");
    while (b.n % 512)
        buf_add(&b, "", 1);
    if (fd < 0 || !write_all(fd, b.p, b.n))
        fail("the job of the Xen host: %s", strerror(errno));
    buf_free(&b);
    return fd;
}

void xen_start(const struct options *o, const struct image *image,
               const char *line, struct xen_end *end)
{
    if (o->count)
        fail("--count: QEMU's instructions would be those of Xen and its "
             "first domain as well: %s",
             o->image);
    if (o->net && has_prefix(o->net, "tap") && !xen_here())
        fail("--net %s: the snapshot of the Xen host is of QEMU's own network: "
             "%s",
             o->net, o->image);
    if (strlen(line) > LINE_MOST)
        fail("%s: arguments of %zu bytes; Xen passes %d", o->image,
             strlen(line), LINE_MOST);
    new_token(end->token);
    end->job_fd = make_job(o, image, end, line);
    end->log_fd =
        o->host_log
            ? open(o->host_log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666)
            : open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (end->log_fd < 0)
        fail("--host-log %s: %s", o->host_log, strerror(errno));
}

/* ---- the command ---- */

static void add_disk(const char ***argv, const char *id,
                     const struct source *disk)
{
    if (!disk->path) {
        arrput(*argv, "-blockdev");
        arrput(*argv, format("null-co,node-name=%s,size=512,read-only=%s", id,
                             disk->read_only ? "on" : "off"));
        return;
    }
    arrput(*argv, "-drive");
    arrput(*argv, format("if=none,id=%s,format=raw,file=%s%s", id,
                         qemu_value(disk->path),
                         disk->read_only ? ",readonly=on" : ""));
}

/* The folder with what serves a share in the first domain, made once. */
static char *monitor_folder(void)
{
    char *folder = path_join(cache_root(), "xen-host/monitor");
    char *script = path_join(source_root(), "driver/xen/monitor.sh");
    char *log = format("%s.log", folder);
    const char *argv[] = {"bash", script, folder, NULL};
    struct lock *lock = cache_lock("xen-host");

    if (!file_exists(path_join(folder, "done"))) {
        make_dirs(folder);
        unlink(log);
        if (run(argv, &(struct run){.out = log}))
            fail("no back end of --share could be made (%s): %s", log,
                 file_read(log, NULL));
    }
    cache_unlock(lock);
    return folder;
}

static void add_share(const char ***argv, const struct source *share)
{
    if (!share->path) {
        arrput(*argv, "-fsdev");
        arrput(*argv, "synth,id=share");
        arrput(*argv, "-fsdev");
        arrput(*argv, "synth,id=monitor");
        return;
    }
    arrput(*argv, "-fsdev");
    arrput(*argv, format("local,id=share,security_model=none,path=%s%s",
                         qemu_value(share->path),
                         share->read_only ? ",readonly=on" : ""));
    arrput(*argv, "-fsdev");
    arrput(*argv, format("local,id=monitor,security_model=none,readonly=on,"
                         "path=%s",
                         qemu_value(monitor_folder())));
}

static const char **here_command(const struct options *o,
                                 const struct image *image)
{
    const char **argv = NULL;

    if (passed_card(o, image))
        fail("%s: this is a Xen host: which network card it is to have says "
             "`pci` in image.xl beside the image, which xl starts",
             o->image);

    if (o->fwd || arrlenu(o->qemu))
        fail("%s: this is a Xen host, and there is no QEMU: the image has an "
             "address of its own",
             o->fwd ? "--fwd" : "--qemu");
    arrput(argv, "sh");
    arrput(argv, path_join(source_root(), "driver/xen/here"));
    arrput(argv, format("/dev/fd/%d", JOB_FD));
    arrput(argv, NULL);
    return argv;
}

const char **xen_command(const struct options *o, const struct image *image)
{
    if (o->print_command)
        fail("--print-command: xl is told by a file: image.xl beside the "
             "image: %s",
             o->image);

    uint64_t mib = HOST_MIB + GUEST_MIB;
    const char **argv = NULL;

    if (xen_here())
        return here_command(o, image);

    while (mib < HOST_MIB + guest_mib(o))
        mib *= 2;
    char *folder = host_folder(mib, passed_card(o, image));
    char *text = file_read(path_join(folder, "machine"), NULL), *word;
    arrput(argv, "qemu-system-x86_64");
    while ((word = strsep(&text, "\n")))
        if (*word)
            arrput(argv, word);
    const char *more[] = {
        "-incoming",
        format("exec:cat '%s/snapshot'", folder),
        "-chardev",
        "stdio,id=console,signal=off",
        "-chardev",
        format("file,id=log,path=/dev/fd/%d", LOG_FD),
        "-chardev",
        format("socket,id=go,fd=%d", TIME_FD),
        "-drive",
        format("if=none,id=image,format=raw,readonly=on,file=/dev/fd/%d",
               IMAGE_FD),
        "-drive",
        format("if=none,id=job,format=raw,file=/dev/fd/%d", JOB_FD),
    };
    for (size_t i = 0; i < sizeof more / sizeof *more; i++)
        arrput(argv, more[i]);
    add_disk(&argv, "disk", &o->disk);
    add_disk(&argv, "file",
             &(struct source){.path = o->host_file.path, .read_only = true});
    add_share(&argv, &o->share);
    net_qemu_back(o, image, &argv);
    for (size_t i = 0; i < arrlenu(o->qemu); i++)
        arrput(argv, o->qemu[i]);
    arrput(argv, NULL);
    return argv;
}

/* ---- the end ---- */

/* Is [p, p + n) a beginning of the pattern, in which # is a digit? */
static bool begins(const char *pattern, const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (pattern[i] == '#' ? !isdigit((unsigned char)p[i])
                              : pattern[i] != p[i])
            return false;
    return true;
}

static bool is_held(const struct xen_end *e, const char *p, size_t n)
{
    const size_t line = sizeof STATUS_LINE - 1, token = TOKEN_SIZE - 1;

    if (begins(e->token, p, n < token ? n : token))
        return true;
    if (!begins(STATUS_LINE, p, n < line ? n : line))
        return false;
    if (n <= line)
        return true;
    p += line;
    n -= line;
    return begins(e->token, p, n < token ? n : token);
}

/* "token reason": what follows the token, if its line is whole. */
static bool read_end(struct xen_end *e, const char *p, size_t n)
{
    const size_t token = TOKEN_SIZE - 1;

    if (n < token || !begins(e->token, p, token) || !memchr(p, '\n', n))
        return false;
    char *line = xstrndup(p + token, strcspn(p + token, "\n"));
    char *rest;
    long reason = strtol(line, &rest, 10);
    e->why = *rest || rest == line ? line : NULL;
    e->reason = e->why ? -1 : (int)reason;
    return true;
}

bool xen_filter(struct xen_end *e, struct buf *b)
{
    const size_t line = sizeof STATUS_LINE - 1;
    size_t from = 0;

    buf_add(&e->held, b->p ? b->p : "", b->n);
    b->n = 0;
    while (from < e->held.n && !is_held(e, e->held.p + from, e->held.n - from))
        from++;
    buf_add(b, e->held.p, from);
    memmove(e->held.p, e->held.p + from, e->held.n - from);
    e->held.n -= from;
    buf_add(&e->held, "", 1);
    e->held.n--;
    const char *p = e->held.p;
    size_t n = e->held.n;
    bool status = n > line && begins(STATUS_LINE, p, line);
    if (!read_end(e, status ? p + line : p, status ? n - line : n))
        return true;
    e->ended = true;
    e->status =
        status ? (int)strtol(p + strcspn(p, "0123456789"), NULL, 10) : -1;
    if (status && e->reason == POWEROFF) /* the program's own line */
        buf_add(b, p, line);
    return false;
}

int xen_status(const struct options *o, const struct xen_end *e)
{
    if (e->reason == POWEROFF)
        return 0;
    if (e->reason == CRASH && e->status >= 0)
        return e->status;
    if (e->reason == CRASH) {
        error("%s: the domain crashed", o->image);
        note("--host-log FILE has what Xen says of it");
        return EXIT_SIGNAL + 11;
    }
    if (e->reason >= 0)
        fail("%s: the domain ended for reason %d of Xen's", o->image,
             e->reason);
    if (strcmp(e->why, " destroyed") != 0)
        fail("%s: xl: %s", o->image, e->why);
    error("%s: the domain was destroyed", o->image);
    return EXIT_SIGNAL + 9;
}
