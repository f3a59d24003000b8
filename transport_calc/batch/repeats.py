"""Which earlier row a repeated row is named with: the first like it that was decided."""

from __future__ import annotations

from collections.abc import Sequence

_NONE = -1


class Repeats:
    """Follows the rows that are alike through a run. `names` are the files by number."""

    def __init__(self, names: Sequence[str], state: dict[str, int] | None = None) -> None:
        self.names = names
        # Only where the first of several was rejected; everywhere else that one is the earlier row.
        self._instead = {int(first): earlier for first, earlier in (state or {}).items()}

    def earlier(self, here: int, first: int, *, decided: bool) -> int | None:
        """The earlier row that the row at `here` repeats; `None` if it is the first that was decided.

        To be asked once for every row that is not alone, in order.
        """
        if not decided:
            if here == first:
                self._instead[first] = _NONE
            return None
        if here == first:
            return None
        earlier = self._instead.get(first, first)
        if earlier == _NONE:
            self._instead[first] = here
            return None
        return earlier

    @property
    def state(self) -> dict[str, int]:
        """What a run that goes on later needs to know (JSON)."""
        return {str(first): earlier for first, earlier in self._instead.items()}
