"""Makes data/invented_districts.csv and data/invented_counts_by_lsoa.csv. All counts and values in them are invented.

The first has the columns in which Fingertips exports an indicator, made-up districts, and the things that real
exports hold: England and a region among the districts, values withheld or missing, breakdowns by deprivation. The
second puts invented counts beside the population and decile of Coventry's small areas (examples/coventry/data).
"""

import csv
import math
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]

DISTRICTS = [
    "Aldermere", "Ashby Vale", "Brackford", "Castle Morton", "Dunholme", "Eastry and Marsh", "Farleigh", "Gorse Hill",
    "Hallow's Cross", "Ironbridge Common", "Kestrel Bay", "Long Meadow", "Marlstone", "Northmoor", "Old Sarley",
    "St Bride's",
]  # fmt: skip
PERIODS = [f"{year}/{(year + 1) % 100:02d}" for year in range(2015, 2023)]
COLUMNS = [
    "Indicator ID", "Indicator Name", "Parent Code", "Parent Name", "Area Code", "Area Name", "Area Type", "Sex", "Age",
    "Category Type", "Category", "Time period", "Value", "Lower CI 95.0 limit", "Upper CI 95.0 limit",
    "Lower CI 99.8 limit", "Upper CI 99.8 limit", "Count", "Denominator", "Value note", "Time period Sortable",
]  # fmt: skip


def byar(count: int, z: float) -> tuple[float, float]:
    up = count + 1
    lower = count * (1 - 1 / (9 * count) - z / (3 * math.sqrt(count))) ** 3
    upper = up * (1 - 1 / (9 * up) + z / (3 * math.sqrt(up))) ** 3
    return lower, upper


class Random:
    """The same numbers on every machine."""

    def __init__(self, seed: int) -> None:
        self.state = seed

    def __call__(self) -> float:
        self.state = (self.state * 1664525 + 1013904223) % 2**32
        return self.state / 2**32


def row(code: str, name: str, kind: str, period: str, count: int, people: int, category: str = "") -> list[str]:
    rates = [100000 * count / people]
    for z in (1.959964, 3.090232):
        rates += [100000 * limit / people for limit in byar(count, z)]
    england = kind == "England"
    return [
        "99999", "Invented admissions", "" if england else "E92000001", "" if england else "England", code, name, kind,
        "Persons", "All ages", "Invented deprivation deciles" if category else "", category, period,
        *(f"{rate:.4f}" for rate in rates), str(count), str(people), "", period[:4] + "0000",
    ]  # fmt: skip


def districts() -> list[list[str]]:
    rows: list[list[str]] = []
    random = Random(4)
    people = [60000 + int(240000 * random()) for _ in DISTRICTS]
    level = [260 + 420 * random() for _ in DISTRICTS]
    slope = [0.05 * (random() - 0.45) for _ in DISTRICTS]
    for p, period in enumerate(PERIODS):
        total = [0, 0]
        for d, name in enumerate(DISTRICTS):
            rate = level[d] * (1 + slope[d] * p) * (0.95 + 0.1 * random())
            count = round(rate * people[d] / 100000)
            total[0] += count
            total[1] += people[d]
            one = row(f"E0799{d:04d}", name, "Districts & UAs", period, count, people[d])
            if (name, period) in (("Gorse Hill", "2022/23"), ("Farleigh", "2018/19")):
                one[12:18] = [""] * 6
                one[19] = "Value missing in source data"
            if (name, period) in (("Old Sarley", "2022/23"), ("St Bride's", "2019/20")):
                one[12:18] = ["*"] + [""] * 4 + ["*"]
                one[19] = "Value suppressed for disclosure control due to small count"
            rows.append(one)
        rows.append(row("E12999999", "Invented region", "Regions", period, total[0], total[1]))
        rows.append(row("E92000001", "England", "England", period, round(total[0] * 18.4), round(total[1] * 19.1)))
    rows.append(row("E92000001", "England", "England", PERIODS[-1], 21877, 3000000, "Most deprived decile"))
    rows.append(row("E92000001", "England", "England", PERIODS[-1], 9214, 3000000, "Least deprived decile"))
    return rows


def small_areas() -> list[list[str]]:
    random = Random(19)
    rows = []
    with (ROOT / "examples/coventry/data/coventry_lsoa_deprivation.csv").open(newline="") as file:
        for one in csv.DictReader(file):
            people, decile = int(one["population_mid2020"]), int(one["imd2019_decile"])
            expected = people * (0.021 - 0.0015 * decile) * (0.6 + 0.8 * random())
            rows.append([one["lsoa_code"], one["ward_code"], str(people), str(decile), str(round(expected))])
    return rows


def write(name: str, header: list[str], rows: list[list[str]]) -> None:
    with (HERE / "data" / name).open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


write("invented_districts.csv", COLUMNS, districts())
write(
    "invented_counts_by_lsoa.csv",
    ["lsoa_code", "ward_code", "population", "imd2019_decile", "count"],
    small_areas(),
)
