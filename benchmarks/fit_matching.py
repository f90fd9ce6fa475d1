"""Fits the weights of a match: `fit_matching.py NAMES.tsv [PAIRS.jsonl …]` writes weights.csv.

It learns from the rows marked dev of tests/cases/pairs.csv, from the half of each further file of pairs whose digest is
even (the other half stays unseen), and from NAMES.tsv (first column): two official names that differ by one stretch of
characters are two indicators. Pairs that a veto or a whole-name rule decides teach nothing. The fit is a logistic
regression with a ridge towards cautious weights, which stand for what was never seen, by damped Newton steps; the
official names weigh together a tenth of the labelled pairs, since a catalogue parts what reports do not.
"""

import csv
import hashlib
import json
import sys
from pathlib import Path

import numpy as np

from zjcompare.contrasts import FEATURES, compile_rules, contrast
from zjcompare.lexicon import Lexicon
from zjcompare.names import read_name
from zjcompare.scores import known_pairs

ROOT = Path(__file__).parents[1]
CAUTIOUS = {
    "bias": 4.5, "one_strong": -6.5, "one_weak": -3.5, "one_hollow": -1.5, "both_strong": -8.0, "both_weak": -5.0,
    "both_hollow": -3.0, "ask": -3.5, "soft": -0.7, "slip": -1.0, "doubtful_slip": -4.0,
}  # fmt: skip
RIDGE = 0.5


def is_dev(a, b):
    return hashlib.sha256("\x1f".join(sorted((a, b))).encode()).digest()[0] % 2 == 0


def labelled(files):
    with (ROOT / "tests" / "cases" / "pairs.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            if row["split"] == "dev":
                yield row["a"], row["b"], row["decision"] == "same"
    for file in files:
        for line in Path(file).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if is_dev(row["a"], row["b"]):
                yield row["a"], row["b"], row["same"]


def official(file, lexicon):
    names = {}
    for line in Path(file).read_text(encoding="utf-8").splitlines()[1:]:
        name = read_name(line.split("\t")[0], lexicon)
        names.setdefault(name.facets, {}).setdefault(name.core, name.text)
    for cores in names.values():
        for core, text in cores.items():
            for start in range(len(core)):
                for end in range(start + 1, min(len(core), start + 8) + 1):
                    other = cores.get(core[:start] + core[end:])
                    if other is not None:
                        yield text, other, False


def rows_of(pairs, lexicon):
    rules, known = compile_rules(lexicon), known_pairs(lexicon)
    for a, b, same in pairs:
        first, second = read_name(a, lexicon), read_name(b, lexicon)
        found = contrast(first, second, rules)
        told = {frozenset((first.plain, second.plain)), frozenset((first.key, second.key))} & known.keys()
        if not found.vetoes and not told:
            yield [found.features.get(feature, 0.0) for feature in FEATURES], float(same)


def fit(features, same, weight):
    prior = np.array([CAUTIOUS[feature] for feature in FEATURES])
    coefficients = prior.copy()
    for _ in range(200):
        probability = 1 / (1 + np.exp(-features @ coefficients))
        gradient = features.T @ (weight * (same - probability)) - RIDGE * (coefficients - prior)
        curvature = (features.T * (weight * probability * (1 - probability))) @ features + RIDGE * np.eye(len(prior))
        step = np.clip(np.linalg.solve(curvature, gradient), -0.5, 0.5)
        coefficients += step
        if np.abs(step).max() < 1e-9:
            break
    return coefficients


def main():
    lexicon = Lexicon.default()
    people = list(rows_of(labelled(sys.argv[2:]), lexicon))
    listed = list(rows_of(official(sys.argv[1], lexicon), lexicon))
    features = np.array([row for row, _ in people + listed])
    same = np.array([label for _, label in people + listed])
    coefficients = fit(features, same, np.array([1.0] * len(people) + [0.1 * len(people) / len(listed)] * len(listed)))
    with (ROOT / "zjcompare" / "lexicon" / "weights.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("feature", "weight"))
        writer.writerows((feature, f"{value:.3f}") for feature, value in zip(FEATURES, coefficients, strict=True))
    for feature, value in zip(FEATURES, coefficients, strict=True):
        seen = features[:, FEATURES.index(feature)] > 0
        print(f"{feature:14} {value:+.2f}   seen {seen.sum():5}, same {same[seen].mean() if seen.any() else 0:.3f}")


if __name__ == "__main__":
    main()
