import Spatial
