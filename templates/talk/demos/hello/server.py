import socket
from http.server import BaseHTTPRequestHandler, HTTPServer

PAGE = """<!doctype html>
<meta charset="utf-8">
<title>Hello</title>
<style>
  body {{ display: grid; place-content: center; min-height: 90vh; text-align: center; font: 24px system-ui, sans-serif }}
  code {{ color: #0b5cad }}
</style>
<h1>Hello from inside a container</h1>
<p>Its name is <code>{name}</code>.</p>
"""


class Page(BaseHTTPRequestHandler):
    def do_GET(self):
        body = PAGE.format(name=socket.gethostname()).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


print("Listening on port 8000")
HTTPServer(("", 8000), Page).serve_forever()
