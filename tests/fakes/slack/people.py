"""What a human does in Slack's own clients, for tests: type, edit, delete, press, fill in, drop a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fakes.slack import events
from tests.fakes.slack.block_rules import message_errors
from tests.fakes.slack.delivery import Delivery
from tests.fakes.slack.reading import buttons_of, readable, typed
from tests.fakes.slack.views import check_view, new_view, replace_view
from tests.fakes.slack.world import BOT, Conversation, Message, StoredFile, User, View

if TYPE_CHECKING:
    from tests.fakes.slack.server import FakeSlack

__all__ = ["Person"]


class Person:
    """Somebody with a Slack client in front of them. They can do what its interface offers, and no more."""

    def __init__(self, slack: FakeSlack, user: User) -> None:
        self.slack, self.user = slack, user
        self.id, self.name = user.id, user.name
        self.errors: list[str] = []  # what Slack itself told them: "operation_timeout" and the like

    # words

    async def dm(self, words: str, thread: Message | None = None) -> Message:
        """Type to the bot; returns when Slack has brought it to the app."""
        return await self._say(self.slack.world.dm_with(self.id), words, thread)

    async def say(self, channel: Conversation, words: str, thread: Message | None = None) -> Message:
        return await self._say(channel, words, thread)

    async def mention(self, channel: Conversation, words: str, thread: Message | None = None) -> Message:
        return await self._say(channel, f"<@{BOT}> {words}", thread)

    async def _say(self, where: Conversation, words: str, thread: Message | None, **more: Any) -> Message:
        assert self.id in where.members, f"{self.name} is not in {where.name}"
        payload = {
            "user": self.id,
            "client_msg_id": self.slack.world.next_id("m"),
            **self._typed(words),
            **more,
        }
        if thread is not None:
            payload["thread_ts"] = thread.thread_ts or thread.ts
        before = len(self.slack.deliveries)
        message = self.slack.world.add_message(where, payload)
        self.slack.published(message)
        await self._brought(before)
        return message

    def _typed(self, words: str) -> dict[str, Any]:
        ids = {}
        for user in self.slack.world.users.values():
            ids |= {user.name: user.id, user.name.split(" ")[0]: user.id}
        text = typed(words, ids)
        section = {"type": "rich_text_section", "elements": [{"type": "text", "text": words or " "}]}
        return {"text": text, "blocks": [{"type": "rich_text", "block_id": "x", "elements": [section]}]}

    async def _brought(self, before: int) -> None:
        for delivery in self.slack.deliveries[before:]:
            await delivery.done.wait()

    async def edit(self, message: Message, words: str) -> None:
        assert message.payload["user"] == self.id
        earlier = dict(message.payload)
        message.payload |= self._typed(words) | {
            "edited": {"user": self.id, "ts": self.slack.world.next_ts()}
        }
        await self._changed(message, earlier)

    async def unfurl(self, message: Message) -> None:
        """Slack itself adds a preview of a link: also a message_changed, with the same words."""
        earlier = dict(message.payload)
        message.payload["attachments"] = [{"id": 1, "from_url": "https://example.org", "title": "Example"}]
        await self._changed(message, earlier)

    async def _changed(self, message: Message, earlier: dict[str, Any]) -> None:
        before = len(self.slack.deliveries)
        self.slack.changed(message, earlier)
        await self._brought(before)

    async def delete(self, message: Message) -> None:
        """A message with replies leaves a tombstone, which is an edit to the app."""
        assert message.payload["user"] == self.id
        earlier, before = dict(message.payload), len(self.slack.deliveries)
        if len(self.slack.world.thread(message)) > 1:
            message.payload |= {
                "subtype": "tombstone",
                "text": "This message was deleted.",
                "user": "USLACKBOT",
            }
            message.payload.pop("blocks", None)
            self.slack.changed(message, earlier)
        else:
            message.deleted = True
            self.slack.removed(message)
        await self._brought(before)

    async def drop_file(self, name: str, content: bytes, words: str = "") -> Message:
        world = self.slack.world
        dm = world.dm_with(self.id)
        stored = StoredFile(world.next_id("F"), name, content, self.id, {dm.id}, complete=True)
        world.files[stored.id] = stored
        return await self._say(dm, words, None, subtype="file_share", files=[stored.payload(self.slack.url)])

    # commands, buttons, forms

    async def command(self, name: str, words: str = "", channel: Conversation | None = None) -> Delivery:
        """A slash command. Slack itself knows only the app's; any other never leaves the client."""
        offered = {
            each["command"]: each for each in self.slack.manifest["features"].get("slash_commands", [])
        }
        assert name in offered, f"{name} is not a valid command"
        where = channel or self.slack.world.dm_with(self.id)
        text = self._typed(words)["text"] if offered[name].get("should_escape") else words
        delivery = await self._send("slash_commands", events.command(self.slack, self.id, where, name, text))
        if delivery.answer and (delivery.answer.get("text") or delivery.answer.get("blocks")):
            errors = message_errors(delivery.answer.get("blocks")) if delivery.answer.get("blocks") else []
            if errors:
                self.errors.append("invalid_command_response")
            else:
                self.slack.response_urls.post(self.id, where, delivery.answer)
        return delivery

    async def press(self, message: Message, button: str) -> Delivery:
        """Press the button with this label (or action id, or value) in a message that they can see."""
        assert message in list(self.slack.world.seen_by(self.id)), f"{self.name} cannot see that message"
        block, element = self._find(message.blocks, button)
        payload = events.block_actions(self.slack, self.id, block, element, message=message)
        return await self._send("interactive", payload)

    async def press_as_it_was(self, message: Message, blocks: list[dict[str, Any]], button: str) -> Delivery:
        """Press a button that an open client still shows although the message has changed since."""
        block, element = self._find(blocks, button)
        payload = events.block_actions(self.slack, self.id, block, element, message=message)
        return await self._send("interactive", payload)

    async def press_in(self, view: View, button: str) -> Delivery:
        block, element = self._find(view.payload["blocks"], button)
        return await self._send(
            "interactive", events.block_actions(self.slack, self.id, block, element, view=view)
        )

    def _find(self, blocks: list[dict[str, Any]], button: str) -> tuple[dict[str, Any], dict[str, Any]]:
        for block, element in buttons_of(blocks):
            names = {element.get("text", {}).get("text"), element["action_id"], element.get("value")}
            if button in names:
                return {"block_id": "unnamed", **block}, element
        there = [element.get("text", {}).get("text") for _, element in buttons_of(blocks)]
        raise AssertionError(f"no button {button!r}; there are {there}")

    async def shortcut(self, callback_id: str, message: Message) -> Delivery:
        """A message shortcut from the message's menu."""
        offered = {each["callback_id"] for each in self.slack.manifest["features"].get("shortcuts", [])}
        assert callback_id in offered, f"no shortcut {callback_id}"
        return await self._send(
            "interactive", events.message_action(self.slack, self.id, callback_id, message)
        )

    async def open_home(self) -> None:
        before = len(self.slack.deliveries)
        self.slack.opened_home(self.id)
        await self._brought(before)

    async def home(self, containing: str = "") -> View:
        """Their home tab, once it says this."""

        def look() -> View | None:
            view = self.slack.world.homes.get(self.id)
            return view if view and containing in readable(view.payload) else None

        return await self.slack.until(look, f"home tab with {containing!r} for {self.name}")

    async def modal(self) -> View:
        """The modal on top, once there is one."""

        def look() -> View | None:
            open_ones = [
                view for view in self.slack.world.views.values() if view.user == self.id and view.open
            ]
            modals = [view for view in open_ones if view.payload["type"] == "modal"]
            return modals[-1] if modals else None

        return await self.slack.until(look, f"modal for {self.name}")

    async def submit(self, view: View, values: dict[str, str]) -> Delivery:
        """Submit a modal. ``values``: label or block id -> what they typed or chose; the rest as it was prefilled."""
        assert view.open, "that modal is closed"
        delivery = await self._send(
            "interactive", events.view_submission(self.slack, view, _state(view, values))
        )
        if not delivery.acked:
            return delivery
        self._after_submit(view, delivery.answer or {})
        return delivery

    def _after_submit(self, view: View, answer: dict[str, Any]) -> None:
        match answer.get("response_action"):
            case "errors":
                known = {block.get("block_id") for block in view.payload["blocks"]}
                assert set(answer["errors"]) <= known, "errors for blocks that are not there"
                self.errors.extend(answer["errors"].values())
            case "update":
                replace_view(self.slack.world, view, check_view(answer["view"], "modal"))
            case "push":
                new_view(self.slack.world, self.id, check_view(answer["view"], "modal"), previous=view.id)
            case "clear":
                for each in self.slack.world.views.values():
                    each.open = each.open and each.user != self.id
            case _:
                view.open = False
        self.slack.stir()

    async def _send(self, kind: str, payload: dict[str, Any]) -> Delivery:
        delivery = self.slack.send(Delivery(kind, payload))
        await delivery.done.wait()
        if not delivery.acked:
            self.errors.append("operation_timeout")
        return delivery

    # what they see

    def reads(self, channel: Conversation | None = None) -> str:
        """All that they can read in a conversation, by default with the bot."""
        where = channel or self.slack.world.dm_with(self.id)
        return "\n".join(
            each.text for each in self.slack.world.seen_by(self.id) if each.conversation is where
        )


def _state(view: View, values: dict[str, str]) -> dict[str, Any]:
    """view.state.values as Slack sends it, for every input of the view."""
    state, wanted = {}, dict(values)
    for block in view.payload["blocks"]:
        if block["type"] != "input":
            continue
        given = wanted.pop(block["label"]["text"], wanted.pop(block.get("block_id", ""), None))
        element = block["element"]
        value = _value(element, given)
        filled = any(part for name, part in value.items() if name != "type")
        assert filled or block.get("optional"), f"Slack asks to fill in {block['label']['text']!r}"
        state[block["block_id"]] = {element["action_id"]: value}
    assert not wanted, f"the view has no input {sorted(wanted)}"
    return state


def _value(element: dict[str, Any], given: str | None) -> dict[str, Any]:
    kind = element["type"]
    if kind == "datepicker":
        return {
            "type": kind,
            "selected_date": element.get("initial_date") if given is None else given or None,
        }
    if kind in {"static_select", "radio_buttons"}:
        return {"type": kind, "selected_option": _option(element, given)}
    value = element.get("initial_value") if given is None else given
    assert len(value or "") <= element.get("max_length", 3000), "Slack stops them typing there"
    return {"type": kind, "value": value or None}


def _option(element: dict[str, Any], given: str | None) -> dict[str, Any] | None:
    if given is None:
        return element.get("initial_option")
    for option in element["options"]:
        if given in {option["text"]["text"], option["value"]}:
            return dict(option)
    raise AssertionError(f"no option {given!r}")
