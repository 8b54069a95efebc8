"""What no linter knows about this house, read from the source. CONTRIBUTING.md gives the reasons."""

import ast
import os
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FLOORS = ("core", "bot", "channels")
CHANNELS = ("telegram", "wechat", "wecom", "kf", "web", "console")
MODULE_LINES, FUNCTION_LINES, PLAIN_LINES = 400, 40, 8

MAY_COMMIT = (
    "bot/falling_due.py",
    "bot/notices.py",
    "bot/turn.py",
    "channels/console.py",
    "channels/delivery.py",
    "channels/demoday/day.py",
    "channels/demoday/stage.py",
    "channels/demoyear/offers.py",
    "channels/demoyear/script.py",
    "channels/demoyear/stage.py",
    "channels/demoyear/year.py",
    "channels/gone.py",
    "channels/keeping.py",
    "channels/sweeping.py",
    "channels/unlocking.py",
    "channels/kf/record.py",
    "channels/people/desk.py",
    "channels/people/resealing.py",
    "channels/telegram/record.py",
    "channels/tencent/tokens.py",
    "channels/web/mydata.py",
    "channels/web/record.py",
    "channels/web/unsubscribing.py",
    "channels/wechat/record.py",
    "core/database.py",
    "core/migrate.py",
    "core/seed/planting.py",
)
MAY_READ_THE_CLOCK = ("core/clock.py",)
MAY_READ_THE_ENVIRONMENT = ("bot/readers/sounds.py", "core/settings/")  # sounds: to load less of a library
MAY_CATCH_EVERYTHING = (
    "bot/turn.py",
    "bot/notices.py",
    "bot/falling_due.py",
)  # what breaks us must not come back for ever
MAY_HOLD_CHINESE = ("bot/readers/", "channels/", "core/seed/")  # what people type; pages; people and places

FORBIDDEN_NAMES = {"common", "helper", "helpers", "manager", "repository", "service", "util", "utils"}
CLOCKS = {
    ("datetime", "now"), ("datetime", "today"), ("datetime", "utcnow"), ("date", "today"),
    ("time", "time"), ("time", "time_ns"), ("time", "localtime"), ("time", "gmtime"), ("time", "ctime"),
    ("func", "now"), ("func", "current_timestamp"), ("func", "current_date"),
}  # fmt: skip
MADE = {"var", "build", "dist", "__pycache__"}
HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class Module:
    """One source file, by its path from the top of the project."""

    path: str
    source: str
    tree: ast.Module
    nodes: tuple[ast.AST, ...]
    """Everything in the tree, gone through once for all rules."""

    def within(self, places: Iterable[str]) -> bool:
        return self.path.startswith(tuple(places))

    def at(self, node: ast.AST, what: str) -> str:
        return f"{self.path}:{getattr(node, 'lineno', 1)}: {what}"


@cache
def modules() -> tuple[Module, ...]:
    found = []
    for path in sorted(file for floor in FLOORS for file in (ROOT / floor).rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        tree = ast.parse(source)
        found.append(Module(path.relative_to(ROOT).as_posix(), source, tree, tuple(ast.walk(tree))))
    return tuple(found)


def code() -> list[Module]:
    """Everything but the migrations, which are dated records and obey rules of their own."""
    return [module for module in modules() if not module.path.startswith("core/migrations/versions/")]


def named(node: ast.expr) -> str:
    """The last word of a name: `datetime` for `datetime`, `dt.datetime` and so on."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def report(broken: Iterable[str]) -> None:
    lines = list(broken)
    assert not lines, "\n" + "\n".join(lines)


Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def definitions(body: Iterable[ast.stmt], owner: str = "") -> Iterator[tuple[str, Definition]]:
    """Classes, functions and methods with their full names, but for what a function defines inside."""
    for node in body:
        if isinstance(node, ast.ClassDef):
            yield f"{owner}{node.name}", node
            yield from definitions(node.body, f"{owner}{node.name}.")
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{owner}{node.name}", node
        elif isinstance(node, ast.If | ast.Try):
            yield from definitions(node.body, owner)


def commits(module: Module) -> Iterator[ast.Call]:
    """Calls that begin or end a transaction; a savepoint inside somebody else's is not one."""
    savepoints = {
        named(target)
        for node in module.nodes
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
        if named(node.value.func) == "begin_nested"
        for target in node.targets
    }
    for node in module.nodes:
        if not isinstance(node, ast.Call):
            continue
        function = node.func
        if named(function) in ("transaction", "watched_transaction") or (
            isinstance(function, ast.Attribute)
            and function.attr in ("commit", "begin")
            and named(function.value) not in savepoints
        ):
            yield node


def test_only_the_named_places_begin_and_commit() -> None:
    report(
        module.at(call, "begins or commits a transaction; take a `session` and leave that to the caller")
        for module in modules()
        if not module.within(MAY_COMMIT)
        for call in commits(module)
    )


def test_every_named_place_still_commits() -> None:
    using = [module for module in modules() if any(commits(module))]
    report(
        f"{place}: commits nothing (any more); take it out of MAY_COMMIT"
        for place in MAY_COMMIT
        if not any(module.within([place]) for module in using)
    )


def test_only_the_clock_reads_the_clock() -> None:
    report(
        module.at(node, "reads the clock; take `now` as a keyword argument or call `clock.now()`")
        for module in modules()
        if not module.within(MAY_READ_THE_CLOCK)
        for node in module.nodes
        if (isinstance(node, ast.Attribute) and (named(node.value), node.attr) in CLOCKS)
        or (
            isinstance(node, ast.ImportFrom)
            and node.module == "time"
            and any(("time", alias.name) in CLOCKS for alias in node.names)
        )
    )


def test_only_the_settings_read_the_environment() -> None:
    words = {"environ", "environb", "getenv", "getenvb"}
    report(
        module.at(node, "reads the environment; give core/settings a field and take its value as an argument")
        for module in modules()
        if not module.within(MAY_READ_THE_ENVIRONMENT)
        for node in module.nodes
        if (isinstance(node, ast.Attribute) and named(node.value) == "os" and node.attr in words)
        or (
            isinstance(node, ast.ImportFrom)
            and node.module == "os"
            and any(alias.name in words for alias in node.names)
        )
    )


def test_nothing_below_the_channels_waits() -> None:
    waiting = (ast.AsyncFunctionDef, ast.AsyncWith, ast.AsyncFor, ast.Await)
    report(
        module.at(node, "is asynchronous; below channels/ nothing waits, so no turn can reach the network")
        for module in modules()
        if not module.within(["channels/"])
        for node in module.nodes
        if isinstance(node, waiting)
    )


def test_a_channel_is_compared_by_name_in_its_own_module_only() -> None:
    report(
        module.at(constant, f"compares with the channel {constant.value!r}; ask what the channel `can` do")
        for module in modules()
        for node in module.nodes
        if isinstance(node, ast.Compare | ast.MatchValue)
        for constant in ast.walk(node)
        if isinstance(constant, ast.Constant)
        and constant.value in CHANNELS
        and not module.within([f"channels/{constant.value}.py", f"channels/{constant.value}/"])
    )


def test_words_for_people_stand_in_the_locales() -> None:
    """Patterns may hold Chinese: they are for what people type, and nobody is shown them."""
    report(
        module.at(node, f"has words for people ({node.value[:20]!r}); give them a key in locales/")
        for module in modules()
        if not module.within(MAY_HOLD_CHINESE)
        for unseen in [docstrings(module) | patterns(module)]
        for node in module.nodes
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node not in unseen
        and HAN.search(node.value)
    )


def docstrings(module: Module) -> set[ast.AST]:
    """Strings that stand alone, below fields too."""
    return {node.value for node in module.nodes if isinstance(node, ast.Expr)}


def patterns(module: Module) -> set[ast.AST]:
    """Regular expressions: the first argument of `re.compile(…)`, `re.match(…)` and their like."""
    return {
        inner
        for node in module.nodes
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and named(node.func.value) == "re"
        for argument in node.args[:1]
        for inner in ast.walk(argument)
    }


def test_every_module_says_what_it_is_for() -> None:
    report(
        f"{module.path}:1: begin with one sentence that says what the module is for"
        for module in modules()
        if module.source.strip() and not (ast.get_docstring(module.tree) or "").split("\n\n")[0].endswith(".")
    )


def test_public_things_say_what_they_promise() -> None:
    """Classes always; functions as soon as they are longer than a reader takes in at a glance."""
    report(
        module.at(node, f"{name} needs a docstring: what it promises, what it expects, what it raises")
        for module in code()
        for name, node in definitions(module.tree.body)
        if not any(part.startswith("_") for part in name.split("."))
        and not ast.get_docstring(node)
        and not any(named(decorator) == "overload" for decorator in node.decorator_list)
        and (isinstance(node, ast.ClassDef) or length(node) > PLAIN_LINES)
    )


def length(node: Definition) -> int:
    assert node.end_lineno is not None
    return node.end_lineno - node.lineno + 1


def test_modules_stay_short() -> None:
    report(
        f"{module.path}:{lines}: {lines} lines, over {MODULE_LINES}; make it a package, split by verb"
        for module in code()
        if (lines := module.source.count("\n")) > MODULE_LINES
    )


def test_functions_stay_short() -> None:
    report(
        module.at(node, f"{name} has {length(node)} lines; give its parts names, {FUNCTION_LINES} are enough")
        for module in code()
        for name, node in definitions(module.tree.body)
        if not isinstance(node, ast.ClassDef) and length(node) > FUNCTION_LINES
    )


def test_failures_are_caught_by_name() -> None:
    report(
        module.at(node, "catches everything; name what you expect, the edge handles the rest")
        for module in modules()
        if not module.within(MAY_CATCH_EVERYTHING)
        for node in module.nodes
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or named(node.type) in ("Exception", "BaseException"))
        and not isinstance(node.body[-1], ast.Raise)
    )


def test_tables_are_declared_with_real_annotations() -> None:
    report(
        f"{module.path}: has tables; SQLModel cannot read postponed annotations, take the import out"
        for module in modules()
        if "table=True" in module.source and "from __future__ import annotations" in module.source
    )


def test_modules_are_named_after_what_they_hold() -> None:
    report(
        f"{module.path}: says nothing about what it holds; name it after its noun"
        for module in modules()
        if FORBIDDEN_NAMES & set(re.split(r"[/._]", module.path))
    )


@pytest.mark.parametrize(
    ("pattern", "advice"),
    [
        (r"/(?:work|root|home)/[a-z]", "is a path of one machine; make it relative"),
        (r"https?://[\w.-]*(?:pypi|pythonhosted|npmjs)\.[a-z]+", "is a registry's address; leave it to pip"),
        (r"\b(?:TODO|FIXME|XXX)\b", "is a promise to nobody; do it, or open an issue"),
    ],
    ids=["machine paths", "registry addresses", "promises"],
)
def test_no_file_holds_what_belongs_elsewhere(pattern: str, advice: str) -> None:
    report(
        f"{path.relative_to(ROOT)}:{number}: {match.group()} {advice}"
        for path in project_files()
        if path != Path(__file__)
        for text in [path.read_text(encoding="utf-8")]
        if re.search(pattern, text)
        for number, line in enumerate(text.splitlines(), 1)
        if (match := re.search(pattern, line))
    )


@cache
def project_files() -> tuple[Path, ...]:
    """Every text file of ours: what is hidden, made or only here on this machine is left out."""
    texts = {
        "",
        ".css",
        ".ftl",
        ".html",
        ".js",
        ".json",
        ".mako",
        ".md",
        ".py",
        ".toml",
        ".txt",
        ".xml",
        ".yaml",
    }
    found = []
    for folder, inner, names in os.walk(ROOT):
        inner[:] = [one for one in inner if one not in MADE and (not one.startswith(".") or one == ".ci")]
        ours = (Path(folder, name) for name in names if not name.startswith(".") or name == ".gitignore")
        found += [path for path in ours if path.suffix in texts and path.is_file()]
    return tuple(sorted(found))


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    for declared, lock in [
        (project["project"]["dependencies"], "requirements.txt"),
        (project["project"]["dependencies"] + project["dependency-groups"]["dev"], "requirements-dev.txt"),
    ]:
        text = (ROOT / lock).read_text()
        locked = {plain(name) for name in re.findall(r"^([\w.-]+)==", text, re.MULTILINE)}
        wanted = {plain(re.split(r"[^\w.-]", entry)[0]) for entry in declared}
        assert wanted <= locked, (
            f"{lock} lacks {sorted(wanted - locked)}; compile it again (see CONTRIBUTING.md)"
        )


def plain(package: str) -> str:
    return re.sub(r"[-_.]+", "-", package).lower()
