#include "CSimdJSON.h"

#include "parser.hpp"

#include <algorithm>

namespace {

louyu_json_code code_of(simdjson::error_code error) {
    switch (error) {
        case simdjson::UTF8_ERROR: return LOUYU_JSON_UTF8;
        case simdjson::UNCLOSED_STRING:
        case simdjson::UNESCAPED_CHARS:
        case simdjson::STRING_ERROR: return LOUYU_JSON_STRING;
        case simdjson::NUMBER_ERROR: return LOUYU_JSON_NUMBER;
        case simdjson::DEPTH_ERROR: return LOUYU_JSON_TOO_DEEP;
        case simdjson::TRAILING_CONTENT: return LOUYU_JSON_TRAILING;
        case simdjson::MEMALLOC:
        case simdjson::CAPACITY: return LOUYU_JSON_MEMORY;
        default: return LOUYU_JSON_SYNTAX;
    }
}

}  // namespace

const uint8_t *louyu_json_parser::location(ondemand::document &document) const {
    const char *at = nullptr;
    return document.current_location().get(at) ? record_end : reinterpret_cast<const uint8_t *>(at);
}

louyu_json_code louyu_json_parser::fail(
    louyu_json_code code, const uint8_t *at, std::string_view detail, double number) {
    problem = {};
    problem.code = code;
    problem.offset = at && at >= record_start && at <= record_end ? size_t(at - record_start) : SIZE_MAX;
    problem.number = number;
    size_t length = std::min(detail.size(), sizeof problem.detail - 1);
    while (length > 0 && length < detail.size() && (uint8_t(detail[length]) & 0xC0) == 0x80) length--;
    std::memcpy(problem.detail, detail.data(), length);
    return code;
}

louyu_json_code louyu_json_parser::fail(simdjson::error_code error, const uint8_t *at) {
    return fail(code_of(error), at);
}

// Reads one record; what a failed one left behind is taken back.
louyu_json_code louyu_json_parser::append(const uint8_t *text, size_t count, bool as_feature) {
    record_start = text;
    record_end = text + count;
    const size_t old_bytes = bytes.size(), old_fields = fields.size();
    louyu_json_record record{};
    record.fields_start = record.fields_end = old_fields;
    louyu_json_code code;
    try {
        ondemand::document document;
        const auto error = parser.iterate(
            reinterpret_cast<const char *>(text), count, count + LOUYU_JSON_PADDING).get(document);
        code = error ? fail(error) : as_feature ? read_feature(document, record) : read_plain(document, record);
        if (code && !error && problem.offset == SIZE_MAX) problem.offset = size_t(location(document) - text);
        if (!code) records.push_back(record);
    } catch (const std::bad_alloc &) {
        code = fail(LOUYU_JSON_MEMORY, text);
    }
    if (code) {
        bytes.truncate(old_bytes);
        fields.resize(old_fields);
        if (problem.offset > count) problem.offset = 0;
    }
    return code;
}

louyu_json_code louyu_json_parser::read_plain(ondemand::document &document, louyu_json_record &record) {
    ondemand::object object;
    if (const auto error = document.get_object().get(object))
        return error == simdjson::INCORRECT_TYPE ? fail(LOUYU_JSON_NOT_OBJECT, record_start) : fail(error);
    if (const auto code = read_properties(object, record)) return code;
    return is_at_end(document) ? LOUYU_JSON_OK : fail(LOUYU_JSON_TRAILING, location(document));
}

void louyu_json_parser::clear() {
    // What an ordinary batch needs; an unusual record's memory goes back.
    constexpr size_t ordinary = size_t(16) << 20;
    records.clear();
    fields.clear();
    bytes.truncate(0);
    bytes.shrink(ordinary);
    scratch.shrink(ordinary);
    if (parts.positions.capacity() * sizeof(geometry_parts::position) > ordinary) parts = {};
    if (parser.capacity() > ordinary) parser = ondemand::parser();
}

extern "C" {

louyu_json_parser *louyu_json_create(void) { return new (std::nothrow) louyu_json_parser; }

void louyu_json_destroy(louyu_json_parser *parser) { delete parser; }

void louyu_json_set_degrees(louyu_json_parser *parser, bool degrees) { parser->degrees = degrees; }

louyu_json_code louyu_json_feature(
    louyu_json_parser *parser, const uint8_t *bytes, size_t count, louyu_json_problem *problem) {
    const auto code = parser->append(bytes, count, true);
    if (code) *problem = parser->problem;
    return code;
}

louyu_json_code louyu_json_object(
    louyu_json_parser *parser, const uint8_t *bytes, size_t count, louyu_json_problem *problem) {
    const auto code = parser->append(bytes, count, false);
    if (code) *problem = parser->problem;
    return code;
}

louyu_json_output louyu_json_result(const louyu_json_parser *parser) {
    return {parser->bytes.data(),   parser->bytes.size(),  parser->records.data(), parser->records.size(),
            parser->fields.data(),  parser->fields.size(), parser->keys.size()};
}

void louyu_json_clear(louyu_json_parser *parser) { parser->clear(); }

const uint8_t *louyu_json_key(const louyu_json_parser *parser, size_t index, size_t *count) {
    const std::string &name = parser->keys.name(index);
    *count = name.size();
    return reinterpret_cast<const uint8_t *>(name.data());
}

}
