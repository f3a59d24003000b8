"""Everything a person reads, in Danish and English: one entry per key, filled with slots.

The texts lie in Python modules rather than TOML because they are compiled once and then cost nothing at start-up
(docs/adr/0002-texts-as-modules.md). `law_*` holds what decisions say, `messages_*` what is wrong with
input and what a batch reports, `provisions_*` what each provision says, `rules_*` what `rules` and `selftest` say,
`fares_*` what `fare` and the comparison of prices say, `what_if_*` what would change a decision, `guide_*` what
`guide` says in the interview, `report_*` what the report of a batch says, `commands_*` the rest of what commands say.
"""

from __future__ import annotations

from importlib import import_module

LANGUAGES = ("da", "en")

TOPICS = ("law", "messages", "commands", "provisions", "rules", "fares", "guide", "what_if", "report")

_loaded: dict[tuple[str, str], dict[str, str]] = {}


def _topic(topic: str, lang: str) -> dict[str, str]:
    if (topic, lang) not in _loaded:
        _loaded[topic, lang] = import_module(f"{__name__}.{topic}_{lang}").TEXTS
    return _loaded[topic, lang]


def texts(lang: str) -> dict[str, str]:
    """All texts of a language by key."""
    return {key: said for topic in TOPICS for key, said in _topic(topic, lang).items()}


def has_text(key: str, lang: str) -> bool:
    """Is there a text of this key?"""
    return any(key in _topic(topic, lang) for topic in TOPICS)


def text(key: str, lang: str, **slots: object) -> str:
    """The text of a key, filled with slots. Raises KeyError for a key without text."""
    for topic in TOPICS:
        said = _topic(topic, lang).get(key)
        if said is not None:
            return said.format(**slots)
    raise KeyError(key)
