"""The public form: pages that anybody may fill in, and the link that makes a nomination of it."""

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.datastructures import UploadFile

from birge_awards.api.failures import status_of
from birge_awards.domain.acting import Refused
from birge_awards.domain.nominees.evidence import FILE_BYTES_MAX, attached
from birge_awards.form_ports import Letter, Mail
from birge_awards.handlers.form_submissions import FILES, TYPING_FOR, FormSubmissions
from birge_awards.pages.fields import Typed, typed_in
from birge_awards.pages.public.nominate_answers import (
    answers,
    errors_of,
    next_step,
    nomination_from,
)
from birge_awards.pages.public.nominate_steps import STEPS, Asking, Step, steps_of
from birge_awards.pages.refusals import refusal_text
from birge_awards.pages.shell import Shell, Words
from birge_common.access.api import client_address
from birge_common.access.stores.failures_memory import MemoryFailures
from birge_common.access.throttle import ONE_ADDRESS, Throttle
from birge_common.web.pages.catalogues import N_
from birge_common.web.pages.views import Row
from birge_common.web.problems import Problem

BASE = "/awards/nominate"
COOKIE = "birge_nomination"
TRAP = "website"
"""A field that people never see; who fills it in is a program."""
_BODY_BYTES_MAX = 65_536
_UNCONFIRMED = N_("The letter could not be sent. Nothing is lost; try again in a few minutes.")


@dataclass(frozen=True)
class PublicForm:
    """What the form is made with; `address` is where the letter's link leads."""

    shell: Shell
    submissions: FormSubmissions
    mail: Mail
    address: str
    throttle: Throttle = field(default_factory=lambda: Throttle(MemoryFailures()))

    async def asking(self, request: Request, typed: Typed) -> Asking:
        """The reader, and the cycles that take nominations now."""
        cycles = [one.value for one in await self.shell.desk.cycles.store.cycles()]
        now = self.submissions.nominations.clock.now()
        is_open = [one for one in cycles if one.takes_nominations(now)]
        return Asking(self.shell.words(request), is_open, typed, now.year)

    def page(
        self, request: Request, template: str, status: int = 200, /, **view: object
    ) -> Response:
        """A page of this browser's form, with its cookie and the token that belongs to it."""
        token = request.cookies.get(COOKIE) or secrets.token_urlsafe(32)
        view["form_token"] = self.form_token(token)
        response = self.shell.show(request, f"public/{template}", status, **view)
        response.headers["Cache-Control"] = "no-store"
        # What was typed stays on the server: four thousand Kazakh letters fit into no cookie,
        # and a draft there can be forgotten for certain.
        response.set_cookie(
            COOKIE,
            token,
            max_age=int(TYPING_FOR.total_seconds()),
            path=BASE,
            secure=self.address.startswith("https://"),
            httponly=True,
            samesite="lax",
        )
        return response

    def form_token(self, token: str) -> str:
        """What a form of this browser carries, and no other site's page knows."""
        return self.submissions.nominations.vault.digest("form", token)

    def browser_of(self, request: Request, typed: Typed) -> str:
        """The browser's own token, where the form comes from it and from a person."""
        token = request.cookies.get(COOKIE, "")
        given = typed.get("form_token", "").encode()
        if not token or not hmac.compare_digest(given, self.form_token(token).encode()):
            raise Problem(403, "csrf", "Open the form here and fill it in again.")
        if typed.get(TRAP):
            raise Problem(422, "form_refused", "Leave the field that is not shown empty.")
        return token

    async def slow_down(self, request: Request) -> None:
        """Let one address begin and send a few, then make it wait. Raises Problem."""
        now = self.submissions.nominations.clock.now()
        wait = await self.throttle.attempt({client_address(request): ONE_ADDRESS}, now)
        if wait:
            seconds = str(int(wait.total_seconds()) + 1)
            raise Problem(
                429, "slow_down", "Wait a little, then go on.", headers={"Retry-After": seconds}
            )


def nominate_pages(form: PublicForm) -> APIRouter:
    """`/awards/nominate` and what follows from it."""
    router = APIRouter(
        default_response_class=HTMLResponse,
        include_in_schema=False,
        max_body_size=_BODY_BYTES_MAX,
    )
    _add_sending(router, form)
    _add_confirming(router, form)
    _add_steps(router, form)
    _add_files(router, form)
    return router


def _add_steps(router: APIRouter, form: PublicForm) -> None:
    @router.get(BASE)
    async def start(request: Request) -> Response:
        asking = await form.asking(request, {})
        return form.page(request, "nominate_start.html", is_open=bool(asking.cycles))

    @router.get(BASE + "/{step}")
    async def ask(request: Request, step: str) -> Response:
        asking = await form.asking(
            request, await form.submissions.typed(request.cookies.get(COOKIE, ""))
        )
        found = _step(step, asking)
        if not asking.typed and found is not STEPS[0]:
            return RedirectResponse(BASE, 303)
        return _step_page(form, request, found, asking, {})

    @router.post(BASE + "/{step}")
    async def answer(request: Request, step: str) -> Response:
        sent = await typed_in(request)
        token = form.browser_of(request, sent)
        typed = await form.submissions.typed(token)
        before = await form.asking(request, typed)
        found = _step(step, before)
        if not typed:
            if found is not STEPS[0]:
                return RedirectResponse(BASE, 303)
            await form.slow_down(request)
            typed = {"nomination_id": secrets.token_hex(16)}
        typed = {**typed, **answers(found, before, sent), f"done.{found.name}": "yes"}
        asking = await form.asking(request, typed)
        now = form.submissions.nominations.clock.now()
        errors = errors_of(found, asking, now)
        if errors:
            return _step_page(form, request, found, asking, errors)
        await form.submissions.save(token, typed)
        following = next_step(asking, now)
        return RedirectResponse(f"{BASE}/{following.name if following else 'check'}", 303)


def _add_files(router: APIRouter, form: PublicForm) -> None:
    evidence = form.submissions.evidence

    async def changed(
        request: Request, token: str, typed: Typed, files: list[str]
    ) -> RedirectResponse:
        await form.submissions.save(token, {**typed, FILES: "\n".join(files)})
        return RedirectResponse(f"{BASE}/{FILES}", 303)

    @router.post(f"{BASE}/{FILES}/add", max_body_size=FILE_BYTES_MAX + _BODY_BYTES_MAX)
    async def add(request: Request) -> Response:
        sent = await request.form(max_files=1, max_fields=5)
        texts = {name: value for name, value in sent.items() if isinstance(value, str)}
        token = form.browser_of(request, texts)
        typed = await form.submissions.typed(token)
        if not typed:
            return RedirectResponse(BASE, 303)
        file, held = sent.get("file"), typed.get(FILES, "").split()
        try:
            if not isinstance(file, UploadFile) or not file.filename:
                raise Refused("no_file_chosen", "Choose a file first.")
            body = await file.read(FILE_BYTES_MAX + 1)
            address = await evidence.attach(file.filename, body, held, TYPING_FOR)
        except Refused as refused:
            asking = await form.asking(request, typed)
            errors = {"file": refusal_text(refused.code)}
            return _step_page(form, request, _step(FILES, asking), asking, errors)
        return await changed(request, token, typed, [*held, address])

    @router.post(f"{BASE}/{FILES}/remove")
    async def remove(request: Request) -> Response:
        sent = await typed_in(request)
        token = form.browser_of(request, sent)
        typed = await form.submissions.typed(token)
        held = typed.get(FILES, "").split()
        gone = [one for one in attached(held) if one.id == sent.get("file")]
        for one in gone:
            await evidence.store.drop(one.id)
        addresses = {one.address(evidence.site) for one in gone}
        return await changed(request, token, typed, [one for one in held if one not in addresses])


def _step(name: str, asking: Asking) -> Step:
    found = next((one for one in steps_of(asking) if one.name == name), None)
    if found is None:
        raise Problem(404, "no_step", "The form has no such page.")
    return found


def _step_page(
    form: PublicForm, request: Request, step: Step, asking: Asking, errors: Mapping[str, str]
) -> Response:
    _ = asking._
    return form.page(
        request,
        "nominate_files.html" if step.name == FILES else "nominate_step.html",
        422 if errors else 200,
        files=attached(asking.typed.get(FILES, "").split()),
        step=step.name,
        title=_(step.title),
        questions=step.questions(asking),
        typed=asking.typed,
        errors={name: _(text) for name, text in errors.items()},
    )


def _add_sending(router: APIRouter, form: PublicForm) -> None:
    @router.get(BASE + "/check")
    async def check(request: Request) -> Response:
        typed = await form.submissions.typed(request.cookies.get(COOKIE, ""))
        return await _check_page(form, request, typed, {})

    @router.post(BASE + "/check")
    async def send(request: Request) -> Response:
        token = form.browser_of(request, await typed_in(request))
        typed = await form.submissions.typed(token)
        asking = await form.asking(request, typed)
        if next_step(asking, form.submissions.nominations.clock.now()):
            return await _check_page(form, request, typed, {})
        await form.slow_down(request)
        try:
            data = nomination_from(asking)
            confirming = await form.submissions.send(token, data)
            await form.mail.send(_letter(asking._, data.nominator.contact, form, confirming))
        except Refused as refused:
            return await _check_page(form, request, typed, {"send": refused})
        except OSError:
            raise Problem(503, "mail_away", _UNCONFIRMED, headers={"Retry-After": "60"}) from None
        await form.submissions.sent(token)
        return RedirectResponse(f"{BASE}/sent", 303)

    @router.get(BASE + "/sent")
    async def sent(request: Request) -> Response:
        return form.page(request, "nominate_sent.html")


async def _check_page(
    form: PublicForm, request: Request, typed: Typed, errors: Mapping[str, Refused]
) -> Response:
    asking = await form.asking(request, typed)
    missing = next_step(asking, form.submissions.nominations.clock.now())
    if missing:
        return RedirectResponse(f"{BASE}/{missing.name}" if typed else BASE, 303)
    status = max((status_of(one) for one in errors.values()), default=200)
    _ = asking._
    said = {name: _(refusal_text(one.code)) for name, one in errors.items()}
    return form.page(request, "nominate_check.html", status, rows=_rows(asking), errors=said)


def _rows(asking: Asking) -> list[Row]:
    _ = asking._
    rows = []
    for step in steps_of(asking):
        for one in step.questions(asking):
            value = asking.typed.get(one.name, "")
            named = {option.value: option.label for option in one.options}
            if one.kind == "consent":
                value = _("yes") if value else _("no")
            said = named.get(value, value) or _("Not provided")
            rows.append(Row(one.label, said, f"{BASE}/{step.name}"))
        if step.name == FILES:
            names = [one.name for one in attached(asking.typed.get(FILES, "").split())]
            said = ", ".join(names) or _("Not provided")
            rows.append(Row(_(step.title), said, f"{BASE}/{step.name}"))
    return rows


def _letter(_: Words, to: str, form: PublicForm, token: str) -> Letter:
    link = f"{form.address}{BASE}/confirmations/{token}?language={_.language}"
    text = _(
        "Somebody has filled in a nomination for a volunteer award and gave this address. If it "
        "was you, open this link within seven days and confirm; if not, do nothing."
    )
    return Letter(to, _("Confirm your nomination"), f"{text}\n\n{link}\n")


def _add_confirming(router: APIRouter, form: PublicForm) -> None:
    # Opening the link changes nothing: programs that look through letters open links too.
    @router.get(BASE + "/confirmations/{token}")
    async def opened(request: Request, token: str) -> Response:
        is_waiting = await form.submissions.is_waiting(token)
        return form.page(request, "nominate_confirm.html", is_waiting=is_waiting, token=token)

    @router.post(BASE + "/confirmations/{token}")
    async def confirm(request: Request, token: str) -> Response:
        form.browser_of(request, await typed_in(request))
        await form.submissions.confirm(token)
        return RedirectResponse(f"{BASE}/confirmations/{token}", 303)
