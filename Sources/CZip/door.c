#include "CZip.h"

#include <Doors.h>
#include <pthread.h>

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
    ZIP_FUNCTIONS(DOOR_MEMBER)
} door;

ZIP_FUNCTIONS(DOOR_FORWARD)

static pthread_once_t once = PTHREAD_ONCE_INIT;
static door_reason reason;

static void open_door(void) {
    static const char *const names[] = {
#ifdef __APPLE__
        "libzip.dylib", "/opt/homebrew/lib/libzip.dylib", "/usr/local/lib/libzip.dylib",
#else
        "libzip.so.5", "libzip.so.4", "libzip.so", "/home/linuxbrew/.linuxbrew/lib/libzip.so",
#endif
        NULL,
    };
    void *library = door_library(names, &reason);
    if (!library) return;
#define LOOK_UP(result, name, parameters, arguments) DOOR_LOOK_UP(library, "libzip", name, &reason)
    ZIP_FUNCTIONS(LOOK_UP)
}

const char *louyu_zip_open(void) {
    pthread_once(&once, open_door);
    return reason.text[0] ? reason.text : NULL;
}
