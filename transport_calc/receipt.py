"""The receipt: which version, which law and which facts a decision was made with, so that it can be replayed.

The law digest covers the law modules, the measures, the amounts and the profile of the case's municipality; the
facts digest covers the facts given.
Neither contains or reveals a fact.
"""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from pathlib import Path

from transport_calc.facts import FACTS, Case
from transport_calc.parameters import builtin_data

_DECIDING = ("measures.py", "contradictions.py", "claims.py", "payout.py", "judgement.py", "open_facts.py", "chain.py")


def receipt(case: Case, municipality: str | None) -> dict[str, str]:
    """Version, law digest and facts digest of a decision; `municipality` is the slug of its profile."""
    from transport_calc import __version__

    return {
        "version": __version__,
        "law_digest": law_digest(municipality),
        "facts_digest": facts_digest(case),
    }


@cache
def law_digest(municipality: str | None) -> str:
    """One digest of everything that decides such a case: the law, the amounts, and the municipality's profile."""
    package = Path(__file__).parent
    files = [*sorted((package / "law").glob("*.py")), *(package / name for name in _DECIDING)]
    files += sorted(builtin_data().glob("*.toml"))
    profile = builtin_data() / "municipalities" / f"{municipality}.toml"
    files += [profile] if municipality and profile.is_file() else []
    digest = sha256()
    for file in files:
        digest.update(file.name.encode())
        digest.update(file.read_bytes().replace(b"\r\n", b"\n"))
    return f"sha256:{digest.hexdigest()}"


def facts_digest(case: Case) -> str:
    """A digest of the given facts in a canonical form."""
    given = {name: str(value) for name in FACTS if (value := getattr(case, name)) is not None}
    return f"sha256:{sha256(json.dumps(given, sort_keys=True).encode()).hexdigest()}"


@cache
def digest_of_all_law() -> str:
    """One digest of the law, the amounts and every municipality's profile."""
    profiles = sorted((builtin_data() / "municipalities").glob("*.toml"))
    digest = sha256(law_digest(None).encode())
    for path in profiles:
        digest.update(path.name.encode())
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return f"sha256:{digest.hexdigest()}"
