"""The page of uncertain pairs in a real browser: the keyboard decides, and what is saved reads back as decided."""

import html
import json
import re
import shutil
import subprocess

import pandas as pd
import pytest

from zjcompare.decisions import read_decisions
from zjcompare.review import write_review

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on the path: apt-get install chromium")

NAMES = [("财政收入", "一般公共预算收入"), ('总"人口', "常住人口"), ("失业率", "城镇登记失业率"), ("贷款", "贷款余额")]
SCRIPT = """<script>
addEventListener("load", async () => {
  const press = (key, more) =>
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, ...more }));
  let saved = null;
  URL.createObjectURL = (blob) => { saved = blob; return "#"; };
  %s
  const out = document.createElement("pre");
  out.id = "found";
  out.textContent = JSON.stringify({
    saved: saved && await saved.text(), shown: document.getElementById("a").textContent,
    done: document.getElementById("progress").value, position: document.getElementById("position").textContent });
  document.body.append(out);
});
</script></html>"""


@pytest.fixture
def page(tmp_path):
    pairs = pd.DataFrame(
        [
            {"a": a, "b": b, "probability": 0.5, "decision": "review", "relation": "kin", "why": "bias +1.0, 原因",
             "rows_a": 9 - at, "rows_b": 9 - at}
            for at, (a, b) in enumerate(NAMES)
        ]
    )  # fmt: skip
    return write_review(pairs, tmp_path)[1]


def press(page, script):
    """Give what the page shows and saved after a script of key presses, and what the console said."""
    copy = page.with_name("pressed.html")
    copy.write_text(page.read_text(encoding="utf-8").replace("</html>", SCRIPT % script), encoding="utf-8")
    command = [
        CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--v=0",
        "--virtual-time-budget=5000", "--dump-dom", f"file://{copy}",
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    assert not [line for line in done.stderr.splitlines() if "CONSOLE" in line]
    return json.loads(html.unescape(re.search(r'<pre id="found">(.*?)</pre>', done.stdout, re.DOTALL)[1]))


def test_the_keyboard_decides_and_the_saved_text_reads_back(page):
    found = press(
        page,
        """
        document.getElementById("who").value = "王,编辑";
        press("s"); press("D"); press("ArrowRight"); press("s");
        press("Enter", { ctrlKey: true });
        """,
    )
    sheet = page.with_name("saved.csv")
    sheet.write_text(found["saved"], encoding="utf-8")
    decided = read_decisions(sheet)
    assert decided[["a", "b", "decision"]].to_numpy().tolist() == [
        [*NAMES[0], "same"],
        [*NAMES[1], "different"],
        [*NAMES[3], "same"],
    ]
    assert set(decided["who"]) == {"王,编辑"}
    assert decided["when"].str.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ").all()
    assert len(pd.read_csv(sheet)) == len(NAMES)
    assert found["done"] == 3


def test_a_decision_can_be_taken_back_and_keys_in_a_field_are_text(page):
    found = press(
        page,
        """
        press("s"); press("p"); press("s");
        const why = document.getElementById("why");
        why.dispatchEvent(new KeyboardEvent("keydown", { key: "d", bubbles: true }));
        document.getElementById("save").click();
        """,
    )
    assert found["done"] == 0
    assert found["shown"] == NAMES[0][0]
    sheet = page.with_name("saved.csv")
    sheet.write_text(found["saved"], encoding="utf-8")
    assert read_decisions(sheet).empty
