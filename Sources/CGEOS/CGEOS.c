#include "CGEOS.h"
#include "door.h"

#include <pthread.h>
#include <stdio.h>

// One context a thread, found through thread-local storage (5 ns), closed by
// a pthread key when the thread ends. The error callback only records: a
// Swift error or a C++ exception must never unwind through GEOS.
static _Thread_local GEOSContextHandle_t context;
static _Thread_local GEOSWKBReader *reader;
static _Thread_local char message[512];
static pthread_key_t key;
static pthread_once_t once = PTHREAD_ONCE_INIT;

// Another key's destructor may still ask for the context after this one: it
// gets a new one, and this function runs again.
static void finish(void *handle) {
    if (reader) GEOSWKBReader_destroy_r(handle, reader);
    reader = NULL;
    context = NULL;
    GEOS_finish_r(handle);
}

static void make_key(void) { pthread_key_create(&key, finish); }

static void record(const char *text, void *unused) {
    (void)unused;
    snprintf(message, sizeof message, "%s", text);
}

GEOSContextHandle_t louyu_geos_context(void) {
    if (context) return context;
    const char *closed = louyu_geos_open();
    if (closed) {
        record(closed, NULL);
        return NULL;
    }
    pthread_once(&once, make_key);
    context = GEOS_init_r();
    if (!context) {
        record("out of memory", NULL);
        return NULL;
    }
    GEOSContext_setErrorMessageHandler_r(context, record, NULL);
    pthread_setspecific(key, context);
    return context;
}

GEOSContextHandle_t louyu_geos_begin(void) {
    message[0] = 0;
    return louyu_geos_context();
}

GEOSWKBReader *louyu_geos_wkb_reader(void) {
    if (!reader && louyu_geos_context()) reader = GEOSWKBReader_create_r(context);
    return reader;
}

const char *louyu_geos_message(void) { return message; }
