@main
enum City {
    static func main() {}
}
