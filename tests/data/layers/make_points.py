"""Writes finds.gpkg and finds.shp beside this file: layers of points, made without GDAL.

GeoPackage 1.3 (sqlite3, well-known binary) and the ESRI Shapefile Technical Description of 1998.
"""

import sqlite3
import struct
from pathlib import Path

HERE = Path(__file__).parent

GRID = (
    'PROJCS["OSGB 1936 / British National Grid",GEOGCS["OSGB 1936",DATUM["OSGB_1936",'
    'SPHEROID["Airy 1830",6377563.396,299.3249646]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],'
    'PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",49],PARAMETER["central_meridian",-2],'
    'PARAMETER["scale_factor",0.9996012717],PARAMETER["false_easting",400000],'
    'PARAMETER["false_northing",-100000],UNIT["metre",1],AUTHORITY["EPSG","27700"]]'
)


def point(x, y):
    return struct.pack("<BIdd", 1, 1, x, y)


def points(*several):
    return struct.pack("<BII", 1, 4, len(several)) + b"".join(point(*p) for p in several)


def line(*ends):
    return struct.pack("<BII", 1, 2, len(ends)) + b"".join(struct.pack("<dd", *p) for p in ends)


def with_height(x, y, z):
    return struct.pack("<BIddd", 1, 1001, x, y, z)


def geopackage(path):
    path.unlink(missing_ok=True)
    db = sqlite3.connect(path)
    db.executescript(
        """
        PRAGMA page_size = 512;
        PRAGMA application_id = 1196444487;
        PRAGMA user_version = 10300;
        CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY,
            organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL,
            description TEXT);
        CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
            description TEXT, last_change DATETIME, min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE,
            srs_id INTEGER);
        CREATE TABLE gpkg_geometry_columns (table_name TEXT PRIMARY KEY, column_name TEXT NOT NULL,
            geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL);
        CREATE TABLE finds (fid INTEGER PRIMARY KEY, geom GEOMETRY, ref TEXT, kind TEXT, found DATE, at DATETIME,
            needles INTEGER, depth DOUBLE);
        """
    )
    for name, number, organisation, text in (
        ("grid", 27700, "EPSG", GRID),
        ("undefined cartesian", -1, "NONE", "undefined"),
        ("undefined geographic", 0, "NONE", "undefined"),
    ):
        db.execute("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, NULL)",
                   (name, number, organisation, number, text))
    db.execute("INSERT INTO gpkg_contents VALUES ('finds', 'features', 'finds', '', '2022-11-01T00:00:00.000Z', "
               "433000, 278000, 434000, 280000, 27700)")
    db.execute("INSERT INTO gpkg_geometry_columns VALUES ('finds', 'geom', 'GEOMETRY', 27700, 2, 0)")
    rows = (
        (point(433000.5, 279000.25), "001", "needle", "2014-01-05", "2014-07-05T17:05:30.000Z", 3, 0.5),
        (points((433100, 279100)), "002", "caf\u00e9", None, None, None, None),
        (None, "003", "", "2014-01-06", None, 1, None),
        (line((433000, 279000), (433001, 279001)), "004", "path", None, None, 1, None),
        (points((433000, 279000), (433001, 279001)), "005", "two", None, None, 2, None),
        (with_height(433200, 279200, 88), "006", "high", "2014-01-07", None, 1, 12),
    )
    for geometry, *fields in rows:
        blob = None if geometry is None else b"GP\0\1" + struct.pack("<i", 27700) + geometry
        db.execute("INSERT INTO finds (geom, ref, kind, found, at, needles, depth) VALUES (?, ?, ?, ?, ?, ?, ?)",
                   (blob, *fields))
    db.commit()
    db.close()


def shapefile(stem):
    records = [((433000.5, 279000.25), "001", "20140105"), (None, "002", "20140106"), ((433100.0, 279100.0), "003", "")]
    shapes, places = b"", b""
    for number, (at, _, _) in enumerate(records, start=1):
        content = struct.pack("<i", 0) if at is None else struct.pack("<idd", 1, *at)
        places += struct.pack(">ii", (100 + len(shapes)) // 2, len(content) // 2)
        shapes += struct.pack(">ii", number, len(content) // 2) + content
    box = struct.pack("<8d", 433000.5, 279000.25, 433100.0, 279100.0, 0, 0, 0, 0)
    for ending, body in ((".shp", shapes), (".shx", places)):
        head = struct.pack(">i5ii", 9994, 0, 0, 0, 0, 0, (100 + len(body)) // 2) + struct.pack("<ii", 1000, 1) + box
        stem.with_suffix(ending).write_bytes(head + body)
    fields = ((b"REF", b"C", 5), (b"FOUND", b"D", 8))
    width = 1 + sum(length for _, _, length in fields)
    head = struct.pack("<4BIHH20x", 3, 122, 11, 1, len(records), 32 + 32 * len(fields) + 1, width)
    for name, kind, length in fields:
        head += struct.pack("<11sc4xBB14x", name, kind, length, 0)
    rows = b"".join(b" " + ref.encode().ljust(5) + found.encode().ljust(8) for _, ref, found in records)
    stem.with_suffix(".dbf").write_bytes(head + b"\r" + rows + b"\x1a")
    stem.with_suffix(".prj").write_text(GRID)


geopackage(HERE / "finds.gpkg")
shapefile(HERE / "finds.shp")
