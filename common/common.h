/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * common.h: what every tool needs: errors, strings, files, processes, the
 * cache, manifests, object records. Allocation failure ends the program.
 */
#ifndef UC_COMMON_H
#define UC_COMMON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <stb/stb_ds.h>
#define KEY(s) ((char *)(uintptr_t)(s)) /* stb_ds lacks const */

/* ---- error.c: messages. `prog: error: where: what`, on stderr ---- */

extern const char *prog;  /* the command's name; set first in main */
extern bool error_syntax; /* an `error:` was printed (for tests of readers) */

#define PRINTF(f, a) __attribute__((format(printf, f, a)))
_Noreturn void die(const char *fmt, ...) PRINTF(1, 2); /* input's fault: 1 */
_Noreturn void die_ours(const char *fmt, ...) PRINTF(1, 2); /* ours: exit 2 */
void error(const char *fmt, ...) PRINTF(1, 2); /* prints, returns */
void warn(const char *fmt, ...) PRINTF(1, 2);
void note(const char *fmt, ...) PRINTF(1, 2);     /* `note: ...` */
void evidence(const char *fmt, ...) PRINTF(1, 2); /* `>>> ...` */

/* One line that is overwritten on a terminal, nothing elsewhere. */
void progress(const char *fmt, ...) PRINTF(1, 2);
void progress_end(void);
void progress_on(int fd); /* the terminal, if it is no longer stderr */
extern int verbosity;     /* -1 quiet, 0 normal, 1 verbose */

/* ---- str.c: strings ---- */

char *xstrdup(const char *s);
char *xstrndup(const char *s, size_t n);
char *format(const char *fmt, ...) PRINTF(1, 2); /* caller frees */
char *str_thousands(long long n);                /* `1,234,567`; caller frees */
void *xmalloc(size_t n);
void *xcalloc(size_t n, size_t size);
bool has_prefix(const char *s, const char *prefix);
bool has_suffix(const char *s, const char *suffix);

/* A growing byte buffer; p is NUL-terminated whenever n > 0. */
struct buf {
    char *p;
    size_t n, cap;
};
void buf_add(struct buf *b, const void *p, size_t n);
void buf_str(struct buf *b, const char *s);
void buf_printf(struct buf *b, const char *fmt, ...) PRINTF(2, 3);
void buf_free(struct buf *b);

/* ---- file.c: files and folders. Paths are NUL-terminated ---- */

char *path_join(const char *dir, const char *name); /* caller frees */
char *path_dir(const char *path);                   /* caller frees */
const char *path_base(const char *path);            /* points into path */
bool file_exists(const char *path);
bool is_dir(const char *path);
/* Whole file, NUL added after *n bytes; NULL with errno set on failure, also
 * for what may never end: a pipe, a device. */
char *file_read(const char *path, size_t *n);
char *stream_read(const char *path, size_t *n); /* the same of any kind */
/* "a device" and so on; NULL for a regular file, or if there is nothing. */
const char *file_kind(const char *path);
/* Why file_read failed, errno or the kind (static). */
const char *file_why(const char *path);
/* Writes path.tmp.PID, then renames: never half a file. Dies on failure. */
void file_write(const char *path, const void *p, size_t n);
/* Has the disk that the folder is on fewer free bytes? Unknown is no. */
bool disk_lacks(const char *dir, uint64_t bytes);
void make_dirs(const char *path);   /* mkdir -p; dies on failure */
void remove_tree(const char *path); /* rm -r; missing is fine */
void copy_file(const char *from, const char *to); /* keeps the mode */
/* Sorted names in dir without dot files (stb_ds array of malloc'd strings). */
char **dir_list(const char *dir);
/* The folder of the project tree that the running command goes with. */
const char *source_root(void);
/* The folder that holds the running command. */
const char *bin_dir(void);

enum {
    DISK_LEAST = 1 << 20 /* a step that failed with less free failed for it */
};
#define NO_SPACE "No space left on device"

/* ---- process.c: running commands ---- */

struct run {
    const char *cwd;     /* NULL: here */
    const char *out;     /* file for stdout and stderr; NULL: inherited */
    const char *in;      /* file for stdin; NULL: /dev/null */
    const char **env;    /* NULL-ended NAME=VALUE added; NULL: none */
    int timeout_seconds; /* 0: none; expired: killed, status 124 */
};
/* Runs argv (NULL-ended, found on PATH); exit status, 128+signal, 127. */
int run(const char *const *argv, const struct run *how);
/* As run(), captures stdout into out (appended). */
int run_capture(const char *const *argv, const struct run *how,
                struct buf *out);
/* CPU seconds (user + system) of all waited-for children so far. */
double children_cpu_seconds(void);

/* ---- cache.c: the content-addressed cache ---- */

const char *cache_root(void); /* made if missing */
struct lock;
/* Waits for the exclusive lock of entry `name` (`/` allowed). */
struct lock *cache_lock(const char *name);
void cache_unlock(struct lock *l);
/* An entry of which `mark` is a file is used now. */
void cache_used(const char *mark);
/*
 * Once a day: removes the entries of a kind (a folder of the cache) that have
 * not been used for 30 days, or as many as UNICORE_CACHE_DAYS says; 0: none.
 */
void cache_prune(const char *kind, const char *mark);
/* 32 hex digits of a running XXH3-128 over everything added. */
struct hash;
struct hash *hash_new(void);
void hash_add(struct hash *h, const void *p, size_t n);
void hash_str(struct hash *h, const char *s); /* with its NUL */
void hash_file(struct hash *h, const char *path);
char *hash_end(struct hash *h); /* frees h; caller frees the result */

/* ---- manifest.c: `key value` files ---- */

struct entry {
    char *key, *value; /* value trimmed, may be "" */
    int line;
};
struct manifest {
    char *path;
    struct entry *entries; /* stb_ds array, in file order */
};
/* Parses text; on a bad line prints path:line and returns false. */
bool manifest_parse(struct manifest *m, const char *path, const char *text,
                    size_t n);
bool manifest_read(struct manifest *m, const char *path);
const char *manifest_get(const struct manifest *m, const char *key); /* or 0 */
void manifest_free(struct manifest *m);

/* ---- record.c: `.unicore` records in ELF objects (ARCHITECTURE.md) ---- */

enum record_kind {
    RECORD_BITCODE = 1,
    RECORD_COMMAND = 2,
    RECORD_SOURCE = 3,
    RECORD_NATIVE = 4
};
struct record {
    enum record_kind kind;
    const char *data; /* into the caller's buffer */
    size_t size;
};
/* Appends the framed record to b. */
void record_add(struct buf *b, enum record_kind kind, const void *p, size_t n);
/* Splits a section's bytes; false if malformed (records so far are kept). */
bool record_split(const char *p, size_t n, struct record **records);
/*
 * Finds the section in ELF bytes with libelf: 1 found, 0 none, -1 not a
 * readable ELF file (*why says). The result points into elf.
 */
int record_section(const char *elf, size_t n, const char **p, size_t *size,
                   const char **why);

/* ---- object.c: a native object's symbols and sections ---- */

struct object_symbol {
    char *name;
    uint64_t size;
    bool defined, weak;
};
struct object {
    struct object_symbol *symbols; /* stb_ds array: those that others see */
    char **sets;       /* sections that have a __start_NAME, stb_ds array */
    bool startup;      /* has constructors or destructors */
    bool thread_local; /* has or wants thread-local variables */
};
bool object_is(const char *p, size_t n); /* ELF, by its first bytes */
bool object_parse(struct object *o, const char *p, size_t n, const char **why);
void object_free(struct object *o);
bool is_c_identifier(const char *s);

#endif
