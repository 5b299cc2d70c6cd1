"""`./dev bench`: ours and the peers on the same data in one run, as tables for docs/benchmarks.md.

Cases of a table are run round robin, so that whatever else the machine does hits all alike; medians are printed, and each peer's user
seconds over ours. Nothing here passes or fails. What is not installed is named as absent.

The generated data and the peers' programs come from ../shared/bench, which only this project's workplace has; without it ours runs alone,
on points over Coventry made here. Peers in Python go into build/bench-venv.
"""
import argparse
import array
import csv
import dataclasses
import hashlib
import json
import os
import pathlib
import platform
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BIN = ROOT / "build/release/bin"
COMMAND = BIN / "wardmap"
EXAMPLE = ROOT / "examples/coventry/data"
PROJECT = ROOT / "examples/coventry/coventry.toml"
WARDS = ROOT / "boundaries/coventry-wards.geojson"
PEERS = ROOT.parent / "shared/bench"
BOUNDARIES = ROOT.parent / "shared/data/boundaries"
POINTS = 1_000_000
PYTHON_PEERS = ["numpy", "pandas", "geopandas", "shapely", "pyogrio", "pyarrow", "polars", "duckdb", "matplotlib", "PIL", "numba", "libpysal", "esda",
                "pygeoda"]
PACKAGE_OF = {"PIL": "pillow"}
PICTURE_PIXELS = 1600
OUTLINE_PIXELS = 0.5


@dataclasses.dataclass
class Case:
    """One row of a table."""
    name: str
    command: list
    runs: int = 5
    ours: bool = False
    output: pathlib.Path | None = None  # counts of ward, month, kind, whose checksum is printed
    inside: str = ""                    # the phase of RESULT that is compared; empty: the whole process
    absent: str = ""                    # why it is not run
    picture: pathlib.Path | None = None  # what it draws
    agreement: str = "the reference"
    results: list = dataclasses.field(default_factory=list)


@dataclasses.dataclass
class Result:
    wall: float
    user: float
    peak_mb: float        # peak memory, mapped files included
    anonymous_mb: float   # peak of what no file backs, looked at every 2 ms, in the first run only
    said: dict
    checksum: str


def anonymous_megabytes(pid):
    try:
        status = pathlib.Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    found = re.search(r"^RssAnon:\s+(\d+)", status, re.M)
    return int(found.group(1)) * 1024 / 1e6 if found else 0.0


def checksum(path):
    """sha256 of ward,month,kind,count in byte order without heading; rows of no ward or no count are left out."""
    rows = []
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.reader(file):
            if row[0] == "area_code":
                continue
            ward, month, kind, count = [row[0], *row[-3:]]
            if ward and int(count) > 0:
                rows.append(f"{ward},{month},{kind},{count}\n".encode())
    rows.sort()
    return hashlib.sha256(b"".join(rows)).hexdigest()[:16]


def run(case, folder):
    start = time.perf_counter()
    with open(folder / "said.txt", "w+") as said, open(folder / "error.txt", "w+") as error:
        try:
            process = subprocess.Popen([str(word) for word in case.command], cwd=folder, stdout=said, stderr=error)
        except OSError as fault:
            return f"could not be started: {fault.strerror}"
        peak, done = [0.0], threading.Event()

        def watch():
            while not done.wait(0.002):
                peak[0] = max(peak[0], anonymous_megabytes(process.pid))

        watcher = threading.Thread(target=watch if not case.results else done.is_set)
        watcher.start()
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        done.set()
        watcher.join()
        if process.returncode != 0:
            error.seek(0)
            last = (error.read().strip().splitlines() or ["it said nothing"])[-1]
            return f"failed with {process.returncode}: {last[:90]}"
        said.seek(0)
        line = re.search(r"^RESULT (\{.*\})$", said.read(), re.M)
    return Result(wall, used.ru_utime, used.ru_maxrss * 1024 / 1e6, peak[0], json.loads(line.group(1)) if line else {},
                  checksum(case.output) if case.output and not case.results else "")


def run_all(cases, folder):
    for turn in range(max(case.runs for case in cases)):
        for case in cases:
            if case.absent or turn >= case.runs:
                continue
            result = run(case, folder)
            if isinstance(result, str):
                case.absent = result
            else:
                case.results.append(result)


def median(case, value):
    return statistics.median(value(result) for result in case.results)


def seconds(value):
    return f"{value:.4f}" if value < 0.1 else f"{value:.3f}" if value < 10 else f"{value:.1f}"


def compared(case):
    """User seconds that the ratio is made of."""
    if case.inside == "index and query":
        return median(case, lambda r: r.said["build_user"] + r.said["query_user"])
    if case.inside == "query or call":
        return median(case, lambda r: r.said.get("query_user", r.said.get("user")))
    if case.inside:
        return median(case, lambda r: r.said[case.inside])
    return median(case, lambda r: r.user)


def table(title, heading, cases, cells):
    """Rows of the cases with their cells; the ratio is of user seconds to the first case of ours."""
    print(f"\n### {title}\n\n| | {' | '.join(heading)} | times ours |")
    print("|---|" + "---|" * (len(heading) + 1))
    base = next((compared(case) for case in cases if case.ours and case.results), None)
    for case in cases:
        name = f"**{case.name}**" if case.ours else case.name
        if not case.results:
            print(f"| {name} | {case.absent} {'| ' * len(heading)}|")
            continue
        ratio = "" if base is None or case.ours else f"{compared(case) / base:.1f}"
        print(f"| {name} | {' | '.join(cells(case))} | {ratio} |")
    sys.stdout.flush()


def points_cells(case):
    phase = lambda key: seconds(median(case, lambda r: r.said[key]))
    last = case.results[-1].said
    return [phase("build_user"), phase("query_user"), phase("query_wall"),
            f"{last['index_mb']:.0f}" if "index_mb" in last else "", f"{case.results[0].anonymous_mb:.0f}",
            f"{last['assigned']} / {last['hash']}"]


def process_cells(case):
    cells = [seconds(median(case, lambda r: r.wall)), seconds(median(case, lambda r: r.user)),
             f"{case.results[0].anonymous_mb:.0f}"]
    return [*cells, case.results[0].checksum]


def reading_cells(case):
    last = case.results[-1].said
    wall = "wall" if "wall" in last else "read_wall"
    points = f"{last['features']} / {last['coords']}" if "coords" in last else ""
    return [seconds(median(case, lambda r: r.said[wall])), seconds(compared(case)), seconds(median(case, lambda r: r.wall)),
            seconds(median(case, lambda r: r.user)), points]


DRAWING_PHASES = [("wall",), ("render_wall", "encode_user"), ("draw_wall", "encode_wall"), ("fill_wall", "stroke_wall", "encode_wall"),
                  ("write_wall", "finish_wall"), ("plot", "savefig")]


def drawing_seconds(said):
    """Drawing and encoding, without reading, as each program names its phases: wall time where it tells that."""
    phases = next(phases for phases in DRAWING_PHASES if phases[0] in said)
    return sum(said.get(phase, 0) for phase in phases)


def picture_cells(case):
    return [seconds(median(case, lambda r: drawing_seconds(r.said))), seconds(median(case, lambda r: r.wall)),
            seconds(median(case, lambda r: r.user)), f"{case.picture.stat().st_size / 1e6:.2f}", case.agreement]


def as_png(picture):
    """The picture in pixels, or nothing where no program here makes them of it."""
    if picture.suffix == ".png":
        return picture
    png = picture.with_suffix(picture.suffix + ".png")
    size = str(PICTURE_PIXELS)
    command = (["pdftoppm", "-scale-to", size, "-png", "-singlefile", picture, png.with_suffix("")] if picture.suffix == ".pdf"
               else ["rsvg-convert", "--unlimited", "-w", size, "-h", size, picture, "-o", png])
    return png if shutil.which(command[0]) and subprocess.run(command, capture_output=True).returncode == 0 else None


def compare_pictures(cases, reference, python):
    """Of the pixels that are one class's colour in both pictures, the share that are of the same class."""
    for case in cases:
        if not case.results or case.picture == reference:
            continue
        png = as_png(case.picture)
        done = subprocess.run([python, PEERS / "peers/t4_compare.py", reference, png], capture_output=True, text=True) if png else None
        found = re.search(r"agree on pure ([\d.]+) mean abs diff ([\d.]+)", done.stdout) if done else None
        case.agreement = f"{found.group(1)} / {found.group(2)}" if found else "not compared"


def start_cells(case):
    return [f"{median(case, lambda r: r.wall) * 1000:.1f}", f"{median(case, lambda r: r.user) * 1000:.1f}"]


def make_coventry(folder):
    """Points over Coventry's box and a CSV of them, for where ../shared/bench is not."""
    coordinates = [float(n) for pair in re.findall(r"\[(-?[\d.]+),\s*(-?[\d.]+)\]", WARDS.read_text()) for n in pair]
    box = [(min(part), max(part)) for part in (coordinates[::2], coordinates[1::2])]
    rng = random.Random(20240229)
    x, y = ([round(rng.uniform(*box[axis]), 6) for _ in range(POINTS)] for axis in (0, 1))
    with open(folder / f"pts_cov_{POINTS}.xy", "wb") as file:
        array.array("d", x + y).tofile(file)
    kinds = ["Burglary", "Drugs", "Public order", "Robbery", "Shoplifting", "Vehicle crime", "Violence and sexual offences"]
    months = [f"{year}-{month:02}" for year in (2022, 2023, 2024) for month in range(1, 13)]
    with open(folder / f"crime_cov_{POINTS}.csv", "w", encoding="utf-8") as file:
        file.write("Crime ID,Month,Longitude,Latitude,Location,Crime type\n")
        for px, py in zip(x, y):
            file.write(f"{rng.getrandbits(256):064x},{rng.choice(months)},{px:.6f},{py:.6f},On or near High Street,{rng.choice(kinds)}\n")
    shutil.copy(WARDS, folder / "wards_cov.geojson")


def make_data(folder):
    """Generated once, by seed; the same bytes on every machine."""
    ready = folder / "ready"
    if ready.exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    print(f"making the data in {folder}", file=sys.stderr)
    if PEERS.exists() and shutil.which("ogr2ogr"):
        python = python_peers()
        subprocess.run([python, PEERS / "gen_data.py", "--src", BOUNDARIES, "--out", folder, "--sizes", str(POINTS)], check=True,
                       stdout=subprocess.DEVNULL)
        subprocess.run([python, PEERS / "prep_formats.py", folder], check=True, stdout=subprocess.DEVNULL)
    else:
        make_coventry(folder)
    ready.touch()


def python_peers():
    """The interpreter of build/bench-venv with the peers in Python, or as many of them as could be had."""
    venv = ROOT / "build/bench-venv"
    python = venv / "bin/python"
    if not (venv / "tried").exists():
        print(f"making {venv} with {' '.join(PYTHON_PEERS)}", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        for package in PYTHON_PEERS:  # one by one: one that is not to be had takes no other with it
            subprocess.run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", PACKAGE_OF.get(package, package)], stderr=subprocess.DEVNULL)
        (venv / "tried").touch()
    return python


def version_in_python(python, module):
    done = subprocess.run([python, "-c", f"import {module}; print({module}.__version__)"], capture_output=True, text=True)
    return done.stdout.strip() if done.returncode == 0 else ""


class Peers:
    """What there is to compare with."""

    def __init__(self):
        self.here = PEERS.exists()
        self.programs = ROOT / "build/bench-peers"
        self.python = python_peers() if self.here else None
        self.versions = {}
        if self.here:
            subprocess.run(["sh", PEERS / "build.sh", self.programs], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            self.versions = {m: version_in_python(self.python, m) for m in PYTHON_PEERS}

    def program(self, program, /, *words, **case):
        path = self.programs / program
        return Case(command=[path, *words], absent="" if path.exists() else "absent: it could not be built here", **case)

    def script(self, modules, *words, **case):
        missing = [m for m in modules if not self.versions.get(m)]
        return Case(command=[self.python, *words], absent=f"absent: no {', '.join(missing)}" if missing else "", **case)

    def tool(self, program, /, *words, **case):
        return Case(command=[program, *words], absent="" if shutil.which(program) else f"absent: no {program} here", **case)


DUCKDB = """
import sys, duckdb
threads, events, out = sys.argv[1:]
duckdb.execute(f"SET threads={threads}")
duckdb.execute(f"COPY (SELECT \\"LSOA code\\" c, \\"Month\\" m, \\"Crime type\\" t, count(*) n FROM read_csv('{events}', "
               f"types={{'Longitude':'DOUBLE','Latitude':'DOUBLE','Month':'VARCHAR'}}) WHERE Longitude + Latitude > -1e9 "
               f"GROUP BY 1,2,3 ORDER BY 1,2,3) TO '{out}' (HEADER false)")
"""

PYOGRIO = """
import sys, time, resource, json, pyogrio
start, used = time.time(), resource.getrusage(resource.RUSAGE_SELF).ru_utime
meta, rows = pyogrio.read_arrow(sys.argv[1])
print("RESULT", json.dumps({"read_wall": time.time() - start, "read_user": resource.getrusage(resource.RUSAGE_SELF).ru_utime - used,
                            "features": rows.num_rows}))
"""

CHECKED = """
import sys, time, resource, json, pyogrio
start, used = time.time(), resource.getrusage(resource.RUSAGE_SELF).ru_utime
frame = pyogrio.read_dataframe(sys.argv[1])
valid = int(frame.geometry.is_valid.sum())
print("RESULT", json.dumps({"read_wall": time.time() - start, "read_user": resource.getrusage(resource.RUSAGE_SELF).ru_utime - used,
                            "features": len(frame), "valid": valid}))
"""


# Local Moran: the table's rows in the order of the areas; the first call of esda is not counted, for numba compiles in it.
NEIGHBOURS = """
import sys, time, resource, json, warnings, geopandas, pandas
warnings.filterwarnings("ignore")
areas, table, column, threads = sys.argv[1:]
frame = geopandas.read_file(areas)
values = pandas.read_csv(table).set_index("lsoa_code")[column].reindex(frame.lsoa_code).to_numpy("float64")
def clock():
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.time(), own.ru_utime + children.ru_utime
def result(start, between, end, links, total):
    print("RESULT", json.dumps({"areas": len(frame), "links": links, "touching_wall": between[0][0] - start[0], "touching_user": between[0][1] - start[1],
                                "wall": end[0] - between[1][0], "user": end[1] - between[1][1], "sum": total}))
"""

ESDA = NEIGHBOURS + """
import libpysal, esda
start = clock()
queen = libpysal.weights.Queen.from_dataframe(frame, use_index=False, silence_warnings=True)
queen.transform = "r"
touched = clock()
run = lambda: esda.Moran_Local(values, queen, permutations=999, n_jobs=1, seed=1)
run()
again = clock()
made = run()
result(start, (touched, again), clock(), int(queen.sparse.nnz), float(pandas.Series(made.Is).sum()))
"""

PYGEODA = NEIGHBOURS + """
import pygeoda
start = clock()
queen = pygeoda.queen_weights(pygeoda.open(frame), precision_threshold=5e-6)
touched = clock()
made = pygeoda.local_moran(queen, values.tolist(), permutations=999, permutation_method=METHOD, cpu_threads=int(threads))
end = clock()
result(start, (touched, touched), end, sum(len(queen.get_neighbors(i)) for i in range(len(frame))), float(sum(made.lisa_values())))
"""


def neighbour_cases(peers):
    inputs = [BOUNDARIES / "england_lsoa11.fgb", BOUNDARIES.parent / "imd/england_imd2019_lsoa11.csv", "imd_score"]
    ours = BIN / "bench_local_moran"
    case = lambda script, modules, **words: peers.script(["geopandas", *modules], "-c", script, *inputs, 2, inside="user", **words)
    return [
        Case("wardmap, 1 thread", [ours, *inputs, 1], 5, True, inside="user"), Case("wardmap, 2 threads", [ours, *inputs, 2], 5, True, inside="user"),
        case(ESDA, ["esda", "libpysal"], name="esda, compiled; the same draws for all areas", runs=3),
        case(PYGEODA.replace("METHOD", "'complete'"), ["pygeoda"], name="pygeoda, 2 threads", runs=1),
        case(PYGEODA.replace("METHOD", "'lookup'"), ["pygeoda"], name="pygeoda, 2 threads, lookup: the same draws for all areas", runs=3),
    ]


def neighbour_cells(case):
    phase = lambda key: seconds(median(case, lambda r: r.said[key]))
    last = case.results[-1].said
    return [phase("touching_wall"), phase("user"), phase("wall"), f"{last['links']} / {last['sum']:.3f}"]


def scan_cases():
    inputs = [BOUNDARIES / "england_lsoa11.fgb", BOUNDARIES.parent / "population/england_lsoa11_mid2020_5year.csv", "all_ages"]
    midlands = ",".join(f"E080000{n}" for n in range(25, 32))
    return [Case(name, [BIN / "bench_scan_circles", *inputs, districts, cap, threads], 3, True, inside="user")
            for threads in (1, 2) for name, districts, cap in [
                (f"Coventry, half of all people, {threads} thread{'s' if threads > 1 else ''}", "E08000026", 0),
                (f"West Midlands, half of all people, {threads} thread{'s' if threads > 1 else ''}", midlands, 0),
                (f"England, up to 50,000 people, {threads} thread{'s' if threads > 1 else ''}", "all", 50000)]]


def scan_cells(case):
    last = case.results[-1].said
    return [str(last["areas"]), f"{last['circles']:,}", f"{last['events']:,.0f}", seconds(median(case, lambda r: r.said["user"])),
            seconds(median(case, lambda r: r.said["wall"]))]


def locate_cases(data, peers, areas, points, cells):
    a, p, flat = data / f"{areas}.geojson", data / f"pts_{points}_{POINTS}.xy", data / f"{areas}.poly"
    phase = "index and query"
    ours = BIN / "bench_locate_points"
    cases = [Case("wardmap, 1 thread", [ours, a, p, 1], 7, True, inside=phase), Case("wardmap, 2 threads", [ours, a, p, 2], 7, True, inside=phase)]
    if peers.here:
        cases += [
            peers.program("pip_geos_cpp", flat, p, name="GEOS C++, STRtree and IndexedPointInAreaLocator", runs=5, inside=phase),
            peers.program("pip_geos_capi", flat, p, "pttree", name="GEOS C, tree over the points (shapely 2's way)", runs=3, inside=phase),
            peers.program("pip_geos_capi", flat, p, "polytree", name="GEOS C, tree over the polygons", runs=3, inside=phase),
            peers.script(["geopandas"], PEERS / "peers/t1_geopandas.py", a, p, name="geopandas sjoin", runs=3, inside=phase),
            peers.program("pip_grid", flat, p, cells, 1, name=f"yardstick: grid of {cells}, not exact", runs=5, inside=phase),
        ]
    return cases


def count_cases(data, peers, areas, cells, folder):
    events, polygons = data / f"crime_{areas}_{POINTS}.csv", data / f"wards_{areas}.geojson"
    def ours(threads):
        out = folder / f"ours{threads}.csv"
        return Case(f"wardmap count, {threads} thread{'s' if threads > 1 else ''}",
                    [COMMAND, "count", events, "--areas", polygons, "--date", "Month", "--period", "month", "--by", "Crime type", "--threads", threads,
                     "--quiet", "--overwrite", "-o", out], 7, True, output=out)
    cases = [ours(1), ours(2)]
    if peers.here:
        out = lambda name: folder / f"{name}.csv"
        duckdb = lambda threads: peers.script(["duckdb"], "-c", DUCKDB, threads, events, out("duckdb"), runs=5,
                                              name=f"DuckDB, CSV and grouping by LSOA only, {threads} thread{'s' if threads > 1 else ''}")
        cases += [
            peers.program("e2e_grid", events, data / f"wards_{areas}.poly", data / f"wards_{areas}.codes.txt", out("grid"), 1, cells,
                          name="yardstick, 1 thread: grid, no quotes, not exact", runs=5, output=out("grid")),
            duckdb(1), duckdb(2),
            peers.script(["geopandas"], PEERS / "peers/t2_geopandas.py", events, polygons, out("geopandas"), name="pandas and geopandas", runs=1,
                         output=out("geopandas")),
            *[Case(f"{name}", [], absent="absent: not installed here, see ../shared/anchors") for name in ("data.table and sf", "mapshaper", "PostGIS")],
        ]
    return cases


def read_cases(data, peers, ending):
    file = data / f"wards_eng.{ending}"
    return [
        Case("wardmap, to an AreaSet, shapes checked", [BIN / "bench_read_boundaries", file], 7, True, inside="user"),
        peers.program("ogr_read", file, "feature", name="GDAL C++, features", runs=7, inside="user"),
        *([] if ending == "geojson" else [peers.program("ogr_read", file, "arrow", name="GDAL C++, Arrow", runs=7, inside="user")]),
        *([peers.program("geojson_scan", file, name="yardstick: a bare scan of the text", runs=5, inside="user")] if ending == "geojson" else []),
        peers.script(["pyogrio", "pyarrow"], "-c", PYOGRIO, file, name="pyogrio.read_arrow", runs=5, inside="read_user"),
        peers.script(["geopandas", "pyogrio"], "-c", CHECKED, file, name="pyogrio.read_dataframe and is_valid", runs=3, inside="read_user"),
        peers.script(["geopandas", "pyogrio"], PEERS / "peers/t3_geopandas.py", file, name="geopandas.read_file through pyogrio", runs=3, inside="read_user"),
    ]


def mapnik(*words, **case):
    """Debian's module is of Debian's Python."""
    python = "/usr/bin/python3"
    here = shutil.which(python) and subprocess.run([python, "-c", "import mapnik"], capture_output=True).returncode == 0
    return Case(command=[python, *words], absent="" if here else "absent: no python3-mapnik", **case)


def picture_cases(data, peers, areas, ending, outline, folder):
    polygons, classes, shapefile = (data / f"map_{areas}.{end}" for end in ("poly", "classes.txt", "shp"))
    bounds = (data / f"map_{areas}.bounds").read_text().split()
    size = PICTURE_PIXELS
    def case(make, program, *words, name, **more):
        picture = folder / f"{areas}-{outline}-{re.sub('[^a-z0-9]+', '-', name.lower())}.{ending}"
        return make(program, *(picture if word == "OUT" else word for word in words), name=name, picture=picture, **more)
    def own(program, *words, **more):
        return Case(command=[program, *words], ours=True, **more)
    drawn = [polygons, classes, "OUT", ending, size, *bounds, outline]
    cases = [case(own, BIN / "bench_draw_map", *drawn, threads, name=f"wardmap, {threads} thread{'s' if threads > 1 else ''}", runs=7)
             for threads in ((1, 2) if ending == "png" else (1,))]
    cases += [case(peers.program, "cairo_fill", *drawn, name="Cairo", runs=7),
              case(mapnik, PEERS / "peers/t4_mapnik.py", shapefile, "OUT", size, outline, name="Mapnik", runs=7),
              case(peers.script, ["geopandas", "matplotlib"], PEERS / "peers/t4_geopandas.py", data / f"map_{areas}.gpkg", "OUT", size, outline,
                   name="geopandas and matplotlib", runs=3)]
    if ending == "png":
        cases.append(case(peers.program, "raster_fill", polygons, classes, "OUT", size, *bounds, outline, name="yardstick: our inner loop's first draft",
                          runs=5))
    else:
        cases.append(case(peers.program, "vector_write", *drawn, 10, name="yardstick: numbers and nothing else", runs=5))
    return cases


def frame_cases(data, peers, areas, points):
    """The package in Python beside the C++ call and geopandas; the index is made, the frames are read."""
    package, script = ROOT / "build/release/python", ROOT / "tests/bench/frames.py"
    a, p, e, polygons = data / f"{areas}.geojson", data / f"pts_{points}_{POINTS}.xy", data / f"crime_{points}_{POINTS}.csv", data / f"wards_{points}.geojson"
    ours = lambda *words, modules=(), **case: dataclasses.replace(peers.script(list(modules), script, package, *words, inside="query or call", **case), ours=True)
    located = [Case("C++, 1 thread", [BIN / "bench_locate_points", a, p, 1], 5, True, inside="query or call"), ours("locate", a, p, 1, name="wm.locate, 1 thread", runs=3),
               ours("locate", a, p, 2, name="wm.locate, 2 threads", runs=3),
               peers.script(["geopandas"], script, package, "sjoin", a, p, name="geopandas.sjoin", runs=1, inside="query or call")]
    counted = [ours("count", library, polygons, e, threads, modules=[library], name=f"wm.count of {library}, {threads} thread{'s' if threads > 1 else ''}", runs=3)
               for threads in (1, 2) for library in ("pandas", "polars", "pyarrow")]
    return located, counted, [ours("import", name="import wardmap", runs=15)]


def frame_cells(case):
    wall, user = (("wall", "user") if "wall" in case.results[-1].said else ("query_wall", "query_user"))
    last = case.results[-1].said
    return [seconds(median(case, lambda r: r.said[wall])), seconds(median(case, lambda r: r.said[user])), f"{last['assigned']} / {last['hash']}"]


def start_cases(peers):
    runs = 31
    cases = [Case("wardmap --version", [COMMAND, "--version"], runs, True), Case("wardmap areas (list)", [COMMAND, "areas"], runs, True),
             Case("true: what starting anything takes", ["true"], runs), peers.tool("ogrinfo", "--version", name="ogrinfo --version", runs=runs)]
    if peers.here:
        cases += [peers.script(["geopandas"], "-c", "import geopandas", name="python: import geopandas", runs=5),
                  peers.script(["duckdb"], "-c", "import duckdb", name="python: import duckdb", runs=5)]
    return cases


def document_cases(folder, data, england):
    indicators = [COMMAND, "indicators", EXAMPLE / "needs_assessment/offences_by_ward.csv", "--areas", "coventry-wards", "--area", "ward",
                  "--from", "yt_june_2021", "--to", "yt_june_2022", "--population", EXAMPLE / "coventry_ward_population_mid2020.csv",
                  "--where", "marker=alcohol", "--where", "offence=VIOLENCE WITHOUT INJURY", "-o", folder / "t.csv", "--overwrite"]
    draw = [COMMAND, "map", folder / "t.csv", "--areas", "coventry-wards", "--value", "rate", "--overwrite"]
    report = [COMMAND, "report", PROJECT, "-o", folder / "report", "--overwrite"]
    return [Case("ward table of 18 wards, CSV to CSV", indicators, 11, True), Case("one ward map as SVG", [*draw, "-o", "m.svg"], 11, True),
            Case("one ward map as PNG, 300 dpi", [*draw, "-o", "m.png"], 11, True),
            Case("the whole Coventry report: tables, SVG, HTML, PDF", report, 5, True),
            Case("the same with every figure as PNG, 300 dpi", [*report, "--png", "300"], 3, True),
            *[Case(f"a map of England's 7,681 wards as {ending.upper()}, FlatGeobuf and CSV to picture",
                   [COMMAND, "map", data / "ward_values.csv", "--area", "code", "--areas", data / "wards_eng.fgb", "--value", "value", "--quiet",
                    "--overwrite", "-o", f"england.{ending}"], 5, True) for ending in ("svg", "pdf", "png") if england]]


def say_where(peers):
    """Machine, versions, commit."""
    cpu = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text()) if os.path.exists("/proc/cpuinfo") else None
    said = lambda *words: subprocess.run(words, capture_output=True, text=True, cwd=ROOT).stdout.strip()
    print(f"{cpu.group(1) if cpu else platform.machine()}, {os.cpu_count()} cores, {platform.platform()}; load {os.getloadavg()[0]:.1f} at the start; "
          f"{time.strftime('%Y-%m-%d')}; commit {said('git', 'rev-parse', '--short', 'HEAD')}\n")
    print(said(str(COMMAND), "--version").replace("\n", ", ") + ".")
    if shutil.which("gdalinfo"):
        print("\nPeers: " + ", ".join([said("gdalinfo", "--version").split(",")[0], *(f"{m} {v}" for m, v in peers.versions.items() if v)]) + ".")
    if not peers.here:
        print("\nThe peers' programs and the data of England are not here (../shared/bench): ours alone, on Coventry.")


def main():
    groups = ["points", "count", "read", "pictures", "neighbours", "python", "start", "documents"]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, default=ROOT / "build/bench-data", help="where the generated data are, or go")
    parser.add_argument("--only", choices=groups, action="append", help="this group of tables only; may be repeated")
    options = parser.parse_args()
    wanted = options.only or groups
    make_data(options.data)
    peers = Peers()
    england = peers.here and (options.data / "wards_eng.geojson").exists()
    say_where(peers)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)

        def show(title, heading, cases, cells):
            run_all(cases, folder)
            table(title, heading, cases, cells)

        if "points" in wanted:
            for areas, points, cells, title in [("wards_cov", "cov", 256, "Coventry's 18 wards"),
                                                *([("wards_eng", "eng", 2048, "England's 7,681 wards"),
                                                   ("lsoa_eng", "eng", 2048, "England's 32,844 LSOAs")] if england else [])]:
                show(f"A million points in memory, {title}",
                     ["index, user s", "query, user s", "query, wall s", "index MB", "process MB", "located / checksum"],
                     locate_cases(options.data, peers, areas, points, cells), points_cells)
        if "count" in wanted:
            for areas, cells, title in [("cov", 256, "Coventry"), *([("eng", 2048, "England")] if england else [])]:
                show(f"CSV of a million rows to ward, month and kind, {title}", ["wall s", "user s", "process MB", "checksum"],
                     count_cases(options.data, peers, areas, cells, folder), process_cells)
        if "read" in wanted and england:
            for ending in ("geojson", "gpkg", "fgb", "shp"):
                show(f"Reading England's wards, {ending}", ["wall s", "user s", "process wall s", "process user s", "features / points"],
                     read_cases(options.data, peers, ending), reading_cells)
        if "neighbours" in wanted and peers.here:
            show("Neighbours and local Moran, 999 permutations, England's 32,844 LSOAs",
                 ["neighbours, wall s", "permutations, user s", "permutations, wall s", "links / sum of I"], neighbour_cases(peers), neighbour_cells)
            show("Circular scan, 999 replications, LSOAs", ["areas", "circles", "events", "user s", "wall s"], scan_cases(), scan_cells)
        if "pictures" in wanted and england:
            for areas, ending, outline, title in [("eng", "png", OUTLINE_PIXELS, "England's 7,681 wards as PNG, outlines"),
                                                  ("eng", "png", 0, "England's 7,681 wards as PNG, no outlines"),
                                                  ("eng", "svg", OUTLINE_PIXELS, "England's 7,681 wards as SVG"),
                                                  ("eng", "pdf", OUTLINE_PIXELS, "England's 7,681 wards as PDF"),
                                                  ("cov", "png", OUTLINE_PIXELS, "Coventry's 18 wards as PNG")]:
                cases = picture_cases(options.data, peers, areas, ending, outline, folder)
                run_all(cases, folder)
                reference = folder / f"{areas}-{outline}-cairo.png"
                compare_pictures(cases, reference, peers.python)
                table(f"{title}, {PICTURE_PIXELS} by {PICTURE_PIXELS} pixels",
                      ["drawing and encoding, s", "process wall s", "process user s", "MB", "agreement / difference"], cases, picture_cells)
        if "python" in wanted and peers.here:
            for areas, points, title in [("wards_cov", "cov", "Coventry's 18 wards"),
                                         *([("wards_eng", "eng", "England's 7,681 wards")] if england else [])]:
                located, counted, imported = frame_cases(options.data, peers, areas, points)
                for what, cases in ((f"A million points from Python, {title}", located),
                                    (f"A million rows of a frame to ward, month and kind, {title}", counted)):
                    show(what, ["wall s", "user s", "located / checksum or rows"], cases, frame_cells)
            show("Importing the package", ["wall s", "user s", ""], imported, frame_cells)
        if "start" in wanted:
            show("Starting", ["wall ms", "user ms"], start_cases(peers), start_cells)
        if "documents" in wanted:
            show("Tables, maps, reports", ["wall s", "user s", "process MB", ""], document_cases(folder, options.data, england), process_cells)


if __name__ == "__main__":
    main()
