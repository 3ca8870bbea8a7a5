#ifndef LOUYU_CPROJ_H
#define LOUYU_CPROJ_H
#endif
