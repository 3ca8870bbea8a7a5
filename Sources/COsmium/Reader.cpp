// The assertions of libosmium hold for its own callers, not for damaged files.
#ifndef NDEBUG
#define NDEBUG
#endif

#include "Reader.hpp"
#include "AreaCost.hpp"
#include "BlobFrames.hpp"
#include "PackedInput.hpp"

namespace {

// Before libosmium's headers register their own: the first counts.
const bool is_gzip_registered =
    packed_input::register_input(osmium::io::file_compression::gzip, packed_input::open_gzip);
const bool is_bzip2_registered =
    packed_input::register_input(osmium::io::file_compression::bzip2, packed_input::open_bzip2);

} // namespace

#include <osmium/io/bzip2_compression.hpp>
#include <osmium/io/gzip_compression.hpp>
#include <osmium/io/pbf_input.hpp>
#include <osmium/io/xml_input.hpp>

namespace {

constexpr std::size_t nowhere = SIZE_MAX;
constexpr std::size_t first_capacity = 64 * 1024;
constexpr int unpacking_threads = 2;
constexpr std::size_t unpacking_queue = 4;

// What is kept of a file between its passes takes two to seven times the size
// of the file packed; more than this only where the file was made to burst us.
constexpr std::size_t memory_for_any_file = 32 * 1024 * 1024;
constexpr std::size_t memory_per_byte = 12;

static_assert(sizeof(osmium::NodeRef) == sizeof(louyu_osm_node_ref), "node references are handed over as they lie");
static_assert(osmium::Location::undefined_coordinate == INT32_MAX, "the header promises INT32_MAX");

louyu_osm_object describe(int32_t kind, const osmium::OSMObject &source) {
    louyu_osm_object object{};
    object.kind = kind;
    object.id = source.id();
    const auto &tags = source.tags();
    if (!tags.empty()) {
        object.tags = tags.begin()->key();
        object.tag_bytes = tags.byte_size() - sizeof(osmium::TagList);
    }
    return object;
}

// libosmium takes names like "http:…" for addresses to download from.
std::string as_local_path(const char *path) { return path[0] == '/' ? path : std::string{"./"} + path; }

} // namespace

osmium::io::Decompressor *packed_input::open_gzip(int descriptor) {
    return new PackedInput{std::make_unique<osmium::io::GzipDecompressor>(descriptor)};
}

osmium::io::Decompressor *packed_input::open_bzip2(int descriptor) {
    return new PackedInput{std::make_unique<osmium::io::Bzip2Decompressor>(descriptor)};
}

louyu_osm_reader::louyu_osm_reader(const char *path, const char *format)
    : file(as_local_path(path), format), pool(unpacking_threads, unpacking_queue),
      relations(first_capacity, osmium::memory::Buffer::auto_grow::yes),
      member_ways(first_capacity, osmium::memory::Buffer::auto_grow::yes),
      areas(first_capacity, osmium::memory::Buffer::auto_grow::yes) {
    config.create_empty_areas = false;
}

bool louyu_osm_reader::next(louyu_osm_object &object) {
    current_relation = nullptr;
    current_way = nullptr;
    if (phase == Phase::opening) {
        if (file.format() == osmium::io::file_format::pbf) BlobFrames::check(file.filename().c_str());
        open(osmium::osm_entity_bits::node | osmium::osm_entity_bits::relation);
        if (reader->header().has_multiple_object_versions()) throw History{};
        phase = Phase::nodes_and_relations;
    }
    if (phase == Phase::nodes_and_relations) {
        if (next_node_or_relation(object)) return true;
        begin_ways();
    }
    if (phase == Phase::ways) {
        if (next_way(object)) return true;
        offset_of_earlier_passes += reader->offset();
        reader.reset();
        phase = Phase::areas;
    }
    if (phase == Phase::areas) {
        if (next_area(object)) return true;
        phase = Phase::done;
    }
    return false;
}

std::size_t louyu_osm_reader::offset() const { return offset_of_earlier_passes + (reader ? reader->offset() : 0); }

void louyu_osm_reader::open(osmium::osm_entity_bits::type entities) {
    reader.reset(new osmium::io::Reader{file, entities, osmium::io::read_meta::no, pool});
    file_size = reader->file_size();
    buffer = osmium::memory::Buffer{};
    place = 0;
}

void louyu_osm_reader::check_memory() const {
    const std::size_t taken =
        locations.bytes() + relations.capacity() + member_ways.capacity() + members.capacity() * sizeof(Member);
    if (taken > memory_for_any_file + memory_per_byte * file_size) throw TooLarge{};
}

osmium::OSMObject *louyu_osm_reader::next_in_file() {
    while (true) {
        if (!buffer || place >= buffer.committed()) {
            check_memory();
            buffer = reader->read();
            place = 0;
            if (!buffer) {
                reader->close();
                return nullptr;
            }
        }
        auto &item = buffer.get<osmium::memory::Item>(place);
        place += item.padded_size();
        const auto type = item.type();
        if (type == osmium::item_type::node || type == osmium::item_type::way || type == osmium::item_type::relation) {
            auto &object = static_cast<osmium::OSMObject &>(item);
            if (object.visible()) return &object;
        }
    }
}

bool louyu_osm_reader::next_node_or_relation(louyu_osm_object &object) {
    while (auto *source = next_in_file()) {
        if (source->type() == osmium::item_type::node) {
            const auto location = static_cast<const osmium::Node *>(source)->location();
            const bool is_known = location.valid();
            node = {source->id(), is_known ? location.x() : INT32_MAX, is_known ? location.y() : INT32_MAX};
            if (is_known) locations.add(node.id, node.x, node.y);
            if (source->tags().empty()) continue;
            object = describe(LOUYU_OSM_NODE, *source);
            object.nodes = &node;
            object.node_count = 1;
            object.missing_nodes = is_known ? 0 : 1;
            return true;
        }
        if (source->type() == osmium::item_type::relation && !source->tags().empty()) {
            current_relation = static_cast<const osmium::Relation *>(source);
            object = describe(LOUYU_OSM_RELATION, *source);
            return true;
        }
    }
    return false;
}

void louyu_osm_reader::keep(uint32_t groups) {
    if (!current_relation) return;
    kept.push_back({relations.committed(), groups});
    relations.add_item(*current_relation);
    relations.commit();
    for (const auto &member : current_relation->members()) {
        if (member.type() == osmium::item_type::way) members.push_back({member.ref(), groups, nowhere});
    }
}

void louyu_osm_reader::begin_ways() {
    locations.finish();
    std::sort(members.begin(), members.end(), [](const Member &a, const Member &b) { return a.id < b.id; });
    std::size_t count = 0;
    for (const auto &member : members) {
        if (count > 0 && members[count - 1].id == member.id) {
            members[count - 1].groups |= member.groups;
        } else {
            members[count++] = member;
        }
    }
    members.resize(count);
    offset_of_earlier_passes += reader->offset();
    reader.reset();
    open(osmium::osm_entity_bits::way);
    phase = Phase::ways;
}

bool louyu_osm_reader::next_way(louyu_osm_object &object) {
    while (auto *source = next_in_file()) {
        if (source->type() != osmium::item_type::way) continue;
        auto &way = static_cast<osmium::Way &>(*source);
        object = describe(LOUYU_OSM_WAY, way);
        locate_nodes(way, object);
        if (auto *member = find_member(way.id())) {
            object.groups = member->groups;
            if (member->place == nowhere) {
                member->place = member_ways.committed();
                member_ways.add_item(way);
                member_ways.commit();
            }
        }
        if (way.tags().empty()) continue;
        current_way = &way;
        return true;
    }
    return false;
}

void louyu_osm_reader::locate_nodes(osmium::Way &way, louyu_osm_object &object) {
    for (auto &reference : way.nodes()) {
        if (!reference.location().valid()) {
            const auto found = locations.find(reference.ref());
            reference.set_location(osmium::Location{found.x, found.y});
            if (found.x == INT32_MAX) ++object.missing_nodes;
        }
    }
    object.nodes = reinterpret_cast<const louyu_osm_node_ref *>(way.nodes().begin());
    object.node_count = way.nodes().size();
}

louyu_osm_reader::Member *louyu_osm_reader::find_member(int64_t id) {
    const auto found = std::lower_bound(
        members.begin(), members.end(), id, [](const Member &member, int64_t wanted) { return member.id < wanted; });
    return found != members.end() && found->id == id ? &*found : nullptr;
}

bool louyu_osm_reader::next_area(louyu_osm_object &object) {
    if (kept_given == kept.size()) return false;
    const auto &[relation_place, groups] = kept[kept_given++];
    const auto &relation = relations.get<osmium::Relation>(relation_place);
    object = describe(LOUYU_OSM_BROKEN, relation);
    object.groups = groups;
    const auto ways = gather(relation, object);
    if (object.missing_ways + object.missing_nodes > 0 || ways.empty()) {
        object.kind = LOUYU_OSM_INCOMPLETE;
    } else if (!assembly_takes_too_long(ways)) {
        areas.clear();
        osmium::area::Assembler assembler{config};
        if (assembler(relation, ways, areas)) object.kind = LOUYU_OSM_AREA;
    }
    if (object.kind == LOUYU_OSM_AREA) {
        list_rings(object);
    } else {
        list_members(relation, object);
    }
    return true;
}

std::vector<const osmium::Way *> louyu_osm_reader::gather(
    const osmium::Relation &relation, louyu_osm_object &object) {
    std::vector<const osmium::Way *> ways;
    for (const auto &member : relation.members()) {
        if (member.type() != osmium::item_type::way) continue;
        const auto *found = find_member(member.ref());
        if (!found || found->place == nowhere) {
            ++object.missing_ways;
            continue;
        }
        const auto &way = member_ways.get<osmium::Way>(found->place);
        for (const auto &reference : way.nodes()) {
            if (!reference.location().valid()) ++object.missing_nodes;
        }
        ways.push_back(&way);
    }
    return ways;
}

void louyu_osm_reader::list_members(const osmium::Relation &relation, louyu_osm_object &object) {
    listed_members.clear();
    for (const auto &member : relation.members()) {
        listed_members.push_back({member.ref(), member.role(), osmium::item_type_to_char(member.type())});
    }
    object.members = listed_members.data();
    object.member_count = listed_members.size();
}

bool louyu_osm_reader::assemble_way(louyu_osm_object &area) {
    if (!current_way || current_way->nodes().size() < 4) return false;
    if (assembly_takes_too_long({current_way})) return false;
    areas.clear();
    osmium::area::Assembler assembler{config};
    if (!assembler(*current_way, areas)) return false;
    area = describe(LOUYU_OSM_AREA, *current_way);
    list_rings(area);
    return true;
}

void louyu_osm_reader::list_rings(louyu_osm_object &object) {
    ring_nodes.clear();
    rings.clear();
    const auto add = [this](const osmium::NodeRefList &ring, bool is_inner) {
        rings.push_back({ring_nodes.size(), ring.size(), is_inner ? 1 : 0});
        for (const auto &reference : ring) {
            ring_nodes.push_back({reference.ref(), reference.location().x(), reference.location().y()});
        }
    };
    const auto &area = areas.get<osmium::Area>(0);
    for (const auto &outer : area.outer_rings()) {
        add(outer, false);
        for (const auto &inner : area.inner_rings(outer)) add(inner, true);
    }
    object.nodes = ring_nodes.data();
    object.node_count = ring_nodes.size();
    object.rings = rings.data();
    object.ring_count = rings.size();
}
