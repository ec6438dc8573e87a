"""How sharp the audit is: change one printed digit and see whether any relation breaks."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from ecanalysis.auditing.facts import Facts
from ecanalysis.auditing.relation import Check, judge
from ecanalysis.catalog import Catalog
from ecanalysis.quantity import Quantity


@dataclass(frozen=True)
class Mutations:
    """What became of rows in which one digit was changed.

    Parameters
    ----------
    caught, escaped : tuple of (str, str, str)
        Row id, printed value, changed value.
    """

    caught: tuple[tuple[str, str, str], ...]
    escaped: tuple[tuple[str, str, str], ...]

    @property
    def rate(self) -> float:
        """The part that was caught, from 0 to 1."""
        return len(self.caught) / (len(self.caught) + len(self.escaped))


def mutation_rate(data: Catalog, count: int, seed: int) -> Mutations:
    """Change one digit of random rows that take part in a relation, one row at a time, and audit each change.

    Parameters
    ----------
    data : Catalog
    count : int
        How many rows, at most as many as take part.
    seed : int
        Makes the choice reproducible.

    Returns
    -------
    Mutations
        A change is caught if a relation of that row, true before, misses now.

    Raises
    ------
    ValueError
        If there are fewer rows than that.
    """
    from ecanalysis.auditing import checks  # the audit imports this module: it is the audit that is measured here

    facts = Facts(data)
    touching: dict[str, list[Check]] = defaultdict(list)
    for check in checks(facts):
        for id_ in check.rows:
            touching[id_].append(check)
    if not 1 <= count <= len(touching):
        raise ValueError(f"{count} mutations: {len(touching)} rows take part in a relation, so 1 to {len(touching)}")
    chance = random.Random(seed)
    caught: list[tuple[str, str, str]] = []
    escaped: list[tuple[str, str, str]] = []
    for id_ in chance.sample(sorted(touching), count):
        row = facts.by_id[id_]
        changed = change_digit(row["value"], chance)
        outcome = (id_, row["value"], changed)
        (caught if _breaks(facts, touching[id_], id_, changed) else escaped).append(outcome)
    return Mutations(tuple(caught), tuple(escaped))


def change_digit(value: str, chance: random.Random) -> str:
    """Replace one digit of a printed number by another one; a number keeps its leading digit from becoming zero."""
    places = [place for place, character in enumerate(value) if character.isdigit()]
    place = chance.choice(places)
    leading = place == places[0] and len(places) > 1
    others = [digit for digit in "0123456789" if digit != value[place] and not (leading and digit == "0")]
    return value[:place] + chance.choice(others) + value[place + 1 :]


def _breaks(facts: Facts, checks: Iterable[Check], id_: str, value: str) -> bool:
    changed = facts.quantity_of(facts.by_id[id_] | {"value": value})

    def quantity(wanted: str) -> Quantity:
        return changed if wanted == id_ else facts.quantity(wanted)

    for check in checks:
        before, after = judge(check, facts.quantity).verdict, judge(check, quantity).verdict
        if before in ("consistent", "undetermined") and after in ("inconsistent", "not_comparable"):
            return True
    return False
