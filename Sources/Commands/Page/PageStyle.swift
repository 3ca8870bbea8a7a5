import Messages

/// A sheet of A4.
enum Paper {
    case upright, lying

    /// The word in the document.
    var name: String { self == .upright ? "portrait" : "landscape" }
    /// Half-width characters of a table that fit beside each other.
    var characters: Int { self == .upright ? 100 : 148 }
    /// The width between the margins in millimetres.
    var contentMillimeters: Int { self == .upright ? 178 : 261 }
    /// The most that a map may take of the height, in millimetres.
    var mapMillimeters: Int { self == .upright ? 118 : 96 }
}

/// How pages look: upright or lying, in colour or in black and white.
enum PageStyle {
    /// The style sheet, with the notices in the margin of every sheet.
    static func sheet(_ paper: Paper, _ notices: [Text]) -> String {
        let notice = notices.map(\.spoken).joined(separator: Text.sentenceSeparator.spoken)
        let (before, between, after) = (Text.pageNumberParts.0, Text.pageNumberParts.1, Text.pageNumberParts.2)
        let number =
            "\(HTMLText.quotedForStyle(before.spoken)) counter(page) \(HTMLText.quotedForStyle(between.spoken)) "
            + "counter(pages) \(HTMLText.quotedForStyle(after.spoken))"
        return """
            @page { size: A4 \(paper.name); margin: 17mm 16mm 18mm;
              @bottom-left { content: \(HTMLText.quotedForStyle(notice)); font: 8.5pt \(sans); color: #444; }
              @bottom-right { content: \(number); font: 8.5pt \(sans); color: #444; } }

            """ + common + MapStyle.sheet + "body { max-width: \(paper.contentMillimeters)mm; }\n"
    }

    /// Families that offices have, the printed ones first.
    private static let serif =
        "\"Noto Serif CJK SC\", \"Source Han Serif SC\", \"Songti SC\", SimSun, \"NSimSun\", serif"
    private static let sans =
        "\"Noto Sans CJK SC\", \"Source Han Sans SC\", \"Microsoft YaHei\", \"PingFang SC\", SimHei, sans-serif"

    private static let common = """
        * { box-sizing: border-box; }
        html { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
        body { margin: 0 auto; color: #000; background: #fff; font: 10.5pt/1.5 \(serif); overflow-wrap: anywhere; }
        h1 { margin: 0 0 2mm; text-align: center; font: 700 18pt/1.35 \(sans); letter-spacing: .04em; }
        h2 { margin: 5mm 0 1.5mm; font: 700 11.5pt/1.4 \(sans); break-after: avoid; }
        p { margin: 0; }
        .day { text-align: right; font-size: 9.5pt; padding-bottom: 1.2mm; border-bottom: 1.2pt solid #000; }
        table { width: 100%; border-collapse: collapse; }
        .terms { margin: 2mm 0 0; font-size: 10pt; }
        .terms th { width: 6.2em; padding: .5mm 2mm .5mm 0; text-align: left; vertical-align: top;
          font: 700 9.5pt/1.55 \(sans); white-space: nowrap; }
        .terms td { padding: .5mm 0; text-align: left; overflow-wrap: anywhere; }
        .findings { margin: 2mm 0 0; padding: 1.6mm 3mm 1.6mm 7mm; border: .5pt solid #777; background: #f5f5f5;
          break-inside: avoid; }
        .findings li { margin: .3mm 0; }
        figure { margin: 3mm 0 0; break-inside: avoid; }
        figure svg.map { display: block; width: 100%; height: auto; }
        figcaption { margin-top: 1mm; font: 8.5pt/1.6 \(sans); }
        figcaption span { display: inline-block; margin-right: 4.5mm; white-space: nowrap; }
        figcaption svg { width: 6.5mm; height: 3.6mm; margin-right: 1.2mm; vertical-align: -.6mm; }
        .rows { margin-top: 3mm; font-size: 9.5pt; line-height: 1.4; }
        .rows.short { break-inside: avoid; }
        .rows thead { display: table-header-group; }
        .rows tr { break-inside: avoid; }
        .rows th, .rows td { border: .5pt solid #555; padding: .55mm 1.6mm; vertical-align: middle;
          overflow-wrap: anywhere; }
        .rows th { background: #e8e8e8; text-align: center; font: 700 9pt/1.35 \(sans); overflow-wrap: normal; word-break: keep-all; }
        .rows .n { width: 10mm; text-align: center; white-space: nowrap; overflow-wrap: normal;
          font-variant-numeric: tabular-nums; }
        .rows .d { text-align: right; white-space: nowrap; overflow-wrap: normal; font-variant-numeric: tabular-nums; }
        .rows .s { white-space: nowrap; }
        .rows .sum td { font-weight: 700; background: #f5f5f5; }
        h2 + .rows { margin-top: 0; }
        .count, .empty { margin-top: 1.2mm; font-size: 9.5pt; }
        .rows.record th { width: 21%; text-align: left; overflow-wrap: anywhere; word-break: normal; }
        .record td { width: 29%; }
        footer { break-before: avoid; break-inside: avoid; margin-top: 7mm; }
        .count { break-before: avoid; }
        .sign { display: flex; gap: 6mm; }
        .sign span { flex: 1; display: flex; white-space: nowrap; }
        .sign i { flex: 1; border-bottom: .6pt solid #000; }
        .asked { margin-top: 1.5mm; font-size: 8pt; text-align: center; color: #333; overflow-wrap: anywhere; }
        .notice { margin-top: 3mm; font-size: 9pt; text-align: center; color: #333; }
        .beside { display: grid; grid-template-columns: minmax(0, 5fr) minmax(0, 7fr); column-gap: 5mm; }
        .compact h1 { margin-bottom: 1mm; font-size: 16pt; }
        .compact .terms { margin-top: 1mm; font-size: 9pt; }
        .compact h2 { margin: 2.4mm 0 .8mm; font-size: 10pt; }
        .compact figure { margin-top: 2mm; } .compact figcaption { margin-top: .6mm; font-size: 8pt; line-height: 1.4; }
        .compact .rows { margin-top: 1.6mm; font-size: 8.5pt; line-height: 1.3; }
        .compact h2 + .rows { margin-top: 0; }
        .compact .rows th, .compact .rows td { padding: .3mm 1.1mm; } .compact .rows th { font-size: 8pt; }
        .compact .rows .n { width: 8mm; }
        .compact .count, .compact .empty { margin-top: .6mm; font-size: 8.5pt; }
        .compact footer { margin-top: 3.5mm; } .compact .notice { margin-top: 1.6mm; }
        @media screen { body { margin: 10mm auto; padding: 0 4mm; } }

        """
}
