#include "CGEOS.h"
#include "door.h"

#include <Doors.h>
#include <pthread.h>

/* GEOS is opened on first use: binding its symbols costs more than most
 * questions of place, which never ask it. Every function that Louyu calls
 * stands here under its own name and type, which the compiler compares with
 * geos_c.h, and hands on what it is given. All need a context, and the first
 * context opens the library. */

#define ONE(each, result, name) each(result, name, (GEOSContextHandle_t h, const GEOSGeometry *g), (h, g))
#define TWO(each, result, name) \
    each(result, name, (GEOSContextHandle_t h, const GEOSGeometry *a, const GEOSGeometry *b), (h, a, b))
#define TWO_ON_GRID(each, result, name) \
    each(result, name, (GEOSContextHandle_t h, const GEOSGeometry *a, const GEOSGeometry *b, double grid), \
         (h, a, b, grid))
#define PREPARED(each, result, name) \
    each(result, name, (GEOSContextHandle_t h, const GEOSPreparedGeometry *a, const GEOSGeometry *b), (h, a, b))

#define GEOS_FUNCTIONS(each) \
    each(int, GEOSArea_r, (GEOSContextHandle_t h, const GEOSGeometry *g, double *area), (h, g, area)) \
    each(GEOSGeometry *, GEOSBuffer_r, \
         (GEOSContextHandle_t h, const GEOSGeometry *g, double width, int segments), (h, g, width, segments)) \
    each(GEOSMessageHandler_r, GEOSContext_setErrorMessageHandler_r, \
         (GEOSContextHandle_t h, GEOSMessageHandler_r handler, void *data), (h, handler, data)) \
    each(GEOSCoordSequence *, GEOSCoordSeq_copyFromBuffer_r, \
         (GEOSContextHandle_t h, const double *buf, unsigned int size, int has_z, int has_m), (h, buf, size, has_z, has_m)) \
    each(int, GEOSCoordSeq_copyToBuffer_r, \
         (GEOSContextHandle_t h, const GEOSCoordSequence *s, double *buf, int has_z, int has_m), (h, s, buf, has_z, has_m)) \
    each(void, GEOSCoordSeq_destroy_r, (GEOSContextHandle_t h, GEOSCoordSequence *s), (h, s)) \
    each(int, GEOSCoordSeq_getDimensions_r, \
         (GEOSContextHandle_t h, const GEOSCoordSequence *s, unsigned int *dims), (h, s, dims)) \
    each(int, GEOSCoordSeq_getSize_r, \
         (GEOSContextHandle_t h, const GEOSCoordSequence *s, unsigned int *size), (h, s, size)) \
    each(GEOSGeometry *, GEOSDensify_r, \
         (GEOSContextHandle_t h, const GEOSGeometry *g, double tolerance), (h, g, tolerance)) \
    each(int, GEOSDistance_r, \
         (GEOSContextHandle_t h, const GEOSGeometry *a, const GEOSGeometry *b, double *dist), (h, a, b, dist)) \
    each(char, GEOSEqualsExact_r, \
         (GEOSContextHandle_t h, const GEOSGeometry *a, const GEOSGeometry *b, double tolerance), (h, a, b, tolerance)) \
    each(void, GEOSFree_r, (GEOSContextHandle_t h, void *buffer), (h, buffer)) \
    each(GEOSGeometry *, GEOSGeom_createCollection_r, \
         (GEOSContextHandle_t h, int type, GEOSGeometry **geoms, unsigned int count), (h, type, geoms, count)) \
    each(GEOSGeometry *, GEOSGeom_createEmptyPoint_r, (GEOSContextHandle_t h), (h)) \
    each(GEOSGeometry *, GEOSGeom_createEmptyPolygon_r, (GEOSContextHandle_t h), (h)) \
    each(GEOSGeometry *, GEOSGeom_createLineString_r, (GEOSContextHandle_t h, GEOSCoordSequence *s), (h, s)) \
    each(GEOSGeometry *, GEOSGeom_createLinearRing_r, (GEOSContextHandle_t h, GEOSCoordSequence *s), (h, s)) \
    each(GEOSGeometry *, GEOSGeom_createPointFromXY_r, (GEOSContextHandle_t h, double x, double y), (h, x, y)) \
    each(GEOSGeometry *, GEOSGeom_createPoint_r, (GEOSContextHandle_t h, GEOSCoordSequence *s), (h, s)) \
    each(GEOSGeometry *, GEOSGeom_createPolygon_r, \
         (GEOSContextHandle_t h, GEOSGeometry *shell, GEOSGeometry **holes, unsigned int count), (h, shell, holes, count)) \
    each(void, GEOSGeom_destroy_r, (GEOSContextHandle_t h, GEOSGeometry *g), (h, g)) \
    each(GEOSGeometry *, GEOSGeom_setPrecision_r, \
         (GEOSContextHandle_t h, const GEOSGeometry *g, double grid, int flags), (h, g, grid, flags)) \
    each(const GEOSGeometry *, GEOSGetGeometryN_r, (GEOSContextHandle_t h, const GEOSGeometry *g, int n), (h, g, n)) \
    each(const GEOSGeometry *, GEOSGetInteriorRingN_r, \
         (GEOSContextHandle_t h, const GEOSGeometry *g, int n), (h, g, n)) \
    each(int, GEOSLength_r, (GEOSContextHandle_t h, const GEOSGeometry *g, double *length), (h, g, length)) \
    each(GEOSMakeValidParams *, GEOSMakeValidParams_create_r, (GEOSContextHandle_t h), (h)) \
    each(void, GEOSMakeValidParams_destroy_r, \
         (GEOSContextHandle_t h, GEOSMakeValidParams *parameters), (h, parameters)) \
    each(int, GEOSMakeValidParams_setKeepCollapsed_r, \
         (GEOSContextHandle_t h, GEOSMakeValidParams *p, int style), (h, p, style)) \
    each(int, GEOSMakeValidParams_setMethod_r, \
         (GEOSContextHandle_t h, GEOSMakeValidParams *p, enum GEOSMakeValidMethods method), (h, p, method)) \
    each(GEOSGeometry *, GEOSMakeValidWithParams_r, \
         (GEOSContextHandle_t h, const GEOSGeometry *g, const GEOSMakeValidParams *parameters), (h, g, parameters)) \
    each(int, GEOSNormalize_r, (GEOSContextHandle_t h, GEOSGeometry *g), (h, g)) \
    each(void, GEOSPreparedGeom_destroy_r, (GEOSContextHandle_t h, const GEOSPreparedGeometry *g), (h, g)) \
    each(char, GEOSRelatePattern_r, \
         (GEOSContextHandle_t h, const GEOSGeometry *a, const GEOSGeometry *b, const char *pat), (h, a, b, pat)) \
    each(GEOSGeometry *, GEOSSimplify_r, \
         (GEOSContextHandle_t h, const GEOSGeometry *g, double tolerance), (h, g, tolerance)) \
    each(GEOSGeometry *, GEOSTopologyPreserveSimplify_r, \
         (GEOSContextHandle_t h, const GEOSGeometry *g, double tolerance), (h, g, tolerance)) \
    each(GEOSGeometry *, GEOSUnaryUnionPrec_r, \
         (GEOSContextHandle_t h, const GEOSGeometry *g, double grid), (h, g, grid)) \
    each(GEOSWKBReader *, GEOSWKBReader_create_r, (GEOSContextHandle_t h), (h)) \
    each(void, GEOSWKBReader_destroy_r, (GEOSContextHandle_t h, GEOSWKBReader *reader), (h, reader)) \
    each(GEOSGeometry *, GEOSWKBReader_read_r, \
         (GEOSContextHandle_t h, GEOSWKBReader *reader, const unsigned char *wkb, size_t size), (h, reader, wkb, size)) \
    each(void, GEOS_finish_r, (GEOSContextHandle_t h), (h)) \
    each(GEOSContextHandle_t, GEOS_init_r, (void), ()) \
    each(char, GEOSisValidDetail_r, \
         (GEOSContextHandle_t h, const GEOSGeometry *g, int flags, char **reason, GEOSGeometry **location), (h, g, flags, reason, location)) \
    ONE(each, GEOSGeometry *, GEOSBoundary_r) \
    ONE(each, GEOSGeometry *, GEOSConvexHull_r) \
    ONE(each, int, GEOSGeomTypeId_r) \
    ONE(each, const GEOSCoordSequence *, GEOSGeom_getCoordSeq_r) \
    ONE(each, GEOSGeometry *, GEOSGetCentroid_r) \
    ONE(each, const GEOSGeometry *, GEOSGetExteriorRing_r) \
    ONE(each, int, GEOSGetNumGeometries_r) \
    ONE(each, int, GEOSGetNumInteriorRings_r) \
    ONE(each, GEOSGeometry *, GEOSPointOnSurface_r) \
    ONE(each, const GEOSPreparedGeometry *, GEOSPrepare_r) \
    ONE(each, GEOSGeometry *, GEOSUnaryUnion_r) \
    ONE(each, char, GEOSisEmpty_r) \
    ONE(each, char, GEOSisSimple_r) \
    TWO(each, char, GEOSContains_r) \
    TWO(each, char, GEOSCoveredBy_r) \
    TWO(each, char, GEOSCovers_r) \
    TWO(each, char, GEOSCrosses_r) \
    TWO(each, GEOSGeometry *, GEOSDifference_r) \
    TWO(each, char, GEOSDisjoint_r) \
    TWO(each, char, GEOSEquals_r) \
    TWO(each, GEOSGeometry *, GEOSIntersection_r) \
    TWO(each, char, GEOSIntersects_r) \
    TWO(each, char, GEOSOverlaps_r) \
    TWO(each, char *, GEOSRelate_r) \
    TWO(each, GEOSGeometry *, GEOSSymDifference_r) \
    TWO(each, char, GEOSTouches_r) \
    TWO(each, GEOSGeometry *, GEOSUnion_r) \
    TWO(each, char, GEOSWithin_r) \
    TWO_ON_GRID(each, GEOSGeometry *, GEOSDifferencePrec_r) \
    TWO_ON_GRID(each, GEOSGeometry *, GEOSIntersectionPrec_r) \
    TWO_ON_GRID(each, GEOSGeometry *, GEOSSymDifferencePrec_r) \
    TWO_ON_GRID(each, GEOSGeometry *, GEOSUnionPrec_r) \
    PREPARED(each, char, GEOSPreparedContains_r) \
    PREPARED(each, char, GEOSPreparedCoveredBy_r) \
    PREPARED(each, char, GEOSPreparedCovers_r) \
    PREPARED(each, char, GEOSPreparedCrosses_r) \
    PREPARED(each, char, GEOSPreparedDisjoint_r) \
    PREPARED(each, char, GEOSPreparedIntersects_r) \
    PREPARED(each, char, GEOSPreparedOverlaps_r) \
    PREPARED(each, char, GEOSPreparedTouches_r) \
    PREPARED(each, char, GEOSPreparedWithin_r)

static struct {
    GEOS_FUNCTIONS(DOOR_MEMBER)
} door;

GEOS_FUNCTIONS(DOOR_FORWARD)

static pthread_once_t once = PTHREAD_ONCE_INIT;
static door_reason reason;

static void open_door(void) {
    static const char *const names[] = {
#ifdef __APPLE__
        "libgeos_c.dylib",
        "/opt/homebrew/lib/libgeos_c.dylib",
        "/usr/local/lib/libgeos_c.dylib",
        "/opt/local/lib/libgeos_c.dylib",
#else
        "libgeos_c.so.1",
        "libgeos_c.so",
        "/usr/local/lib/libgeos_c.so.1",
        "/home/linuxbrew/.linuxbrew/lib/libgeos_c.so",
#endif
        NULL,
    };
    void *library = door_library(names, &reason);
    if (!library) return;
#define LOOK_UP(result, name, parameters, arguments) DOOR_LOOK_UP(library, "GEOS", name, &reason)
    GEOS_FUNCTIONS(LOOK_UP)
}

const char *louyu_geos_open(void) {
    pthread_once(&once, open_door);
    return reason.text[0] ? reason.text : NULL;
}
