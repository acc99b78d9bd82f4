/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pjd_serve.c: pjdfstest's program as a server: each line of standard input is
 * a folder and the arguments of one run, apart by tabs; each runs as a child
 * in that folder below /w, and what it prints is ended by a line of a dot.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

int pjd_main(int argc, char **argv);

enum {
    LINE = 70000,
    WORDS = 200
};

static void run(const char *dir, int argc, char **argv)
{
    char path[LINE] = "/w";
    int null = open("/dev/null", O_RDWR);
    dup2(null, 2);
    if (chdir(strcat(path, dir)) != 0) {
        printf("no folder %s\n", path);
        exit(1);
    }
    exit(pjd_main(argc, argv));
}

int main(void)
{
    static char line[LINE];
    umask(0);
    mkdir("/w", 0777);
    while (fgets(line, sizeof line, stdin)) {
        char *words[WORDS] = {NULL}, *end = line + strcspn(line, "\n"),
             *s = line;
        int n = 0;
        *end = 0;
        for (char *tab; n < WORDS - 1; s = tab + 1) {
            tab = strchr(s, '\t');
            words[n++] = s;
            if (!tab)
                break;
            *tab = 0;
        }
        fflush(stdout);
        char *dir = words[0];
        words[0] = "pjdfstest";
        if (fork() == 0)
            run(dir, n, words);
        wait(NULL);
        puts("\n.");
        fflush(stdout);
    }
    return 0;
}
