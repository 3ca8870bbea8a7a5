// What a caller of this room needs of the rooms below: the records, the
// files, and the counts its questions answer with.
@_exported import struct Store.ImportCounts
@_exported import struct Store.Layer
@_exported import struct Store.NearbyFeature
@_exported import struct Store.RepairNote
@_exported import struct Store.StoredFeature
@_exported import struct Store.StoredSource
