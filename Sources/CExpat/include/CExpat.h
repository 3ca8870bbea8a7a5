#ifndef LOUYU_CEXPAT_H
#define LOUYU_CEXPAT_H
#include <expat.h>
#endif
