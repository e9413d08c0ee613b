"""How `identify` grows: `python benchmarks/actors.py [--mentions 1000000]`. Invented people in three spellings, one process, one core.

Each mention is a name in an article: in full, in Ukrainian, Russian or Latin letters, or a surname alone after a full name of the same
article. People are spoken of as they are in news: few of them often, most of them once or twice; the commonest surnames are borne by
thousands. What is measured: keys, blocks, scores and groups of all full names, and the settling of surnames in their articles; the store
is left out. Printed: seconds, peak memory, the largest block, pairs compared for each name, and precision and recall against the truth,
which on invented names says little more than that nothing was lost.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections import Counter, defaultdict
from collections.abc import Iterator

from onrecord.knowledge.romanise import romanise
from onrecord.records import Speaker
from onrecord.stages import identify
from onrecord.stages.identify import Bearer

ONSETS = ["б", "в", "г", "д", "з", "к", "л", "м", "н", "п", "р", "с", "т", "ф", "х", "ч", "ш", "бр", "вл", "гр", "др", "кр", "пл", "ст", "тр"]
VOWELS = ["а", "е", "и", "о", "у"]
ENDINGS = ["енко", "ський", "чук", "ик", "ин", "ев", "ар", "ко", "ла", "ра"]
LANGUAGES = ("uk", "ru", "en")  # of the three spellings
GIVEN = 400
SURNAMES = 40_000
IN_ARTICLE = 5  # mentions
SURNAME_ALONE = 0.3  # of mentions


def words(generator: random.Random, count: int, endings: list[str]) -> list[str]:
    """Different invented words."""
    found: dict[str, None] = {}
    while len(found) < count:
        syllables = (generator.choice(ONSETS) + generator.choice(VOWELS) for _ in range(generator.choice((1, 2, 2, 3))))
        found["".join(syllables).capitalize() + generator.choice(endings)] = None
    return list(found)


def spellings(given: str, surname: str) -> tuple[str, str, str]:
    """A name in Ukrainian, Russian and Latin letters."""
    russian = f"{given} {surname}".replace("ський", "ский").replace("и", "ы")
    return f"{given} {surname}", russian, romanise(f"{given} {surname}").title()


def mentions(generator: random.Random, count: int) -> Iterator[tuple[int, int, str, str]]:
    """Article, person, name and language of each mention."""
    given, surnames = words(generator, GIVEN, ["н", "р", "й", "м", "с"]), words(generator, SURNAMES, ENDINGS)
    people: list[tuple[str, str, str]] = []
    known: set[tuple[str, str]] = set()
    while len(people) < count // 5:
        name = given[int(GIVEN * generator.random() ** 2)], surnames[int(SURNAMES * generator.random() ** 3)]
        if name not in known:
            known.add(name)
            people.append(spellings(*name))
    for article in range(-(-count // IN_ARTICLE)):
        alphabet = generator.randrange(3)
        person = int(len(people) * generator.random() ** 2)
        yield article, person, people[person][alphabet], LANGUAGES[alphabet]
        for _ in range(IN_ARTICLE - 1):
            if generator.random() < SURNAME_ALONE:
                yield article, person, people[person][alphabet].split()[1], LANGUAGES[alphabet]
            else:
                other = int(len(people) * generator.random() ** 2)
                yield article, other, people[other][alphabet], LANGUAGES[alphabet]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--mentions", type=int, default=1_000_000)
    arguments = parser.parse_args()
    listed = list(mentions(random.Random(1), arguments.mentions))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start, wall = time.process_time(), time.perf_counter()
    found = identified(listed)
    seconds, passed = time.process_time() - start, time.perf_counter() - wall
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    names = {name for _, _, name, _ in listed if " " in name}
    print(f"{len(listed)} mentions, {len(names)} full names: {seconds:.0f} s of one core ({passed:.0f} s by the clock)")
    print(f"peak memory {memory:.0f} MB, {before:.0f} of them the mentions themselves")
    blocks = Counter(key for name in names for key in identify.keys(Bearer(name, "person")))
    compared = sum(size * (size - 1) // 2 for size in blocks.values())
    print(f"largest block {max(blocks.values())} names; at most {compared / len(names):.1f} pairs a name")
    gold = [person for _, person, _, _ in listed]
    right, ours, theirs = (pairs(counts) for counts in (Counter(zip(found, gold, strict=True)), Counter(found), Counter(gold)))
    print(f"pairwise precision {right / ours:.4f}  recall {right / theirs:.4f}")


def identified(listed: list[tuple[int, int, str, str]]) -> list[object]:
    """Who each mention is taken for."""
    bearers: dict[str, int] = {}
    spoken: dict[str, set[str]] = defaultdict(set)
    whole: list[str | None] = []
    article, near = -1, dict[Speaker, None]()
    for number, _, name, language in listed:
        if number != article:
            article, near = number, {}
        speaker = Speaker(name)
        if identify.is_full(speaker):
            near[speaker] = None
            bearers.setdefault(name, len(bearers))
            spoken[name].add(language)
            whole.append(name)
        else:
            full = identify.settle(speaker, near)
            whole.append(full.name if full else None)
    groups = identify.groups({number: Bearer(name, "person", languages=tuple(sorted(spoken[name]))) for name, number in bearers.items()})
    actor = {number: group for group, members in enumerate(groups) for number in members}
    return [actor[bearers[name]] if name else f"{article} {row}" for row, name in enumerate(whole)]


def pairs(counts: Counter[object]) -> int:
    """Pairs of mentions in groups of these sizes."""
    return sum(count * (count - 1) // 2 for count in counts.values())


if __name__ == "__main__":
    main()
