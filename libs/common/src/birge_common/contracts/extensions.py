"""What CloudEvents calls extension attributes: any sender's own small facts about an event."""

from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler
from pydantic_core import core_schema as cs

from birge_common.contracts.constraints import Shaped
from birge_common.contracts.primitives import WITHOUT_CONTROLS


class SmallValue:
    """A boolean, a 32-bit integer, a text of at most 1,024 characters or null.

    One error stands for all alternatives, so that its place is the attribute itself.
    """

    def __get_pydantic_core_schema__(self, _: Any, __: GetCoreSchemaHandler) -> cs.CoreSchema:
        choices: list[cs.CoreSchema | tuple[cs.CoreSchema, str]] = [
            cs.bool_schema(strict=True),
            cs.int_schema(strict=True, ge=-(2**31), le=2**31 - 1),
            cs.str_schema(strict=True, max_length=1_024, pattern=WITHOUT_CONTROLS),
        ]
        return cs.custom_error_schema(
            cs.nullable_schema(cs.union_schema(choices)),
            custom_error_type="range",
            custom_error_message="Input should be a boolean, a 32-bit integer or a short text",
        )


EXTENSION_NAME_PATTERN = "^[a-z0-9]{1,20}$"
ExtensionName = Annotated[
    str,
    Shaped(EXTENSION_NAME_PATTERN, "unknown_field", "Names are lower-case letters and digits"),
]
ExtensionValue = Annotated[bool | int | str | None, SmallValue()]
