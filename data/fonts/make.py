"""Makes card.ttf.gz, the letters of social cards: Source Serif 4, semibold, for Latin, Greek and Cyrillic.

    npm pack @fontsource/source-serif-4@5.3.1 && tar xzf fontsource-source-serif-4-5.3.1.tgz
    pip install fonttools==4.68.0 brotli
    python3 make.py package/files

The same input gives the same bytes.
"""

import gzip
import io
import pathlib
import sys

from fontTools import merge, subset
from fontTools.ttLib import TTFont

SCRIPTS = ("latin", "latin-ext", "cyrillic", "greek")
EPOCH = 3786912000  # 2024, in seconds since 1904: a font has a date, this one always the same
HERE = pathlib.Path(__file__).parent


def kept(code):
    """Letters of living European languages, and the punctuation of their headlines."""
    return (
        0x20 <= code <= 0x17F or 0x218 <= code <= 0x21B or 0x386 <= code <= 0x3CE or 0x400 <= code <= 0x45F
        or code in (0x490, 0x491, 0x4D9, 0x1E9E, 0x20AC, 0x2116, 0x2122, 0x2212) or 0x2010 <= code <= 0x203A
    )


def part(folder, script):
    font = TTFont(folder / f"source-serif-4-{script}-600-normal.woff2", recalcTimestamp=False)
    font.flavor = None
    options = subset.Options()
    options.layout_features = ["kern", "mark", "ccmp"]
    options.hinting = False
    options.name_IDs = [0, 1, 2, 4, 6, 13, 14]
    options.drop_tables += ["STAT", "gasp", "DSIG", "GDEF"] if script != "latin" else ["STAT", "gasp", "DSIG"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[code for code in font.getBestCmap() if kept(code)])
    subsetter.subset(font)
    path = HERE / f"{script}.part.ttf"
    font.save(path)
    return path


def main(folder):
    parts = [part(pathlib.Path(folder), script) for script in SCRIPTS]
    font = merge.Merger().merge([str(path) for path in parts])
    # "Source" is a reserved name: what is changed may not bear it.
    for record in font["name"].names:
        if record.nameID in (1, 4, 6):
            record.string = "DatelineCard" if record.nameID == 6 else "Dateline Card"
    font["head"].created = font["head"].modified = EPOCH
    font.recalcTimestamp = False
    out = io.BytesIO()
    font.save(out)
    for path in parts:
        path.unlink()
    (HERE / "card.ttf.gz").write_bytes(gzip.compress(out.getvalue(), 9, mtime=0))


main(sys.argv[1])
