"""Receipts files in, decisions out, every row accounted for."""

import os

# Blocks come and go many times a second. Memory that is given back to the system each time must be cleared again by it,
# which costs a tenth of the whole run; kept for some seconds, it is used again. Must stand before polars is loaded.
os.environ.setdefault("_RJEM_MALLOC_CONF", "dirty_decay_ms:3000,muzzy_decay_ms:3000,narenas:2")
