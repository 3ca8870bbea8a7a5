#ifndef LOUYU_CCBC_H
#define LOUYU_CCBC_H

#include <coin/Cbc_C_Interface.h>
#include <coin/Clp_C_Interface.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Opens the libraries of CLP and CBC, once a process. NULL, or why they cannot
/// be used. Nothing else here may be called before.
const char *louyu_cbc_open(void);

/// What a C++ exception said that left CLP or CBC on this thread since the last
/// call of this function; NULL where there was none. The function it left gave
/// 0 or NULL instead of an answer.
const char *louyu_cbc_failure(void);

/// Solves as `Cbc_solve` does, and asks `is_to_end(owner)` at every round of
/// cuts whether the search is to end; it is asked on the thread that solves.
/// Searches of one process wait for each other, because CBC keeps variables
/// that all of them share.
///
/// 0: the model tells how it ended. 1: `is_to_end` ended it; the best solution
/// so far is in the model, and what the model says of proofs and bounds is
/// not true. -1: see `louyu_cbc_failure`.
int louyu_cbc_solve(Cbc_Model *model, int (*is_to_end)(void *owner), void *owner);

#ifdef __cplusplus
}
#endif

#endif
