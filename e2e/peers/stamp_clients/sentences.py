"""What the scenarios are called. It runs none of them and needs none of the packages."""

import ast
import pathlib

MODULES = ("sign_in", "commands", "consent", "leaving", "stopping", "transcripts", "over_https")


def sentence(group, name):
    """The sentence of a scenario is its name."""
    where = " over HTTPS" if group.endswith("OverHttps") else ""
    return f"stamp{where}: {name.removeprefix('test_').replace('_', ' ')}"


def sentences():
    for module in MODULES:
        path = pathlib.Path(__file__).with_name(f"{module}.py")
        for group in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(group, ast.ClassDef):
                for step in group.body:
                    if isinstance(step, ast.FunctionDef) and step.name.startswith("test_"):
                        yield sentence(group.name, step.name)
