@testable import Atlas
import Spatial
import Store
import Testing

/// Edits by hand, where another change comes between looking up and writing.
@Suite struct EditTests {
    @Test func aRowThatIsAnotherRecordByNowIsNotTouched() throws {
        let town = try LedgerTown()
        let other = try LedgerTown([("elsewhere", "别处大厦", nil, 106.5, 29.5)])
        let lookedUp = try #require(try other.building("elsewhere"))
        let report = try AtlasFile.change(path: town.path) { change in
            let run = EditRun(change, options: EditOptions())
            var edit = RecordEdit(record: "elsewhere")
            edit.values = [("grade", "A")]
            try run.take(edit) { try run.set(edit, lookedUp) }
            try run.take(edit) { try run.end(edit, lookedUp) }
            return (run.report, .commit)
        }
        #expect(report.done.isEmpty && report.refused.count == 2)
        let untouched = try #require(try town.building("b1"))
        #expect(untouched.fid == lookedUp.fid && untouched["grade"] == nil && untouched["ended_at"] == nil)
    }
}
