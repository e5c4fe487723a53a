"""填报表.xlsx: the workbook in which office staff say what engineers say in YAML. `write` makes it, `read` reads it.

| sheet | the same in YAML |
|---|---|
| 园区信息 | park.yaml |
| 年度目标 | a column of targets in a ledger |
| 问题与举措 | notes.yaml |
| 更正 | corrections.yaml |
| 名称对照 | `indicators` of a layout, `indicator_id` of published.csv |

Where YAML and form both say something and it differs, the YAML wins and a finding names both; lists are united.
"""
