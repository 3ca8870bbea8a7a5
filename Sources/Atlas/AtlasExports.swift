// What a caller of this room needs of the rooms below: positions and shapes,
// the records, the files, the counts its questions answer with, and failures.
@_exported import struct Messages.Failure
@_exported import enum Reach.WalkingDirection
@_exported import struct Reach.WalkingModel
@_exported import struct Siting.PlacementAnswer
@_exported import class Siting.PlacementControl
@_exported import struct Siting.PlacementProblem
@_exported import enum Spatial.Attribute
@_exported import enum Spatial.Geometry
@_exported import struct Spatial.LonLat
@_exported import enum Store.AtlasPart
@_exported import enum Store.ColumnClass
@_exported import struct Store.ColumnClasses
@_exported import class Store.Disclosure
@_exported import struct Store.ImportCounts
@_exported import struct Store.Layer
@_exported import struct Store.NearbyFeature
@_exported import struct Store.Property
@_exported import struct Store.PublishingSettings
@_exported import struct Store.RepairNote
@_exported import struct Store.StoredFeature
@_exported import struct Store.StoredSource
@_exported import struct Store.StoredTile
