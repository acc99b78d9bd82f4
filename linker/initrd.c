/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * initrd.c: the archive of --root becomes constant data between the symbols
 * uc_initrd_start and uc_initrd_end, which a file system of the pool reads.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "linker.h"

/* Origin `init`: it is the user's, like the generated start-up code. */
static const char data_name[] = "initrd:init";

static void bind(struct link *l, const char *name, LLVMValueRef address)
{
    LLVMValueRef g = LLVMGetNamedGlobal(l->module, name);

    if (!g)
        return;
    LLVMReplaceAllUsesWith(g, address);
    LLVMDeleteGlobal(g);
}

bool initrd(struct link *l)
{
    size_t n;
    char *p;

    if (!l->initrd)
        return true;
    p = file_read(l->initrd, &n);
    if (!p || n > INT32_MAX) {
        error("%s: %s", l->initrd, p ? "over 2 GiB" : strerror(errno));
        return false;
    }
    LLVMTypeRef byte = LLVMInt8TypeInContext(l->context);
    LLVMValueRef bytes =
        LLVMConstStringInContext(l->context, p, (unsigned)n, true);
    LLVMValueRef data = LLVMAddGlobal(l->module, LLVMTypeOf(bytes), data_name);
    LLVMValueRef size =
        LLVMConstInt(LLVMInt64TypeInContext(l->context), n, false);

    LLVMSetInitializer(data, bytes);
    LLVMSetGlobalConstant(data, true);
    LLVMSetLinkage(data, LLVMInternalLinkage);
    LLVMSetAlignment(data, 4);
    bind(l, "uc_initrd_start", data);
    bind(l, "uc_initrd_end", LLVMConstGEP2(byte, data, &size, 1));
    free(p);
    return true;
}
