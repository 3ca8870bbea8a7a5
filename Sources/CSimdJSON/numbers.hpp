#ifndef LOUYU_JSON_NUMBERS_HPP
#define LOUYU_JSON_NUMBERS_HPP

#include <cstddef>
#include <cstdint>

// A JSON number as it is written (RFC 8259 section 6).
struct written_number {
    uint64_t mantissa = 0;     // the digits without point; exact while digits <= 19
    size_t digits = 0;         // significant ones: leading zeros are not counted
    int64_t exponent = 0;      // power of ten of the mantissa's last digit
    bool negative = false;
    bool integer = true;       // neither point nor exponent
    const uint8_t *end = nullptr;
};

inline bool is_digit(uint8_t byte) { return uint8_t(byte - '0') < 10; }

inline void take_digits(const uint8_t *&p, written_number &number) {
    for (; is_digit(*p); p++) {
        number.mantissa = number.mantissa * 10 + (*p - '0');
        number.digits += number.digits > 0 || *p != '0';
    }
}

// Eight digits at once: the bytes are digits, as a number.
inline bool take_eight(const uint8_t *p, uint64_t &value) {
    uint64_t bytes;
    __builtin_memcpy(&bytes, p, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    bytes = __builtin_bswap64(bytes);
#endif
    if (((bytes & 0xF0F0F0F0F0F0F0F0) | (((bytes + 0x0606060606060606) & 0xF0F0F0F0F0F0F0F0) >> 4))
        != 0x3333333333333333)
        return false;
    bytes -= 0x3030303030303030;
    bytes = bytes * 10 + (bytes >> 8);
    value = (((bytes & 0x000000FF000000FF) * 0x000F424000000064)
             + (((bytes >> 16) & 0x000000FF000000FF) * 0x0000271000000001)) >> 32;
    return true;
}

// Reads a number; false where it is none or something else than a separator follows.
inline bool read_number(const uint8_t *p, written_number &number) {
    number.negative = *p == '-';
    p += number.negative;
    if (!is_digit(*p)) return false;
    if (*p == '0' && is_digit(p[1])) return false;
    take_digits(p, number);
    if (*p == '.') {
        const uint8_t *fraction = ++p;
        if (!is_digit(*p)) return false;
        uint64_t eight;
        if (number.digits > 0 && number.digits <= 11 && take_eight(p, eight)) {
            number.mantissa = number.mantissa * 100000000 + eight;
            number.digits += 8;
            p += 8;
        }
        take_digits(p, number);
        number.exponent = fraction - p;
        number.integer = false;
    }
    if ((*p | 0x20) == 'e') {
        p++;
        const bool down = *p == '-';
        p += down || *p == '+';
        if (!is_digit(*p)) return false;
        int64_t power = 0;
        for (; is_digit(*p); p++) power = power < 1000000 ? power * 10 + (*p - '0') : power;
        number.exponent += down ? -power : power;
        number.integer = false;
    }
    number.end = p;
    return *p == ',' || *p == ']' || *p == '}' || *p == ' ' || *p == '\n' || *p == '\r' || *p == '\t';
}

// The double nearest to the number where one correctly rounded operation
// gives it (Clinger 1990: mantissa below 2^53, power of ten at most 22).
inline bool exact_double(const written_number &number, double &value) {
    static constexpr double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                        1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    if (number.digits > 19 || number.mantissa > uint64_t(1) << 53) return false;
    if (number.exponent < -22 || number.exponent > 22) return false;
    const double mantissa = double(number.mantissa);
    value = number.exponent < 0 ? mantissa / powers[-number.exponent] : mantissa * powers[number.exponent];
    if (number.negative) value = -value;
    return true;
}

#endif
