"""Danish: what is wrong with input (`fault`), what to do about it (`hint`), and what a batch reports (`batch`)."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    # Numbers
    "fault.ambiguous_number": "{field}: »{value}« kan læses på to måder: {readings}.",
    "hint.ambiguous_number": "Skriv tallet uden tusindtalsseparator eller med decimaler, f.eks. 1234 eller 1.234,00.",
    "fault.not_a_number": "{field}: »{value}« er ikke et tal.",
    "hint.not_a_number": "Skriv f.eks. 80, 80,50 eller 1.234,50 (i JSON: 80.50).",
    "fault.inexact_number": "{field}: »{value}« er et kommatal, der kun gemmes tilnærmet.",
    "hint.inexact_number": "Angiv tallet som tekst eller som Decimal.",
    "fault.below_minimum_value": "{field}: »{value}« er mindre end {minimum}.",
    "hint.below_minimum_value": "Angiv beløb og afstande uden fortegn.",
    "fault.too_many_decimals": "{field}: »{value}« har for mange decimaler; højst {allowed} er tilladt.",
    "hint.too_many_decimals": "Beløb angives i hele øre, afstande højst i hele meter.",
    "fault.too_large": "{field}: »{value}« har mere end {digits} cifre før kommaet.",
    "hint.too_large": "Kontrollér, om tallet er tastet rigtigt.",
    "fault.wrong_unit": "{field}: »{value}« har en forkert enhed.",
    "hint.wrong_unit": "Angiv beløb i kr. og afstande i km, eller udelad enheden.",
    "fault.not_whole": "{field}: »{value}« er ikke et helt tal.",
    "hint.not_whole": "Skriv kun cifre, f.eks. 67.",
    # Dates
    "fault.not_a_date": "{field}: »{value}« er ikke en dato.",
    "hint.not_a_date": "Skriv dag, måned og år, f.eks. 13-05-2024 (i JSON: 2024-05-13).",
    "fault.no_such_date": "{field}: Datoen »{value}« findes ikke.",
    "hint.no_such_date": "Dagen skrives før måneden: dd-mm-åååå.",
    "fault.two_digit_year": "{field}: Årstallet i »{value}« har kun to cifre.",
    "hint.two_digit_year": "Skriv årstallet med fire cifre, f.eks. 13-05-2024.",
    # Words
    "fault.not_yes_no": "{field}: »{value}« er hverken ja eller nej.",
    "hint.not_yes_no": "Skriv ja eller nej (i JSON: true eller false), eller udelad oplysningen, hvis den er ukendt.",
    "fault.unknown_choice": "{field}: »{value}« er ikke en af de mulige værdier.",
    "hint.unknown_choice": "Mulige værdier: {choices}.",
    "hint.unknown_choice.nearest": "Mente du »{nearest}«? Mulige værdier: {choices}.",
    "fault.not_text": "{field}: »{value}« er ikke tekst.",
    "hint.not_text": "Sæt værdien i anførselstegn.",
    # Which facts
    "fault.unknown_fact": "Oplysningen »{field}« kendes ikke.",
    "hint.unknown_fact": "Den nærmeste kendte oplysning er »{nearest}«.",
    "fault.missing_fact": "{field}: Oplysningen mangler.",
    "hint.missing_fact": "Uden denne oplysning kan sagen ikke afgøres.",
    "fault.duplicate_fact": "{field}: Oplysningen er angivet mere end én gang.",
    "hint.duplicate_fact": "Angiv hver oplysning én gang.",
    # Facts that cannot be true together
    # JSON
    "fault.bad_json": "Teksten er ikke gyldig JSON: fejl i linje {line}, tegn {column}.",
    "hint.bad_json": "Kontrollér anførselstegn, kommaer og tuborgklammer på dette sted.",
    "fault.not_an_object": "Sagen skal være ét JSON-objekt med oplysninger.",
    "hint.not_an_object": 'F.eks. {{"purpose": "rehabilitation", "trip_date": "2024-05-13"}}.',
    # Receipts file
    "fault.unknown_encoding": "Tegnsættet »{value}« kendes ikke.",
    "hint.unknown_encoding": "Angiv f.eks. utf-8, cp1252 eller utf-16.",
    "fault.undecodable_byte": "Filen kan ikke læses som {encoding}: byte {byte} på position {offset} er ikke et tegn.",
    "hint.undecodable_byte": "Gem filen som UTF-8, eller angiv dens tegnsæt med --encoding.",
    "fault.empty_file": "Filen er tom.",
    "hint.empty_file": "Filen skal begynde med en linje med kolonnenavne.",
    "fault.bad_header": "Linjen med kolonnenavne har et anførselstegn, der ikke passer: »{value}«.",
    "hint.bad_header": "Ret anførselstegnene i filens første linje.",
    "fault.no_known_columns": "Ingen af kolonnerne kendes: {columns}.",
    "hint.no_known_columns": "Se kolonnernes navne i »transport-calc check --help« eller i docs/commands.md.",
    "fault.missing_column": "Kolonnen »{field}« ({name}) mangler.",
    "hint.missing_column": "Tilføj kolonnen, og kør igen; ingen rækker er behandlet.",
    "fault.duplicate_column": "Kolonnerne »{other}« og »{field}« står for det samme.",
    "hint.duplicate_column": "Slet eller omdøb den ene af dem; ingen rækker er behandlet.",
    "fault.same_file": "»{value}« er angivet til mere end ét formål.",
    "hint.same_file": "Vælg forskellige filer til bilag, afgørelser og afviste rækker.",
    "fault.resume_needs_file": "{field} kan kun bruges, når resultatet skrives til en fil.",
    "hint.resume_needs_file": "Angiv en fil med --output, eller udelad --resume.",
    "fault.output_in_use": "»{value}« skrives allerede af en anden kørsel.",
    "hint.output_in_use": "Vent, til den anden kørsel er færdig, eller vælg en anden fil.",
    "fault.too_many_rows_for_xlsx": "Et Excel-ark har højst plads til {value} rækker foruden overskriften.",
    "hint.too_many_rows_for_xlsx": "Skriv til CSV eller Parquet, f.eks. --output resultat.parquet, eller del filen op.",
    "fault.too_many_columns_for_xlsx": "Et Excel-ark har højst plads til {value} kolonner.",
    "hint.too_many_columns_for_xlsx": "Skriv til CSV eller Parquet, eller slet kolonner, der ikke bruges.",
    # Rows
    "fault.short_row": "Rækken har for få celler: {found} i stedet for {expected}.",
    "hint.short_row": "Tilføj de manglende skilletegn; en ukendt oplysning er en tom celle.",
    "fault.long_row": "Rækken har for mange celler: {found} i stedet for {expected}.",
    "hint.long_row": "Sæt anførselstegn om en tekst, der indeholder skilletegnet.",
    "fault.stray_quote": "Rækken har et anførselstegn midt i en celle.",
    "hint.stray_quote": "Sæt anførselstegn om hele cellen, og skriv anførselstegn inde i den dobbelt.",
    "fault.unclosed_quote": "Rækken har et anførselstegn, der ikke lukkes.",
    "hint.unclosed_quote": "Slet anførselstegnet, eller luk det i slutningen af cellen.",
    "fault.nul_byte": "Rækken indeholder et nultegn, som ikke hører hjemme i en tekstfil.",
    "hint.nul_byte": "Gem filen igen som CSV i UTF-8.",
    "fault.leg_needs_grouping": "{field}: Rækken gælder kun den ene vej (»{value}«); den anden vej er ikke lagt til.",
    "hint.leg_needs_grouping": "Saml ud- og hjemtur i én række med udgiften tur/retur.",
    "fault.visit_needs_grouping": "{field}: Flere rækker hører til samme fremmøde (»{value}«).",
    "hint.visit_needs_grouping": "Saml fremmødets udgifter i én række; mindstebeløbet gælder det samlede beløb.",
    # Batch
    "batch.windows_1252": (
        "Filen er ikke UTF-8 (byte {byte} på position {offset}) og er læst som Windows-1252. "
        "Kontrollér æ, ø og å, eller angiv tegnsættet med --encoding."
    ),
    "batch.unknown_columns": "Kolonner, der ikke er oplysninger, føres uændret med: {columns}.",
    "batch.similar_column": (
        "Kolonnen »{column}« ligner »{nearest}«, men er ikke læst som den. Ret kolonnenavnet, hvis den er ment."
    ),
    "batch.purpose_defaulted": "Filen har ingen kolonne »formål«; alle ture er behandlet som genoptræning.",
    "batch.resumed": "Kørslen fortsætter, hvor den forrige stoppede; {blocks} dele er allerede færdige.",
    "batch.resume_started_over": (
        "Den forrige kørsel kan ikke fortsættes: bilag, valg, satser eller program er ændret siden, eller dens filer "
        "mangler. Der begyndes forfra."
    ),
    "batch.sheet": "Afgørelser",
    "batch.summary_rows": "Rækker: {read} læst = {decided} afgjort + {undetermined} uafklaret + {rejected} afvist.",
    "batch.summary_skipped": "Ikke talt med: tomme linjer {blank}, sumlinjer {totals}.",
    "batch.summary_outcome": "  {outcome} ({rows}): {kroner}",
    "batch.summary_without_amount": "  heraf uden beløb, fordi udgiften ikke er oplyst: {rows}",
    "batch.summary_payable": "Til udbetaling i alt: {kroner}",
    "batch.outcome_entitled": "Ret til befordring eller godtgørelse",
    "batch.outcome_below_minimum": "Under mindstebeløbet",
    "batch.outcome_not_entitled": "Ikke ret",
    "batch.outcome_discretionary": "Myndigheden kan tilbyde kørsel",
    "batch.outcome_undetermined": "Uafklaret, oplysninger mangler",
}
