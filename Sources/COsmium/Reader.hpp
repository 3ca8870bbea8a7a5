#ifndef LOUYU_READER_HPP
#define LOUYU_READER_HPP

#include "COsmium.h"
#include "LocationIndex.hpp"
#include <memory>
#include <osmium/area/assembler.hpp>
#include <osmium/io/reader.hpp>
#include <osmium/memory/buffer.hpp>
#include <osmium/osm.hpp>
#include <string>
#include <vector>

// Two passes over the file, so that no order of objects matters: the first
// takes nodes and relations, the second ways. Assembled areas come last.
struct louyu_osm_reader {
public:
    louyu_osm_reader(const char *path, const char *format);

    bool next(louyu_osm_object &object);
    void keep(uint32_t groups);
    bool assemble_way(louyu_osm_object &area);
    std::size_t offset() const;

    std::string message;

    struct History {};
    struct TooLarge {};

private:
    enum class Phase { opening, nodes_and_relations, ways, areas, done };

    // A way that kept relations have as a member.
    struct Member {
        int64_t id;
        uint32_t groups;
        std::size_t place;
    };
    struct Kept {
        std::size_t place;
        uint32_t groups;
    };

    void open(osmium::osm_entity_bits::type entities);
    osmium::OSMObject *next_in_file();
    bool next_node_or_relation(louyu_osm_object &object);
    void begin_ways();
    bool next_way(louyu_osm_object &object);
    bool next_area(louyu_osm_object &object);
    void check_memory() const;
    void locate_nodes(osmium::Way &way, louyu_osm_object &object);
    Member *find_member(int64_t id);
    std::vector<const osmium::Way *> gather(const osmium::Relation &relation, louyu_osm_object &object);
    void list_members(const osmium::Relation &relation, louyu_osm_object &object);
    void list_rings(louyu_osm_object &object);

    osmium::io::File file;
    osmium::thread::Pool pool;
    std::unique_ptr<osmium::io::Reader> reader;
    osmium::memory::Buffer buffer;
    std::size_t place = 0;
    std::size_t file_size = 0;
    std::size_t offset_of_earlier_passes = 0;
    Phase phase = Phase::opening;

    LocationIndex locations;
    osmium::memory::Buffer relations;
    std::vector<Kept> kept;
    std::size_t kept_given = 0;
    std::vector<Member> members;
    osmium::memory::Buffer member_ways;

    const osmium::Relation *current_relation = nullptr;
    const osmium::Way *current_way = nullptr;

    osmium::area::AssemblerConfig config;
    osmium::memory::Buffer areas;
    louyu_osm_node_ref node{};
    std::vector<louyu_osm_node_ref> ring_nodes;
    std::vector<louyu_osm_ring> rings;
    std::vector<louyu_osm_member> listed_members;
};

#endif
