/// Why a request could not be answered: what, where, and what to do next.
///
/// Bad records are no failures: they are counted and kept as `Rejection`s.
public struct Failure: Error, Hashable, Sendable {
    /// The kind of a failure. Its raw value is the exit status of the program
    /// (BSD `sysexits`).
    public enum Code: Int32, Sendable, CaseIterable {
        /// The request itself is malformed.
        case usage = 64
        /// The input can be read but not used.
        case unusableInput = 65
        /// A file or place that is named does not exist.
        case notFound = 66
        /// A defect of the program.
        case software = 70
        /// An output cannot be made, or exists already.
        case cannotCreate = 73
        /// Reading or writing failed, or the disk is full.
        case inputOutput = 74
        /// Somebody else holds the file; later it may work.
        case locked = 75
        /// The user broke off.
        case interrupted = 130
    }

    /// The kind.
    public let code: Code
    /// What went wrong, and where.
    public let what: Text
    /// What to do next.
    public let hint: Text?

    /// Makes a failure.
    public init(_ code: Code, _ what: Text, hint: Text? = nil) {
        self.code = code
        self.what = what
        self.hint = hint
    }

    /// One line: what, where; what to do next.
    public func line(in language: Language) -> String {
        guard let hint else { return what[language] }
        return what[language] + (language == .zh ? "；" : "; ") + hint[language]
    }
}

extension Failure: CustomStringConvertible {
    /// The English line.
    public var description: String { line(in: .en) }
}
