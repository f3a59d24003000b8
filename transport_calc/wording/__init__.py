"""Everything a person reads, in Danish and English: one entry per key, filled with slots.

The texts lie in Python modules rather than TOML because they are compiled once and then cost nothing at start-up
(docs/adr/0002-texts-as-modules.md). `law_*` holds what decisions say, `messages_*` what is wrong with
input and what a batch reports, `commands_*` the rest of what commands say.
"""

from __future__ import annotations

from importlib import import_module

LANGUAGES = ("da", "en")

_loaded: dict[str, dict[str, str]] = {}


def texts(lang: str) -> dict[str, str]:
    """All texts of a language by key."""
    if lang not in _loaded:
        found: dict[str, str] = {}
        for topic in ("law", "messages", "commands"):
            found.update(import_module(f"{__name__}.{topic}_{lang}").TEXTS)
        _loaded[lang] = found
    return _loaded[lang]


def text(key: str, lang: str, **slots: object) -> str:
    """The text of a key, filled with slots. Raises KeyError for a key without text."""
    return texts(lang)[key].format(**slots)
