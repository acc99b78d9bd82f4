/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pool_index.c: what a module defines and what it needs, as index lines.
 *
 *     def puts f 52
 *     ref fputs
 *
 * Bytes are an estimate from the unoptimised IR: instructions that survive
 * (no allocas, and of loads and stores only those not of locals) times a
 * factor measured on this pool. A local function's bytes go to the first
 * global one that reaches it. Native objects have true sizes. Weak undefined
 * symbols need nothing, as in a native link from archives.
 */
#include "pool.h"

#include <fcntl.h>
#include <gelf.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <llvm-c/BitReader.h>
#include <llvm-c/Core.h>
#include <llvm-c/Target.h>

enum {
    BYTES_PER_10_INSTRUCTIONS = 38
};

struct line {
    char *text;
};

static int by_text(const void *a, const void *b)
{
    return strcmp(((const struct line *)a)->text,
                  ((const struct line *)b)->text);
}

static void put_sorted(struct buf *out, struct line *lines)
{
    if (lines)
        qsort(lines, arrlenu(lines), sizeof *lines, by_text);
    for (size_t i = 0; i < arrlenu(lines); i++) {
        buf_printf(out, "%s\n", lines[i].text);
        free(lines[i].text);
    }
    arrfree(lines);
}

static void add_def(struct line **lines, const char *name, char kind,
                    uint64_t bytes)
{
    struct line l = {
        format("def %s %c %llu", name, kind, (unsigned long long)bytes)};

    arrput(*lines, l);
}

static void add_ref(struct line **lines, const char *name)
{
    struct line l = {format("ref %s", name)};

    arrput(*lines, l);
}

/* ---- bitcode ---- */

static const char *name_of(LLVMValueRef v)
{
    size_t n;

    return LLVMGetValueName2(v, &n);
}

static bool is_local(LLVMValueRef v)
{
    LLVMLinkage l = LLVMGetLinkage(v);

    return l == LLVMInternalLinkage || l == LLVMPrivateLinkage;
}

static bool is_weak(LLVMValueRef v)
{
    LLVMLinkage l = LLVMGetLinkage(v);

    return l == LLVMWeakAnyLinkage || l == LLVMWeakODRLinkage ||
           l == LLVMLinkOnceAnyLinkage || l == LLVMLinkOnceODRLinkage ||
           l == LLVMCommonLinkage;
}

/* Does the instruction become machine code, as far as one can tell? */
static bool survives(LLVMValueRef i)
{
    LLVMValueRef p = NULL;

    switch (LLVMGetInstructionOpcode(i)) {
    case LLVMAlloca:
    case LLVMUnreachable:
    case LLVMBitCast:
        return false;
    case LLVMLoad:
        p = LLVMGetOperand(i, 0);
        break;
    case LLVMStore:
        p = LLVMGetOperand(i, 1);
        break;
    case LLVMCall: {
        LLVMValueRef f = LLVMIsAFunction(LLVMGetCalledValue(i));
        return !f || LLVMGetIntrinsicID(f) == 0 ||
               has_prefix(name_of(f), "llvm.mem");
    }
    default:
        return true;
    }
    return !LLVMIsAAllocaInst(p);
}

static uint64_t function_bytes(LLVMValueRef f, LLVMValueRef **callees)
{
    uint64_t n = 0;

    for (LLVMBasicBlockRef b = LLVMGetFirstBasicBlock(f); b;
         b = LLVMGetNextBasicBlock(b))
        for (LLVMValueRef i = LLVMGetFirstInstruction(b); i;
             i = LLVMGetNextInstruction(i)) {
            n += survives(i);
            for (int o = 0; o < LLVMGetNumOperands(i); o++) {
                LLVMValueRef v =
                    LLVMIsAFunction(LLVMGetOperand(i, (unsigned)o));
                if (v && !LLVMIsDeclaration(v) && is_local(v))
                    arrput(*callees, v);
            }
        }
    return n * BYTES_PER_10_INSTRUCTIONS / 10;
}

struct counted {
    LLVMValueRef key;
    char value;
};

/* f and the local functions that it is the first to reach. */
static uint64_t bytes_with_locals(LLVMValueRef f, struct counted **counted)
{
    LLVMValueRef *work = NULL;
    uint64_t n = 0;

    arrput(work, f);
    while (arrlen(work)) {
        LLVMValueRef g = arrpop(work);
        if (hmgeti(*counted, g) >= 0)
            continue;
        hmput(*counted, g, 1);
        n += function_bytes(g, &work);
    }
    arrfree(work);
    return n;
}

static void index_functions(LLVMModuleRef m, struct line **defs,
                            struct line **refs)
{
    struct counted *counted = NULL;

    for (LLVMValueRef f = LLVMGetFirstFunction(m); f;
         f = LLVMGetNextFunction(f)) {
        LLVMLinkage l = LLVMGetLinkage(f);
        if (!LLVMIsDeclaration(f) && l != LLVMAvailableExternallyLinkage) {
            if (!is_local(f))
                add_def(defs, name_of(f), is_weak(f) ? 'w' : 'f',
                        bytes_with_locals(f, &counted));
        } else if (LLVMGetFirstUse(f) && LLVMGetIntrinsicID(f) == 0 &&
                   l != LLVMExternalWeakLinkage) {
            add_ref(refs, name_of(f));
        }
    }
    hmfree(counted);
}

static void index_globals(LLVMModuleRef m, struct line **defs,
                          struct line **refs)
{
    LLVMTargetDataRef layout = LLVMGetModuleDataLayout(m);

    for (LLVMValueRef g = LLVMGetFirstGlobal(m); g; g = LLVMGetNextGlobal(g)) {
        if (has_prefix(name_of(g), "llvm."))
            continue;
        if (LLVMIsDeclaration(g)) {
            if (LLVMGetFirstUse(g) &&
                LLVMGetLinkage(g) != LLVMExternalWeakLinkage)
                add_ref(refs, name_of(g));
        } else if (!is_local(g)) {
            add_def(defs, name_of(g), is_weak(g) ? 'v' : 'd',
                    LLVMABISizeOfType(layout, LLVMGlobalGetValueType(g)));
        }
    }
    for (LLVMValueRef a = LLVMGetFirstGlobalAlias(m); a;
         a = LLVMGetNextGlobalAlias(a)) {
        bool f =
            LLVMGetTypeKind(LLVMGlobalGetValueType(a)) == LLVMFunctionTypeKind;
        if (!is_local(a))
            add_def(defs, name_of(a),
                    is_weak(a) ? (f ? 'w' : 'v') : (f ? 'f' : 'd'), 0);
    }
}

void index_bitcode(struct buf *out, const char *path)
{
    LLVMContextRef ctx = LLVMContextCreate();
    LLVMMemoryBufferRef mem;
    LLVMModuleRef m;
    struct line *defs = NULL, *refs = NULL;
    char *why = NULL;

    if (LLVMCreateMemoryBufferWithContentsOfFile(path, &mem, &why) ||
        LLVMParseBitcodeInContext2(ctx, mem, &m))
        die_ours("%s: not bitcode%s%s", path, why ? ": " : "", why ? why : "");
    LLVMDisposeMemoryBuffer(mem);
    index_functions(m, &defs, &refs);
    index_globals(m, &defs, &refs);
    put_sorted(out, defs);
    put_sorted(out, refs);
    LLVMDisposeModule(m);
    LLVMContextDispose(ctx);
}

/* ---- native objects ---- */

static void index_symbol(Elf *e, const GElf_Sym *s, const char *name,
                         struct line **defs, struct line **refs)
{
    int bind = GELF_ST_BIND(s->st_info), type = GELF_ST_TYPE(s->st_info);
    GElf_Shdr sh;
    uint64_t size = s->st_size;

    if (bind == STB_LOCAL || !name || !*name)
        return;
    if (s->st_shndx == SHN_UNDEF) {
        if (bind != STB_WEAK)
            add_ref(refs, name);
        return;
    }
    Elf_Scn *scn = elf_getscn(e, s->st_shndx);
    bool code = type == STT_FUNC;
    if (scn && gelf_getshdr(scn, &sh)) {
        code = sh.sh_flags & SHF_EXECINSTR;
        if (!size) /* asm without .size: to the end of its section */
            size = sh.sh_size - s->st_value;
    }
    add_def(defs, name,
            bind == STB_WEAK ? (code ? 'w' : 'v') : (code ? 'f' : 'd'), size);
}

void index_object(struct buf *out, const char *path)
{
    struct line *defs = NULL, *refs = NULL;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    Elf_Scn *scn = NULL;
    GElf_Shdr sh;
    GElf_Sym sym;

    elf_version(EV_CURRENT);
    Elf *e = fd < 0 ? NULL : elf_begin(fd, ELF_C_READ, NULL);
    if (!e || elf_kind(e) != ELF_K_ELF)
        die_ours("%s: not an ELF object", path);
    while ((scn = elf_nextscn(e, scn))) {
        if (!gelf_getshdr(scn, &sh) || sh.sh_type != SHT_SYMTAB)
            continue;
        Elf_Data *d = elf_getdata(scn, NULL);
        for (int i = 0; gelf_getsym(d, i, &sym); i++)
            index_symbol(e, &sym, elf_strptr(e, sh.sh_link, sym.st_name), &defs,
                         &refs);
    }
    elf_end(e);
    close(fd);
    put_sorted(out, defs);
    put_sorted(out, refs);
}
