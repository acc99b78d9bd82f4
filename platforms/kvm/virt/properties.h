/* SPDX-License-Identifier: BSD-2-Clause */
/* properties.h: what is read of the device tree's nodes: field, name. */
#ifndef UC_PROPERTIES_H
#define UC_PROPERTIES_H

#define DT_PROPERTIES(X)                                                       \
    X(compatible, "compatible")                                                \
    X(reg, "reg")                                                              \
    X(device_type, "device_type")                                              \
    X(status, "status")                                                        \
    X(bootargs, "bootargs")                                                    \
    X(method, "method")                                                        \
    X(seed, "rng-seed")

enum {
    DT_NAME_MOST = 16, /* with its end */
};

#endif
