from tests.workflow.reading.conftest import desk

__all__ = ["desk"]
