"""The command line: ``ecanalysis build``, ``list`` and what proves the data."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from ecanalysis.errors import EcanalysisError

MISTAKE, FAILED = 2, 1


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints are one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(MISTAKE, f"ecanalysis: {message}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Parameters
    ----------
    arguments : sequence of str, optional
        Words after the program's name; those of the process by default.

    Returns
    -------
    int
        0 if all is well, 1 if a document failed or a check found something, 2 for a mistake in the call or the data.
    """
    options = _parser().parse_args(arguments)
    try:
        return int(options.command(options))
    except EcanalysisError as error:
        print(f"ecanalysis: {error}", file=sys.stderr)
        return MISTAKE
    except KeyboardInterrupt:
        print("ecanalysis: stopped; finished documents are kept", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="ecanalysis", description="The reproducible edition of China's e-commerce reports.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=_Parser)

    build = commands.add_parser("build", help="execute notebooks and write the reports")
    build.add_argument("targets", nargs="*", metavar="TARGET", help="documents, all by default; see 'ecanalysis list'")
    build.add_argument("--language", default="all", help="zh, en or all (default)")
    build.add_argument("--out", type=Path, default=Path("reports"), help="output folder (default: reports)")
    build.add_argument("--jobs", type=_jobs, default=None, help="documents at a time (default: one a processor)")
    build.add_argument("--force", action="store_true", help="build what is up to date too")
    build.add_argument("-p", "--parameter", action="append", default=[], metavar="NAME=VALUE", help="set a parameter")
    build.set_defaults(command=_build)

    listing = commands.add_parser("list", help="list documents and their parameters")
    listing.set_defaults(command=_list)

    refresh = commands.add_parser("refresh", help="execute the committed notebooks in place with their defaults")
    refresh.add_argument("targets", nargs="*", metavar="NAME")
    refresh.set_defaults(command=_refresh)
    return parser


def _jobs(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r}: allowed are whole numbers from 1")
    return int(text)


def _build(options: argparse.Namespace) -> int:
    from ecanalysis.build.batch import Outcome, build
    from ecanalysis.build.plan import plan
    from ecanalysis.catalog import load

    runs = plan(options.targets, options.language, _parameters(options.parameter))
    load()
    progress = _Progress(len(runs))

    def tell(outcome: Outcome) -> None:
        progress.tell(outcome.run.name, outcome.error)

    outcomes = build(runs, options.out, jobs=options.jobs, tell=tell)
    progress.close()
    failed = [outcome for outcome in outcomes if outcome.error]
    if failed:
        print(f"{len(failed)} of {len(outcomes)} documents failed; executed copies are in {options.out}/_failed")
        return FAILED
    print((options.out / "index.html").resolve())
    return 0


def _parameters(pairs: Sequence[str]) -> dict[str, str]:
    from ecanalysis.errors import ParameterError

    values = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise ParameterError(f"parameter {pair!r}: write it as NAME=VALUE")
        values[name] = value
    return values


class _Progress:
    """A bar on a terminal, a line a document elsewhere."""

    def __init__(self, total: int) -> None:
        self.total, self.done, self.bar = total, 0, None
        if sys.stderr.isatty():
            from tqdm import tqdm

            self.bar = tqdm(total=total, unit="document", bar_format="{n}/{total} {bar} {desc}")

    def tell(self, name: str, error: str) -> None:
        self.done += 1
        line = f"{name}: failed: {error}" if error else name
        if self.bar is None:
            print(f"[{self.done}/{self.total}] {line}", flush=True)
            return
        if error:
            self.bar.write(line)
        self.bar.set_description_str(name)
        self.bar.update()

    def close(self) -> None:
        if self.bar is not None:
            self.bar.close()


def _list(options: argparse.Namespace) -> int:
    from ecanalysis.documents import documents

    for document in documents().values():
        print(f"{document.name}: {document.title.zh} / {document.title.en}")
        for parameter in document.parameters:
            choices = ", ".join(map(str, parameter.choices))
            print(f"  {parameter.name} = {parameter.default}  ({choices})  {parameter.help.zh} / {parameter.help.en}")
    return 0


def _refresh(options: argparse.Namespace) -> int:
    from ecanalysis.build.refresh import refresh

    failed = 0
    for name, error in refresh(options.targets):
        print(f"{name}: failed: {error}" if error else name)
        failed += bool(error)
    return FAILED if failed else 0


if __name__ == "__main__":
    sys.exit(main())
