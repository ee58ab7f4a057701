"""A conversation on a phone: one-handed, without signal, with a closed browser, and kept once."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from commonweal.listening.models import Conversation, Draft
from commonweal.listening.rules.typed import typed_from

if TYPE_CHECKING:
    from tests.village import Village

pytestmark = pytest.mark.django_db(transaction=True)
HELD = "Object.keys(localStorage).filter(name => name.startsWith('held:')).length"


def until(page: Any, expression: str) -> None:
    """Waits until an expression holds in the page (its content policy forbids the browser to wait by itself)."""
    for _try in range(100):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"it never came true that {expression}")


def begin(page: Any) -> None:
    page.click("text=Begin the conversation")
    page.wait_for_selector("#draft")


def test_what_is_typed_without_signal_survives_a_closed_browser_and_is_kept_once(
    mill: "Village", open_page: Callable[..., Any]
) -> None:
    page = open_page(f"/people/{mill.cleo_person.pk}/talk/", phone=True, account=mill.ana)
    context = page.context
    begin(page)
    page.fill("#id_opened", "Nine years on the looms")
    until(page, "document.getElementById('saved').textContent.startsWith('Kept at')")
    context.set_offline(True)
    page.click(".thumb .on")
    page.fill("textarea[name=issue_said] >> nth=0", "They float us without asking")
    until(page, "document.getElementById('saved').textContent.startsWith('No signal')")
    held = page.evaluate("JSON.stringify(localStorage)")
    assert "float us" not in held and "Nine years" not in held and "sealed" in held
    page.fill("textarea[name=issue_said] >> nth=0", "They float us without asking, every week")
    page.wait_for_timeout(600)
    address = page.url
    page.close()
    context.set_offline(False)
    assert "float us" not in str(Draft.objects.get().typed)
    page = context.new_page()
    page.goto(address)
    until(page, "document.querySelector('textarea[name=issue_said]').value.endsWith('every week')")
    page.click(".steps button[data-step=task]")
    page.click(".thumb .keep")
    page.wait_for_url("**/conversations/*-*/")
    row = Conversation.objects.get()
    assert str(row.opened) == "Nine years on the looms"
    assert [str(one.said) for one in row.issues.all()] == ["They float us without asking, every week"]
    assert page.evaluate(HELD) == 0 and not Draft.objects.exists()


def test_kept_without_signal_it_goes_out_by_itself_once_there_is_some(
    mill: "Village", open_page: Callable[..., Any], live_server: Any
) -> None:
    page = open_page(f"/people/{mill.cleo_person.pk}/talk/", phone=True, account=mill.ana)
    begin(page)
    context = page.context
    context.set_offline(True)
    page.fill("#id_opened", "Typed in the basement")
    page.click(".steps button[data-step=task]")
    page.click(".thumb .keep")
    until(page, "document.getElementById('saved').textContent.includes('open this page again')")
    page.close()
    context.set_offline(False)
    assert not Conversation.objects.exists()
    page = context.new_page()
    page.goto(f"{live_server.url}/today/")
    for _try in range(100):
        if Conversation.objects.exists():
            break
        page.wait_for_timeout(100)
    page.wait_for_selector("text=No promise is due")
    page.wait_for_timeout(500)
    assert str(Conversation.objects.get().opened) == "Typed in the basement"
    assert page.evaluate(HELD) == 0


def test_what_two_pages_wrote_apart_stays_until_somebody_has_chosen(
    mill: "Village", open_page: Callable[..., Any], no_barriers: Callable[[Any], None]
) -> None:
    phone = open_page(f"/people/{mill.cleo_person.pk}/talk/", phone=True, account=mill.ana)
    begin(phone)
    context, address = phone.context, phone.url
    context.set_offline(True)
    phone.fill("#id_opened", "Typed on the stairs")
    until(phone, "document.getElementById('saved').textContent.startsWith('No signal')")
    phone.close()
    context.set_offline(False)
    laptop = open_page(
        address.partition("/conversations")[1] + address.partition("/conversations")[2], account=mill.ana
    )
    laptop.fill("#id_opened", "Typed at the table")
    until(laptop, "document.getElementById('saved').textContent.startsWith('Kept at')")
    phone = context.new_page()
    phone.goto(address)
    phone.wait_for_selector("#aside:not([hidden])")
    assert phone.input_value("#id_opened") == "Typed at the table"
    no_barriers(phone)
    phone.click("#aside [data-take]")
    assert phone.input_value("#id_opened") == "Typed on the stairs"
    until(phone, "document.getElementById('saved').textContent.startsWith('Kept at')")
    assert typed_from(str(Draft.objects.get().typed)).first("opened") == "Typed on the stairs"
    laptop.fill("#id_opened", "Typed at the table, later")
    laptop.click(".thumb .keep")
    until(laptop, "document.getElementById('saved').textContent.includes('still here: keep it again')")
    assert not Conversation.objects.exists() and laptop.input_value("#id_opened") == "Typed at the table, later"
    laptop.click(".thumb .keep")
    laptop.wait_for_url("**/conversations/*-*/")
    assert str(Conversation.objects.get().opened) == "Typed at the table, later"


def test_somebody_is_found_as_one_types_and_a_tap_writes_her_down(
    mill: "Village", open_page: Callable[..., Any]
) -> None:
    page = open_page(f"/people/{mill.cleo_person.pk}/talk/", phone=True, account=mill.ana)
    begin(page)
    page.fill("#id_opened", "Still here")
    page.select_option("#how", "named:faces")
    page.type("#other_text", "Ade")
    page.click("#other_options label:has-text('Bo Adeyemi')")
    page.wait_for_selector(".mention:has-text('Bo Adeyemi')")
    assert page.input_value("#other_text") == "" and page.input_value("#how") == "named:faces"
    page.type("#other_text", "Delia Quispe")
    page.click("#other_options label:has-text('somebody new')")
    page.keyboard.press("Tab")  # the unit may be said first
    assert page.locator(".mention").count() == 1
    page.click("button[name=add][value=person]")
    page.wait_for_selector(".mention:has-text('Delia Quispe')")
    page.click(".mention:has-text('Bo Adeyemi') button")
    page.wait_for_selector(".mention:has-text('Bo Adeyemi')", state="detached")
    assert page.input_value("#id_opened") == "Still here"
    until(page, "document.getElementById('saved').textContent.startsWith('Kept at')")
    assert [one.name for one in typed_from(str(Draft.objects.get().typed)).people] == ["Delia Quispe"]


def test_a_connection_that_breaks_while_a_name_is_added_loses_nothing(
    mill: "Village", open_page: Callable[..., Any]
) -> None:
    page = open_page(f"/people/{mill.cleo_person.pk}/talk/", phone=True, account=mill.ana)
    begin(page)
    page.fill("#id_opened", "On the stairs")
    page.type("#other_text", "Ade")
    page.wait_for_selector("#other_options label:has-text('Bo Adeyemi')")
    page.route("**/conversations/drafts/**", lambda route: route.abort())
    page.click("#other_options label:has-text('Bo Adeyemi')")
    until(page, "document.getElementById('saved').textContent.startsWith('No signal')")
    assert page.input_value("#noted").startswith("Ade (") and page.input_value("#id_opened") == "On the stairs"


def test_when_the_answer_is_lost_it_is_sent_again_and_kept_once(mill: "Village", open_page: Callable[..., Any]) -> None:
    page = open_page(f"/people/{mill.cleo_person.pk}/talk/", phone=True, account=mill.ana)
    begin(page)
    page.fill("#id_opened", "Said once")
    page.click(".steps button[data-step=task]")
    lost: list[int] = []

    def lose(route: Any) -> None:
        lost.append(route.fetch().status)
        route.abort()

    page.route("**/keep/", lose, times=1)
    page.click(".thumb .keep")
    until(page, "document.getElementById('saved').textContent.includes('open this page again')")
    assert lost == [200] and Conversation.objects.count() == 1
    page.click(".thumb .keep")
    page.wait_for_url("**/conversations/*-*/")
    assert "Kept." in page.inner_text("body")
    assert Conversation.objects.count() == 1 and page.evaluate(HELD) == 0


def test_what_is_missing_is_said_where_one_looks_and_leads_to_its_field(
    mill: "Village", open_page: Callable[..., Any], no_barriers: Callable[[Any], None]
) -> None:
    page = open_page(f"/people/{mill.cleo_person.pk}/talk/", phone=True, account=mill.ana)
    begin(page)
    page.click(".steps button[data-step=ask]")
    page.click("label:has-text('Yes, alone')")
    page.click(".steps button[data-step=task]")
    page.fill("#id_hers", "Introduce me to Bo")
    page.click(".thumb .keep")
    page.wait_for_selector("#mend")
    assert page.evaluate("document.activeElement.id") == "mend"
    no_barriers(page)
    page.click("#mend a:has-text('By when')")
    assert page.evaluate("document.activeElement.id") == "id_hers_due" and page.is_visible("#id_hers_due")
    page.click("#mend a:has-text('in your words')")
    page.fill("#id_asked_for", "Wear the button")
    page.click(".steps button[data-step=task]")
    page.fill("#id_hers_due", "2099-01-01")
    page.click(".thumb .keep")
    page.wait_for_url("**/conversations/*-*/")
    assert "Kept." in page.inner_text("body")


def test_leaving_takes_what_waits_on_the_phone_along(mill: "Village", open_page: Callable[..., Any]) -> None:
    page = open_page(f"/people/{mill.cleo_person.pk}/talk/", phone=True, account=mill.ana)
    begin(page)
    page.context.set_offline(True)
    page.fill("#id_opened", "Secret")
    until(page, HELD)
    page.context.set_offline(False)
    page.click("header.top form:last-of-type button")
    page.wait_for_url("**/sign-in/**")
    assert page.evaluate(HELD) == 0


def test_leaving_from_a_page_that_seals_nothing_takes_it_along_too(
    mill: "Village", open_page: Callable[..., Any]
) -> None:
    page = open_page("/more/", phone=True, account=mill.ana)
    page.evaluate("localStorage.setItem('held:somewhere', '{}')")
    page.click("header.top form:last-of-type button")
    page.wait_for_url("**/sign-in/**")
    assert page.evaluate(HELD) == 0


def test_names_without_signal_are_noted_and_hold_the_keeping_up_until_somebody_says_who_they_are(
    mill: "Village", open_page: Callable[..., Any]
) -> None:
    page = open_page(f"/people/{mill.cleo_person.pk}/talk/", phone=True, account=mill.ana)
    begin(page)
    page.context.set_offline(True)
    for name in ("Delia", "The singer from nights"):
        page.fill("#other_text", name)
        page.click("button[name=add][value=person]")
    page.context.set_offline(False)
    noted = page.input_value("#noted").splitlines()
    assert [line.partition(" (")[0] for line in noted] == ["Delia", "The singer from nights"]
    page.click(".steps button[data-step=task]")
    page.click(".thumb .keep")
    page.wait_for_selector("text=typed but not added yet")
    assert len(page.input_value("#noted").splitlines()) == 2 and not Conversation.objects.exists()
    page.fill("#noted", "")
    page.click(".thumb .keep")
    page.wait_for_url("**/conversations/*-*/")
    assert Conversation.objects.count() == 1


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("phone", [True, False])
def test_the_steps_have_no_barriers(
    mill: "Village", open_page: Callable[..., Any], no_barriers: Callable[[Any], None], phone: bool, language: str
) -> None:
    page = open_page(f"/people/{mill.cleo_person.pk}/talk/", phone=phone, account=mill.ana, language=language)
    no_barriers(page)
    page.click(".thumb .go")
    page.wait_for_selector("#draft")
    for step in ("open", "issues", "hope", "ask", "ready", "task"):
        page.click(f".steps button[data-step={step}]")
        no_barriers(page)


def test_without_scripts_every_step_works(mill: "Village", open_page: Callable[..., Any]) -> None:
    page = open_page(f"/people/{mill.cleo_person.pk}/talk/", phone=True, account=mill.ana, javascript=False)
    begin(page)
    page.fill("#id_opened", "Without scripts")
    for _step in range(3):
        page.click(".thumb .on")
    page.fill("#id_asked_for", "Wear the button")
    page.click("label:has-text('Yes, alone')")
    page.click(".thumb .on")
    page.click(".thumb .on")
    page.click(".thumb .keep")
    page.wait_for_url("**/conversations/*-*/")
    row = Conversation.objects.get()
    assert (str(row.opened), row.answer) == ("Without scripts", "alone")
