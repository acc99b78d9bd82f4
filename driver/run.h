/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * run.h: unicore-run: what was asked for, what the image is, and a function
 * for each platform that runs it and returns the program's exit status.
 */
#ifndef UC_RUN_H
#define UC_RUN_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "common.h"

enum {
    EXIT_TIMEOUT = 124, /* as timeout(1) */
    EXIT_OURS = 125,    /* nothing ran, or it could not be watched */
    EXIT_SIGNAL = 128,  /* plus the signal's number */
};

/* A file or folder that the program's files are in: --disk, --share. */
struct source {
    char *path; /* absolute, exists; NULL: not asked for */
    bool read_only;
};

struct options {
    const char *image;
    const char *iso;    /* the CD that it is on, or NULL */
    char **args;        /* argv of the program, NULL-ended */
    const char **env;   /* stb_ds array of NAME=VALUE */
    const char *memory; /* as QEMU takes it */
    uint64_t memory_bytes;
    const char *machine; /* NULL: the platform's first */
    const char *accelerator;
    const char *marker; /* NULL: the first byte */
    int64_t timeout_ms; /* 0: none */
    struct source disk, share;
    const char *cwd; /* --cwd, or NULL: the top of the shared folder */
    bool count, print_command, faults;
    const char *net, *ip;    /* as given, or NULL */
    const char *nic;         /* with a device e1000: NULL, e1000, e1000e... */
    const char **fwd;        /* stb_ds array */
    const char **qemu;       /* more words for its command line */
    const char *host_run;    /* commands for a Xen host's shell, or NULL */
    const char *host_log;    /* file for what a Xen host says, or NULL */
    struct source host_file; /* what its shell is given, or none */
};

/* Prints the error, then ends with EXIT_OURS. */
_Noreturn void fail(const char *fmt, ...) PRINTF(1, 2);

/* ---- run_image.c: the image, and the files beside it ---- */

struct image {
    char *platform, *arch, *name; /* name: the program's, or NULL */
    char *devices;                /* names with commas between them */
    bool has_args;                /* built in: it takes no others */
    bool threads;                 /* it has thread-local variables */
    uint64_t entry;
    uint64_t end; /* of what is loaded, physical */
};
void image_read(const char *path, struct image *image);
bool image_has_device(const struct image *image, const char *name);
/* "function+0x12" from image.dbg; NULL if it does not say. Caller frees. */
char *image_symbol(const char *path, uint64_t address);
/* ELF segment flags (PF_*) at an address, -1 where there is none. */
int image_access(const char *path, uint64_t address);
/* Where its first page is seen; 0: nowhere. */
uint64_t image_start(const char *path);
/* The file `dropped` on cut number n: name and reason; false if silent. */
bool image_cut(const char *path, uint64_t n, char **name, char **why);

/* ---- run_fault.c: what a fault means ---- */

enum {
    FAULT_PRESENT = 1,
    FAULT_WRITE = 2,
    FAULT_FETCH = 16
};
struct fault {
    uint64_t vector, error, ip, sp, address;
};
/* Reads a line `unicore: fault ...`; false if it is none. */
bool fault_parse(const char *line, struct fault *f);
/* Evidence lines on stderr: where it was, and why. */
void fault_explain(const struct options *o, const struct fault *f);
/* The error code of a page fault that a signal told; something is mapped. */
uint64_t fault_code(const struct options *o, const struct fault *f,
                    bool mapped);
/* The signal that Linux has for it. */
int fault_signal(const struct fault *f);

/* ---- run_net.c ---- */

/* Options that do not fit the image or each other end it. */
void net_check(const struct options *o, const struct image *image);
const char *net_word(const struct options *o, const struct image *image);
void net_qemu(const struct options *o, const struct image *image,
              const char ***argv);
/* What leads out of a Xen host. */
void net_qemu_back(const struct options *o, const struct image *image,
                   const char ***argv);
void net_open_tap(const struct options *o); /* as the descriptor it is to be */

/* ---- run_xen.c ---- */

enum {
    TOKEN_SIZE = 34
};
/* A domain's console, of which the last lines are not the program's. */
struct xen_end {
    char token[TOKEN_SIZE];
    int job_fd, log_fd;
    struct buf held; /* what may be the beginning of the end */
    bool ended;
    int reason, status; /* of the domain's end, as Xen has it; -1: none */
    const char *why;    /* without a reason: what the host says */
};
bool is_xen(const struct image *image); /* PC's, that another domain starts */
bool xen_here(void);                    /* this computer is a Xen host */
/* Makes the job: the descriptors are for the host. */
void xen_start(const struct options *o, const struct image *image,
               const char *line, struct xen_end *end);
const char **xen_command(const struct options *o, const struct image *image);
/* Leaves in b what is to be passed on; false: that was all. */
bool xen_filter(struct xen_end *e, struct buf *b);
int xen_status(const struct options *o, const struct xen_end *e);

/* ---- run_first.c: an image as the first domain of a Xen of its own ---- */

bool is_first(const struct image *image);
void first_check(const struct options *o);
/* The machine's memory, of which the domain gets what was asked for. */
char *first_memory(const struct options *o);
/* QEMU's words for Xen and the domain, with its command line. */
void first_qemu(const struct options *o, const char *line, const char ***argv);

/* ---- run_time.c ---- */

/* QEMU's words for the line on which the image asks, over descriptor fd. */
void time_qemu(int fd, const char ***argv);
/* Answers a byte that has come; false at the end. */
bool time_tell(int fd);

/* ---- run_command.c: QEMU's command line ---- */

#define IMAGE_FD_TEXT "7"
enum { /* its descriptors, see run_kvm.c */
    STATUS_FD = 3,
    COUNT_FD,
    LOG_FD,
    TIME_FD,
    IMAGE_FD,
    JOB_FD,
    STDERR_FD,
    CHILD_FDS
};
/* Sets o->machine; false: QEMU has none for the platform. */
bool qemu_machine(struct options *o, const struct image *image);
bool qemu_mmio(const struct options *o, const struct image *image);
/* Has it a second serial line, for standard error? */
bool qemu_has_stderr(const struct options *o, const struct image *image);
/* What the image is to find as its command line. */
char *qemu_line(const struct options *o);
const char *qemu_name(const struct image *image);    /* of its program */
const char *qemu_package(const struct image *image); /* Debian's */
const char **qemu_command(const struct options *o, const struct image *image);
void qemu_print(const char **argv);
/* As QEMU reads the value of an option: a comma is written twice. */
char *qemu_value(const char *s);
/* Ends with an error if the image does not fit. */
void qemu_check_memory(const struct options *o, const struct image *image);

/* ---- the platforms ---- */

/* Both counts are of instructions, -1: never happened. */
struct counts {
    int64_t entry_to_output, entry_to_exit;
};
int run_linuxu(const struct options *o, const struct image *image,
               struct counts *counts);
int run_kvm(const struct options *o, const struct image *image,
            struct counts *counts);

/* ---- run_stub.c: faults in QEMU's user mode ---- */

/* Where QEMU is to wait for us, in a folder of its own. */
char *stub_path(void);
/* Of the process, which is traced and waits there: as it ends. */
int stub_supervise(const struct options *o, const struct image *image,
                   pid_t process, const char *path);

/* ---- run_disk.c: --disk and --share ---- */

/* Reads PATH or PATH,ro, the value of an option. */
void disk_source(struct source *s, const char *option, const char *value);
/* Ends with an error if the image is not made for them, or for others. */
void disk_check(const struct options *o, const struct image *image);
void disk_qemu(const struct options *o, const struct image *image,
               const char ***argv);
/* In the child; these end it if they fail. */
void disk_open(const struct source *disk);
/* As any user; the image is opened before. */
void disk_enter(const struct source *share);

/* ---- run_stream.c: bytes between the program and us ---- */

/* Looks for the marker, and for the last fault, in what was printed. */
struct watch {
    const char *marker;
    struct buf line;   /* of the console, up to its end */
    struct buf recent; /* enough to find the marker */
    char *fault_line;  /* or NULL */
    bool marker_seen;
};
void watch_add(struct watch *w, const char *p, size_t n);
/* Are standard output and error one, as on a terminal or by 2>&1? */
bool outputs_are_one(void);
/*
 * What was read from `from`, on its way to `to`; -1: there is no more, nobody
 * takes it. Never waits for who reads it.
 */
struct outlet {
    int from, to;
    struct buf held; /* from `passed` on */
    size_t passed;
};
struct outlet outlet_open(int from, int to);
bool outlet_holds(const struct outlet *o);
/* Reads more, when it holds nothing. */
void outlet_take(struct outlet *o);
/* Writes some of it; false if `to` takes no more: see errno. */
bool outlet_pass(struct outlet *o);
/* Appends what fd has to b; false at its end. */
bool collect(int fd, struct buf *b);
/* write() until all is written; false on error. */
bool write_all(int fd, const char *p, size_t n);
/* Console input: escaped as platforms/kvm reads it. */
void encode_input(struct buf *out, const char *p, size_t n);
void encode_start(struct buf *out);
void encode_end(struct buf *out);
int64_t run_clock_ms(void);

#endif
