// Completions under the input: an editable combobox with a list, as the ARIA Authoring Practices describe it.
//
// While an input method composes (Telex, IBus, Android's keyboards) the input's value, selection and focus belong
// to it: they are never touched then and no key does anything, but the completions go on.

const PAUSE = 60; // milliseconds without a keystroke before completions are asked for

class Combobox {
  #input;
  #list;
  #complete; // text, signal → the headwords and glosses
  #choose; // called with a headword once the input holds it
  #announce;
  #timer;
  #asking;
  #active = -1;
  #composing = false;
  #pointing = false;
  #afterComposing;

  constructor(input, { complete, choose, announce }) {
    this.#input = input;
    this.#complete = complete;
    this.#choose = choose;
    this.#announce = announce;
    this.#list = element("ul", { id: "tu-dien-options", className: "td-options", hidden: true });
    this.#list.setAttribute("role", "listbox");
    this.#list.setAttribute("aria-label", input.labels[0].textContent);
    input.after(this.#list);
    this.#describe({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false" });
    this.#describe({ "aria-controls": "tu-dien-options", "aria-haspopup": "listbox" });
    this.#listen();
  }

  close() {
    clearTimeout(this.#timer);
    this.#asking?.abort();
    this.#list.hidden = true;
    this.#describe({ "aria-expanded": "false" });
    this.#mark(-1);
  }

  #describe(attributes) {
    for (const [name, value] of Object.entries(attributes)) this.#input.setAttribute(name, value);
  }

  #listen() {
    const input = this.#input;
    input.addEventListener("input", () => this.#typed());
    input.addEventListener("keydown", (event) => this.#key(event));
    input.addEventListener("compositionstart", () => (this.#composing = true));
    input.addEventListener("compositionend", () => {
      this.#composing = false;
      this.#afterComposing?.();
      this.#afterComposing = undefined;
    });
    input.addEventListener("blur", () => this.#pointing || this.close());
    this.#list.addEventListener("pointerdown", (event) => {
      this.#pointing = true;
      if (!this.#composing) event.preventDefault(); // else the tap ends the composition, as anywhere outside
    });
    this.#list.addEventListener("mousedown", (event) => this.#composing || event.preventDefault());
    this.#list.addEventListener("click", (event) => this.#tapped(event.target.closest('[role="option"]')));
    for (const end of ["pointerup", "pointercancel"]) {
      addEventListener(end, () => setTimeout(() => (this.#pointing = false)), { passive: true });
    }
  }

  #tapped(option) {
    if (!option) return;
    if (this.#composing) this.#afterComposing = () => this.#accept(option);
    else this.#accept(option);
  }

  #typed() {
    clearTimeout(this.#timer);
    this.#asking?.abort();
    if (!this.#input.value.trim()) return this.close();
    this.#timer = setTimeout(() => this.#ask(), PAUSE);
  }

  async #ask() {
    const asking = (this.#asking = new AbortController());
    try {
      const found = await this.#complete(this.#input.value, asking.signal);
      if (!asking.signal.aborted) this.#show(found);
    } catch (error) {
      if (!(error instanceof Stale)) this.close(); // no completions is no reason to complain: looking up will say it
    }
  }

  #show([headwords, glosses]) {
    const options = headwords.map((headword, place) => {
      const option = element("li", { id: `tu-dien-option-${place}`, className: "td-option" }, element("b", {}, headword));
      if (glosses[place]) option.append(element("span", {}, glosses[place]));
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.headword = headword;
      return option;
    });
    this.#list.replaceChildren(...options);
    this.#mark(-1);
    this.#open(options.length > 0 && this.#input.matches(":focus"));
    this.#announce(options.length);
  }

  #open(open) {
    this.#list.hidden = !open;
    this.#describe({ "aria-expanded": String(open) });
  }

  #mark(place) {
    const options = this.#list.children;
    options[this.#active]?.setAttribute("aria-selected", "false");
    this.#active = place;
    const active = options[place];
    if (!active) return this.#input.removeAttribute("aria-activedescendant");
    active.setAttribute("aria-selected", "true");
    active.scrollIntoView({ block: "nearest" });
    this.#describe({ "aria-activedescendant": active.id });
  }

  #accept(option) {
    this.#input.value = option.dataset.headword;
    this.close();
    this.#choose(option.dataset.headword);
  }

  #key(event) {
    if (event.isComposing || event.keyCode === 229 || this.#composing) return event.key === "Enter" && event.preventDefault();
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const act = this.#keys[event.key];
    if (act?.(event)) event.preventDefault();
  }

  // Each tells whether it dealt with the key.
  #keys = {
    ArrowDown: (event) => this.#step(event.altKey ? 0 : 1),
    ArrowUp: (event) => (event.altKey ? this.#dismiss() : this.#step(-1)),
    Enter: () => {
      const option = this.#list.children[this.#active];
      if (!option || this.#list.hidden) return false;
      this.#accept(option);
      return true;
    },
    Escape: () => {
      if (this.#dismiss()) return true;
      if (!this.#input.value) return false;
      this.#input.value = "";
      return true;
    },
    Tab: () => this.close(),
    Home: () => this.#mark(-1),
    End: () => this.#mark(-1),
    ArrowLeft: () => this.#mark(-1),
    ArrowRight: () => this.#mark(-1),
  };

  #dismiss() {
    const open = !this.#list.hidden;
    this.close();
    return open;
  }

  // Down past the last option, and up past the first, leads back to what was typed.
  #step(by) {
    const count = this.#list.children.length;
    if (this.#list.hidden) {
      if (!count || !this.#input.value.trim()) {
        this.#typed();
        return true;
      }
      this.#open(true);
    }
    if (by) {
      const place = this.#active + by;
      this.#mark(place < -1 ? count - 1 : place >= count ? -1 : place);
    }
    return true;
  }
}
