# ruff: noqa: E501
"""Danish: facts that contradict each other, and what the commands say besides decisions."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    # Facts that cannot be decided together
    "fault.before_first_order": "{field}: Turen den {value} ligger før den første bekendtgørelse, der er kendt ({first}).",
    "hint.before_first_order": "Reglerne før {first} er ikke indlagt; afgør sagen efter de ældre regler.",
    "fault.pension_contradicts": "{field}: »{value}« passer ikke med {other} = {other_value}.",
    "hint.pension_contradicts": "Ret den ene af de to oplysninger. Kun folke-, førtids-, senior- og tidlig pension er social pension.",
    "fault.designated_contradicts": "{field}: {value} km passer ikke med {used} km til det benyttede sted, når {other} = {other_value}.",
    "hint.designated_contradicts": "Er stedet borgerens eget valg, så angiv det; ellers er de to afstande den samme.",
    "fault.unknown_municipality": "{field}: Der er ingen kommune, der hedder »{value}«.",
    "hint.unknown_municipality.nearest": "Mente du »{nearest}«?",
    "hint.unknown_municipality": "Angiv en af de 98 kommuner, f.eks. broenderslev eller randers.",
    # check
    "fault.facts_twice": "{field}: Oplysninger kan ikke gives både som tilvalg og i en fil.",
    "hint.facts_twice": "Skriv alle oplysninger i filen, eller udelad --input.",
    "fault.unreadable_file": "{field}: Filen »{value}« kan ikke læses: {reason}",
    "hint.unreadable_file": "Kontrollér filens navn og placering.",
    # thresholds
    "fault.bad_year": "{field}: »{value}« er ikke et årstal mellem {first} og {last}.",
    "hint.bad_year": "Angiv kalenderåret, som beløbene gælder for.",
    "fault.year_known": "{field}: Der er allerede et mindstebeløb for {value} ({source}).",
    "hint.year_known": "Et kendt beløb kan ikke erstattes. Er det forkert, så ret filen {file}.",
    "fault.no_source": "{field}: Kilden mangler.",
    "hint.no_source": 'Angiv, hvor beløbene står, f.eks. --source "Cirkulæreskrivelse af ...".',
    "fault.not_positive": "{field}: »{value}« er ikke et beløb over 0.",
    "hint.not_positive": "Angiv beløbet i kr., f.eks. 113.",
    "thresholds.heading": "Mindstebeløb pr. fremmøde (tur/retur, skal overstiges)",
    "thresholds.from": "fra",
    "thresholds.to": "til",
    "thresholds.pensioner": "pensionister",
    "thresholds.other": "andre",
    "thresholds.confidence": "sikkerhed",
    "thresholds.source": "kilde",
    "thresholds.mileage": "Statens lave kilometertakst (kr./km)",
    "thresholds.rate": "takst",
    "thresholds.open": "-",
    "thresholds.unknown_years": 'Ikke kendt: {years}. Tilføj et år: transport-calc thresholds add ÅR --pensioner KR --other KR --source "KILDE"',
    "thresholds.own": "Egne satser læses fra {folder}",
    "thresholds.added": "Mindstebeløb for {year} er gemt i {file}: {pensioner} for pensionister, {other} for andre.",
    "thresholds.index_warning": "Bemærk: {pensioner} og {other} passer ikke til én fælles regulering af 42 og 100 kr. (2018). Kontrollér kilden.",
    "thresholds.ok": "Alt i orden: {amounts} satser i {files} filer, ingen overlap og ingen huller.",
    "thresholds.problems": "{count} fejl i satserne:",
    "confidence.order": "bekendtgørelse",
    "confidence.authority": "myndighed",
    "confidence.secondary": "sekundær",
    "confidence.inferred": "udledt",
    "confidence.user": "egen",
}
