/// A stream of features out of a file.
///
/// A reader is used by one thread at a time. It never holds the whole file:
/// memory stays below 64 MB and does not grow with the file.
public protocol FeatureReader: AnyObject {
    /// The CRS the file itself declares; `nil` where it says nothing. Known
    /// after the first batch at the latest.
    var declaredCRS: CoordinateReferenceSystem? { get }

    /// Bytes of the source consumed so far, for progress.
    var bytesRead: Int { get }

    /// The next features, or `nil` at the end.
    ///
    /// - Throws: `Failure` where the file as a whole cannot be used; single
    ///   bad records come as `FeatureBatch.rejections`.
    func next() throws -> FeatureBatch?
}
