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
/* By number, as in st_rdev; NULL: another one. */
const struct uc_device *uc_device_of(unsigned number);
/* What its files do; `node` of a file is the file system's. */
const struct file_ops *uc_device_ops(const struct uc_device *d);

/* Of the file system: the device that n is, and stat and setattr by f->node. */
const struct uc_device *uc_node_device(struct node *n);
long uc_fs_node_stat(struct file *f, struct stat *st);
long uc_fs_node_setattr(struct file *f, const struct file_attr *attr);

#endif
