#include "Doors.h"

#include <dlfcn.h>
#include <stdio.h>

void *door_library(const char *const *names, door_reason *reason) {
    for (size_t index = 0; names[index]; index++) {
        void *library = dlopen(names[index], RTLD_NOW | RTLD_LOCAL);
        if (library) return library;
        if (index == 0) {
            const char *error = dlerror();
            snprintf(reason->text, sizeof reason->text, "%s", error ? error : names[0]);
        }
    }
    return NULL;
}

void *door_function(void *library, const char *title, const char *name, door_reason *reason) {
    void *function = dlsym(library, name);
    if (function)
        reason->text[0] = 0;
    else
        snprintf(reason->text, sizeof reason->text, "the library %s has no function %s", title, name);
    return function;
}
