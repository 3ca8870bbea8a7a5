#include "CSimdJSON.h"

#include <algorithm>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace {

// One bit a byte for 64 bytes.
struct block {
    uint64_t quote, backslash, open, close, line_feed;
};

#if defined(__SSE2__)

uint64_t matches(const __m128i *chunks, uint8_t byte) {
    const __m128i wanted = _mm_set1_epi8(char(byte));
    uint64_t bits = 0;
    for (int i = 0; i < 4; i++)
        bits |= uint64_t(uint32_t(_mm_movemask_epi8(_mm_cmpeq_epi8(chunks[i], wanted)))) << (16 * i);
    return bits;
}

block classify(const uint8_t *bytes) {
    __m128i raw[4], lower[4];
    for (int i = 0; i < 4; i++) {
        raw[i] = _mm_loadu_si128(reinterpret_cast<const __m128i *>(bytes + 16 * i));
        lower[i] = _mm_or_si128(raw[i], _mm_set1_epi8(0x20));  // [ and { differ in this bit only, so do ] and }
    }
    return {matches(raw, '"'), matches(raw, '\\'), matches(lower, '{'), matches(lower, '}'), matches(raw, '\n')};
}

#else

block classify(const uint8_t *bytes) {
    block b{};
    for (int i = 0; i < 64; i++) {
        const uint64_t bit = uint64_t(1) << i;
        const uint8_t lower = bytes[i] | 0x20;
        if (bytes[i] == '"') b.quote |= bit;
        if (bytes[i] == '\\') b.backslash |= bit;
        if (bytes[i] == '\n') b.line_feed |= bit;
        if (lower == '{') b.open |= bit;
        if (lower == '}') b.close |= bit;
    }
    return b;
}

#endif

// Bits of the bytes that a backslash escapes.
uint64_t escaped_bytes(uint64_t backslash, bool &carry) {
    uint64_t escaped = 0;
    if (carry) {
        escaped = 1;
        backslash &= ~uint64_t(1);
        carry = false;
    }
    while (backslash) {
        const int at = __builtin_ctzll(backslash);
        if (at == 63) {
            carry = true;
            break;
        }
        escaped |= uint64_t(2) << at;
        backslash &= ~(uint64_t(3) << at);
    }
    return escaped;
}

uint64_t prefix_xor(uint64_t bits) {
    for (int shift = 1; shift < 64; shift *= 2) bits ^= bits << shift;
    return bits;
}

}  // namespace

size_t louyu_json_scan_value(
    louyu_json_scan *state, const uint8_t *bytes, size_t count, louyu_json_scan_status *status) {
    for (size_t base = 0; base < count; base += 64) {
        block b = classify(bytes + base);
        const size_t left = count - base;
        const uint64_t valid = left >= 64 ? ~uint64_t(0) : (uint64_t(1) << left) - 1;
        bool carry = state->escaped;
        const uint64_t escaped = b.backslash || carry ? escaped_bytes(b.backslash & valid, carry) : 0;
        if (left < 64) carry = left > 0 && escaped >> left & 1;
        state->escaped = carry;
        const uint64_t inside = prefix_xor(b.quote & ~escaped & valid) ^ (state->in_string ? ~uint64_t(0) : 0);
        state->in_string = inside >> std::min<size_t>(left - 1, 63) & 1;
        const uint64_t broken = b.line_feed & inside & valid;
        uint64_t open = b.open & ~inside & valid, close = b.close & ~inside & valid;
        if (broken) {
            const uint64_t before = (broken & -broken) - 1;
            open &= before;
            close &= before;
        }
        const int closes = __builtin_popcountll(close);
        if (state->depth > closes) {
            state->depth += __builtin_popcountll(open) - closes;
        } else {
            for (uint64_t brackets = open | close; brackets; brackets &= brackets - 1) {
                const uint64_t bit = brackets & -brackets;
                state->depth += open & bit ? 1 : -1;
                if (state->depth <= 0) {
                    *status = LOUYU_SCAN_ENDED;
                    return base + size_t(__builtin_ctzll(bit)) + 1;
                }
            }
        }
        if (broken) {
            *status = LOUYU_SCAN_BROKEN_STRING;
            return base + size_t(__builtin_ctzll(broken));
        }
    }
    *status = LOUYU_SCAN_MORE;
    return count;
}

size_t louyu_json_count_lines(const uint8_t *bytes, size_t count) {
    // Records are longer than a vector: memchr passes them faster than counting does.
    size_t lines = 0;
    const uint8_t *end = bytes + count;
    while (bytes < end) {
        const void *found = std::memchr(bytes, '\n', size_t(end - bytes));
        if (!found) break;
        lines++;
        bytes = static_cast<const uint8_t *>(found) + 1;
    }
    return lines;
}
