public import Spatial
public final class CSVWriter: FeatureWriter { public init(_ o: ByteOutput, columns: [String]) {}
 public func write(_ b: FeatureBatch) throws {}
 public func finish() throws {} }
