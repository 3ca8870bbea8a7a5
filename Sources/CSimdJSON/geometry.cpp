#include "numbers.hpp"
#include "parser.hpp"

#include <algorithm>

namespace {

bool same_position(const geometry_parts::position &a, const geometry_parts::position &b) {
    return a.x == b.x && a.y == b.y && (a.z == b.z || (a.z != a.z && b.z != b.z));
}

uint8_t *put(uint8_t *out, uint32_t value) {
    for (int i = 0; i < 4; i++) out[i] = uint8_t(value >> (8 * i));
    return out + 4;
}

uint8_t *put(uint8_t *out, double value) {
    uint64_t bits;
    std::memcpy(&bits, &value, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    bits = __builtin_bswap64(bits);
#endif
    std::memcpy(out, &bits, 8);
    return out + 8;
}

// Writes little-endian ISO WKB into memory that is large enough.
struct wkb_writer {
    uint8_t *out;
    bool has_z;

    void header(geometry_type type) {
        *out++ = 1;
        out = put(out, uint32_t(type) + (has_z ? 1000u : 0u));
    }
    void count(uint32_t value) { out = put(out, value); }
    void positions(const geometry_parts::position *first, uint32_t number) {
        for (uint32_t i = 0; i < number; i++) {
            out = put(out, first[i].x);
            out = put(out, first[i].y);
            if (has_z) out = put(out, first[i].z);
        }
    }
};

}  // namespace

// One ordinate of a position; the third and later ones do not count for the box.
louyu_json_code louyu_json_parser::read_ordinate(ondemand::value &value, const uint8_t *token, double &ordinate) {
    if (*token != '-' && !is_digit(*token)) return fail(LOUYU_JSON_COORDINATE_NOT_NUMBER, token);
    written_number number;
    if (!read_number(token, number)) return fail(LOUYU_JSON_NUMBER, token);
    if (exact_double(number, ordinate)) return LOUYU_JSON_OK;
    return nearest_double(value, token, number, ordinate) ? LOUYU_JSON_OK : fail(LOUYU_JSON_NUMBER, token);
}

// Reads nested arrays of numbers whatever their depth, so that "type" may
// stand behind "coordinates". `level` tells the depth found: 1 one position,
// 2 several, 3 several lines, 4 several polygons; 0 an empty array.
louyu_json_code louyu_json_parser::read_coordinates(
    ondemand::value value, int depth, int &level, uint32_t &count) {
    const uint8_t *start = token_of(value);
    ondemand::array array;
    if (depth > 4) return fail(LOUYU_JSON_NESTING, start);
    if (const auto error = value.get_array().get(array)) return fail(error, start);
    count = 0;
    level = 0;
    double ordinates[3] = {0, 0, std::numeric_limits<double>::quiet_NaN()};
    for (auto element : array) {
        ondemand::value child;
        if (const auto error = element.get(child)) return fail(error);
        const uint8_t *token = token_of(child);
        if (*token == '[') {
            if (level == 1) return fail(LOUYU_JSON_COORDINATE_NOT_NUMBER, token);
            int below = 0;
            uint32_t members = 0;
            if (const auto code = read_coordinates(child, depth + 1, below, members)) return code;
            if (below == 0) return fail(LOUYU_JSON_EMPTY_PART, token);
            if (level != 0 && level != below + 1) return fail(LOUYU_JSON_NESTING, token);
            level = below + 1;
        } else {
            if (level > 1) return fail(LOUYU_JSON_NESTING, token);
            level = 1;
            double ordinate;
            if (const auto code = read_ordinate(child, token, ordinate)) return code;
            if (count < 3) ordinates[count] = ordinate;
        }
        count++;
    }
    switch (level) {
        case 1:
            if (count < 2) return fail(LOUYU_JSON_POSITION_TOO_SHORT, start);
            add_position(ordinates, count > 2);
            break;
        case 2: parts.lines.push_back(count); break;
        case 3: parts.polygons.push_back(count); break;
        default: break;
    }
    return LOUYU_JSON_OK;
}

void louyu_json_parser::add_position(const double *ordinates, bool has_z) {
    const double x = ordinates[0], y = ordinates[1];
    parts.positions.push_back({x, y, ordinates[2]});
    parts.has_z |= has_z;
    parts.west = std::min(parts.west, x);
    parts.east = std::max(parts.east, x);
    parts.south = std::min(parts.south, y);
    parts.north = std::max(parts.north, y);
}

louyu_json_code louyu_json_parser::check_ring(const geometry_parts::position *first, uint32_t count) {
    if (count < 4) return fail(LOUYU_JSON_RING_TOO_SHORT, geometry_start, {}, count);
    if (!same_position(first[0], first[count - 1])) return fail(LOUYU_JSON_RING_OPEN, geometry_start);
    return LOUYU_JSON_OK;
}

louyu_json_code louyu_json_parser::check_degrees() {
    if (!degrees || parts.positions.empty()) return LOUYU_JSON_OK;
    if (parts.south >= -90 && parts.north <= 90 && parts.west >= -360 && parts.east <= 360) return LOUYU_JSON_OK;
    for (const auto &position : parts.positions) {
        if (!(position.y >= -90 && position.y <= 90))
            return fail(LOUYU_JSON_LATITUDE, geometry_start, {}, position.y);
        if (!(position.x >= -360 && position.x <= 360))
            return fail(LOUYU_JSON_LONGITUDE, geometry_start, {}, position.x);
    }
    return LOUYU_JSON_OK;
}

// Checks rings and lines, and appends the WKB of what was read.
louyu_json_code louyu_json_parser::write_wkb() {
    if (const auto code = check_degrees()) return code;
    const size_t most = parts.positions.size() * (parts.has_z ? 29 : 21)
        + (parts.nodes.size() + parts.lines.size() + parts.polygons.size()) * 9 + 16;
    wkb_writer wkb{bytes.room(most), parts.has_z};
    const uint8_t *start = wkb.out;
    const auto *position = parts.positions.data();
    const uint32_t *line = parts.lines.data(), *polygon_rings = parts.polygons.data();
    auto write_polygon = [&]() -> louyu_json_code {
        const uint32_t rings = *polygon_rings++;
        wkb.header(polygon);
        wkb.count(rings);
        for (uint32_t i = 0; i < rings; i++) {
            if (const auto code = check_ring(position, *line)) return code;
            wkb.count(*line);
            wkb.positions(position, *line);
            position += *line++;
        }
        return LOUYU_JSON_OK;
    };
    auto write_line = [&]() -> louyu_json_code {
        if (*line < 2) return fail(LOUYU_JSON_LINE_TOO_SHORT, geometry_start);
        wkb.header(line_string);
        wkb.count(*line);
        wkb.positions(position, *line);
        position += *line++;
        return LOUYU_JSON_OK;
    };
    for (const auto &node : parts.nodes) {
        if (node.empty) {
            wkb.header(node.type);
            if (node.type != point) {
                wkb.count(0);
                continue;
            }
            const double nan = std::numeric_limits<double>::quiet_NaN();
            const geometry_parts::position none{nan, nan, nan};
            wkb.positions(&none, 1);
            continue;
        }
        switch (node.type) {
            case point:
                wkb.header(point);
                wkb.positions(position++, 1);
                break;
            case line_string:
                if (const auto code = write_line()) return code;
                break;
            case polygon:
                if (const auto code = write_polygon()) return code;
                break;
            case multi_point:
                wkb.header(multi_point);
                wkb.count(*line);
                for (uint32_t i = 0; i < *line; i++) {
                    wkb.header(point);
                    wkb.positions(position++, 1);
                }
                line++;
                break;
            case multi_line_string: {
                const uint32_t lines = *polygon_rings++;
                wkb.header(multi_line_string);
                wkb.count(lines);
                for (uint32_t i = 0; i < lines; i++)
                    if (const auto code = write_line()) return code;
                break;
            }
            case multi_polygon:
            case collection:
                wkb.header(node.type);
                wkb.count(node.count);
                for (uint32_t i = 0; node.type == multi_polygon && i < node.count; i++)
                    if (const auto code = write_polygon()) return code;
                break;
            case no_type: break;
        }
    }
    bytes.advance(size_t(wkb.out - start));
    return LOUYU_JSON_OK;
}
