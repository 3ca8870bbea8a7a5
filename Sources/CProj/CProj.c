#include "CProj.h"

#include <Doors.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

/* The functions used, under their own types. */
#define CPROJ_FUNCTIONS(each) \
    each(proj_context_create) \
    each(proj_context_destroy) \
    each(proj_context_errno) \
    each(proj_context_errno_string) \
    each(proj_log_level) \
    each(proj_create) \
    each(proj_create_crs_to_crs) \
    each(proj_normalize_for_visualization) \
    each(proj_destroy) \
    each(proj_trans_generic) \
    each(proj_get_area_of_use) \
    each(proj_get_name) \
    each(proj_as_wkt) \
    each(proj_get_type) \
    each(geod_init) \
    each(geod_inverse) \
    each(geod_polygonarea)

static struct {
#define CPROJ_MEMBER(name) __typeof__(&name) name;
    CPROJ_FUNCTIONS(CPROJ_MEMBER)
} door;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static door_reason reason;
static struct geod_geodesic wgs84;

static void open_door(void) {
    static const char *const names[] = {
#ifdef __APPLE__
        "libproj.dylib",
        "/opt/homebrew/lib/libproj.dylib",
        "/usr/local/lib/libproj.dylib",
        "/opt/local/lib/libproj.dylib",
#else
        "libproj.so.25",
        "libproj.so",
        "libproj.so.22",
        "/usr/local/lib/libproj.so",
        "/home/linuxbrew/.linuxbrew/lib/libproj.so",
#endif
        NULL,
    };
    void *library = door_library(names, &reason);
    if (!library) return;
#define CPROJ_LOOK_UP(name) DOOR_LOOK_UP(library, "PROJ", name, &reason)
    CPROJ_FUNCTIONS(CPROJ_LOOK_UP)
    door.geod_init(&wgs84, 6378137.0, 1 / 298.257223563);
}

const char *cproj_open(void) {
    pthread_once(&once, open_door);
    return reason.text[0] ? reason.text : NULL;
}

PJ_CONTEXT *cproj_context_create(void) {
    PJ_CONTEXT *context = door.proj_context_create();
    if (context) door.proj_log_level(context, PJ_LOG_NONE);
    return context;
}

void cproj_context_destroy(PJ_CONTEXT *context) { door.proj_context_destroy(context); }

PJ *cproj_create(PJ_CONTEXT *context, const char *source, const char *target) {
    PJ *raw = door.proj_create_crs_to_crs(context, source, target, NULL);
    if (!raw) return NULL;
    PJ *normalized = door.proj_normalize_for_visualization(context, raw);
    door.proj_destroy(raw);
    return normalized;
}

void cproj_destroy(PJ *transformation) { door.proj_destroy(transformation); }

size_t cproj_transform(PJ *transformation, int direction, double *x, double *y, size_t stride, size_t count) {
    return door.proj_trans_generic(
        transformation, direction == 1 ? PJ_FWD : PJ_INV, x, stride, count, y, stride, count, NULL, 0, 0, NULL, 0, 0);
}

const char *cproj_error(PJ_CONTEXT *context) {
    int code = door.proj_context_errno(context);
    return code ? door.proj_context_errno_string(context, code) : NULL;
}

int cproj_is_horizontal(PJ_CONTEXT *context, const char *crs) {
    PJ *object = door.proj_create(context, crs);
    if (!object) return 0;
    PJ_TYPE type = door.proj_get_type(object);
    door.proj_destroy(object);
    return type == PJ_TYPE_GEOGRAPHIC_2D_CRS || type == PJ_TYPE_GEOGRAPHIC_3D_CRS || type == PJ_TYPE_PROJECTED_CRS ||
        type == PJ_TYPE_COMPOUND_CRS || type == PJ_TYPE_BOUND_CRS;
}

int cproj_area_of_use(PJ_CONTEXT *context, const char *crs, double box[4]) {
    PJ *object = door.proj_create(context, crs);
    if (!object) return 0;
    int known = door.proj_get_area_of_use(context, object, &box[0], &box[1], &box[2], &box[3], NULL);
    door.proj_destroy(object);
    /* PROJ gives -1000 for an unknown edge. */
    return known && box[0] >= -360 && box[1] >= -360 && box[2] >= -360 && box[3] >= -360;
}

int cproj_name(PJ_CONTEXT *context, const char *crs, char *name, size_t capacity) {
    PJ *object = door.proj_create(context, crs);
    if (!object) return 0;
    const char *text = door.proj_get_name(object);
    snprintf(name, capacity, "%s", text ? text : crs);
    door.proj_destroy(object);
    return 1;
}

char *cproj_wkt(PJ_CONTEXT *context, const char *crs, int is_esri) {
    PJ *object = door.proj_create(context, crs);
    if (!object) return NULL;
    static const char *const options[] = {"MULTILINE=NO", NULL};
    const char *text = door.proj_as_wkt(context, object, is_esri ? PJ_WKT1_ESRI : PJ_WKT1_GDAL, options);
    char *copy = text ? strdup(text) : NULL;
    door.proj_destroy(object);
    return copy;
}

double cproj_geodesic_meters(double lon1, double lat1, double lon2, double lat2) {
    double meters;
    door.geod_inverse(&wgs84, lat1, lon1, lat2, lon2, &meters, NULL, NULL);
    return meters;
}

double cproj_polygon_area(double *latitudes, double *longitudes, int count) {
    double area, perimeter;
    door.geod_polygonarea(&wgs84, latitudes, longitudes, count, &area, &perimeter);
    return area;
}
