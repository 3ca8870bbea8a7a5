/// The bytes of a text whose middle is repeated: what crafted files are made of.
func text(_ head: String, _ middle: String, _ count: Int, _ tail: String = "") -> [UInt8] {
    var bytes = Array(head.utf8)
    let middle = Array(middle.utf8)
    bytes.reserveCapacity(bytes.count + middle.count * count + tail.utf8.count)
    for _ in 0..<count { bytes += middle }
    return bytes + tail.utf8
}
