/* SPDX-License-Identifier: BSD-2-Clause */
#include <uc/sys.h>
