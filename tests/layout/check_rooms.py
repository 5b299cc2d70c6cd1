"""Every include goes to the same room or a lower floor, and names only the foreign headers its room may; every
source includes its own header before all others, so that the header is known to compile alone.

Reads libgeo/rooms.txt, the one list. Run by ctest; prints each fault and exits with 1.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
OUTSIDE = {"tools": "tools", "bindings": "bindings", "examples": "examples", "tests": "tests"}
STANDARD = re.compile(r"^[a-z_0-9]+$|^(unistd|fcntl|sys/\w+|Python)\.h$")


def rooms():
    found = {}
    for line in (ROOT / "libgeo/rooms.txt").read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            floor, room, *foreign = line.split()
            found[room] = (int(floor), foreign)
    return found


def files():
    for path in sorted((ROOT / "libgeo/wardmap").rglob("*.[ch]pp")):
        parts = path.relative_to(ROOT / "libgeo/wardmap").parts
        yield path, parts[0] if len(parts) > 1 else None
    for folder, room in OUTSIDE.items():
        for path in sorted((ROOT / folder).rglob("*.[ch]pp")):
            yield path, room


def faults():
    known = rooms()
    seen = 0
    for path, room in files():
        seen += 1
        name = path.relative_to(ROOT)
        if room is None:
            if path.name != "wardmap.hpp":
                yield f"{name} lies in no room"
            continue
        if room not in known:
            yield f"{name}: room {room} is not in libgeo/rooms.txt"
            continue
        floor, foreign = known[room]
        header = path.with_suffix(".hpp")
        if room not in OUTSIDE and path.suffix == ".cpp" and header.exists():
            first = re.search(r'^\s*#\s*include\s*[<"]([^>"]+)', path.read_text(), re.M)
            if first is None or ROOT / "libgeo" / first.group(1) != header:
                yield f"{name} does not include its own header first"
        for kind, target in re.findall(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', path.read_text(), re.M):
            if target.startswith("wardmap/"):
                other = target.split("/")[1]
                if other in ("wardmap.hpp",):
                    if floor < 10:
                        yield f"{name} (room {room}) includes {target}: only the faces do"
                elif other not in known:
                    yield f"{name} includes {target}: no such room"
                elif other != room and known[other][0] >= floor:
                    yield f"{name} (room {room}) includes {target} (room {other})"
            elif kind == '"':
                if room not in OUTSIDE:
                    yield f'{name}: "{target}" should be written from the root: "wardmap/{room}/{target}"'
            elif not STANDARD.match(target):
                if not any(target.startswith(allowed) for allowed in foreign):
                    yield f"{name} (room {room}) names the foreign header <{target}>"
                elif path.suffix == ".hpp" and room not in OUTSIDE and not path.name.endswith("_handle.hpp") and "/io/gdal/" not in str(path):
                    yield f"{name}: a public header names the foreign header <{target}>"
    if seen < 10:
        yield f"only {seen} files found: the test is not looking at the sources"


if __name__ == "__main__":
    found = list(faults())
    print("\n".join(found) or "every include goes down")
    sys.exit(bool(found))
