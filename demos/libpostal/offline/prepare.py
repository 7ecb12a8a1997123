#!/usr/bin/env python3
"""Brings libpostal's sources and models from crates.io and PyPI, for a place that doesn't reach GitHub.

    python3 demos/libpostal/offline/prepare.py            downloads 640 MB, unpacks 1.9 GB
    python3 demos/libpostal/offline/prepare.py --volume   puts the models into the demo's volume
    python3 demos/libpostal/offline/prepare.py --serve    serves the sources to the build, until Ctrl+C

Needs Python 3.9 with pip; docker (or podman, as --engine podman) for the volume. README.md beside this file has the whole recipe.
"""

import argparse
import functools
import hashlib
import http.server
import io
import lzma
import pathlib
import shutil
import subprocess
import sys
import tarfile
import urllib.request
import zipfile

CRATE = "https://static.crates.io/crates/libpostal-sys/libpostal-sys-0.1.1.crate"
CRATE_SHA256 = "d803f52f2ef421ccd4a8eec219978ba7847c411f6e0871a6573ce7bec79e4009"
# The crate carries libpostal's tree of the 1.1.0 line, its generated files included.
VERSION = "1.1.0"
WHEELS = "address-finder-data-p{:02d}==1.0.2"
# Which wheels make which file, and how long it is when it is whole.
MODELS = {
    "address_parser/address_parser_crf.dat": ([0, 1, 2, 3, 4], 1_014_429_504),
    "address_parser/address_parser_postal_codes.dat": ([5], 621_588_636),
    "address_parser/address_parser_phrases.dat": ([6], None),
    "address_parser/address_parser_vocab.trie": ([7], None),
    "language_classifier/language_classifier.dat": ([8], None),
    "transliteration/transliteration.dat": ([9], None),
    "address_expansions/address_dictionary.dat": ([10], None),
    "numex/numex.dat": ([11], None),
}
# libpostal_data downloads a part again unless these say that the volume has it.
VERSIONS = {
    "data_version": "v1",
    "base_data_file_version": "v1.0.0",
    "parser_model_file_version": "v1.0.0",
    "language_classifier_model_file_version": "v1.0.0",
}
VOLUME = "deckhand-libpostal-models"
IMAGE = "python:3.13-slim"


def main():
    options = read_options()
    folder = options.folder.expanduser()
    folder.mkdir(parents=True, exist_ok=True)
    prepare_sources(folder)
    prepare_models(folder)
    if options.volume:
        fill_volume(folder, options.engine)
    if options.serve:
        serve(folder, options.port)


def read_options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = pathlib.Path("~/.cache/deckhand-libpostal")
    parser.add_argument("--folder", type=pathlib.Path, default=default, help=f"where everything goes ({default})")
    parser.add_argument("--volume", action="store_true", help=f"fill the volume {VOLUME}")
    parser.add_argument("--serve", action="store_true", help="serve the sources to the build")
    parser.add_argument("--port", type=int, default=8123, help="for --serve (8123)")
    parser.add_argument("--engine", default="docker", help="docker or podman (docker)")
    return parser.parse_args()


def prepare_sources(folder):
    """Writes archive/v1.1.0.tar.gz, which unpacks to libpostal-1.1.0/, as GitHub's archive does."""
    archive = folder / "archive" / f"v{VERSION}.tar.gz"
    if archive.exists():
        return say(f"{archive} is there")
    say(f"downloading {CRATE}")
    with urllib.request.urlopen(CRATE) as answer:
        crate = answer.read()
    if hashlib.sha256(crate).hexdigest() != CRATE_SHA256:
        sys.exit(f"{CRATE} is not the file that was tried: its SHA-256 differs.")
    archive.parent.mkdir(exist_ok=True)
    partial = archive.with_suffix(".partial")
    with tarfile.open(fileobj=io.BytesIO(crate)) as source, tarfile.open(partial, "w:gz") as target:
        for member in source.getmembers():
            _, inner, path = [*member.name.split("/", 2), "", ""][:3]
            if inner == "libpostal" and member.isfile():
                member.name = f"libpostal-{VERSION}/{path}"
                target.addfile(member, source.extractfile(member))
    partial.rename(archive)
    say(f"wrote {archive}")


def prepare_models(folder):
    """Writes models/, laid out as libpostal_data would have left it."""
    models = folder / "models"
    for name, (numbers, size) in MODELS.items():
        target = models / name
        if target.exists() and (size is None or target.stat().st_size == size):
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        unpack(folder / "wheels", numbers, target)
        if size is not None and target.stat().st_size != size:
            sys.exit(f"{target} has {target.stat().st_size:,} bytes instead of {size:,}. Delete {folder} and try again.")
        say(f"wrote {target} ({target.stat().st_size / 1e6:,.0f} MB)")
    for name, version in VERSIONS.items():
        (models / name).write_text(f"{version}\n")
    say(f"the models are in {models}")


def unpack(wheels, numbers, target):
    """Joins the parts of one file, which are xz, and unpacks it."""
    decompressor = lzma.LZMADecompressor()
    partial = target.with_suffix(".partial")
    with open(partial, "wb") as out:
        for number in numbers:
            with zipfile.ZipFile(find_wheel(wheels, number)) as wheel:
                chunk = next(name for name in wheel.namelist() if name.endswith("data/chunk.bin"))
                with wheel.open(chunk) as packed:
                    while block := packed.read(1 << 20):
                        out.write(decompressor.decompress(block))
    partial.rename(target)


def find_wheel(wheels, number):
    found = list(wheels.glob(f"address_finder_data_p{number:02d}-*.whl"))
    if not found:
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", wheels]
        subprocess.run([*pip, WHEELS.format(number)], check=True)
        found = list(wheels.glob(f"address_finder_data_p{number:02d}-*.whl"))
    return found[0]


def fill_volume(folder, engine):
    if shutil.which(engine) is None:
        sys.exit(f"There is no {engine} here. Name the engine with --engine.")
    mounts = ["-v", f"{VOLUME}:/models", "-v", f"{(folder / 'models').resolve()}:/from:ro"]
    copy = ["sh", "-c", "cp -a /from/. /models/ && du -sh /models"]
    label = ["--label", "deckhand.demo=libpostal"]
    subprocess.run([engine, "volume", "create", *label, VOLUME], check=True, stdout=subprocess.DEVNULL)
    subprocess.run([engine, "run", "--rm", *mounts, IMAGE, *copy], check=True)
    say(f"the volume {VOLUME} has the models")


def serve(folder, port):
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=folder)
    say(f"serving {folder} on port {port}; Ctrl+C ends it")
    try:
        http.server.ThreadingHTTPServer(("", port), handler).serve_forever()
    except KeyboardInterrupt:
        pass


def say(text):
    print(text, flush=True)


main()
