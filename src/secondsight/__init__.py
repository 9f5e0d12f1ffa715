"""Second Sight: a notebook course on secondary breast cancer and the symptoms that matter.

In a notebook: ``import secondsight as ss``, then ``ss.start("bone")``, ``ss.quiz("bone-before")``
and the other verbs of ``secondsight.lesson``. ``ss.record()`` gives one's own record as a table.
"""

from importlib import import_module

__version__ = "0.1.0"
__all__ = [
    "actions",
    "body_map",
    "case",
    "certificate",
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


def __getattr__(name: str):
    # The command line must not pay for the widgets that only a notebook needs.
    if name in __all__:
        return getattr(import_module(".record_formats" if name == "record" else ".lesson", __name__), name)
    raise AttributeError(f"module 'secondsight' has no attribute '{name}'")
