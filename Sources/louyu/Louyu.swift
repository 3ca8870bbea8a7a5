import Commands

@main
enum Louyu {
    static func main() { Program.main() }
}
