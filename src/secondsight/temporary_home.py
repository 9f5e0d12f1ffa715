"""Whether what is kept in a folder outlives the session."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

IN_MEMORY = {"tmpfs", "ramfs"}
# A container's own layer goes with the container; what lasts is mounted into it from elsewhere.
OF_THE_CONTAINER = {"overlay", "overlayfs", "aufs", "fuse.fuse-overlayfs"}


def is_temporary(
    folder: Path, environ: Mapping[str, str] = os.environ, mounts: Path = Path("/proc/self/mountinfo")
) -> bool:
    """Whether a folder is gone when the session ends, as far as the machine says so.

    True in three cases. On Binder: BinderHub sets ``BINDER_REPO_URL`` and others of that beginning in each session
    (its Helm chart, ``get_env`` of the spawner), and "does not provide persistent storage" (its documentation). In
    memory: the folder's file system is ``tmpfs`` or ``ramfs``. On a JupyterHub without storage: the hub sets
    ``JUPYTERHUB_USER`` and others (JupyterHub, ``Spawner.get_env``), and the folder lies on the container's own layer
    rather than on a volume (Zero to JupyterHub, "Customizing User Storage", type ``none``).

    Args:
        folder: need not exist yet.
        environ: environment variables.
        mounts: the mounted file systems as Linux lists them (``man 5 proc``, mountinfo).

    Returns:
        False also where nothing can be found out.
    """
    if any(name.startswith("BINDER_") for name in environ):
        return True
    kind = _file_system(folder, mounts)
    on_a_hub = any(name.startswith("JUPYTERHUB_") for name in environ)
    return kind in IN_MEMORY or (on_a_hub and kind in OF_THE_CONTAINER)


def _file_system(folder: Path, mounts: Path) -> str:
    """The type of file system that a folder lies on; empty where that cannot be found out."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
        place = folder.resolve()
    except (OSError, RuntimeError):
        return ""
    longest, kind = -1, ""
    for line in lines:
        fields = line.split(" ")
        # Fields of no fixed number end with "-"; the type follows.
        if len(fields) < 5 or "-" not in fields[5:-1]:
            continue
        point = Path(re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), fields[4]))
        # Of two on one place, the later hides the earlier.
        if place.is_relative_to(point) and len(point.parts) >= longest:
            longest, kind = len(point.parts), fields[fields.index("-", 5) + 1]
    return kind
