"""The facts of one attendance: what a caseworker or a pipeline knows about one round trip to one treatment.

`Case` is the whole vocabulary of the product. Every other part (options, CSV columns, JSON, JSON Schema, questions)
is derived from it, so a fact is added here and nowhere else. A fact that is not given is `None`, which means
*unknown*: never false and never zero.
"""

from __future__ import annotations

from dataclasses import Field, dataclass, field, fields
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

Purpose = Literal[
    "rehabilitation",
    "maintenance_training",
    "free_physiotherapy",
    "subsidised_physiotherapy",
    "gp",
    "out_of_hours_gp",
    "specialist",
    "hospital",
    "other",
]
RehabilitationArea = Literal["back", "neck", "shoulder", "other"]
RehabilitationLevel = Literal["general", "specialised"]
Pension = Literal[
    "folkepension",
    "foertidspension",
    "seniorpension",
    "tidlig_pension",
    "efterloen",
    "tjenestemandspension",
    "private_or_atp",
    "foreign",
    "deferred_folkepension",
    "none",
]
Mobility = Literal["public_transport", "excluded", "special_vehicle"]
Site = Literal["municipal_centre", "private_clinic", "hospital", "other_municipality", "home"]
PlaceChoice = Literal["designated", "own_choice"]
Specialty = Literal["eye", "ear_nose_throat", "abortion", "other"]
Endpoint = Literal["home", "temporary_stay", "elsewhere"]
Means = Literal["public_transport", "own_car", "flextur", "taxi", "other"]
CompanionLeg = Literal["with_patient", "without_patient", "own_home_to_patient"]
InsuranceGroup = Literal[1, 2]

Kind = Literal["text", "slug", "date", "bool", "whole", "decimal", "choice"]


class FactInfo(NamedTuple):
    """What is known about a fact besides its name and type.

    `danish` is the column header and the word a caseworker uses; `choices` maps each possible code to its Danish
    name; `unit` is empty for facts without one; `explicit` facts describe an exception (see `PRESUMED`).
    """

    name: str
    kind: Kind
    danish: str
    meaning: str
    meaning_da: str
    unit: str
    choices: dict[str, str]
    minimum: int | None
    maximum: int | None


def _fact(
    kind: Kind,
    danish: str,
    meaning: str,
    meaning_da: str,
    *,
    unit: str = "",
    choices: dict[str, str] | None = None,
    minimum: int | None = None,
    maximum: int | None = None,
    required: bool = False,
) -> Any:
    metadata = {
        "kind": kind,
        "danish": danish,
        "meaning": meaning,
        "meaning_da": meaning_da,
        "unit": unit,
        "choices": choices or {},
        "minimum": minimum,
        "maximum": maximum,
    }
    if required:
        return field(metadata=metadata)
    return field(default=None, metadata=metadata)


KR_BOTH_WAYS = "kr., both ways"


if TYPE_CHECKING:
    from dataclasses import dataclass as _record
else:
    # Generating `__init__` for this many facts is a twentieth of the start-up time; it is written out below. To a type
    # checker and an editor `Case` is an ordinary dataclass.
    _record = partial(dataclass, init=False)


@_record(frozen=True, kw_only=True, eq=False, repr=False)
class Case:
    """The facts of one attendance. Only `purpose` and `trip_date` are required; `None` is unknown.

    Distances are kilometres by road, one way. Amounts are kroner for the round trip. Values are not checked here:
    `transport_calc.intake` reads and checks them at the edges, `transport_calc.contradictions` finds facts that
    cannot both be true.
    """

    purpose: Purpose = _fact(
        "choice",
        "formål",
        "what the trip was for",
        "hvad turen gjaldt",
        choices={
            "rehabilitation": "genoptræning",
            "maintenance_training": "vedligeholdende træning",
            "free_physiotherapy": "vederlagsfri fysioterapi",
            "subsidised_physiotherapy": "fysioterapi med tilskud",
            "gp": "egen læge",
            "out_of_hours_gp": "lægevagt",
            "specialist": "speciallæge",
            "hospital": "sygehus",
            "other": "andet",
        },
        required=True,
    )
    trip_date: date = _fact(
        "date",
        "dato",
        "day of the trip; the law, the amounts and the pension status of this day apply",
        "turens dato; dagens regler, satser og pensionsstatus gælder",
        required=True,
    )
    case_id: str | None = _fact(
        "text", "sagsnr", "the user's own reference, never interpreted", "brugerens egen reference, fortolkes ikke"
    )
    decision_date: date | None = _fact(
        "date",
        "afgørelsesdato",
        "day of the decision; decides the complaint guidance; today if not given",
        "afgørelsens dato; bestemmer klagevejledningen; i dag, hvis den ikke oplyses",
    )
    application_date: date | None = _fact(
        "date",
        "ansøgningsdato",
        "day the claim was received; decides limitation (3 years)",
        "dagen ansøgningen kom ind; afgør forældelse (3 år)",
    )
    municipality: str | None = _fact(
        "slug", "kommune", "municipality of residence; selects the local profile", "bopælskommune; vælger lokal profil"
    )
    hospital_based: bool | None = _fact(
        "bool",
        "genoptræningsplan",
        "a hospital made a rehabilitation plan at discharge (BEK 816/2018 § 22)",
        "sygehuset lavede en genoptræningsplan ved udskrivningen (BEK 816/2018 § 22)",
    )
    rehabilitation_level: RehabilitationLevel | None = _fact(
        "choice",
        "genoptræningsniveau",
        "level of the rehabilitation",
        "genoptræningens niveau",
        choices={"general": "almen", "specialised": "specialiseret"},
    )
    rehabilitation_area: RehabilitationArea | None = _fact(
        "choice",
        "genoptræningsområde",
        "the part of the body the rehabilitation plan is about; some municipalities choose the site by it",
        "den del af kroppen, genoptræningsplanen gælder; nogle kommuner vælger stedet efter den",
        choices={"back": "ryg", "neck": "nakke", "shoulder": "skulder", "other": "andet"},
    )
    pensioner: bool | None = _fact(
        "bool",
        "pensionist",
        "receives pension under the social pension acts on the trip date",
        "modtager pension efter de sociale pensionslove på turens dato",
    )
    pension: Pension | None = _fact(
        "choice",
        "pension",
        "kind of pension; implies `pensioner`, except foreign and deferred pension, which leave it unknown",
        "pensionens art; bestemmer `pensionist`, undtagen udenlandsk og opsat pension",
        choices={
            "folkepension": "folkepension",
            "foertidspension": "førtidspension",
            "seniorpension": "seniorpension",
            "tidlig_pension": "tidlig pension",
            "efterloen": "efterløn",
            "tjenestemandspension": "tjenestemandspension",
            "private_or_atp": "privat pension eller ATP",
            "foreign": "udenlandsk pension",
            "deferred_folkepension": "opsat folkepension",
            "none": "ingen",
        },
    )
    age: int | None = _fact(
        "whole",
        "alder",
        "whole years on the trip date",
        "fyldte år på turens dato",
        unit="years",
        minimum=0,
        maximum=130,
    )
    insurance_group: InsuranceGroup | None = _fact(
        "choice",
        "sikringsgruppe",
        "health insurance group (sundhedsloven § 58)",
        "sikringsgruppe (sundhedsloven § 58)",
        choices={"1": "gruppe 1", "2": "gruppe 2"},
    )
    covered_by_aeldreloven: bool | None = _fact(
        "bool",
        "omfattet_af_ældreloven",
        "can get offers under ældreloven §§ 10 ff.",
        "kan få tilbud efter ældreloven §§ 10 ff.",
    )
    old_section_86_decision: bool | None = _fact(
        "bool",
        "gammel_86_afgørelse",
        "a decision under serviceloven § 86, stk. 1, from before 1 July 2025 is still running (ældreloven § 46)",
        "en afgørelse efter serviceloven § 86, stk. 1, fra før 1. juli 2025 løber endnu (ældreloven § 46)",
    )
    mobility: Mobility | None = _fact(
        "choice",
        "mobilitet",
        "health allows public transport, rules it out, or needs an ambulance or special vehicle",
        "helbredet tillader offentlig transport, udelukker den eller kræver særligt køretøj",
        choices={
            "public_transport": "kan bruge offentlig transport",
            "excluded": "kan ikke bruge offentlig transport",
            "special_vehicle": "særligt køretøj",
        },
    )
    handicap_scheme: bool | None = _fact(
        "bool",
        "handicapkørsel",
        "approved for individuel handicapkørsel",
        "visiteret til individuel handicapkørsel",
    )
    handicap_trips_used: int | None = _fact(
        "whole",
        "handicapture_brugt",
        "single trips used this calendar year",
        "enkeltture brugt i kalenderåret",
        unit="trips",
        minimum=0,
    )
    can_arrange_own_transport: bool | None = _fact(
        "bool",
        "kan_selv_sørge_for_transport",
        "can arrange the transport; only for training without hospital",
        "kan selv sørge for transporten; kun ved træning uden sygehus",
    )
    site: Site | None = _fact(
        "choice",
        "sted",
        "where the treatment takes place",
        "hvor behandlingen foregår",
        choices={
            "municipal_centre": "kommunalt træningscenter",
            "private_clinic": "privat klinik",
            "hospital": "sygehus",
            "other_municipality": "anden kommune",
            "home": "eget hjem",
        },
    )
    distance_km: Decimal | None = _fact(
        "decimal",
        "afstand_km",
        "one way, by road, home to the place used",
        "én vej, ad vej, fra hjem til det benyttede sted",
        unit="km",
        minimum=0,
    )
    other_route_km: Decimal | None = _fact(
        "decimal",
        "afstand_anden_rute_km",
        "the same distance by another method or route, where two measurements disagree",
        "samme afstand målt på anden måde eller ad anden rute, når to målinger er uenige",
        unit="km",
        minimum=0,
    )
    place_choice: PlaceChoice | None = _fact(
        "choice",
        "stedvalg",
        "the place the authority refers to, or the citizen's own choice (frit valg)",
        "det visiterede sted eller borgerens eget valg (frit valg)",
        choices={"designated": "visiteret", "own_choice": "eget valg"},
    )
    seven_day_provider: bool | None = _fact(
        "bool",
        "7_dages_valg",
        "private provider chosen because the municipality could not start within 7 days (sundhedsloven § 140, stk. 4)",
        "privat leverandør valgt, fordi kommunen ikke kunne begynde inden 7 dage (sundhedsloven § 140, stk. 4)",
    )
    designated_distance_km: Decimal | None = _fact(
        "decimal",
        "visiteret_afstand_km",
        "one way, by road, home to the place the authority refers to",
        "én vej, ad vej, fra hjem til det visiterede sted",
        unit="km",
        minimum=0,
    )
    designated_entitled: bool | None = _fact(
        "bool",
        "visiteret_ret",
        "the designated place would have given a right (when the caller already knows)",
        "det visiterede sted ville have givet ret (når det allerede vides)",
    )
    publicly_funded: bool | None = _fact(
        "bool",
        "offentligt_betalt",
        "treatment at public expense under sundhedsloven",
        "behandling for det offentliges regning efter sundhedsloven",
    )
    within_service_level: bool | None = _fact(
        "bool",
        "inden_for_serviceniveau",
        "the authority itself offers this treatment",
        "myndigheden tilbyder selv behandlingen",
    )
    referred: bool | None = _fact("bool", "henvist", "referral from GP or specialist", "henvist af læge/speciallæge")
    diagnostic_referral: bool | None = _fact(
        "bool",
        "diagnostisk_undersøgelse",
        "referred to hospital for diagnostics used by the GP or specialist (BEK 816/2018 § 13, stk. 2)",
        "henvist til diagnostisk undersøgelse til brug for læge eller speciallæge (BEK 816/2018 § 13, stk. 2)",
    )
    acute_injury: bool | None = _fact(
        "bool",
        "akut_skadebehandling",
        "acute treatment of an injury at GP or specialist (BEK 816/2018 § 3)",
        "akut skadebehandling hos læge eller speciallæge (BEK 816/2018 § 3)",
    )
    without_gp: bool | None = _fact(
        "bool",
        "uden_lægepraksis",
        "lives on an island without a practice, or cannot be registered with a GP (BEK 816/2018 § 4, stk. 2)",
        "bor på en ø uden lægepraksis eller kan ikke tilmeldes en læge (BEK 816/2018 § 4, stk. 2)",
    )
    specialty: Specialty | None = _fact(
        "choice",
        "speciale",
        "the specialist's field",
        "speciallægens speciale",
        choices={
            "eye": "øjenlæge",
            "ear_nose_throat": "øre-næse-hals-læge",
            "abortion": "svangerskabsafbrydelse",
            "other": "andet speciale",
        },
    )
    nearest_specialist: bool | None = _fact(
        "bool",
        "nærmeste_speciallæge",
        "the specialist used is the nearest in the specialty",
        "den benyttede speciallæge er den nærmeste i specialet",
    )
    nearest_hindered: bool | None = _fact(
        "bool",
        "nærmeste_forhindret",
        "the nearest specialist cannot treat (waiting time does not count)",
        "den nærmeste kan ikke behandle (ventetid tæller ikke)",
    )
    acute_away_from_home: bool | None = _fact(
        "bool",
        "akut_under_ophold",
        "acute treatment needed while staying temporarily away from home (BEK 816/2018 § 32, stk. 2)",
        "akut behandling under midlertidigt ophold væk fra hjemmet (BEK 816/2018 § 32, stk. 2)",
    )
    endpoint: Endpoint | None = _fact(
        "choice",
        "anden_ende",
        "the end of the journey that is not the treatment place",
        "den ende af rejsen, der ikke er behandlingsstedet",
        choices={"home": "bopæl", "temporary_stay": "midlertidigt opholdssted", "elsewhere": "andet sted"},
    )
    resident_by_stay: bool | None = _fact(
        "bool",
        "opholdssted_som_bopæl",
        "boarding pupil, placed person or other who counts as resident where they stay (BEK 816/2018 § 18)",
        "kostskoleelev, anbragt eller anden, der regnes som bosat på opholdsstedet (BEK 816/2018 § 18)",
    )
    ambulatory_followup: bool | None = _fact(
        "bool",
        "indkaldt_ambulant",
        "called in for further ambulatory treatment (BEK 816/2018 § 15, nr. 3 a)",
        "indkaldt til videre ambulant behandling (BEK 816/2018 § 15, nr. 3 a)",
    )
    weekend_leave: bool | None = _fact(
        "bool",
        "weekendophold",
        "sent home on weekend leave or a short holiday (BEK 816/2018 § 15, nr. 3 b)",
        "hjemsendt på weekendophold, kortere ferie eller lignende (BEK 816/2018 § 15, nr. 3 b)",
    )
    treatment_started: bool | None = _fact(
        "bool",
        "behandling_begyndt",
        "the treatment began; received and prepared counts",
        "behandlingen begyndte; modtaget og klargjort tæller",
    )
    trip_made: bool | None = _fact(
        "bool", "tur_foretaget", "the claimed journey was travelled", "turen er faktisk foretaget"
    )
    means: Means | None = _fact(
        "choice",
        "transportmiddel",
        "means of transport used",
        "benyttet transportmiddel",
        choices={
            "public_transport": "offentlig transport",
            "own_car": "egen bil",
            "flextur": "flextur",
            "taxi": "taxa",
            "other": "andet",
        },
    )
    public_transport_available: bool | None = _fact(
        "bool",
        "offentlig_transport_mulig",
        "public transport was practically possible that day; matters only where health allows it",
        "offentlig transport var praktisk mulig den dag; betyder kun noget, når helbredet tillader den",
    )
    transport_offered: bool | None = _fact(
        "bool",
        "kørsel_tilbudt",
        "the authority provided or offered the ride",
        "myndigheden stillede kørsel til rådighed eller tilbød den",
    )
    public_fare_dkk: Decimal | None = _fact(
        "decimal",
        "offentlig_takst",
        "cheapest public fare",
        "billigste offentlige takst",
        unit=KR_BOTH_WAYS,
        minimum=0,
    )
    paid_dkk: Decimal | None = _fact(
        "decimal",
        "beløb",
        "what the person actually paid",
        "det, borgeren faktisk har betalt",
        unit=KR_BOTH_WAYS,
        minimum=0,
    )
    documented: bool | None = _fact("bool", "dokumenteret", "receipts for `paid_dkk`", "kvittering for det betalte")
    extra_costs_dkk: Decimal | None = _fact(
        "decimal", "færge_og_bro", "ferry and bridge", "færge og bro", unit=KR_BOTH_WAYS, minimum=0
    )
    designated_cost_dkk: Decimal | None = _fact(
        "decimal",
        "visiteret_udgift",
        "cheapest defensible cost to the designated place",
        "billigste forsvarlige udgift til det visiterede sted",
        unit=KR_BOTH_WAYS,
        minimum=0,
    )
    already_paid_dkk: Decimal | None = _fact(
        "decimal",
        "tidligere_udbetalt",
        "paid earlier for the same attendance",
        "tidligere udbetalt for samme fremmøde",
        unit="kr.",
        minimum=0,
    )
    overnight_needed: bool | None = _fact(
        "bool",
        "overnatning_nødvendig",
        "ambulatory treatment that makes an overnight stay away from home necessary (BEK 816/2018 § 26)",
        "ambulant behandling, der nødvendiggør overnatning uden for hjemmet (BEK 816/2018 § 26)",
    )
    companion: bool | None = _fact("bool", "ledsager", "a companion travelled", "en ledsager rejste med")
    companion_needed: bool | None = _fact(
        "bool",
        "ledsager_nødvendig",
        "the companion was necessary because of age or health",
        "ledsageren var nødvendig på grund af alder eller helbred",
    )
    companion_cost_dkk: Decimal | None = _fact(
        "decimal",
        "ledsager_udgift",
        "the companion's cheapest defensible cost",
        "ledsagerens billigste forsvarlige udgift",
        unit=KR_BOTH_WAYS,
        minimum=0,
    )
    companion_over_12_hours: bool | None = _fact(
        "bool",
        "ledsager_over_12_timer",
        "the company keeps the companion away from home for more than 12 hours (BEK 816/2018 § 27, stk. 2)",
        "ledsagelsen kræver mere end 12 timers fravær fra hjemmet (BEK 816/2018 § 27, stk. 2)",
    )
    companion_leg: CompanionLeg | None = _fact(
        "choice",
        "ledsager_tur",
        "which journey of the companion the claim is about",
        "hvilken af ledsagerens rejser kravet gælder",
        choices={
            "with_patient": "med patienten",
            "without_patient": "uden patienten",
            "own_home_to_patient": "fra eget hjem til patienten",
        },
    )

    # Written out rather than generated: for this many facts the generated code is a tenth of the start-up time.

    if not TYPE_CHECKING:

        def __init__(self, **facts: object) -> None:
            unknown = facts.keys() - FACTS.keys()
            missing = [name for name in REQUIRED if name not in facts]
            if unknown or missing:
                raise TypeError(f"Case(): unknown facts {sorted(unknown)}, missing facts {missing}")
            self.__dict__.update(_NONE_GIVEN)
            self.__dict__.update(facts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Case) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash(tuple(self.__dict__.values()))

    def __repr__(self) -> str:
        given = ", ".join(f"{name}={value!r}" for name, value in self.__dict__.items() if value is not None)
        return f"Case({given})"


def _info(definition: Field[Any]) -> FactInfo:
    return FactInfo(name=definition.name, **definition.metadata)


FACTS: dict[str, FactInfo] = {definition.name: _info(definition) for definition in fields(Case)}
"""Every fact by its public name, in the order of `Case`."""

_NONE_GIVEN = dict.fromkeys(FACTS)

REQUIRED = ("purpose", "trip_date")
"""The facts without which nothing can be decided."""

PRESUMED: dict[str, object] = {
    "insurance_group": 1,
    "place_choice": "designated",
    "endpoint": "home",
    "acute_away_from_home": False,
    "publicly_funded": True,
    "within_service_level": True,
    "treatment_started": True,
    "trip_made": True,
    "public_transport_available": True,
    "transport_offered": False,
    "documented": True,
    "old_section_86_decision": False,
    "seven_day_provider": False,
    "diagnostic_referral": False,
    "acute_injury": False,
    "without_gp": False,
    "resident_by_stay": False,
    "overnight_needed": False,
    "companion": False,
    "companion_leg": "with_patient",
}
"""Exceptions nobody has raised: what holds while such a fact is not given.

Each of these facts describes something out of the ordinary (another place than the referred one, a cancelled
treatment, no bus that day). A case that does not mention it is decided as the ordinary case, and every presumption
that the result rests on is named in the decision under `assumed`. See docs/adr/0003-presumptions.md.
"""
