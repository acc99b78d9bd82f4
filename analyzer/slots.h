/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * slots.h: fields of structures, and the functions that may be in them.
 */
#ifndef UC_SLOTS_H
#define UC_SLOTS_H

#include <llvm-c/Target.h>

#include "program.h"

/* ---- places.c: which fields of structures a pointer points to ---- */
struct place {
    LLVMTypeRef type; /* NULL: of some structure */
    unsigned long long at;
};
struct spot {
    struct place *places; /* of each structure around it, outermost first */
    struct place *views;  /* if none: the only ones it can be, unless none */
    LLVMTypeRef type;     /* of what is there; NULL: not known */
    bool whole;           /* a variable as a whole */
    bool plain;           /* of a variable that has no fields, only pointers */
    bool loose;           /* other fields are possible, too */
    bool bytes;           /* and the structure is not known */
};
/* What p points to; spot_of_access: the first scalar in it. */
struct spot spot_of(LLVMTargetDataRef td, LLVMValueRef p);
struct spot spot_of_access(LLVMTargetDataRef td, LLVMValueRef p);
void spot_free(struct spot *s);
void place_enter(LLVMTargetDataRef td, LLVMTypeRef t, unsigned field,
                 struct place **places);

/* ---- slots.c: fields that hold function pointers ---- */
struct slot {
    unsigned long long offset;
    bool any; /* of any shape */
};
int *slots_of_store(struct analysis *a, const struct def *d,
                    LLVMValueRef store);
int *slots_of_object(struct analysis *a, const struct def *d, LLVMValueRef v);
/* Sets the site's slots or anywhere. */
void slots_of_callee(struct analysis *a, const struct def *d,
                     LLVMValueRef callee, struct site *site);
/* Add to b's moves what a loaded field's value, a field's address, is for. */
void slots_of_load(struct analysis *a, const struct def *d, struct body *b,
                   LLVMValueRef load, int block);
void slots_of_address(struct analysis *a, const struct def *d, struct body *b,
                      LLVMValueRef p, LLVMValueRef user, int block);
/* A copy of memory that may leak the fields it copies. */
void slots_of_copy(struct analysis *a, const struct def *d, struct body *b,
                   LLVMValueRef to, LLVMValueRef from, int block);
/* Initialisers: into a structure's field; the slots of where that leads. */
void slots_enter(const struct def *d, LLVMTypeRef t, unsigned field,
                 struct place **places);
int *slots_of_places(struct analysis *a, const struct def *d,
                     struct place *places);

/* ---- slot_flow.c: what is in the fields, in one run ---- */
void slot_reset(struct analysis *a);
/* d's address is in this slot; true if that is news. */
bool slot_put(struct analysis *a, struct def *d, int slot);
/* The functions that a move concerns, to be matched again (caller frees). */
struct def **slot_move(struct analysis *a, const struct move *m);
bool slot_match(const struct analysis *a, const int *site, const struct def *d);

#endif
