"""What a class's progress files say about the class and about the questions."""

from .report import ClassReport, report

__all__ = ["ClassReport", "report"]
