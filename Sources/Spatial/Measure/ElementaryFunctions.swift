// The elementary functions of the platform's C library, named once for the
// whole module.

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

@inline(__always) func sine(_ radians: Double) -> Double { sin(radians) }
@inline(__always) func cosine(_ radians: Double) -> Double { cos(radians) }
@inline(__always) func tangent(_ radians: Double) -> Double { tan(radians) }
@inline(__always) func arcTangent(_ value: Double) -> Double { atan(value) }
@inline(__always) func arcTangent(_ y: Double, _ x: Double) -> Double { atan2(y, x) }
@inline(__always) func squareRoot(_ value: Double) -> Double { sqrt(value) }
