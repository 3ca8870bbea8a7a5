#ifndef LOUYU_JSON_BUFFERS_HPP
#define LOUYU_JSON_BUFFERS_HPP

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <unordered_map>

// Bytes that grow without being zeroed first.
class byte_buffer {
public:
    size_t size() const { return size_; }
    const uint8_t *data() const { return data_.get(); }
    void truncate(size_t size) { size_ = size; }

    // Room for more bytes; the pointer to where they go.
    uint8_t *room(size_t more) {
        if (size_ + more > capacity_) grow(size_ + more);
        return data_.get() + size_;
    }
    void advance(size_t count) { size_ += count; }

    void append(const void *bytes, size_t count) {
        std::memcpy(room(count), bytes, count);
        size_ += count;
    }

    // Gives memory back after an unusually large record.
    void shrink(size_t most) {
        if (capacity_ <= most) return;
        data_.reset();
        size_ = capacity_ = 0;
    }

private:
    struct release {
        void operator()(uint8_t *bytes) const { std::free(bytes); }
    };

    void grow(size_t needed) {
        const size_t capacity = needed < 65536 ? 65536 : needed + needed / 2;
        auto *moved = static_cast<uint8_t *>(std::realloc(data_.get(), capacity));
        if (!moved) throw std::bad_alloc();
        (void)data_.release();
        data_.reset(moved);
        capacity_ = capacity;
    }

    std::unique_ptr<uint8_t, release> data_;
    size_t size_ = 0, capacity_ = 0;
};

// Names of fields, each numbered once for the whole stream.
class key_table {
public:
    static constexpr size_t most = 100000;

    size_t size() const { return names_.size(); }
    const std::string &name(size_t index) const { return names_[index]; }

    // The number of a name; `most` where there are too many.
    uint32_t number(std::string_view name) {
        const auto known = numbers_.find(name);
        if (known != numbers_.end()) return known->second;
        if (names_.size() == most) return most;
        names_.emplace_back(name);
        const auto index = uint32_t(names_.size() - 1);
        numbers_.emplace(names_.back(), index);
        return index;
    }

private:
    std::deque<std::string> names_;  // never moves its elements: the map's keys point into them
    std::unordered_map<std::string_view, uint32_t> numbers_;
};

#endif
