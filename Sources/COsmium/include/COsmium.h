#ifndef LOUYU_COSMIUM_H
#define LOUYU_COSMIUM_H

#include <stddef.h>
#include <stdint.h>

// A pull-style door to libosmium: files in, objects with locations and
// assembled areas out. Which tags mean what is not decided here.
// No C++ exception crosses it.

#ifdef __cplusplus
extern "C" {
#endif

/// What `louyu_osm_next` may put into `kind`.
enum {
    LOUYU_OSM_NODE = 1,
    LOUYU_OSM_WAY = 2,
    LOUYU_OSM_RELATION = 3,
    /// A kept relation whose rings were assembled.
    LOUYU_OSM_AREA = 4,
    /// A kept relation that lacks member ways or nodes of them.
    LOUYU_OSM_INCOMPLETE = 5,
    /// A kept relation whose ways make no area: open rings or crossings.
    LOUYU_OSM_BROKEN = 6
};

/// What the functions answer.
enum {
    LOUYU_OSM_END = 0,
    LOUYU_OSM_OK = 1,
    LOUYU_OSM_BAD_FILE = -1,
    LOUYU_OSM_READ_ERROR = -2,
    LOUYU_OSM_OUT_OF_MEMORY = -3,
    LOUYU_OSM_HISTORY = -4,
    /// What must be kept of the file is out of proportion to its size.
    LOUYU_OSM_TOO_LARGE = -5
};

/// A node of a way or ring; degrees times 10^7, INT32_MAX where unknown.
typedef struct {
    int64_t id;
    int32_t x, y;
} louyu_osm_node_ref;

/// A closed ring: a range of `nodes`. An outer ring is followed by its holes.
typedef struct {
    size_t first, count;
    int32_t is_inner;
} louyu_osm_ring;

/// A member of a relation; `type` is 'n', 'w' or 'r'.
typedef struct {
    int64_t id;
    const char *role;
    char type;
} louyu_osm_member;

/// One object. All pointers are good until the next call on the reader.
typedef struct {
    int32_t kind;
    /// For a way: the groups of the kept relations it is a member of.
    /// For a kept relation: its own groups.
    uint32_t groups;
    int64_t id;
    /// key NUL value NUL key NUL value NUL …
    const char *tags;
    size_t tag_bytes;
    /// A node: itself. A way: its nodes. An area: the nodes of all rings.
    const louyu_osm_node_ref *nodes;
    size_t node_count;
    const louyu_osm_ring *rings;
    size_t ring_count;
    const louyu_osm_member *members;
    size_t member_count;
    /// Nodes of a way without a location; of a relation: member ways that
    /// the file lacks, and nodes of the others without a location.
    size_t missing_nodes, missing_ways;
} louyu_osm_object;

typedef struct louyu_osm_reader louyu_osm_reader;

/// Opens a regular file of the given libosmium format ("pbf", "osm",
/// "osm.gz", "osm.bz2"). Never NULL except when memory has run out; a file
/// that cannot be read says so at the first `louyu_osm_next`.
louyu_osm_reader *louyu_osm_open(const char *path, const char *format);

void louyu_osm_close(louyu_osm_reader *reader);

/// The next object: first the nodes that have tags, mixed with all relations
/// (in file order), then the ways that have tags, then the kept relations.
int louyu_osm_next(louyu_osm_reader *reader, louyu_osm_object *object);

/// Asks that the relation just given be assembled from its member ways.
int louyu_osm_keep(louyu_osm_reader *reader, uint32_t groups);

/// Assembles the closed way just given into an area with valid rings.
/// `LOUYU_OSM_END` where its outline crosses itself.
int louyu_osm_assemble(louyu_osm_reader *reader, louyu_osm_object *area);

/// Bytes of the file taken so far, over both passes (so up to twice the size).
size_t louyu_osm_offset(const louyu_osm_reader *reader);

/// What libosmium said last; an empty text where it said nothing.
const char *louyu_osm_message(const louyu_osm_reader *reader);

#ifdef __cplusplus
}
#endif

#endif
