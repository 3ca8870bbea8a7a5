/// Takes a stream of features in WGS 84 and writes them in some format.
public protocol FeatureWriter: AnyObject {
    /// Writes features, in order.
    func write(_ batch: FeatureBatch) throws

    /// Writes what stands after the last feature. Called once.
    func finish() throws
}
