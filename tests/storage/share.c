/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * share.c: a folder of the host is the root, on every machine: the program's
 * files are the host's at once, and the other way round; of several names for a
 * file, of symbolic links, and of a file whose name is gone. What it prints is
 * what it prints as a program of Linux in that folder.
 *
 * RUN: sh %S/Inputs/share.sh %s %t %clang
 * RUN: FileCheck %s < %t/native.out
 * RUN: FileCheck --check-prefix=RO %s < %t/ro.txt
 * CHECK: copied: done
 * CHECK-NEXT: mode: 640
 * CHECK: gone: 5 hello
 * RO: create: error 30
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void say(const char *what, long r)
{
    printf("%s: %s %d\n", what, r < 0 ? "error" : "done", r < 0 ? errno : 0);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void list(const char *path)
{
    static char *names[400];
    DIR *d = opendir(path);
    struct dirent *e;
    int n = 0;

    while (d && (e = readdir(d)))
        if (e->d_name[0] != '.')
            names[n++] = strdup(e->d_name);
    qsort(names, n, sizeof *names, by_name);
    printf("%s: %d", path, n);
    for (int i = 0; i < n && i < 8; i++)
        printf(" %s", names[i]);
    putchar('\n');
    if (d)
        closedir(d);
}

static void copy(const char *from, const char *to)
{
    static char part[100000];
    int in = open(from, O_RDONLY), out;
    long n, sum = 0;
    struct stat st;

    out = open(to, O_CREAT | O_WRONLY | O_TRUNC, 0666);
    if (out < 0) {
        say("create", out);
        return;
    }
    while ((n = read(in, part, sizeof part)) > 0)
        sum += write(out, part, n);
    say("copied", fsync(out));
    fstat(out, &st);
    printf("mode: %o\n", st.st_mode & 0777u);
    close(in);
    close(out);
}

static void gone(void)
{
    int fd = open("gone", O_CREAT | O_RDWR, 0644);
    char text[6] = "";
    struct stat st;

    write(fd, "hello", 5);
    unlink("gone");
    fstat(fd, &st);
    lseek(fd, 0, SEEK_SET);
    read(fd, text, 5);
    printf("gone: %ld %s\n", (long)st.st_size, text);
    close(fd);
}

int main(void)
{
    char path[100], target[100] = "";
    struct stat st;

    copy("in", "out");
    say("mkdir", mkdir("d", 0755));
    for (int i = 0; i < 150; i++) {
        sprintf(path, "d/a-name-that-is-not-too-short-%d", i);
        close(open(path, O_CREAT | O_WRONLY, 0600));
    }
    list("d");
    say("link", link("out", "d/second"));
    say("symlink", symlink("../out", "d/link"));
    say("readlink", readlink("d/link", target, 99));
    puts(target);
    stat("d/link", &st);
    printf("%o %ld %d\n", st.st_mode, (long)st.st_size, (int)st.st_nlink);
    say("truncate", truncate("d/second", 10));
    say("append", write(open("out", O_APPEND | O_WRONLY), "more", 4));
    stat("out", &st);
    printf("%ld\n", (long)st.st_size);
    say("rename", rename("out", "d/third"));
    say("rename", rename("nothing", "d/third"));
    say("rename", rename("d", "d/third"));
    say("rmdir", rmdir("d"));
    say("chdir", chdir("d"));
    say("unlink", unlink("second"));
    say("chmod", chmod("third", 0604));
    say("loop", symlink("x", "x"));
    say("open", open("x", O_RDONLY));
    say("under", open("third/y", O_RDONLY));
    say("create", open("../in", O_CREAT | O_EXCL, 0644));
    gone();
    list("..");
    return 0;
}
