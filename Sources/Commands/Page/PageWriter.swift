import Foundation
import Messages

/// Writes a page as one HTML document that asks for nothing outside of itself
/// and is XML as well.
struct PageWriter {
    private let page: Page
    private let layouts: [PageTable.Layout]
    private let paper: Paper
    private var html = ""

    init(_ page: Page) {
        self.page = page
        layouts = page.tables.map(\.layout)
        paper = page.paper(for: layouts)
    }

    /// The document.
    static func document(_ page: Page) -> String {
        var writer = PageWriter(page)
        writer.write()
        return writer.html
    }

    private mutating func write() {
        html += "<!DOCTYPE html>\n<html lang=\"\(Text.htmlLanguage.spoken)\">\n<head>\n<meta charset=\"utf-8\"/>\n"
        html += "<title>\(escaped(page.title))</title>\n<style>\n\(PageStyle.sheet(paper, page.notices))</style>\n"
        html += "</head>\n<body class=\"\(paper.name)\(page.isCompact ? " compact" : "")\">\n"
        html += "<header>\n<h1>\(escaped(page.title))</h1>\n"
        html += "<p class=\"day\">\(escaped(Text.madeOn(page.provenance.date.text)))</p>\n</header>\n"
        writeTerms()
        writeRecord()
        if !page.findings.isEmpty {
            html += "<ul class=\"findings\">\n"
            for finding in page.findings { html += "<li>\(escaped(finding))</li>\n" }
            html += "</ul>\n"
        }
        if let map = page.map { html += map.html }
        writeTables()
        writeEnd()
        html += "</body>\n</html>\n"
    }

    private func escaped(_ text: Text) -> String { HTMLText.escaped(text.spoken) }

    private mutating func writeTerms() {
        var terms = page.question.map { [(name: Text.questionTerm, value: $0)] } ?? []
        terms += page.terms
        if !page.provenance.sources.isEmpty {
            let list = page.provenance.sources.joined(separator: Text.listSeparator.spoken)
            terms.append((.sourceTerm, Text(zh: list, en: list)))
        }
        if let version = page.provenance.dataVersion {
            terms.append((.dataVersionTerm, Text(zh: "\(version)", en: "\(version)")))
        }
        html += "<table class=\"terms\">\n<tbody>\n"
        for term in terms { html += "<tr><th>\(escaped(term.name))</th><td>\(escaped(term.value))</td></tr>\n" }
        html += "</tbody>\n</table>\n"
    }

    /// Two columns of a record beside each other.
    private mutating func writeRecord() {
        guard !page.record.isEmpty else { return }
        html += "<table class=\"rows record\">\n<tbody>\n"
        for start in stride(from: 0, to: page.record.count, by: 2) {
            html += "<tr>"
            for index in start..<start + 2 {
                let isGiven = index < page.record.count
                html += "<th>\(isGiven ? escaped(page.record[index].name) : "")</th>"
                html += "<td>\(isGiven ? HTMLText.escaped(page.record[index].value) : "")</td>"
            }
            html += "</tr>\n"
        }
        html += "</tbody>\n</table>\n"
    }

    private mutating func writeTables() {
        let isBeside = page.isCompact && page.tables.count > 1
        if isBeside { html += "<div class=\"beside\">\n<div>\n" }
        for (index, (table, layout)) in zip(page.tables, layouts).enumerated() {
            if isBeside, index == page.tables.count - 1 { html += "</div>\n<div>\n" }
            write(table, layout)
        }
        if isBeside { html += "</div>\n</div>\n" }
    }

    private mutating func write(_ table: PageTable, _ layout: PageTable.Layout) {
        if let title = table.title {
            html += "<h2>\(escaped(title).trimmingCharacters(in: [":", "："]))</h2>\n"
        }
        guard !table.rows.isEmpty else {
            html += "<p class=\"empty\">\(escaped(table.empty))</p>\n"
            return
        }
        let isShort = layout.cells.count <= Self.shortTable
        html += "<table class=\"rows\(isShort ? " short" : "")\">\n<thead>\n<tr>"
        if table.isNumbered { html += "<th class=\"n\">\(escaped(.rowNumber))</th>" }
        for column in layout.columns { html += "<th>\(heading(column.title))</th>" }
        html += "</tr>\n</thead>\n<tbody>\n"
        // Where all fit beside each other, none needs to be broken.
        let unbroken = layout.width <= paper.characters && !page.isCompact ? PageTable.widestColumn : Self.shortCell
        for (index, cells) in layout.cells.enumerated() {
            html += table.isNumbered ? "<tr><td class=\"n\">\(index + 1)</td>" : "<tr>"
            write(cells, layout.columns, unbroken)
        }
        for cells in layout.closing {
            html += table.isNumbered ? "<tr class=\"sum\"><td class=\"n\"></td>" : "<tr class=\"sum\">"
            write(cells, layout.columns, unbroken)
        }
        html += "</tbody>\n</table>\n"
        let count = table.rows.count + table.furtherRows
        if table.isNumbered && table.closing.isEmpty { html += "<p class=\"count\">\(escaped(.rowCount(count)))</p>\n" }
        if table.furtherRows > 0 {
            html += "<p class=\"count\">\(escaped(.furtherRows(table.rows.count, of: count)))</p>\n"
        }
    }

    /// Tables of so many rows stay on one sheet.
    private static let shortTable = 10
    /// Cells of that width are never broken, in half-width characters.
    private static let shortCell = 14

    /// A heading, its unit on a line of its own where there is no room beside it.
    private func heading(_ title: Text) -> String {
        escaped(title).replacing("（", with: "<wbr/>（").replacing(" (", with: " <wbr/>(")
    }

    private mutating func write(_ cells: [String], _ columns: [PageTable.Column], _ unbroken: Int) {
        for (cell, column) in zip(cells, columns) {
            html += column.isNumeric ? "<td class=\"d\">" : column.width <= unbroken ? "<td class=\"s\">" : "<td>"
            html += HTMLText.escaped(cell)
            html += "</td>"
        }
        html += "</tr>\n"
    }

    private mutating func writeEnd() {
        html += "<footer>\n<p class=\"sign\">"
        let lines: [(Text, String?)] = [(.officeLine, page.office), (.authorLine, nil), (.reviewerLine, nil)]
        for (name, value) in lines {
            html += "<span>\(escaped(name))\(value.map(HTMLText.escaped) ?? "<i></i>")</span>"
        }
        html += "</p>\n<p class=\"notice\">"
        html += page.notices.map(escaped).joined(separator: Text.sentenceSeparator.spoken)
        html += "</p>\n"
        if page.question != nil {
            let command = AskedCommand.text(of: Array(CommandLine.arguments.dropFirst()))
            html += "<p class=\"asked\">\(escaped(.asked(command)))</p>\n"
        }
        html += "</footer>\n"
    }
}
