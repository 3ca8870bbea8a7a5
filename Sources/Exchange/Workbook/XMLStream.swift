import CExpat
import Foundation
import Messages

/// The elements and texts of one part of a workbook, as they are unpacked.
///
/// Bounded whatever the part claims: elements nested deeper than 128, names
/// longer than 1,000 bytes or of more kinds than any workbook has, tags longer
/// than 1 MB, document types (and so entities) and parts that unpack to more
/// than 250 times their size are refused.
final class XMLStream {
    /// The name of the part, for messages.
    let part: String
    /// Names, values and texts of the current events.
    private(set) var bytes: [UInt8] = []
    /// Attributes of the current events.
    private(set) var attributes: [XMLAttribute] = []
    /// How many bytes of XML have been read.
    private(set) var bytesRead = 0
    /// How many bytes the part takes in the file.
    let packedSize: Int

    private let input: ZipMemberInput
    private let path: String
    private let interest: UInt32
    private let wantsText: Bool
    private let parser: OpaquePointer
    private var events: [XMLEvent] = []
    private var nextEvent = 0
    private var open: [XMLTag] = []
    private var names: Set<Int> = []
    private var nameBytes = 0
    private var fault: Text?
    private var isAtEnd = false

    private static let pieceSize = 1 << 18
    private static let longestToken = 1 << 20
    private static let deepest = 128
    private static let longestName = 1000
    private static let mostNameBytes = 1 << 18
    private static let harmlessSize = 64 << 20
    private static let largestRatio = 250

    /// Opens a part.
    ///
    /// - Parameters:
    ///   - archive: the workbook.
    ///   - member: the part.
    ///   - interest: the elements whose starts and ends are told; `nil` for all known.
    ///   - wantsText: whether texts are told.
    /// - Throws: `Failure` with `.unusableInput` where it says that it unpacks
    ///   to more than any honest one, or as `ZipArchive.open` does.
    init(
        _ archive: ZipArchive, _ member: ZipArchive.Member, interest: [XMLTag]? = nil, wantsText: Bool = true
    ) throws(Failure) {
        guard member.size <= max(Self.harmlessSize, Self.largestRatio.multipliedClamping(member.packedSize)) else {
            throw Failure(
                .unusableInput,
                .workbookPart(archive.path, member.name, .unpacksTooLarge(ratio: Self.largestRatio)),
                hint: .saveWorkbookAgain)
        }
        guard let parser = XML_ParserCreate(nil) else { throw Failure(.software, .outOfMemory(archive.path)) }
        self.parser = parser
        (part, path, packedSize) = (member.name, archive.path, member.packedSize)
        self.interest = interest.map { $0.reduce(0) { $0 | 1 << UInt32($1.rawValue) } } ?? ~1
        self.wantsText = wantsText
        do throws(Failure) { input = try archive.open(member) } catch {
            XML_ParserFree(parser)
            throw error
        }
        listen()
    }

    deinit { XML_ParserFree(parser) }

    /// The next event; `nil` at the end of a sound document. What `bytes` and
    /// `attributes` held for earlier ones is gone with the call.
    ///
    /// - Throws: `Failure` with `.unusableInput` that names the part.
    @inline(__always)
    func next() throws(Failure) -> XMLEvent? {
        if nextEvent == events.count, try !readPiece() { return nil }
        nextEvent += 1
        return events[nextEvent - 1]
    }

    /// The value of an attribute of a start.
    func value(of name: StaticString, in event: XMLEvent) -> Range<Int>? {
        bytes.withUnsafeBytes { bytes in
            for attribute in attributes[event.range]
            where XMLTag.matches(UnsafeRawBufferPointer(rebasing: bytes[attribute.name]), name) {
                return attribute.value
            }
            return nil
        }
    }

    /// The value of an attribute of a start, as a text.
    func text(of name: StaticString, in event: XMLEvent) -> String? {
        value(of: name, in: event).map { String(decoding: bytes[$0], as: UTF8.self) }
    }

    /// What is wrong with the part, and where in it.
    func failure(_ fault: Text) -> Failure {
        Failure(.unusableInput, .workbookPart(path, part, fault), hint: .saveWorkbookAgain)
    }

    /// Parses until there are events; false at the end.
    private func readPiece() throws(Failure) -> Bool {
        events.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
        attributes.removeAll(keepingCapacity: true)
        nextEvent = 0
        while events.isEmpty {
            guard !isAtEnd else { return false }
            guard let buffer = XML_GetBuffer(parser, Int32(Self.pieceSize)) else {
                throw Failure(.software, .outOfMemory(path))
            }
            let count = try input.read(into: UnsafeMutableRawBufferPointer(start: buffer, count: Self.pieceSize))
            isAtEnd = count == 0
            bytesRead += count
            guard XML_ParseBuffer(parser, Int32(count), isAtEnd ? 1 : 0) == XML_STATUS_OK else {
                throw failure(fault ?? reason)
            }
            guard bytesRead - max(0, Int(XML_GetCurrentByteIndex(parser))) <= Self.longestToken || isAtEnd else {
                throw failure(.xmlTagTooLong)
            }
        }
        return true
    }

    private var reason: Text {
        .xmlBroken(
            line: Int(XML_GetCurrentLineNumber(parser)),
            reason: XML_ErrorString(XML_GetErrorCode(parser)).map { String(cString: $0) } ?? "")
    }

    private func listen() {
        XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
        XML_SetElementHandler(
            parser,
            { stream, name, attributes in
                guard let stream, let name else { return }
                Unmanaged<XMLStream>.fromOpaque(stream).takeUnretainedValue().start(name, attributes)
            },
            { stream, _ in
                guard let stream else { return }
                Unmanaged<XMLStream>.fromOpaque(stream).takeUnretainedValue().end()
            })
        if wantsText {
            XML_SetCharacterDataHandler(parser) { stream, text, count in
                guard let stream, let text else { return }
                Unmanaged<XMLStream>.fromOpaque(stream).takeUnretainedValue()
                    .text(UnsafeRawBufferPointer(start: text, count: Int(count)))
            }
        }
        XML_SetStartDoctypeDeclHandler(parser) { stream, _, _, _, _ in
            guard let stream else { return }
            Unmanaged<XMLStream>.fromOpaque(stream).takeUnretainedValue().stop(.xmlDocumentType)
        }
    }

    private func stop(_ fault: Text) {
        if self.fault == nil { self.fault = fault }
        XML_StopParser(parser, 0)
    }

    private func start(
        _ name: UnsafePointer<CChar>, _ pairs: UnsafeMutablePointer<UnsafePointer<CChar>?>?
    ) {
        let tag = XMLTag(Self.localName(name))
        open.append(tag)
        guard open.count <= Self.deepest else { return stop(.xmlTooDeep(Self.deepest)) }
        let whole = Self.buffer(name)
        if tag == .other || whole.contains(UInt8(ascii: ":")) { count(whole) }
        guard isWanted(tag) else { return skipAttributes(pairs) }
        let first = attributes.count
        var pair = pairs
        while let attribute = pair?[0], let value = pair?[1] {
            countAttribute(attribute)
            attributes.append(XMLAttribute(name: append(Self.localName(attribute)), value: append(Self.buffer(value))))
            pair = pair?.advanced(by: 2)
        }
        events.append(
            XMLEvent(kind: .start, tag: tag, depth: UInt16(open.count), range: first..<attributes.count))
    }

    private func skipAttributes(_ pairs: UnsafeMutablePointer<UnsafePointer<CChar>?>?) {
        var pair = pairs
        while let attribute = pair?[0] {
            countAttribute(attribute)
            pair = pair?.advanced(by: 2)
        }
    }

    private func end() {
        let depth = open.count
        guard let tag = open.popLast(), isWanted(tag) else { return }
        events.append(XMLEvent(kind: .end, tag: tag, depth: UInt16(depth), range: 0..<0))
    }

    private func text(_ text: UnsafeRawBufferPointer) {
        guard let tag = open.last, isWanted(tag) else { return }
        events.append(XMLEvent(kind: .text, tag: tag, depth: UInt16(open.count), range: append(text)))
    }

    @inline(__always)
    private func isWanted(_ tag: XMLTag) -> Bool { interest & (1 << UInt32(tag.rawValue)) != 0 }

    private func countAttribute(_ name: UnsafePointer<CChar>) {
        if name[1] != 0 { count(Self.buffer(name)) }
    }

    /// The parser keeps every name it has met, and so do they count.
    private func count(_ name: UnsafeRawBufferPointer) {
        guard name.count <= Self.longestName else { return stop(.xmlTagTooLong) }
        var hasher = Hasher()
        hasher.combine(bytes: name)
        guard names.insert(hasher.finalize()).inserted else { return }
        nameBytes += name.count + 64
        if nameBytes > Self.mostNameBytes { stop(.xmlTooManyNames) }
    }

    private func append(_ text: UnsafeRawBufferPointer) -> Range<Int> {
        let start = bytes.count
        bytes.append(contentsOf: text)
        return start..<bytes.count
    }

    private static func buffer(_ text: UnsafePointer<CChar>) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: text, count: strlen(text))
    }

    /// A name without its prefix.
    private static func localName(_ name: UnsafePointer<CChar>) -> UnsafeRawBufferPointer {
        buffer(strrchr(name, Int32(UInt8(ascii: ":"))).map { UnsafePointer($0.advanced(by: 1)) } ?? name)
    }
}

extension Int {
    /// The product, or the largest number there is.
    fileprivate func multipliedClamping(_ other: Int) -> Int {
        let (product, isTooLarge) = multipliedReportingOverflow(by: other)
        return isTooLarge ? .max : product
    }
}
