/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * strerror.c: the words for what can go wrong in one process with files, the
 * same as with musl, as programs print them.
 */
#include <errno.h>
#include <string.h>

static const struct {
    short number;
    char words[34];
} errors[] = {
    {EILSEQ, "Illegal byte sequence"},
    {EDOM, "Domain error"},
    {ERANGE, "Result not representable"},
    {ENOTTY, "Not a tty"},
    {EACCES, "Permission denied"},
    {EPERM, "Operation not permitted"},
    {ENOENT, "No such file or directory"},
    {ESRCH, "No such process"},
    {EEXIST, "File exists"},
    {EOVERFLOW, "Value too large for data type"},
    {ENOSPC, "No space left on device"},
    {ENOMEM, "Out of memory"},
    {EBUSY, "Resource busy"},
    {EINTR, "Interrupted system call"},
    {EAGAIN, "Resource temporarily unavailable"},
    {ESPIPE, "Invalid seek"},
    {EXDEV, "Cross-device link"},
    {EROFS, "Read-only file system"},
    {ENOTEMPTY, "Directory not empty"},
    {EPIPE, "Broken pipe"},
    {EIO, "I/O error"},
    {ENXIO, "No such device or address"},
    {ENODEV, "No such device"},
    {ENOTDIR, "Not a directory"},
    {EISDIR, "Is a directory"},
    {ETXTBSY, "Text file busy"},
    {ENOEXEC, "Exec format error"},
    {EINVAL, "Invalid argument"},
    {E2BIG, "Argument list too long"},
    {ELOOP, "Symbolic link loop"},
    {ENAMETOOLONG, "Filename too long"},
    {ENFILE, "Too many open files in system"},
    {EMFILE, "No file descriptors available"},
    {EBADF, "Bad file descriptor"},
    {ECHILD, "No child process"},
    {EFAULT, "Bad address"},
    {EFBIG, "File too large"},
    {EMLINK, "Too many links"},
    {ENOLCK, "No locks available"},
    {EDQUOT, "Quota exceeded"},
    {EDEADLK, "Resource deadlock would occur"},
    {ENOSYS, "Function not implemented"},
    {EOPNOTSUPP, "Not supported"},
};

char *strerror(int number)
{
    static char none[] = "No error information";

    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
        if (errors[i].number == number)
            return (char *)errors[i].words;
    return none;
}
