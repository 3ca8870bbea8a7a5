import Foundation
import Messages

/// What stands at a path.
public enum PathKind: Hashable, Sendable {
    /// Nothing.
    case absent
    /// A file.
    case file
    /// A folder.
    case folder
    /// A device, a pipe or a socket: nothing that could be replaced or read twice.
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

    /// Looks at the path of an output: a name of an open file, such as
    /// `/dev/stdout`, stands for what can be written but not replaced.
    public init(output path: String) {
        self = OutputPlace(path).descriptor == nil ? PathKind(path: path) : .device
    }
}
