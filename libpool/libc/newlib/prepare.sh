#!/bin/sh
# newlib's own sources with our changes, where they are too small for a file in
# the overlay:
#
#   stdin is a variable; a stream is a descriptor, so that its functions are
#   called directly and not through pointers in FILE; nothing pushes back more
#   than a FILE has room for, so that nothing is freed; printf and scanf know
#   hh ll j z t, %a and %m, and what they do for floating point is a call that
#   the manifest can cut, not a weak reference that is silently absent; the
#   flags ' and I change nothing, as there is one locale, nor does 0 for text; a
#   file that is appended to is read from its start.
set -e
src=$1 out=$2

mkdir -p "$out/libc/include" "$out/libc/stdio"
names='\(in\|out\|err\)'
sed -e "s/^#define[[:space:]]std$names[[:space:]].*/#define std\1 (\\&uc_std\1)/" \
    -e "s/^#define _std$names""_r(x).*/#define _std\1_r(x) (\\&uc_std\1)/" \
    "$src/libc/include/stdio.h" > "$out/libc/include/stdio.h"

for file in "$src"/libc/stdio/*.[ch]; do
    sed -e '/->_\(cookie\|read\|write\|seek\|close\) = /d' \
        -e '/\._read = __seofread/d' \
        -e 's/fp->_\(read\|write\|seek\|close\) (/__s\1 (/' \
        -e 's/fp->_cookie/fp/' \
        -e 's/fp->_close != NULL/1/' \
        -e 's/fp->_seek == NULL/0/' \
        -e 's/seekfn = fp->_seek/seekfn = __sseek/' \
        "$file" > "$out/libc/stdio/${file##*/}"
done
cd "$out/libc/stdio"
sed -i 's/_fflush_r/__sflushw_r/' wbuf.c
sed -i '/if (fp->_flags & __SMBF)/,+1d' fclose.c freopen.c
cat >> local.h <<'EOF'
#undef CHECK_INIT
#define CHECK_INIT(r, f)
#undef FREEUB
#define FREEUB(r, f) ((f)->_ub._base = NULL)
#define __submore(r, f) EOF
#undef HASLB
#define HASLB(f) 0
#define __SLST 0x4000 /* in _flags2: on the list of streams */
void uc_stream_list(FILE *);
void uc_stdio_exit(void);
int __sflushw_r(struct _reent *, FILE *);
int __sfputs_r(struct _reent *, FILE *, const char *, size_t);
EOF
sed -i '/^\/\*static\*\/$/,/^}$/d' ungetc.c # __submore
# what is ours, in fwrite.c, or for wide streams
sed -i -e '/As __ssputs_r, __sprint_r is used/,/^#endif.*STRING_ONLY/{' \
    -e '/^#endif.*STRING_ONLY/!d' -e '}' nano-vfprintf.c

patch -s -p1 <<'EOF'
--- a/fopen.c
+++ b/fopen.c
@@ -149,5 +149,2 @@
 
-  if (fp->_flags & __SAPP)
-    _fseek_r (ptr, fp, 0, SEEK_END);
-
 #ifdef __SCLE
--- a/nano-vfprintf.c
+++ b/nano-vfprintf.c
@@ -550,5 +550,5 @@
-      flag_chars = "#-0+ ";
-      for (; cp = memchr (flag_chars, *fmt, 5); fmt++)
-	prt_data.flags |= (1 << (cp - flag_chars));
+      flag_chars = "#-0+ 'I";
+      for (; cp = memchr (flag_chars, *fmt, 7); fmt++)
+	prt_data.flags |= (1 << (cp - flag_chars)) & 0x1f;
 
       if (prt_data.flags & SPACESGN)
@@ -607,8 +607,11 @@
       /* The length modifiers.  */
-      flag_chars = "hlL";
-      if ((cp = memchr (flag_chars, *fmt, 3)) != NULL)
-	{
-	  prt_data.flags |= (SHORTINT << (cp - flag_chars));
-	  fmt++;
-	}
+      for (; memchr ("hlLqjzt", *fmt, 7) != NULL; fmt++)
+	if (*fmt == 'L')
+	  prt_data.flags |= LONGDBL;
+	else if (*fmt != 'h')
+	  prt_data.flags |= LONGINT;
+	else if (prt_data.flags & SHORTINT)
+	  prt_data.flags ^= SHORTINT | CHARINT;
+	else
+	  prt_data.flags |= SHORTINT;
 
@@ -616,3 +619,3 @@
       prt_data.code = *fmt++;
-      cp = memchr ("efgEFG", prt_data.code, 6);
+      cp = memchr ("aefgAEFG", prt_data.code, 8);
 #ifdef FLOATING_POINT
@@ -621,13 +624,3 @@
 	{
-	  /* Consume floating point argument if _printf_float is not
-	     linked.  */
-	  if (_printf_float == NULL)
-	    {
-	      if (prt_data.flags & LONGDBL)
-		GET_ARG (N, ap_copy, _LONG_DOUBLE);
-	      else
-		GET_ARG (N, ap_copy, double);
-	    }
-	  else
-            n = _printf_float (data, &prt_data, fp, pfunc, &ap_copy);
+          n = _printf_float (data, &prt_data, fp, pfunc, &ap_copy);
 	}
--- a/nano-vfprintf_i.c
+++ b/nano-vfprintf_i.c
@@ -31,2 +31,3 @@
 #include <_ansi.h>
+#include <errno.h>
 #include <reent.h>
@@ -197,3 +198,5 @@
 	 digit of the result to be zero.  */
-      if (base == 8 && (pdata->flags & ALT) && pdata->prec <= pdata->size)
+      n = pdata->buf + BUF - cp;
+      if (base == 8 && (pdata->flags & ALT) && pdata->prec <= n
+	  && (n == 0 || *cp != '0'))
 	*--cp = '0';
@@ -207,9 +210,15 @@
 	*GET_ARG (N, *ap, short_ptr_t) = pdata->ret;
+      else if (pdata->flags & CHARINT)
+	*GET_ARG (N, *ap, char_ptr_t) = pdata->ret;
       else
 	*GET_ARG (N, *ap, int_ptr_t) = pdata->ret;
-    case '\0':
-      pdata->size = 0;
-      break;
+      return 0;
+    case 'm':
+      cp = uc_printf_error ();
+      goto string;
     case 's':
       cp = GET_ARG (N, *ap, char_ptr_t);
+string:
+      if (cp == NULL)
+	cp = "(null)";
       /* Precision gives the maximum number of chars to be written from a
@@ -218,15 +227,12 @@
 	 nul-terminated.  */
-      char *p = memchr (cp, 0, pdata->prec);
-
-      if (p != NULL)
-	pdata->prec = p - cp;
-
-      pdata->size = pdata->prec;
+      pdata->size = strnlen (cp, pdata->prec);
       goto non_number_nosign;
+    case '%':
+      PRINT ("%", 1);
+      return 1;
     default:
-      /* "%?" prints ?, unless ? is NUL.  */
-      /* Pretend it was %c with argument ch.  */
-      *--cp = pdata->code;
-      pdata->size = 1;
+      data->_errno = EINVAL;
+      goto error;
 non_number_nosign:
+      pdata->flags &= ~ZEROPAD;
       pdata->l_buf[0] = '\0';
--- a/nano-vfprintf_local.h
+++ b/nano-vfprintf_local.h
@@ -143,3 +143,3 @@
 /* Define as 0, to make SARG and UARG occupy fewer instructions.  */
-# define CHARINT	0
+# define CHARINT	0x200
 
@@ -224,4 +224,2 @@
 
-/* Make _printf_float weak symbol, so it won't be linked in if target program
-   does not need it.  */
 extern int
@@ -232,3 +230,4 @@
 			    const char *, size_t len),
-	       va_list *ap) _ATTRIBUTE((__weak__));
+	       va_list *ap);
+extern char *uc_printf_error (void);
 #endif
--- a/nano-vfscanf.c
+++ b/nano-vfscanf.c
@@ -317,7 +317,11 @@
       /* The length modifiers.  */
-      p = "hlL";
-      if ((cp = memchr (p, *fmt, 3)) != NULL) {
-	scan_data.flags |= (SHORT << (cp - p));
-	fmt++;
-      }
+      for (; memchr ("hlLqjzt", *fmt, 7) != NULL; fmt++)
+	if (*fmt == 'L')
+	  scan_data.flags |= LONGDBL;
+	else if (*fmt != 'h')
+	  scan_data.flags |= LONG;
+	else if (scan_data.flags & SHORT)
+	  scan_data.flags ^= SHORT | CHAR;
+	else
+	  scan_data.flags |= SHORT;
 
@@ -377,2 +381,4 @@
 	    *GET_ARG (N, ap_copy, short *) = scan_data.nread;
+	  else if (scan_data.flags & CHAR)
+	    *GET_ARG (N, ap_copy, char *) = scan_data.nread;
 	  else if (scan_data.flags & LONG)
@@ -391,2 +397,3 @@
 #ifdef FLOATING_POINT
+	case 'a': case 'A':
 	case 'e': case 'E':
@@ -397,6 +404,4 @@
 #endif
-	default:		/* compat.  */
-	  scan_data.code = CT_INT;
-	  scan_data.base = 10;
-	  break;
+	default:
+	  goto match_failure;
 	}
@@ -429,3 +434,3 @@
 #ifdef FLOATING_POINT
-      else if (_scanf_float)
+      else
 	ret = _scanf_float (rptr, &scan_data, fp, &ap_copy);
--- a/nano-vfscanf_i.c
+++ b/nano-vfscanf_i.c
@@ -82,2 +82,4 @@
     return MATCH_FAILURE;
+  if (pdata->code == CT_CHAR && pdata->width != 0)
+    return MATCH_FAILURE;
 
@@ -97,5 +99,2 @@
 {
-#define CCFN_PARAMS	(struct _reent *, const char *, char **, int)
-  /* Conversion function (strtol/strtoul).  */
-  u_long (*ccfn)CCFN_PARAMS=0;
   char *p;
@@ -109,3 +108,2 @@
 
-  ccfn = (pdata->code == CT_INT) ? (u_long (*)CCFN_PARAMS)_strtol_r : _strtoul_r;
 #ifdef hardway
@@ -209,4 +207,3 @@
 
-      if (p == pdata->buf)
-	return MATCH_FAILURE;
+      return MATCH_FAILURE;
     }
@@ -216,3 +213,5 @@
       *p = 0;
-      ul = (*ccfn) (rptr, pdata->buf, (char **) NULL, pdata->base);
+      ul = pdata->code == CT_INT
+	? (u_long) strtol (pdata->buf, (char **) NULL, pdata->base)
+	: strtoul (pdata->buf, (char **) NULL, pdata->base);
       if (pdata->flags & POINTER)
@@ -221,2 +220,4 @@
 	*GET_ARG (N, *ap, short *) = ul;
+      else if (pdata->flags & CHAR)
+	*GET_ARG (N, *ap, char *) = ul;
       else if (pdata->flags & LONG)
--- a/nano-vfscanf_local.h
+++ b/nano-vfscanf_local.h
@@ -170,4 +170,2 @@
 	  FILE *fp, va_list *ap);
-/* Make _scanf_float weak symbol, so it won't be linked in if target program
-   does not need it.  */
 extern int
@@ -175,3 +173,3 @@
 	      struct _scan_data_t *pdata,
-	      FILE *fp, va_list *ap) _ATTRIBUTE((__weak__));
+	      FILE *fp, va_list *ap);
 
EOF
