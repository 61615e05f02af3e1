"""The pages of signing in, of invitations, and of one's own account, for every service."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from birge_common.access.access import Access, SlowDown
from birge_common.access.account import AccessRefused
from birge_common.access.api import BODY_BYTES_MAX, client_address
from birge_common.access.cookie import give_session, session_token, take_session
from birge_common.access.people import Person
from birge_common.access.requirements import local_address, signed_in, stepped_up
from birge_common.access.second_factor import address_for_devices, as_text, picture_of
from birge_common.access.words import Words
from birge_common.web.pages.catalogues import N_
from birge_common.web.pages.languages import language_of
from birge_common.web.pages.rendering import Pages

HERE = Path(__file__).parent
TEMPLATES, CATALOGUES = HERE / "templates", HERE / "locale"
SignedIn = Annotated[Person, Depends(signed_in())]
SteppedUp = Annotated[Person, Depends(stepped_up())]
REFUSALS = {
    "code": N_("This is not the code of the device, or it was used; wait for the next one."),
    "forbidden": N_("You may not do this."),
    "four_eyes": N_("Another administrator has to confirm it, and nobody confirms for himself."),
    "last_administrator": N_("Somebody must be left to let others in."),
    "login": N_("Choose another login: 3 to 100 characters without spaces, which nobody has yet."),
    "name": N_("Give the name of the person."),
    "no_invitation": N_("This link was used or has expired. Ask for a new one."),
    "no_proposal": N_("Nothing was proposed for this person."),
    "other_proposal": N_("Other roles were proposed meanwhile. Read them before you confirm."),
    "nobody": N_("There is no such account."),
    "guessable": N_(
        "This password is guessed soon: names, rows of keys, repetitions, years and numbers count "
        "little. Take four or more words that have nothing to do with you or this service."
    ),
    "old_password": N_("This is not the password that you have now."),
    "password": N_("Choose a password of 12 to 200 characters."),
    "revoked": N_("This account is closed."),
    "role_regions": N_(
        "Where a role is for some regions, choose them; where it is not, choose none."
    ),
    "roles": N_("Choose at least one role."),
    "same_roles": N_("These are the roles that this person has already."),
    "sign_in": N_("Login, password or code is wrong."),
}
_FIELDS_MAX, _FIELD_BYTES_MAX = 40, 4_096
SLOW_DOWN = N_("Too many failures. Wait a few minutes, then try again.")


def access_pages(access: Access, pages: Pages) -> APIRouter:
    """`/sign-in`, `/step-up`, `/sign-out`, `/invitations/{token}` and `/account`."""
    router = APIRouter(
        default_response_class=HTMLResponse, include_in_schema=False, max_body_size=BODY_BYTES_MAX
    )
    shown = Shown(access, pages)
    _add_sign_in(router, shown)
    _add_step_up(router, shown)
    _add_invitation(router, shown)
    _add_account(router, shown)
    return router


class Shown:
    """Pages with what is behind them."""

    def __init__(self, access: Access, pages: Pages) -> None:
        self.access = access
        self.pages = pages

    def page(
        self, request: Request, template: str, error: Exception | None, /, **view: object
    ) -> HTMLResponse:
        """The page; a refusal stands on top in the reader's language."""
        said, status, headers = "", 200, {"Cache-Control": "no-store"}
        _ = self.pages.text_in(language_of(request))
        if isinstance(error, AccessRefused):
            said, status = _(REFUSALS[error.code]), 422
        elif isinstance(error, SlowDown):
            said, status = _(SLOW_DOWN), 429
            headers["Retry-After"] = str(error.seconds)
        errors = {"form": said} if said else {}
        return self.pages.render(request, template, status, headers, errors=errors, **view)

    def words(self, request: Request) -> Words:
        """Roles and changes in the reader's language."""
        language = language_of(request)
        return Words(language, self.pages.text_in(language))

    def held(self, request: Request) -> str:
        """The token that the browser holds."""
        return session_token(request, is_secure=self.access.is_secure) or ""

    def opened(self, token: str, leads_to: str) -> Response:
        """Lead on with a new session."""
        response = RedirectResponse(leads_to, 303)
        give_session(response, token, is_secure=self.access.is_secure)
        return response


async def typed_in(request: Request) -> Mapping[str, str]:
    """What the form says: a few short fields, since strangers send it as well."""
    form = await request.form(max_files=0, max_fields=_FIELDS_MAX, max_part_size=_FIELD_BYTES_MAX)
    return {name: value for name, value in form.items() if isinstance(value, str)}


def _add_sign_in(router: APIRouter, shown: Shown) -> None:
    @router.get("/sign-in")
    async def show(request: Request) -> Response:
        return shown.page(request, "access/sign_in.html", None, login="")

    @router.post("/sign-in")
    async def sign_in(request: Request) -> Response:
        typed = await typed_in(request)
        login = typed.get("login", "")
        try:
            token = await shown.access.sign_in(
                login,
                typed.get("password", ""),
                typed.get("code", ""),
                address=client_address(request),
                held=shown.held(request),
            )
        except (AccessRefused, SlowDown) as error:
            return shown.page(request, "access/sign_in.html", error, login=login)
        return shown.opened(token, _next(request))

    @router.post("/sign-out")
    async def sign_out(request: Request, person: SignedIn) -> Response:
        await shown.access.sign_out(shown.held(request))
        response = RedirectResponse("/sign-in", 303)
        take_session(response, is_secure=shown.access.is_secure)
        return response

    @router.get("/sign-out")
    async def stay() -> Response:
        """Where signing in again leads who was signed out while signing out; only POST does it."""
        return RedirectResponse("/account", 303)


def _add_step_up(router: APIRouter, shown: Shown) -> None:
    @router.get("/step-up")
    async def show(request: Request, person: SignedIn) -> Response:
        return shown.page(request, "access/step_up.html", None)

    @router.post("/step-up")
    async def step_up(request: Request, person: SignedIn) -> Response:
        try:
            code = (await typed_in(request)).get("code", "")
            token = await shown.access.step_up(shown.held(request), code)
        except (AccessRefused, SlowDown) as error:
            return shown.page(request, "access/step_up.html", error)
        return shown.opened(token, _next(request))


def _add_invitation(router: APIRouter, shown: Shown) -> None:
    async def page(
        request: Request, token: str, error: Exception | None, login: str
    ) -> HTMLResponse:
        account, secret = await shown.access.invited(token)
        address = address_for_devices(secret, account.name)
        return shown.page(
            request,
            "access/invitation.html",
            error,
            name=account.name,
            roles=shown.words(request).roles(account.roles),
            picture=picture_of(address),
            secret=as_text(secret),
            login=login,
        )

    @router.get("/invitations/{token}")
    async def show(request: Request, token: str) -> Response:
        try:
            return await page(request, token, None, "")
        except AccessRefused as refused:
            return shown.page(request, "access/no_invitation.html", refused)

    @router.post("/invitations/{token}")
    async def accept(request: Request, token: str) -> Response:
        typed = await typed_in(request)
        login = typed.get("login", "")
        try:
            codes = await shown.access.accept(
                token, login, typed.get("password", ""), typed.get("code", "")
            )
        except AccessRefused as refused:
            if refused.code == "no_invitation":
                return shown.page(request, "access/no_invitation.html", refused)
            return await page(request, token, refused, login)
        return shown.page(request, "access/recovery_codes.html", None, codes=codes, is_new=True)


def _add_account(router: APIRouter, shown: Shown) -> None:
    @router.get("/account")
    async def account(request: Request, person: SignedIn) -> Response:
        roles = shown.words(request).roles(person.roles)
        sessions = await shown.access.sessions(person.id)
        return shown.page(
            request, "access/account.html", None, name=person.name, roles=roles, sessions=sessions
        )

    @router.post("/account/other-sessions")
    async def end_others(request: Request, person: SignedIn) -> Response:
        await shown.access.end_others(shown.held(request), person.id)
        return RedirectResponse("/account", 303)

    @router.get("/account/password")
    async def ask_password(request: Request, person: SteppedUp) -> Response:
        return shown.page(request, "access/new_password.html", None)

    @router.post("/account/password")
    async def change_password(request: Request, person: SteppedUp) -> Response:
        typed = await typed_in(request)
        old, new = typed.get("old", ""), typed.get("password", "")
        try:
            await shown.access.change_password(shown.held(request), person.id, old, new)
        except (AccessRefused, SlowDown) as error:
            return shown.page(request, "access/new_password.html", error)
        return RedirectResponse("/account", 303)

    @router.get("/account/recovery-codes")
    async def ask(request: Request, person: SteppedUp) -> Response:
        return shown.page(request, "access/new_recovery_codes.html", None)

    @router.post("/account/recovery-codes")
    async def renew(request: Request, person: SteppedUp) -> Response:
        codes = await shown.access.renew_recovery(person.id)
        return shown.page(request, "access/recovery_codes.html", None, codes=codes, is_new=False)


def _next(request: Request) -> str:
    return local_address(request.query_params.get("next", "/"))
