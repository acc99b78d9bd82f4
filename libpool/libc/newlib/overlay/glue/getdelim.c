/* SPDX-License-Identifier: BSD-2-Clause */
/* getdelim.c: a line of any length. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

static int grow(char **line, size_t *room)
{
    size_t n = *line && *room ? *room * 2 : 128;
    char *p = realloc(*line, n);

    if (!p)
        return 0;
    *line = p;
    *room = n;
    return 1;
}

ssize_t getdelim(char **restrict line, size_t *restrict room, int delimiter,
                 FILE *restrict f)
{
    size_t n = 0;
    int c = EOF;

    if (!line || !room) {
        errno = EINVAL;
        return -1;
    }
    if (!*line)
        *room = 0;
    do {
        if (n + 1 >= *room && !grow(line, room))
            return -1;
        c = getc(f);
        if (c == EOF)
            break;
        (*line)[n++] = (char)c;
    } while (c != delimiter);
    if (!n || (c == EOF && !feof(f)))
        return -1;
    (*line)[n] = 0;
    return (ssize_t)n;
}

ssize_t getline(char **restrict line, size_t *restrict room, FILE *restrict f)
{
    return getdelim(line, room, '\n', f);
}
