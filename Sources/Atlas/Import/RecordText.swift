import Foundation
public import Messages
public import Spatial
import Store

/// Records as JSON text.
enum RecordText {
    /// Appends `"name":value`, with a comma before it unless it is the first.
    static func appendMember(_ name: String, _ value: FieldValue, of batch: FeatureBatch, to json: inout [UInt8]) {
        if json.last != UInt8(ascii: "{") { json.append(UInt8(ascii: ",")) }
        JSONText.append(name, to: &json)
        json.append(UInt8(ascii: ":"))
        switch value {
        case .null: json.append(contentsOf: "null".utf8)
        case .boolean(let value): json.append(contentsOf: (value ? "true" : "false").utf8)
        case .integer(let value): json.append(contentsOf: String(value).utf8)
        case .real(let value): json.append(contentsOf: (value.isFinite ? String(value) : "null").utf8)
        case .text(let range):
            batch.bytes.withUnsafeBytes { JSONText.append(UnsafeRawBufferPointer(rebasing: $0[range]), to: &json) }
        case .json(let range): json.append(contentsOf: batch.bytes[range])
        }
    }

    /// A source record whole: its id, fields, and geometry as hexadecimal WKB.
    static func json(of record: FeatureBatch.Record, in batch: FeatureBatch) -> String {
        var json: [UInt8] = [UInt8(ascii: "{")]
        if record.id != .null { appendMember("@id", record.id, of: batch, to: &json) }
        for field in batch.fields[record.fields] {
            appendMember(batch.keys[field.key], field.value, of: batch, to: &json)
        }
        if !record.geometry.isEmpty {
            if json.count > 1 { json.append(UInt8(ascii: ",")) }
            json.append(contentsOf: "\"@wkb\":\"".utf8)
            let digits = Array("0123456789abcdef".utf8)
            for byte in batch.bytes[record.geometry] {
                json.append(digits[Int(byte >> 4)])
                json.append(digits[Int(byte & 15)])
            }
            json.append(UInt8(ascii: "\""))
        }
        json.append(UInt8(ascii: "}"))
        return String(decoding: json, as: UTF8.self)
    }
}

/// Numbers as people write them.
enum NumberText {
    /// A plain number, also in full-width digits, with thousands separators
    /// or a trailing unit of metres; `nil` for anything else.
    static func value(_ text: String) -> Double? {
        var plain = text.precomposedStringWithCompatibilityMapping
            .trimmed
        for unit in ["平方米", "m2", "㎡", "米", "m", "层", "年"] where plain.hasSuffix(unit) {
            plain = String(plain.dropLast(unit.count)).trimmed
            break
        }
        if plain.wholeMatch(of: #/[+-]?\d{1,3}(,\d{3})+(\.\d+)?/#) != nil { plain = plain.replacing(",", with: "") }
        guard let value = Double(plain), value.isFinite else { return nil }
        return value
    }
}

/// Yes and no as people write them.
enum TruthText {
    /// What a word says; `nil` for anything else.
    static func value(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "true", "1", "是", "yes", "✓": true
        case "false", "0", "否", "no": false
        default: nil
        }
    }
}

extension SourcePosition {
    /// The position in words.
    public var words: Text {
        switch self {
        case .line(let number): .atLine(number)
        case .byte(let number): .atByte(number)
        case .row(let number): .ledgerRow(number)
        case .record(let number): .atRecord(number)
        }
    }
}
