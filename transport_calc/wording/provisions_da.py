# ruff: noqa: E501
"""Danish: what each provision says, for a caseworker; section numbers are left out, because they change with the order."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    # Amount: which cost counts, the minimum, the cap -----------------------------------------------------------------
    "provision.public_transport_is_defensible": "Offentlig transport er forsvarlig, når helbredet tillader den, og den i praksis kunne bruges den pågældende dag.",
    "provision.real_ticket_cost": "Har patienten rejst med offentlig transport uden at bruge en rabatordning, dækkes den reelle udgift, når den er dokumenteret. Reglen gælder fra 1. juli 2016.",
    "provision.cheapest_defensible_means": "Godtgørelsen svarer til udgiften med det billigste befordringsmiddel, der efter forholdene er forsvarligt. Er offentlig transport forsvarlig, er det dens takst, der tæller, også når patienten kørte i bil; ellers tæller det befordringsmiddel, der blev brugt.",
    "provision.minimum_pensioner": "Den, der får godtgørelse som modtager af social pension, får kun udgiften betalt, når den for ud- og hjemrejse tilsammen overstiger det lave mindstebeløb. Et beløb på præcis mindstebeløbet er ikke nok.",
    "provision.minimum_other": "Den, der får godtgørelse på grund af afstand eller helbred, og en ledsager får kun udgiften betalt, når den for ud- og hjemrejse tilsammen overstiger det høje mindstebeløb. Et beløb på præcis mindstebeløbet er ikke nok.",
    "provision.minimum_own_choice_hospital": "Har patienten selv valgt sygehus, også til specialiseret genoptræning, skal udgiften overstige mindstebeløbet både til det valgte sygehus og til det sted, regionen ville have henvist til.",
    "provision.minimum_own_choice": "Har borgeren selv valgt genoptræningssted, skal udgiften overstige mindstebeløbet både til det valgte sted og til det sted, kommunen ville have visiteret til.",
    "provision.not_above_actual_cost": "Godtgørelsen kan ikke overstige det, turen faktisk har kostet borgeren.",
    # Any claim -----------------------------------------------------------------------------------------------------
    "provision.journey_made": "Befordring ydes for rejsen mellem patientens bopæl og behandlingsstedet. Blev turen ikke foretaget, eller foregik behandlingen i hjemmet, er der ingen rejse at dække.",
    "provision.treatment_started": "Retten er knyttet til en behandling, der er begyndt. Behandlingen regnes for begyndt, når patienten er modtaget og gjort klar.",
    "provision.limitation": "Et krav forældes tre år efter turen. Søges der senere, kan der ikke udbetales noget.",
    # Companion -----------------------------------------------------------------------------------------------------
    "provision.companion_necessary": "Ledsagelsen skal være nødvendig på grund af patientens alder eller helbredstilstand.",
    "provision.companion_absence": "Kræver ledsagelsen mere end 12 timers fravær fra hjemmet, dækkes også den ud- eller hjemrejse, ledsageren foretager uden patienten.",
    "provision.companion_right": "Ledsageren til en patient, der modtager befordring eller godtgørelse, har selv ret til befordring eller godtgørelse, når ledsagelsen er nødvendig. Fra 1. juli til 30. september 2016 nævnte bekendtgørelsen ikke kapitlet om genoptræning her; om ledsagere til genoptræning i den periode er derfor et åbent retsspørgsmål.",
    # GP and specialist -----------------------------------------------------------------------------------------------
    "provision.group_1": "Reglerne om læge og speciallæge gælder kun for personer i sikringsgruppe 1, hvis behandling regionen betaler efter sundhedsloven.",
    "provision.gp_pension": "Kun den, der modtager social pension, har ret til befordring eller godtgørelse til egen læge; afstand og helbred giver ikke ret. Indtil 30. juni 2016 gav reglen kun ret til godtgørelse.",
    "provision.acute_injury_vehicle": "Kræver tilstanden ambulance eller særligt sygekøretøj til akut skadebehandling hos læge eller speciallæge, godtgøres udgiften. Der gælder ikke noget mindstebeløb.",
    "provision.gp_free_choice": "Siden 1. januar 2014 har gruppe 1-sikrede på øer uden lægepraksis og personer, der ikke kan tilmeldes en læge, ret til godtgørelse, der mindst svarer til udgiften til den nærmeste læge, som kan behandle. Indtil 31. december 2013 fandtes reglen ikke.",
    "provision.specialist_pension_ground": "Den, der modtager social pension, opfylder betingelsen for befordring eller godtgørelse til speciallæge, hvis kravet om henvisning også er opfyldt.",
    "provision.specialist_distance_ground": "Betingelsen er opfyldt, når der er mere end 50 km fra bopælen eller det faste opholdssted til speciallægen, og kravet om henvisning også er opfyldt. Søger patienten en fjernere speciallæge, er det afstanden til den nærmeste, der tæller.",
    "provision.specialist_referral": "Besøget hos speciallæge kræver henvisning fra læge eller speciallæge. Øjenlæge, øre-næse-hals-læge og svangerskabsafbrydelse hos gynækolog inden udløbet af 12. uge kræver ingen henvisning.",
    "provision.nearest_specialist": "Befordring ydes kun til den nærmeste speciallæge inden for specialet eller, hvis den nærmeste er forhindret, til den nærmeste, der ikke er det. Ventetid er ikke en forhindring.",
    "provision.farther_specialist_paid": "Søger patienten en fjernere speciallæge end den nærmeste, skal kommunen siden 1. juli 2018 betale det beløb, turen til den nærmeste ville have givet ret til (»skal«). Indtil 30. juni 2018 kunne kommunen vælge at betale det (»kan«).",
    "provision.doctor_journey": "Befordring til læge og speciallæge ydes mellem bopælen og behandlingsstedet. Ved akut behandling under midlertidigt ophold ydes den mellem opholdsstedet og behandlingsstedet.",
    "provision.doctor_from_temporary_stay": "Reglerne om læge taler om, hvor patienten opholder sig, mens reglen om rejsens endepunkter kun nævner bopælen. Om turen fra et midlertidigt opholdssted er dækket, når behandlingen ikke er akut, er et åbent retsspørgsmål.",
    "provision.ride_or_money": "Siden 1. juli 2016 afgør kommunen, om patienten skal tilbydes befordring eller godtgørelse til læge og speciallæge. Indtil 30. juni 2016 gav reglerne kun ret til godtgørelse.",
    "provision.right_to_gp": "Kommunen yder befordring eller godtgørelse til egen læge til personer i sikringsgruppe 1, der modtager social pension. Desuden dækkes ambulance eller særligt sygekøretøj til akut skadebehandling og, siden 1. januar 2014, turen til nærmeste læge for den, der ikke kan have egen læge.",
    "provision.right_to_out_of_hours_gp": "Bekendtgørelsen nævner kun egen læge. Om turen til lægevagten er dækket, når turen til egen læge ville være det, er et åbent retsspørgsmål.",
    "provision.right_to_specialist": "Kommunen yder befordring eller godtgørelse til nærmeste speciallæge til personer i sikringsgruppe 1, når de modtager social pension eller har mere end 50 km, og kravet om henvisning er opfyldt. Ambulance eller særligt sygekøretøj til akut skadebehandling dækkes også.",
    # Hospital --------------------------------------------------------------------------------------------------------
    "provision.hospital_free_treatment": "Befordring til sygehus ydes til personer, der har ret til vederlagsfri sygehusbehandling. Behandling, patienten selv betaler, er ikke omfattet.",
    "provision.hospital_diagnostics": "Siden 1. juli 2016 er den, der er henvist til en diagnostisk undersøgelse på sygehus til brug for lægens eller speciallægens udredning, udtrykkeligt omfattet. Indtil 30. juni 2016 nævnte bekendtgørelsen det ikke, mens klageinstansen anså en blodprøve for omfattet (STPK 14POB046).",
    "provision.hospital_service_level": "Der er kun ret til befordring til behandling, regionen selv tilbyder. Behandling, regionen har valgt ikke at tilbyde, er ikke omfattet.",
    "provision.hospital_special_vehicle": "Gør patientens tilstand ambulance eller særligt sygekøretøj nødvendigt, er der ret til kørslen. Der gælder ikke noget mindstebeløb.",
    "provision.hospital_pension_ground": "Betingelsen er opfyldt, når patienten modtager pension efter de sociale pensionslove.",
    "provision.hospital_distance_ground": "Betingelsen er opfyldt, når der er mere end 50 km til eller fra det sygehus, hvor den nødvendige behandling kan finde sted efter regionens visitationskriterier. Præcis 50 km er ikke nok.",
    "provision.hospital_own_choice_distance": "Har patienten selv valgt sygehus, giver afstanden kun ret, hvis også det valgte sygehus ligger mere end 50 km væk.",
    "provision.hospital_health_ground": "Betingelsen er opfyldt, når patientens tilstand udelukker bus, tog og færge, og patienten desuden er indkaldt til videre ambulant behandling eller hjemsendt på weekendophold, kortere ferie eller lignende. Helbredet alene er ikke nok.",
    "provision.hospital_followup_or_leave": "Patienten er i forbindelse med sygehusbehandling indkaldt til videre ambulant behandling, eller sygehuset har hjemsendt patienten på weekendophold, kortere ferie eller lignende.",
    "provision.hospital_own_choice": "Har patienten brugt det frie eller det udvidede frie sygehusvalg, ydes kun godtgørelse. Den svarer mindst til udgiften til det sted, behandlingen ville have fundet sted efter regionens visitationskriterier.",
    "provision.journey_end": "Befordring til sygehus ydes mellem patientens bopæl og sygehuset. Ved akut behandling under midlertidigt ophold ydes den mellem opholdsstedet og sygehuset.",
    "provision.hospital_resident_by_stay": "Kost- og efterskoleelever, anbragte, værnepligtige, indsatte og visse andre, der forventes at opholde sig i en region i mere end 3 måneder, har samme ret i opholdsregionen, som hvis de boede dér.",
    "provision.right_to_hospital": "Regionen yder befordring eller godtgørelse til sygehus, når patienten modtager social pension, har mere end 50 km eller har en tilstand, der udelukker offentlig transport, og samtidig er indkaldt til videre ambulant behandling eller hjemsendt på weekendophold eller lignende. Én af de tre betingelser er nok.",
    # Who pays --------------------------------------------------------------------------------------------------------
    "provision.payer_rehabilitation": "Bopælskommunen betaler befordringen til genoptræning, også til specialiseret genoptræning på sygehus.",
    "provision.payer_doctor": "Befordring til læge og speciallæge betales af kommunen, hvor patienten opholder sig, når befordringen bestilles.",
    "provision.payer_hospital": "Bopælsregionen betaler befordringen til sygehus. Ambulance og særligt sygekøretøj og befordring ved akut behandling under midlertidigt ophold betales af den region, hvor patienten opholder sig.",
    # Rehabilitation --------------------------------------------------------------------------------------------------
    "provision.rehabilitation_plan": "Reglerne om genoptræning gælder kun, når sygehuset har udarbejdet en genoptræningsplan i forbindelse med udskrivningen efter endt behandling.",
    "provision.rehabilitation_pension_ground": "Betingelsen er opfyldt, når borgeren modtager pension efter de sociale pensionslove.",
    "provision.rehabilitation_distance_ground": "Betingelsen er opfyldt, når der er mere end 50 km fra bopælen til genoptræningsstedet; præcis 50 km er ikke nok. Har borgeren selv valgt stedet, skal både det valgte sted og det sted, myndigheden ville have visiteret til, ligge mere end 50 km væk.",
    "provision.rehabilitation_own_choice_distance": "Har borgeren selv valgt genoptræningssted, giver afstanden kun ret, hvis også det sted, kommunen ville have visiteret til, ligger mere end 50 km væk.",
    "provision.rehabilitation_own_hospital_distance": "Har borgeren valgt et andet sygehus til specialiseret genoptræning, giver afstanden kun ret, hvis også det sygehus, regionen ville have visiteret til, ligger mere end 50 km væk.",
    "provision.rehabilitation_health_ground": "Betingelsen er opfyldt, når borgerens tilstand udelukker offentlige transportmidler, herunder bus, tog og færge. Ved genoptræning er helbredet alene nok.",
    "provision.rehabilitation_own_choice": "Vælger borgeren et andet genoptræningssted end det, kommunen visiterer til, ydes kun godtgørelse. Den svarer mindst til afstanden til det sted, kommunen ville have visiteret til.",
    "provision.rehabilitation_own_hospital": "Vælger borgeren et andet sygehus til specialiseret genoptræning end det, regionen visiterer til, ydes kun godtgørelse. Den svarer mindst til udgiften til det sted, regionen ville have visiteret til.",
    "provision.rehabilitation_between_home_and_place": "Befordring til genoptræning ydes mellem borgerens bopæl og genoptræningsstedet.",
    "provision.rehabilitation_payer_unsettled": "Fra 1. januar 2027 er genoptræning på specialiseret niveau regionens opgave. Hvem der betaler befordringen dertil, og efter hvilken regel, er ikke kendt.",
    "provision.rehabilitation_public_expense": "Retten gælder genoptræning, kommunen yder vederlagsfrit. Genoptræning, borgeren selv betaler, er ikke omfattet.",
    "provision.rehabilitation_seven_days": "Kan kommunen ikke begynde genoptræningen inden 7 dage, kan borgeren vælge en privat leverandør. Om leverandøren i så fald er et andet sted end det visiterede, er et åbent retsspørgsmål.",
    "provision.rehabilitation_right": "Kommunen yder befordring eller godtgørelse til genoptræning efter sygehusbehandling, når borgeren modtager social pension, har mere end 50 km eller har en tilstand, der udelukker offentlig transport. Én af de tre betingelser er nok.",
    # Offers beside the right -----------------------------------------------------------------------------------------
    "provision.handicapkoersel_approval": "Individuel handicapkørsel er for den, der er visiteret til ordningen og har enkeltture tilbage i kalenderåret. Trafikselskabet skal tilbyde mindst 104 enkeltture om året.",
    "provision.overnight_stay": "En patient med ret til befordring, hvis ambulante behandling gør det nødvendigt at overnatte uden for hjemmet, har også ret til overnatning eller overnatningsgodtgørelse og til time- og dagpenge efter laveste sats i Finansministeriets cirkulære.",
    # Training without a plan, physiotherapy, other purposes ----------------------------------------------------------
    "provision.training_without_plan": "Genoptræning uden genoptræningsplan fra sygehus giver ikke ret til befordring. Kommunen kan tilbyde kørsel og kan kræve betaling, men har ikke pligt til at tilbyde den.",
    "provision.maintenance_training": "Vedligeholdende træning giver ikke ret til befordring. Kommunen kan tilbyde kørsel, men har ikke pligt til det.",
    "provision.training_under_aeldreloven": "Siden 1. juli 2025 kan den, der kan få tilbud efter ældreloven, ikke få træning efter serviceloven § 86. Ældreloven har ingen regel om befordring.",
    "provision.old_section_86_decision": "En afgørelse om genoptræning efter serviceloven § 86, stk. 1, fra før 1. juli 2025 gælder til og med 30. juni 2027, medmindre behovet ændrer sig. Fra 1. juli 2027 gælder ingen af de gamle afgørelser længere.",
    "provision.free_physiotherapy": "Vederlagsfri fysioterapi er ikke nævnt i sundhedslovens regler om befordring og giver derfor ikke ret til befordring.",
    "provision.subsidised_physiotherapy": "Fysioterapi med tilskud giver ikke ret til befordring; patienten betaler selv. Udelukker helbredet offentlig transport, kan kommunen give tilskud.",
    "provision.not_listed": "Sundhedsloven kap. 53 opregner udtømmende, hvornår der er ret til befordring. Formål, der ikke står der, giver ingen ret.",
}
