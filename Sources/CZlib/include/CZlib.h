#ifndef LOUYU_CZLIB_H
#define LOUYU_CZLIB_H
#include <zlib.h>
#endif
