"""How time and memory grow with the number of reports: `python benchmarks/scale.py --most 1000`.

Makes reports from the digests of Zhenjiang (other place, other figures, one file each), reads them into parts, and
measures each run in a process of its own: seconds, CPU seconds of all its processes, the largest memory of one of them,
and the slope of log(CPU seconds) over log(number), which is 1 where they grow as the number does. The last lines put
the cost of 2,800 counties over 20 years on paper, in CPU hours.
"""

import argparse
import json
import math
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import zjcompare as zj
from zjcompare.batches import read_parts
from zjcompare.report import find_documents

ROOT = Path(__file__).parents[1]
DIGESTS = sorted((ROOT / "datasets" / "zhenjiang").glob("*.md"))
COUNTIES, YEARS, CHARACTERS = 2800, 20, 15_000
JOBS = {"serial": 1, "processes": 2, "dask": 2}


def make_reports(folder, count):
    """Write `count` reports: the digests under other names of cities, every figure changed a little."""
    places = [
        row["name"] for row in zj.Lexicon.default().rows("divisions") if row["code"].endswith("00") and not row["until"]
    ]
    figures = random.Random(11)
    texts = [path.read_text(encoding="utf-8") for path in DIGESTS]
    for number in range(count):
        text = texts[number % len(texts)].replace("镇江市", places[number // len(texts) % len(places)])
        text = re.sub(r"\*\*(\d+)", lambda found: f"**{int(found[1]) + figures.randrange(9)}", text)
        path = folder / f"{number // 1000:04d}" / f"{number:06d}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")


def measure(folder, engine):
    """Read all reports once and give what it took."""
    with tempfile.TemporaryDirectory() as parts:
        began = time.perf_counter()
        found = read_parts(find_documents(folder), parts, engine=engine, jobs=JOBS[engine])
        rows = sum(table.num_rows for table in found.tables())
        seconds = time.perf_counter() - began
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    cpu = own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
    return {"seconds": seconds, "cpu": cpu, "megabytes": max(own.ru_maxrss, children.ru_maxrss) / 1024, "rows": rows}


def run_alone(folder, engine):
    command = [sys.executable, __file__, "--measure", str(folder), "--engines", engine]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--most", type=int, default=1000)
    parser.add_argument("--engines", default="serial,processes,dask")
    parser.add_argument("--measure", type=Path)
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(measure(options.measure, options.engines)))
        return
    counts = [10**power for power in range(2, 1 + round(math.log10(options.most)))]
    print(f"{'engine':<10} {'reports':>8} {'rows':>9} {'seconds':>8} {'CPU s':>8} {'MB':>6} {'slope':>6}")
    taken = {}
    for count in counts:
        with tempfile.TemporaryDirectory() as made:
            make_reports(Path(made), count)
            characters = sum(len(path.read_text(encoding="utf-8")) for path in Path(made).rglob("*.md"))
            for engine in options.engines.split(","):
                found = run_alone(made, engine)
                before = taken.get((engine, count // 10))
                slope = f"{math.log10(found['cpu'] / before['cpu']):.2f}" if before else ""
                taken[engine, count] = found | {"characters": characters}
                print(
                    f"{engine:<10} {count:>8} {found['rows']:>9} {found['seconds']:>8.1f} {found['cpu']:>8.1f} "
                    f"{found['megabytes']:>6.0f} {slope:>6}",
                    flush=True,
                )
    for engine in options.engines.split(","):
        last = taken[engine, counts[-1]]
        hours = COUNTIES * YEARS * CHARACTERS * last["cpu"] / last["characters"] / 3600
        print(f"{COUNTIES} counties x {YEARS} years of {CHARACTERS} characters, {engine}: {hours:.1f} CPU hours")


if __name__ == "__main__":
    main()
