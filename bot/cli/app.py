"""The commands of the command line; what each does is in the module that it calls, loaded when it is called."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from bot.cli.operator import Operator

__all__ = ["app"]

PASS = "pass"  # noqa: S105


class _Commands(TyperGroup):
    """The operators' commands; every other word goes to the grammar, as it would in chat."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args and args[0] not in self.commands:
            return PASS, self.commands[PASS], args
        return super().resolve_command(ctx, args)


app = typer.Typer(
    name="assurebot",
    cls=_Commands,
    help="Asks for progress on an improvement plan, keeps every answer, reports what a board can trust.",
    epilog="Every command of the chat works here too: assurebot status theme 6, assurebot history 6.1.4, assurebot help.",
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
)
slack = typer.Typer(help="What Slack needs to know of the bot.", rich_markup_mode=None)
teams = typer.Typer(help="What Microsoft Teams needs to know of the bot.", rich_markup_mode=None)
audit = typer.Typer(help="The trail of every change.", rich_markup_mode=None)
person = typer.Typer(help="What a person may do, and what is kept about them.", rich_markup_mode=None)
app.add_typer(slack, name="slack")
app.add_typer(teams, name="teams")
app.add_typer(audit, name="audit")
app.add_typer(person, name="person")

Slug = Annotated[str, typer.Option("--plan", metavar="SLUG", help="The plan's short name, such as stoke.")]
PlanName = Annotated[str, typer.Argument(metavar="SLUG", help="The plan's short name.")]
InFile = Annotated[Path, typer.Argument(metavar="FILE")]
OutFile = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Where to write it.")]


@app.callback(invoke_without_command=True)
def _root(
    context: typer.Context,
    db: Annotated[
        str | None, typer.Option("--db", metavar="URL", help="The database: a URL or a path.")
    ] = None,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show where an unforeseen error comes from.")
    ] = False,
    at: Annotated[
        str | None,
        typer.Option("--now", metavar="TIME", help="As at that time, not now; without a zone, the site's."),
    ] = None,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    context.obj = Operator(db, at)
    if version:
        from importlib.metadata import version as of

        typer.echo(f"assurebot {of('assurebot')}")
    elif context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command(
    PASS,
    hidden=True,
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []},
)
def _pass(context: typer.Context) -> None:
    from bot.cli.passing import say

    own = [str(command.name) for command in app.registered_commands if not command.hidden]
    say(context.obj, context.args, own)


@app.command("demo")
def _demo(
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FOLDER", help="The folder for what it leaves.")
    ] = Path("demo-output"),
) -> None:
    """See the whole cycle, with no account and no token."""
    from bot.demo import run

    run(output)


@app.command("chat")
def _chat(
    context: typer.Context,
    name: Annotated[str, typer.Option("--as", metavar="NAME", help="Who you are.")],
    plan: Annotated[
        str | None, typer.Option("--plan", metavar="SLUG", help="The plan that you talk about.")
    ] = None,
) -> None:
    """Talk to the bot in the terminal."""
    from bot.chat import chat

    chat(context.obj.settings, name, plan, context.obj.now)


@app.command("run")
def _run(context: typer.Context) -> None:
    """Run the bot on every surface that is configured."""
    from bot.run import run

    run(context.obj.settings)


@app.command("import")
def _import(
    context: typer.Context,
    file: InFile,
    plan: Slug,
    column: Annotated[
        list[str] | None,
        typer.Option("--column", metavar='"PRINTED=field"', help="Say what a column is; may be repeated."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would be read.")] = False,
    nobody_identified: Annotated[
        bool,
        typer.Option(
            "--nobody-identified", help="You have looked at the rows that seem to identify a patient."
        ),
    ] = False,
) -> None:
    """Read a plan document, say what was read, and apply it."""
    from bot.cli.plans import import_plan

    import_plan(context.obj, file, plan, column or [], dry_run=dry_run, looked=nobody_identified)


@app.command("export")
def _export(
    context: typer.Context,
    plan: PlanName,
    format: Annotated[
        str | None,
        typer.Option(
            "--format", "-f", metavar="json|xlsx|docx|csv", help="By default what FILE is called, else json."
        ),
    ] = None,
    output: OutFile = None,
) -> None:
    """Write the plan, with its current state beside it."""
    from bot.cli.plans import export_plan

    export_plan(context.obj, plan, format, output)


@app.command("scale")
def _scale(
    context: typer.Context, plan: PlanName, words: Annotated[list[str] | None, typer.Argument()] = None
) -> None:
    """Show a plan's ratings, or change one."""
    from bot.cli.passing import say

    say(context.obj, ["scale", *(words or []), "in", plan])


@app.command("extract")
def _extract(
    context: typer.Context,
    text: Annotated[str | None, typer.Argument(metavar="TEXT", help="A text; - for standard input.")] = None,
    jsonl: Annotated[
        Path | None,
        typer.Option("--jsonl", metavar="FILE", help="Texts, one JSON object a line; - for standard input."),
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="The day it was written; today.")
    ] = None,
    plan: Annotated[
        str | None, typer.Option("--plan", metavar="SLUG", help="Also say which actions it is about.")
    ] = None,
) -> None:
    """Show what would be read out of a text."""
    from bot.cli.reading import extract

    extract(context.obj, text, jsonl, as_of, plan)


@app.command("summarise")
def _summarise(
    context: typer.Context,
    file: InFile,
    plan: Annotated[
        str | None, typer.Option("--plan", metavar="SLUG", help="Also link it to this plan's actions.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Write JSON.")] = False,
) -> None:
    """Summarise a long report."""
    from bot.cli.reading import summarise

    summarise(context.obj, file, plan, as_json=json)


@app.command("tick")
def _tick(
    context: typer.Context,
    at: Annotated[str | None, typer.Option("--now", metavar="TIME", help="As at that time, not now.")] = None,
) -> None:
    """Let the clock act once."""
    from bot.cli.ticking import tick

    if at:
        context.obj.as_at = at
    tick(context.obj)


@app.command("doctor")
def _doctor(context: typer.Context) -> None:
    """Check everything, and say what to do."""
    from bot.doctor import doctor

    raise typer.Exit(doctor(context.obj.database))


@app.command("backup")
def _backup(context: typer.Context, file: Annotated[Path, typer.Argument(metavar="FILE")]) -> None:
    """Copy the database into FILE, while the bot runs."""
    from bot.cli.keeping import backup

    backup(context.obj, file)


@app.command("restore")
def _restore(
    context: typer.Context,
    file: InFile,
    force: Annotated[
        bool, typer.Option("--force", help="Put it in the place of a database that is there.")
    ] = False,
) -> None:
    """Put a backup back; what was there is kept beside it."""
    from bot.cli.keeping import restore

    restore(context.obj, file, force=force)


@app.command("forget")
def _forget(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="PERSON")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Erase a person's texts and name."""
    from bot.cli.keeping import forget

    forget(context.obj, name, yes=yes)


@audit.command("verify")
def _verify(context: typer.Context) -> None:
    """Check that no change was altered or taken out."""
    from bot.cli.keeping import verify

    verify(context.obj)


@audit.command("export")
def _audit_export(
    context: typer.Context,
    plan: Annotated[str | None, typer.Argument(metavar="SLUG")] = None,
    output: OutFile = None,
) -> None:
    """Write every change as CSV."""
    from bot.cli.keeping import export_audit

    export_audit(context.obj, plan, output)


@person.command("export")
def _person_export(
    context: typer.Context, name: Annotated[str, typer.Argument(metavar="PERSON")], output: OutFile = None
) -> None:
    """Write everything that is kept about a person, as JSON."""
    from bot.cli.keeping import export_person

    export_person(context.obj, name, output)


@person.command("role")
def _role(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="PERSON")],
    role: Annotated[
        str, typer.Argument(metavar="ROLE", help="viewer, owner, deputy, pmo, assurer, administrator.")
    ],
    plan: Annotated[str | None, typer.Option("--plan", metavar="SLUG", help="In this plan alone.")] = None,
) -> None:
    """Say what a person may do."""
    from bot.cli.keeping import give_role

    give_role(context.obj, name, role, plan)


@slack.command("manifest")
def _slack_manifest(context: typer.Context, output: OutFile = None) -> None:
    """Write the app manifest to paste into Slack."""
    from bot.cli.manifests import slack_manifest

    slack_manifest(context.obj, output)


@teams.command("manifest")
def _teams_manifest(
    context: typer.Context,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The zip to write.")] = Path(
        "assurebot-teams.zip"
    ),
) -> None:
    """Write the app package to upload to Teams."""
    from bot.cli.manifests import teams_manifest

    teams_manifest(context.obj, output)
