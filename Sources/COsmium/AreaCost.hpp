#ifndef LOUYU_AREA_COST_HPP
#define LOUYU_AREA_COST_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <osmium/osm/way.hpp>
#include <tuple>
#include <vector>

// libosmium's assembler takes quadratic time over segments that overlap in
// longitude, lie upon each other, or make many rings. No map does that at
// length; a file made to keep us busy would. This says so beforehand.
inline bool assembly_takes_too_long(const std::vector<const osmium::Way *> &ways) {
    constexpr std::size_t harmless = 4096;
    constexpr double most_pairs = 2e9;
    constexpr double most_moves = 2e9;
    constexpr double most_ring_steps = 1e10;

    std::size_t total = 0;
    for (const auto *way : ways) total += way->nodes().size();
    if (total <= harmless) return false;
    if (static_cast<double>(total) * static_cast<double>(ways.size()) > most_ring_steps) return true;

    using Segment = std::tuple<int32_t, int32_t, int32_t, int32_t>;
    std::vector<Segment> segments;
    segments.reserve(total);
    for (const auto *way : ways) {
        const auto &nodes = way->nodes();
        for (std::size_t i = 1; i < nodes.size(); ++i) {
            auto a = nodes[i - 1].location();
            auto b = nodes[i].location();
            if (b < a) std::swap(a, b);
            if (a != b) segments.emplace_back(a.x(), a.y(), b.x(), b.y());
        }
    }
    std::sort(segments.begin(), segments.end());

    double pairs = 0;
    double doubles = 0;
    for (std::size_t i = 0; i < segments.size(); ++i) {
        const auto end = std::upper_bound(
            segments.begin() + static_cast<std::ptrdiff_t>(i), segments.end(), std::get<2>(segments[i]),
            [](int32_t x, const Segment &segment) { return x < std::get<0>(segment); });
        pairs += static_cast<double>(end - segments.begin()) - static_cast<double>(i);
        if (i > 0 && segments[i] == segments[i - 1]) ++doubles;
    }
    return pairs > most_pairs || doubles * static_cast<double>(segments.size()) > most_moves;
}

#endif
