"""A run for readers outside: no enterprise, project, plot or ledger cell is in the bytes of anything it leaves."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from pypdf import PdfReader

from parkbook.cli import main
from parkbook.model import SourceKind
from parkbook.observations.read import read_park


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("对外") / "run"
    assert main(["run", "park", "briefing", "--park", "demo", "-p", "audience=external", "--out", str(out)]) == 0
    return out


@pytest.fixture(scope="module")
def texts(folder):
    """Every file as text: documents as a reader's program reads them, tables cell by cell."""
    return {
        path.relative_to(folder).as_posix(): "".join(_texts(path.name, path.read_bytes())) for path in _files(folder)
    }


def _files(folder: Path):
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _texts(name: str, content: bytes):
    """The text of a file, and of the files in it."""
    yield content.decode("utf-8", errors="ignore")
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for inside in archive.namelist():
                yield from _texts(inside, archive.read(inside))
    elif name.endswith(".pdf"):
        reader = PdfReader(io.BytesIO(content))
        yield "".join(page.extract_text() for page in reader.pages).replace("\n", "")
        yield str(reader.metadata)
        yield from (
            content.decode("utf-8", errors="ignore") for many in reader.attachments.values() for content in many
        )
    elif name.endswith(".parquet"):
        yield pd.read_parquet(io.BytesIO(content)).to_csv()


def names():
    """What stands in the ledgers for one enterprise, project, plot, fund or award."""
    return sorted(
        {o.subject for o in read_park("demo").observations if o.source.kind is SourceKind.LEDGER and o.subject}
    )


def test_files_of_every_kind_are_searched(texts):
    kinds = {name.rsplit(".", 1)[-1] for name in texts}
    assert {"ipynb", "html", "pdf", "docx", "xlsx", "parquet", "json"} <= kinds
    assert "示例高新技术产业园" in texts["parks/demo/briefing.pdf"]
    assert "gross_industrial_output" in texts["observations.parquet"]


def test_no_subject_is_in_any_file(texts):
    told = [name for name in names() if name.startswith(("示例", "样例", "范例", "演示")) and name != "示例"]
    assert len(told) > 100
    for file, text in texts.items():
        assert [name for name in told if name in text] == [], file


def test_no_ledger_cell_is_in_any_file(texts):
    for file, text in texts.items():
        found = re.findall(r"\d\d[\u4e00-\u9fff]+\d*\.xlsx [^\s<\"]+![A-Z]+\d+", text)
        assert found == [], file


def test_withheld_amounts_are_withheld_in_the_table_and_said_on_the_page(folder, texts):
    table = pd.read_parquet(folder / "observations.parquet")
    raised = table[table["indicator_id"] == "financing_amount"]
    assert len(raised) > 0
    assert set(raised["obs_status"]) == {"confidential"}
    assert "企业融资金额" in texts["parks/demo/park.html"]
    assert not re.search(r"企业融资金额[^<]{0,4}\d", texts["parks/demo/briefing.pdf"])


def test_what_is_withheld_is_said_to_be_and_nothing_is_called_unpublished(texts):
    briefing = texts["parks/demo/briefing.pdf"]
    assert "企业融资金额及其增速按保密规定不对外列示" in briefing
    assert "未公布，不作推测" not in briefing and "原文未给出数字" not in briefing


def test_a_rank_stays_one_of_growth(texts):
    assert "增速居全市第8位（参评12个）" in texts["parks/demo/briefing.pdf"]


def test_problems_of_the_park_as_a_whole_are_told_and_their_lamps_are_not(texts):
    """14安全.xlsx has one accident in 2025, of the park; lamps, rules and the list to press for are the office's own."""
    briefing = texts["parks/demo/briefing.pdf"]
    for said in ("发生安全生产事故1起", "合同外资同比下降9.2%", "闲置厂房面积12.7万平方米", "部分管理指标走低"):
        assert said in briefing, said
    assert "红灯" not in briefing and "黄灯" not in briefing and "督办清单" not in briefing
    assert "督办清单" not in texts["parks/demo/park.html"]


def test_a_suggestion_carries_its_evidence(texts):
    briefing = texts["parks/demo/briefing.pdf"]
    assert "利润总额同比分别下降1%、8.2%）" in briefing and "因有逾期手续2项）" in briefing
    assert "逾期手续数有逾期事项" not in briefing
