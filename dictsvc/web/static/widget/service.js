// Asking the service. What can go wrong has a name, which is the name of the sentence that people read.

const SCRIPT = document.currentScript ?? document.querySelector('script[src$="/widget.js"]');
const BASE = new URL(".", SCRIPT.src).href.replace(/\/$/, "");
const PATIENCE = 5000; // milliseconds after which an answer is called slow

class Failure extends Error {
  constructor(kind) {
    super(kind);
    this.kind = kind;
  }
}

// An answer that nobody waits for any more; not a failure.
class Stale extends Error {}

const wordsIn = (language) => WORDS[language] ?? WORDS.vi;

function kindOfStatus(status) {
  if (status === 429) return "busy";
  return status >= 500 ? "unavailable" : "garbled";
}

// The status and text of an answer; with `body`, of a POST of that JSON.
async function ask(path, { signal, body } = {}) {
  const clock = new AbortController();
  const timer = setTimeout(() => clock.abort(), PATIENCE);
  const stop = () => clock.abort();
  signal?.addEventListener("abort", stop);
  const post = body && { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  try {
    if (signal?.aborted) throw new Stale();
    const response = await fetch(BASE + path, { signal: clock.signal, credentials: "omit", ...post });
    return { status: response.status, text: await response.text() };
  } catch {
    if (signal?.aborted) throw new Stale();
    if (clock.signal.aborted) throw new Failure("slow");
    throw new Failure(navigator.onLine === false ? "offline" : "unreachable");
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  }
}

async function askJson(path, options) {
  const { status, text } = await ask(path, options);
  if (status !== 200) throw new Failure(kindOfStatus(status));
  try {
    return JSON.parse(text);
  } catch {
    throw new Failure("garbled");
  }
}

let policy = { createHTML: (html) => html };
try {
  policy = window.trustedTypes?.createPolicy("tu-dien", policy) ?? policy;
} catch {
  // the page allows no policy of this name: if it demands one, the box says that it cannot read the answer
}

// The elements that the service's fragment consists of. It is parsed apart from the page, so nothing in it runs,
// and what is no fragment, such as the login page of a hotel's network, is a failure.
async function askFragment(values, options) {
  const { status, text } = await ask(`/fragment?${new URLSearchParams(values)}`, options);
  let page;
  try {
    page = new DOMParser().parseFromString(policy.createHTML(text), "text/html");
  } catch {
    throw new Failure("garbled");
  }
  const results = page.querySelector(".tu-dien-results");
  if (!results) throw new Failure(kindOfStatus(status));
  return { box: page.querySelector("form.tu-dien-box"), results, mayRetry: status === 429 || status >= 500 };
}

// How a shadow root looks until the service's style sheet is there, and where it never comes.
const PLAIN = `
  :host { display: block !important }
  :host(tu-dien-card) { position: absolute !important; margin: 0 !important; padding: 0 !important; border: 0 !important }
  .td-root { all: initial; display: block; font: 1rem/1.6 system-ui, sans-serif; color: canvastext; color-scheme: inherit }
  .td-card { box-sizing: border-box; width: min(24em, calc(100vw - 16px)); padding: 0.8em; overflow: auto;
    background: canvas; border: 1px solid graytext; border-radius: 6px }
  .td-close { float: right }
  button { font: inherit; padding: 0.3em 0.9em }
`;

function sheetOf(css) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
}

function dressPlainly(root) {
  try {
    root.adoptedStyleSheets = [sheetOf(PLAIN)];
  } catch {
    // a browser that cannot share style sheets: asking for the service's own will say so
  }
}

let style;

// The service's style sheet, fetched once and shared by all shadow roots.
function sharedStyle() {
  style ??= ask("/static/dictsvc.css").then(
    ({ status, text }) => {
      if (status !== 200) throw new Failure(kindOfStatus(status));
      return sheetOf(text);
    },
  );
  style.catch(() => (style = undefined)); // so that trying again fetches it again
  return style;
}

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

// One friendly sentence in the place of an answer, and a button that tries again.
function failureNotice(failure, language, retry) {
  const words = wordsIn(language);
  const button = element("button", { type: "button", className: "td-retry", onclick: retry }, words.retry);
  const sentence = element("p", { className: "td-message td-failed" }, words[failure.kind] ?? words.unreachable);
  const notice = element("div", { className: "tu-dien-results", lang: language }, sentence, button);
  notice.dataset.summary = sentence.textContent;
  return notice;
}
