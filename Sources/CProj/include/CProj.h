/*
 * A door to PROJ that opens on first use.
 *
 * Linking PROJ costs every start of the program about 8 ms, so it is not
 * linked: cproj_open() looks the functions up in the installed library. Its
 * headers serve for types alone.
 *
 * Threads: cproj_open() may be called by any thread at any time. A context and
 * the transformations made in it belong to one thread at a time.
 */
#ifndef LOUYU_CPROJ_H
#define LOUYU_CPROJ_H

#include <geodesic.h>
#include <proj.h>
#include <stddef.h>

/*
 * Opens the library. Returns NULL where it is open, else the reason why not,
 * which stays valid; every other function may be called after NULL only.
 */
const char *cproj_open(void);

/* proj_context_create with the log silenced; NULL where memory is short. */
PJ_CONTEXT *cproj_context_create(void);

/* proj_context_destroy. */
void cproj_context_destroy(PJ_CONTEXT *context);

/*
 * proj_create_crs_to_crs and proj_normalize_for_visualization: easting or
 * longitude first on both sides. NULL on failure; see cproj_error.
 */
PJ *cproj_create(PJ_CONTEXT *context, const char *source, const char *target);

/* proj_destroy. */
void cproj_destroy(PJ *transformation);

/*
 * proj_trans_generic over x and y in place, forward where direction is 1, else
 * inverse. Returns how many were done; ordinates that have no image become
 * infinite.
 */
size_t cproj_transform(PJ *transformation, int direction, double *x, double *y, size_t stride, size_t count);

/* The text of the context's last error, or NULL where there is none. */
const char *cproj_error(PJ_CONTEXT *context);

/* Whether a text names a system whose coordinates place on the Earth's surface. */
int cproj_is_horizontal(PJ_CONTEXT *context, const char *crs);

/*
 * The area of use of a CRS in degrees: west, south, east, north. Returns 0
 * where it is not known.
 */
int cproj_area_of_use(PJ_CONTEXT *context, const char *crs, double box[4]);

/* The name of a CRS copied into a buffer; 0 where there is no such CRS. */
int cproj_name(PJ_CONTEXT *context, const char *crs, char *name, size_t capacity);

/*
 * A CRS as WKT 1 on one line, of ESRI or else of GDAL; NULL where it cannot be
 * said so. To be freed with free.
 */
char *cproj_wkt(PJ_CONTEXT *context, const char *crs, int is_esri);

/* geod_inverse on WGS 84: metres between two positions in degrees. */
double cproj_geodesic_meters(double lon1, double lat1, double lon2, double lat2);

/*
 * geod_polygonarea on WGS 84 with geodesic edges: square metres, positive
 * counterclockwise.
 */
double cproj_polygon_area(double *latitudes, double *longitudes, int count);

#endif
