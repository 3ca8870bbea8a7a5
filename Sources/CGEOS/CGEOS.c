#include "CGEOS.h"
#include <pthread.h>
#include <stdio.h>

// One context a thread, found through thread-local storage (5 ns), closed by
// a pthread key when the thread ends. The error callback only records: a
// Swift error or a C++ exception must never unwind through GEOS.
static _Thread_local GEOSContextHandle_t context;
static _Thread_local char message[512];
static pthread_key_t key;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void finish(void *handle) { GEOS_finish_r((GEOSContextHandle_t)handle); }
static void make_key(void) { pthread_key_create(&key, finish); }

static void record(const char *text, void *unused) {
    (void)unused;
    snprintf(message, sizeof message, "%s", text);
}

GEOSContextHandle_t louyu_geos_context(void) {
    message[0] = 0;
    if (context) return context;
    pthread_once(&once, make_key);
    context = GEOS_init_r();
    if (!context) return NULL;
    GEOSContext_setErrorMessageHandler_r(context, record, NULL);
    GEOSContext_setNoticeMessageHandler_r(context, record, NULL);
    pthread_setspecific(key, context);
    return context;
}

const char *louyu_geos_message(void) { return message; }
