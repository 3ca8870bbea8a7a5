#include "parser.hpp"
#include "numbers.hpp"
#include "text.hpp"

namespace {

constexpr int deepest_collection = 32;

struct member_name {
    std::string_view name;
    unsigned bit;
};

enum : unsigned {
    has_type = 1, has_coordinates = 2, has_geometries = 4, has_geometry = 8, has_properties = 16, has_features = 32,
    has_id = 64, has_bbox = 128
};

constexpr member_name members_of_rfc[] = {
    {"type", has_type},             {"coordinates", has_coordinates}, {"geometries", has_geometries},
    {"geometry", has_geometry},     {"properties", has_properties},   {"features", has_features},
    {"id", has_id},                 {"bbox", has_bbox}};

constexpr std::string_view type_names[] = {
    "", "Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon", "GeometryCollection"};

// Which member a key behind its quote is; 0 for a foreign one.
unsigned member_of(const uint8_t *key) {
    for (const auto &member : members_of_rfc)
        if (std::memcmp(key, member.name.data(), member.name.size()) == 0 && key[member.name.size()] == '"')
            return member.bit;
    return 0;
}

std::string_view name_of(unsigned bits) {
    for (const auto &member : members_of_rfc)
        if (member.bit & bits) return member.name;
    return {};
}

}  // namespace

struct louyu_json_parser::members {
    enum { unknown, feature, feature_collection, geometry } kind = unknown;
    geometry_type type = no_type;
    unsigned seen = 0;
    int level = 0;
    uint32_t count = 0;
    size_t node = 0;
    const uint8_t *start = nullptr;
    louyu_json_record *record = nullptr;   // of a whole record, not of a geometry inside
};

louyu_json_code louyu_json_parser::read_type(ondemand::value value, members &found) {
    const uint8_t *token = token_of(value);
    if (*token != '"') return fail(LOUYU_JSON_TYPE_NOT_TEXT, token);
    scratch.truncate(0);
    if (!append_text(token + 1, scratch)) return fail(LOUYU_JSON_STRING, token);
    const std::string_view text(reinterpret_cast<const char *>(scratch.data()), scratch.size());
    if (text == "Feature") {
        found.kind = members::feature;
        return LOUYU_JSON_OK;
    }
    for (size_t i = 1; i < 8; i++) {
        if (text != type_names[i]) continue;
        found.kind = members::geometry;
        found.type = geometry_type(i);
        return LOUYU_JSON_OK;
    }
    if (text != "FeatureCollection") return fail(LOUYU_JSON_TYPE_UNKNOWN, token, text);
    found.kind = members::feature_collection;
    return LOUYU_JSON_OK;
}

// RFC 7946 section 5: an array of 2·n numbers.
louyu_json_code louyu_json_parser::check_bbox(ondemand::value value) {
    const uint8_t *start = token_of(value);
    ondemand::array array;
    if (value.get_array().get(array)) return fail(LOUYU_JSON_BBOX, start);
    size_t count = 0;
    for (auto element : array) {
        ondemand::value number;
        if (const auto error = element.get(number)) return fail(error);
        const uint8_t *token = token_of(number);
        written_number written;
        if (!read_number(token, written)) return fail(LOUYU_JSON_BBOX, token);
        count++;
    }
    return count >= 4 && count % 2 == 0 ? LOUYU_JSON_OK : fail(LOUYU_JSON_BBOX, start);
}

louyu_json_code louyu_json_parser::read_members(ondemand::value value, members &found, int depth) {
    const uint8_t *start = token_of(value);
    ondemand::array array;
    if (value.get_array().get(array)) return fail(LOUYU_JSON_COORDINATES_NOT_ARRAY, start, "geometries");
    for (auto element : array) {
        ondemand::value child;
        if (const auto error = element.get(child)) return fail(error);
        if (const auto code = read_geometry(child, depth + 1)) return code;
        found.count++;
    }
    return LOUYU_JSON_OK;
}

louyu_json_code louyu_json_parser::read_geometry(ondemand::value value, int depth) {
    const uint8_t *token = token_of(value);
    if (depth > deepest_collection) return fail(LOUYU_JSON_TOO_DEEP, token);
    ondemand::object object;
    if (*token != '{') return fail(LOUYU_JSON_GEOMETRY_NOT_OBJECT, token);
    if (const auto error = value.get_object().get(object)) return fail(error, token);
    members found;
    found.start = token;
    if (const auto code = read_object(object, found, depth)) return code;
    if (found.kind == members::unknown) return fail(LOUYU_JSON_TYPE_MISSING, token);
    if (found.kind != members::geometry)
        return fail(LOUYU_JSON_TYPE_UNKNOWN, token, found.kind == members::feature ? "Feature" : "FeatureCollection");
    return judge_geometry(found);
}

louyu_json_code louyu_json_parser::read_id(ondemand::value value, members &found) {
    const uint8_t *token = token_of(value);
    if (*token != '"' && *token != '-' && !is_digit(*token)) return fail(LOUYU_JSON_ID_TYPE, token);
    return read_field(value, found.record->id);
}

louyu_json_code louyu_json_parser::read_member(ondemand::value value, unsigned member, members &found, int depth) {
    const uint8_t *token = token_of(value);
    switch (member) {
        case has_type: return read_type(value, found);
        case has_coordinates:
            if (*token != '[') return fail(LOUYU_JSON_COORDINATES_NOT_ARRAY, token, "coordinates");
            geometry_start = token;
            return read_coordinates(value, 1, found.level, found.count);
        case has_geometries: return read_members(value, found, depth);
        case has_features:
            if (*token != '[') return fail(LOUYU_JSON_FEATURES_NOT_ARRAY, token);
            // Whoever reads the record as a collection checks its features.
            return found.kind == members::feature_collection ? LOUYU_JSON_OK : check_value(value, 0);
        case has_bbox: return check_bbox(value);
        case has_geometry:
            if (!found.record || *token == 'n') return check_value(value, 0);
            return read_geometry(value, 0);
        case has_properties: {
            if (!found.record || *token == 'n') return check_value(value, 0);
            ondemand::object object;
            if (*token != '{') return fail(LOUYU_JSON_PROPERTIES_NOT_OBJECT, token);
            if (const auto error = value.get_object().get(object)) return fail(error, token);
            return read_properties(object, *found.record);
        }
        case has_id:
            if (found.record) return read_id(value, found);
            return check_value(value, 0);
        default: return check_value(value, 0);
    }
}

// All members of a Feature or geometry, in whatever order they stand.
louyu_json_code louyu_json_parser::read_object(ondemand::object object, members &found, int depth) {
    found.node = parts.nodes.size();
    parts.nodes.push_back({no_type, 0, true});
    for (auto result : object) {
        ondemand::field field;
        if (const auto error = std::move(result).get(field)) return fail(error);
        const auto *key = reinterpret_cast<const uint8_t *>(field.key().raw());
        const unsigned member = member_of(key);
        if (member & found.seen) return fail(LOUYU_JSON_DUPLICATE_MEMBER, key, name_of(member));
        found.seen |= member;
        if (member == 0) {
            scratch.truncate(0);
            if (!append_text(key, scratch)) return fail(LOUYU_JSON_STRING, key);
        }
        if (const auto code = read_member(field.value(), member, found, depth)) return code;
    }
    return LOUYU_JSON_OK;
}

// Whether the members found make a geometry of the type; completes its node.
louyu_json_code louyu_json_parser::judge_geometry(const members &found) {
    static constexpr int levels[] = {0, 1, 2, 3, 2, 3, 4, 0};
    const unsigned wanted = found.type == collection ? has_geometries : has_coordinates;
    const unsigned unwanted = (has_geometry | has_properties | has_features | has_coordinates | has_geometries)
        & ~wanted & found.seen;
    if (unwanted) return fail(LOUYU_JSON_MEMBER_NOT_ALLOWED, found.start, name_of(unwanted));
    if (!(found.seen & wanted)) return fail(LOUYU_JSON_MEMBER_MISSING, found.start, name_of(wanted));
    const bool empty = found.count == 0;
    if (found.type != collection && !empty && found.level != levels[found.type])
        return fail(LOUYU_JSON_NESTING, geometry_start, type_names[found.type]);
    parts.nodes[found.node] = {found.type, found.count, empty};
    return LOUYU_JSON_OK;
}

louyu_json_code louyu_json_parser::judge_feature(const members &found) {
    const unsigned unwanted = (has_features | has_coordinates | has_geometries) & found.seen;
    if (unwanted) return fail(LOUYU_JSON_MEMBER_NOT_ALLOWED, found.start, name_of(unwanted));
    const unsigned missing = (has_geometry | has_properties) & ~found.seen;
    if (missing) return fail(LOUYU_JSON_MEMBER_MISSING, found.start, name_of(missing));
    // The feature's own node stands before that of its geometry.
    parts.nodes.erase(parts.nodes.begin());
    return LOUYU_JSON_OK;
}

louyu_json_code louyu_json_parser::read_feature(ondemand::document &document, louyu_json_record &record) {
    ondemand::object object;
    if (const auto error = document.get_object().get(object))
        return error == simdjson::INCORRECT_TYPE ? fail(LOUYU_JSON_NOT_OBJECT, record_start) : fail(error);
    parts.clear();
    geometry_start = record_start;
    members found;
    found.start = record_start;
    found.record = &record;
    if (const auto code = read_object(object, found, 0)) return code;
    if (!is_at_end(document)) return fail(LOUYU_JSON_TRAILING, location(document));
    switch (found.kind) {
        case members::unknown: return fail(LOUYU_JSON_TYPE_MISSING, record_start);
        case members::feature_collection:
            if (found.seen & has_features) return fail(LOUYU_JSON_COLLECTION, record_start);
            return fail(LOUYU_JSON_MEMBER_MISSING, record_start, "features");
        case members::feature:
            if (const auto code = judge_feature(found)) return code;
            break;
        case members::geometry:
            if (const auto code = judge_geometry(found)) return code;
            break;
    }
    record.geometry_start = bytes.size();
    // Empty coordinates stand for no geometry (RFC 7946 section 3.1).
    if (!parts.positions.empty())
        if (const auto code = write_wkb()) return code;
    record.geometry_end = bytes.size();
    record.west = parts.west;
    record.south = parts.south;
    record.east = parts.east;
    record.north = parts.north;
    return LOUYU_JSON_OK;
}
