import Foundation
import TestSupport
import Testing

@Suite("site over a town", .enabled(if: Louyu.path != nil, "needs the built program"))
struct SiteTownTests {
    private let place: Workplace

    init() throws { place = try StreetTown.workplace() }

    private func site(_ words: [String]) throws -> JSON {
        try place.json(["site", "--kind", "clinic", "--minutes", "5"] + words)
    }

    @Test func `kept stations need no column of the candidates`() throws {
        let answer = try site(["--budget", "20", "--cost", "storeys", "--capacity", "floor_area_m2"])
        #expect(answer["kept"].array.count == 2)
        #expect(answer["proven"] == .boolean(true))
        let notes = try place.louyu(["site", "--kind", "clinic", "-k", "1", "--capacity", "storeys"])
        #expect(notes.status == 0 && notes.errors.contains("2 stations that stay tell no capacity"))
        let unknown = try place.louyu(["site", "--kind", "clinic", "-k", "1", "--capacity", "nothing"])
        #expect(unknown.status == 64 && unknown.errors.contains("nothing"))
    }

    @Test func `places that a file repeats, and stations that stay, are one site`() throws {
        try place.write("sites.csv", "ref\nW1\nW1\nE2\nC1\n")
        let answer = try site(["-k", "2", "--candidates", "sites.csv"])
        #expect(answer["candidates"].integer == 2)
        let told = try place.louyu(["site", "--kind", "clinic", "-k", "2", "--candidates", "sites.csv"])
        #expect(told.errors.contains("2 candidates are left out") && !told.errors.contains("WGS 84"))
        #expect(try place.louyu(["site", "--kind", "clinic", "-k", "3", "--candidates", "sites.csv"]).status == 65)
    }

    @Test func `a kind that is new is said to be new, and a folder is no file`() throws {
        let new = try place.louyu(["site", "--kind", "library", "-k", "1"])
        #expect(new.status == 0 && new.errors.contains("\"library\"") && new.errors.contains("clinic, school"))
        let folder = try place.louyu(["site", "--kind", "clinic", "-k", "1", "--candidates", "."])
        #expect(folder.status == 65 && folder.errors.contains("is a folder"))
    }

    @Test func `what cannot be served with so few stations is said of their number`() throws {
        try place.write("sparse.csv", "site,demand,cost\na,1,2\nb,2,3\na,3,4\n")
        let answer = try place.louyu(["site", "--costs", "sparse.csv", "--goal", "median", "-k", "1"])
        #expect(answer.status == 65 && answer.errors.contains("so many stations cannot serve all demand"))
        #expect(try place.json(["site", "--costs", "sparse.csv", "--goal", "median", "-k", "2"])["value"].number == 9)
    }
}
