// A small card beside a word of the page, with the entry of the compound that the word belongs to.

const GAP = 8; // pixels between the word and the card, and between the card and the window's edge
const LEAST_HEIGHT = 160;
const HIGHLIGHT = "tu-dien-word";

class Card {
  #host = document.createElement("tu-dien-card");
  #card;
  #steps;
  #body;
  #open;
  #words;
  #language;
  #dictionary;
  #asking;
  #anchor;
  #before; // what had the focus

  constructor(language, dictionary) {
    this.#language = language;
    this.#dictionary = dictionary;
    this.#words = wordsIn(language);
    this.#build();
    this.#listen();
  }

  get isOpen() {
    return this.#host.isConnected;
  }

  holds(event) {
    return event.composedPath().includes(this.#host);
  }

  // Explains the word at the passage's place. `anchor` is its range until the service says how far it reaches.
  async explain(passage, anchor, { focus = false } = {}) {
    const signal = this.#begin(anchor, focus);
    try {
      const asked = { text: passage.text, offset: passage.offset, dict: this.#dictionary };
      const { parts } = await askJson("/segment", { signal, body: asked });
      if (!parts.length) return this.close();
      this.#offer(parts, passage);
      return await this.#show(parts[0], passage, signal);
    } catch (failure) {
      return this.#fail(failure, () => this.explain(passage, anchor, { focus }));
    }
  }

  // Explains a text that was selected as it stands.
  async look(text, anchor, { focus = false } = {}) {
    const signal = this.#begin(anchor, focus);
    this.#steps.replaceChildren();
    try {
      return await this.#fill({ q: text }, signal);
    } catch (failure) {
      return this.#fail(failure, () => this.look(text, anchor, { focus }));
    }
  }

  close() {
    this.#asking?.abort();
    CSS.highlights?.delete(HIGHLIGHT);
    if (!this.isOpen) return;
    this.#host.remove();
    this.#before?.focus?.({ preventScroll: true });
    this.#before = undefined;
  }

  #build() {
    this.#steps = element("div", { className: "td-card-steps" });
    this.#body = element("div", { className: "td-card-body" });
    const close = element("button", { type: "button", className: "td-close", onclick: () => this.close() }, "×");
    close.setAttribute("aria-label", this.#words.close);
    this.#open = element("a", { target: "_blank", rel: "noopener" }, this.#words.open);
    this.#card = element(
      "div",
      { className: "td-card", lang: this.#language, tabIndex: -1 },
      element("div", { className: "td-card-bar" }, this.#steps, close),
      this.#body,
      element("div", { className: "td-card-foot" }, this.#open),
    );
    this.#card.setAttribute("role", "dialog");
    this.#card.setAttribute("aria-label", this.#words.card);
    const root = this.#host.attachShadow({ mode: "open" });
    dressPlainly(root);
    root.append(element("div", { className: "td-root" }, this.#card));
    if ("popover" in this.#host) this.#host.popover = "manual"; // above everything that the page may pile up
  }

  #listen() {
    const place = () => this.isOpen && this.#place();
    addEventListener("scroll", place, { passive: true, capture: true });
    addEventListener("resize", place, { passive: true });
    new ResizeObserver(place).observe(this.#card);
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
    document.addEventListener("pointerdown", (event) => this.holds(event) || this.close());
    this.#card.addEventListener("click", (event) => this.#clicked(event));
  }

  #clicked(event) {
    const listen = event.target.closest(".td-listen");
    if (listen) return speak(listen);
    const link = event.target.closest(".td-card-body a[href]");
    const values = link && searchOf(link);
    if (!values || event.ctrlKey || event.metaKey || event.shiftKey) return undefined;
    event.preventDefault();
    const { signal } = (this.#asking = new AbortController());
    return this.#fill(values, signal).catch((failure) => this.#fail(failure, () => this.#clicked(event)));
  }

  #begin(anchor, focus) {
    this.#asking?.abort();
    this.#asking = new AbortController();
    if (focus && !this.isOpen) this.#before = document.activeElement;
    this.#dress();
    this.#steps.replaceChildren();
    this.#body.replaceChildren(element("p", { className: "td-aside" }, this.#words.loading));
    this.#open.href = `${BASE}/`;
    if (!this.isOpen) {
      document.documentElement.append(this.#host);
      this.#host.showPopover?.();
    }
    this.#pointTo(anchor);
    if (focus) this.#card.focus({ preventScroll: true });
    return this.#asking.signal;
  }

  async #dress() {
    try {
      this.#host.shadowRoot.adoptedStyleSheets = [await sharedStyle()];
      this.#place();
    } catch {
      // it stays plain: the words are what matters
    }
  }

  #pointTo(range) {
    this.#anchor = range;
    if (window.Highlight) CSS.highlights.set(HIGHLIGHT, new Highlight(range));
    this.#place();
  }

  // The compound first, the word itself one step away.
  #offer(parts, passage) {
    if (parts.length < 2) return;
    const steps = parts.map((part) => {
      const step = element("button", { type: "button" }, part.headword ?? part.text);
      step.onclick = () => {
        this.#asking.abort();
        const { signal } = (this.#asking = new AbortController());
        this.#show(part, passage, signal).catch((failure) => this.#fail(failure, step.onclick));
      };
      return step;
    });
    this.#steps.replaceChildren(...steps);
    this.#parts = parts;
  }

  #parts = [];

  async #show(part, passage, signal) {
    this.#pointTo(passage.range(part));
    [...this.#steps.children].forEach((step, place) => {
      step.setAttribute("aria-pressed", String(this.#parts[place] === part));
    });
    await this.#fill({ q: part.headword ?? part.text, ...(part.headword && { mode: "exact" }) }, signal);
  }

  async #fill(values, signal) {
    const within = { limit: 4, lang: this.#language, ...(this.#dictionary && { dict: this.#dictionary }) };
    const { results } = await askFragment({ ...within, ...values }, { signal });
    await this.#dress();
    if (signal.aborted) return;
    for (const link of results.querySelectorAll("a[href]")) {
      if (!searchOf(link)) Object.assign(link, { target: "_blank", rel: "noopener" });
    }
    this.#body.replaceChildren(results);
    this.#body.scrollTop = 0;
    this.#open.href = `${BASE}/?${new URLSearchParams({ q: values.q, lang: this.#language })}`;
    offerSpeech(this.#body);
    this.#place();
  }

  #fail(failure, retry) {
    if (failure instanceof Stale) return;
    this.#body.replaceChildren(failureNotice(failure, this.#language, retry));
    this.#place();
  }

  // Below the word where there is room, else above it; never over it.
  #place() {
    const word = this.#anchor.getBoundingClientRect();
    const { clientWidth, clientHeight } = document.documentElement;
    this.#card.style.maxHeight = "none";
    const { width, height } = this.#card.getBoundingClientRect();
    const below = clientHeight - word.bottom - 2 * GAP;
    const above = word.top - 2 * GAP;
    const under = height <= below || below >= above;
    const room = Math.max(under ? below : above, LEAST_HEIGHT);
    this.#card.style.maxHeight = `${room}px`;
    const top = under ? word.bottom + GAP : word.top - GAP - Math.min(height, room);
    const left = Math.max(GAP, Math.min(word.left, clientWidth - width - GAP));
    const spot = { left: left + scrollX, top: top + scrollY };
    for (const side of ["left", "top"]) this.#host.style.setProperty(side, `${spot[side]}px`, "important");
    for (const side of ["right", "bottom"]) this.#host.style.setProperty(side, "auto", "important");
  }
}
