/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * attach.c: adds a `.unicore` section to an ELF object, with libelf.
 *
 * llvm-objcopy would do, but costs more than the rest of the wrapper: it
 * loads LLVM for each object. libelf lays the object out anew, which is only
 * right for relocatable objects; others are refused.
 */
#include "cc.h"

#include <fcntl.h>
#include <gelf.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The section names of e with one more; sets its offset. */
static bool add_name(Elf *e, const char *name, char **table, size_t *at)
{
    size_t index;
    Elf_Scn *s = NULL;
    Elf_Data *d;

    if (elf_getshdrstrndx(e, &index) == 0)
        s = elf_getscn(e, index);
    d = s ? elf_getdata(s, NULL) : NULL;
    if (!d)
        return false;
    *at = d->d_size;
    *table = xcalloc(1, d->d_size + strlen(name) + 1);
    memcpy(*table, d->d_buf, d->d_size);
    memcpy(*table + d->d_size, name, strlen(name));
    d->d_buf = *table;
    d->d_size += strlen(name) + 1;
    elf_flagdata(d, ELF_C_SET, ELF_F_DIRTY);
    return true;
}

static bool add_section(Elf *e, const struct buf *records, char **table)
{
    GElf_Ehdr eh;
    GElf_Shdr sh;
    size_t name;

    if (!gelf_getehdr(e, &eh) || eh.e_type != ET_REL ||
        !add_name(e, ".unicore", table, &name))
        return false;
    Elf_Scn *s = elf_newscn(e);
    Elf_Data *d = s ? elf_newdata(s) : NULL;
    if (!d || !gelf_getshdr(s, &sh))
        return false;
    d->d_buf = records->p;
    d->d_size = records->n;
    d->d_align = 16;
    d->d_type = ELF_T_BYTE;
    d->d_version = EV_CURRENT;
    sh.sh_name = (GElf_Word)name;
    sh.sh_type = SHT_PROGBITS;
    sh.sh_addralign = 16;
    return gelf_update_shdr(s, &sh) && elf_update(e, ELF_C_WRITE) >= 0;
}

bool attach_section(const char *object, const struct buf *records)
{
    char *table = NULL;
    int fd = open(object, O_RDWR | O_CLOEXEC);
    Elf *e;
    bool ok = false;

    if (fd < 0)
        return false;
    elf_version(EV_CURRENT);
    e = elf_begin(fd, ELF_C_RDWR, NULL);
    if (e) {
        ok = add_section(e, records, &table);
        elf_end(e);
    }
    close(fd);
    free(table);
    return ok;
}

bool attach_native(const char *object, const struct buf *command)
{
    size_t n, size;
    const char *p, *why;
    char *bytes = file_read(object, &n);
    struct buf records = {0};
    bool ok = true;

    if (!bytes)
        return false;
    if (record_section(bytes, n, &p, &size, &why) == 0) {
        record_add(&records, RECORD_NATIVE, bytes, n);
        record_add(&records, RECORD_COMMAND, command->p, command->n);
        ok = attach_section(object, &records);
        buf_free(&records);
    }
    free(bytes);
    return ok;
}
