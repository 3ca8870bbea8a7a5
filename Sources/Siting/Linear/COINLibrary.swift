import CCbc

/// CLP and CBC: opened on first use, asked for failures after every call that
/// takes memory or thinks.
enum COINLibrary {
    /// Opens the libraries and makes a model of one of them.
    static func make(
        _ model: () -> UnsafeMutableRawPointer?
    ) throws(PlacementFailure) -> UnsafeMutableRawPointer {
        if let reason = louyu_cbc_open() { throw .solver(String(cString: reason)) }
        let model = model()
        try check()
        guard let model else { throw .solver("CBC: no model") }
        return model
    }

    /// Throws what left the library since the last check.
    static func check() throws(PlacementFailure) {
        if let reason = louyu_cbc_failure() { throw .solver(String(cString: reason)) }
    }

    /// Infinity as COIN-OR has it: the greatest finite number.
    @inline(__always)
    static func finite(_ bound: Double) -> Double {
        max(-Double.greatestFiniteMagnitude, min(Double.greatestFiniteMagnitude, bound))
    }
}
