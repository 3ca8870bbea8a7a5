#ifndef LOUYU_JSON_PARSER_HPP
#define LOUYU_JSON_PARSER_HPP

#include "CSimdJSON.h"
#include "buffers.hpp"
#include "numbers.hpp"

#include <cmath>
#include <cstdlib>
#include <limits>
#include <simdjson.h>
#include <vector>

namespace ondemand = simdjson::ondemand;

// Geometry types; the numbers are those of WKB.
enum geometry_type : uint8_t {
    no_type, point, line_string, polygon, multi_point, multi_line_string, multi_polygon, collection
};

// What is read of one geometry before its WKB is written: WKB needs to know
// of heights and counts before the first coordinate. Everything stands in the
// order of the text, which is WKB's order too.
struct geometry_parts {
    struct node {
        geometry_type type;
        uint32_t count;      // members of a collection, polygons of a multipolygon
        bool empty;
    };
    struct position {
        double x, y, z;
    };
    std::vector<node> nodes;
    std::vector<position> positions;
    std::vector<uint32_t> lines;     // positions a line or ring
    std::vector<uint32_t> polygons;  // rings a polygon, lines a multiline
    bool has_z = false;
    double west, south, east, north;

    void clear() {
        nodes.clear();
        positions.clear();
        lines.clear();
        polygons.clear();
        has_z = false;
        west = south = std::numeric_limits<double>::infinity();
        east = north = -west;
    }
};

struct louyu_json_parser {
    ondemand::parser parser;
    byte_buffer bytes;
    std::vector<louyu_json_record> records;
    std::vector<louyu_json_field> fields;
    key_table keys;
    geometry_parts parts;
    bool degrees = true;

    // The problem of the last record that failed.
    louyu_json_problem problem{};

    louyu_json_code append(const uint8_t *text, size_t count, bool as_feature);
    void clear();

private:
    struct members;

    louyu_json_code read_feature(ondemand::document &document, louyu_json_record &record);
    louyu_json_code read_plain(ondemand::document &document, louyu_json_record &record);

    // Attributes
    louyu_json_code read_properties(ondemand::object object, louyu_json_record &record);
    louyu_json_code read_key(const uint8_t *key, size_t place, uint32_t &number);
    louyu_json_code read_field(ondemand::value value, louyu_json_field &field);
    louyu_json_code read_number_field(ondemand::value value, const uint8_t *token, louyu_json_field &field);
    bool read_python_number(const uint8_t *token, louyu_json_field &field);
    louyu_json_code check_value(ondemand::value value, int depth);

    // Members of Features and geometries
    louyu_json_code read_object(ondemand::object object, members &found, int depth);
    louyu_json_code read_member(ondemand::value value, unsigned member, members &found, int depth);
    louyu_json_code read_type(ondemand::value value, members &found);
    louyu_json_code read_id(ondemand::value value, members &found);
    louyu_json_code check_bbox(ondemand::value value);
    louyu_json_code read_geometry(ondemand::value value, int depth);
    louyu_json_code read_members(ondemand::value value, members &found, int depth);
    louyu_json_code judge_geometry(const members &found);
    louyu_json_code judge_feature(const members &found);

    // Coordinates
    louyu_json_code read_coordinates(ondemand::value value, int depth, int &level, uint32_t &count);
    louyu_json_code read_ordinate(ondemand::value &value, const uint8_t *token, double &ordinate);
    void add_position(const double *ordinates, bool has_z);
    louyu_json_code check_ring(const geometry_parts::position *first, uint32_t count);
    louyu_json_code check_degrees();
    louyu_json_code write_wkb();

    // Problems; `at` is null where only the parser knows the place.
    louyu_json_code fail(louyu_json_code code, const uint8_t *at, std::string_view detail = {}, double number = 0);
    louyu_json_code fail(simdjson::error_code error, const uint8_t *at = nullptr);
    const uint8_t *location(ondemand::document &document) const;

    const uint8_t *record_start = nullptr, *record_end = nullptr, *geometry_start = nullptr;

    // The keys that the last record had, by their place: most files repeat them.
    struct expected_key {
        std::string written;
        uint32_t number;
    };
    std::vector<expected_key> expected;
    std::vector<uint64_t> last_seen;   // by key: the record that had it last
    std::vector<uint32_t> last_field;  // by key: its field there
    uint64_t record_number = 0;
    byte_buffer scratch;
};

inline bool is_at_end(ondemand::document &document) {
    return document.current_location().error() == simdjson::OUT_OF_BOUNDS;
}

// The nearest double; false where there is no finite one. simdjson 3.0.1 goes
// wrong beyond 19 digits.
inline bool nearest_double(
    ondemand::value &value, const uint8_t *token, const written_number &number, double &real) {
    if (number.digits <= 19) return !value.get_double().get(real);
    real = std::strtod(reinterpret_cast<const char *>(token), nullptr);
    return std::isfinite(real);
}

// The start of a value's text.
inline const uint8_t *token_of(ondemand::value &value) {
    return reinterpret_cast<const uint8_t *>(value.raw_json_token().data());
}

#endif
