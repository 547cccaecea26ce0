// make playground: both, until Ctrl+C. Every Enter lets the bot's clock jump on.

import { createInterface } from "node:readline";
import { address, start } from "./both.mjs";

const { bot, next, stop } = await start();
console.log(`
Open ${address} in a browser. You are Priya Nandakumar, an owner, and of the programme office too.
The Playground listens on all of this machine's interfaces and lets anybody in who reaches it; the bot listens on loopback alone.
  1. Press Enter here: the clock jumps to 28 January 2026, and the bot asks you in “Personal Chat”.
  2. Answer there: 6.1.2 slipped to May, trainer off sick. rest no change
  3. Try: status theme 6 · home · history 6.1.2 · and in a channel @Assurebot status red here
  4. Press Enter again: 16 February, the digest before the meeting is in “Programme”.
Ctrl+C ends it; nothing is kept.
`);
createInterface({ input: process.stdin }).on("line", async () => {
  await next();
  console.log(bot.said.filter((line) => line.startsWith("The clock")).at(-1));
});
process.on("SIGINT", () => (stop(), process.exit(0)));
process.on("SIGTERM", () => (stop(), process.exit(0)));
