# ruff: noqa: E501
"""English: what each provision says, for a caseworker; section numbers are left out, because they change with the order."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    # Amount: which cost counts, the minimum, the cap -----------------------------------------------------------------
    "provision.public_transport_is_defensible": "Public transport is defensible when health allows it and it could be used in practice on the day.",
    "provision.real_ticket_cost": "Where the patient used public transport without a discount scheme, the real cost is covered once it is documented. The rule applies from 1 July 2016.",
    "provision.cheapest_defensible_means": "The reimbursement equals the cost by the cheapest means that is defensible in the circumstances. Where public transport is defensible its fare counts, even if the patient drove; otherwise the means that was used counts.",
    "provision.minimum_pensioner": "Who is reimbursed as a recipient of social pension is paid only when the cost of both ways together exceeds the lower minimum amount. Exactly the minimum is not enough.",
    "provision.minimum_other": "Who is reimbursed because of distance or health, and a companion, is paid only when the cost of both ways together exceeds the higher minimum amount. Exactly the minimum is not enough.",
    "provision.minimum_own_choice_hospital": "Where the patient chose the hospital, also for specialised rehabilitation, the cost must exceed the minimum amount both to the chosen hospital and to the place the region would have referred to.",
    "provision.minimum_own_choice": "Where the citizen chose the place of rehabilitation, the cost must exceed the minimum amount both to the chosen place and to the place the municipality would have referred to.",
    "provision.not_above_actual_cost": "The reimbursement cannot exceed what the trip really cost the citizen.",
    # Any claim -----------------------------------------------------------------------------------------------------
    "provision.journey_made": "Transport is given for the journey between the patient's home and the place of treatment. Where no journey was made, or the treatment took place at home, there is nothing to cover.",
    "provision.treatment_started": "The right is tied to a treatment that was begun. It counts as begun once the patient is received and prepared.",
    "provision.limitation": "A claim is time-barred three years after the trip. If it is made later, nothing can be paid.",
    # Companion -----------------------------------------------------------------------------------------------------
    "provision.companion_necessary": "The company must be necessary because of the patient's age or health.",
    "provision.companion_absence": "Where the company keeps the companion away from home for more than 12 hours, the outward or homeward journey made without the patient is covered too.",
    "provision.companion_right": "The companion of a patient who receives transport or reimbursement has a right of their own to transport or reimbursement when the company is necessary. From 1 July to 30 September 2016 the order did not name the chapter on rehabilitation here; whether companions to rehabilitation were covered in that period is therefore an open question of law.",
    # GP and specialist -----------------------------------------------------------------------------------------------
    "provision.group_1": "The rules on GPs and specialists apply only to persons in insurance group 1 whose treatment the region pays for under sundhedsloven.",
    "provision.gp_pension": "Only recipients of social pension have a right to transport or reimbursement to their own GP; distance and health give no right. Until 30 June 2016 the rule gave a right to reimbursement only.",
    "provision.acute_injury_vehicle": "Where the condition requires an ambulance or special vehicle to acute treatment of an injury at a GP or specialist, the cost is reimbursed. No minimum amount applies.",
    "provision.gp_free_choice": "Since 1 January 2014 group 1 persons on islands without a practice, and persons who cannot be registered with a GP, have a right to reimbursement of at least the cost to the nearest GP who can treat them. Until 31 December 2013 there was no such rule.",
    "provision.specialist_pension_ground": "A recipient of social pension meets the condition for transport or reimbursement to a specialist, if the requirement of referral is met too.",
    "provision.specialist_distance_ground": "The condition is met when it is more than 50 km from the home or permanent place of stay to the specialist, and the requirement of referral is met too. If the patient goes to a specialist farther away, the distance to the nearest one counts.",
    "provision.specialist_referral": "A visit to a specialist requires a referral from a GP or specialist. Eye specialists, ear-nose-throat specialists and abortion at a gynaecologist before the end of week 12 require none.",
    "provision.nearest_specialist": "Transport is given only to the nearest specialist in the specialty or, where that one is prevented, to the nearest who is not. Waiting time is no hindrance.",
    "provision.farther_specialist_paid": "If the patient goes to a specialist farther away than the nearest, the municipality must since 1 July 2018 pay the amount the trip to the nearest would have given a right to (»skal«). Until 30 June 2018 it could choose to pay it (»kan«).",
    "provision.doctor_journey": "Transport to GP and specialist is given between the home and the place of treatment. For acute treatment during a temporary stay it is given between the place of stay and the place of treatment.",
    "provision.doctor_from_temporary_stay": "The rules on doctors speak of where the patient stays, while the rule on the ends of the journey names only the home. Whether the trip from a temporary place of stay is covered when the treatment is not acute is an open question of law.",
    "provision.ride_or_money": "Since 1 July 2016 the municipality decides whether the patient is offered transport or reimbursement to GP and specialist. Until 30 June 2016 the rules gave a right to reimbursement only.",
    "provision.right_to_gp": "The municipality gives transport or reimbursement to the patient's own GP to persons in insurance group 1 who receive social pension. Besides, an ambulance or special vehicle to acute treatment of an injury is covered and, since 1 January 2014, the trip to the nearest GP for those who cannot have a GP of their own.",
    "provision.right_to_out_of_hours_gp": "The order names only the patient's own GP. Whether the trip to the out-of-hours GP is covered where the trip to the GP would be is an open question of law.",
    "provision.right_to_specialist": "The municipality gives transport or reimbursement to the nearest specialist to persons in insurance group 1 who receive social pension or have more than 50 km, when the requirement of referral is met. An ambulance or special vehicle to acute treatment of an injury is covered too.",
    # Hospital --------------------------------------------------------------------------------------------------------
    "provision.hospital_free_treatment": "Transport to hospital is given to persons with a right to free hospital treatment. Treatment the patient pays for is not covered.",
    "provision.hospital_diagnostics": "Since 1 July 2016 who is referred to a diagnostic examination at hospital for use by the GP or specialist is expressly covered. Until 30 June 2016 the order did not name it, while the complaints body held a blood sample covered (STPK 14POB046).",
    "provision.hospital_service_level": "There is a right to transport only to treatment the region itself offers. Treatment the region has chosen not to offer is not covered.",
    "provision.hospital_special_vehicle": "Where the patient's condition makes an ambulance or special vehicle necessary, there is a right to the ride. No minimum amount applies.",
    "provision.hospital_pension_ground": "The condition is met when the patient receives pension under the social pension acts.",
    "provision.hospital_distance_ground": "The condition is met when it is more than 50 km to or from the hospital where the necessary treatment can take place by the region's referral criteria. Exactly 50 km is not enough.",
    "provision.hospital_own_choice_distance": "Where the patient chose the hospital, the distance gives a right only if the chosen hospital too is more than 50 km away.",
    "provision.hospital_health_ground": "The condition is met when the patient's condition rules out bus, train and ferry and the patient is besides called in for further outpatient treatment or sent home on weekend leave, a short holiday or the like. Health alone is not enough.",
    "provision.hospital_followup_or_leave": "In connection with hospital treatment the patient is called in for further outpatient treatment, or the hospital has sent the patient home on weekend leave, a short holiday or the like.",
    "provision.hospital_own_choice": "Where the patient used the free or extended free choice of hospital, only reimbursement is given. It equals at least the cost to the place where the treatment would have taken place by the region's referral criteria.",
    "provision.journey_end": "Transport to hospital is given between the patient's home and the hospital. For acute treatment during a temporary stay it is given between the place of stay and the hospital.",
    "provision.hospital_resident_by_stay": "Boarding pupils, persons in placement, conscripts, inmates and certain others who are expected to stay in a region for more than 3 months have the same right in that region as if they lived there.",
    "provision.right_to_hospital": "The region gives transport or reimbursement to hospital when the patient receives social pension, has more than 50 km, or has a condition that rules out public transport and is at the same time called in for further outpatient treatment or sent home on weekend leave or the like. One of the three conditions is enough.",
    # Who pays --------------------------------------------------------------------------------------------------------
    "provision.payer_rehabilitation": "The municipality of residence pays the transport to rehabilitation, also to specialised rehabilitation at a hospital.",
    "provision.payer_doctor": "Transport to GP and specialist is paid by the municipality where the patient stays when the transport is ordered.",
    "provision.payer_hospital": "The region of residence pays the transport to hospital. An ambulance or special vehicle, and transport for acute treatment during a temporary stay, is paid by the region where the patient stays.",
    # Rehabilitation --------------------------------------------------------------------------------------------------
    "provision.rehabilitation_plan": "The rules on rehabilitation apply only when the hospital made a rehabilitation plan at discharge after finished treatment.",
    "provision.rehabilitation_pension_ground": "The condition is met when the citizen receives pension under the social pension acts.",
    "provision.rehabilitation_distance_ground": "The condition is met when it is more than 50 km from the home to the place of rehabilitation; exactly 50 km is not enough. Where the citizen chose the place, both the chosen place and the place the authority would have referred to must be more than 50 km away.",
    "provision.rehabilitation_own_choice_distance": "Where the citizen chose the place of rehabilitation, the distance gives a right only if the place the municipality would have referred to is more than 50 km away too.",
    "provision.rehabilitation_own_hospital_distance": "Where the citizen chose another hospital for specialised rehabilitation, the distance gives a right only if the hospital the region would have referred to is more than 50 km away too.",
    "provision.rehabilitation_health_ground": "The condition is met when the citizen's condition rules out public transport, including bus, train and ferry. For rehabilitation health alone is enough.",
    "provision.rehabilitation_own_choice": "If the citizen chooses another place of rehabilitation than the one the municipality refers to, only reimbursement is given. It answers at least to the distance to the place the municipality would have referred to.",
    "provision.rehabilitation_own_hospital": "If the citizen chooses another hospital for specialised rehabilitation than the one the region refers to, only reimbursement is given. It equals at least the cost to the place the region would have referred to.",
    "provision.rehabilitation_between_home_and_place": "Transport to rehabilitation is given between the citizen's home and the place of rehabilitation.",
    "provision.rehabilitation_payer_unsettled": "From 1 January 2027 rehabilitation at the specialised level is the region's task. Who pays the transport to it, and under which rule, is not known.",
    "provision.rehabilitation_public_expense": "The right applies to rehabilitation the municipality gives free of charge. Rehabilitation the citizen pays for is not covered.",
    "provision.rehabilitation_seven_days": "If the municipality cannot start the rehabilitation within 7 days, the citizen can choose a private provider. Whether the provider is then another place than the designated one is an open question of law.",
    "provision.rehabilitation_right": "The municipality gives transport or reimbursement to rehabilitation after hospital treatment when the citizen receives social pension, has more than 50 km, or has a condition that rules out public transport. One of the three conditions is enough.",
    # Offers beside the right -----------------------------------------------------------------------------------------
    "provision.handicapkoersel_approval": "Individual handicapkørsel is for those approved for the scheme who have single trips left in the calendar year. The traffic company must offer at least 104 single trips a year.",
    "provision.overnight_stay": "A patient with a right to transport whose outpatient treatment makes it necessary to stay overnight away from home also has a right to accommodation or an overnight allowance, and to hourly and daily allowances at the lowest rate of the Ministry of Finance's circular.",
    # Training without a plan, physiotherapy, other purposes ----------------------------------------------------------
    "provision.training_without_plan": "Rehabilitation without a rehabilitation plan from a hospital gives no right to transport. The municipality may offer a ride and may charge for it, but has no duty to offer one.",
    "provision.maintenance_training": "Maintenance training gives no right to transport. The municipality may offer a ride but has no duty to do so.",
    "provision.training_under_aeldreloven": "Since 1 July 2025 who can get offers under ældreloven cannot get training under serviceloven § 86. Ældreloven has no rule on transport.",
    "provision.old_section_86_decision": "A decision on rehabilitation under serviceloven § 86, stk. 1, from before 1 July 2025 stays valid until 30 June 2027 inclusive, unless the need changes. From 1 July 2027 none of the old decisions is valid any more.",
    "provision.free_physiotherapy": "Free physiotherapy is not named in the rules on transport of sundhedsloven and therefore gives no right to transport.",
    "provision.subsidised_physiotherapy": "Subsidised physiotherapy gives no right to transport; the patient pays. Where health rules out public transport, the municipality may give a subsidy.",
    "provision.not_listed": "Sundhedsloven kap. 53 lists exhaustively where there is a right to transport. Purposes that are not there give no right.",
}
