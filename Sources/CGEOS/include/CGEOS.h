#ifndef LOUYU_CGEOS_H
#define LOUYU_CGEOS_H

// Only the reentrant API: every call names its context.
#define GEOS_USE_ONLY_R_API
#include <geos_c.h>

#if GEOS_VERSION_MAJOR < 3 || (GEOS_VERSION_MAJOR == 3 && GEOS_VERSION_MINOR < 11)
#error "GEOS 3.11 or newer is needed: install libgeos-dev"
#endif

/// The GEOS context of the calling thread, made on its first use and
/// destroyed when the thread ends. NULL where the GEOS library cannot be opened
/// or memory has run out; the message says which.
GEOSContextHandle_t louyu_geos_context(void);

/// The same, with the thread's last message cleared: what a new operation
/// starts with.
GEOSContextHandle_t louyu_geos_begin(void);

/// The WKB reader of the calling thread, made on its first use; it belongs to
/// the thread and is not to be destroyed. NULL where there is no context.
GEOSWKBReader *louyu_geos_wkb_reader(void);

/// The error message GEOS gave since the last `louyu_geos_begin` on this
/// thread, or an empty string. Valid until the next call on this thread.
const char *louyu_geos_message(void);

#endif
