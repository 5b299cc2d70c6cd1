"""Invents a year of police street files, one a month as data.police.uk lays them out, into data/invented-street/.

Every row is invented and says so in its column Context. Not invented are the wards' shapes, and how unlike each other the wards
are: they are drawn in the proportions of the printed counts of alcohol-marked violence without injury, each with a little more.
The same bytes on every machine: only random.random() is asked, which Python keeps as it is.
"""

import csv
import pathlib
import random
import sys

import numpy as np

import wardmap as wm

HERE = pathlib.Path(__file__).resolve().parent
PRINTED = HERE.parent / "coventry/data/needs_assessment/offences_by_ward.csv"
ROWS = 1200
ANCHORS = 14  # of a ward: the force's points that stand for streets
NOWHERE, OUTSIDE = 0.02, 0.03  # of all rows
# Per cent of all rows; roughly the mix of a city's street files.
TYPES = {
    "Violence and sexual offences": 36, "Anti-social behaviour": 18, "Vehicle crime": 9, "Shoplifting": 9,
    "Criminal damage and arson": 8, "Public order": 7, "Burglary": 5, "Other theft": 5, "Drugs": 3,
}  # fmt: skip
# Of a twelfth of the year; more in summer, fewer in February.
SEASON = [0.93, 0.86, 0.97, 0.98, 1.07, 1.09, 1.12, 1.07, 1.0, 1.02, 0.95, 0.94]
HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome category,"
    "Context"
).split(",")


def drawn(rng, weights):
    """One of the keys, in proportion to its weight."""
    at = rng.random() * sum(weights.values())
    for key, weight in weights.items():
        at -= weight
        if at < 0:
            return key
    return key


def anchors_of(rng, wards, longitude, latitude):
    """Points in each ward, by its name, and some outside all of them."""
    found = {name: [] for name in wards.names}
    outside = []
    while any(len(points) < ANCHORS for points in found.values()):
        x, y = longitude[0] + rng.random() * longitude[1], latitude[0] + rng.random() * latitude[1]
        at = int(wm.locate(np.array([x]), np.array([y]), wards, crs="EPSG:4326")[0])
        places = outside if at < 0 else found[wards.names[at]]
        if len(places) < ANCHORS:
            places.append((f"{x:.6f}", f"{y:.6f}"))
    return found, outside


def rows():
    rng = random.Random(2024)
    wards = wm.areas("coventry-wards")
    anchors, outside = anchors_of(rng, wards, (-1.63, 0.24), (52.35, 0.13))
    with open(PRINTED, encoding="utf-8", newline="") as file:
        printed = {
            row["ward"]: 20 + int(row["yt_june_2022"])
            for row in csv.DictReader(file)
            if (row["marker"], row["offence"]) == ("alcohol", "VIOLENCE WITHOUT INJURY") and row["ward"] in anchors
        }
    months = {f"2024-{month + 1:02}": share for month, share in enumerate(SEASON)}
    for _ in range(ROWS):
        month, kind, ward = drawn(rng, months), drawn(rng, TYPES), drawn(rng, printed)
        fate, near = rng.random(), rng.random()
        if fate < NOWHERE:
            x = y = ""
            where = "No Location"
        else:
            # Some of a ward's points see far more than others.
            places = outside if fate < NOWHERE + OUTSIDE else anchors[ward]
            x, y = places[int(near * near * len(places))]
            where = "On or near an invented street"
        police = "Invented Police"
        yield month, ["", month, police, police, x, y, where, "", "", kind, "", "INVENTED: no real crime"]


def main(folder):
    by_month = {}
    for month, row in rows():
        by_month.setdefault(month, []).append(row)
    by_month["2024-06"][3][4:6] = ["0", "0"]  # places that are none, as they are met with
    by_month["2024-09"][7][4:6] = ["0", "0"]
    by_month["2024-12"][5][1] = "2024-13"  # a month that there is not
    for month, found in sorted(by_month.items()):
        path = folder / month / f"{month}-invented-street.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(path, "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(HEADER)
            writer.writerows(found)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "data/invented-street")
