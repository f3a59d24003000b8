"""The engine: provisions, exploration of unknown facts, trace. It knows no law."""
