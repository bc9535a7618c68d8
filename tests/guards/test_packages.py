from pathlib import Path

import pytest

from tests.guards.sources import PROJECT, find_product_files, list_packages, name_in_project

FACTORY = PROJECT / "web" / "__init__.py"
FACES = [path for path in find_product_files(".py") if path.name == "__init__.py"]


@pytest.mark.parametrize("path", [path for path in FACES if path != FACTORY], ids=name_in_project)
def test_a_package_does_nothing_on_import(path: Path) -> None:
    assert path.read_bytes() == b""


@pytest.mark.parametrize("package", list_packages())
def test_a_folder_with_code_is_a_package(package: str) -> None:
    folders = {path.parent for path in (PROJECT / package).rglob("*.py")}
    assert [name_in_project(f) for f in folders if not (f / "__init__.py").exists()] == []
