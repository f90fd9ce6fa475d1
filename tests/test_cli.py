"""The command `zjcompare`: results on standard output or in files, errors on standard error, exit codes that tell."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from zjcompare.cli import main
from zjcompare.cli.bars import Bar

ROOT = Path(__file__).parents[1]
DIGESTS = ROOT / "datasets" / "zhenjiang"
ONE = str(DIGESTS / "2016.md")


def run(*arguments, **environment):
    return subprocess.run(
        [sys.executable, "-m", "zjcompare", *map(str, arguments)],
        capture_output=True, encoding="utf-8", check=False, cwd=ROOT, env=os.environ | environment,
    )  # fmt: skip


def rows_of(text):
    return pd.read_csv(io.StringIO(text.removeprefix("\ufeff")), keep_default_na=False)


def test_read_writes_the_table_as_csv_on_standard_output_and_nothing_else(capsys):
    assert main(["read", ONE]) == 0
    captured = capsys.readouterr()
    rows = rows_of(captured.out)
    assert set(rows["place"]) == {"镇江市"}
    assert {"地区生产总值", "社会消费品零售总额"} <= set(rows["indicator"])
    assert captured.err == ""


def test_lines_on_standard_output_end_alike_on_every_system(monkeypatch):
    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\r\n")  # as Windows opens it
    monkeypatch.setattr(sys, "stdout", stream)
    assert main(["read", ONE]) == 0
    stream.flush()
    written = stream.buffer.getvalue()
    assert b"\r\n" in written
    assert b"\r\r\n" not in written


def test_a_workbook_may_have_a_name_that_no_sheet_may_have(tmp_path):
    assert main(["read", ONE, "--out", str(tmp_path / "行[1]'.xlsx")]) == 0


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet", ".xlsx"])
def test_read_writes_the_same_rows_in_every_format(suffix, tmp_path, capsys):
    out = tmp_path / f"行 表{suffix}"
    assert main(["read", ONE, "--out", str(out)]) == 0
    assert capsys.readouterr().out == ""
    readers = {
        ".csv": pd.read_csv, ".parquet": pd.read_parquet, ".xlsx": pd.read_excel,
        ".jsonl": lambda path: pd.DataFrame(map(json.loads, path.read_text(encoding="utf-8").splitlines())),
    }  # fmt: skip
    rows = readers[suffix](out)
    main(["read", ONE])
    assert list(rows["indicator"]) == list(rows_of(capsys.readouterr().out)["indicator"])


def test_a_format_that_is_not_known_is_an_error_that_names_those_that_are(tmp_path, capsys):
    assert main(["read", ONE, "--out", str(tmp_path / "x.docx")]) == 1
    assert ".parquet" in capsys.readouterr().err


def test_a_bad_file_stops_no_other_is_named_and_gives_exit_code_3(tmp_path, capsys):
    for name, content in {"a.txt": b"", "b.md": Path(ONE).read_bytes(), "c.txt": b"\xff\xd8\xff\xe0" * 50}.items():
        (tmp_path / name).write_bytes(content)
    assert main(["read", str(tmp_path), str(tmp_path / "missing.md")]) == 3
    captured = capsys.readouterr()
    assert len(rows_of(captured.out)) >= 10
    for name in ("a.txt", "c.txt", "missing.md", "3 of 4 documents"):
        assert name in captured.err
    assert "Traceback" not in captured.err


def test_nothing_but_bad_files_is_an_error(tmp_path, capsys):
    (tmp_path / "a.txt").write_bytes(b"")
    assert main(["read", str(tmp_path)]) == 1
    assert "no document could be read" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [[], ["read"], ["frobnicate"], ["store"], ["store", "read", "x", "--years", "soon"], ["read", "a", "--year", "x"]],
)
def test_wrong_use_gives_exit_code_2_and_the_usage(arguments, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_the_columns_of_a_table_of_figures_can_be_named(tmp_path, capsys):
    source = tmp_path / "x.csv"
    source.write_text("啥,多少（亿元）\n财政收入,320\n", encoding="utf-8")
    command = ["read", str(source), "--place", "镇江市", "--year", "2023"]
    assert main(command) == 1
    assert "mapping=" in capsys.readouterr().err
    assert main([*command, "--column", "indicator=啥", "--column", "value=多少（亿元）"]) == 0
    assert list(rows_of(capsys.readouterr().out)["value"]) == [3.2e10]


def test_audit_writes_every_numeral_with_its_document(capsys):
    assert main(["audit", ONE]) == 0
    rows = rows_of(capsys.readouterr().out)
    text = Path(ONE).read_bytes().decode("utf-8")
    assert set(rows["source"]) == {ONE}
    assert all(text[row.start : row.end] == row.text for row in rows.itertuples())
    assert "indicator" in set(rows["role"])


def test_match_says_the_decision_and_the_reasons(capsys):
    assert main(["match", "一般公共预算收入", "公共财政预算收入"]) == 0
    assert capsys.readouterr().out.startswith("same")
    assert main(["match", "城镇居民人均可支配收入", "农村居民人均可支配收入"]) == 0
    assert capsys.readouterr().out.startswith("different")


def test_review_writes_the_open_pairs_for_a_person_and_compare_takes_the_answers(tmp_path, capsys):
    assert main(["review", str(DIGESTS), "--out", str(tmp_path)]) == 0
    assert "pairs to decide" in capsys.readouterr().out
    sheet = pd.read_csv(tmp_path / "review.csv")
    assert list(sheet.columns[:3]) == ["a", "b", "decision"]
    assert (tmp_path / "review.html").exists()


def test_a_store_is_filled_read_and_its_versions_listed(tmp_path, capsys):
    store = str(tmp_path / "指标 库")
    assert main(["store", "add", store, ONE]) == 0
    assert main(["store", "add", store, str(DIGESTS / "2017.md")]) == 0
    capsys.readouterr()
    assert main(["store", "versions", store]) == 0
    assert list(rows_of(capsys.readouterr().out)["version"]) == [0, 1, 2]
    assert main(["store", "read", store, "--years", "2017", "--indicator", "地区生产总值"]) == 0
    assert set(rows_of(capsys.readouterr().out)["year"]) == {2017}
    assert main(["store", "read", store, "--at", "1"]) == 0
    assert set(rows_of(capsys.readouterr().out)["report_year"]) == {2016}


def test_a_store_that_is_not_there_is_an_error(tmp_path, capsys):
    assert main(["store", "read", str(tmp_path / "none")]) == 1
    assert capsys.readouterr().err.startswith("zjcompare: ")


def test_compare_writes_the_story_into_a_folder(tmp_path):
    out = tmp_path / "故 事"
    done = run("compare", DIGESTS, ROOT / "seeds" / "zhenjiang_2023.md", "--out", out)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == str(out / "story.html")
    assert {path.name for path in out.iterdir()} >= {"story.html", "story.md", "tables.xlsx", "data", "charts"}


STRICT = """
import sys, warnings
warnings.filterwarnings("error", category=EncodingWarning, module=r"zjcompare\\b")
from zjcompare.cli import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize(
    "words",
    [
        "read 江苏 -o 行.parquet", "read 江苏 -o 行.csv --jobs 2", "read 江苏 -o 行.xlsx", "audit 江苏 -o 行.jsonl",
        "review 江苏 -o out", "store add store 江苏", "match 地区生产总值 GDP",
    ],
)  # fmt: skip
def test_a_command_works_whatever_the_encoding_of_the_system_and_asks_for_none(words, tmp_path):
    for folder in ("江苏", "临时 文件"):
        (tmp_path / folder).mkdir()
    report = "2024年江苏省政府工作报告\n去年全省地区生产总值增长5.8%。"
    (tmp_path / "江苏" / "报告 一.txt").write_text(report, encoding="gb18030")
    done = subprocess.run(
        [sys.executable, "-X", "warn_default_encoding", "-c", STRICT, *words.split()],
        capture_output=True, encoding="utf-8", check=False, cwd=tmp_path,
        env=os.environ | {
            "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "",
            "TMPDIR": str(tmp_path / "临时 文件"), "HOME": os.devnull, "XDG_CACHE_HOME": os.devnull,
        },
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert list((tmp_path / "临时 文件").iterdir()) == []


def test_a_name_that_the_system_cannot_write_is_told_with_the_way_out(tmp_path):
    environment = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = run("store", "add", tmp_path / "库", ONE, **environment)
    assert done.returncode == 1
    assert "PYTHONUTF8=1" in done.stderr
    pytest.importorskip("distributed")
    (tmp_path / "临时").mkdir()
    done = run("read", ONE, "--engine", "dask", TMPDIR=str(tmp_path / "临时"), **environment)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "PYTHONUTF8=1" in done.stderr


def test_a_reader_that_goes_away_is_no_error():
    command = f'"{sys.executable}" -m zjcompare read "{DIGESTS}" | head -n 1'
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr


def test_jobs_and_resuming_change_nothing_in_what_is_written(tmp_path, capsys):
    main(["read", str(DIGESTS)])
    expected = capsys.readouterr().out
    for options in (["--jobs", "2"], ["--resume", str(tmp_path / "parts")], ["--resume", str(tmp_path / "parts")]):
        assert main(["read", str(DIGESTS), *options]) == 0
        assert capsys.readouterr().out == expected


def test_the_version_is_the_packages(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["--version"])
    assert stopped.value.code == 0
    assert capsys.readouterr().out.startswith("zjcompare ")


@pytest.mark.parametrize(
    ("words", "code"),
    [("--help", 0), ("--version", 0), ("compare --help", 0), ("read", 2), ("store read x --years y", 2)],
)
def test_help_and_wrong_use_wait_for_no_library(words, code):
    heavy = "{'pandas', 'pyarrow', 'numpy', 'deltalake', 'rapidfuzz'}"
    watch = f"import sys, atexit; atexit.register(lambda: sys.stderr.write(str(sorted({heavy} & set(sys.modules)))))"
    command = f"{watch}; from zjcompare.cli import main; sys.exit(main({words.split()}))"
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == code
    assert done.stderr.endswith("[]"), done.stderr


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_bar_says_how_much_how_fast_and_how_long_in_a_terminal_only(monkeypatch):
    for stream, shown in ((Terminal(), True), (io.StringIO(), False)):
        monkeypatch.setattr(sys, "stderr", stream)
        with Bar("reading", shown=True) as bar:
            for done in range(1, 5):
                bar.update(done, 4)
        assert ("4/4" in stream.getvalue() and "/s" in stream.getvalue() and "left" in stream.getvalue()) == shown
