/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * iso.c: --iso: image.iso, a CD or a USB stick that starts the image, by GRUB
 * and Multiboot 2. What is on it: GRUB's parts, the image, and how it is
 * called:
 *
 *     multiboot2 /boot/image NAME
 */
#include "specialize.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define GRUB "/usr/lib/grub/i386-pc" /* for a PC's firmware */
#define NEEDED "grub-pc-bin and xorriso"

/* One word for GRUB, which hands it on so that the image gets the same. */
static char *quoted(const char *s)
{
    struct buf b = {0};

    buf_str(&b, "'");
    for (; *s; s++) {
        buf_str(&b, *s == '\'' ? "'\\" : "");
        buf_add(&b, s, 1);
        buf_str(&b, *s == '\'' ? "'" : "");
    }
    buf_str(&b, "'");
    return b.p;
}

static void fill(const char *dir, const char *image, const char *name)
{
    char *grub = path_join(dir, "boot/grub");
    char *config = path_join(grub, "grub.cfg");
    char *to = path_join(dir, "boot/image");
    char *word = quoted(name);
    char *text = format("multiboot2 /boot/image %s\nboot\n", word);
    size_t n;
    char *bytes = file_read(image, &n);

    if (!bytes)
        die_ours("%s: %s", image, file_why(image));
    make_dirs(grub);
    file_write(config, text, strlen(text));
    file_write(to, bytes, n);
    free(grub);
    free(config);
    free(to);
    free(word);
    free(text);
    free(bytes);
}

/* Of what grub-mkrescue and xorriso say, the line that names the error. */
static void tell(const char *log)
{
    char *text = file_read(log, NULL), *save = NULL;

    for (char *s = text ? strtok_r(text, "\n", &save) : NULL; s;
         s = strtok_r(NULL, "\n", &save))
        if (strstr(s, "error") || strstr(s, "FAILURE") || strstr(s, "FATAL"))
            evidence("%s", s);
    free(text);
}

bool iso_write(const char *dir, const char *name)
{
    char *files = path_join(dir, "iso"), *log = path_join(dir, "iso.log");
    char *iso = path_join(dir, "image.iso"), *image = path_join(dir, "image");
    const char *argv[] = {
        "grub-mkrescue",
        "-d",
        GRUB,
        "-o",
        iso,
        "--locales=",
        "--fonts=",
        "--themes=",
        "--install-modules=normal multiboot2 iso9660 biosdisk part_msdos",
        files,
        NULL};
    struct run how = {.out = log};
    int status;

    if (strchr(name, '=')) {
        error("--iso: %s: the image would take its name for an assignment",
              name);
        return false;
    }
    fill(files, image, name);
    status = is_dir(GRUB) ? run(argv, &how) : 127;
    if (status == 127)
        error("--iso: grub-mkrescue or " GRUB " not found; install the "
              "packages " NEEDED);
    else if (status != 0) {
        error("--iso: grub-mkrescue: exit status %d; it needs the "
              "packages " NEEDED,
              status);
        tell(log);
    }
    remove_tree(files);
    unlink(log);
    free(files);
    free(log);
    free(iso);
    free(image);
    return status == 0;
}
