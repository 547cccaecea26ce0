"""What a human does in Teams' own clients, for tests: type, mention, edit, delete, press, fill in, drop a file."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from tests.fakes.teams.card_rules import CARD, activity_errors
from tests.fakes.teams.connector import CONSENT
from tests.fakes.teams.reading import buttons_of, inputs_of, readable
from tests.fakes.teams.world import BOT_ID, Conversation, Message, User

if TYPE_CHECKING:
    from tests.fakes.teams.server import Delivery, FakeTeams

__all__ = ["Person"]

DOWNLOAD = "application/vnd.microsoft.teams.file.download.info"
ANSWERS = {"application/vnd.microsoft.card.adaptive", "application/vnd.microsoft.activity.message"}


class Person:
    """Somebody with a Teams client in front of them. They can do what its interface offers, and no more."""

    def __init__(self, teams: FakeTeams, user: User) -> None:
        self.teams, self.user = teams, user
        self.id, self.name = user.id, user.name
        self.told: list[str] = []  # what Teams showed them above a card: the bot's word, or an error

    @property
    def chat(self) -> Conversation:
        """Their own chat with the bot."""
        chat = self.teams.world.personal(self.id)
        assert chat is not None, f"{self.name} has no chat with the bot"
        return chat

    # words

    async def say(self, words: str) -> Message:
        """Type to the bot in their own chat; returns when the bot has taken it in."""
        return await self._say(self.chat, words, [], None)

    async def write(self, where: Conversation, words: str) -> Message:
        """Words in a channel that do not mention the bot: it is not told."""
        assert self.id in where.members
        message = Message(where, self.teams.world.next_id(), {"text": words}, self.id)
        self.teams.world.messages.append(message)
        return message

    async def mention(self, where: Conversation, words: str, thread: Message | None = None) -> Message:
        """``@Assurebot words`` in a channel or group chat; “@Name” in the words mentions people too."""
        return await self._say(
            where, f"<at>Assurebot</at> {words}", [_mentioned(BOT_ID, "Assurebot")], thread
        )

    async def _say(
        self,
        where: Conversation,
        words: str,
        entities: list[dict[str, Any]],
        thread: Message | None,
        **more: Any,
    ) -> Message:
        assert self.id in where.members, f"{self.name} is not in {where.name}"
        text, people = self._typed(words)
        message = Message(where, self.teams.world.next_id(), {"text": text}, self.id)
        message.root = (thread.root or thread.id) if thread is not None and where.kind == "channel" else None
        self.teams.world.messages.append(message)
        what = {
            "type": "message",
            "text": text,
            "textFormat": "plain",
            "entities": [*entities, *people],
            **more,
        }
        await self._bring(message, what)
        return message

    def _typed(self, words: str) -> tuple[str, list[dict[str, Any]]]:
        """“@Name” of somebody becomes a mention, as the client's picker does."""
        entities = []
        for user in self.teams.world.users.values():
            if f"@{user.name}" in words:
                words = words.replace(f"@{user.name}", f"<at>{user.name}</at>")
                entities.append(_mentioned(user.id, user.name))
        return words, entities

    async def _bring(self, message: Message, what: dict[str, Any]) -> Delivery:
        root = message.root or message.id
        return await self.teams.bring(self, message.conversation, what, message.id, root)

    async def edit(self, message: Message, words: str) -> None:
        assert message.author == self.id
        mention = message.conversation.kind != "personal"
        text = f"<at>Assurebot</at> {words}" if mention else words
        message.payload["text"] = text
        entities = [_mentioned(BOT_ID, "Assurebot")] if mention else []
        what = {"type": "messageUpdate", "text": text, "textFormat": "plain", "entities": entities}
        await self._bring(message, what | {"channelData": {"eventType": "editMessage"}})

    async def delete(self, message: Message) -> None:
        assert message.author == self.id
        message.deleted = True
        await self._bring(
            message, {"type": "messageDelete", "channelData": {"eventType": "softDeleteMessage"}}
        )

    async def drop_file(self, name: str, content: bytes, words: str = "") -> Message:
        """Into their own chat; in channels a bot is not told of files."""
        key = f"{self.teams.world.next_id()}-{name}"
        self.teams.world.files[key] = content
        where = f"{self.teams.url}/files/{quote(key)}"
        file = {"contentType": DOWNLOAD, "name": name, "content": {"downloadUrl": where, "uniqueId": key}}
        html = {"contentType": "text/html", "content": f"<p>{words}</p>"}
        return await self._say(self.chat, words, [], None, attachments=[file, html])

    # cards

    async def press(self, message: Message, title: str, values: dict[str, str] | None = None) -> Delivery:
        """Press a button; ``values`` by label are what they filled in before."""
        assert not message.deleted
        assert self.id in message.conversation.members
        card = message.card_for(self.id)
        buttons = buttons_of(card)
        assert title in buttons, f"no button {title!r} among {sorted(buttons)}"
        action = buttons[title]
        assert action["type"] == "Action.Execute", f"{title!r} is handled by the client itself"
        filled = _filled(card, values or {}) if action.get("associatedInputs") != "none" else {}
        data = {**filled, **action["data"]}  # what the card says wins over inputs of the same name
        value = {
            "action": {"type": "Action.Execute", "verb": action["verb"], "data": data},
            "trigger": "manual",
        }
        what = {"type": "invoke", "name": "adaptiveCard/action", "value": value, "replyToId": message.id}
        root = message.root or message.id
        delivery = await self.teams.bring(
            self, message.conversation, what, f"f:{self.teams.world.next_id()}", root
        )
        self._answered(message, delivery)
        return delivery

    def _answered(self, message: Message, delivery: Delivery) -> None:
        body = delivery.body or {}
        if delivery.status != 200 or body.get("statusCode") != 200 or body.get("type") not in ANSWERS:
            self.told.append("Something went wrong. Please try again.")
        elif body["type"] == CARD:
            shown = {"type": "message", "attachments": [{"contentType": CARD, "content": body["value"]}]}
            assert activity_errors(shown) == []
            message.private[self.id] = shown
        else:
            self.told.append(body["value"])
        self.teams.stir()

    async def shortcut(self, message: Message, command: str) -> Delivery:
        """An entry of the app in a message's menu; what it answers is shown in a dialog."""
        assert self.id in message.conversation.members
        user = self.teams.world.users.get(message.author)
        sender = (
            {"user": {"id": user.aad, "displayName": user.name}}
            if user
            else {"application": {"id": message.author}}
        )
        body = {"contentType": "html", "content": f"<p>{html.escape(readable(message.payload))}</p>"}
        payload = {"id": message.id, "messageType": "message", "body": body, "from": sender}
        value = {"commandId": command, "commandContext": "message", "messagePayload": payload}
        what = {"type": "invoke", "name": "composeExtension/fetchTask", "value": value}
        root = message.root or message.id
        delivery = await self.teams.bring(
            self, message.conversation, what, f"f:{self.teams.world.next_id()}", root
        )
        assert delivery.status == 200
        self.told.append(delivery.body["task"]["value"])
        return delivery

    async def submit(self, message: Message, data: dict[str, Any]) -> Delivery:
        """An Action.Submit, as an older card has it."""
        what = {"type": "message", "value": data, "replyToId": message.id}
        return await self.teams.bring(self, message.conversation, what, self.teams.world.next_id())

    async def consent(self, message: Message, *, accept: bool = True) -> Delivery:
        """Accept or decline a file that the bot offers."""
        (offer,) = [each for each in message.payload["attachments"] if each["contentType"] == CONSENT]
        key = f"{self.teams.world.next_id()}-{offer['name']}"
        where = f"{self.teams.url}/files/{quote(key)}"
        uploaded = {
            "contentUrl": where,
            "uploadUrl": where,
            "name": offer["name"],
            "uniqueId": key,
            "fileType": "docx",
        }
        context = offer["content"]["acceptContext" if accept else "declineContext"]
        value = {"type": "fileUpload", "action": "accept" if accept else "decline", "context": context}
        value |= {"uploadInfo": uploaded} if accept else {}
        what = {"type": "invoke", "name": "fileConsent/invoke", "value": value, "replyToId": message.id}
        return await self.teams.bring(self, message.conversation, what, f"f:{self.teams.world.next_id()}")

    # what they see

    def reads(self, where: Conversation | None = None) -> str:
        """All that they can read in a conversation, by default their own chat."""
        where = where or self.chat
        return "\n".join(
            readable(message.seen_by(self.id))
            for message in self.teams.world.messages
            if message.conversation is where and not message.deleted
        )


def _mentioned(user: str, name: str) -> dict[str, Any]:
    return {"type": "mention", "mentioned": {"id": user, "name": name}, "text": f"<at>{name}</at>"}


def _filled(card: Any, values: dict[str, str]) -> dict[str, str]:
    """Every input of the card by its id, as a client sends them."""
    wanted, filled = dict(values), {}
    for label, element in inputs_of(card).items():
        value = wanted.pop(label, element.get("value", ""))
        if element["type"] == "Input.ChoiceSet" and value:
            titles = {choice["title"]: choice["value"] for choice in element["choices"]}
            value = titles.get(value, value)
            assert value in titles.values(), f"no choice {value!r}"
        assert value or not element.get("isRequired"), element.get("errorMessage")
        filled[element["id"]] = value
    assert not wanted, f"the card has no input {sorted(wanted)}"
    return filled
