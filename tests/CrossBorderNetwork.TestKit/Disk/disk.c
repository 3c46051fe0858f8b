// Stands between a process and its database files (LD_PRELOAD): records what is written and synced, in order and with the time, and
// plays a full disk. DISK_RECORD names the file to record to, DISK_FULL a file that, while it exists, lets every write fail.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct event { int64_t nanoseconds, offset, length; int32_t kind, file; };

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

// 0 for the database, 1 for its write-ahead log, -1 for all other files.
static int file_of(int fd) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return -1;
    path[length] = 0;
    size_t n = (size_t)length;
    if (n > 3 && !strcmp(path + n - 3, ".db")) return 0;
    if (n > 7 && !strcmp(path + n - 7, ".db-wal")) return 1;
    return -1;
}

static void record(int kind, int file, int64_t offset, const void *data, int64_t length) {
    static int log = -1;
    static ssize_t (*write_real)(int, const void *, size_t);
    const char *path = getenv("DISK_RECORD");
    if (!path) return;
    pthread_mutex_lock(&gate);
    if (log < 0) {
        write_real = real("write");
        log = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    }
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    struct event event = { now.tv_sec * 1000000000LL + now.tv_nsec, offset, length, kind, file };
    if (write_real(log, &event, sizeof event) != sizeof event || (data && write_real(log, data, (size_t)length) != length)) abort();
    pthread_mutex_unlock(&gate);
}

static int is_full(void) {
    const char *path = getenv("DISK_FULL");
    return path && !access(path, F_OK);
}

#define WRITE_AT(name)                                                                       \
    ssize_t name(int fd, const void *data, size_t length, off64_t offset) {                  \
        static ssize_t (*call)(int, const void *, size_t, off64_t);                          \
        if (!call) call = real(#name);                                                       \
        int file = file_of(fd);                                                              \
        if (file >= 0 && is_full()) { errno = ENOSPC; return -1; }                           \
        ssize_t written = call(fd, data, length, offset);                                    \
        if (file >= 0 && written > 0) record('w', file, offset, data, written);              \
        return written;                                                                      \
    }

#define SYNC(name)                                                                           \
    int name(int fd) {                                                                       \
        static int (*call)(int);                                                             \
        if (!call) call = real(#name);                                                       \
        int result = call(fd), file = file_of(fd);                                           \
        if (file >= 0 && !result) record('s', file, 0, 0, 0);                                \
        return result;                                                                       \
    }

#define TRUNCATE(name)                                                                       \
    int name(int fd, off64_t length) {                                                       \
        static int (*call)(int, off64_t);                                                    \
        if (!call) call = real(#name);                                                       \
        int file = file_of(fd), result = call(fd, length);                                   \
        if (file >= 0 && !result) record('t', file, length, 0, 0);                           \
        return result;                                                                       \
    }

WRITE_AT(pwrite)
WRITE_AT(pwrite64)
SYNC(fsync)
SYNC(fdatasync)
TRUNCATE(ftruncate)
TRUNCATE(ftruncate64)
