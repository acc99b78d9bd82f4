/* SPDX-License-Identifier: BSD-2-Clause */
/* Streams on files, and what stands below them. argv[1]: a scratch folder. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void write_lines(const char *path)
{
    FILE *f = fopen(path, "w");

    for (int i = 0; i < 1000; i++)
        fprintf(f, "line %d\n", i);
    printf("%ld %d\n", ftell(f), ferror(f));
    fwrite("0123456789", 2, 5, f);
    fputs("\nend", f);
    printf("%d\n", fclose(f));
}

static void read_lines(const char *path)
{
    FILE *f = fopen(path, "r+");
    char line[64], *all = NULL;
    size_t room = 0;
    int n = 0, c;

    while (fgets(line, sizeof line, f))
        n++;
    printf("%d %s %d %ld\n", n, line, feof(f), ftell(f));
    rewind(f);
    fseek(f, -7, SEEK_END);
    printf("%ld ", (long)getline(&all, &room, f));
    printf("%s", all);
    c = getc(f);
    ungetc('X', f);
    ungetc('Y', f);
    printf("%c%c%c %ld\n", c, getc(f), getc(f), ftell(f));
    fseek(f, 5, SEEK_SET);
    fputs("ABC", f);
    fseek(f, 0, SEEK_SET);
    fread(line, 1, 12, f);
    printf("%.12s|\n", line);
    c = fscanf(f, "%*s %d", &n);
    printf("%d %d\n", c, n);
    free(all);
    fclose(f);
}

/* A stream that is appended to is read from its start. */
static void append(const char *path)
{
    FILE *f = fopen(path, "w");
    char line[16];

    fputs("first\nsecond\n", f);
    fclose(f);
    f = fopen(path, "a+");
    printf("%ld ", ftell(f));
    printf("%s", fgets(line, sizeof line, f));
    fseek(f, 0, SEEK_CUR);
    fputs("third\n", f);
    printf("%ld ", ftell(f));
    fflush(f);
    printf("%ld\n", ftell(f));
    rewind(f);
    while (fgets(line, sizeof line, f))
        printf("%s", line);
    f = freopen(path, "a+", f);
    printf("%ld %c\n", ftell(f), getc(f));
    fclose(f);
    f = fopen(path, "a");
    printf("%ld ", ftell(f));
    fputs("x", f);
    printf("%ld\n", ftell(f));
    fclose(f);
    f = fdopen(open(path, O_RDWR), "a+");
    printf("%ld %c\n", ftell(f), getc(f));
    fclose(f);
}

static long size_of(const char *path)
{
    struct stat st;

    return stat(path, &st) ? -1 : (long)st.st_size;
}

/* What follows the last newline stays in the buffer. */
static void by_line(const char *path)
{
    FILE *f = fopen(path, "w");

    setvbuf(f, NULL, _IOLBF, 0);
    fputs("one", f);
    printf("%ld ", size_of(path));
    fputs("\ntwo", f);
    printf("%ld ", size_of(path));
    fprintf(f, "%s%d", "\nthree\nfo", 4);
    printf("%ld ", size_of(path));
    putc('x', f);
    printf("%ld ", size_of(path));
    putc('\n', f);
    printf("%ld ", size_of(path));
    fwrite("\n\nend", 1, 5, f);
    printf("%ld ", size_of(path));
    fclose(f);
    printf("%ld\n", size_of(path));
}

static void more(const char *path)
{
    struct stat st;
    char buffer[16];
    FILE *f = fopen(path, "a+");
    int fd;

    setvbuf(f, buffer, _IOFBF, sizeof buffer);
    fputs("tail that is longer than its buffer\n", f);
    fseek(f, -4, SEEK_END);
    printf("%c", getc(f));
    printf("%c\n", getc(f));
    f = freopen(path, "r", f);
    printf("%c %d\n", getc(f), fputc('x', f));
    printf("%d\n", ferror(f) != 0);
    clearerr(f);
    fclose(f);
    printf("%d %lld %o\n", stat(path, &st), (long long)st.st_size,
           st.st_mode & S_IFMT);
    fd = open(path, O_RDWR | O_CREAT | O_EXCL, 0600);
    printf("%d %s\n", fd, strerror(errno));
    fd = open(path, O_WRONLY | O_TRUNC);
    printf("%ld %ld\n", (long)write(fd, "xyz", 3),
           (long)lseek(fd, 0, SEEK_CUR));
    close(fd);
    printf("%d\n", access(path, R_OK));
    printf("%d ", remove(path));
    printf("%d %s\n", remove(path), strerror(errno));
    f = fopen(path, "rx");
    perror("fopen");
    printf("%d %d\n", f == NULL, fflush(NULL));
}

int main(int argc, char **argv)
{
    char path[256];

    if (argc < 2)
        return 2;
    snprintf(path, sizeof path, "%s/newlib-file", argv[1]);
    write_lines(path);
    read_lines(path);
    append(path);
    by_line(path);
    more(path);
    return 0;
}
