"""Reading held against annotated texts: ours (tests/gold, by offsets into the corpora) and the given ones."""

import csv
import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

import zjcompare as zj

OURS = Path(__file__).parent / "gold"
SHARED = Path(__file__).parents[2] / "shared"
GIVEN = SHARED / "gold"

pytestmark = pytest.mark.skipif(not GIVEN.is_dir(), reason="the annotated texts are not here")


@pytest.fixture(scope="module")
def scorer():
    spec = importlib.util.spec_from_file_location("score_gold", GIVEN / "score_gold.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def slices(tmp_path_factory):
    """Write the annotated slices of the corpora to files; give (gold file, text file, place, year) of each."""
    folder = tmp_path_factory.mktemp("gold")
    found = []
    with (OURS / "INDEX.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            text = (SHARED / "corpora" / row["text"]).read_text(encoding="utf-8")
            path = folder / f"{row['name']}.txt"
            path.write_text(text[int(row["start"]) : int(row["end"])], encoding="utf-8", newline="")
            found.append((OURS / f"{row['name']}.jsonl", path, row["place"], int(row["year"])))
    return found


def test_our_annotations_are_read_as_they_say(scorer, slices):
    wanted = rows = agreed = digits = 0
    earned = dict.fromkeys(scorer.FIGURES, 0)
    for gold, text, place, year in slices:
        want, row, counts, agree, digit = scorer.score(gold, text, place, year)
        wanted, rows, agreed, digits = wanted + want, rows + row, agreed + agree, digits + digit
        earned = {figure: earned[figure] + counts[figure] for figure in earned}
    assert 2 * earned["whole"] / (wanted + rows) >= 0.93
    assert 2 * earned["quantity"] / (wanted + rows) >= 0.97
    assert agreed / digits >= 0.98


def test_the_given_texts_reach_their_figure():
    command = [sys.executable, str(GIVEN / "score_gold.py"), "--least", "0.95"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=OURS.parents[1])
    assert done.returncode == 0, done.stdout + done.stderr


def test_rows_that_call_themselves_sure_are_right(scorer, slices):
    given = [
        (path, path.with_suffix(".txt"), *_place_and_year(path, scorer)) for path in sorted(GIVEN.glob("*_*.jsonl"))
    ]
    sure = right = 0
    for gold, text, place, year in [*slices, *given]:
        lines = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines() if line.strip()]
        for row in zj.tabulate([zj.read(text, place=place, year=year)]).to_dict("records"):
            on = [line for line in lines if row["start"] <= line["at"] < row["end"]]
            if row["confidence"] <= 0.9 or any(line.get("optional") for line in on):
                continue
            sure += 1
            right += any(line["role"] == "indicator" and "named" in scorer.judge(row, line) for line in on)
    assert sure > 2000
    assert right / sure >= 0.97


def _place_and_year(path, scorer):
    stem, year = path.stem.split("_")[:2]
    return scorer.PLACES[stem], int(year)
