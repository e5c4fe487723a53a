"""How far a run is: one line that is rewritten on a terminal, one line per finished job elsewhere."""

from __future__ import annotations

from typing import TextIO

from tqdm import tqdm

from parkbook.batch.result import STAGES_ZH, JobResult


class Progress:
    """Reports finished jobs to a stream; failures keep a line of their own."""

    def __init__(self, total: int, stream: TextIO) -> None:
        self.stream = stream
        self.bar = tqdm(
            total=total,
            file=stream,
            unit="份",
            leave=False,
            disable=not stream.isatty(),
            bar_format="{n_fmt}/{total_fmt} {bar:24} {elapsed} {desc}",
        )

    def report(self, result: JobResult, done: int, total: int) -> None:
        """A job has ended."""
        self.bar.update()
        self.bar.set_description_str(result.job.job_id)
        if self.bar.disable or not result.ok:
            with tqdm.external_write_mode(file=self.stream):
                print(f"[{done}/{total}] {describe(result)}", file=self.stream, flush=True)

    def close(self) -> None:
        self.bar.close()


def describe(result: JobResult) -> str:
    """`完成 park/qilu 2.3 秒`, or what failed, where and why."""
    seconds = f"{sum(result.seconds.values()):.1f} 秒"
    failure = result.failure
    if failure is None:
        return f"完成 {result.job.job_id} {seconds}"
    cell = f"，单元 [{failure.cell}]" if failure.cell else ""
    return f"失败 {result.job.job_id} {seconds}（{STAGES_ZH.get(failure.stage, failure.stage)}{cell}）{failure.message}"
