"""Second Sight: a notebook course on secondary breast cancer and the symptoms that matter.

In a notebook: ``import secondsight as ss``, then ``ss.start("bone")``, ``ss.quiz("bone-before")``
and the other verbs of ``secondsight.lesson``. ``ss.record()`` gives one's own record as a table, and
``ss.class_report()`` the report on a class.
"""

from importlib import import_module

__version__ = "0.1.0"
__all__ = [
    "actions",
    "body_map",
    "case",
    "certificate",
    "class_report",
    "clinic",
    "due",
    "final_check",
    "glossary",
    "key_points",
    "picture",
    "progress",
    "quiz",
    "record",
    "red_flags",
    "review",
    "sources",
    "start",
    "symptoms",
]
# The verbs that do not stand in lesson.
ELSEWHERE = {"class_report": ".class_view", "record": ".record_formats"}


def __getattr__(name: str):
    # The command line must not pay for the widgets that only a notebook needs.
    if name in __all__:
        return getattr(import_module(ELSEWHERE.get(name, ".lesson"), __name__), name)
    raise AttributeError(f"module 'secondsight' has no attribute '{name}'")
