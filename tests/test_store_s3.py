"""A store on an object store: the same, without a lock and without a folder to look into."""

import json
import socket
import subprocess
import sys
import time

import pytest

import zjcompare as zj
from zjcompare.report import Report

WRITER = """
import json, sys
import zjcompare as zj
from zjcompare.report import Report
store = zj.Store("s3://bucket/indicators", storage_options=json.loads(sys.argv[1]))
for number in range(4):
    store.add(Report(f"2019年，全市实现地区生产总值{int(sys.argv[2]) + number}亿元。", "镇江市", 2019, "公报"))
"""


@pytest.fixture
def options():
    pytest.importorskip("moto.server")
    boto3 = pytest.importorskip("boto3")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([sys.executable, "-m", "moto.server", "-p", str(port)], stderr=subprocess.DEVNULL)
    for _ in range(200):
        with socket.socket() as call:
            if call.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    known = {"aws_access_key_id": "key", "aws_secret_access_key": "secret", "region_name": "us-east-1"}
    boto3.client("s3", endpoint_url=f"http://127.0.0.1:{port}", **known).create_bucket(Bucket="bucket")
    yield {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}", "AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_REGION": "us-east-1", "AWS_ALLOW_HTTP": "true", "aws_conditional_put": "etag",
    }  # fmt: skip
    server.kill()
    server.wait()


@pytest.mark.slow
def test_a_store_on_s3_keeps_versions_and_puts_writers_in_one_order(options):
    store = zj.Store("s3://bucket/indicators", storage_options=options)
    with pytest.raises(zj.StoreError, match="make a store by adding to it"):
        store.read()
    first = Report("2019年，全市实现地区生产总值4200亿元。", "镇江市", 2019, "公报")
    assert store.add(first) == 1
    assert not store.add(first).added
    before = store.read()
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, json.dumps(options), str(number)]) for number in (5000, 6000)
    ]
    assert [writer.wait(timeout=120) for writer in writers] == [0, 0]
    assert sorted(store.documents()["edition"]) == list(range(1, 10))
    assert store.tidy() == store.version
    assert store.read(version=1).equals(before)
    assert store.check().empty
