import Messages
import Store
extension Atlas { func compiled(_ text: String, layer: Layer) throws(Failure) -> SQLCondition { throw Failure(.usage, .noGeometry) } }
