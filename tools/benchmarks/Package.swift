// swift-tools-version: 6.2

import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "louyu", path: "../..")],
    targets: [
        .executableTarget(
            name: "nearest", dependencies: [.product(name: "Atlas", package: "louyu")], swiftSettings: strict),
        .executableTarget(
            name: "walk", dependencies: [.product(name: "Atlas", package: "louyu")], swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)
