import CCrypto
public import Messages

/// The SHA-256 of a stream of bytes, by the system's cryptographic library
/// (FIPS 180-4; with the processor's SHA instructions where it has them).
///
/// Used by one thread at a time.
public final class ContentHash {
    private let state: OpaquePointer
    private var isSound = true
    private var digest: String?

    /// Begins a hash.
    ///
    /// - Throws: `Failure` with `.notFound` where the library is missing.
    public init() throws(Failure) {
        guard let state = ccrypto_sha256_new() else {
            throw Failure(.notFound, .noCryptoLibrary, hint: .installCryptoLibrary)
        }
        self.state = state
    }

    deinit { ccrypto_sha256_free(state) }

    /// Adds bytes.
    ///
    /// - Precondition: `hex` has not been called, or there are no bytes.
    /// - Complexity: O(bytes), about 0.6 ns each with SHA instructions.
    public func update(_ bytes: UnsafeRawBufferPointer) {
        guard !bytes.isEmpty else { return }
        precondition(digest == nil, "the hash is finished")
        if ccrypto_sha256_update(state, bytes.baseAddress, bytes.count) == 0 { isSound = false }
    }

    /// Ends the hash: 64 lower-case hexadecimal digits. May be asked again.
    ///
    /// - Throws: `Failure` with `.software` where the library refused.
    public func hex() throws(Failure) -> String {
        if let digest { return digest }
        var bytes = [UInt8](repeating: 0, count: Int(CCRYPTO_SHA256_SIZE))
        guard isSound, ccrypto_sha256_finish(state, &bytes) == 1 else {
            isSound = false
            throw Failure(.software, .hashFailed)
        }
        let digits = Array("0123456789abcdef".utf8)
        let text = String(
            decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
        digest = text
        return text
    }
}
