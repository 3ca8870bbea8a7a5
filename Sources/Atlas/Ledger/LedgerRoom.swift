import Exchange
import Messages

/// What the rows of a ledger take in memory, which a small file may not make
/// much of.
struct LedgerRoom {
    private let path: String
    private var taken = 0

    /// What rows may take for nothing, in bytes, and for each byte of the file.
    private static let freeBytes = 14 << 20
    private static let bytesAByte = 14
    private static let bytesARow = 700
    private static let bytesACell = MemoryLayout<SheetCell.Value>.stride
    /// A text that is too long to stand in its cell takes so much beside its bytes.
    private static let bytesALongText = 32
    private static let longestShortText = 15
    private static let bytesADoubt = 250
    private static let bytesACandidate = 150

    init(path: String) { self.path = path }

    /// Counts a row of a file of so many bytes.
    ///
    /// - Throws: `Failure` with `.unusableInput` where there is no room for it.
    mutating func take(_ row: LedgerRow, of fileSize: Int) throws(Failure) {
        var bytes = Self.bytesARow + Self.bytesACell * row.cells.count
        for cell in row.cells where cell.textBytes > Self.longestShortText {
            // Once as it stands there, once as it was understood.
            bytes += 2 * (Self.bytesALongText + cell.textBytes)
        }
        try take(bytes, row: row.number, of: fileSize)
    }

    /// Counts what a person is asked about a row.
    ///
    /// - Throws: as the other.
    mutating func take(_ candidates: [LedgerCandidate], row: Int, of fileSize: Int) throws(Failure) {
        try take(Self.bytesADoubt + Self.bytesACandidate * candidates.count, row: row, of: fileSize)
    }

    private mutating func take(_ bytes: Int, row: Int, of fileSize: Int) throws(Failure) {
        taken += bytes
        guard taken <= Self.freeBytes + Self.bytesAByte * fileSize else {
            throw Failure(.unusableInput, .ledgerTooLong(path, row: row), hint: .splitLedger)
        }
    }
}
