// Block Kit payloads to HTML pages: node draw.mjs FOLDER (with payloads.json in it).
// Inputs are drawn in a frame of our own: what a modal looks like, without its scripts.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createElement as h } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { Message } from "slack-blocks-to-jsx";

const folder = process.argv[2];
const style = readFileSync(createRequire(import.meta.url).resolve("slack-blocks-to-jsx/dist/style.css"), "utf8");
const logo = `data:image/svg+xml;utf8,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 36 36"><rect width="36" height="36" rx="6" fill="#1e3a5f"/>' +
    '<path d="M10 19l6 6 11-14" fill="none" stroke="#fff" stroke-width="4" stroke-linecap="round" stroke-linejoin="round"/></svg>',
)}`;

const frame = `
  body { margin: 0; background: #fff; color: #1d1c1d; font: 15px/1.46 Lato, Arial, "Liberation Sans", sans-serif; }
  main { width: 720px; padding: 14px 18px; }
  .reply { margin: 6px 0 0 44px; padding-left: 12px; border-left: 3px solid #ddd; }
  .image img { max-width: 460px; border: 1px solid #ddd; border-radius: 8px; margin: 4px 0 8px 44px; }
  .modal { width: 520px; border: 1px solid #bbb; border-radius: 10px; box-shadow: 0 8px 24px #0002; padding: 18px 22px; }
  .modal h1 { font-size: 21px; margin: 0 0 12px; }
  .modal footer { text-align: right; margin-top: 16px; }
  .modal footer span { display: inline-block; border: 1px solid #bbb; border-radius: 5px; padding: 7px 14px; margin-left: 8px; font-weight: 700; }
  .modal footer .submit { background: #007a5a; border-color: #007a5a; color: #fff; }
  .field { margin: 12px 0; } .field b { display: block; margin-bottom: 4px; } .field small { color: #616061; }
  .field div { border: 1px solid #bbb; border-radius: 5px; padding: 8px 10px; min-height: 20px; white-space: pre-wrap; }
  .field .long { min-height: 60px; } .field .choice::after { content: " ▾"; color: #616061; }
  .home { border: 1px solid #ddd; border-radius: 10px; padding: 10px 16px; }
  .said { display: flex; gap: 8px; margin: 0 0 12px; } .said b { margin-right: 8px; } .said small { color: #616061; }
  .face { flex: none; width: 36px; height: 36px; border-radius: 6px; background: #7a5c99; color: #fff; font-weight: 700;
    display: flex; align-items: center; justify-content: center; }`;

const blocksOf = (blocks) =>
  h(Message, { blocks, logo, name: "Assurebot", theme: "light", withoutWrapper: true });

function message(one) {
  const time = new Date(one.at * 1000);
  if (one.author !== "Assurebot")
    return h("div", { className: "said" }, h("span", { className: "face" }, initials(one.author)),
      h("div", null, h("b", null, one.author), h("small", null, clock(time)), h("br"), one.text));
  if (one.image) return h("div", { className: "image" }, h("img", { src: one.image, alt: one.text }));
  return h(Message, { blocks: one.blocks, logo, name: "Assurebot", theme: "light", time });
}

const initials = (name) => name.split(" ").map((word) => word[0]).join("");
const clock = (time) => time.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/London" });

function field(block) {
  const { element, label, hint } = block;
  const kind = element.type === "static_select" ? "choice" : element.multiline ? "long" : "text";
  const value = element.initial_option?.text.text ?? element.initial_value ?? element.initial_date ?? "";
  return h("div", { className: "field", key: block.block_id },
    h("b", null, label.text), h("div", { className: kind }, value), hint && h("small", null, hint.text));
}

const modal = (view) =>
  h("section", { className: "modal" }, h("h1", null, view.title.text),
    view.blocks.map((block) => (block.type === "input" ? field(block) : blocksOf([block]))),
    h("footer", null, h("span", null, view.close.text), h("span", { className: "submit" }, view.submit.text)));

function body(picture) {
  if (picture.view?.type === "modal") return modal(picture.view);
  if (picture.view) return h("section", { className: "home" }, blocksOf(picture.view.blocks));
  return picture.messages.map((one, index) =>
    h("div", { key: index, className: one.reply ? "reply" : undefined }, message(one)));
}

for (const picture of JSON.parse(readFileSync(`${folder}/payloads.json`, "utf8"))) {
  const page = renderToStaticMarkup(h("main", null, body(picture)));
  writeFileSync(`${folder}/${picture.name}.html`, `<!doctype html><meta charset="utf-8"><style>${style}${frame}</style>${page}`);
}
