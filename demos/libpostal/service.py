"""Takes addresses apart with libpostal, a C library: GET /parse?address=… gives JSON, GET /health says that it can."""

import ctypes
import json
import os
import pathlib
import signal
import subprocess
import sys
import threading
import time
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

DATA = "/usr/share/libpostal"
LONGEST = 300


class Options(ctypes.Structure):
    """libpostal_address_parser_options_t"""

    _fields_ = [("language", ctypes.c_char_p), ("country", ctypes.c_char_p)]


class Parsed(ctypes.Structure):
    """libpostal_address_parser_response_t"""

    _fields_ = [
        ("num_components", ctypes.c_size_t),
        ("components", ctypes.POINTER(ctypes.c_char_p)),
        ("labels", ctypes.POINTER(ctypes.c_char_p)),
    ]


class Libpostal:
    """The library, set up: that takes seconds, and memory for the models."""

    def __init__(self):
        self.lib = lib = ctypes.CDLL("/usr/local/lib/libpostal.so")
        lib.libpostal_setup.restype = ctypes.c_bool
        lib.libpostal_setup_parser.restype = ctypes.c_bool
        lib.libpostal_get_address_parser_default_options.restype = Options
        lib.libpostal_parse_address.argtypes = [ctypes.c_char_p, Options]
        lib.libpostal_parse_address.restype = ctypes.POINTER(Parsed)
        lib.libpostal_address_parser_response_destroy.argtypes = [ctypes.POINTER(Parsed)]
        lib.libpostal_address_parser_response_destroy.restype = None
        # Its parser keeps state between calls: one at a time.
        self.lock = threading.Lock()
        # Ours for tests exports this; the real one does not.
        self.is_stand_in = hasattr(lib, "libpostal_is_stand_in")
        if not (lib.libpostal_setup() and lib.libpostal_setup_parser()):
            sys.exit(f"libpostal finds no models in {DATA}")

    def parse(self, address):
        with self.lock:
            options = self.lib.libpostal_get_address_parser_default_options()
            found = self.lib.libpostal_parse_address(address.encode(), options)
            try:
                parsed = found.contents
                pairs = [(parsed.labels[i], parsed.components[i]) for i in range(parsed.num_components)]
                return [
                    {"label": label.decode(errors="replace"), "value": value.decode(errors="replace")}
                    for label, value in pairs
                ]
            finally:
                self.lib.libpostal_address_parser_response_destroy(found)


class Refused(Exception):
    """What was asked can't be answered, and why."""


def read_address(query):
    address = parse_qs(query, keep_blank_values=True).get("address", [""])[0]
    # A zero byte would end the text for C, and no address has a control character.
    address = "".join(c if c.isprintable() else " " for c in address).strip()
    if not address:
        raise Refused("Type an address first.")
    if len(address) > LONGEST:
        raise Refused(f"An address has at most {LONGEST} characters here; this one has {len(address):,}.")
    return address


class Handler(BaseHTTPRequestHandler):
    postal = None

    def do_GET(self):
        url = urlsplit(self.path)
        try:
            if url.path == "/health":
                self.reply(200, {"status": "ok"})
            elif url.path == "/parse":
                self.reply(200, self.answer(read_address(url.query)))
            else:
                self.reply(404, {"message": "There are /parse?address=… and /health here."})
        except Refused as why:
            self.reply(400, {"message": str(why)})

    do_HEAD = do_GET

    def answer(self, address):
        answer = {"parts": self.postal.parse(address)}
        if self.postal.is_stand_in:
            answer["note"] = "Taken apart by a stand-in library, not by libpostal."
        return answer

    def reply(self, status, body):
        text = json.dumps(body, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(text)))
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(text)

    def send_error(self, code, message=None, explain=None):
        """http.server's own errors, a request that is too long among them, in our words and as JSON too."""
        self.reply(code, {"message": message or HTTPStatus(code).phrase})

    def log_message(self, format, *args):
        """Quiet: a healthcheck a second is nothing to read."""


def tell_loading(loaded):
    """Says how far the models have come: the memory that they take, twice a second."""
    while not loaded.wait(0.5):
        with open("/proc/self/statm", encoding="ascii") as statm:
            pages = int(statm.read().split()[1])
        print(f"  {pages * os.sysconf('SC_PAGE_SIZE') / 1e9:.1f} GB in memory", flush=True)


def main():
    # The first process of a container gets no signal that it does not ask for.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    # Downloads what is missing or old. When all is there it asks nobody: talks are given without a network.
    subprocess.run(["libpostal_data", "download", "all", DATA], check=False)
    began = time.monotonic()
    files = sum(file.stat().st_size for file in pathlib.Path(DATA).rglob("*") if file.is_file())
    print(f"loading {files / 1e9:.1f} GB of models", flush=True)
    loaded = threading.Event()
    threading.Thread(target=tell_loading, args=(loaded,), daemon=True).start()
    Handler.postal = Libpostal()
    loaded.set()
    print(f"ready after {time.monotonic() - began:.1f} s", flush=True)
    ThreadingHTTPServer(("0.0.0.0", 8000), Handler).serve_forever()


main()
