// <tu-dien dictionary="vi-en" lang="vi" q="…" theme="light|dark|auto">: the box in a shadow root of its own.

class TuDien extends HTMLElement {
  static observedAttributes = ["dictionary", "lang"];
  #root = element("div", { className: "td-root" });

  connectedCallback() {
    if (!this.shadowRoot) {
      this.attachShadow({ mode: "open" }).append(this.#root);
      dressPlainly(this.shadowRoot);
      this.#load();
    }
  }

  attributeChangedCallback(name, before, now) {
    if (this.shadowRoot && before !== now) this.#load();
  }

  async #load() {
    const language = this.lang in WORDS ? this.lang : "vi";
    const dictionary = this.getAttribute("dictionary") ?? "";
    try {
      const [sheet, { box, results }] = await Promise.all([
        sharedStyle(),
        askFragment({ lang: language, ...(dictionary && { dict: dictionary }) }),
      ]);
      if (!box) throw new Failure("unavailable");
      this.shadowRoot.adoptedStyleSheets = [sheet];
      this.#root.replaceChildren(box, results);
      const shown = new Box(this.#root, box, results, { inPlace: true, history: false });
      shown.dictionary = remembered() ?? dictionary;
      const query = this.getAttribute("q");
      if (query) {
        box.elements.q.value = query;
        await shown.lookUp({ q: query, dict: shown.dictionary });
      }
    } catch (failure) {
      this.#root.replaceChildren(failureNotice(failure, language, () => this.#load()));
    }
  }
}
