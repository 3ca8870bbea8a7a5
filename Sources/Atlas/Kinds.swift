public import Messages
public import Store

extension Atlas {
    /// The kinds of stations or zones that a layer holds, in their order.
    ///
    /// - Throws: `Failure` with `.usage` for a layer whose records are of no kind.
    public func kinds(of layer: Layer) throws(Failure) -> [String] {
        guard layer.column("kind") != nil else {
            throw Failure(.usage, .hasNoKinds(layer.title), hint: .kindsAreOf([Layer.station.title, Layer.zone.title]))
        }
        return try file.values(of: "kind", in: layer)
    }

    /// Makes sure that a question of service is about stations of one kind: a
    /// school does not serve the sick.
    ///
    /// - Parameter filter: which stations the question is about.
    /// - Throws: `Failure` with `.usage` that lists the kinds, where the filter
    ///   names none and lets stations of several through.
    public func requireOneKind(_ filter: RecordFilter) throws(Failure) {
        guard filter.kind == nil else { return }
        var found = try kinds(of: .station)
        if found.count > 1, filter.expression != nil || !filter.areas.isEmpty {
            found = Set(try list(.station, filter: filter).compactMap { $0.text("kind") }).sorted()
        }
        guard found.count <= 1 else { throw Failure(.usage, .severalKinds(found), hint: .giveKind(found[0])) }
    }
}
