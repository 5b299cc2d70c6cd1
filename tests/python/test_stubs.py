"""The stubs name exactly what the compiled half has."""
import ast
import pathlib

import wardmap as wm
from wardmap import _wardmap


def test_stubs_match_the_module():
    stub = ast.parse((pathlib.Path(wm.__file__).parent / "_wardmap.pyi").read_text())
    shown = {node.name: node for node in stub.body if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
    there = {name for name in dir(_wardmap) if not name.startswith("_")}
    assert set(shown) == there
    for name, node in shown.items():
        if isinstance(node, ast.ClassDef):
            members = {m.name for m in node.body if isinstance(m, ast.FunctionDef)}
            own = {m for m in vars(getattr(_wardmap, name)) if not m.startswith("__") and not m.startswith("_pybind")}
            assert own <= members, f"{name}: {own - members}"
            assert all(hasattr(getattr(_wardmap, name), m) for m in members)


def test_everything_public_has_a_docstring_and_is_listed_once():
    assert len(set(wm.__all__)) == len(wm.__all__)
    for name in wm.__all__:
        assert getattr(wm, name).__doc__ or name == "__version__", name
