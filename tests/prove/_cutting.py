"""A power cut, by a layer that keeps apart what was synced (`_cut.c`) and then leaves no more."""

import ctypes
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

SOURCE = Path(__file__).with_name("_cut.c")


def cannot() -> str:
    """Why no power cut can be simulated here; "" where it can."""
    if os.uname().sysname != "Linux":
        return "the layer is written for Linux"
    if compiler() is None:
        return "no C compiler is installed (cc, gcc or clang)"
    return ""


def compiler() -> str | None:
    """The first C compiler of this machine."""
    return next(filter(None, map(shutil.which, ("cc", "gcc", "clang"))), None)


class Layer:
    """What was synced below `root`. Whoever writes there is started with `environment`; once all of
    them are killed, `cut` leaves what was synced, and `begin` lets all count as synced again."""

    def __init__(self, root: Path, lie: str = "") -> None:
        self.root, self.lie = root, lie
        self.place = Path(tempfile.mkdtemp(prefix="keti-cut-", dir="/tmp"))
        self.place.chmod(0o755)
        self.library = self.place / "cut.so"
        self.shadow = Path(tempfile.mkdtemp(prefix="keti-cut-", dir=_memory()))
        built = [str(compiler()), "-O2", "-shared", "-fPIC", "-o", str(self.library), str(SOURCE)]
        subprocess.run([*built, "-ldl"], check=True)
        self.library.chmod(0o755)
        self.dropped = 0

    def environment(self) -> dict[str, str]:
        """What lets the layer see the writes of a process and of all it starts."""
        told = {"LD_PRELOAD": self.library, "CUT_ROOT": self.root, "CUT_SHADOW": self.shadow}
        return {name: str(value) for name, value in told.items()} | {"CUT_LIE": self.lie}

    def begin(self) -> None:
        """All that lies there now is on the disk."""
        shutil.rmtree(self.shadow, ignore_errors=True)
        self.shadow.mkdir()
        self.shadow.chmod(0o777)
        key = ctypes.create_string_buffer(64)
        if ctypes.CDLL(str(self.library)).begun(bytes(self.root), bytes(self.shadow), key):
            raise RuntimeError(f"{self.root} could not be copied")
        (self.shadow / "lock").touch()
        (self.shadow / "lock").chmod(0o666)
        self.key = key.value.decode()

    def cut(self) -> None:
        """Leave what was synced, and nothing else. Nobody writes there any more."""
        left = self.root.with_name(f"{self.root.name}.left")
        self._put_back(left, self.key)
        before = sum(one.stat().st_size for one in self.root.rglob("*") if one.is_file())
        after = sum(one.stat().st_size for one in left.rglob("*") if one.is_file())
        self.dropped += max(0, before - after)
        shutil.rmtree(self.root)
        left.rename(self.root)

    def _put_back(self, place: Path, key: str) -> None:
        names = self.shadow / f"d-{key}"
        place.mkdir()
        for row in names.read_text().splitlines() if names.exists() else []:
            kind, one, name = row.split(" ", 2)
            if kind == "d":
                self._put_back(place / name, one)
            else:
                self._file(place / name, self.shadow / f"f-{one}")
        if names.exists():
            _like(place, names)

    def _file(self, place: Path, kept: Path) -> None:
        """A name that was synced, of a file that was not, is a name without bytes."""
        if not kept.exists():
            place.touch()
            return
        shutil.copyfile(kept, place)
        _like(place, kept)

    def remove(self) -> None:
        shutil.rmtree(self.place, ignore_errors=True)
        shutil.rmtree(self.shadow, ignore_errors=True)


def _memory() -> str:
    """Where much is written and nothing needs to stay."""
    shared = Path("/dev/shm")
    return str(shared if shared.is_dir() and shutil.disk_usage(shared).free > 1 << 30 else "/tmp")


def _like(place: Path, kept: Path) -> None:
    said = kept.stat()
    os.chown(place, said.st_uid, said.st_gid)
    place.chmod(said.st_mode & 0o7777)
