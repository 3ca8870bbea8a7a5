@testable import Exchange
import Foundation
import Messages
import TestSupport
import Testing

/// No prefix and no mutation of a small file with costs may crash, hang or eat
/// memory; each is read to its end or refused by a `Failure`.
@Suite(.serialized) struct CostMutationTests {
    private static let seed: UInt64 = 20_261_122
    private static let mutations = 10_000

    private static let files: [[UInt8]] = [
        Array("site,demand,cost\na,x,1.5\nb,x,2\n\"c, \"\"d\"\"\",y,3e2\r\n17,18,19\n".utf8),
        Array("\u{FEFF}需求;成本;站点;note\n甲;1;乙;\n甲; 2 ;丙;x\n".utf8),
        Array(" 5 4 2 \n 1 2 30\n 2 3 46\n 3 4 1\n 2 1 7 \n".utf8),
    ]

    private static func reading() -> HostileReading {
        HostileReading(fileExtension: "csv", isAgreed: { $0 is Failure }) { path in
            var options = CostOptions()
            options.blockBytes = 24
            let list = try CostReader.read(path, options: options)
            #expect(list.isSorted)
            #expect(list.costs.count == list.sites.count && list.rowStarts.last == list.sites.count)
            #expect(list.costs.allSatisfy { $0 >= 0 && $0.isFinite })
            #expect(list.sites.allSatisfy { Int($0) < list.siteNames.count })
        }
    }

    @Test func everyPrefixIsReadOrRefused() async {
        await #expect(processExitsWith: .success) {
            let reading = Self.reading()
            for file in Self.files { try reading.tryPrefixes(of: file) }
            #expect(reading.violations == [])
        }
    }

    @Test func mutationsAreReadOrRefused() async {
        await #expect(processExitsWith: .success) {
            let reading = Self.reading()
            for file in Self.files {
                try reading.tryMutations(of: file, count: Self.mutations / Self.files.count, seed: Self.seed)
            }
            #expect(reading.violations == [])
        }
    }

    @Test func aDemandFileMayBeAnything() async {
        await #expect(processExitsWith: .success) {
            let costs = try TemporaryFile("site,demand,cost\na,x,1\na,y,2\n")
            let reading = HostileReading(fileExtension: "csv", isAgreed: { $0 is Failure }) { path in
                let list = try CostReader.read(costs.path, demandPath: path)
                #expect(list.weights.count == list.demandNames.count)
            }
            let file = Array("demand,weight\nx,1\ny,2.5\n\"z\",1e3\n".utf8)
            try reading.tryPrefixes(of: file)
            try reading.tryMutations(of: file, count: 3000, seed: Self.seed)
            #expect(reading.violations == [])
        }
    }

    @Test func garbageOfAnySizeIsRefusedAtOnce() async {
        await #expect(processExitsWith: .success) {
            let path = HostileReading.path(fileExtension: "csv")
            let reading = HostileReading(path: path, isAgreed: { $0 is Failure }) { path in
                _ = try CostReader.read(path)
            }
            // Ten gigabytes of nothing behind a header.
            let descriptor = open(path, O_WRONLY | O_CREAT, 0o600)
            let header = Array("site,demand,cost\na,x,1\n".utf8)
            _ = write(descriptor, header, header.count)
            ftruncate(descriptor, 10_000_000_000)
            close(descriptor)
            reading.secondsPerFile = 5
            try reading.tryFileInPlace("holes", size: 0)
            #expect(reading.violations == [])
            #expect(throws: Failure.self) { try CostReader.read(path) }
        }
    }
}
