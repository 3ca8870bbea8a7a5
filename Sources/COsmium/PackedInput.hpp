#ifndef LOUYU_PACKED_INPUT_HPP
#define LOUYU_PACKED_INPUT_HPP

#include <atomic>
#include <cstddef>
#include <memory>
#include <osmium/io/compression.hpp>
#include <stdexcept>
#include <string>
#include <utility>

// Unpacks no more of a packed file than maps hold. libosmium builds an object
// in memory as long as the file goes on with it, and packing makes a thousand
// bytes out of one.
class PackedInput final : public osmium::io::Decompressor {
public:
    // What is unpacked is out of proportion to the file.
    struct Bursting {};

    explicit PackedInput(std::unique_ptr<osmium::io::Decompressor> from) : source(std::move(from)) {
        source->set_offset_ptr(&packed);
    }

    std::string read() override {
        source->set_want_buffered_pages_removed(want_buffered_pages_removed());
        auto bytes = source->read();
        unpacked += bytes.size();
        set_offset(packed);
        if (unpacked > harmless + packed * largest_ratio) throw Bursting{};
        return bytes;
    }

    void close() override { source->close(); }

private:
    // Maps as XML shrink to a tenth or a fifteenth.
    static constexpr std::size_t harmless = 8 * 1024 * 1024;
    static constexpr std::size_t largest_ratio = 32;

    std::unique_ptr<osmium::io::Decompressor> source;
    std::atomic<std::size_t> packed{0};
    std::size_t unpacked = 0;
};

namespace packed_input {

osmium::io::Decompressor *open_gzip(int descriptor);
osmium::io::Decompressor *open_bzip2(int descriptor);

inline bool register_input(osmium::io::file_compression kind, osmium::io::Decompressor *(*open)(int)) {
    return osmium::io::CompressionFactory::instance().register_compression(
        kind, [](int, osmium::io::fsync) -> osmium::io::Compressor * { throw std::logic_error{"nothing is packed here"}; },
        [open](int descriptor) { return open(descriptor); },
        [](const char *, std::size_t) -> osmium::io::Decompressor * { throw std::logic_error{"files only"}; });
}

} // namespace packed_input

#endif
