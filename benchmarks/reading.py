"""How fast texts are read, beside chinese2digits, JioNLP's money extractor and Microsoft Recognizers-Text, in one run.

    python benchmarks/reading.py [--corpora FOLDER] [--keep FOLDER]

The peers are installed into a folder of their own (`--keep`, else a temporary one): they are no dependencies of the
project. Each is fed the same texts twice: as whole documents, and a line a call (which suits those whose time grows
faster than the text). Time is CPU time of one process (Node.js: of its own process); what is printed is Markdown.
JioNLP is only asked for sums of money, chinese2digits gives bare numbers without units, Recognizers-Text numbers with
units from its number, percentage, currency and dimension models; none gives a name.
"""

import argparse
import json
import math
import platform
import subprocess
import sys
import tempfile
import time
import tracemalloc
import venv
from pathlib import Path

import zjcompare as zj
from zjcompare.observations import read_observations

ROOT = Path(__file__).parents[1]
SEED = ROOT / "seeds" / "zhenjiang_2023.md"
PYTHON_PEERS = ("chinese2digits==6.0.2", "jionlp==1.5.31")
NODE_PEER = "@microsoft/recognizers-text-suite@1.3.1"
LENGTHS = (10**4, 10**5, 10**6, 10**7)

PYTHON_SCRIPT = """
import json, sys, time
name, path = sys.argv[1:]
documents = json.load(open(path, encoding="utf-8"))
if name == "chinese2digits":
    import chinese2digits
    read = chinese2digits.takeNumberFromString
else:
    import jionlp
    read = jionlp.ner.extract_money
read("增长5%，达到12亿元")
result = {}
lines = [line for text in documents for line in text.split("\\n") if line]
for way, texts in (("documents", documents), ("lines", lines)):
    begun = time.process_time()
    for text in texts:
        read(text)
    result[way] = sum(map(len, texts)) / (time.process_time() - begun)
print(json.dumps(result))
"""

NODE_SCRIPT = """
const suite = require('@microsoft/recognizers-text-suite');
const documents = JSON.parse(require('fs').readFileSync(process.argv[2], 'utf8'));
const culture = suite.Culture.Chinese;
const models = [suite.recognizeNumber, suite.recognizePercentage, suite.recognizeCurrency, suite.recognizeDimension];
const read = text => models
  .forEach(model => model(text, culture));
read('增长5%，达到12亿元');
const result = {};
const lines = documents.flatMap(text => text.split('\\n')).filter(line => line);
for (const [way, texts] of [['documents', documents], ['lines', lines]]) {
  const begun = process.cpuUsage();
  texts.forEach(read);
  const used = process.cpuUsage(begun);
  result[way] = texts.reduce((sum, text) => sum + text.length, 0) / ((used.user + used.system) / 1e6);
}
console.log(JSON.stringify(result));
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, help="a folder of .txt reports to read as well")
    parser.add_argument("--keep", type=Path, help="where to install the peers and leave them")
    args = parser.parse_args()
    print(f"{time.strftime('%Y-%m-%d')}, Python {platform.python_version()}, {platform.machine()}, {processor()}\n")
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        compare_speeds(folder, args.corpora)
    measure_growth()


def processor():
    """Give the model of the processor, where Linux tells it."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    names = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor())


def compare_speeds(folder, corpora):
    seed = SEED.read_text(encoding="utf-8")
    texts = {"seed × 40, one document": [seed * 40], "seed, 40 documents": [seed] * 40}
    if corpora:
        texts["corpora"] = [path.read_text(encoding="utf-8") for path in sorted(corpora.rglob("*.txt"))]
    peers = install(folder)
    print("| text | reader | characters a second, whole documents | a line a call |\n|---|---|---:|---:|")
    for name, documents in texts.items():
        rows = {
            "zjcompare, reading": own_speed(documents, read_observations),
            "zjcompare, to the table": own_speed(documents, tabulate),
        }
        for peer, command in peers.items():
            few = documents if peer != "Recognizers-Text" else fewer(documents)
            path = folder / "documents.json"
            path.write_text(json.dumps(few, ensure_ascii=False), encoding="utf-8")
            done = subprocess.run([*command, str(path)], capture_output=True, text=True, check=True, cwd=folder)
            rows[peer] = json.loads(done.stdout.splitlines()[-1])  # JioNLP greets before it
        for reader, speed in rows.items():
            print(f"| {name} | {reader} | {speed['documents']:,.0f} | {speed.get('lines', math.nan):,.0f} |")
    print("\nRecognizers-Text read the first 20,000 characters of each text only.\n")


def fewer(documents):
    """Give the first documents up to 20,000 characters: the slow peer would take hours over all."""
    kept, left = [], 20_000
    for document in documents:
        kept.append(document[:left])
        left -= len(kept[-1])
        if left <= 0:
            break
    return kept


def install(folder):
    """Install the peers that can be had; give the command that measures each."""
    python = folder / "venv" / "bin" / "python"
    if not python.exists():
        venv.create(folder / "venv", with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *PYTHON_PEERS], check=True)
    script = folder / "measure.py"
    script.write_text(PYTHON_SCRIPT, encoding="utf-8")
    peers = {name: [str(python), str(script), name] for name in ("chinese2digits", "jionlp")}
    if not (folder / "node_modules").exists():
        done = subprocess.run(["npm", "install", "--silent", "--prefix", folder, NODE_PEER], check=False)
        if done.returncode:
            print("Recognizers-Text could not be installed; left out.\n", file=sys.stderr)
            return peers
    script = folder / "measure.js"
    script.write_text(NODE_SCRIPT, encoding="utf-8")
    return {**peers, "Recognizers-Text": ["node", str(script)]}


def tabulate(report):
    return zj.tabulate([report])


def own_speed(documents, read):
    read(zj.Report(documents[0][:3000], "镇江市", 2023))
    result = {}
    lines = [line for text in documents for line in text.split("\n") if line]
    for way, texts in (("documents", documents), ("lines", lines)):
        if way == "lines" and read is tabulate:
            continue
        reports = [zj.Report(text, "镇江市", 2023) for text in texts]
        begun = time.process_time()
        for report in reports:
            read(report)
        result[way] = sum(map(len, texts)) / (time.process_time() - begun)
    return result


def measure_growth():
    """Print time and memory of reading 10⁴ to 10⁷ characters, and the exponent of the time."""
    seed = SEED.read_text(encoding="utf-8")
    print("| characters | seconds | peak memory, MB | of it the result, MB | bytes a character above the result |")
    print("|---:|---:|---:|---:|---:|")
    seconds = []
    for length in LENGTHS:
        text = (seed * (length // len(seed) + 1))[:length]
        report = zj.Report(text, "镇江市", 2023)
        begun = time.process_time()
        read_observations(report)
        seconds.append(time.process_time() - begun)
        if length > 10**6:
            print(f"| {length:,} | {seconds[-1]:.2f} | | | |")
            continue
        tracemalloc.start()
        reading = read_observations(report)
        held, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        print(
            f"| {length:,} | {seconds[-1]:.3f} | {peak / 1e6:.1f} | {held / 1e6:.1f} | {(peak - held) / length:.0f} |"
        )
        del reading
    spans = zip(LENGTHS[1:], LENGTHS, seconds[1:], seconds, strict=False)
    exponents = [math.log(late / early) / math.log(longer / shorter) for longer, shorter, late, early in spans]
    shown = ", ".join(f"{exponent:.2f}" for exponent in exponents)
    print(f"\nFrom each length to the next the time grows with the length to the power of {shown}.")


if __name__ == "__main__":
    main()
