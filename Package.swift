// swift-tools-version: 6.2

import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "louyu",
    defaultLocalization: "en",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "louyu", targets: ["louyu"]),
        .executable(name: "city", targets: ["city"]),
        .library(name: "Atlas", targets: ["Atlas"]),
    ],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    ],
    targets: [
        // Doors to C and C++ libraries.
        .target(name: "Doors", linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
        .target(name: "CGEOS", dependencies: ["Doors"]),
        .target(name: "CProj", dependencies: ["Doors"]),
        .target(
            name: "COsmium",
            linkerSettings: [.linkedLibrary("z"), .linkedLibrary("expat"), .linkedLibrary("bz2")]),
        .target(name: "CSimdJSON", linkerSettings: [.linkedLibrary("simdjson")]),
        .target(name: "CZlib", linkerSettings: [.linkedLibrary("z")]),
        .target(name: "CExpat", linkerSettings: [.linkedLibrary("expat")]),
        .target(name: "CZip", dependencies: ["Doors"]),
        .target(name: "CXLSXWriter", dependencies: ["Doors"]),
        .target(name: "CCbc", dependencies: ["Doors"]),
        .target(name: "CCrypto", dependencies: ["Doors"]),

        // Rooms; who may import whom is checked by tools/check.
        .target(name: "Messages", swiftSettings: strict),
        .target(name: "Spatial", dependencies: ["CGEOS", "CProj", "Messages"], swiftSettings: strict),
        .target(
            name: "Store",
            dependencies: ["Spatial", "Messages", "CZlib", .product(name: "GRDB", package: "GRDB.swift")],
            swiftSettings: strict),
        .target(
            name: "Exchange",
            dependencies: [
                "Spatial", "Messages", "COsmium", "CSimdJSON", "CZlib", "CCrypto", "CZip", "CExpat", "CXLSXWriter",
            ],
            swiftSettings: strict),
        .target(name: "Reach", dependencies: ["Spatial"], swiftSettings: strict),
        .target(name: "Siting", dependencies: ["CCbc"], swiftSettings: strict),
        .target(
            name: "Atlas",
            dependencies: ["Spatial", "Store", "Exchange", "Reach", "Siting", "Messages"],
            swiftSettings: strict),
        .target(
            name: "Commands",
            dependencies: [
                "Atlas", "Spatial", "Messages",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),
        .executableTarget(name: "louyu", dependencies: ["Commands"], swiftSettings: strict),
        .executableTarget(
            name: "city", dependencies: ["Spatial", "Exchange", "Messages"], swiftSettings: strict),

        .target(
            name: "TestSupport", dependencies: ["Spatial", "CZlib"], path: "Tests/TestSupport",
            swiftSettings: strict),
        .testTarget(
            name: "SpatialTests", dependencies: ["Spatial", "CGEOS", "CProj", "Messages", "TestSupport"],
            swiftSettings: strict),
        .testTarget(name: "ExchangeTests", dependencies: ["Exchange", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "CityTests",
            dependencies: ["city", "Atlas", "Store", "Spatial", "Exchange", "Messages", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "StoreTests",
            dependencies: [
                "Store", "Spatial", "Messages", "TestSupport", .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "ReachTests", dependencies: ["Reach", "Spatial", "Exchange", "TestSupport"], swiftSettings: strict),
        .testTarget(name: "SitingTests", dependencies: ["Siting", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "AtlasTests",
            dependencies: [
                "Atlas", "Reach", "Exchange", "Spatial", "Store", "Messages", "TestSupport",
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: strict),
        .testTarget(name: "EndToEndTests", dependencies: ["TestSupport"], swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
