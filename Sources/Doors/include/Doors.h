/*
 * What the doors share that open their library on first use.
 *
 * A door lists the functions it hands on as a macro of
 * each(result, name, parameters, arguments); the table `door` holds them.
 *
 * Threads: call these within a pthread_once.
 */
#ifndef LOUYU_DOORS_H
#define LOUYU_DOORS_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Why a library cannot be used; empty while nothing stands against it. */
typedef struct {
    char text[512];
} door_reason;

/*
 * Opens the library that the first possible of the names leads to; the list
 * ends with NULL. Where none does, NULL and the loader's words for the first.
 */
void *door_library(const char *const *names, door_reason *reason);

/* A function of a library, which is known as `title`; NULL and the reason where it has none of that name. */
void *door_function(void *library, const char *title, const char *name, door_reason *reason);

#ifdef __cplusplus
}
#endif

/* The function as a member of the table. */
#define DOOR_MEMBER(result, name, parameters, arguments) result(*name) parameters;

/* The function under its own name, which hands on what it is given. */
#define DOOR_FORWARD(result, name, parameters, arguments) \
    result name parameters { return door.name arguments; }

/* Fills the member in, or leaves the function that does. */
#define DOOR_LOOK_UP(library, title, name, reason) \
    *(void **)&door.name = door_function(library, title, #name, reason); \
    if (!door.name) return;

#endif
