#ifndef LOUYU_CCBC_H
#define LOUYU_CCBC_H

/// Opens the libraries of CLP and CBC, once a process. NULL, or why they cannot
/// be used. Nothing else here may be called before.
const char *louyu_cbc_open(void);

#endif
