// Everything begins here, once, and nothing that goes wrong reaches the page around.

const LONG_PRESS = 550; // milliseconds
const MOST_SELECTED = 200; // letters of a query
const STILL = 10; // pixels that a pressing finger may move
const LETTER = /[\p{L}\p{N}]/u;
const NOT_TEXT = "input, textarea, select, button, [contenteditable=''], [contenteditable=true], tu-dien";

// Double-click, long press, or a selection and a key: `data-popup` on the script's tag.
class PopUps {
  #card;
  #press;

  constructor({ lang = "vi", dictionary = "", popupKey = "F2" }) {
    this.#card = new Card(lang in WORDS ? lang : "vi", dictionary);
    document.addEventListener("dblclick", (event) => this.#ignores(event) || this.#selected());
    document.addEventListener("keydown", (event) => {
      if (event.key === popupKey && this.#selected({ focus: true })) event.preventDefault();
    });
    document.addEventListener("touchstart", (event) => this.#pressed(event), { passive: true });
    document.addEventListener("touchmove", (event) => this.#moved(event), { passive: true });
    for (const end of ["touchend", "touchcancel"]) document.addEventListener(end, () => clearTimeout(this.#press?.timer));
    this.#colour();
  }

  #ignores(event) {
    return this.#card.holds(event) || event.target.closest?.(NOT_TEXT);
  }

  // Explains what is selected; returns whether there is anything.
  #selected({ focus = false } = {}) {
    const selection = getSelection();
    const text = selection.toString().trim();
    if (!text || !selection.rangeCount) return false;
    const range = selection.getRangeAt(0).cloneRange();
    const [node, offset] = firstLetter(range);
    if (!node) return false;
    if (/\s/.test(text)) this.#card.look(text.slice(0, MOST_SELECTED), range, { focus });
    else this.#card.explain(new Passage(node, offset), range, { focus });
    return true;
  }

  #pressed(event) {
    clearTimeout(this.#press?.timer);
    if (event.touches.length > 1 || this.#ignores(event)) return;
    const { clientX: x, clientY: y } = event.touches[0];
    this.#press = { x, y, timer: setTimeout(() => this.#held(x, y), LONG_PRESS) };
  }

  #moved(event) {
    const { clientX, clientY } = event.touches[0];
    if (Math.hypot(clientX - this.#press?.x, clientY - this.#press?.y) > STILL) clearTimeout(this.#press.timer);
  }

  #held(x, y) {
    const [node, offset] = letterAt(x, y);
    if (!node) return;
    const range = document.createRange();
    range.setStart(node, offset);
    range.setEnd(node, offset + 1);
    this.#card.explain(new Passage(node, offset), range);
  }

  #colour() {
    if (!window.Highlight) return;
    const sheet = sheetOf(`::highlight(${HIGHLIGHT}) { background: #ffe58a; color: #1b2430; }`);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }
}

// The text node and index of the first letter in a range.
function firstLetter(range) {
  const within = range.commonAncestorContainer;
  const walker = document.createTreeWalker(within, NodeFilter.SHOW_TEXT);
  for (let node = within.nodeType === Node.TEXT_NODE ? within : walker.nextNode(); node; node = walker.nextNode()) {
    if (!range.intersectsNode(node)) continue;
    const from = node === range.startContainer ? range.startOffset : 0;
    const letter = node.data.slice(from).search(LETTER);
    if (letter >= 0) return [node, from + letter];
  }
  return [];
}

// The letter of the page under a finger, if there is one.
function letterAt(x, y) {
  const caret = document.caretPositionFromPoint?.(x, y);
  const range = caret ? undefined : document.caretRangeFromPoint?.(x, y);
  const node = caret?.offsetNode ?? range?.startContainer;
  if (node?.nodeType !== Node.TEXT_NODE) return [];
  const around = caret?.offset ?? range.startOffset;
  for (const offset of [around, around - 1]) {
    if (!LETTER.test(node.data[offset] ?? "")) continue;
    const letter = document.createRange();
    letter.setStart(node, offset);
    letter.setEnd(node, offset + 1);
    const { left, right, top, bottom } = letter.getBoundingClientRect();
    if (x >= left - STILL && x <= right + STILL && y >= top && y <= bottom) return [node, offset];
  }
  return [];
}

// A box that came with the page: the service's own, or one that a portal's server included.
function revive(form) {
  const results = form.parentElement.querySelector(".tu-dien-results");
  const home = new URL(form.action);
  const isForeign = home.origin !== location.origin;
  const isHome = !isForeign && home.pathname === location.pathname;
  const box = new Box(form.parentElement, form, results ?? form, {
    inPlace: Boolean(results) && (isHome || isForeign),
    history: isHome && self === top, // in a frame, going back is the portal's
  });
  const { searchParams } = new URL(location);
  if (!searchParams.has("q") && !searchParams.has("dict")) box.dictionary = remembered() ?? "";
}

function start() {
  for (const form of document.querySelectorAll("form.tu-dien-box")) revive(form);
  if ("popup" in SCRIPT.dataset) new PopUps(SCRIPT.dataset);
  const folded = () => document.querySelectorAll(".tu-dien-page details:not([open])");
  addEventListener("beforeprint", () => folded().forEach((details) => (details.open = true)));
}

if (!customElements.get("tu-dien")) {
  customElements.define("tu-dien", TuDien);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
}
