"""Evidence files go with a nomination, sealed, and are opened by those who read it alone."""

from datetime import timedelta

import httpx
import pytest

from birge_awards.domain.nominees.candidacy import Admit
from birge_awards.domain.nominees.evidence import FILE_BYTES_MAX
from birge_awards.handlers.form_submissions import SOURCE, TYPING_FOR
from birge_awards.handlers.nominations import candidacy_id
from birge_awards.pages.public.nominate_pages import BASE, COOKIE
from birge_awards.ports import EVERYWHERE
from birge_common.access.people import Role
from tests.support.awards_api import ApiHouse, of, person
from tests.support.awards_house import MANAGER, House
from tests.unit.awards.nominees.test_evidence import PDF, PNG
from tests.unit.awards.pages.test_nominate_pages import Visitor, link_in, token_in

NOMINEE = candidacy_id(SOURCE, "given-with-the-draft")
PAGE = f"{BASE}/files"


@pytest.fixture
async def visitor() -> Visitor:
    visitor = Visitor(ApiHouse(House()))
    await visitor.api.house.opens_nominations()
    visitor.api.knows(
        person("region", of(Role.REGIONAL_MANAGER, "KZ-11")),
        person("elsewhere", of(Role.REGIONAL_MANAGER, "KZ-71")),
        person("juror", of(Role.JUROR)),
    )
    await visitor.fills_in()
    return visitor


async def adds(visitor: Visitor, name: str, body: bytes) -> httpx.Response:
    token = token_in((await visitor.opens("/files")).text)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(visitor.api.app, raise_app_exceptions=False),
        base_url="http://localhost",
        headers={"Accept": "text/html", "Accept-Language": "en"},
        cookies=visitor.cookies,
    ) as client:
        files = {"file": (name, body)}
        return await client.post(f"{PAGE}/add", data={"form_token": token}, files=files)


async def confirmed(visitor: Visitor) -> str:
    """The nomination is in; gives the id of its one file."""
    sent = await visitor.sends()
    assert sent.headers["location"] == f"{BASE}/sent", sent.text
    await visitor.confirms(link_in(visitor.api))
    (file,) = visitor.api.evidence_files.files
    return file


async def test_a_file_is_added_and_shown_by_its_name(visitor: Visitor) -> None:
    added = await adds(visitor, "../хат.pdf", PDF)
    assert (added.status_code, added.headers["location"]) == (303, PAGE)
    page = (await visitor.opens("/files")).text
    assert "хат.pdf" in page
    assert "хат.pdf" in (await visitor.opens("/check")).text


async def test_what_is_kept_is_sealed(visitor: Visitor) -> None:
    await adds(visitor, "letter.pdf", PDF)
    (kept,) = visitor.api.evidence_files.files.values()
    assert b"PDF" not in kept.sealed
    (draft,) = visitor.api.drafts.drafts.values()
    assert "evidence" not in str(draft)


@pytest.mark.parametrize(
    ("name", "body", "told"),
    [
        ("letter.pdf", b"MZ" + PDF, "Give a whole PDF, JPEG or PNG file"),
        ("photo.png", PDF, "Give a whole PDF, JPEG or PNG file"),
        ("large.pdf", PDF + b"\0" * FILE_BYTES_MAX, "at most 10 MB"),
    ],
)
async def test_f8_what_is_something_else_or_too_large_is_told(
    visitor: Visitor, name: str, body: bytes, told: str
) -> None:
    refused = await adds(visitor, name, body)
    assert refused.status_code == 422
    assert told in refused.text
    assert visitor.api.evidence_files.files == {}


async def test_what_is_far_too_large_is_not_read_to_its_end(visitor: Visitor) -> None:
    assert (await adds(visitor, "a.pdf", b"%PDF-" + b"0" * 2 * FILE_BYTES_MAX)).status_code == 413


async def test_five_files_are_the_most(visitor: Visitor) -> None:
    for number in range(5):
        assert (await adds(visitor, f"{number}.png", PNG)).status_code == 303
    sixth = await adds(visitor, "6.png", PNG)
    assert (sixth.status_code, "five files are the most" in sixth.text) == (422, True)


async def test_a_file_is_taken_away_again(visitor: Visitor) -> None:
    await adds(visitor, "letter.pdf", PDF)
    (file,) = visitor.api.evidence_files.files
    await visitor.answers("/files", file=file)  # The page itself has no such field.
    assert list(visitor.api.evidence_files.files) == [file]
    token = token_in((await visitor.opens("/files")).text)
    removed = await visitor.asks("POST", f"{PAGE}/remove", {"form_token": token, "file": file})
    assert removed.status_code == 303
    assert visitor.api.evidence_files.files == {}
    assert "letter.pdf" not in (await visitor.opens("/files")).text


async def test_another_site_adds_nothing(visitor: Visitor) -> None:
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(visitor.api.app), base_url="http://localhost"
    ) as client:
        client.cookies.set(COOKIE, visitor.cookies[COOKIE])
        added = await client.post(f"{PAGE}/add", files={"file": ("letter.pdf", PDF)})
    assert added.status_code == 403
    assert visitor.api.evidence_files.files == {}


async def test_the_regions_manager_saves_it_and_nobody_else_learns_of_it(visitor: Visitor) -> None:
    await adds(visitor, "хат.pdf", PDF)
    file = await confirmed(visitor)
    address = f"/awards/nominations/{NOMINEE}/evidence/{file}"
    page = (await visitor.api.opens("region", f"/awards/nominations/{NOMINEE}")).text
    assert f'href="{address}"' in page
    assert "#" not in page.split("Evidence")[1].split("</ul>")[0]
    saved = await visitor.api.opens("region", address)
    assert (saved.status_code, saved.content) == (200, PDF)
    assert saved.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8")
    assert saved.headers["X-Content-Type-Options"] == "nosniff"
    assert saved.headers["Content-Type"] == "application/pdf"
    for who in ("elsewhere", "juror"):
        other = await visitor.api.opens(who, address)
        never = await visitor.api.opens(who, address.replace(file, "0" * 32))
        assert other.status_code == never.status_code
        assert other.status_code in (403, 404)
    assert (await visitor.api.opens("region", f"{address[:-1]}x")).status_code == 404


async def test_a_file_stays_for_good_once_the_nomination_is_confirmed(visitor: Visitor) -> None:
    await adds(visitor, "letter.pdf", PDF)
    file = await confirmed(visitor)
    visitor.api.house.clock.advance(timedelta(days=400))
    assert visitor.api.evidence_files.files[file].expires_at is None


async def test_what_is_never_sent_expires_with_its_draft(visitor: Visitor) -> None:
    await adds(visitor, "letter.pdf", PDF)
    (file,) = visitor.api.evidence_files.files
    visitor.api.house.clock.advance(TYPING_FOR + timedelta(seconds=1))
    now = visitor.api.house.clock.now()
    assert await visitor.api.evidence_files.file(file, now) is None


async def test_erasing_the_person_makes_the_file_unreadable(visitor: Visitor) -> None:
    await adds(visitor, "letter.pdf", PDF)
    file = await confirmed(visitor)
    house = visitor.api.house
    await house.nominations.does(NOMINEE, Admit(), MANAGER)
    await house.nominations.erase(NOMINEE, "on request", MANAGER)
    gone = await visitor.api.opens("region", f"/awards/nominations/{NOMINEE}/evidence/{file}")
    assert gone.status_code == 404
    held = await house.store.candidacy(NOMINEE, EVERYWHERE)
    assert held is not None
    assert held.value.personal is None


async def test_somebody_elses_file_is_not_opened_by_typing_its_address(visitor: Visitor) -> None:
    """A link may be typed as anything, also as the address of another nomination's file."""
    await adds(visitor, "letter.pdf", PDF)
    (file,) = visitor.api.evidence_files.files
    forged = f"http://x/awards/evidence/{file}/letter.pdf#{'A' * 43}"
    other = await visitor.api.house.receives(7, evidence=[{"kind": "link", "url": forged}])
    answer = await visitor.api.opens("region", f"/awards/nominations/{other}/evidence/{file}")
    assert answer.status_code == 404
