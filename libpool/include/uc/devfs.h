/* SPDX-License-Identifier: BSD-2-Clause */
/* devfs.h: the devices of /dev, for whatever file system holds their names. */
#ifndef UC_DEVFS_H
#define UC_DEVFS_H

#include <uc/file.h>

struct node;

struct uc_device {
    char name[8];
    unsigned short mode;
    unsigned char major, minor;
};
enum {
    UC_DEVICES = 10
};
extern const struct uc_device uc_devices[UC_DEVICES];
/*
 * What the files of a device do, by its number, as in st_rdev; NULL: it is none
 * of these. `node` of a file is the file system's.
 */
const struct file_ops *uc_device_ops(unsigned number);

/* Of the file system: n's number, 0: no such device; stat, setattr by f->node.
 */
unsigned uc_node_device(struct node *n);
long uc_fs_node_stat(struct file *f, struct stat *st);
long uc_fs_node_setattr(struct file *f, const struct file_attr *attr);

#endif
