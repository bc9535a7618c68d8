from tests.workflow.cases.conftest import desk

__all__ = ["desk"]
