/// An area that people walk around and across: a square, a pedestrian zone.
///
/// It is walked along its outline and its holes as along streets, and straight
/// across between any two of its junctions, the corners that it shares with
/// other streets, wherever the straight way lies inside; where a hole or a
/// bend of the outline is in the way, by the corners that have to be rounded,
/// so that the way is the shortest there is.
///
/// Streets without numbers that end on the edge between two corners, within 5
/// centimetres or the snap gap, share a corner with it there.
///
/// Of a square with more than 64 such corners the first 64 are taken,
/// junctions before corners to be rounded, and fewer where the outline has
/// more than 32,000 corners; from the others one walks along the outline.
public struct Square: Sendable {
    /// The outline, then the holes: closed lines, the first corner repeated at
    /// the end.
    public var rings: [Street]

    /// Makes a square of its outline and holes.
    public init(rings: [Street]) { self.rings = rings }
}
