# The catalogue: GET /price/1 asks the store for the price, and the cache if the store has none to give. Python's standard library
# alone; what it calls, it calls through the proxies of the hunt file, or directly without a hunt.
import json
import os
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

STORE = os.environ.get("STORE", "http://127.0.0.1:8102")
CACHE = os.environ.get("CACHE", "http://127.0.0.1:8104")
# An error of the store becomes a price of nothing.
SWALLOWED = "swallowed" in os.environ.get("BUGS", "").split(",")


def ask(url, headers):
    request = urllib.request.Request(url, headers=headers)
    with urllib.request.urlopen(request, timeout=0.3) as answer:
        return json.loads(answer.read())


class Catalog(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path == "/health":
            return self.give(200, {"ok": True})
        # Whoever passes these two headers on lets a hunt tell calls apart while several requests run at once.
        passed = {name: self.headers[name] for name in ("baggage", "ldfi-call") if name in self.headers}
        for base in (STORE, CACHE):
            try:
                return self.give(200, ask(base + self.path, passed))
            except Exception:
                if SWALLOWED:
                    return self.give(200, {"amount": 0})
        self.give(503, {"why": "no price"})

    def give(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        pass


ThreadingHTTPServer(("127.0.0.1", 8101), Catalog).serve_forever()
