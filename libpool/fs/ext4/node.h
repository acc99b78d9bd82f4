/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * node.h: what the files of fs/ext4 share.
 *
 * libext2fs knows the format; its I/O goes to our cache of blocks (cache.c).
 * What it writes is metadata: it stays in the cache until a commit (commit.c)
 * has put all that changed into the disk's journal as one transaction
 * (journal.c), and then goes to its place. Contents of files are ours (data.c)
 * and go to their place before the commit that makes them reachable. So at any
 * time the disk, after its journal was replayed (replay.c), is as it was at
 * the end of some call, at the earliest the last sync.
 *
 * A call enters, which waits for other threads to leave, and leaves. In between
 * it may wait for the disk. An error in the middle of a change ends all
 * changes: nothing more is written.
 */
#ifndef UC_EXT4_H
#define UC_EXT4_H

#include "uc_ext2fs.h"

#include <ext2fs/ext2fs.h>
#include <linux/fcntl.h>
#include <stdbool.h>
#include <uc/block.h>
#include <uc/fs.h>
#include <uc/mem.h>

extern const int CFG_FIFOS;
extern ext2_filsys uc_ext4; /* NULL: not mounted */
extern bool uc_ext4_read_only;

enum {
    UC_NODE_HOST = false,
    UC_NODE_TEXT = false,
    UC_NODE_WRITE = true,
    SPARE_BLOCKS = 24 /* what a change can take beside a file's contents */
};

#define UC_NODE_SYNC uc_ext4_sync
#define UC_NODE_ALLOCATE uc_ext4_allocate

/* ---- mount.c ---- */

/* -errno for an error of the library. */
long uc_ext4_error(errcode_t e);
/* No more changes, with a line on the log. */
void uc_ext4_fail(const char *why);

/* ---- cache.c: blocks in memory ---- */

struct buffer {
    struct buffer *hash_next;
    struct buffer *newer, *older; /* all buffers, by last use */
    struct buffer *next;          /* on the list of those that changed */
    struct buffer *next_logged;
    uint64_t block;
    char *data;
    uint8_t state, pins;
};
enum { /* states */
    BUFFER_VALID = 1,
    BUFFER_DATA = 2,    /* changed: contents of a file */
    BUFFER_META = 4,    /* changed: part of the next transaction */
    BUFFER_LISTED = 8,  /* on the list, changed or not any more */
    BUFFER_LOGGED = 16, /* committed, not yet in its place */
    BUFFER_CHECKED = 32 /* a directory's, its checksum is right */
};

int uc_ext4_cache_start(uint32_t block_size, uint64_t blocks);
void uc_ext4_cache_drop(void); /* all that has not changed */
/*
 * The block, with one more pin; NULL: no memory, or it cannot be read. If it is
 * not here, `ahead` blocks after it are read as well, or up to `run` if those
 * before it are here.
 */
struct buffer *uc_ext4_get(uint64_t block, unsigned ahead, unsigned run);
/* The same without reading; zeroed if it was not there. */
struct buffer *uc_ext4_new(uint64_t block);
void uc_ext4_put(struct buffer *b);
void uc_ext4_dirty(struct buffer *b, unsigned state); /* DATA or META */
/* It was freed: what it has is not written any more. True: it is logged. */
bool uc_ext4_forget(uint64_t block);
unsigned uc_ext4_meta_count(void); /* changed blocks of metadata, about */
bool uc_ext4_cache_full(void);     /* too many changed blocks to go on */
bool uc_ext4_is_clean(void);
/* Writes all changed contents of files. */
long uc_ext4_write_data(void);
/* Takes the list of changed metadata, sorted by block, off the cache. */
struct buffer *uc_ext4_take_meta(unsigned *count);
/* Takes what was committed and not yet written in place. */
struct buffer *uc_ext4_take_logged(void);
void uc_ext4_add_logged(struct buffer *b);
extern const struct struct_io_manager uc_ext4_io;

/* ---- disk.c: requests ---- */

extern uint32_t uc_ext4_block_size;
/* Adds a block to those under way; errors come with uc_ext4_io_end. */
void uc_ext4_io_add(enum uc_block_kind kind, uint64_t block, char *data);
long uc_ext4_io_end(void); /* waits for all */
long uc_ext4_io_one(enum uc_block_kind kind, uint64_t block, char *data);
long uc_ext4_flush(void);

/* ---- journal.c, replay.c ---- */

struct log {
    uint32_t first, end; /* log blocks: first <= n < end */
    uint32_t head;       /* where the next transaction begins */
    uint32_t used;       /* blocks of transactions not yet in place */
    uint32_t sequence;   /* of the next transaction */
    uint32_t features, seed;
    bool exists, started;
    char *super; /* its superblock, a block */
    struct log_run {
        uint32_t n;
        uint64_t block;
    } *runs;
    unsigned run_count;
};
extern struct log uc_ext4_log;

long uc_ext4_log_open(void);
/* Blocks of metadata that one transaction may have. */
unsigned uc_ext4_log_room(void);
uint64_t uc_ext4_log_block(uint32_t n);
uint32_t uc_ext4_log_next(uint32_t n, uint32_t by);
bool uc_ext4_log_checked(void); /* blocks have checksums */
uint32_t uc_ext4_log_sum(uint32_t seed, const void *p, size_t n);
size_t uc_ext4_log_tag_size(void);
/* Writes the superblock of the log. start 0: it is empty. */
long uc_ext4_log_super(uint32_t start);
/* Writes one transaction, durably. */
long uc_ext4_log_write(struct buffer *list, unsigned count);
/* Brings all that was committed to its place and empties the log. */
long uc_ext4_checkpoint(void);
long uc_ext4_replay(void);

/* ---- commit.c ---- */

int uc_ext4_commit_start(void);
/* `times`: even if only times of files changed. */
long uc_ext4_commit(bool times);
/* Before the end: the disk is as after an unmount. */
long uc_ext4_finish(void);
/* Free blocks that can be had; commits if that helps. */
bool uc_ext4_has_room(uint64_t blocks);
uint64_t uc_ext4_free_blocks(void);
uint64_t uc_ext4_last_commit(void); /* when: uc_clock_mono */

/* ---- node.c: inodes in use ---- */

struct node {
    struct node *next; /* in its bucket */
    ext2_ino_t ino;
    unsigned refs;
    bool changed; /* the copy here is newer; never of a directory */
    bool times;   /* only its times are */
    bool orphan;
    struct node *later;  /* see uc_node_drop_later */
    unsigned drops;      /* so many times */
    struct node *parent; /* of a removed directory: held, for ".." */
    /* where contents are: blocks from run_start on lie from run_block on */
    uint64_t run_start, run_block, run_count;
    struct ext2_inode_large inode[]; /* as large as on the disk */
};

/*
 * The devices of /dev are there even where the disk has no names for them: they
 * are numbers that no inode has, and that nothing is written for.
 */
enum {
    UC_EXT4_DEV = 0x7fffff00 /* /dev; then uc_devices[0], ... */
};

/* Held. */
long uc_ext4_node(ext2_ino_t ino, struct node **n);
/* The last drop of one without a name deletes it. */
/* What was changed in n->inode counts. */
long uc_ext4_changed(struct node *n);
/* To the cache, before the library changes the inode. */
long uc_ext4_write_node(struct node *n);
/* A directory's inode is read anew. */
long uc_ext4_refresh(struct node *n);
/* All that changed, to the cache. `times`: those with new times only, too. */
long uc_ext4_write_nodes(bool times);
/* The inode lost its last name. */
long uc_ext4_orphan(struct node *n);
long uc_ext4_delete_orphans(void);
struct ext2_inode *uc_ext4_inode(struct node *n); /* as the library has it */
enum {
    TIME_ACCESS = 1,
    TIME_CHANGE = 2,
    TIME_MODIFY = 4
};
void uc_ext4_touch(struct node *n, unsigned which);
void uc_ext4_set_time(struct node *n, unsigned which, uint64_t ns);
int64_t uc_ext4_size(struct node *n);
long uc_ext4_set_size(struct node *n, int64_t size);
/* A new inode, not yet in a directory. */
long uc_ext4_make(ext2_ino_t near, unsigned mode, struct node **n);

static inline bool uc_node_is(const struct node *n, unsigned type)
{
    return (n->inode->i_mode & LINUX_S_IFMT) == type;
}
static inline bool uc_node_is_same(const struct node *a, const struct node *b)
{
    return a == b;
}
static inline bool uc_node_is_root(const struct node *n)
{
    return n->ino == EXT2_ROOT_INO;
}
static inline void uc_node_hold(struct node *n)
{
    n->refs++;
}
static inline bool uc_node_is_read_only(void)
{
    return uc_ext4_read_only;
}

/* ---- dir.c ---- */

struct dir_entry {
    ext2_ino_t ino;
    unsigned type, length; /* type: as in the directory, 0: unknown */
    const char *name;      /* no NUL; until the next call */
    uint64_t next;         /* offset behind it */
};
/* The first entry at or after an offset: 1; 0: none. */
long uc_ext4_entry(struct node *dir, uint64_t at, struct dir_entry *e);
/* -ENOENT */
long uc_ext4_lookup(struct node *dir, const char *name, size_t length,
                    ext2_ino_t *ino);
long uc_ext4_add(struct node *dir, const char *name, size_t length,
                 struct node *n);
long uc_ext4_remove(struct node *dir, const char *name, size_t length,
                    ext2_ino_t ino);
long uc_ext4_dir_changed(struct node *dir); /* its times, now */
/* Makes the name, or "..", mean n. The directory's times stay. */
long uc_ext4_replace(struct node *dir, const char *name, size_t length,
                     struct node *n);
ext2_ino_t uc_ext4_parent(struct node *dir); /* 0: unreadable */

/* ---- data.c ---- */

long uc_ext4_free_contents(struct node *n);
/* The block of the disk at block l of a file; 0: a hole. */
long uc_ext4_map(struct node *n, uint64_t l, uint64_t *block);

/* ---- ops.c ---- */

void uc_ext4_set_owner(struct ext2_inode_large *i, unsigned uid, unsigned gid);
long uc_ext4_sync(struct file *f, bool data_only);
long uc_ext4_allocate(struct file *f, int64_t offset, int64_t n);

#endif
