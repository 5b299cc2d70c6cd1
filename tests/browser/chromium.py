"""Headless Chromium, spoken to over its debugging pipe: no driver, no port, no package."""
import base64
import json
import os
import shutil
import subprocess

CHROMIUM = shutil.which("chromium")


class Chromium:
    """One browser with one page. What the page says in its console, and what it asks for, is kept."""

    def __init__(self, profile):
        to_read, self._write = os.pipe()
        self._read, to_write = os.pipe()

        def hand_over():  # the browser reads descriptor 3 and writes descriptor 4
            for descriptor, wanted in ((os.dup(to_read), 3), (os.dup(to_write), 4)):
                os.dup2(descriptor, wanted)

        self._process = subprocess.Popen(
            [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
             "--disable-sync", "--hide-scrollbars", "--remote-debugging-pipe", f"--user-data-dir={profile}", "about:blank"],
            preexec_fn=hand_over, close_fds=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_read)
        os.close(to_write)
        self._bytes = b""
        self._number = 0
        self._session = None
        self.console, self.requests, self.events = [], [], []
        target = next(one for one in self.call("Target.getTargets")["targetInfos"] if one["type"] == "page")
        self._session = self.call("Target.attachToTarget", targetId=target["targetId"], flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        self.call("Emulation.setFocusEmulationEnabled", enabled=True)  # a headless page has no focus of its own

    def _message(self):
        while b"\0" not in self._bytes:
            piece = os.read(self._read, 1 << 20)
            if not piece:
                raise RuntimeError("Chromium has gone")
            self._bytes += piece
        one, self._bytes = self._bytes.split(b"\0", 1)
        return json.loads(one)

    def _note(self, message):
        kind, what = message.get("method"), message.get("params", {})
        self.events.append(kind)
        if kind == "Network.requestWillBeSent":
            self.requests.append(what["request"]["url"])
        elif kind == "Log.entryAdded":
            self.console.append(what["entry"]["text"])
        elif kind == "Runtime.exceptionThrown":
            self.console.append(what["exceptionDetails"]["exception"].get("description", "exception"))
        elif kind == "Runtime.consoleAPICalled":
            self.console.append(str(what["args"]))

    def call(self, method, **parameters):
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._message()
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            self._note(answer)

    def open(self, address):
        for one in ("about:blank", address):  # the blank page between, so that a new fragment alone loads the page anew
            self.console, self.requests, self.events = [], [], []
            self.call("Page.navigate", url=one)
            while "Page.loadEventFired" not in self.events:
                self._note(self._message())

    def run(self, expression):
        """The value of a JavaScript expression; a promise is waited for."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"]["exception"].get("description"))
        return answer["result"].get("value")

    def press(self, key, shift=False):
        codes = {"Tab": 9, "Enter": 13, "Escape": 27, " ": 32, "End": 35, "Home": 36, "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40}
        text = {"Enter": "\r", " ": " "}.get(key, "")
        whole = {"key": key, "code": "Space" if key == " " else key, "windowsVirtualKeyCode": codes[key], "modifiers": 8 if shift else 0}
        self.call("Input.dispatchKeyEvent", type="keyDown", text=text, **whole)
        self.call("Input.dispatchKeyEvent", type="keyUp", **whole)

    def point(self, x, y):
        self.call("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)

    def click(self, x, y):
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def size(self, width, height=900):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def picture(self, path):
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"]))

    def close(self):
        self._process.terminate()
        self._process.wait(timeout=20)
        os.close(self._read)
        os.close(self._write)
