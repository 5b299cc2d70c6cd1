"""`./dev bench`: how long the whole processes take that people wait for, medians of several runs, one table.

Times are wall and user seconds on this machine, now; nothing here passes or fails. Peers join as the issues that need them come.
"""
import os
import pathlib
import platform
import resource
import shutil
import statistics
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
COMMAND = ROOT / "build/release/bin/wardmap"
DATA = ROOT / "examples/coventry/data"
PROJECT = ROOT / "examples/coventry/coventry.toml"


def timed(arguments, runs, folder):
    wall, user = [], []
    for _ in range(runs):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.perf_counter()
        subprocess.run([str(a) for a in arguments], cwd=folder, check=True, capture_output=True)
        wall.append(time.perf_counter() - start)
        user.append(resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before.ru_utime)
    return statistics.median(wall), statistics.median(user)


def main():
    with tempfile.TemporaryDirectory() as folder:
        table = pathlib.Path(folder) / "t.csv"
        indicators = [COMMAND, "indicators", DATA / "needs_assessment/offences_by_ward.csv", "--areas", "coventry-wards", "--area", "ward",
                      "--from", "yt_june_2021", "--to", "yt_june_2022", "--population", DATA / "coventry_ward_population_mid2020.csv",
                      "--where", "marker=alcohol", "--where", "offence=VIOLENCE WITHOUT INJURY", "-o", table, "--overwrite"]
        subprocess.run([str(a) for a in indicators], check=True, capture_output=True)
        draw = [COMMAND, "map", table, "--areas", "coventry-wards", "--value", "rate", "--overwrite"]
        report = [COMMAND, "report", PROJECT, "-o", pathlib.Path(folder) / "report", "--overwrite"]
        jobs = [
            ("wardmap --version", [COMMAND, "--version"], 21),
            ("ward table of 18 wards, CSV to CSV", indicators, 11),
            ("one ward map as SVG", [*draw, "-o", "m.svg"], 11),
            ("one ward map as PNG, 300 dpi", [*draw, "-o", "m.png"], 11),
            ("the whole Coventry report: tables, SVG, HTML, PDF", report, 5),
            ("the same with every figure as PNG, 300 dpi", [*report, "--png", "300"], 3),
        ]
        if shutil.which("ogrinfo"):
            jobs.append(("ogrinfo --version (peer: starting up)", ["ogrinfo", "--version"], 21))
        print(f"{platform.machine()}, {os.cpu_count()} cores, {platform.platform()}\n")
        print("| job | wall s | user s |\n|---|---|---|")
        for name, arguments, runs in jobs:
            wall, user = timed(arguments, runs, folder)
            print(f"| {name} | {wall:.3f} | {user:.3f} |")


if __name__ == "__main__":
    main()
