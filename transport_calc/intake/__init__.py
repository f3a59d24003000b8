"""Reading facts at the edges: text from options and cells, objects from JSON."""
