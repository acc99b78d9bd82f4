/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * screen.c: the console's second place, for whoever sits at the machine: the
 * text screen, 80 by 25, of letters and attributes. The bytes of UTF-8 beyond
 * ASCII are shown as what the screen's letters are; nothing is kept of what
 * has gone up.
 */
#include "boot.h"
#include "machine.h"

enum {
    SCREEN = 0xb8000,
    PAGE = 4096,
    NOT_CACHED = 0x18,
    COLUMNS = 80,
    ROWS = 25,
    CELLS = COLUMNS * ROWS,
    BLANK = 0x0720, /* grey on black */
    TAB = 8,
    PORT = 0x3d4, /* of the screen's registers: number, then value */
    CURSOR_HIGH = 14,
    CURSOR_LOW = 15,
};

static void scroll(volatile uint16_t *cells)
{
    for (int i = 0; i < CELLS; i++)
        cells[i] = i < CELLS - COLUMNS ? cells[i + COLUMNS] : BLANK;
}

static void show_cursor(int at)
{
    out8(PORT, CURSOR_HIGH);
    out8(PORT + 1, (uint8_t)(at >> 8));
    out8(PORT, CURSOR_LOW);
    out8(PORT + 1, (uint8_t)at);
}

void uc_screen_write(const char *p, size_t n)
{
    static volatile uint16_t *cells;
    static int at;

    if (!cells) {
        uc_pt[SCREEN / PAGE] = SCREEN | PAGE_DATA | NOT_CACHED | PAGE_NX;
        cells = (volatile uint16_t *)SCREEN;
        for (int i = 0; i < CELLS; i++)
            cells[i] = BLANK;
    }
    for (; n; n--, p++) {
        if (*p == '\n')
            at += COLUMNS - at % COLUMNS;
        else if (*p == '\r')
            at -= at % COLUMNS;
        else if (*p == '\t')
            at += TAB - at % TAB;
        else if (*p == '\b')
            at -= at % COLUMNS ? 1 : 0;
        else
            cells[at++] = (uint16_t)((BLANK & 0xff00) | (uint8_t)*p);
        if (at >= CELLS) {
            scroll(cells);
            at -= COLUMNS;
        }
    }
    show_cursor(at);
}
