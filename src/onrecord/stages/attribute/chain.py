"""What several mentions stand for, and by what it is found again while an article is read."""

from __future__ import annotations

import msgspec

from onrecord.records import EntityType, Gender

MOST_SURFACES = 60
CANDIDATES = 40  # chains that a mention is compared with at the most, so that time stays linear


class Chain(msgspec.Struct):
    """What several mentions stand for, while an article is read; the mention indices are in order."""

    type: EntityType
    surfaces: list[str]
    mentions: list[int]
    gender: Gender | None = None
    plural: bool = False
    name: str = ""
    full: tuple[str, ...] = ()  # folded tokens of the fullest name
    roles: list[tuple[str, frozenset[str]]] = msgspec.field(default_factory=list)  # lemma, stems of the complement
    role_text: str | None = None

    def call(self, surface: str) -> None:
        """Remember one more wording, if it is new; a chain of very many wordings is no one."""
        if surface not in self.surfaces and len(self.surfaces) < MOST_SURFACES:
            self.surfaces.append(surface)


class Known(msgspec.Struct):
    """The chains of an article by what leads to them: beginnings of the words of a name, lemmas of a role, and by recency."""

    chains: list[Chain]
    by_word: dict[str, list[int]] = msgspec.field(default_factory=dict)
    by_lemma: dict[str, list[int]] = msgspec.field(default_factory=dict)
    named: list[int] = msgspec.field(default_factory=list)
    fresh: frozenset[int] = frozenset()  # mentions that bring somebody new: "a spokesman", "another user"

    def learn_name(self, index: int, tokens: tuple[str, ...]) -> None:
        """Remember that the chain has a name of these words."""
        for token in {tokens[0][:3], tokens[-1][:3]}:
            found = self.by_word.setdefault(token, [])
            if index not in found[-CANDIDATES:]:
                found.append(index)

    def learn_role(self, index: int, lemma: str) -> None:
        """Remember that the chain has a role of this lemma."""
        found = self.by_lemma.setdefault(lemma, [])
        if index not in found[-CANDIDATES:]:
            found.append(index)

    def like_name(self, tokens: tuple[str, ...]) -> list[int]:
        """Chains whose names share the beginning of a word."""
        first, last = self.by_word.get(tokens[0][:3], []), self.by_word.get(tokens[-1][:3], [])
        return sorted({*first[-CANDIDATES:], *last[-CANDIDATES:]})

    def like_role(self, lemma: str, recent: list[int]) -> list[int]:
        """Chains with a role of this lemma, and those named lately."""
        return sorted({*self.by_lemma.get(lemma, [])[-CANDIDATES:], *recent})
