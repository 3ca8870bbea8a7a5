#ifndef LOUYU_LOCATION_INDEX_HPP
#define LOUYU_LOCATION_INDEX_HPP

#include "COsmium.h"
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <vector>

// Where each node lies: 16 bytes a node, in order of id. Files are nearly
// always sorted by id already, and the nodes of a way were mostly made
// together, so a search that gallops from the last find beats a hash table.
class LocationIndex {
public:
    void add(int64_t id, int32_t x, int32_t y) {
        sorted = sorted && (nodes.empty() || nodes.back().id <= id);
        nodes.push_back({id, x, y});
    }

    // Where an id stands twice at different places, the file is at odds with
    // itself; one of them counts, and always the same.
    void finish() {
        if (!sorted) {
            std::sort(nodes.begin(), nodes.end(), before);
            sorted = true;
        }
        nodes.shrink_to_fit();
    }

    std::size_t bytes() const { return nodes.capacity() * sizeof(louyu_osm_node_ref); }

    louyu_osm_node_ref find(int64_t id) const {
        const auto end = search(id);
        if (end == 0 || nodes[end - 1].id != id) return {id, INT32_MAX, INT32_MAX};
        last = end - 1;
        return nodes[last];
    }

private:
    static bool before(const louyu_osm_node_ref &a, const louyu_osm_node_ref &b) {
        return std::tie(a.id, a.x, a.y) < std::tie(b.id, b.x, b.y);
    }

    // The number of nodes whose id is at most `id`.
    std::size_t search(int64_t id) const {
        std::size_t low = 0;
        std::size_t high = nodes.size();
        if (last < high) {
            std::size_t step = 1;
            if (nodes[last].id <= id) {
                low = last + 1;
                while (low + step < high && nodes[low + step].id <= id) {
                    low += step;
                    step *= 2;
                }
                high = std::min(high, low + step + 1);
            } else {
                high = last;
                while (step <= high && nodes[high - step].id > id) {
                    high -= step;
                    step *= 2;
                }
                low = step <= high ? high - step : 0;
            }
        }
        const auto found = std::upper_bound(
            nodes.begin() + static_cast<std::ptrdiff_t>(low), nodes.begin() + static_cast<std::ptrdiff_t>(high), id,
            [](int64_t wanted, const louyu_osm_node_ref &node) { return wanted < node.id; });
        return static_cast<std::size_t>(found - nodes.begin());
    }

    std::vector<louyu_osm_node_ref> nodes;
    bool sorted = true;
    mutable std::size_t last = 0;
};

#endif
