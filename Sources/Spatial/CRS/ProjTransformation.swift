internal import CProj
internal import Foundation
internal import Messages

/// One transformation made by PROJ, with the context that it lives in.
///
/// Not for two threads at once; `CoordinateTransform` locks it.
final class ProjTransformation {
    private let context: OpaquePointer
    private let transformation: OpaquePointer

    /// The most that PROJ is given in one call, which keeps its own buffers
    /// small.
    static let batch = 65_536

    /// Opens PROJ on first use and makes the transformation of an EPSG code to
    /// WGS 84, longitude and easting first on both sides.
    ///
    /// - Throws: `Failure` of code `unusableInput` where PROJ is not
    ///   installed, of code `usage` where it knows no such code.
    init(epsgCode: Int) throws(Failure) {
        if let reason = cproj_open() {
            throw Failure(.unusableInput, .projMissing(String(cString: reason)), hint: .installProj)
        }
        guard let context = cproj_context_create() else {
            throw Failure(.software, .projFailed("proj_context_create"))
        }
        let name = "EPSG:\(epsgCode)"
        guard cproj_is_horizontal(context, name) != 0,
            let transformation = cproj_create(context, name, "EPSG:4326")
        else {
            let reason = cproj_error(context).map { String(cString: $0) } ?? ""
            cproj_context_destroy(context)
            throw Failure(.usage, .projHasNoCode(name, reason), hint: .crsChoices)
        }
        self.context = context
        self.transformation = transformation
    }

    deinit {
        cproj_destroy(transformation)
        cproj_context_destroy(context)
    }

    /// Transforms ordinates in place; those without an image become infinite.
    func transform(_ x: inout [Double], _ y: inout [Double], toWGS84: Bool) {
        let stride = MemoryLayout<Double>.stride
        x.withUnsafeMutableBufferPointer { xs in
            y.withUnsafeMutableBufferPointer { ys in
                guard let xBase = xs.baseAddress, let yBase = ys.baseAddress else { return }
                var done = 0
                let total = min(xs.count, ys.count)
                while done < total {
                    let count = min(Self.batch, total - done)
                    _ = cproj_transform(transformation, toWGS84 ? 1 : 0, xBase + done, yBase + done, stride, count)
                    done += count
                }
            }
        }
    }

    /// The area of use of an EPSG code in degrees; `nil` where PROJ does not
    /// know it.
    func areaOfUse(epsgCode: Int) -> BoundingBox? {
        var edges = [0.0, 0, 0, 0]
        guard cproj_area_of_use(context, "EPSG:\(epsgCode)", &edges) != 0 else { return nil }
        return BoundingBox(west: edges[0], south: edges[1], east: edges[2], north: edges[3])
    }

    /// PROJ's name of an EPSG code.
    func name(epsgCode: Int) -> String? {
        var buffer = [CChar](repeating: 0, count: 256)
        guard cproj_name(context, "EPSG:\(epsgCode)", &buffer, buffer.count) != 0 else { return nil }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// An EPSG code as WKT 1; `nil` where that cannot say it.
    func wkt(epsgCode: Int, isESRI: Bool) -> String? {
        guard let text = cproj_wkt(context, "EPSG:\(epsgCode)", isESRI ? 1 : 0) else { return nil }
        defer { free(text) }
        return String(cString: text)
    }
}
