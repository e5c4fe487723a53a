"""Narrative reports: text to figures to observations.

read     a file as text with stable positions (office, pdf: the formats)
tables   the figures of a table, of Word, PDF or (grid, inline) of plain text
lex      every digit run, mask and Chinese numeral as a token (patterns: its building blocks; values: what a token says)
grammar  what the words before a figure make of it: growth, share, completion, rank, target ...
walk     line by line (line: clause by clause; scope: what is in force; when: periods; modality: results, targets, thresholds)
names    the naming pass: enterprises, projects and places before a figure (vocabulary: the words that are none; parts: 其中)
naming   the phrase a figure is of (phrases: how phrases are cut; attach: the catalogue's entry)
extract  observations, the coverage ledger (ledger) and the analyst's review list (review; review_list: its file; decided: what a decision makes of a figure)
"""
