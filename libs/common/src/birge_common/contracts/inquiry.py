"""Inquiries to the information centre: received, and brought to a result."""

from birge_common.contracts.base import Code, Contract, FreeText, Identifier
from birge_common.contracts.primitives import CountryCode, PlainDay, RegionOrCountry, ShortText


class InquiryReceivedV1(Contract):
    """Somebody asked the information centre."""

    inquiry_id: Identifier
    """The centre's identifier; the event's subject."""
    received_on: PlainDay
    """The day it came in."""
    gender: Code | None = None
    """Of the person who asked: `men` or `women`, as in the census."""
    channel: ShortText
    """How it came in, such as phone or messenger."""
    content: FreeText
    """What was asked; no personal numbers."""
    region: RegionOrCountry | None = None
    """Where the person lives."""
    country: CountryCode | None = None
    """Where the person lives abroad, ISO 3166-1 alpha-2."""
    related: bool
    """Whether it was about volunteering."""


class InquiryResolvedV1(Contract):
    """An inquiry was brought to a result."""

    inquiry_id: Identifier
    """The centre's identifier; the event's subject."""
    resolved_on: PlainDay
    """The day of the result."""
    outcome: FreeText
    """The result; no personal numbers."""
