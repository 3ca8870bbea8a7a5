internal import CGEOS
public import Messages

/// The GEOS library, which is opened on first use: a question of distance or
/// place never needs it.
public enum GEOSLibrary {
    /// Opens GEOS before work that needs it.
    ///
    /// Without this the first operation opens it, and fails with a
    /// `GEOSError` where it cannot.
    ///
    /// - Throws: `Failure` of code `unusableInput` where GEOS is not installed.
    public static func open() throws(Failure) {
        guard louyu_geos_context() == nil else { return }
        throw Failure(.unusableInput, .geosMissing(String(cString: louyu_geos_message())), hint: .installGEOS)
    }
}
