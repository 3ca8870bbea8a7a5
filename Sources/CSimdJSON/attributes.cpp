#include "numbers.hpp"
#include "parser.hpp"
#include "text.hpp"

#include <cstdio>

namespace {

// Nesting below which any value is walked.
constexpr int deepest = 64;

// Whether a double, printed with as many digits, says what was written.
bool says_the_same(double value, const uint8_t *text, const written_number &number) {
    if (number.digits > 800) return false;
    char printed[832];
    const int precision = number.digits > 0 ? int(number.digits) - 1 : 0;
    std::snprintf(printed, sizeof printed, "%.*e", precision, value);
    const char *p = printed;
    bool started = false;
    for (; text < number.end && (*text | 0x20) != 'e'; text++) {
        if (!is_digit(*text)) continue;
        started = started || *text != '0';
        if (!started) continue;
        while (!is_digit(uint8_t(*p))) p++;
        if (uint8_t(*p++) != *text) return false;
    }
    return true;
}

bool as_integer(const written_number &number, int64_t &value) {
    if (!number.integer || number.digits > 19) return false;
    const uint64_t most = uint64_t(INT64_MAX) + number.negative;
    if (number.mantissa > most || (number.negative && number.mantissa == 0)) return false;
    value = number.negative ? int64_t(0 - number.mantissa) : int64_t(number.mantissa);
    return true;
}

// Whether a whole token is this word.
template <size_t N> bool is_word(const uint8_t *token, const char (&word)[N]) {
    if (std::memcmp(token, word, N - 1) != 0) return false;
    const uint8_t next = token[N - 1];
    return next == ',' || next == '}' || next == ' ' || next == '\n' || next == '\r' || next == '\t';
}

}  // namespace

// The words that Python writes where RFC 8259 has no number: NaN stands for
// a missing value, the infinities stay as text.
bool louyu_json_parser::read_python_number(const uint8_t *token, louyu_json_field &field) {
    if (is_word(token, "NaN")) {
        field.kind = LOUYU_FIELD_NULL;
        field.integer = 0;
        return true;
    }
    const size_t length = is_word(token, "Infinity") ? 8 : is_word(token, "-Infinity") ? 9 : 0;
    if (length == 0) return false;
    field.kind = LOUYU_FIELD_TEXT;
    field.range = {bytes.size(), bytes.size() + length};
    bytes.append(token, length);
    return true;
}

// An integer where it fits 64 bits, a double where that says the same (17
// digits always do), else the digits as text.
louyu_json_code louyu_json_parser::read_number_field(
    ondemand::value value, const uint8_t *token, louyu_json_field &field) {
    written_number number;
    if (!read_number(token, number))
        return read_python_number(token, field) ? LOUYU_JSON_OK : fail(LOUYU_JSON_NUMBER, token);
    if (as_integer(number, field.integer)) {
        field.kind = LOUYU_FIELD_INTEGER;
        return LOUYU_JSON_OK;
    }
    field.kind = LOUYU_FIELD_REAL;
    if (exact_double(number, field.real)) return LOUYU_JSON_OK;
    double real;
    const bool finite = nearest_double(value, token, number, real);
    const bool vanished = finite && real == 0 && number.digits > 0;
    const bool is_faithful = number.digits <= 17 && !number.integer;
    if (finite && !vanished && (is_faithful || says_the_same(real, token, number))) {
        field.real = real;
        return LOUYU_JSON_OK;
    }
    field.kind = LOUYU_FIELD_TEXT;
    field.range = {bytes.size(), bytes.size() + size_t(number.end - token)};
    bytes.append(token, size_t(number.end - token));
    return LOUYU_JSON_OK;
}

louyu_json_code louyu_json_parser::read_field(ondemand::value value, louyu_json_field &field) {
    const uint8_t *token = token_of(value);
    switch (*token) {
        case '"': {
            field.kind = LOUYU_FIELD_TEXT;
            field.range.start = bytes.size();
            if (!append_text(token + 1, bytes)) return fail(LOUYU_JSON_STRING, token);
            field.range.end = bytes.size();
            return LOUYU_JSON_OK;
        }
        case '{': case '[': {
            if (const auto code = check_value(value, 0)) return code;
            louyu_json_scan scan{};
            louyu_json_scan_status status;
            const size_t length = louyu_json_scan_value(&scan, token, size_t(record_end - token), &status);
            field.kind = LOUYU_FIELD_JSON;
            field.range = {bytes.size(), bytes.size() + length};
            bytes.append(token, length);
            return LOUYU_JSON_OK;
        }
        case 't': case 'f': {
            bool boolean;
            if (const auto error = value.get_bool().get(boolean)) return fail(error, token);
            field.kind = LOUYU_FIELD_BOOLEAN;
            field.integer = boolean;
            return LOUYU_JSON_OK;
        }
        case 'n': {
            bool is_null;
            if (const auto error = value.is_null().get(is_null)) return fail(error, token);
            if (!is_null) return fail(LOUYU_JSON_SYNTAX, token);
            field.kind = LOUYU_FIELD_NULL;
            field.integer = 0;
            return LOUYU_JSON_OK;
        }
        default: return read_number_field(value, token, field);
    }
}

// Walks a value that is kept as text or not at all, so that only JSON passes.
louyu_json_code louyu_json_parser::check_value(ondemand::value value, int depth) {
    const uint8_t *token = token_of(value);
    if (depth > deepest) return fail(LOUYU_JSON_TOO_DEEP, token);
    if (*token == '[') {
        ondemand::array array;
        if (const auto error = value.get_array().get(array)) return fail(error, token);
        for (auto element : array) {
            ondemand::value child;
            if (const auto error = element.get(child)) return fail(error);
            if (const auto code = check_value(child, depth + 1)) return code;
        }
        return LOUYU_JSON_OK;
    }
    if (*token == '{') {
        ondemand::object object;
        if (const auto error = value.get_object().get(object)) return fail(error, token);
        for (auto result : object) {
            ondemand::field field;
            if (const auto error = std::move(result).get(field)) return fail(error);
            scratch.truncate(0);
            const auto *key = reinterpret_cast<const uint8_t *>(field.key().raw());
            if (!append_text(key, scratch)) return fail(LOUYU_JSON_STRING, key);
            if (const auto code = check_value(field.value(), depth + 1)) return code;
        }
        return LOUYU_JSON_OK;
    }
    if (*token == '"') {
        scratch.truncate(0);
        return append_text(token + 1, scratch) ? LOUYU_JSON_OK : fail(LOUYU_JSON_STRING, token);
    }
    if (*token == '-' || is_digit(*token)) {
        written_number number;
        return read_number(token, number) ? LOUYU_JSON_OK : fail(LOUYU_JSON_NUMBER, token);
    }
    if (*token != 't' && *token != 'f' && *token != 'n') return fail(LOUYU_JSON_SYNTAX, token);
    louyu_json_field ignored;
    return read_field(value, ignored);
}

// The number of a key behind its quote, guessed by its place first.
louyu_json_code louyu_json_parser::read_key(const uint8_t *key, size_t place, uint32_t &number) {
    const size_t left = size_t(record_end - key);
    if (place < expected.size()) {
        const std::string &guess = expected[place].written;
        if (guess.size() < left && std::memcmp(key, guess.data(), guess.size()) == 0 && key[guess.size()] == '"') {
            number = expected[place].number;
            return LOUYU_JSON_OK;
        }
    }
    scratch.truncate(0);
    const uint8_t *end = append_text(key, scratch);
    if (!end) return fail(LOUYU_JSON_STRING, key);
    number = keys.number({reinterpret_cast<const char *>(scratch.data()), scratch.size()});
    if (number == key_table::most) return fail(LOUYU_JSON_TOO_MANY_KEYS, key);
    // An escaped quote cannot be told from the end by comparing: not guessed.
    if (place < 4096 && !std::memchr(key, '\\', size_t(end - key))) {
        if (expected.size() <= place) expected.resize(place + 1, {"\\", 0});
        expected[place] = {std::string(key, end), number};
    }
    return LOUYU_JSON_OK;
}

// Every member as a field; of members with one name the last value counts,
// at the place of the first.
louyu_json_code louyu_json_parser::read_properties(ondemand::object object, louyu_json_record &record) {
    record.fields_start = fields.size();
    record_number++;
    size_t place = 0;
    for (auto result : object) {
        ondemand::field member;
        if (const auto error = std::move(result).get(member)) return fail(error);
        louyu_json_field field;
        const auto *key = reinterpret_cast<const uint8_t *>(member.key().raw());
        if (const auto code = read_key(key, place++, field.key)) return code;
        if (const auto code = read_field(member.value(), field)) return code;
        if (field.key >= last_seen.size()) {
            last_seen.resize(field.key + 1, 0);
            last_field.resize(field.key + 1, 0);
        }
        if (last_seen[field.key] == record_number) {
            fields[record.fields_start + last_field[field.key]] = field;
            continue;
        }
        last_seen[field.key] = record_number;
        last_field[field.key] = uint32_t(fields.size() - record.fields_start);
        fields.push_back(field);
    }
    record.fields_end = fields.size();
    return LOUYU_JSON_OK;
}
