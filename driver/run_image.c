/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * run_image.c: reads an image's note and segments, and what lies beside it:
 * image.dbg for names, `dropped` for the numbers of cut calls. An image with
 * Linux's header for ARM64 instead of ELF's has the note behind that.
 */
#include "run.h"

#include <errno.h>
#include <gelf.h>
#include <stdlib.h>
#include <string.h>

struct elf {
    char *bytes;
    Elf *elf;
};

static bool open_elf(const char *path, struct elf *e)
{
    size_t n;

    e->elf = NULL;
    e->bytes = file_read(path, &n);
    if (!e->bytes)
        return false;
    elf_version(EV_CURRENT);
    e->elf = elf_memory(e->bytes, n);
    if (e->elf && elf_kind(e->elf) == ELF_K_ELF)
        return true;
    elf_end(e->elf);
    free(e->bytes);
    errno = 0;
    return false;
}

static void close_elf(struct elf *e)
{
    elf_end(e->elf);
    free(e->bytes);
}

/* The text of a note "Unicore" of type 1, or NULL; caller frees. */
static char *note_text(const GElf_Nhdr *h, const char *name, const char *text)
{
    if (h->n_type != 1 || h->n_namesz != sizeof "Unicore" ||
        memcmp(name, "Unicore", sizeof "Unicore") != 0)
        return NULL;
    return xstrndup(text, h->n_descsz);
}

/* That of the first such note in data. */
static char *find_note(Elf_Data *data)
{
    GElf_Nhdr h;
    size_t at = 0, name, text;
    char *found = NULL;

    while (!found && data &&
           (at = gelf_getnote(data, at, &h, &name, &text)) > 0)
        found = note_text(&h, (char *)data->d_buf + name,
                          (char *)data->d_buf + text);
    return found;
}

static void set_key(struct image *image, const char *word)
{
    if (has_prefix(word, "platform="))
        image->platform = xstrdup(word + strlen("platform="));
    else if (has_prefix(word, "arch="))
        image->arch = xstrdup(word + strlen("arch="));
    else if (has_prefix(word, "devices="))
        image->devices = xstrdup(word + strlen("devices="));
    else if (has_prefix(word, "name="))
        image->name = xstrdup(word + strlen("name="));
    else if (!strcmp(word, "args=built-in"))
        image->has_args = true;
}

bool image_has_device(const struct image *image, const char *name)
{
    size_t n = strlen(name);

    for (const char *s = image->devices; s && *s; s += *s == ',') {
        size_t length = strcspn(s, ",");
        if (length == n && !memcmp(s, name, n))
            return true;
        s += length;
    }
    return false;
}

/* The note's text of an image with Linux's header; NULL: it is none. */
static char *read_flat(const char *path, struct image *image)
{
    enum { /* of that header */
        OFFSET = 8,
        SIZE = 16,
        MAGIC = 56,
        HEADER = 64,
        RAM_START = 1 << 30 /* as it is seen */
    };
    size_t n;
    char *p = file_read(path, &n), *text = NULL;
    GElf_Nhdr h;
    uint64_t offset, size;

    if (p && n >= HEADER + sizeof h + sizeof "Unicore" &&
        !memcmp(p + MAGIC, "ARM\x64", 4)) {
        memcpy(&h, p + HEADER, sizeof h);
        const char *name = p + HEADER + sizeof h;
        size_t room = n - HEADER - sizeof h;
        if (h.n_namesz == sizeof "Unicore" && h.n_descsz <= room - h.n_namesz)
            text = note_text(&h, name, name + h.n_namesz);
        memcpy(&offset, p + OFFSET, sizeof offset);
        memcpy(&size, p + SIZE, sizeof size);
        image->entry = RAM_START + offset;
        image->end = image->entry + size;
    }
    free(p);
    return text;
}

/* The same of an ELF file. */
static char *read_elf(const char *path, struct image *image)
{
    struct elf e;
    GElf_Ehdr header;
    size_t count = 0;
    char *text = NULL;

    if (!open_elf(path, &e))
        fail("%s: %s", path, errno ? file_why(path) : "not an ELF file");
    if (gelf_getehdr(e.elf, &header) && elf_getphdrnum(e.elf, &count) == 0)
        image->entry = header.e_entry;
    for (size_t i = 0; i < count; i++) {
        GElf_Phdr p;
        if (!gelf_getphdr(e.elf, (int)i, &p))
            continue;
        if (p.p_type == PT_LOAD && p.p_paddr + p.p_memsz > image->end)
            image->end = p.p_paddr + p.p_memsz;
        image->threads |= p.p_type == PT_TLS;
        if (p.p_type == PT_NOTE && !text)
            text = find_note(elf_getdata_rawchunk(e.elf, (int64_t)p.p_offset,
                                                  p.p_filesz, ELF_T_NHDR));
    }
    close_elf(&e);
    return text;
}

void image_read(const char *path, struct image *image)
{
    memset(image, 0, sizeof *image);

    char *text = read_flat(path, image);
    if (!text)
        text = read_elf(path, image);
    for (char *w = text ? strtok(text, " \n") : NULL; w;
         w = strtok(NULL, " \n"))
        set_key(image, w);
    free(text);
    if (!image->platform || !image->arch)
        fail("%s: not an image made by unicore-specialize (it has no note "
             "that names its platform)",
             path);
}

int image_access(const char *path, uint64_t address)
{
    struct elf e;
    size_t count = 0;
    int flags = -1;

    if (!open_elf(path, &e) && !open_elf(format("%s.dbg", path), &e))
        return -1;
    if (elf_getphdrnum(e.elf, &count) != 0)
        count = 0;
    for (size_t i = 0; i < count; i++) {
        GElf_Phdr p;
        if (gelf_getphdr(e.elf, (int)i, &p) && p.p_type == PT_LOAD &&
            address >= p.p_vaddr && address - p.p_vaddr < p.p_memsz)
            flags = (int)p.p_flags;
    }
    close_elf(&e);
    return flags;
}

uint64_t image_start(const char *path)
{
    struct elf e;
    size_t count = 0;
    uint64_t start = 0;

    if (!open_elf(path, &e))
        return 0;
    if (elf_getphdrnum(e.elf, &count) != 0)
        count = 0;
    for (size_t i = 0; i < count && !start; i++) {
        GElf_Phdr p;
        if (gelf_getphdr(e.elf, (int)i, &p) && p.p_type == PT_LOAD)
            start = p.p_vaddr - p.p_offset;
    }
    close_elf(&e);
    return start;
}

static Elf_Scn *symbol_table(Elf *elf, GElf_Shdr *h)
{
    Elf_Scn *s = NULL;

    while ((s = elf_nextscn(elf, s)))
        if (gelf_getshdr(s, h) && h->sh_type == SHT_SYMTAB && h->sh_entsize)
            return s;
    return NULL;
}

/* Where a function of Thumb code is: its symbol's lowest bit says that it is.
 */
static uint64_t place_of(const GElf_Sym *y, const GElf_Ehdr *head)
{
    bool thumb =
        head->e_machine == EM_ARM && GELF_ST_TYPE(y->st_info) == STT_FUNC;

    return y->st_value & ~(uint64_t)thumb;
}

/* The symbol that spans the address, else a sizeless one exactly there. */
static char *find_symbol(Elf *elf, uint64_t address)
{
    GElf_Shdr h;
    Elf_Scn *s = symbol_table(elf, &h);
    Elf_Data *data = s ? elf_getdata(s, NULL) : NULL;
    char *found = NULL;
    GElf_Ehdr head;

    if (!gelf_getehdr(elf, &head))
        return NULL;
    for (size_t i = 0; data && i < h.sh_size / h.sh_entsize; i++) {
        GElf_Sym y;
        const char *name;
        if (!gelf_getsym(data, (int)i, &y) || y.st_shndx == SHN_UNDEF ||
            GELF_ST_TYPE(y.st_info) == STT_FILE)
            continue;
        uint64_t start = place_of(&y, &head);
        if (address < start || address - start >= (y.st_size ? y.st_size : 1))
            continue;
        name = elf_strptr(elf, h.sh_link, y.st_name);
        if (!name || !*name || (found && !y.st_size))
            continue;
        free(found);
        found = address == start
                    ? xstrdup(name)
                    : format("%s+0x%llx", name,
                             (unsigned long long)(address - start));
    }
    return found;
}

char *image_symbol(const char *path, uint64_t address)
{
    char *with_names = format("%s.dbg", path), *name = NULL;
    struct elf e;

    if (open_elf(with_names, &e)) {
        name = find_symbol(e.elf, address);
        close_elf(&e);
    }
    free(with_names);
    return name;
}

bool image_cut(const char *path, uint64_t n, char **name, char **why)
{
    char *dir = path_dir(path), *file = path_join(dir, "dropped");
    char *text = file_read(file, NULL), *number = NULL;
    bool found = false;

    number = format("%llu ", (unsigned long long)n);
    for (char *line = text ? strtok(text, "\n") : NULL; line && !found;
         line = strtok(NULL, "\n")) {
        if (!has_prefix(line, number))
            continue;
        line += strlen(number);
        size_t length = strcspn(line, " ");
        *name = xstrndup(line, length);
        *why = xstrdup(line + length + (line[length] == ' '));
        found = true;
    }
    free(number);
    free(text);
    free(file);
    free(dir);
    return found;
}
