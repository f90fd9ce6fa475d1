"""Bulk matching over years, against peers, on made names with known truth: `matching.py [--sizes 1k,other]`.

Each method runs in a process of its own, on the same table, and is told nothing but place, year, name and unit:

zjcompare   `align`, from the raw names
rapidfuzz   `cdist(ratio)` of all distinct names of a place, joined at 85 or above (best of 80, 85, 90, 95 at 1k)
sparse      sparse-dot-topn on TF-IDF of character bigrams of all distinct names, joined at 0.7 or above within a place
splink      Splink 5 on DuckDB, from the raw names as a careful user would prepare them (script, width, years, places,
            units off), distinct within a place and unit; blocked by place, unit and the first or last three
            characters; u by sampling, m by EM; clusters at the best threshold at 10k
splink_given  the same, given the columns of zjcompare's reading (standard writing, content, facets) for free

Time is wall and CPU of the method alone (imports and the making of the table excluded), memory the peak of the process.
Pairs and B-cubed are counted over the rows of a place that are one indicator; a collision is a second row of one report
in one series.
"""

import argparse
import json
import logging
import re
import resource
import subprocess
import sys
import time
import unicodedata
import warnings
from pathlib import Path

import made_names
import numpy as np
import other_names
import pandas as pd

SIZES = {"1k": (1, 7), "10k": (4, 17), "100k": (34, 20), "1m": (334, 20), "other": (32, 20)}
"""Places and years; `other` is made by the second generator."""
THRESHOLDS = {"splink": 0.5, "splink_given": 0.5}
"""The best of 0.3, 0.5, 0.8, 0.9, 0.95, 0.99 and 0.999 by F1 of pairs at 10k."""
FEW = ("1k", "10k", "100k", "other")
RUNS = {"zjcompare": SIZES, "rapidfuzz": FEW, "sparse": FEW, "splink": SIZES, "splink_given": SIZES}
LIMIT = 300
"""Seconds after which a method is stopped, making of the table included."""


def by_zjcompare(table):
    import zjcompare

    zjcompare.match_pair("地区生产总值", "GDP")
    started = mark()
    series = zjcompare.align(table)["series"]
    return started, pd.factorize(series.fillna(pd.Series(table.index.astype(str), table.index)))[0]


def by_rapidfuzz(table):
    from rapidfuzz import fuzz, process

    started = mark()
    labels = np.empty(len(table), dtype=object)
    for place, rows in table.groupby("place").indices.items():
        codes, names = pd.factorize(table["indicator"].to_numpy()[rows])
        close = process.cdist(names, names, scorer=fuzz.ratio, score_cutoff=85, dtype=np.uint8, workers=2)
        labels[rows] = [f"{place}{label}" for label in components(len(names), *np.nonzero(close))[codes]]
    return started, pd.factorize(labels)[0]


def by_sparse(table):
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sparse_dot_topn import sp_matmul_topn

    started = mark()
    distinct = table[["place", "indicator"]].drop_duplicates().reset_index(drop=True)
    codes, names = pd.factorize(distinct["indicator"])
    matrix = TfidfVectorizer(analyzer="char", ngram_range=(1, 2), dtype=np.float32).fit_transform(names)
    close = sp_matmul_topn(matrix, matrix.T.tocsr(), top_n=30, threshold=0.7, n_threads=2).tocoo()
    return started, by_place(table, distinct, codes, close.row, close.col)


def by_place(table, distinct, codes, one, other):
    """Join the rows of each place whose names are close."""
    pairs = pd.DataFrame({"code": one, "other": other})
    named = distinct.assign(code=codes, at=distinct.index)
    joined = named.merge(pairs, on="code").merge(
        named.rename(columns={"code": "other", "at": "to"})[["place", "other", "to"]], on=["place", "other"]
    )
    label = components(len(distinct), joined["at"].to_numpy(), joined["to"].to_numpy())
    return table.merge(distinct.assign(label=label), on=["place", "indicator"], how="left")["label"].to_numpy()


def components(count, one, other):
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    return connected_components(coo_array((np.ones(len(one)), (one, other)), shape=(count, count)), directed=False)[1]


def by_splink(table):
    """Splink on the names as a careful user would prepare them, without anything of zjcompare."""
    import opencc

    started = mark()
    simplified = opencc.OpenCC("t2s")
    codes, keys = pd.MultiIndex.from_frame(table[["place", "unit", "indicator"]]).factorize()
    prepared = [(place, unit, _tidy(name, place, simplified)) for place, unit, name in keys]
    row, distinct = pd.MultiIndex.from_tuples(prepared).factorize()
    rows = pd.DataFrame(distinct.tolist(), columns=["place", "unit", "name"])
    return started, link(rows, THRESHOLDS["splink"])[row[codes]]


def _tidy(name, place, simplified):
    """Take script, width, list numbers, years, places, scope words, units and headings off a name."""
    name = simplified.convert(unicodedata.normalize("NFKC", name))
    name = re.sub(r"^\d+、|\d{4}年|全市|全年|年末|完成情况|情况$|\([^()]*\)|[“”]", "", name).removeprefix(place)
    return name or "-"


def by_splink_given(table):
    """Splink on the columns of zjcompare's reading: standard writing, content, facets; reading them is not timed."""
    from zjcompare.lexicon import Lexicon
    from zjcompare.names import read_names
    from zjcompare.places import strip_places

    number, distinct = strip_places(table["indicator"], table["place"], Lexicon.default())
    read = [
        (name.standard or "-", "".join(sorted(name.core)) or "-", name.key.split("|", 1)[1])
        for name in read_names(distinct)
    ]
    columns = pd.DataFrame([read[at] for at in number], columns=["name", "core", "facets"], index=table.index)
    started = mark()
    row, distinct = pd.MultiIndex.from_frame(table[["place", "unit"]].join(columns)).factorize()
    rows = pd.DataFrame(distinct.tolist(), columns=["place", "unit", "name", "core", "facets"])
    return started, link(rows, THRESHOLDS["splink_given"])[row]


def link(rows, threshold):
    """Give the cluster of each row by Splink."""
    import splink.comparison_library as compare
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    logging.getLogger("splink").setLevel(logging.ERROR)
    rows = rows.assign(unique_id=np.arange(len(rows)), head=rows["name"].str[:3], tail=rows["name"].str[-3:])
    comparisons = [compare.JaroWinklerAtThresholds("name", [0.97, 0.92, 0.85])]
    if "core" in rows:
        comparisons += [compare.LevenshteinAtThresholds("core", [1, 2]), compare.ExactMatch("facets")]
    else:
        comparisons += [compare.ExactMatch("tail"), compare.ExactMatch("head")]
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=[block_on("place", "unit", "head"), block_on("place", "unit", "tail")],
    )
    linker = Linker(DuckDBAPI().register(rows.astype(object)), settings)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("place", "unit", "head"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("place", "unit", "tail"))
    predicted = linker.inference.predict(threshold_match_probability=threshold)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, threshold)
    labels = clusters.as_pandas_dataframe().sort_values("unique_id")["cluster_id"]
    return pd.factorize(labels)[0]


def mark():
    return time.perf_counter(), time.process_time()


def measure(method, size):
    warnings.simplefilter("ignore")
    table = (other_names if size == "other" else made_names).make_table(*SIZES[size])
    (wall, cpu), label = globals()[f"by_{method}"](table)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    truth = pd.factorize(table["place"] + "|" + table["truth"].astype(str))[0]
    both = pd.factorize(label.astype(np.int64) * (truth.max() + 1) + truth)[0]
    counts = [np.bincount(codes) for codes in (both, label, truth)]
    joined, found, real = (float((count * (count - 1) // 2).sum()) for count in counts)
    found = max(found, 1.0)
    of_row = [count[codes] for count, codes in zip(counts, (both, label, truth), strict=True)]
    print(
        json.dumps(
            {
                "method": method, "size": size, "rows": len(table), "names": table["indicator"].nunique(),
                "wall": round(wall, 2), "cpu": round(cpu, 2), "peak_mb": round(peak),
                "precision": round(joined / found, 4), "recall": round(joined / real, 4),
                "b3_precision": round(float((of_row[0] / of_row[1]).mean()), 4),
                "b3_recall": round(float((of_row[0] / of_row[2]).mean()), 4),
                "collisions": int(pd.DataFrame({"l": label, "r": table["report"]}).duplicated().sum()),
            }
        )
    )  # fmt: skip


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default=",".join(SIZES))
    parser.add_argument("--methods", default=",".join(RUNS))
    parser.add_argument("--one", nargs=2, metavar=("METHOD", "SIZE"))
    options = parser.parse_args()
    if options.one:
        measure(*options.one)
        return
    results = []
    for size in options.sizes.split(","):
        for method in options.methods.split(","):
            if size in RUNS[method]:
                command = [sys.executable, str(Path(__file__)), "--one", method, size]
                try:
                    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=LIMIT)
                except subprocess.TimeoutExpired:
                    print(f"{method} at {size}: not done within {LIMIT} s", flush=True)
                    continue
                print(done.stdout.strip() or done.stderr.strip().splitlines()[-1], flush=True)
                results += [json.loads(line) for line in done.stdout.splitlines()[-1:]]
    own = {row["rows"]: row["cpu"] for row in results if row["method"] == "zjcompare" and row["size"] != "other"}
    if len(own) > 1:
        sizes = sorted(own)[-3:]
        exponent = np.polyfit(np.log(sizes), np.log([own[size] for size in sizes]), 1)[0]
        print(f"growth of zjcompare's CPU time over {sizes}: rows ** {exponent:.2f}")


if __name__ == "__main__":
    main()
