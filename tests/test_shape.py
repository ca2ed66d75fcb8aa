# SPDX-License-Identifier: Apache-2.0
"""The shape of the source: no module grows past 400 lines, no function past 40."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted(
    p
    for room in ("src", "tools", "bench")
    for p in (ROOT / room).rglob("*.py")
    if "migrations" not in p.parts
)
SCRIPTS = sorted((ROOT / "player" / "src").rglob("*.ts"))
MODULE_LINES, FUNCTION_LINES = 400, 40


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("path", MODULES + SCRIPTS, ids=lambda p: str(p.relative_to(ROOT)))
def test_module_is_short(path):
    if re.search(r"\.generated\.ts$", path.name):
        pytest.skip("generated")
    assert lines(path) <= MODULE_LINES


def long_functions(tree: ast.AST) -> list[str]:
    found = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    return [
        f"{f.name} has {f.end_lineno - f.lineno + 1} lines"
        for f in found
        if f.end_lineno - f.lineno + 1 > FUNCTION_LINES
    ]


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_functions_are_short(path):
    assert not long_functions(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_names_its_licence(path):
    first = path.read_text(encoding="utf-8").split("\n", 1)[0]
    assert first == "# SPDX-License-Identifier: Apache-2.0"


def test_the_long_function_check_sees_one():
    body = "\n".join(["def f():"] + ["    x = 1"] * (FUNCTION_LINES + 1))
    assert long_functions(ast.parse(body)) == [f"f has {FUNCTION_LINES + 2} lines"]
