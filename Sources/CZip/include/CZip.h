/*
 * A door to libzip that opens on first use.
 *
 * libzip brings five libraries with it, which no question but that of a file
 * in a zip archive needs: louyu_zip_open() looks its functions up.
 *
 * Threads: louyu_zip_open() may be called by any thread at any time. An
 * archive and what is read of it belong to one thread at a time.
 */
#ifndef LOUYU_CZIP_H
#define LOUYU_CZIP_H

#include <stdint.h>
#include <zip.h>

/*
 * Opens the library, once a process. NULL, or why it cannot be used, which
 * stays valid; every other function here may be called after NULL only.
 */
const char *louyu_zip_open(void);

#endif
