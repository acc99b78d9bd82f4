/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * node.c: files and directories of the host by number, and the devices of
 * /dev, which are there even where the folder has no names for them.
 */
#include <uc/devfs.h>
#include <uc/stat.h>

#include "walk.h"

enum {
    QID_DIR = 0x80,
    QID_SYMLINK = 2,
    NUMBERS = 32768,
    ATTR_BASIC = 0x7ff, /* of getattr */
    DEV_MADE_UP = 1,    /* inode number */
};

enum { /* of setattr */
    SET_MODE = 1,
    SET_UID = 2,
    SET_GID = 4,
    SET_SIZE = 8,
    SET_ATIME = 0x10,
    SET_MTIME = 0x20,
    SET_CTIME = 0x40,
    SET_ATIME_TO = 0x80,
    SET_MTIME_TO = 0x100,
};

static uint64_t used[NUMBERS / 64] = {1}; /* 0 is the root's */
static struct qid root_qid;

/* ---- numbers ---- */

static uint32_t take_number(void)
{
    for (uint32_t i = 0; i < NUMBERS / 64; i++)
        if (~used[i]) {
            uint32_t bit = (uint32_t)__builtin_ctzll(~used[i]);
            used[i] |= (uint64_t)1 << bit;
            return i * 64 + bit;
        }
    return 0;
}

static void give_number(uint32_t n)
{
    used[n / 64] &= ~((uint64_t)1 << (n % 64));
}

static struct node *new_node(void)
{
    struct node *n = uc_kalloc(sizeof *n);

    if (!n)
        return NULL;
    n->refs = 1;
    n->fid = take_number();
    if (n->fid)
        return n;
    uc_kfree(n, sizeof *n);
    return NULL;
}

/* Without telling the host, who does not know the number. */
static void discard(struct node *n)
{
    if (n->fid)
        give_number(n->fid);
    uc_kfree(n, sizeof *n);
}

void uc_node_drop(struct node *n)
{
    if (--n->refs)
        return;
    if (n->fid) {
        uc_9p_begin(T_CLUNK);
        uc_9p_put(n->fid, 4);
        uc_9p_send();
    }
    discard(n);
}

/* ---- what the host says ---- */

struct qid uc_9p_qid(void)
{
    struct qid q;

    q.type = (uint8_t)uc_9p_get(1);
    uc_9p_get(4); /* its version */
    q.path = uc_9p_get(8);
    return q;
}

/* n, which is new, is the name in the directory with this number. */
static long walk_to(uint32_t from, const char *name, size_t length,
                    struct node *n)
{
    uc_9p_begin(T_WALK);
    uc_9p_put(from, 4);
    uc_9p_put(n->fid, 4);
    uc_9p_put(length ? 1 : 0, 2);
    if (length)
        uc_9p_put_string(name, length);
    long error = uc_9p_send();
    if (error)
        return error;
    if (uc_9p_get(2) != (length ? 1 : 0))
        return -ENOENT;
    if (length)
        n->qid = uc_9p_qid();
    return uc_9p_short() ? -EIO : 0;
}

void uc_9p_set_root(struct qid q)
{
    root_qid = q;
}

long uc_node_root(struct node **n)
{
    return uc_node_again(NULL, n);
}

/* ---- /dev ---- */

static bool is_name(const char *name, size_t length, const char *s)
{
    return strlen(s) == length && memcmp(s, name, length) == 0;
}

static struct node *made_up(void)
{
    struct node *n = uc_kalloc(sizeof *n);

    if (n)
        n->refs = 1;
    return n;
}

static long find_made_up(const struct node *dir, const char *name,
                         size_t length, struct node **result)
{
    bool dev = dir->root && is_name(name, length, "dev");
    int d = 0;

    while (!dev && d < UC_DEVICES && !is_name(name, length, uc_devices[d].name))
        d++;
    if (!dev && (!dir->dev || d == UC_DEVICES))
        return -ENOENT;
    struct node *n = made_up();
    if (!n)
        return -ENOMEM;
    n->dev = n->made_up = dev;
    n->qid.type = dev ? QID_DIR : 0;
    n->qid.path = DEV_MADE_UP + (dev ? 0 : 1 + (uint64_t)d);
    n->device = dev ? NULL : &uc_devices[d];
    *result = n;
    return 0;
}

/* ---- names ---- */

/* Or "" or "..". */
static long lookup(struct node *dir, const char *name, size_t length,
                   struct node **result)
{
    bool up = is_name(name, length, "..");
    struct node *n;
    long error;

    if (dir && dir->made_up && !length) {
        dir->refs++;
        *result = dir;
        return 0;
    }
    if (dir && dir->made_up && up)
        return uc_node_root(result);
    if (dir && dir->made_up)
        return find_made_up(dir, name, length, result);
    n = new_node();
    if (!n)
        return -ENFILE;
    error = walk_to(dir ? dir->fid : 0, name, length, n);
    if (error) {
        discard(n);
        return error == -ENOENT && dir ? find_made_up(dir, name, length, result)
                                       : error;
    }
    /* The host's /dev/stdin is a link to what the server of the folder has. */
    if (dir && dir->dev && n->qid.type & QID_SYMLINK &&
        !find_made_up(dir, name, length, result)) {
        discard(n);
        return 0;
    }
    if (!length)
        n->qid = dir ? dir->qid : root_qid;
    if (!dir)
        n->qid.type = QID_DIR;
    n->root = !length ? !dir || dir->root
                      : up && (dir->root || n->qid.path == root_qid.path);
    n->dev =
        !length ? dir && dir->dev : dir->root && is_name(name, length, "dev");
    *result = n;
    return 0;
}

long uc_node_lookup(struct node *dir, const char *name, size_t length,
                    struct node **n)
{
    return lookup(dir, name, length, n);
}

long uc_node_again(struct node *from, struct node **n)
{
    return lookup(from, "", 0, n);
}

long uc_node_parent(struct node *dir, struct node **n)
{
    return lookup(dir, "..", 2, n);
}

long uc_node_target(struct node *link, char *p, size_t n)
{
    size_t length;

    uc_9p_begin(T_READLINK);
    uc_9p_put(link->fid, 4);
    long error = uc_9p_send();
    if (error)
        return error;
    const char *s = uc_9p_get_string(&length);
    if (uc_9p_short())
        return -EIO;
    memcpy(p, s, length < n ? length : n);
    return (long)(length < n ? length : n);
}

/* ---- attributes ---- */

static void stat_made_up(const struct node *n, struct stat *st)
{
    st->st_ino = n->qid.path;
    st->st_nlink = n->device ? 1 : 2;
    st->st_mode = n->device ? n->device->mode : S_IFDIR | 0755;
    if (n->device)
        st->st_rdev = n->device->major << 8 | n->device->minor;
}

static void get_time(int64_t *seconds, uint32_t *ns)
{
    *seconds = (int64_t)uc_9p_get(8);
    *ns = (uint32_t)uc_9p_get(8);
}

static long get_stat(struct node *n, struct stat *st)
{
    int64_t seconds;
    uint32_t ns;

    uc_9p_get(8); /* which of these it knows */
    st->st_ino = uc_9p_qid().path;
    st->st_mode = (uint32_t)uc_9p_get(4);
    st->st_uid = (uint32_t)uc_9p_get(4);
    st->st_gid = (uint32_t)uc_9p_get(4);
    st->st_nlink = (uint32_t)uc_9p_get(8);
    st->st_rdev = uc_9p_get(8);
    st->st_size = (int64_t)uc_9p_get(8);
    st->st_blksize = (long)uc_9p_get(8);
    st->st_blocks = (int64_t)uc_9p_get(8);
    get_time(&seconds, &ns);
    st->st_atime = seconds;
    st->st_atime_nsec = ns;
    get_time(&seconds, &ns);
    st->st_mtime = seconds;
    st->st_mtime_nsec = ns;
    get_time(&seconds, &ns);
    st->st_ctime = seconds;
    st->st_ctime_nsec = ns;
    n->size = st->st_size;
    return uc_9p_short() ? -EIO : 0;
}

/*
 * The host finds an open file by its name: without one it is asked for what is
 * known here.
 */
long uc_node_stat(struct node *n, struct stat *st)
{
    memset(st, 0, sizeof *st);
    st->st_dev = 1;
    if (n->made_up || n->device) {
        stat_made_up(n, st);
        return 0;
    }
    uc_9p_begin(T_GETATTR);
    uc_9p_put(n->fid, 4);
    uc_9p_put(ATTR_BASIC, 8);
    long error = uc_9p_send();
    if (error == -ENOENT && n->open) {
        st->st_ino = n->qid.path;
        st->st_mode = (uc_node_is(n, S_IFDIR) ? S_IFDIR : S_IFREG) | 0600;
        st->st_size = n->size;
        st->st_blksize = UC_PAGE;
        return 0;
    }
    return error ? error : get_stat(n, st);
}

long uc_node_owner(struct node *n, struct owner *o)
{
    struct stat st;
    long error = uc_node_stat(n, &st);

    *o = (struct owner){st.st_mode, st.st_uid, st.st_gid, 0};
    return error;
}

static long set(struct node *n, unsigned valid, const struct file_attr *a,
                int64_t size)
{
    const uint64_t second = 1000000000;

    uc_9p_begin(T_SETATTR);
    uc_9p_put(n->fid, 4);
    uc_9p_put(valid, 4);
    uc_9p_put(a->mode, 4);
    uc_9p_put(a->uid, 4);
    uc_9p_put(a->gid, 4);
    uc_9p_put((uint64_t)size, 8);
    uc_9p_put(a->atime_ns / second, 8);
    uc_9p_put(a->atime_ns % second, 8);
    uc_9p_put(a->mtime_ns / second, 8);
    uc_9p_put(a->mtime_ns % second, 8);
    return uc_9p_send();
}

long uc_node_setattr(struct node *n, const struct file_attr *a)
{
    unsigned valid = 0;

    if (n->made_up || n->device)
        return 0;
    valid |= a->set & ATTR_MODE ? SET_MODE : 0;
    valid |= a->set & ATTR_UID ? SET_UID : 0;
    valid |= a->set & ATTR_GID ? SET_GID : 0;
    valid |= a->set & ATTR_ATIME ? SET_ATIME | SET_ATIME_TO : 0;
    valid |= a->set & ATTR_MTIME ? SET_MTIME | SET_MTIME_TO : 0;
    return valid ? set(n, valid, a, 0) : 0;
}

long uc_node_resize(struct node *n, int64_t size)
{
    struct file_attr none = {.set = 0};
    long error = n->device ? -EINVAL : set(n, SET_SIZE, &none, size);

    if (!error)
        n->size = size;
    return error;
}
