#include "CCbc.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>

const char *louyu_cbc_open(void) { return NULL; }
