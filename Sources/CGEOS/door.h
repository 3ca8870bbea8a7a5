#ifndef LOUYU_CGEOS_DOOR_H
#define LOUYU_CGEOS_DOOR_H

/* Opens the GEOS library, once a process. NULL, or why it cannot be used. */
const char *louyu_geos_open(void);

#endif
