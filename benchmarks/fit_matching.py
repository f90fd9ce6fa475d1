"""Fits the weights of a match: `fit_matching.py [PAIRS.jsonl …]` writes weights.csv.

It learns from the rows of tests/cases/pairs.csv marked dev, and from the half of each further file of pairs whose
digest is even (the other half stays unseen). Pairs that a veto or a whole-name rule decides teach nothing. The fit is a
logistic regression, by damped Newton steps, with a ridge towards `FRESH`: weights by which the probability is how often
pairs were the same that were labelled before scoring (held_out_2 to 4 of pairs.csv), read with the vocabulary of that
day. The vocabulary has grown by the pairs it was fitted to, so these alone would teach that a word it lacks always
matters.
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
FRESH = {
    "bias": 4.0, "one_part": -6.5, "one_strong": -4.5, "one_weak": -4.0, "one_hollow": -1.0, "both_strong": -6.0,
    "both_weak": -4.5, "both_hollow": -3.0, "ask": -3.2, "soft": -0.4, "slip": -0.6, "doubtful_slip": -4.0,
}  # fmt: skip
RIDGE = 20.0


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


def rows_of(pairs, lexicon):
    rules, known = compile_rules(lexicon), known_pairs(lexicon)
    for a, b, same in pairs:
        first, second = read_name(a, lexicon), read_name(b, lexicon)
        found = contrast(first, second, rules)
        told = {frozenset((first.plain, second.plain)), frozenset((first.key, second.key))} & known.keys()
        if not found.vetoes and not told:
            yield [found.features.get(feature, 0.0) for feature in FEATURES], float(same)


def fit(features, same):
    prior = np.array([FRESH[feature] for feature in FEATURES])
    coefficients = prior.copy()
    for _ in range(200):
        probability = 1 / (1 + np.exp(-features @ coefficients))
        gradient = features.T @ (same - probability) - RIDGE * (coefficients - prior)
        curvature = (features.T * (probability * (1 - probability))) @ features + RIDGE * np.eye(len(prior))
        step = np.clip(np.linalg.solve(curvature, gradient), -0.5, 0.5)
        coefficients += step
        if np.abs(step).max() < 1e-9:
            break
    return coefficients


def main():
    lexicon = Lexicon.default()
    people = list(rows_of(labelled(sys.argv[1:]), lexicon))
    features = np.array([row for row, _ in people])
    same = np.array([label for _, label in people])
    coefficients = fit(features, same)
    with (ROOT / "zjcompare" / "lexicon" / "weights.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("feature", "weight"))
        writer.writerows((feature, f"{value:.3f}") for feature, value in zip(FEATURES, coefficients, strict=True))
    for feature, value in zip(FEATURES, coefficients, strict=True):
        seen = features[:, FEATURES.index(feature)] > 0
        print(f"{feature:14} {value:+.2f}   seen {seen.sum():5}, same {same[seen].mean() if seen.any() else 0:.3f}")


if __name__ == "__main__":
    main()
