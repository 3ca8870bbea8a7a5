/// What a folder holds and how it was made.
struct Manifest {
    /// One file.
    struct File {
        let name: String
        let bytes: Int
        let sha256: String
        let records: Int
    }

    let seed: UInt64
    let buildingCount: Int
    let files: [File]
    var hasLedgers = false

    /// The manifest as JSON.
    var text: String {
        let entries = files.map {
            """
                {"file":\(JSONText.quoted($0.name)),"bytes":\($0.bytes),"records":\($0.records),\
            "sha256":"\($0.sha256)"}
            """
        }
        return """
            {
              "city":\(JSONText.quoted(Words.city)),
              "invented":true,
              "seed":\(seed),
              "command":"city --buildings \(buildingCount) --seed \(seed)\(hasLedgers ? " --ledgers" : "") --out FOLDER",
              "crs":"EPSG:4326",
              "files":[
            \(entries.joined(separator: ",\n"))
              ]
            }

            """
    }
}
