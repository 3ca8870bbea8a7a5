#ifndef NDEBUG
#define NDEBUG
#endif

#include "COsmium.h"
#include "PackedInput.hpp"
#include "Reader.hpp"
#include <new>
#include <system_error>

namespace {

// Runs `body` and turns whatever it throws into a status and a message.
template <typename Body>
int guarded(louyu_osm_reader *reader, Body body) noexcept {
    const auto say = [reader](const char *text) {
        try {
            reader->message = text;
        } catch (...) {
        }
    };
    try {
        return body() ? LOUYU_OSM_OK : LOUYU_OSM_END;
    } catch (const louyu_osm_reader::History &) {
        return LOUYU_OSM_HISTORY;
    } catch (const louyu_osm_reader::TooLarge &) {
        return LOUYU_OSM_TOO_LARGE;
    } catch (const PackedInput::Bursting &) {
        return LOUYU_OSM_TOO_LARGE;
    } catch (const std::bad_alloc &) {
        return LOUYU_OSM_OUT_OF_MEMORY;
    } catch (const std::system_error &error) {
        say(error.what());
        return LOUYU_OSM_READ_ERROR;
    } catch (const std::exception &error) {
        say(error.what());
        return LOUYU_OSM_BAD_FILE;
    } catch (...) {
        return LOUYU_OSM_BAD_FILE;
    }
}

} // namespace

louyu_osm_reader *louyu_osm_open(const char *path, const char *format) {
    try {
        return new louyu_osm_reader{path, format};
    } catch (...) {
        return nullptr;
    }
}

void louyu_osm_close(louyu_osm_reader *reader) { delete reader; }

int louyu_osm_next(louyu_osm_reader *reader, louyu_osm_object *object) {
    return guarded(reader, [=] { return reader->next(*object); });
}

int louyu_osm_keep(louyu_osm_reader *reader, uint32_t groups) {
    return guarded(reader, [=] {
        reader->keep(groups);
        return true;
    });
}

int louyu_osm_assemble(louyu_osm_reader *reader, louyu_osm_object *area) {
    return guarded(reader, [=] { return reader->assemble_way(*area); });
}

size_t louyu_osm_offset(const louyu_osm_reader *reader) { return reader->offset(); }

const char *louyu_osm_message(const louyu_osm_reader *reader) { return reader->message.c_str(); }
