import Messages

/// The parts of a workbook in its zip archive (ECMA-376, part 2), by names
/// without regard to case.
struct WorkbookPackage {
    /// The archive.
    let archive: ZipArchive
    /// The size of the file, in bytes.
    let size: Int
    /// The path as the user gave it.
    var path: String { archive.path }

    private let membersByName: [String: Int]
    private let doubledNames: Set<String>

    /// Opens a file.
    ///
    /// - Throws: `Failure`: `.unusableInput` for what is no workbook of this
    ///   kind, with what to do about it; as `RandomAccessFile` and `ZipArchive` do.
    init(path: String) throws(Failure) {
        let file = try RandomAccessFile(path: path)
        let start = try file.bytes(at: 0, atMost: 8)
        guard !start.isEmpty else { throw Failure(.unusableInput, .fileIsEmpty(path), hint: .checkSource) }
        if start == CompoundFile.mark { throw try CompoundFile.refusal(file) }
        guard start.starts(with: [0x50, 0x4B]) else {
            throw Failure(.unusableInput, .noWorkbook(path), hint: .saveAsXLSX)
        }
        size = file.size
        let archive = try ZipArchive(path: path)
        var (members, doubled): ([String: Int], Set<String>) = ([:], [])
        for member in archive.members {
            let name = Self.key(member.name)
            if members.updateValue(member.index, forKey: name) != nil { doubled.insert(name) }
        }
        (self.archive, membersByName, doubledNames) = (archive, members, doubled)
    }

    /// The part of a name; `nil` where there is none.
    ///
    /// - Throws: `Failure` with `.unusableInput` where there are two.
    func part(_ name: String) throws(Failure) -> ZipArchive.Member? {
        let key = Self.key(name)
        guard !doubledNames.contains(key) else { throw failure(name, .partTwice) }
        return membersByName[key].flatMap { index in archive.members.first { $0.index == index } }
    }

    /// The part of a name.
    ///
    /// - Throws: `Failure` with `.unusableInput` where there is none, or two.
    func requiredPart(_ name: String) throws(Failure) -> ZipArchive.Member {
        guard let part = try part(name) else { throw failure(name, .partMissing) }
        return part
    }

    /// What is wrong with a part.
    func failure(_ part: String, _ fault: Text) -> Failure {
        Failure(.unusableInput, .workbookPart(path, part, fault), hint: .saveWorkbookAgain)
    }

    private static func key(_ name: String) -> String {
        let slashed = name.lowercased().replacing("\\", with: "/")
        return slashed.hasPrefix("/") ? String(slashed.dropFirst()) : slashed
    }

    // MARK: Relationships

    /// A relationship of a part to another.
    struct Relationship {
        /// By what the part names it.
        let id: String
        /// The last word of its type (`worksheet`, `styles` …), which is the
        /// same in the transitional and the strict kind.
        let type: String
        /// The name of the other part; `nil` outside of the file.
        let target: String?
    }

    /// The relationships of a part; of the package for an empty name.
    ///
    /// - Throws: `Failure` with `.unusableInput`.
    func relationships(of part: String) throws(Failure) -> [Relationship] {
        guard let member = try self.part(Self.relations(of: part)) else { return [] }
        let folder = part.lastIndex(of: "/").map { String(part[...$0]) } ?? ""
        let xml = try XMLStream(archive, member, interest: [.relationship], wantsText: false)
        var relationships: [Relationship] = []
        while let event = try xml.next() {
            guard event.kind == .start, let id = xml.text(of: "Id", in: event),
                let type = xml.text(of: "Type", in: event), let target = xml.text(of: "Target", in: event)
            else { continue }
            guard relationships.count < Self.mostRelationships else { throw xml.failure(.tooManyEntries) }
            let isOutside = xml.text(of: "TargetMode", in: event)?.lowercased() == "external"
            let word = type.lastIndex(of: "/").map { type[type.index(after: $0)...] } ?? type[...]
            relationships.append(
                Relationship(id: id, type: String(word), target: isOutside ? nil : Self.resolve(target, in: folder)))
        }
        return relationships
    }

    private static let mostRelationships = 10_000

    /// The name of the part with the relationships of a part.
    static func relations(of part: String) -> String {
        guard let slash = part.lastIndex(of: "/") else { return "_rels/\(part).rels" }
        return "\(part[...slash])_rels/\(part[part.index(after: slash)...]).rels"
    }

    /// The name that a target means; `nil` where it leads out of the archive.
    private static func resolve(_ target: String, in folder: String) -> String? {
        let target = target.replacing("\\", with: "/")
        let whole = target.hasPrefix("/") ? target : folder + target
        var steps: [Substring] = []
        for step in whole.split(separator: "/") where step != "." {
            guard step == ".." else {
                steps.append(step)
                continue
            }
            guard steps.popLast() != nil else { return nil }
        }
        return steps.joined(separator: "/")
    }
}
