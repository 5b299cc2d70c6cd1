"""Long calls: Ctrl-C ends them, other threads run meanwhile, a bar shows how far they are."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Each would take far longer than the test waits: minutes of one core.
LONG = {
    "local_moran": "wm.local_moran(values, grid, permutations=3_000_000)",
    "getis_ord": "wm.getis_ord(values, grid, permutations=3_000_000)",
    "moran": "wm.moran(values, grid, permutations=30_000_000)",
    "scan": "wm.scan(count, people, x, y, permutations=3_000_000)",
    "quadrant_chances": "wm.quadrant_chances(count, count, people, draws=300_000_000)",
}

SETUP = """
import signal, sys, time, threading
import numpy as np
import wardmap as wm
side = 100
n = side * side
at = np.arange(n)
x, y = (at % side).astype(float), (at // side).astype(float)
rows = [[j for j in (i - 1, i + 1) if 0 <= j < n] for i in range(n)]
indptr = np.cumsum([0] + [len(row) for row in rows])
grid = (indptr, np.concatenate(rows))
random = np.random.default_rng(1)
values, count, people = random.normal(size=n), random.poisson(3, n).astype(float), np.full(n, 1000.0)
"""


def ran(code, **more):
    return subprocess.run([sys.executable, "-c", SETUP + textwrap.dedent(code)], capture_output=True, text=True, timeout=120, **more)


@pytest.mark.parametrize("call", LONG.values(), ids=LONG)
def test_control_c_ends_a_long_call(call):
    done = ran(f"""
        import os
        threading.Timer(0.3, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
        began = time.monotonic()
        try:
            {call}
        except KeyboardInterrupt:
            print("ended", time.monotonic() - began)
        print(wm.moran(values[:4], ([0, 1, 3, 5, 6], [1, 0, 2, 1, 3, 2]), permutations=9).expected)
    """)
    assert done.returncode == 0, done.stderr
    said, after = done.stdout.split("\n")[:2]
    assert said.startswith("ended"), done.stdout
    # Asked for within a fifth of a second; a busy machine gets ten times that. The whole call would take minutes.
    assert float(said.split()[1]) < 3.0
    assert float(after) == pytest.approx(-1 / 3)


def test_control_c_ends_counting_of_files(tmp_path):
    line = "2022-01,-1.51,52.41,theft\n"
    path = tmp_path / "events.csv"
    path.write_text("Month,Longitude,Latitude,kind\n" + line * 10_000_000)
    done = ran(f"""
        import os
        handled = []
        def stop(number, frame):
            handled.append(time.monotonic())
            raise KeyboardInterrupt
        signal.signal(signal.SIGINT, stop)
        threading.Timer(0.1, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
        try:
            wm.count({str(path)!r}, "coventry-wards", "Month", "month", "kind")
        except KeyboardInterrupt:
            print("ended", time.monotonic() - handled[0])
    """)
    assert done.stdout.startswith("ended"), done.stdout + done.stderr
    assert float(done.stdout.split()[1]) < 2.0


def test_control_c_ends_a_report(tmp_path):
    done = ran(f"""
        import os
        def again():
            while True:
                wm.report({str(ROOT / "examples/coventry/coventry.toml")!r}, {str(tmp_path / "out")!r}, overwrite=True, png_dpi=600)
        threading.Timer(0.7, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
        try:
            again()
        except KeyboardInterrupt:
            print("ended")
    """)
    assert done.stdout.startswith("ended"), done.stdout + done.stderr


def test_other_threads_run_during_a_long_call():
    done = ran("""
        import os
        ticks = []
        def tick():
            while True:
                time.sleep(0.02)
                ticks.append(time.monotonic())
        threading.Thread(target=tick, daemon=True).start()
        threading.Timer(1.0, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
        try:
            wm.local_moran(values, grid, permutations=3_000_000)
        except KeyboardInterrupt:
            pass
        print(len(ticks))
    """)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) >= 5  # without the lock freed there would be none


BAR = """
    import types
    shown = []
    class Fake:
        n = 0.0
        def __init__(self, **more): shown.append(more["desc"])
        def update(self, by): self.n += by
        def refresh(self): shown.append(round(self.n, 6))
        def close(self): shown.append("closed")
    auto = types.ModuleType("tqdm.auto"); auto.tqdm = Fake
    sys.modules["tqdm"] = types.ModuleType("tqdm"); sys.modules["tqdm.auto"] = auto
    import os
    wm.progress({wanted})
    threading.Timer(2.0, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
    try:
        wm.local_moran(values, grid, permutations=3_000_000)
    except KeyboardInterrupt:
        pass
    print(shown)
"""


def test_a_bar_shows_how_far_a_call_of_over_a_second_is():
    done = ran(BAR.format(wanted="True"))
    assert done.returncode == 0, done.stderr
    shown = eval(done.stdout)
    assert shown[0] == "Drawing neighbours" and shown[-1] == "closed"
    numbers = [one for one in shown if isinstance(one, float)]
    assert numbers and numbers == sorted(numbers) and 0 <= numbers[-1] < 1


def test_no_bar_where_nobody_looks_or_wants_it():
    assert eval(ran(BAR.format(wanted="None")).stdout) == []  # standard error is no terminal
    assert eval(ran(BAR.format(wanted="False")).stdout) == []


def test_a_bar_that_fails_does_not_end_the_call():
    done = ran(BAR.format(wanted="True").replace('shown.append(more["desc"])', "1 / 0"))
    assert done.returncode == 0 and eval(done.stdout) == [], done.stderr


def test_the_command_says_how_far_it_is(tmp_path):
    project = ROOT / "examples/coventry/coventry.toml"
    command = [os.environ["WARDMAP_COMMAND"], "report", project, "-o", tmp_path / "out", "--png", "400"]
    done = subprocess.run([*command, "--progress"], capture_output=True, text=True, check=True)
    assert "Making files" in done.stderr and "%" in done.stderr
    done = subprocess.run([*command, "--overwrite"], capture_output=True, text=True, check=True)
    assert "Making files" not in done.stderr  # no terminal
