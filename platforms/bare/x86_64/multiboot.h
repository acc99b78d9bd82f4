/* SPDX-License-Identifier: BSD-2-Clause */
/* multiboot.h: numbers of entry.S: Multiboot 1 and 2, the PC's firmware. */
#ifndef UC_MULTIBOOT_H
#define UC_MULTIBOOT_H

/* headers */
#define HEADER_1_MAGIC 0x1badb002
#define HEADER_1_FLAGS 0x10002 /* addresses are given; tell about memory */
#define HEADER_2_MAGIC 0xe85250d6
#define HEADER_2_LAST 0
#define HEADER_2_ADDRESSES 2
#define HEADER_2_ENTRY 3

/* what the loader tells: 1 */
#define LOADER_1_MAGIC 0x2badb002
#define HAS_COMMAND_LINE 4
#define HAS_MEMORY_MAP 0x40
#define HAS_LOADER_NAME 0x200
#define QEMU 0x756d6571 /* the loader's name: "qemu" */

/* ... 2 */
#define LOADER_2_MAGIC 0x36d76289
#define TAG_COMMAND_LINE 1
#define TAG_MEMORY_MAP 6
#define TAG_RSDP 14 /* 15: of ACPI 2.0 and later */

/* struct boot_info of boot.h, and an entry of its map */
#define START_INFO_SIZE 56
#define INFO_COMMAND_LINE 24
#define INFO_RSDP 32
#define INFO_MAP 40
#define INFO_MAP_ENTRIES 48
#define MAP_ENTRY_SIZE 24
#define MAP_MOST 64
#define RSDP_SIZE 36

/* where the command line is copied to; the heap's later */
#define COMMAND_LINE 0x10000
#define COMMAND_LINE_MOST 0x40000

/* data of the firmware, below 0x500, and the screen of text */
#define BIOS_SCREEN_MODE 0x449
#define BIOS_TEXT_80 3
#define BIOS_SCREEN_PORT 0x463
#define SCREEN_COLOUR 0x3d4
#define SCREEN 0xb8000

#define COM1 0x3f8
#define CANNOT_RUN 125 /* the status: as unicore-run's own */

#endif
