#ifndef LOUYU_JSON_TEXT_HPP
#define LOUYU_JSON_TEXT_HPP

#include "buffers.hpp"

// The offset of the first quote or backslash from p on; there is one.
inline size_t plain_length(const uint8_t *p) {
    constexpr uint64_t low = 0x0101010101010101, high = 0x8080808080808080;
    const uint8_t *start = p;
    while (true) {
        uint64_t bytes;
        std::memcpy(&bytes, p, 8);
        const uint64_t quote = bytes ^ low * '"', backslash = bytes ^ low * '\\';
        if ((((quote - low) & ~quote) | ((backslash - low) & ~backslash)) & high) break;
        p += 8;
    }
    while (*p != '"' && *p != '\\') p++;
    return size_t(p - start);
}

// Four hexadecimal digits, or -1.
inline int32_t hex4(const uint8_t *p) {
    int32_t value = 0;
    for (int i = 0; i < 4; i++) {
        const uint8_t c = p[i], lower = c | 0x20;
        if (uint8_t(c - '0') < 10) {
            value = value * 16 + (c - '0');
        } else if (uint8_t(lower - 'a') < 6) {
            value = value * 16 + (lower - 'a' + 10);
        } else {
            return -1;
        }
    }
    return value;
}

inline void append_utf8(byte_buffer &out, uint32_t c) {
    uint8_t bytes[4];
    size_t count;
    if (c < 0x80) {
        bytes[0] = uint8_t(c);
        count = 1;
    } else if (c < 0x800) {
        bytes[0] = uint8_t(0xC0 | c >> 6);
        bytes[1] = uint8_t(0x80 | (c & 0x3F));
        count = 2;
    } else if (c < 0x10000) {
        bytes[0] = uint8_t(0xE0 | c >> 12);
        bytes[1] = uint8_t(0x80 | (c >> 6 & 0x3F));
        bytes[2] = uint8_t(0x80 | (c & 0x3F));
        count = 3;
    } else {
        bytes[0] = uint8_t(0xF0 | c >> 18);
        bytes[1] = uint8_t(0x80 | (c >> 12 & 0x3F));
        bytes[2] = uint8_t(0x80 | (c >> 6 & 0x3F));
        bytes[3] = uint8_t(0x80 | (c & 0x3F));
        count = 4;
    }
    out.append(bytes, count);
}

// Reads \uXXXX and its partner behind a backslash at p; half a surrogate pair
// becomes U+FFFD. Null where the digits are wrong.
inline const uint8_t *append_unicode_escape(const uint8_t *p, byte_buffer &out) {
    const int32_t first = hex4(p + 1);
    if (first < 0) return nullptr;
    p += 5;
    if (first < 0xD800 || first > 0xDFFF) {
        append_utf8(out, uint32_t(first));
        return p;
    }
    if (first < 0xDC00 && p[0] == '\\' && p[1] == 'u') {
        const int32_t second = hex4(p + 2);
        if (second >= 0xDC00 && second <= 0xDFFF) {
            append_utf8(out, 0x10000 + (uint32_t(first - 0xD800) << 10) + uint32_t(second - 0xDC00));
            return p + 6;
        }
    }
    append_utf8(out, 0xFFFD);
    return p;
}

// Appends the text of a JSON string that begins behind its quote; the closing
// quote is known to exist. Null where an escape is none, else the end quote.
inline const uint8_t *append_text(const uint8_t *p, byte_buffer &out) {
    while (true) {
        const size_t length = plain_length(p);
        out.append(p, length);
        p += length;
        if (*p == '"') return p;
        uint8_t plain;
        switch (*++p) {
            case '"': case '\\': case '/': plain = *p; break;
            case 'b': plain = '\b'; break;
            case 'f': plain = '\f'; break;
            case 'n': plain = '\n'; break;
            case 'r': plain = '\r'; break;
            case 't': plain = '\t'; break;
            case 'u':
                p = append_unicode_escape(p, out);
                if (!p) return nullptr;
                continue;
            default: return nullptr;
        }
        out.append(&plain, 1);
        p++;
    }
}

#endif
