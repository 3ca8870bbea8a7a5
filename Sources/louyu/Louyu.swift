@main
enum Louyu {
    static func main() {}
}
