"""A replica's cache of prompt prefixes: shared while in use, evicted the least recent first."""

from collections import OrderedDict


class PrefixCache:
    """Prefixes by id, in the order of their last use.

    A prefix of a running request is pinned; of the rest the least recently used are evicted.
    """

    def __init__(self) -> None:
        self._tokens: OrderedDict[int, int] = OrderedDict()
        self._uses: dict[int, int] = {}
        self.pinned = 0  # tokens in use
        self.idle = 0  # tokens that may be evicted

    def cached(self, prefix: int) -> int:
        """Tokens of ``prefix`` in the cache."""
        return self._tokens.get(prefix, 0)

    def pins(self, prefix: int, tokens: int) -> int:
        """By how many tokens ``pinned`` would grow for a request with this prefix."""
        cached = self._tokens.get(prefix, 0)
        return max(tokens, cached) - (cached if self._uses.get(prefix) else 0)

    def take(self, prefix: int, tokens: int) -> int:
        """Pin a prefix, kept to its longest use; returns how many of ``tokens`` were cached."""
        cached = self._tokens.pop(prefix, 0)
        longest = max(cached, tokens)
        uses = self._uses.get(prefix, 0)
        if not uses:
            self.idle -= cached
            self.pinned += longest
        else:
            self.pinned += longest - cached
        self._tokens[prefix] = longest
        self._uses[prefix] = uses + 1
        return min(cached, tokens)

    def give_back(self, prefix: int) -> None:
        """Unpin a prefix; it stays in the cache."""
        self._uses[prefix] -= 1
        if not self._uses[prefix]:
            del self._uses[prefix]
            tokens = self._tokens[prefix]
            self.pinned -= tokens
            self.idle += tokens
        self._tokens.move_to_end(prefix)

    def shrink(self, limit: float) -> None:
        """Evict until at most ``limit`` tokens are idle."""
        while self.idle > limit:
            victim = next(prefix for prefix in self._tokens if prefix not in self._uses)
            self.idle -= self._tokens.pop(victim)
