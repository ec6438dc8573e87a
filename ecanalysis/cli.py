"""The command line: ``ecanalysis build``, ``list``, and what proves the data: ``audit``, ``verify``, ``coverage``."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from ecanalysis.errors import EcanalysisError

if TYPE_CHECKING:
    from ecanalysis.catalog import Catalog

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
    except BrokenPipeError:  # whoever read the output has seen enough, as head does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
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
    build.add_argument("--explain", action="store_true", help="say why each document is rebuilt or not, build nothing")
    build.add_argument("--engine", choices=("warm", "fresh"), default="warm", help="warm: fork; fresh: a kernel each")
    build.add_argument("--scheduler", metavar="ADDRESS", help="send runs to a Dask cluster (extra 'dask')")
    build.add_argument("-p", "--parameter", action="append", default=[], metavar="NAME=VALUE", help="set a parameter")
    build.set_defaults(command=_build)

    verify = commands.add_parser("verify-reports", help="hold a folder of reports against its manifest")
    verify.add_argument("--out", type=Path, default=Path("reports"), help="the folder (default: reports)")
    verify.set_defaults(command=_verify_reports)

    listing = commands.add_parser("list", help="list documents and their parameters")
    listing.set_defaults(command=_list)

    audit = commands.add_parser("audit", help="recompute every printed relation")
    audit.add_argument("--source", default="", metavar="ID", help="only results that this publication prints")
    audit.add_argument("--section", default="", help="only results of this section; 8.1 stands for 8.1.2 too")
    audit.add_argument("--verdict", default="", help="consistent, inconsistent, not_comparable or undetermined")
    audit.add_argument("--format", choices=("table", "csv", "json"), default="table", help="default: table")
    audit.set_defaults(command=_audit)

    held = (("verify", _verify, "hold the tables against a text edition"),
            ("coverage", _coverage, "account for every numeral of a text edition"))  # fmt: skip
    for name, command, purpose in held:
        text = commands.add_parser(name, help=purpose)
        text.add_argument("text", type=Path, metavar="TEXT", help="the file")
        text.add_argument("--source", default="", metavar="ID", help="its publication (default: by the file's name)")
        text.set_defaults(command=command)

    refresh = commands.add_parser("refresh", help="execute the committed notebooks in place with their defaults")
    refresh.add_argument("targets", nargs="*", metavar="NAME")
    refresh.set_defaults(command=_refresh)
    return parser


def _jobs(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r}: allowed are whole numbers from 1")
    return int(text)


def _build(options: argparse.Namespace) -> int:
    from ecanalysis.build import batch
    from ecanalysis.build.plan import plan
    from ecanalysis.build.state import State

    runs = plan(options.targets, options.language, _parameters(options.parameter))
    if options.explain:
        for verdict in State(options.out).judge(runs):
            print(f"{verdict.run.name}: {verdict.reason or 'up to date'}")
        return 0
    progress = _Progress()
    with _executor(options.scheduler) as executor:
        result = batch.build(
            runs,
            options.out,
            jobs=options.jobs,
            force=options.force,
            engine=options.engine,
            executor=executor,
            begin=progress.begin,
            tell=lambda outcome: progress.tell(outcome.run.name, outcome.error),
        )
    progress.close()
    if result.failed:
        count = f"{len(result.failed)} of {len(result.outcomes)} documents failed"
        print(f"{count}; executed copies are in {options.out / '_failed'}")
        return FAILED
    print((options.out / "index.html").resolve())
    return 0


@contextmanager
def _executor(address: str | None) -> Iterator[Executor | None]:
    """The executor of a Dask cluster, or none."""
    if address is None:
        yield None
        return
    try:
        from distributed import Client
    except ImportError:
        raise EcanalysisError("--scheduler needs the extra 'dask': pip install 'ecanalysis[dask]'") from None
    try:
        client = Client(address, timeout=5)
    except (OSError, ValueError) as error:
        raise EcanalysisError(f"no Dask scheduler answers at {address}: {error}") from None
    with client:
        yield client.get_executor(retries=2)


def _verify_reports(options: argparse.Namespace) -> int:
    from ecanalysis.build.batch import verify

    problems = verify(options.out)
    for problem in problems:
        print(problem)
    return FAILED if problems else 0


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

    def __init__(self) -> None:
        self.total, self.done, self.bar = 0, 0, None

    def begin(self, total: int) -> None:
        self.total = total
        if total and sys.stderr.isatty():
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
        title = document.resolved({}).title
        print(f"{document.name}: {title.zh} / {title.en}")
        for parameter in document.parameters:
            choices = ", ".join(map(str, parameter.choices))
            print(f"  {parameter.name} = {parameter.default}  ({choices})  {parameter.help.zh} / {parameter.help.en}")
    return 0


def _audit(options: argparse.Namespace) -> int:
    from ecanalysis import auditing, catalog, language

    language.use("en")
    data = catalog.load()
    relations = auditing.select(data, auditing.audit(data), options.source, options.section, options.verdict)
    match options.format:
        case "csv":
            print(auditing.to_frame(relations).to_csv(index=False, lineterminator="\n"), end="")
        case "json":
            print(auditing.to_json(relations))
        case _:
            print(auditing.to_lines(relations))
    print(auditing.counts(relations), file=sys.stdout if options.format == "table" else sys.stderr)
    return 0


def _verify(options: argparse.Namespace) -> int:
    from ecanalysis import catalog
    from ecanalysis.provenance import verify

    data = catalog.load()
    problems = verify(data, *_edition(data, options))
    for problem in problems:
        print(problem)
    return FAILED if problems else 0


def _coverage(options: argparse.Namespace) -> int:
    from ecanalysis import catalog
    from ecanalysis.provenance import coverage, report

    data = catalog.load()
    result = coverage(data, *_edition(data, options))
    print(report(result))
    return FAILED if result.rest or result.idle else 0


def _edition(data: Catalog, options: argparse.Namespace) -> tuple[str, str]:
    """The publication of a text edition, as named or by its file's name, and the text."""
    path: Path = options.text
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise EcanalysisError(f"{path}: {getattr(error, 'strerror', '') or 'not UTF-8'}") from None
    editions = {row["text"]: row["id"] for row in data.tables["sources"].to_dict("records") if row["text"]}
    if not options.source and path.name not in editions:
        raise EcanalysisError(f"{path.name}: allowed are {', '.join(editions)}, or any name with --source")
    return options.source or editions[path.name], text


def _refresh(options: argparse.Namespace) -> int:
    from ecanalysis.build.refresh import refresh

    failed = 0
    for name, error in refresh(options.targets):
        print(f"{name}: failed: {error}" if error else name)
        failed += bool(error)
    return FAILED if failed else 0


if __name__ == "__main__":
    sys.exit(main())
