"""What a run does, in a few values: two runs of equal fingerprints write the same bytes."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

_LOOKED_AT = 1 << 20


def fingerprint(inputs: list[Path], *, options: dict[str, Any], law_digest: str) -> dict[str, Any]:
    """The head of a run's journal: version, inputs, options that change the output (JSON) and the digest of the law.

    Raises `OSError` for an input that cannot be read.
    """
    from transport_calc import __version__

    return {
        "version": __version__,
        "inputs": [_input(path) for path in inputs],
        "options": options,
        "law_digest": law_digest,
    }


def _input(path: Path) -> dict[str, Any]:
    """Name, size, time of change, and a digest of the first and the last megabyte of a file."""
    about = path.stat()
    digest = sha256()
    with path.open("rb") as stream:
        digest.update(stream.read(_LOOKED_AT))
        stream.seek(max(0, about.st_size - _LOOKED_AT))
        digest.update(stream.read(_LOOKED_AT))
    return {"name": path.name, "size": about.st_size, "changed_ns": about.st_mtime_ns, "sha256": digest.hexdigest()}
