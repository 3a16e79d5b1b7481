/* What was synced, kept apart: preloaded into whatever writes below CUT_ROOT, this library lets
 * fsync and fdatasync copy the file (of a folder: its names) to CUT_SHADOW before they return. Who
 * kills all writers and puts the shadow in the place of the root has what a power cut leaves when
 * nothing reaches the disk but what was synced. A synced file keeps its name, as on ext4, XFS and
 * btrfs; what was renamed or removed counts once its folder is synced. Paths that hold CUT_LIE are
 * told to be synced and are not. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LONG = 2 * PATH_MAX };
static const char *root, *shadow, *lie;

/* Of its own: PostgreSQL writes its title over the environment it was started with. */
static const char *own(const char *name) {
    const char *value = getenv(name);
    return value ? strdup(value) : NULL;
}

__attribute__((constructor)) static void told(void) {
    root = own("CUT_ROOT"), shadow = own("CUT_SHADOW"), lie = own("CUT_LIE");
}

/* A file by inode and birth: the number alone is given again. 0 for what is neither file nor
 * folder. */
static char key_of(int at, const char *name, char key[64]) {
    struct statx one;
    int flags = AT_SYMLINK_NOFOLLOW | (*name ? 0 : AT_EMPTY_PATH);
    if (statx(at, name, flags, STATX_INO | STATX_BTIME | STATX_TYPE, &one)) return 0;
    snprintf(key, 64, "%llu.%lld.%u", (unsigned long long)one.stx_ino,
             (long long)one.stx_btime.tv_sec, one.stx_btime.tv_nsec);
    return S_ISREG(one.stx_mode) ? 'f' : S_ISDIR(one.stx_mode) ? 'd' : 0;
}

static int write_all(int to, const char *bytes, size_t count) {
    while (count) {
        ssize_t done = write(to, bytes, count);
        if (done < 0 && errno == EINTR) continue;
        if (done < 0) return -1;
        bytes += done, count -= done;
    }
    return 0;
}

/* Put what was written under a passing name in its place, with the owner and mode of the source. */
static int placed(int to, const char *passing, const char *place, int like) {
    struct stat one;
    if (!fstat(like, &one)) {
        if (fchown(to, one.st_uid, one.st_gid)) errno = 0;
        fchmod(to, one.st_mode & 07777);
    }
    close(to);
    return rename(passing, place);
}

static int opened(const char *kind, const char *key, char passing[LONG], char place[LONG]) {
    snprintf(place, LONG, "%s/%s-%s", shadow, kind, key);
    snprintf(passing, LONG, "%s.%d", place, getpid());
    unlink(passing);
    return open(passing, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
}

static int copied(int from, const char *key) {
    char passing[LONG], place[LONG], bytes[1 << 16];
    int to = opened("f", key, passing, place);
    if (to < 0) return -1;
    ssize_t count;
    for (off_t at = 0; (count = pread(from, bytes, sizeof bytes, at)) > 0; at += count)
        if (write_all(to, bytes, count)) return -1;
    return count < 0 ? -1 : placed(to, passing, place, from);
}

/* The names a folder has now. */
static int listed(int folder, const char *key) {
    char passing[LONG], place[LONG], one[64], row[LONG];
    int to = opened("d", key, passing, place);
    int again = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *names = again < 0 ? NULL : fdopendir(again);
    if (to < 0 || !names) return -1;
    for (struct dirent *entry; (entry = readdir(names));) {
        if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..")) continue;
        char kind = key_of(folder, entry->d_name, one);
        if (!kind) continue;
        snprintf(row, sizeof row, "%c %s %s\n", kind, one, entry->d_name);
        if (write_all(to, row, strlen(row))) return -1;
    }
    closedir(names);
    return placed(to, passing, place, folder);
}

/* The name of one file in its folder: beside those that were synced, in place of one of its own. */
static int named(int folder, const char *key, const char *name, char kind, const char *its) {
    char passing[LONG], place[LONG], row[LONG], mine[LONG];
    int to = opened("d", key, passing, place);
    if (to < 0) return -1;
    snprintf(mine, sizeof mine, "%c %s %s\n", kind, its, name);
    FILE *before = fopen(place, "re");
    int known = 0;
    while (before && fgets(row, sizeof row, before)) {
        char *told = strchr(row + 2, ' ') + 1;
        size_t end = strlen(name);
        int same = !strncmp(told, name, end) && told[end] == '\n';
        known |= same;
        if (write_all(to, same ? mine : row, strlen(same ? mine : row))) return -1;
    }
    if (before) fclose(before);
    if (!known && write_all(to, mine, strlen(mine))) return -1;
    return placed(to, passing, place, folder);
}

static int keep(int handle) {
    char link[64], path[PATH_MAX], key[64], above[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", handle);
    ssize_t count = readlink(link, path, sizeof path - 1);
    if (count < 0) return 0;
    path[count] = 0;
    size_t top = strlen(root);
    if (strncmp(path, root, top) || (path[top] && path[top] != '/')) return 0;
    if (lie && *lie && strstr(path, lie)) return 0;
    char kind = key_of(handle, "", key);
    if (!kind || strstr(path, " (deleted)")) return 0;
    int from = open(link, O_RDONLY | O_CLOEXEC);
    if (from < 0) return -1;
    int wrong = kind == 'f' ? copied(from, key) : listed(from, key);
    close(from);
    while (!wrong && path[top]) {
        char *name = strrchr(path, '/');
        *name++ = 0;
        int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (folder < 0) break;
        key_of(folder, "", above);
        wrong = named(folder, above, name, kind, key);
        close(folder);
        strcpy(key, above), kind = 'd';
    }
    return wrong;
}

/* One after another, in all processes. */
static int kept(int handle) {
    char file[LONG];
    if (!root || !shadow) return 0;
    snprintf(file, sizeof file, "%s/lock", shadow);
    int lock = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (lock < 0) return -1;
    flock(lock, LOCK_EX);
    int before = errno, wrong = keep(handle);
    if (!wrong) errno = before;
    close(lock);
    return wrong;
}

int fsync(int handle) {
    int (*really)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    return really(handle) ? -1 : kept(handle);
}

int fdatasync(int handle) {
    int (*really)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
    return really(handle) ? -1 : kept(handle);
}

static int whole(const char *path, const struct stat *one, int what, struct FTW *where) {
    (void)one, (void)where;
    char key[64];
    if (what != FTW_F && what != FTW_D) return 0;
    int handle = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (handle < 0) return errno == ENXIO || errno == ELOOP ? 0 : -1;
    char kind = key_of(handle, "", key);
    int wrong = kind == 'f' ? copied(handle, key) : kind == 'd' ? listed(handle, key) : 0;
    close(handle);
    return wrong;
}

/* Everything below the root counts as synced; the key of the root into `key`. */
int begun(const char *below, const char *apart, char key[64]) {
    root = below, shadow = apart, lie = NULL;
    int wrong = nftw(below, whole, 32, FTW_PHYS);
    key_of(AT_FDCWD, below, key);
    root = NULL;
    return wrong;
}
