#include "CZip.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>

/* Every function of libzip that Louyu calls stands here under its own name and
 * type, which the compiler compares with zip.h, and hands on what it is given. */
#define ZIP_FUNCTIONS(each) \
    each(zip_t *, zip_open, (const char *path, int flags, int *error), (path, flags, error)) \
    each(zip_t *, zip_open_from_source, (zip_source_t *source, int flags, zip_error_t *error), (source, flags, error)) \
    each(zip_source_t *, zip_source_buffer_create, \
         (const void *bytes, zip_uint64_t count, int frees, zip_error_t *error), (bytes, count, frees, error)) \
    each(void, zip_source_free, (zip_source_t *source), (source)) \
    each(void, zip_discard, (zip_t *archive), (archive)) \
    each(zip_int64_t, zip_get_num_entries, (zip_t *archive, zip_flags_t flags), (archive, flags)) \
    each(const char *, zip_get_name, (zip_t *archive, zip_uint64_t index, zip_flags_t flags), (archive, index, flags)) \
    each(int, zip_stat_index, (zip_t *archive, zip_uint64_t index, zip_flags_t flags, zip_stat_t *status), \
         (archive, index, flags, status)) \
    each(zip_file_t *, zip_fopen_index, (zip_t *archive, zip_uint64_t index, zip_flags_t flags), \
         (archive, index, flags)) \
    each(zip_int64_t, zip_fread, (zip_file_t *file, void *bytes, zip_uint64_t count), (file, bytes, count)) \
    each(int, zip_fclose, (zip_file_t *file), (file)) \
    each(zip_error_t *, zip_get_error, (zip_t *archive), (archive)) \
    each(zip_error_t *, zip_file_get_error, (zip_file_t *file), (file)) \
    each(void, zip_error_init, (zip_error_t *error), (error)) \
    each(void, zip_error_fini, (zip_error_t *error), (error)) \
    each(int, zip_error_code_zip, (const zip_error_t *error), (error))

static struct {
#define MEMBER(result, name, parameters, arguments) result(*name) parameters;
    ZIP_FUNCTIONS(MEMBER)
} door;

#define RETURN(result, name, parameters, arguments) \
    result name parameters { return door.name arguments; }

ZIP_FUNCTIONS(RETURN)

static pthread_once_t once = PTHREAD_ONCE_INIT;
static char reason[512];

static void *open_library(void) {
    static const char *const names[] = {
#ifdef __APPLE__
        "libzip.dylib", "/opt/homebrew/lib/libzip.dylib", "/usr/local/lib/libzip.dylib",
#else
        "libzip.so.5", "libzip.so.4", "libzip.so", "/home/linuxbrew/.linuxbrew/lib/libzip.so",
#endif
    };
    for (size_t index = 0; index < sizeof names / sizeof *names; index++) {
        void *library = dlopen(names[index], RTLD_NOW | RTLD_LOCAL);
        if (library) return library;
        if (index == 0) {
            const char *error = dlerror();
            snprintf(reason, sizeof reason, "%s", error ? error : names[0]);
        }
    }
    return NULL;
}

static void open_door(void) {
    void *library = open_library();
    if (!library) return;
#define LOOK_UP(result, name, parameters, arguments) \
    *(void **)&door.name = dlsym(library, #name); \
    if (!door.name) { \
        snprintf(reason, sizeof reason, "the library libzip has no function %s", #name); \
        return; \
    }
    ZIP_FUNCTIONS(LOOK_UP)
    reason[0] = 0;
}

const char *louyu_zip_open(void) {
    pthread_once(&once, open_door);
    return reason[0] ? reason : NULL;
}
