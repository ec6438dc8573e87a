"""The language a document is written in, and text that exists in both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple, ParamSpec

from ecanalysis.errors import ParameterError

LANGUAGES = ("zh", "en")
P = ParamSpec("P")

# One process writes one document. Not a context variable: a kernel may run each cell in a context of its own.
_current = "zh"


class Label(NamedTuple):
    """A short text in both languages.

    Examples
    --------
    >>> use("en")
    >>> str(Label("东部", "East"))
    'East'
    """

    zh: str
    en: str

    def __str__(self) -> str:
        return pick(self.zh, self.en)


def use(language: str) -> None:
    """Write everything from here on in this language, ``zh`` or ``en``."""
    global _current
    if language not in LANGUAGES:
        raise ParameterError(f"language {language!r}: allowed are {', '.join(LANGUAGES)}")
    _current = language


def current() -> str:
    """The language in use."""
    return _current


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Write in this language inside the block.

    Examples
    --------
    >>> use("zh")
    >>> with speaking("en"):
    ...     pick("东部", "East")
    'East'
    >>> current()
    'zh'
    """
    before = current()
    use(language)
    try:
        yield
    finally:
        use(before)


def both(say: Callable[P, str], *arguments: P.args, **named: P.kwargs) -> Label:
    """What a function writes in either language.

    Examples
    --------
    >>> both(join, ["A", "B"])
    Label(zh='A和B', en='A and B')
    """
    texts = []
    for code in LANGUAGES:
        with speaking(code):
            texts.append(say(*arguments, **named))
    return Label(*texts)


def other(language: str) -> str:
    """The other of the two languages."""
    return next(code for code in LANGUAGES if code != language)


def pick(zh: str, en: str) -> str:
    """The text of the language in use."""
    return zh if current() == "zh" else en


def join(names: list[str] | tuple[str, ...]) -> str:
    """A list of names as a sentence writes it: 甲、乙和丙, or A, B and C."""
    names = [str(name) for name in names]
    if len(names) < 2:
        return "".join(names)
    comma, last = pick("、", ", "), pick("和", " and ")
    return comma.join(names[:-1]) + last + names[-1]


def sentence(words: object) -> str:
    """Words as they begin a line: names in the tables are written as within a sentence.

    Examples
    --------
    >>> use("en")
    >>> sentence("online retail sales"), sentence("iPhone")
    ('Online retail sales', 'iPhone')
    """
    text = str(words)
    return text[:1].upper() + text[1:] if current() == "en" and not text[1:2].isupper() else text
