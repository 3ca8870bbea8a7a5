#include "CCbc.h"

#include <Doors.h>
#include <exception>
#include <mutex>
#include <string>

/* CLP and CBC are opened on first use: eight libraries that no question but
 * that of placement needs. Every function that Louyu calls stands here under
 * its own name and type, which the compiler compares with the headers of CLP
 * and CBC, and hands on what it is given.
 *
 * Both are C++ behind their C interface, and memory may run out: no exception
 * passes this door. It is noted, and the caller asks louyu_cbc_failure. */

#define CLP_FUNCTIONS(each) \
    each(Clp_Simplex *, Clp_newModel, (void), ()) \
    each(void, Clp_deleteModel, (Clp_Simplex *m), (m)) \
    each(void, Clp_setLogLevel, (Clp_Simplex *m, int value), (m, value)) \
    each(void, Clp_scaling, (Clp_Simplex *m, int mode), (m, mode)) \
    each(void, Clp_setPerturbation, (Clp_Simplex *m, int value), (m, value)) \
    each(void, Clp_addColumns, \
         (Clp_Simplex *m, int number, const double *lower, const double *upper, const double *objective, \
          const CoinBigIndex *starts, const int *rows, const double *elements), \
         (m, number, lower, upper, objective, starts, rows, elements)) \
    each(void, Clp_addRows, \
         (Clp_Simplex *m, int number, const double *lower, const double *upper, const CoinBigIndex *starts, \
          const int *columns, const double *elements), \
         (m, number, lower, upper, starts, columns, elements)) \
    each(void, Clp_deleteRows, (Clp_Simplex *m, int number, const int *which), (m, number, which)) \
    each(double *, Clp_rowLower, (Clp_Simplex *m), (m)) \
    each(double *, Clp_rowUpper, (Clp_Simplex *m), (m)) \
    each(double *, Clp_columnLower, (Clp_Simplex *m), (m)) \
    each(double *, Clp_columnUpper, (Clp_Simplex *m), (m)) \
    each(double *, Clp_objective, (Clp_Simplex *m), (m)) \
    each(double *, Clp_primalColumnSolution, (Clp_Simplex *m), (m)) \
    each(double *, Clp_primalRowSolution, (Clp_Simplex *m), (m)) \
    each(double *, Clp_dualRowSolution, (Clp_Simplex *m), (m)) \
    each(double *, Clp_dualColumnSolution, (Clp_Simplex *m), (m)) \
    each(double *, Clp_infeasibilityRay, (Clp_Simplex *m), (m)) \
    each(void, Clp_freeRay, (Clp_Simplex *m, double *ray), (m, ray)) \
    each(double, Clp_objectiveValue, (Clp_Simplex *m), (m)) \
    each(void, Clp_setDualObjectiveLimit, (Clp_Simplex *m, double value), (m, value)) \
    each(void, Clp_setMaximumIterations, (Clp_Simplex *m, int value), (m, value)) \
    each(int, Clp_numberIterations, (Clp_Simplex *m), (m)) \
    each(int, Clp_dual, (Clp_Simplex *m, int values_pass), (m, values_pass)) \
    each(int, Clp_primal, (Clp_Simplex *m, int values_pass), (m, values_pass)) \
    each(int, Clp_status, (Clp_Simplex *m), (m)) \
    each(int, Clp_secondaryStatus, (Clp_Simplex *m), (m)) \
    each(int, Clp_statusExists, (Clp_Simplex *m), (m)) \
    each(unsigned char *, Clp_statusArray, (Clp_Simplex *m), (m)) \
    each(void, Clp_copyinStatus, (Clp_Simplex *m, const unsigned char *statuses), (m, statuses))

#define CBC_FUNCTIONS(each) \
    each(Cbc_Model *, Cbc_newModel, (void), ()) \
    each(void, Cbc_deleteModel, (Cbc_Model *m), (m)) \
    each(void, Cbc_loadProblem, \
         (Cbc_Model *m, const int columns, const int rows, const CoinBigIndex *starts, const int *indices, \
          const double *values, const double *column_lower, const double *column_upper, const double *objective, \
          const double *row_lower, const double *row_upper), \
         (m, columns, rows, starts, indices, values, column_lower, column_upper, objective, row_lower, row_upper)) \
    each(void, Cbc_setInteger, (Cbc_Model *m, int column), (m, column)) \
    each(void, Cbc_setParameter, (Cbc_Model *m, const char *name, const char *value), (m, name, value)) \
    each(void, Cbc_addCutCallback, (Cbc_Model *m, cbc_cut_callback callback, const char *name, void *data), \
         (m, callback, name, data)) \
    each(void, OsiCuts_addRowCut, \
         (void *cuts, int count, const int *columns, const double *values, char sense, double rhs), \
         (cuts, count, columns, values, sense, rhs)) \
    each(int, Cbc_solve, (Cbc_Model *m), (m)) \
    each(int, Cbc_status, (Cbc_Model *m), (m)) \
    each(int, Cbc_secondaryStatus, (Cbc_Model *m), (m)) \
    each(int, Cbc_isProvenOptimal, (Cbc_Model *m), (m)) \
    each(int, Cbc_isProvenInfeasible, (Cbc_Model *m), (m)) \
    each(double, Cbc_getObjValue, (Cbc_Model *m), (m)) \
    each(double, Cbc_getBestPossibleObjValue, (Cbc_Model *m), (m)) \
    each(double *, Cbc_bestSolution, (Cbc_Model *m), (m)) \
    each(int, Cbc_getNodeCount, (Cbc_Model *m), (m))

namespace {
struct {
    CLP_FUNCTIONS(DOOR_MEMBER)
    CBC_FUNCTIONS(DOOR_MEMBER)
} door;

thread_local std::string failure;
thread_local bool has_failed = false;

// What is in flight, noted; only inside of a catch.
void note_failure() {
    has_failed = true;
    try {
        throw;
    } catch (const std::exception &error) {
        failure = error.what();
    } catch (...) {
        failure = "an exception of COIN-OR";
    }
}

template <class Result> Result nothing() { return Result(); }
}

#define FORWARD(result, name, parameters, arguments) \
    result name parameters { \
        try { \
            return door.name arguments; \
        } catch (...) { \
            note_failure(); \
            return nothing<result>(); \
        } \
    }

CLP_FUNCTIONS(FORWARD)
CBC_FUNCTIONS(FORWARD)

namespace {
std::once_flag once;
door_reason reason;

const char *const clp_names[] = {
#ifdef __APPLE__
    "libClp.dylib", "/opt/homebrew/lib/libClp.dylib", "/usr/local/lib/libClp.dylib",
#else
    "libClp.so.1", "libClp.so", "/home/linuxbrew/.linuxbrew/lib/libClp.so",
#endif
    nullptr,
};

// The C interface of CBC stands in the library of its solver.
const char *const cbc_names[] = {
#ifdef __APPLE__
    "libCbcSolver.dylib", "/opt/homebrew/lib/libCbcSolver.dylib", "/usr/local/lib/libCbcSolver.dylib",
#else
    "libCbcSolver.so.3", "libCbcSolver.so", "/home/linuxbrew/.linuxbrew/lib/libCbcSolver.so",
#endif
    nullptr,
};

void open_door() {
    void *clp = door_library(clp_names, &reason);
    void *cbc = clp ? door_library(cbc_names, &reason) : nullptr;
    if (!cbc) return;
#define LOOK_UP_CLP(result, name, parameters, arguments) DOOR_LOOK_UP(clp, "CLP", name, &reason)
#define LOOK_UP_CBC(result, name, parameters, arguments) DOOR_LOOK_UP(cbc, "CBC", name, &reason)
    CLP_FUNCTIONS(LOOK_UP_CLP)
    CBC_FUNCTIONS(LOOK_UP_CBC)
}

struct Watch {
    int (*is_to_end)(void *owner);
    void *owner;
    bool has_ended;
};

// A cut that no point satisfies closes a node; once it is asked for, every
// node is closed this way, and the search comes to its end.
void close_node_if_ended(void *, void *cuts, void *data) {
    Watch *watch = static_cast<Watch *>(data);
    if (!watch->has_ended) watch->has_ended = watch->is_to_end(watch->owner) != 0;
    if (!watch->has_ended) return;
    const int column = 0;
    const double value = 1;
    OsiCuts_addRowCut(cuts, 1, &column, &value, 'G', 1e15);
}
}

const char *louyu_cbc_open(void) {
    std::call_once(once, open_door);
    return reason.text[0] ? reason.text : nullptr;
}

const char *louyu_cbc_failure(void) {
    if (!has_failed) return nullptr;
    has_failed = false;
    return failure.c_str();
}

int louyu_cbc_solve(Cbc_Model *model, int (*is_to_end)(void *owner), void *owner) {
    static std::mutex one_at_a_time;
    std::lock_guard<std::mutex> lock(one_at_a_time);
    Watch watch = {is_to_end, owner, false};
    Cbc_addCutCallback(model, close_node_if_ended, "watch", &watch);
    if (has_failed) return -1;
    Cbc_solve(model);
    if (has_failed) return -1;
    return watch.has_ended ? 1 : 0;
}
