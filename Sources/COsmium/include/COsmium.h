#ifndef LOUYU_COSMIUM_H
#define LOUYU_COSMIUM_H
#endif
