#ifndef LOUYU_BLOB_FRAMES_HPP
#define LOUYU_BLOB_FRAMES_HPP

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <fcntl.h>
#include <osmium/io/detail/pbf.hpp>
#include <protozero/pbf_reader.hpp>
#include <protozero/varint.hpp>
#include <string>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

// Walks over the frames of a PBF file without unpacking them. libosmium takes
// a frame of length 0, or one to three stray bytes, for the end of the file
// and would lose what follows without a word; and it unpacks some twenty blobs
// ahead, whatever size they claim.
class BlobFrames {
public:
    // Throws osmium::pbf_error where the frames do not fill the file exactly,
    // or a blob claims an unbelievable size.
    static void check(const char *path) {
        const BlobFrames frames{path};
        uint64_t offset = 0;
        while (offset < frames.size) offset = frames.end_of_blob(offset);
    }

private:
    static constexpr uint64_t largest_header = 64 * 1024;
    static constexpr uint64_t largest_blob = 32 * 1024 * 1024;
    // Maps shrink to a third or a tenth; nothing but a trap to a twentieth.
    static constexpr uint64_t harmless_unpacked_size = 128 * 1024;
    static constexpr uint64_t largest_packing_ratio = 20;

    explicit BlobFrames(const char *path) : descriptor(::open(path, O_RDONLY | O_CLOEXEC)) {
        struct stat status {};
        if (descriptor < 0 || ::fstat(descriptor, &status) != 0) {
            throw std::system_error{errno, std::system_category(), "open failed"};
        }
        size = static_cast<uint64_t>(status.st_size);
    }
    BlobFrames(const BlobFrames &) = delete;
    BlobFrames &operator=(const BlobFrames &) = delete;
    ~BlobFrames() {
        if (descriptor >= 0) ::close(descriptor);
    }

    uint64_t end_of_blob(uint64_t offset) const {
        unsigned char bytes[4];
        read(offset, reinterpret_cast<char *>(bytes), sizeof bytes);
        const uint64_t header_size = uint64_t{bytes[0]} << 24U | uint64_t{bytes[1]} << 16U | uint64_t{bytes[2]} << 8U |
                                     uint64_t{bytes[3]};
        if (header_size == 0 || header_size > largest_header) throw osmium::pbf_error{"bad length of a blob header"};
        std::string header(header_size, '\0');
        read(offset + sizeof bytes, &header[0], header_size);
        const uint64_t blob = offset + sizeof bytes + header_size;
        const uint64_t packed_size = blob_size(header);
        if (packed_size > size - blob) throw osmium::pbf_error{"truncated blob"};
        if (unpacked_size(blob, packed_size) > harmless_unpacked_size + packed_size * largest_packing_ratio) {
            throw osmium::pbf_error{"a blob claims to unpack to far more than a map does"};
        }
        return blob + packed_size;
    }

    // Field 2 of a Blob, which writers put first; 0 where it does not stand there.
    uint64_t unpacked_size(uint64_t blob, uint64_t packed_size) const {
        std::string start(std::min<uint64_t>(packed_size, 16), '\0');
        read(blob, &start[0], start.size());
        const char *data = start.data();
        if (*data++ != 0x10) return 0;
        try {
            return protozero::decode_varint(&data, start.data() + start.size());
        } catch (const protozero::exception &) {
            return 0;
        }
    }

    static uint64_t blob_size(const std::string &header) {
        uint64_t result = 0;
        bool has_type = false;
        protozero::pbf_reader message{header};
        while (message.next()) {
            if (message.tag_and_type() == protozero::tag_and_type(3, protozero::pbf_wire_type::varint)) {
                const int32_t stated = message.get_int32();
                result = stated > 0 ? static_cast<uint64_t>(stated) : 0;
            } else {
                has_type = has_type || message.tag() == 1;
                message.skip();
            }
        }
        if (!has_type) throw osmium::pbf_error{"a blob without a type"};
        if (result == 0 || result > largest_blob) throw osmium::pbf_error{"bad length of a blob"};
        return result;
    }

    void read(uint64_t offset, char *into, uint64_t count) const {
        if (offset + count > size) throw osmium::pbf_error{"truncated blob"};
        while (count > 0) {
            const auto got = ::pread(descriptor, into, count, static_cast<off_t>(offset));
            if (got < 0 && errno == EINTR) continue;
            if (got < 0) throw std::system_error{errno, std::system_category(), "read failed"};
            if (got == 0) throw osmium::pbf_error{"truncated blob"};
            into += got;
            offset += static_cast<uint64_t>(got);
            count -= static_cast<uint64_t>(got);
        }
    }

    int descriptor;
    uint64_t size = 0;
};

#endif
