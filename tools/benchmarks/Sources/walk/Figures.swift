import Foundation

/// Numbers with their names, printed as one JSON object.
struct Figures {
    private var members: [String] = []

    mutating func add(_ name: String, _ value: Int) { members.append("\"\(name)\":\(value)") }

    mutating func add(_ name: String, _ value: Double) { members.append("\"\(name)\":\(value)") }

    /// Median and 99th percentile of repeated work.
    mutating func add(_ spread: Spread, as name: String) {
        add("\(name)MedianMilliseconds", spread.median)
        add("\(name)P99Milliseconds", spread.p99)
    }

    /// Median and least time of runs.
    mutating func add(runs spread: Spread, as name: String) {
        add("\(name)Milliseconds", spread.median)
        add("\(name)LeastMilliseconds", spread.least)
    }

    var json: String { "{" + members.joined(separator: ",") + "}" }
}

/// How times of repeated work are spread, as the peers' programs count it.
struct Spread {
    let least: Double
    let median: Double
    let p99: Double

    init(_ milliseconds: [Double]) {
        precondition(!milliseconds.isEmpty, "nothing was timed")
        let sorted = milliseconds.sorted()
        least = sorted[0]
        let middle = sorted.count / 2
        median = sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
        p99 = sorted[min(sorted.count - 1, Int(0.99 * Double(sorted.count)))]
    }
}

/// What the work gives, and the milliseconds it took.
func timed<Value>(_ work: () throws -> Value) rethrows -> (value: Value, milliseconds: Double) {
    let start = ContinuousClock.now
    let value = try work()
    return (value, (ContinuousClock.now - start) / .milliseconds(1))
}

/// The memory of this process, by Linux's count.
enum Memory {
    /// Lets the peak begin anew at the memory held now.
    static func restartPeak() { try? "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .ascii) }

    /// The peak; 0 where the system does not say.
    static var peakBytes: Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return (line?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 1024
    }
}
