// make test-playground: a person in a real browser. Asserts what they can read, and keeps pictures of it.

import { strict as assert } from "node:assert";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { address, start } from "./both.mjs";

const pictures = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "docs", "pictures");
const { next, stop } = await start();
const browser = await chromium.launch({ executablePath: process.env.BROWSER, args: ["--no-sandbox"] });

async function main() {
  const page = await browser.newPage({ viewport: { width: 1280, height: 1150 }, deviceScaleFactor: 1.5 });
  const local = ["127.0.0.1", "localhost"];
  await page.route("**/*", (route) => (local.includes(new URL(route.request().url()).hostname) ? route.continue() : route.abort()));
  await page.goto(address);
  await page.getByText("Connected.").first().waitFor();
  const sees = (words, options = {}) => page.getByText(words, options).last().waitFor({ timeout: 20_000 });

  const picture = async (name) => {
    await page.waitForTimeout(400); // the page scrolls
    await page.screenshot({ path: join(pictures, `teams-${name}.png`), clip: { x: 332, y: 50, width: 616, height: 1096 } });
    console.log(`docs/pictures/teams-${name}.png`);
  };
  const say = async (words) => {
    await page.locator('[role="textbox"][contenteditable="true"]').click();
    await page.keyboard.type(words);
    await page.keyboard.press("Enter");
  };
  const step = async (what, act) => {
    await act();
    console.log(`ok  ${what}`);
  };

  await step("the bot says who it is", () => sees("I am Assurebot"));
  await step("the owner is asked", async () => {
    await next();
    await sees("6.1.2 Train care home staff");
    await picture("prompt");
  });
  await step("answers in their own words, and sees what was understood", async () => {
    await say("6.1.2 slipped to May, trainer off sick. rest no change");
    await sees(/May 2026/);
    await picture("receipt");
  });
  await step("taps, and the card is settled in its place", async () => {
    await page.getByRole("button", { name: "Yes", exact: true }).last().click();
    await sees(/you ask to move the due date/);
    await picture("settled");
  });
  await step("/status theme 6 as typed", async () => {
    await say("/status theme 6");
    await sees(/advice line/);
    await picture("status");
  });
  await step("a form in the place of a card", async () => {
    await say("6.2.3 slipped to June, printer broken");
    await sees(/June 2026/);
    await page.getByRole("button", { name: "Change", exact: true }).last().click();
    await page.getByLabel("Your words").last().waitFor();
    await picture("form");
    await page.getByLabel("Your words").last().fill("6.2.3 slipped to July, printer broken");
    await page.getByRole("button", { name: "Save" }).last().click();
    await sees(/your words are corrected/);
  });
  await step("the digest before the meeting in its channel, and an answer in a thread", async () => {
    await page.getByText("Programme", { exact: true }).first().click();
    await next();
    await sees(/Assurance meeting/);
    await picture("digest");
    await page.locator('[role="textbox"][contenteditable="true"]').last().click();
    await page.keyboard.type("@Assure", { delay: 40 });
    await page.locator("[role=option],[role=menuitem]").filter({ hasText: "Assurebot" }).first().click();
    await page.keyboard.type(" status 6.2.2 here");
    await page.keyboard.press("Enter");
    await sees(/Owner/);
    await picture("thread");
  });
}

try {
  await main();
  assert.ok(true);
} catch (error) {
  const page = browser.contexts()[0]?.pages()[0];
  await page?.screenshot({ path: "/tmp/assurebot-playground.png" });
  console.error(`${error}\nWhat the browser showed is in /tmp/assurebot-playground.png`);
  process.exitCode = 1;
} finally {
  await browser.close();
  stop();
}
process.exit(process.exitCode ?? 0);
