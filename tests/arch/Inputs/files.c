#define _FILE_OFFSET_BITS 64
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

int main(void)
{
    struct stat s;
    char b[64];
    FILE *f = fopen("file", "w+");
    int fd, n = 0;

    fprintf(f, "line one\nline two\n");
    fseek(f, 5, SEEK_SET);
    fgets(b, sizeof b, f);
    printf("%s%ld\n", b, ftell(f));
    fclose(f);
    printf("%d\n", stat("file", &s));
    printf("%lld %o\n", (long long)s.st_size, (unsigned)s.st_mode & 0700);
    fd = open("file", O_RDWR);
    printf("%d\n", ftruncate(fd, 5000000000));
    printf("%lld\n", (long long)lseek(fd, -1, SEEK_END));
    printf("%zd\n", pwrite(fd, "x", 1, 4294967301));
    printf("%zd\n", pread(fd, b, 1, 4294967301));
    char *m = mmap(0, 4096, PROT_READ, MAP_PRIVATE, fd, 0);
    printf("%.8s %c\n", m, b[0]);
    munmap(m, 4096);
    /* QEMU's user mode takes offsets up to 4 GiB */
    pwrite(fd, "far", 3, 2147483648 + 4);
    m = mmap(0, 4096, PROT_READ, MAP_PRIVATE, fd, 2147483648);
    printf("%c\n", m[5]);
    struct iovec v[2] = {{"ab", 2}, {"cd", 2}};
    lseek(fd, 0, SEEK_SET);
    printf("%zd\n", writev(fd, v, 2));
    close(fd);
    mkdir("dir", 0755);
    symlink("../file", "dir/link");
    printf("%zd\n", readlink("dir/link", b, sizeof b));
    DIR *d = opendir("dir");
    for (struct dirent *e; (e = readdir(d));)
        n += e->d_name[0] != '.';
    closedir(d);
    printf("%d entries\n", n);
    unlink("dir/link");
    rmdir("dir");
    unlink("file");
    printf("%d\n", open("none", O_RDONLY));
    puts(strerror(errno));
    for (n = 0; fgets(b, sizeof b, stdin); n++)
        ;
    printf("%d parts\n", n);
    return 0;
}
