import Foundation

/// What stands where an output is to be written.
public enum OutputTarget: Hashable, Sendable {
    /// Nothing.
    case absent
    /// A file.
    case file
    /// A folder.
    case folder
    /// A device, a named pipe or a socket: nothing that could be replaced.
    case device

    /// Looks at a path; symbolic links are followed.
    public init(path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else {
            self = .absent
            return
        }
        self =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .folder
            default: .device
            }
    }
}
