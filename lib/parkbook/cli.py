"""The command `parkbook`: run notebooks over parks, check the data, list parks, make a new one, read a file, audit a park.

Exit codes: 0 all went well; 1 something failed (the rest is there); 2 the command itself was wrong and nothing was done.
"""

from __future__ import annotations

import argparse
import io
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import parkbook
from parkbook.errors import OutputError, ParameterError, ParkbookError, did_you_mean

OK, FAILED, USAGE = 0, 1, 2

EXTRACT_FORMATS = ("jsonl",)

EXAMPLES = """\
示例：
  parkbook run --all                              全部园区：分析、简报、比较、指标覆盖
  parkbook run briefing --park qilu               一个园区的简报
  parkbook run --park qilu --period 2025 -p state=reviewed -p reviewer=张三
  parkbook run comparison --park zhongguancun --park beijing-etda --period 2016-S1
  parkbook check                                  检查 data 下的全部文件
  parkbook new-park my-park --name 我的园区         新建园区目录
  parkbook extract 工作总结.docx                    读出一份报告中的全部数据
  parkbook audit qilu                             核对一个园区的数据
  parkbook diff run-20250901-090000 latest        两次运行之间哪些指标变了、为什么
  parkbook score huangyan-2022 --values 数据.csv    按评价体系计分；--list 列出全部体系
"""

SCORE_HELP = """\
数据表（CSV，第一行为列名，每行一个单位的一个指标）：
  park       单位名称（园区、企业或城市）        必有
  indicator  指标：代码、编号或中文名称          必有；另可写“总分”、加减分项、否决项
  value      数值；缺数留空或写 ***、--、缺报     必有；缺数按体系的缺数规则处理，不当作0
  unit       数值的计量单位，与体系不同时换算     可无；按位次计分的项目填“名次”时，数值就是位次
  type       类别，如 规上、规下                 可无；体系按类别分栏时不写则用第一栏
  group      分组，如 生产性制造类               可无；分组内比较或定档的体系用
  exempt     是，或四星、五星：不占档次配额        可无
  target     目标值（目标完成率的项目）           可无
  base       基准值、上年水平                    可无
  low, high  最小值、最大值（全国或全市的）        可无；不写则取表中单位
  weight     权重（体系的官方权重待补时）          可无；也可另用 --weights 文件
  score      人工评分，代替按规则计分             可无

示例：
  parkbook score huangyan-2022 --values 企业.csv --format json
  parkbook score 旌德 --values 企业.csv --weights 权重.csv
  parkbook score huangyan-2022 --template > 企业.csv     打印一张待填的数据表
  parkbook score --list                                 列出全部评价体系
"""


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in Chinese."""

    def error(self, message: str) -> NoReturn:
        raise ParameterError("命令写法不对", cause=_translated(message), remedy=f"查看用法：{self.prog} --help")


def _translated(message: str) -> str:
    """argparse's commonest messages, with a suggestion for a mistyped command."""
    pairs = (
        ("the following arguments are required: ", "缺少 "),
        ("unrecognized arguments: ", "不认识 "),
        ("expected one argument", "后面要有一个值"),
        ("not allowed with argument", "不能同时使用"),
        ("invalid int value: ", "不是整数："),
        ("argument ", "参数 "),
    )
    for english, chinese in pairs:
        message = message.replace(english, chinese)
    if "invalid choice: '" in message:
        given = message.split("invalid choice: '")[1].split("'")[0]
        if "--format" in message:
            return f"没有名为“{given}”的格式，可用：{'、'.join(EXTRACT_FORMATS)}"
        message = f"没有名为“{given}”的命令，可用：{'、'.join(COMMANDS)}。{did_you_mean(given, COMMANDS)}"
    return message


def main(arguments: Sequence[str] | None = None) -> int:
    """Entry point of the console script."""
    use_utf8()
    try:
        options = parser().parse_args(arguments)
        return int(COMMANDS[options.command](options))
    except ParkbookError as error:
        print(f"错误：{error}", file=sys.stderr)
        return FAILED if isinstance(error, OutputError) else USAGE
    except KeyboardInterrupt:
        print("已中断", file=sys.stderr)
        return 130


def use_utf8() -> None:
    """Chinese text on any console: in a C locale, in a pipe, in a Windows code page."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def parser() -> argparse.ArgumentParser:
    top = _Parser(
        prog="parkbook",
        description="园区分析工作簿：读取园区的台账和公布数，运行分析本，生成网页和 PDF 简报。",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        add_help=False,
    )
    _help(top)
    top.add_argument("--version", action="version", version=f"parkbook {parkbook.__version__}", help="显示版本")
    commands = top.add_subparsers(dest="command", required=True, metavar="命令", title="命令", parser_class=_Parser)
    _run_parser(commands)
    _command(commands, "check", "检查 data 下的全部文件，指出文件、位置和处理办法")
    _command(commands, "parks", "列出园区及其已有数据")
    _extract_parser(commands)
    audit = _command(commands, "audit", "核对一个园区的数据：读了什么、哪里存疑、哪里不符、能推出什么")
    audit.add_argument("park", metavar="ID", help="园区代码")
    _text_or_json(audit)
    _score_parser(commands)
    diff = _command(commands, "diff", "比较两次运行的结果：哪些指标变了、变了多少、为什么")
    diff.add_argument("before", metavar="前一次", help="结果目录，或 outputs 下的目录名")
    diff.add_argument("after", metavar="后一次", help="同上；latest 为最近一次")
    _text_or_json(diff)
    new = _command(commands, "new-park", "新建园区目录")
    new.add_argument("park", metavar="ID", help="园区代码：小写字母、数字和连字符，如 my-park")
    new.add_argument("--name", default="", metavar="名称", help="园区名称")
    new.add_argument(
        "--relation", default="third_party", metavar="关系", help="own 本单位，third_party 其他单位（默认）"
    )
    return top


def _help(target: argparse.ArgumentParser) -> None:
    target._positionals.title, target._optionals.title = "位置参数", "选项"
    target.add_argument("-h", "--help", action="help", help="显示本说明")


def _command(commands: argparse._SubParsersAction[_Parser], name: str, words: str, epilog: str = "") -> _Parser:
    raw = argparse.RawDescriptionHelpFormatter
    made = commands.add_parser(name, help=words, add_help=False, epilog=epilog or None, formatter_class=raw)
    _help(made)
    return made


def _text_or_json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--format", default="text", metavar="格式", help="text（默认）或 json")


def _extract_parser(commands: argparse._SubParsersAction[_Parser]) -> None:
    extract = _command(commands, "extract", "读出一份报告或台账中的全部数据")
    extract.add_argument("file", type=Path, metavar="文件", help="报告 .txt .md .docx .pdf，台账 .xlsx .xls .csv")
    extract.add_argument(
        "--format", default="jsonl", choices=EXTRACT_FORMATS, metavar="格式", help="jsonl：每行一条数据"
    )
    extract.add_argument("--coverage", action="store_true", help="列出报告中每个数字、掩码和中文数的去向")
    extract.add_argument("--layout", action="store_true", help="打印按台账表头推断的版式，供确认")
    extract.add_argument("--review", type=Path, metavar="清单", help="采用复核清单中的意见，并补入存疑的数据")


def _score_parser(commands: argparse._SubParsersAction[_Parser]) -> None:
    score = _command(commands, "score", "按一个评价体系给一张数据表计分", epilog=SCORE_HELP)
    score.add_argument("framework", nargs="?", metavar="体系", help="评价体系的代码，或只属于一个体系的中文名称")
    score.add_argument("--values", type=Path, metavar="文件", help="数据表（CSV），列见下")
    score.add_argument(
        "--weights", type=Path, metavar="文件", help="自定权重（CSV：indicator,weight），用于官方权重待补的项"
    )
    score.add_argument("--format", default="table", metavar="格式", help="table（默认）或 json")
    score.add_argument("--list", action="store_true", help="列出全部评价体系及其完整程度")
    score.add_argument("--describe", action="store_true", help="打印该体系的指标、权重和计分规则")
    score.add_argument("--template", action="store_true", help="打印一张待填的数据表")


def _run_parser(commands: argparse._SubParsersAction[_Parser]) -> None:
    run = _command(commands, "run", "运行分析本并导出网页和 PDF", epilog=EXAMPLES)
    run.add_argument("notebooks", nargs="*", metavar="分析本", help="park、briefing、comparison、coverage；不写则全部")
    which = run.add_mutually_exclusive_group()
    which.add_argument("--park", action="append", metavar="ID", help="园区代码，可重复")
    which.add_argument("--all", action="store_true", help="全部园区")
    run.add_argument("--period", metavar="报告期", help="如 2025、2016-S1、2023年1-9月；不写则按 park.yaml")
    run.add_argument(
        "-p",
        dest="parameters",
        action="append",
        default=[],
        metavar="名称=值",
        help="分析本参数，可重复；列表用逗号分隔",
    )
    run.add_argument("--jobs", type=int, metavar="N", help="同时运行的份数；默认等于处理器个数，最多 8")
    run.add_argument("--out", type=Path, metavar="目录", help="结果目录；默认 outputs/run-日期-时间")
    run.add_argument("--formats", metavar="格式", help="html、pdf、docx、xlsx，用逗号分隔；默认按分析本各自的格式")
    run.add_argument("--timeout", type=int, metavar="秒", help="一份分析本最长的运行时间；默认 900")


def _run(options: argparse.Namespace) -> int:
    from parkbook.batch.folder import default_run_folder
    from parkbook.batch.plan import plan
    from parkbook.batch.progress import Progress
    from parkbook.batch.result import Limits
    from parkbook.batch.run import run

    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a service that stops the run: tidy up as for Ctrl-C
    begun = time.monotonic()
    formats = None if options.formats is None else [text.strip() for text in options.formats.split(",") if text.strip()]
    jobs = plan(options.notebooks, _chosen_parks(options), _parameters(options), formats)
    if options.jobs is not None and options.jobs < 1:
        raise ParameterError("同时运行的份数至少为 1", where="--jobs", found=str(options.jobs))
    limits = Limits() if options.timeout is None else Limits(cell=options.timeout, notebook=options.timeout)
    progress = Progress(len(jobs), sys.stderr)
    outcome = run(jobs, options.out or default_run_folder(), options.jobs, limits, progress.report)
    progress.close()
    for problem in outcome.problems:
        print(f"错误：{problem}", file=sys.stderr)
    print(
        f"{len(outcome.results) - len(outcome.failures)} 份完成，{len(outcome.failures)} 份失败，用时 {time.monotonic() - begun:.0f} 秒"
    )
    print(f"打开 {_shown(outcome.folder / 'index.html')}")
    return OK if outcome.ok else FAILED


def _shown(path: Path) -> str:
    """Relative to where the user is, if it is below."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def _chosen_parks(options: argparse.Namespace) -> list[str] | None:
    """The parks of --park; None for all of them."""
    if options.park:
        return [part for text in options.park for part in text.replace("，", ",").split(",") if part]
    across = {"comparison", "coverage"}
    if not options.all and not (options.notebooks and across.issuperset(options.notebooks)):
        raise ParameterError(
            "没有说明要运行哪些园区",
            expected="--all 或 --park 园区代码",
            remedy="全部园区用 parkbook run --all；用 parkbook parks 查看代码",
        )
    return None


def _parameters(options: argparse.Namespace) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in options.parameters:
        name, equals, value = text.partition("=")
        if not equals or not name.strip():
            raise ParameterError(
                "-p 的写法不对", where=f"-p {text}", expected="-p 名称=值", remedy="例如 -p state=reviewed"
            )
        if name.strip() in found:
            raise ParameterError(f"参数 {name.strip()} 给了两次", where=f"-p {text}", remedy="留下一个")
        found[name.strip()] = value.strip()
    if options.period is not None:
        if "period" in found:
            raise ParameterError("报告期给了两次", where="--period 与 -p period", remedy="留下一个")
        found["period"] = options.period
    return found


def _check(options: argparse.Namespace) -> int:
    from parkbook.batch.check import check_all, report_lines

    report = check_all()
    for line in report_lines(report):
        print(line)
    return OK if report.ok else FAILED


def _extract(options: argparse.Namespace) -> int:
    from parkbook.batch.extract import extract

    result = extract(options.file, coverage=options.coverage, layout=options.layout, review=options.review)
    for finding in result.findings:
        print(finding, file=sys.stderr)
    for line in result.lines:
        print(line)
    refused = not result.lines and any(finding.severity == "error" for finding in result.findings)
    return FAILED if refused else OK


def _audit(options: argparse.Namespace) -> int:
    from parkbook.batch.audit import audit_lines, audit_park

    audit = audit_park(options.park)
    for line in audit_lines(audit, options.format):
        print(line)
    return OK


def _diff(options: argparse.Namespace) -> int:
    from parkbook.batch.diff import compare_runs, diff_lines, find_run, read_run

    before, after = (read_run(find_run(name)) for name in (options.before, options.after))
    for line in diff_lines(compare_runs(before, after), options.format):
        print(line)
    return OK


def _score(options: argparse.Namespace) -> int:
    from parkbook.batch import score
    from parkbook.comparison.scoring import get_framework

    if options.list:
        lines = score.list_lines()
    elif not options.framework:
        raise ParameterError(
            "没有说明用哪个评价体系", where="parkbook score", remedy="用 parkbook score --list 查看全部体系"
        )
    elif options.template:
        lines = score.template_lines(get_framework(options.framework))
    elif options.describe:
        lines = score.describe_lines(get_framework(options.framework))
    elif options.values is None:
        get_framework(options.framework, "parkbook score")
        raise ParameterError(
            "没有给出数据表",
            where="parkbook score",
            expected="--values 文件.csv",
            remedy="用 --template 打印一张待填的数据表",
        )
    else:
        lines = score.score_lines(score.score_file(options.framework, options.values, options.weights), options.format)
    for line in lines:
        print(line)
    return OK


def _parks(options: argparse.Namespace) -> int:
    from parkbook.batch.inventory import inventory, park_lines

    summaries = inventory()
    for line in park_lines(summaries):
        print(line)
    return FAILED if any(summary.problem for summary in summaries) else OK


def _new_park(options: argparse.Namespace) -> int:
    from parkbook.batch.new_park import new_park
    from parkbook.project import relative_name

    folder = new_park(options.park, name=options.name, relation=options.relation)
    print(f"已新建 {relative_name(folder)}。下一步：")
    print("  1. 补全 park.yaml，或填写 填报表.xlsx（园区信息、年度目标、问题与举措、更正、名称对照），两者任选")
    print("  2. 把公布数填入 published.csv，每个数字一行，并在 park.yaml 的 sources 中登记来源")
    print("  3. 运行 parkbook check，再运行 parkbook run --park " + options.park)
    return OK


COMMANDS = {
    "run": _run,
    "check": _check,
    "parks": _parks,
    "new-park": _new_park,
    "extract": _extract,
    "audit": _audit,
    "score": _score,
    "diff": _diff,
}

if __name__ == "__main__":
    sys.exit(main())
