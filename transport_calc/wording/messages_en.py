"""English: what is wrong with input (`fault`), what to do about it (`hint`), and what a batch reports (`batch`)."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    # Numbers
    "fault.ambiguous_number": '{field}: "{value}" can be read in two ways: {readings} (with a decimal comma).',
    "hint.ambiguous_number": "Leave out the thousands separator or write the decimals, such as 1234 or 1.234,00.",
    "fault.not_a_number": '{field}: "{value}" is not a number.',
    "hint.not_a_number": "Write for example 80, 80,50 or 1.234,50 (in JSON: 80.50).",
    "fault.inexact_number": '{field}: "{value}" is a floating-point number, which is not exact.',
    "hint.inexact_number": "Give the number as text or as a Decimal.",
    "fault.below_minimum_value": '{field}: "{value}" is less than {minimum}.',
    "hint.below_minimum_value": "Give amounts and distances without a sign.",
    "fault.too_many_decimals": '{field}: "{value}" has too many decimals; at most {allowed} are allowed.',
    "hint.too_many_decimals": "Amounts end at the øre, distances at the metre.",
    "fault.too_large": '{field}: "{value}" has more than {digits} digits before the decimal mark.',
    "hint.too_large": "Check whether the number was typed correctly.",
    "fault.wrong_unit": '{field}: "{value}" has the wrong unit.',
    "hint.wrong_unit": "Give amounts in kr. and distances in km, or leave the unit out.",
    "fault.not_whole": '{field}: "{value}" is not a whole number.',
    "hint.not_whole": "Write digits only, such as 67.",
    # Dates
    "fault.not_a_date": '{field}: "{value}" is not a date.',
    "hint.not_a_date": "Write day, month and year, such as 13-05-2024 (in JSON: 2024-05-13).",
    "fault.no_such_date": '{field}: The date "{value}" does not exist.',
    "hint.no_such_date": "The day comes before the month: dd-mm-yyyy.",
    "fault.two_digit_year": '{field}: The year in "{value}" has only two digits.',
    "hint.two_digit_year": "Write the year with four digits, such as 13-05-2024.",
    # Words
    "fault.not_yes_no": '{field}: "{value}" is neither yes nor no.',
    "hint.not_yes_no": "Write yes or no (in JSON: true or false), or leave the fact out if it is unknown.",
    "fault.unknown_choice": '{field}: "{value}" is not one of the possible values.',
    "hint.unknown_choice": "Possible values: {choices}.",
    "hint.unknown_choice.nearest": 'Did you mean "{nearest}"? Possible values: {choices}.',
    "fault.not_text": '{field}: "{value}" is not text.',
    "hint.not_text": "Put the value in quotation marks.",
    # Which facts
    "fault.unknown_fact": 'There is no fact called "{field}".',
    "hint.unknown_fact": 'The nearest known fact is "{nearest}".',
    "fault.missing_fact": "{field}: This fact is missing.",
    "hint.missing_fact": "Nothing can be decided without it.",
    "fault.duplicate_fact": "{field}: This fact is given more than once.",
    "hint.duplicate_fact": "Give each fact once.",
    # Facts that cannot be true together
    # JSON
    "fault.bad_json": "The text is not valid JSON: error in line {line}, column {column}.",
    "hint.bad_json": "Check the quotation marks, commas and braces at this place.",
    "fault.not_an_object": "A case must be one JSON object of facts.",
    "hint.not_an_object": 'For example {{"purpose": "rehabilitation", "trip_date": "2024-05-13"}}.',
    # Receipts file
    "fault.unknown_encoding": 'There is no encoding called "{value}".',
    "hint.unknown_encoding": "Use for example utf-8, cp1252 or utf-16.",
    "fault.undecodable_byte": "The file cannot be read as {encoding}: byte {byte} at offset {offset} is no character.",
    "hint.undecodable_byte": "Save the file as UTF-8, or name its encoding with --encoding.",
    "fault.empty_file": "The file is empty.",
    "hint.empty_file": "The file must begin with a line of column names.",
    "fault.bad_header": 'The line of column names has a quotation mark out of place: "{value}".',
    "hint.bad_header": "Correct the quotation marks in the first line of the file.",
    "fault.no_known_columns": "None of the columns is known: {columns}.",
    "hint.no_known_columns": 'See the column names in "transport-calc check --help" or in docs/commands.md.',
    "fault.missing_column": 'The column "{field}" ({name}) is missing.',
    "hint.missing_column": "Add the column and run again; no row was processed.",
    "fault.duplicate_column": 'The columns "{other}" and "{field}" stand for the same thing.',
    "hint.duplicate_column": "Delete or rename one of them; no row was processed.",
    "fault.same_file": '"{value}" is named for more than one purpose.',
    "hint.same_file": "Choose different files for receipts, decisions and rejected rows.",
    "fault.resume_needs_file": "{field} can be used only when the result is written to a file.",
    "hint.resume_needs_file": "Name a file with --output, or leave out --resume.",
    "fault.output_in_use": '"{value}" is already being written by another run.',
    "hint.output_in_use": "Wait until the other run has finished, or choose another file.",
    "fault.too_many_rows_for_xlsx": "An Excel sheet holds at most {value} rows besides its header.",
    "hint.too_many_rows_for_xlsx": "Write to CSV or Parquet, for example --output result.parquet, or split the file.",
    "fault.too_many_columns_for_xlsx": "An Excel sheet holds at most {value} columns.",
    "hint.too_many_columns_for_xlsx": "Write to CSV or Parquet, or delete columns that are not used.",
    # Rows
    "fault.short_row": "The row has too few cells: {found} instead of {expected}.",
    "hint.short_row": "Add the missing delimiters; an unknown fact is an empty cell.",
    "fault.long_row": "The row has too many cells: {found} instead of {expected}.",
    "hint.long_row": "Put quotation marks around text that contains the delimiter.",
    "fault.stray_quote": "The row has a quotation mark in the middle of a cell.",
    "hint.stray_quote": "Put quotation marks around the whole cell, and double those inside it.",
    "fault.unclosed_quote": "The row has a quotation mark that is never closed.",
    "hint.unclosed_quote": "Delete the quotation mark, or close it at the end of the cell.",
    "fault.nul_byte": "The row contains a NUL character, which has no place in a text file.",
    "hint.nul_byte": "Save the file again as CSV in UTF-8.",
    "fault.leg_needs_grouping": '{field}: The row is one way only ("{value}"), and the other way is not added to it.',
    "hint.leg_needs_grouping": "Put both ways in one row, with the cost of the round trip.",
    "fault.visit_needs_grouping": '{field}: Several rows belong to the same attendance ("{value}").',
    "hint.visit_needs_grouping": "Put the costs of the attendance in one row; the minimum applies to their sum.",
    # Batch
    "batch.windows_1252": (
        "The file is not UTF-8 (byte {byte} at offset {offset}) and was read as Windows-1252. "
        "Check æ, ø and å, or name the encoding with --encoding."
    ),
    "batch.unknown_columns": "Columns that are no facts pass through unchanged: {columns}.",
    "batch.similar_column": (
        'The column "{column}" resembles "{nearest}" but was not read as it. Correct its name if it was meant.'
    ),
    "batch.purpose_defaulted": 'The file has no column "formål" (purpose); all trips were taken as rehabilitation.',
    "batch.resumed": "The run goes on where the previous one stopped; {blocks} parts are already done.",
    "batch.resume_started_over": (
        "The previous run cannot be continued: receipts, options, amounts or program have changed since, or its files "
        "are missing. Starting over."
    ),
    "batch.sheet": "Decisions",
    "batch.summary_rows": "Rows: {read} read = {decided} decided + {undetermined} undetermined + {rejected} rejected.",
    "batch.summary_skipped": "Not counted: blank lines {blank}, total lines {totals}.",
    "batch.summary_outcome": "  {outcome} ({rows}): {kroner}",
    "batch.summary_without_amount": "  of these without an amount, because the cost is not stated: {rows}",
    "batch.summary_payable": "Payable in all: {kroner}",
    "batch.outcome_entitled": "Right to transport or reimbursement",
    "batch.outcome_below_minimum": "Below the minimum amount",
    "batch.outcome_not_entitled": "No right",
    "batch.outcome_discretionary": "The authority may offer transport",
    "batch.outcome_undetermined": "Undetermined, facts are missing",
}
