/* Makes files of all kinds below its argument and says what it reads back. */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <time.h>
#include <unistd.h>

static uint32_t seed = 12345;
static uint32_t chance(void)
{
    seed = seed * 1664525 + 1013904223;
    return seed >> 8;
}

static void fill(const char *name, int size, int hole)
{
    int fd = open(name, O_RDWR | O_CREAT | O_TRUNC, 0640);
    unsigned char b[700], sum = 0;

    for (int at = 0; at < size;) {
        int n = 1 + chance() % sizeof b;
        for (int i = 0; i < n; i++)
            b[i] = chance();
        at += pwrite(fd, b, n, at + (chance() % 5 ? 0 : hole));
    }
    for (int at = 0, n; (n = pread(fd, b, sizeof b, at)) > 0; at += n)
        for (int i = 0; i < n; i++)
            sum = sum * 3 + b[i];
    struct stat s;
    fstat(fd, &s);
    printf("%s %lld %d %o %ld\n", name, (long long)s.st_size, sum, s.st_mode,
           (long)s.st_nlink);
    close(fd);
}

int main(int argc, char **argv)
{
    char name[300], b[300];
    struct stat s;

    umask(0);
    if (argc > 1 && chdir(argv[1]))
        return 1;
    mkdir("many", 0755);
    for (int i = 0; i < 400; i++) {
        sprintf(
            name, "many/%.*s%d", (int)(chance() % 120),
            "a-name-that-is-long-so-that-directories-get-more-than-one-block-"
            "of-them-and-some-of-it-is-left-of-what-was-said-before-this",
            i);
        int fd = open(name, O_WRONLY | O_CREAT, 0600);
        dprintf(fd, "%d\n", i);
        close(fd);
        if (i % 3 == 0)
            unlink(name);
    }
    fill("small", 100, 0);
    fill("large", 300000, 0);
    fill("holes", 200000, 70000);
    sync();
    fill("large", 900000, 5000);
    truncate("holes", 100000);
    link("small", "second");
    symlink("many", "fast");
    memset(b, 'x', 200);
    b[200] = 0;
    symlink(b, "slow");
    printf("%zd\n", readlink("slow", b, sizeof b));
    printf("%zd\n", readlink("fast", b, sizeof b));
    mkfifo("fifo", 0644);
    rename("large", "many/moved");
    mkdir("gone", 0700);
    rmdir("gone");
    struct timespec t[2] = {{1500000000, 123456789}, {2500000000, 7}};
    printf("%d\n", utimensat(AT_FDCWD, "small", t, 0));
    stat("small", &s);
    printf("%lld %ld %lld %ld\n", (long long)s.st_atim.tv_sec,
           s.st_atim.tv_nsec, (long long)s.st_mtim.tv_sec, s.st_mtim.tv_nsec);
    printf("%d\n", chown("small", 70000, 80000));
    stat("small", &s);
    printf("%ld %ld\n", (long)s.st_uid, (long)s.st_gid);
    int n = 0;
    DIR *d = opendir("many");
    for (struct dirent *e; (e = readdir(d));)
        n += strlen(e->d_name);
    closedir(d);
    printf("%d letters\n", n);
    return 0;
}
