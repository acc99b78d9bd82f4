/* SPDX-License-Identifier: BSD-2-Clause */
/* devfs.h: the devices of /dev, for whatever file system holds their names. */
#ifndef UC_DEVFS_H
#define UC_DEVFS_H

#include <uc/file.h>

struct uc_device {
    char name[8];
    unsigned mode, major, minor;
    const struct file_ops *ops; /* `node` of a file is the file system's */
};
enum {
    UC_DEVICES = 10
};
extern const struct uc_device uc_devices[UC_DEVICES];

/* Of the file system: stat and setattr by f->node. */
long uc_fs_node_stat(struct file *f, struct stat *st);
long uc_fs_node_setattr(struct file *f, const struct file_attr *attr);

#endif
