"""docs/gallery.md and the README: their pictures are what the commands printed beside them (for the README: README_COMMAND) make. Run as a program (`./dev gallery`) it makes them anew."""
import os
import pathlib
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as tree
import zlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
COMMAND = pathlib.Path(os.environ.get("WARDMAP_COMMAND", ROOT / "build/release/bin/wardmap"))
PAGE = ROOT / "docs/gallery.md"
README = ROOT / "README.md"
# The README's picture, which pages that show no SVG show too: the gallery's first map, as pixels.
README_PICTURE = "rate-map.png"
README_COMMAND = f"wardmap map out/violence.csv --areas coventry-wards --value rate --dpi 120 -o out/{README_PICTURE}"
SVG = "{http://www.w3.org/2000/svg}"


def entries(text):
    """[(picture's name or None, [command, ...]), ...] in the order of the page."""
    found = []
    for part in re.split(r"^#+ .*$", text, flags=re.M):
        picture = re.search(r"!\[[^\]]*\]\(pictures/([\w-]+)\.svg\)", part)
        blocks = re.findall(r"^```sh\n(.*?)^```", part, re.M | re.S)
        lines = [line for block in blocks for line in re.sub(r"\\\n\s*", " ", block).splitlines()]
        if picture or lines:
            found.append((picture and picture[1], lines))
    return found


def make(folder):
    """Runs every command of the page in a folder that looks like the project's root. The pictures are then in its out/."""
    for name in ("boundaries", "examples"):
        shutil.copytree(ROOT / name, folder / name)
    (folder / "out").mkdir()
    environment = {**os.environ, "PATH": f"{COMMAND.parent}{os.pathsep}{os.environ['PATH']}"}
    of_page = [line for _, lines in entries(PAGE.read_text(encoding="utf-8")) for line in lines]
    for line in [*of_page, README_COMMAND]:
        done = subprocess.run(["sh", "-c", line], cwd=folder, env=environment, capture_output=True, text=True, timeout=300)
        if done.returncode != 0:
            raise RuntimeError(f"{line}\n{done.stderr}")
    return folder / "out"


def alt_of(svg):
    """The first sentences of what the picture says of itself, about 150 characters, as Markdown takes them."""
    sentences = re.split(r"(?<=\.) ", tree.parse(svg).getroot().findtext(SVG + "desc").translate({ord("["): "(", ord("]"): ")"}))
    text = sentences.pop(0)
    while sentences and len(text) + len(sentences[0]) < 150:
        text += " " + sentences.pop(0)
    return text


def what_png_holds(file):
    """The chunks of a PNG that matter to who sees or hears it. Pixels are unpacked: how tightly they are packed depends on libdeflate's version."""
    data, at, chunks, pixels = file.read_bytes(), 8, [], b""
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        body = data[at + 8:at + 8 + length]
        if kind == b"IDAT":
            pixels += body
        else:
            chunks.append((kind, body))
        at += 12 + length
    return chunks, zlib.decompress(pixels)


def with_readme_alt(text, folder):
    """The README with its picture's alternative text as the picture itself has it."""
    chunks, _ = what_png_holds(folder / README_PICTURE)
    said = {body.split(b"\0", 1)[0]: body.split(b"\0", 5)[5] for kind, body in chunks if kind == b"iTXt"}
    alt = said[b"Description"].decode("utf-8").translate({ord("["): "(", ord("]"): ")"})
    return re.sub(rf"!\[[^\]]*\]\(docs/pictures/{re.escape(README_PICTURE)}\)", lambda _: f"![{alt}](docs/pictures/{README_PICTURE})", text)


def with_alts(text, folder):
    return re.sub(r"!\[[^\]]*\]\(pictures/([\w-]+)\.svg\)", lambda found: f"![{alt_of(folder / (found[1] + '.svg'))}](pictures/{found[1]}.svg)", text)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        made = make(pathlib.Path(temporary))
        text = PAGE.read_text(encoding="utf-8")
        for name, _ in entries(text):
            if name:
                shutil.copyfile(made / f"{name}.svg", ROOT / f"docs/pictures/{name}.svg")
        PAGE.write_text(with_alts(text, made), encoding="utf-8")
        shutil.copyfile(made / README_PICTURE, ROOT / "docs/pictures" / README_PICTURE)
        README.write_text(with_readme_alt(README.read_text(encoding="utf-8"), made), encoding="utf-8")
    print(f"{PAGE.relative_to(ROOT)}: {sum(1 for name, _ in entries(text) if name)} pictures in docs/pictures", file=sys.stderr)
