// The bot and the Playground as two processes, which end with this one.

import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const python = process.env.PYTHON ?? join(root, ".venv", "bin", "python");
export const address = "http://127.0.0.1:56150/";

// Runs a command; resolves to its process once a line matches `ready`.
function running(command, args, options, ready, show) {
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "pipe"], ...options });
  process.on("exit", () => child.kill());
  const said = [];
  const waiting = [];
  const hear = (line) => {
    said.push(line);
    if (show) console.log(line);
    for (const one of waiting.splice(0)) one.pattern.test(line) ? one.done() : waiting.push(one);
  };
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on("line", hear);
  child.until = (pattern) =>
    new Promise((done, failed) => {
      const late = setTimeout(() => failed(new Error(`no ${pattern} in 60 s:\n${said.join("\n")}`)), 60_000);
      waiting.push({ pattern, done: () => (clearTimeout(late), done()) });
    });
  child.said = said;
  child.on("exit", (code) => code && console.error(`${command} ended with ${code}:\n${said.join("\n")}`));
  return child.until(ready).then(() => child);
}

// Starts both; `next` lets the bot's clock jump to its next moment.
export async function start({ show = false } = {}) {
  const database = join(mkdtempSync(join(tmpdir(), "assurebot-playground-")), "assurebot.db");
  const environment = { ...process.env, TEAMSAPPTESTER_BROWSER: "none", M365_AGENTS_PLAYGROUND_CONFIG_PATH: join(here, "config.yml") };
  const cli = join(here, "node_modules", "@microsoft", "m365agentsplayground", "cli.js");
  const options = ["start", "-e", "http://127.0.0.1:3978/api/messages", "-c", "msteams", "-p", "56150", "--disable-telemetry"];
  const playground = await running(process.execPath, [cli, ...options], { cwd: here, env: environment }, /Listening/, false);
  const bot = await running(python, ["-m", "tests.playground.bot", database], { cwd: root }, /The bot is ready/, show);
  const next = async () => {
    const jumped = bot.until(/The clock (says|jumps)/);
    bot.stdin.write("\n");
    await jumped;
  };
  const stop = () => (bot.kill(), playground.kill());
  return { bot, next, stop };
}
