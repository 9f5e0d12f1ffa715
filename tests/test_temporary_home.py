"""Whether what is kept outlives the session, as machines of several kinds tell."""

from pathlib import Path

import pytest

from secondsight.temporary_home import is_temporary

# Lines as Linux gives them; the fields between the options and "-" differ in number.
ROOT_DISK = "25 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw,discard"
OVERLAY = "1130 985 0:52 / / rw,relatime master:321 - overlay overlay rw,lowerdir=/var/lib/docker/overlay2/l/AB:CD"
FUSE_OVERLAY = "512 480 0:61 / / rw,nodev,relatime - fuse.fuse-overlayfs fuse-overlayfs rw,user_id=0"
PROC = "1131 1130 0:55 / /proc rw,nosuid,nodev,noexec,relatime - proc proc rw"
SHM = "1136 1130 0:50 / /dev/shm rw,nosuid,nodev,noexec,relatime - tmpfs shm rw,size=65536k"
VOLUME = "1140 1130 8:16 / /home/jovyan rw,relatime - ext4 /dev/sdb rw"
NFS = "1141 1130 0:99 /users/ann /home/jovyan rw,relatime shared:7 master:2 - nfs4 10.0.0.2:/users rw,vers=4.2"
IN_MEMORY = "1142 1130 0:77 / /home/jovyan rw,relatime - tmpfs tmpfs rw"
HUB = {"JUPYTERHUB_USER": "ann", "HOME": "/home/jovyan"}
HOME = Path("/home/jovyan/.local/share/second-sight")


@pytest.fixture
def mounted(tmp_path):
    """Writes the list of what is mounted."""

    def write(*lines: str) -> Path:
        (tmp_path / "mountinfo").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        return tmp_path / "mountinfo"

    return write


@pytest.mark.parametrize(
    ("environ", "lines", "expected"),
    [
        pytest.param({}, [ROOT_DISK, PROC, SHM], False, id="own machine"),
        pytest.param({}, [OVERLAY, PROC], False, id="own container: nobody says that it ends"),
        pytest.param(HUB, [ROOT_DISK, PROC, SHM], False, id="hub without containers"),
        pytest.param(HUB, [OVERLAY, PROC, SHM], True, id="hub without storage"),
        pytest.param(HUB, [FUSE_OVERLAY], True, id="hub without storage, rootless"),
        pytest.param(HUB, [OVERLAY, PROC, VOLUME], False, id="hub with a volume"),
        pytest.param(HUB, [VOLUME, OVERLAY], False, id="hub with a volume, listed first"),
        pytest.param(HUB, [OVERLAY, NFS], False, id="hub with a network's storage"),
        pytest.param(HUB, [OVERLAY, VOLUME, IN_MEMORY], True, id="memory over a volume"),
        pytest.param(HUB, [OVERLAY, IN_MEMORY, VOLUME], False, id="a volume over memory"),
        pytest.param({}, [ROOT_DISK, IN_MEMORY], True, id="home in memory"),
        pytest.param({}, [ROOT_DISK, IN_MEMORY.replace("tmpfs", "ramfs")], True, id="home in memory, older"),
        pytest.param({}, [ROOT_DISK, IN_MEMORY.replace("/home/jovyan", "/home/jov")], False, id="another's home"),
        pytest.param({"BINDER_REPO_URL": "https://example.org/course"}, [OVERLAY, VOLUME], True, id="Binder"),
        pytest.param({"BINDER_LAUNCH_HOST": ""}, [ROOT_DISK], True, id="Binder, empty"),
        pytest.param({"MY_BINDER_": "x", "JUPYTER_HUB": "x"}, [OVERLAY], False, id="names that only resemble"),
        pytest.param(HUB, [], False, id="nothing listed"),
        pytest.param(HUB, ["", "what is this", "1 2 3 4 / rw -", "1 2 3 4 / rw", OVERLAY[:30]], False, id="no list"),
    ],
)  # fmt: skip
def test_a_home_that_ends_with_the_session_is_found_out(mounted, environ, lines, expected):
    assert is_temporary(HOME, environ, mounted(*lines)) is expected


def test_a_system_that_lists_nothing_is_taken_to_last(tmp_path):
    assert is_temporary(HOME, HUB, tmp_path / "no such file") is False
    assert is_temporary(HOME, HUB, tmp_path) is False
    assert is_temporary(HOME, {"BINDER_REQUEST": "v2/gh/x"}, tmp_path / "no such file") is True


def test_names_of_places_may_hold_blanks_and_bytes_that_are_no_text(mounted, tmp_path):
    place = tmp_path / "my own\thome"
    escaped = str(place).replace(" ", "\\040").replace("\t", "\\011")
    mounts = mounted(ROOT_DISK, f"9 8 0:7 / {escaped} rw - tmpfs tmpfs rw")
    mounts.write_bytes(b"9 8 0:7 / /\xff\xfe rw - ext4 /dev/x rw\n" + mounts.read_bytes())
    assert is_temporary(place / "record", {}, mounts) is True
    assert is_temporary(tmp_path / "my own", {}, mounts) is False


def test_a_link_is_where_it_leads(mounted, tmp_path):
    (tmp_path / "memory").mkdir()
    (tmp_path / "home").symlink_to(tmp_path / "memory")
    mounts = mounted(ROOT_DISK, f"9 8 0:7 / {tmp_path / 'memory'} rw - tmpfs tmpfs rw")
    assert is_temporary(tmp_path / "home" / "not" / "yet", {}, mounts) is True


@pytest.mark.skipif(not Path("/proc/self/mountinfo").exists(), reason="needs Linux")
def test_this_machine_tells_its_own():
    shared = [
        line for line in Path("/proc/self/mountinfo").read_text(encoding="utf-8").splitlines() if "/dev/shm " in line
    ]
    if not any(" - tmpfs " in line for line in shared):
        pytest.skip("no memory is mounted at /dev/shm")
    assert is_temporary(Path("/dev/shm/second-sight"), {}) is True
    assert is_temporary(Path("/proc"), {}) is False
