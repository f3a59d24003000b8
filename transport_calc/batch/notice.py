"""Something worth saying about a whole file that stops nothing: a warning named once."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Notice:
    """A warning about a file. Its sentence lies in `transport_calc.wording` under `batch.<code>`."""

    code: str
    slots: dict[str, str] = field(default_factory=dict)

    def sentence(self, lang: str) -> str:
        """The warning in the language `lang`."""
        from transport_calc.wording import text

        return text(f"batch.{self.code}", lang, **self.slots)
