"""Every municipality can be named; a profile says where a plan leads and what happens next, and lends nothing out."""

from __future__ import annotations

import shutil
import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from transport_calc import Case, Decision, decide
from transport_calc.intake.json_case import case_from_object
from transport_calc.municipalities import BASES_OF, MOST_STEPS, SHOWN_IN, Municipality, known_slugs, municipality
from transport_calc.parameters import builtin_data
from transport_calc.wording.sentences import step_source

FOLDER = builtin_data() / "municipalities"
REGISTRY: dict[str, dict[str, str]] = tomllib.loads((FOLDER / "registry.toml").read_text("utf-8"))
WITHOUT_PROFILE = [slug for slug in REGISTRY if not (FOLDER / f"{slug}.toml").is_file()]
OFFICIAL_NAMES = {
    "bornholm": "Bornholms Regionskommune",
    "koebenhavn": "Københavns Kommune",
    "nordfyn": "Nordfyns Kommune",
    "vesthimmerland": "Vesthimmerlands Kommune",
}
AREAS = {"back": "private_clinic", "shoulder": "private_clinic", "neck": "private_clinic", "other": "municipal_centre"}


def known(slug: str) -> Municipality:
    found = municipality(slug)
    assert found is not None
    return found


def decided(slug: str, **facts: Any) -> Decision:
    ordinary = {"purpose": "rehabilitation", "trip_date": "2024-05-13", "hospital_based": True, "pensioner": True}
    ordinary |= {"mobility": "public_transport", "distance_km": "12.0", "public_fare_dkk": "80.00"}
    return decide(case_from_object({**ordinary, "municipality": slug, **facts}))


# --- the 98 -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", REGISTRY)
def test_every_municipality_is_found_by_slug(slug: str) -> None:
    found = known(slug)
    assert found.slug == slug
    assert found.name == OFFICIAL_NAMES.get(slug, f"{REGISTRY[slug]['name']} Kommune")
    assert (found.region, found.traffic_company) == (REGISTRY[slug]["region"], REGISTRY[slug]["traffic_company"])


@pytest.mark.parametrize("slug", REGISTRY)
def test_every_municipality_is_found_by_name(slug: str) -> None:
    short = REGISTRY[slug]["name"]
    for name in (short, short.upper(), f"{short} Kommune", OFFICIAL_NAMES.get(slug, short)):
        case = case_from_object({"purpose": "rehabilitation", "trip_date": "2024-05-13", "municipality": name})
        assert case.municipality is not None
        assert known(case.municipality).slug == slug, name


@pytest.mark.parametrize("slug", ["", "registry", "atlantis", "../registry", "odense_kommune"])
def test_what_is_no_municipality_is_not_found(slug: str) -> None:
    assert municipality(slug) is None


def test_there_are_as_many_as_in_the_registry() -> None:
    assert set(known_slugs()) == set(REGISTRY)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the registry beside which a test can lay profiles."""
    (tmp_path / "municipalities").mkdir()
    shutil.copy(FOLDER / "registry.toml", tmp_path / "municipalities")
    return tmp_path


@pytest.mark.parametrize("given", ["", 'region = "Hovedstaden"\n', 'name = "Odense By"\n'])
def test_a_profile_inherits_from_the_registry(data: Path, given: str) -> None:
    (data / "municipalities" / "odense.toml").write_text(f'slug = "odense"\n{given}', "utf-8")
    found = municipality("odense", data)
    assert found is not None
    assert found.traffic_company == "FynBus"
    assert found.region == ("Hovedstaden" if "region" in given else "Syddanmark")
    assert found.name == ("Odense By" if "name" in given else "Odense Kommune")


# --- nothing is borrowed ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", WITHOUT_PROFILE)
def test_a_municipality_known_by_name_only_has_no_local_rule(slug: str) -> None:
    for facts in ({"rehabilitation_area": "back"}, {"purpose": "maintenance_training", "hospital_based": False}):
        found = decided(slug, **facts)
        assert found.channel.way is None
        assert found.next_steps == ()
        assert "Hvad sker der nu" not in found.as_text("da")
        assert found.as_json("da")["next_steps"] == []


@pytest.mark.parametrize("slug", sorted({*REGISTRY} - {"broenderslev"}))
def test_only_broenderslev_says_where_a_plan_leads(slug: str) -> None:
    for area in AREAS:
        assert known(slug).site_rule("rehabilitation", {"rehabilitation_area": area}) is None


@pytest.mark.parametrize("slug", REGISTRY)
@pytest.mark.parametrize("purpose", ["rehabilitation", "maintenance_training", "gp", "hospital"])
def test_next_steps_are_the_municipalitys_own(slug: str, purpose: str) -> None:
    own = {each.step.text["da"] for each in known(slug).practices if each.id != "page_error"}
    own |= {rule.step.text["da"] for rule in known(slug).sites}
    found = decided(slug, purpose=purpose)
    assert {step.text["da"] for step in found.next_steps} <= own
    assert len(found.next_steps) <= MOST_STEPS
    if purpose == "hospital":
        assert found.next_steps == (), "the region's matter"


def test_without_a_municipality_there_are_no_next_steps() -> None:
    found = decide(Case(purpose="rehabilitation", trip_date=date(2024, 5, 13), hospital_based=True, pensioner=True))
    assert found.next_steps == ()


def test_page_errors_are_never_next_steps() -> None:
    assert not {"page_error", "materials", "flextur_counts_as_public_transport"} & SHOWN_IN.keys()
    for slug in REGISTRY:
        assert [each.outcomes for each in known(slug).practices if each.id == "page_error" and each.outcomes] == []


# --- where a plan leads -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("area", "site"), AREAS.items())
def test_the_area_gives_the_site_and_the_site_the_way(area: str, site: str) -> None:
    derived, given = decided("broenderslev", rehabilitation_area=area), decided("broenderslev", site=site)
    assert derived.channel == given.channel
    assert (derived.outcome, derived.form, derived.amount) == (given.outcome, given.form, given.amount)
    assert derived.next_steps[0].text["da"].startswith("Planen gælder")
    assert not given.next_steps[0].text["da"].startswith("Planen gælder")


@pytest.mark.parametrize("site", ["municipal_centre", "private_clinic", "hospital", "other_municipality", "home"])
@pytest.mark.parametrize("area", AREAS)
def test_a_given_site_is_never_overridden(site: str, area: str) -> None:
    with_area = decided("broenderslev", site=site, rehabilitation_area=area)
    without = decided("broenderslev", site=site)
    assert with_area.channel == without.channel
    assert with_area.next_steps == without.next_steps


@pytest.mark.parametrize("facts", [{"place_choice": "own_choice"}, {"seven_day_provider": True}])
def test_who_trains_elsewhere_does_not_train_where_the_plan_leads(facts: dict[str, Any]) -> None:
    found = decided("broenderslev", rehabilitation_area="other", **facts)
    assert not any(step.text["en"].startswith("The plan is for") for step in found.next_steps)


@pytest.mark.parametrize("facts", [{}, {"mobility": "excluded"}, {"pensioner": False}, {"public_fare_dkk": "20.00"}])
@pytest.mark.parametrize("area", AREAS)
def test_the_area_changes_no_right_and_no_amount(facts: dict[str, Any], area: str) -> None:
    with_area = decided("broenderslev", rehabilitation_area=area, **facts)
    without = decided("broenderslev", **facts)
    assert (with_area.outcome, with_area.grounds, with_area.amount, with_area.missing, with_area.assumed) == (
        without.outcome,
        without.grounds,
        without.amount,
        without.missing,
        without.assumed,
    )


def test_the_disagreement_about_the_neck_is_named() -> None:
    rule = known("broenderslev").site_rule("rehabilitation", {"rehabilitation_area": "neck"})
    assert rule is not None
    assert "disagree" in rule.note
    for text in rule.step.text.values():
        assert "2022" in text
        assert "2023" in text


# --- next steps -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", ["broenderslev", "randers", "roskilde", "aalborg"])
@pytest.mark.parametrize("lang", ["da", "en"])
def test_text_and_json_show_the_same_steps_with_their_source(slug: str, lang: str) -> None:
    found = decided(slug, site="municipal_centre", mobility="excluded")
    assert found.next_steps
    shown = " ".join(found.as_text(lang).split())
    heading, seen = {"da": ("Hvad sker der nu", "set 21-11-2026"), "en": ("What happens next", "seen 2026-11-21")}[lang]
    assert shown.count(heading) == 1
    listed = found.as_json(lang)["next_steps"]
    assert listed == [{"text": step.text[lang], "source": step_source(step, lang)} for step in found.next_steps]
    for step in listed:
        assert seen in step["source"]
        assert f"{step['text']} ({step['source']})" in shown.partition(heading)[2]


def test_steps_stand_last_and_as_a_list_in_markdown() -> None:
    last = decided("randers", mobility="excluded").as_markdown("en").rpartition("## ")[2]
    assert last.startswith("What happens next\n\n- ")


def test_a_secondary_source_is_called_so() -> None:
    step = decided("roskilde", mobility="excluded").as_json("en")["next_steps"][0]
    assert step["source"].endswith("; secondary source")


def test_each_basis_code_stands_for_bases_of_the_product() -> None:
    from transport_calc.law.basis import BASES

    assert {basis for bases in BASES_OF.values() for basis in bases} <= set(BASES)
    used = {each.basis for slug in REGISTRY for each in known(slug).practices}
    assert used <= set(BASES_OF)


def test_a_step_must_hold_under_every_basis_that_is_possible() -> None:
    """From 1 July 2025 it can be open whether serviceloven or ældreloven applies; the pages speak of serviceloven."""
    day = {"trip_date": "2025-08-18", "purpose": "maintenance_training", "hospital_based": False}
    open_basis = decided("randers", **day)
    settled = decided("randers", covered_by_aeldreloven=False, **day)
    assert len(open_basis.bases) == 2
    assert {step.text["da"] for step in open_basis.next_steps} < {step.text["da"] for step in settled.next_steps}


@pytest.mark.parametrize("slug", ["broenderslev", "randers"])
def test_the_profiles_of_the_documents_answer_each_outcome_of_training(slug: str) -> None:
    without_plan = decided(slug, purpose="maintenance_training", hospital_based=False)
    assert without_plan.outcome == "discretionary"
    assert without_plan.next_steps
    assert decided(slug).next_steps


def test_amounts_in_the_profiles_are_never_computed_with() -> None:
    """The 15 kr. of one place in Randers and the 12:00 of Brønderslev are told, not used."""
    assert decided("randers").amount.payable_dkk == Decimal("80.00")
    assert decided("broenderslev", site="municipal_centre").amount.payable_dkk == Decimal("80.00")
