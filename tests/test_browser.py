"""The story page in a real browser: headless Chromium, found on the path; skipped where there is none."""

import html
import json
import os
import re
import shlex
import shutil
import subprocess
import tarfile
from itertools import pairwise
from pathlib import Path

import pytest

import zjcompare as zj

HERE = Path(__file__).parent.parent
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
AXE = "axe-core@4.10.2"
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on the path: apt-get install chromium")

REPORT = """<script>
addEventListener("load", async () => {
  await document.fonts.ready;
  const found = await (async () => { %s })();
  const out = document.createElement("pre");
  out.id = "found";
  out.textContent = JSON.stringify(found);
  document.body.append(out);
  if (parent !== window) parent.postMessage(out.textContent, "*");
});
</script>"""
FRAME = """<!DOCTYPE html><meta charset="utf-8"><body style="margin:0">
<iframe src="%s" width="%d" height="800" style="border:0"></iframe>
<script>addEventListener("message", (event) => {
  const out = document.createElement("pre"); out.id = "found"; out.textContent = event.data; document.body.append(out);
});</script>"""


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    out = tmp_path_factory.mktemp("page")
    return zj.compare(HERE / "datasets" / "zhenjiang", HERE / "seeds" / "zhenjiang_2023.md").story().save(out)


def browse(path, *options, fragment=""):
    """Load a page and give its document when it has settled, and what the browser had to say."""
    command = [
        CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--v=0",
        "--virtual-time-budget=20000", "--hide-scrollbars", *options, f"file://{path}{fragment}",
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    return done.stdout, done.stderr


def ask(page, script, *, before="", width=None, options=()):
    """Run a script in a copy of the page and give what it returns; `width` puts the page into a frame of that width."""
    text = POLICY.sub("", page.read_text(encoding="utf-8"))
    copy = page.with_name("asked.html")
    copy.write_text(text.replace("</body>", f"{before}{REPORT % script}</body>"), encoding="utf-8")
    if width is not None:
        frame = page.with_name("frame.html")
        frame.write_text(FRAME % (copy.name, width), encoding="utf-8")
        copy = frame
    document, _ = browse(copy, "--window-size=1280,900", "--dump-dom", *options)
    return json.loads(html.unescape(re.search(r'<pre id="found">(.*?)</pre>', document, re.DOTALL)[1]))


def test_the_page_opens_without_a_word_on_the_console(page):
    document, said = browse(page, "--dump-dom")
    assert not [line for line in said.splitlines() if "CONSOLE" in line]
    assert "<h1>" in document


def test_the_console_would_be_heard(page):
    broken = page.with_name("broken.html")
    broken.write_text(
        POLICY.sub("", page.read_text(encoding="utf-8")).replace('"use strict";', "nothing.here();"), encoding="utf-8"
    )
    _, said = browse(broken, "--dump-dom")
    assert "CONSOLE" in said


def test_links_lead_to_their_sentences_in_view(page):
    wrong = ask(
        page,
        """
        const wrong = [];
        document.documentElement.style.scrollBehavior = "auto";
        const every = [...document.querySelectorAll('a[href^="#f"]')];
        const step = Math.ceil(every.length / 150);  // Chromium lets a page go to 200 anchors in ten seconds, not more
        const links = every.filter((_, at) => at % step === 0);
        for (const link of links) {
          link.click();
          await new Promise((done) => setTimeout(done, 3));
          const target = document.getElementById(link.hash.slice(1));
          const mark = target && target.closest("mark");
          const box = mark && mark.getBoundingClientRect();
          const seen = box && box.height > 0 && box.top >= 0 && box.bottom <= innerHeight;
          const lit = mark && getComputedStyle(mark.closest(".s")).backgroundColor !== "rgba(0, 0, 0, 0)";
          const quote = link.querySelector(".q");
          const same = mark && (!quote || mark.textContent.includes(quote.textContent));
          if (!seen || !lit || !same) wrong.push([link.textContent, link.hash, seen, lit, same]);
        }
        return { count: links.length, wrong };
        """,
    )
    assert wrong["count"] > 75
    assert wrong["wrong"] == []


def test_each_chinese_character_is_drawn_as_itself_by_the_font_in_the_page(page):
    found = ask(
        page,
        """
        await document.fonts.load("32px zj", "镇江");
        const canvas = Object.assign(document.createElement("canvas"), { width: 40, height: 40 });
        const pen = canvas.getContext("2d", { willReadFrequently: true });
        const drawn = new Set();
        const signs = [...new Set(document.body.innerText.match(/[\\u4e00-\\u9fff]/g))];
        for (const sign of signs) {
          pen.clearRect(0, 0, 40, 40);
          pen.font = "32px zj";
          pen.fillText(sign, 2, 34);
          drawn.add(canvas.toDataURL());
        }
        return { signs: signs.length, drawn: drawn.size, loaded: document.fonts.check("32px zj", signs.join("")) };
        """,
    )
    assert found["signs"] > 200
    assert found["drawn"] == found["signs"]  # boxes in place of glyphs would all be alike


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_sticks_out_of_the_page(page, width):
    found = ask(
        page,
        """
        document.querySelectorAll("details").forEach((box) => (box.open = true));
        const small = [...document.querySelectorAll("figure svg text")].filter((text) =>
          text.textContent && text.getBoundingClientRect().height < 7).length;
        return { inner: innerWidth, wide: document.documentElement.scrollWidth, small };
        """,
        width=width,
    )
    assert found["inner"] == width
    assert found["wide"] <= width
    assert found["small"] == 0


def test_a_reader_of_the_table_can_filter_it(page):
    found = ask(
        page,
        """
        const input = document.getElementById("filter");
        input.value = "地区生产总值";
        input.dispatchEvent(new Event("input"));
        const rows = [...document.querySelectorAll(".grid tbody tr")];
        return rows.filter((row) => !row.hidden).map((row) => row.cells[0].textContent);
        """,
    )
    assert found
    assert all("地区生产总值" in name for name in found)


@pytest.fixture(scope="module")
def axe(tmp_path_factory):
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("no npm to get axe-core with")
    out = tmp_path_factory.mktemp("axe")
    packed = subprocess.run(
        [npm, "pack", AXE, "--silent"], cwd=out, capture_output=True, text=True, check=False, timeout=120
    )
    if packed.returncode:
        pytest.skip(f"{AXE} cannot be had from npm here")
    with tarfile.open(out / packed.stdout.split()[-1]) as archive:
        return archive.extractfile("package/axe.min.js").read().decode()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(page, axe, scheme):
    options = ["--blink-settings=preferredColorScheme=0"] if scheme == "dark" else []
    found = ask(
        page,
        """
        const dark = matchMedia("(prefers-color-scheme: dark)").matches;
        const result = await axe.run(document, { resultTypes: ["violations"] });
        const bad = result.violations.filter((one) => ["serious", "critical"].includes(one.impact));
        const told = bad.map((one) => [one.id, one.nodes.length, one.nodes.slice(0, 3).map((node) => node.html)]);
        return { dark, bad: told };
        """,
        before=f"<script>{axe}</script>",
        options=options,
    )
    assert found["dark"] == (scheme == "dark")
    assert found["bad"] == []


def accessibility_tree(path):
    """Give the nodes that a screen reader meets on a page, in order, each as (role, name), by the DevTools protocol."""
    to_browser, from_us = os.pipe()
    to_us, from_browser = os.pipe()
    here = shlex.join([CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe"])
    wired = f"exec {here} about:blank 3<&{to_browser} 4>&{from_browser}"
    browser = subprocess.Popen(["bash", "-c", wired], pass_fds=(to_browser, from_browser), stderr=subprocess.DEVNULL)
    try:
        with os.fdopen(from_us, "wb", buffering=0) as asking, os.fdopen(to_us, "rb") as answers:
            os.close(from_browser)
            ends = (asking, answers)
            target = call(ends, "Target.createTarget", {"url": f"file://{path}"})["targetId"]
            session = call(ends, "Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"]
            call(ends, "Page.enable", {}, session, until="Page.loadEventFired")
            nodes = call(ends, "Accessibility.getFullAXTree", {}, session)["nodes"]
            call(ends, "Browser.close", {})
    finally:
        browser.wait(timeout=30)
    return nodes


def call(ends, method, params, session=None, until=None):
    """Send one command and give its result; with `until`, wait for that event after it."""
    asking, answers = ends
    message = {"id": 1, "method": method, "params": params} | ({"sessionId": session} if session else {})
    asking.write(json.dumps(message).encode() + b"\0")
    result = None
    while result is None or until:
        answer = json.loads(read_message(answers))
        result = answer.get("result", result)
        if until and answer.get("method") == until:
            return result
    return result


def read_message(stream):
    parts = []
    while (byte := stream.read(1)) != b"\0":
        parts.append(byte)
    return b"".join(parts)


def test_a_screen_reader_meets_named_landmarks_headings_tables_and_charts(page):
    tree = [node for node in accessibility_tree(page) if not node["ignored"]]
    named = [(node["role"]["value"], node.get("name", {}).get("value", "")) for node in tree]
    roles = [role for role, _ in named]
    assert [roles.count(role) for role in ("banner", "main", "contentinfo", "navigation")] == [1, 1, 1, 1]
    assert ("navigation", "目录") in named
    for role in ("region", "article", "image", "table", "searchbox", "link", "heading"):
        assert [name for found, name in named if found == role], role
        assert not [name for found, name in named if found == role and not name.strip()], role
    first = next(name for role, name in named if role == "link")
    assert first == "跳到正文"
    levels = [
        int(next(one["value"]["value"] for one in node["properties"] if one["name"] == "level"))
        for node in tree
        if node["role"]["value"] == "heading"
    ]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert roles.count("rowheader") > 10
    assert "status" in roles


def test_the_keyboard_goes_through_the_page_in_the_order_that_it_is_read(page):
    order = ask(
        page,
        """
        const stops = [...document.querySelectorAll("a[href], summary, input, [tabindex='0']")]
          .filter((one) => one.checkVisibility());
        const tops = stops
          .filter((one) => !one.closest(".cards, td, .skip"))
          .map((one) => one.getBoundingClientRect().top);
        return {
          positive: document.querySelectorAll("[tabindex]:not([tabindex='0']):not([tabindex='-1'])").length,
          skip: stops[0].textContent,
          target: !!document.querySelector(stops[0].hash),
          backwards: tops.filter((top, at) => at && top < tops[at - 1] - 60).length,
        };
        """,
    )
    assert order == {"positive": 0, "skip": "跳到正文", "target": True, "backwards": 0}
