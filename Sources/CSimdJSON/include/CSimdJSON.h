#ifndef LOUYU_CSIMDJSON_H
#define LOUYU_CSIMDJSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// Bytes that must be readable (not meaningful) behind every span given here.
enum { LOUYU_JSON_PADDING = 64 };

// --- Where a JSON value ends, without parsing it -------------------------

typedef struct {
    int64_t depth;
    bool in_string;
    bool escaped;
} louyu_json_scan;

typedef enum {
    LOUYU_SCAN_MORE,          // all bytes used, the value goes on
    LOUYU_SCAN_ENDED,         // the value ends before the returned offset
    LOUYU_SCAN_BROKEN_STRING  // a line break inside a string at the offset
} louyu_json_scan_status;

// Follows an object or array from its first bracket; call again with the next
// bytes and the same state until it ends.
size_t louyu_json_scan_value(
    louyu_json_scan *state, const uint8_t *bytes, size_t count, louyu_json_scan_status *status);

// Line feeds among the bytes.
size_t louyu_json_count_lines(const uint8_t *bytes, size_t count);

// --- One record at a time into flat buffers ------------------------------

typedef enum {
    LOUYU_JSON_OK,
    LOUYU_JSON_COLLECTION,  // no record: a FeatureCollection
    LOUYU_JSON_SYNTAX,
    LOUYU_JSON_UTF8,
    LOUYU_JSON_STRING,
    LOUYU_JSON_NUMBER,
    LOUYU_JSON_TOO_DEEP,
    LOUYU_JSON_TRAILING,
    LOUYU_JSON_MEMORY,
    LOUYU_JSON_TOO_MANY_KEYS,
    LOUYU_JSON_NOT_OBJECT,
    LOUYU_JSON_TYPE_MISSING,
    LOUYU_JSON_TYPE_NOT_TEXT,
    LOUYU_JSON_TYPE_UNKNOWN,         // detail: the type
    LOUYU_JSON_DUPLICATE_MEMBER,     // detail: the member
    LOUYU_JSON_MEMBER_NOT_ALLOWED,   // detail: the member
    LOUYU_JSON_MEMBER_MISSING,       // detail: the member
    LOUYU_JSON_FEATURES_NOT_ARRAY,
    LOUYU_JSON_GEOMETRY_NOT_OBJECT,
    LOUYU_JSON_PROPERTIES_NOT_OBJECT,
    LOUYU_JSON_ID_TYPE,
    LOUYU_JSON_BBOX,
    LOUYU_JSON_COORDINATES_NOT_ARRAY,
    LOUYU_JSON_COORDINATE_NOT_NUMBER,
    LOUYU_JSON_POSITION_TOO_SHORT,
    LOUYU_JSON_NESTING,              // coordinates nested otherwise than the type asks
    LOUYU_JSON_EMPTY_PART,
    LOUYU_JSON_LINE_TOO_SHORT,
    LOUYU_JSON_RING_TOO_SHORT,
    LOUYU_JSON_RING_OPEN,
    LOUYU_JSON_LATITUDE,             // number: the latitude
    LOUYU_JSON_LONGITUDE             // number: the longitude
} louyu_json_code;

typedef struct {
    louyu_json_code code;
    size_t offset;       // in the record's bytes
    char detail[64];     // UTF-8, cut at a character
    double number;
} louyu_json_problem;

typedef enum {
    LOUYU_FIELD_NULL,
    LOUYU_FIELD_BOOLEAN,
    LOUYU_FIELD_INTEGER,
    LOUYU_FIELD_REAL,
    LOUYU_FIELD_TEXT,
    LOUYU_FIELD_JSON
} louyu_json_kind;

typedef struct {
    uint32_t key;
    uint32_t kind;
    union {
        int64_t integer;   // also the boolean
        double real;
        struct {
            size_t start;
            size_t end;
        } range;           // text and JSON: in the output's bytes
    };
} louyu_json_field;

typedef struct {
    size_t geometry_start, geometry_end;
    double west, south, east, north;
    size_t fields_start, fields_end;
    louyu_json_field id;
} louyu_json_record;

typedef struct {
    const uint8_t *bytes;
    size_t byte_count;
    const louyu_json_record *records;
    size_t record_count;
    const louyu_json_field *fields;
    size_t field_count;
    size_t key_count;
} louyu_json_output;

typedef struct louyu_json_parser louyu_json_parser;

louyu_json_parser *louyu_json_create(void);
void louyu_json_destroy(louyu_json_parser *parser);

// Whether coordinates outside of 360 and 90 degrees are refused.
void louyu_json_set_degrees(louyu_json_parser *parser, bool degrees);

// Appends a Feature, or a bare geometry as a feature without properties.
louyu_json_code louyu_json_feature(
    louyu_json_parser *parser, const uint8_t *bytes, size_t count, louyu_json_problem *problem);

// Appends any object: its members become fields, there is no geometry.
louyu_json_code louyu_json_object(
    louyu_json_parser *parser, const uint8_t *bytes, size_t count, louyu_json_problem *problem);

// What was appended since the last clear; the pointers hold until the next call.
louyu_json_output louyu_json_result(const louyu_json_parser *parser);

// Forgets records, fields and bytes, keeps the keys.
void louyu_json_clear(louyu_json_parser *parser);

// The UTF-8 of a key.
const uint8_t *louyu_json_key(const louyu_json_parser *parser, size_t index, size_t *count);

#ifdef __cplusplus
}
#endif

#endif
