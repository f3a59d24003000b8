# ruff: noqa: E501
"""English: facts that contradict each other, and what the commands say besides decisions."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    # Facts that cannot be decided together
    "fault.before_first_order": "{field}: the trip on {value} lies before the first order that is known ({first}).",
    "hint.before_first_order": "The rules before {first} are not encoded; decide the case by the older rules.",
    "fault.pension_contradicts": '{field}: "{value}" contradicts {other} = {other_value}.',
    "hint.pension_contradicts": "Correct one of the two facts. Only folkepension, førtidspension, seniorpension and tidlig pension are social pensions.",
    "fault.designated_contradicts": "{field}: {value} km contradicts {used} km to the place used when {other} = {other_value}.",
    "hint.designated_contradicts": "If the place is the citizen's own choice, say so; otherwise the two distances are the same.",
    "fault.unknown_municipality": '{field}: there is no municipality called "{value}".',
    "hint.unknown_municipality.nearest": 'Did you mean "{nearest}"?',
    "hint.unknown_municipality": "Name one of the 98 municipalities, for example broenderslev or randers.",
    # check
    "fault.facts_twice": "{field}: facts cannot be given both as options and in a file.",
    "hint.facts_twice": "Write all facts in the file, or leave out --input.",
    "fault.unreadable_file": '{field}: the file "{value}" cannot be read: {reason}',
    "hint.unreadable_file": "Check the file's name and place.",
    # thresholds
    "fault.bad_year": '{field}: "{value}" is not a year between {first} and {last}.',
    "hint.bad_year": "Give the calendar year the amounts apply to.",
    "fault.year_known": "{field}: there is already a minimum amount for {value} ({source}).",
    "hint.year_known": "A known amount cannot be replaced. If it is wrong, correct the file {file}.",
    "fault.no_source": "{field}: the source is missing.",
    "hint.no_source": 'Say where the amounts are stated, for example --source "Circular letter of ...".',
    "fault.not_positive": '{field}: "{value}" is not an amount above 0.',
    "hint.not_positive": "Give the amount in kroner, for example 113.",
    "thresholds.heading": "Minimum amounts per attendance (both ways, must be exceeded)",
    "thresholds.from": "from",
    "thresholds.to": "to",
    "thresholds.pensioner": "pensioners",
    "thresholds.other": "others",
    "thresholds.confidence": "confidence",
    "thresholds.source": "source",
    "thresholds.mileage": "The state's low mileage rate (kr./km)",
    "thresholds.rate": "rate",
    "thresholds.open": "-",
    "thresholds.unknown_years": 'Not known: {years}. Add a year: transport-calc thresholds add YEAR --pensioner KR --other KR --source "SOURCE"',
    "thresholds.own": "Your own amounts are read from {folder}",
    "thresholds.added": "Minimum amounts for {year} are saved in {file}: {pensioner} for pensioners, {other} for others.",
    "thresholds.index_warning": "Note: {pensioner} and {other} do not fit one common indexation of 42 and 100 kr. (2018). Check the source.",
    "thresholds.ok": "All in order: {amounts} amounts in {files} files, no overlaps and no gaps.",
    "thresholds.problems": "{count} errors in the amounts:",
    "confidence.order": "order",
    "confidence.authority": "authority",
    "confidence.secondary": "secondary",
    "confidence.inferred": "inferred",
    "confidence.user": "own",
}
