public import Spatial

extension FeatureReader {
    /// Everything a reader gives, as values.
    public func readAll() throws -> (features: [Feature], rejections: [Rejection]) {
        var features: [Feature] = []
        var rejections: [Rejection] = []
        while let batch = try next() {
            for index in batch.records.indices { features.append(try batch.feature(at: index)) }
            rejections += batch.rejections
        }
        return (features, rejections)
    }

    /// How many features and rejections a reader gives.
    public func countAll() throws -> (features: Int, rejections: Int) {
        var counts = (features: 0, rejections: 0)
        while let batch = try next() {
            counts.features += batch.records.count
            counts.rejections += batch.rejections.count
        }
        return counts
    }
}
