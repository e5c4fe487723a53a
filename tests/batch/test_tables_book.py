"""The Excel workbook of a run: the same as its Parquet files, and no reason to lose them."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest

from parkbook.batch.landing import site_of
from parkbook.batch.plan import plan
from parkbook.batch.shown import Document
from parkbook.batch.tables import BOOK, INDICATORS, OBSERVATIONS, write_tables
from parkbook.codelists import Audience
from parkbook.errors import RenderError


def documents() -> list[Document]:
    jobs = plan(["briefing", "park"], ["qilu"], {})
    return [Document(job.notebook, job.subject, job.effective) for job in jobs]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("表")
    made = write_tables(["qilu"], path, Audience.INTERNAL, documents())
    assert (made.problem, made.book_problem) == ("", "")
    return path


def test_it_holds_what_the_parquet_files_hold(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / BOOK)
    assert book.sheetnames == ["指标", "观测值"]
    observations = pq.read_table(folder / OBSERVATIONS)
    assert [row[0] for row in book["观测值"].iter_rows(min_row=2, max_col=1, values_only=True)] == observations.column(
        "obs_id"
    ).to_pylist()
    shown = pq.read_table(folder / INDICATORS, columns=["inputs"]).column("inputs").to_pylist()
    header, *rows = book["指标"].iter_rows(values_only=True)
    listed = {row[header.index("观测值编号")] for row in rows}
    assert listed == {"、".join(dict.fromkeys(inputs)) for inputs in shown}


def test_a_value_that_two_notebooks_show_is_listed_once(folder: Path) -> None:
    rows = list(openpyxl.load_workbook(folder / BOOK)["指标"].iter_rows(min_row=2, values_only=True))
    assert len(rows) == len(set(rows)) and {row[0] for row in rows} == {"齐鲁软件园"}


def test_it_is_the_same_twice(folder: Path, tmp_path: Path) -> None:
    write_tables(["qilu"], tmp_path, Audience.INTERNAL, documents())
    assert (tmp_path / BOOK).read_bytes() == (folder / BOOK).read_bytes()


def test_without_it_the_parquet_files_are_still_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> bytes:
        raise RenderError("表的行数超过 Excel 的上限", where="观测值")

    monkeypatch.setattr("parkbook.export.annex.workbook_bytes", refuse)
    made = write_tables(["qilu"], tmp_path, Audience.INTERNAL, documents())
    assert made.problem == "" and made.book_problem.startswith("Excel 汇总表没有写成：表的行数超过 Excel 的上限")
    assert sorted(path.name for path in tmp_path.iterdir()) == [INDICATORS, OBSERVATIONS]
    tables = dict(site_of({"jobs": {}}, (), (made.book_problem,)).tables)
    assert OBSERVATIONS in tables.values() and BOOK not in tables.values()


def test_the_landing_page_offers_it() -> None:
    assert BOOK in dict(site_of({"jobs": {}}, (), ()).tables).values()
