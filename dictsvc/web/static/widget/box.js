// The box "Tra từ / Từ điển" and the answer below it, wherever they stand: on the service's page, in a shadow root,
// or included by a portal's server.

const MEMORY = "tu-dien.dictionary";
const MOST_REMEMBERED = 60; // completions
const NOTICEABLE = 400; // milliseconds after which waiting is worth a word

// The values of a link that leads to a search, such as those of a headword; undefined for any other link.
function searchOf(link) {
  const url = new URL(link.href);
  const isSearch = url.href.startsWith(`${BASE}/?`) || url.href.startsWith(`${BASE}/widget?`);
  return isSearch && url.searchParams.has("q") ? Object.fromEntries(url.searchParams) : undefined;
}

function remembered(dictionary) {
  try {
    if (dictionary !== undefined) localStorage.setItem(MEMORY, dictionary);
    return localStorage.getItem(MEMORY);
  } catch {
    return null; // no storage is allowed here
  }
}

class Box {
  #root;
  #form;
  #results;
  #status;
  #language;
  #inPlace;
  #history;
  #combobox;
  #asking;
  #completions = new Map();

  // `inPlace`: answers replace the results, else the form is sent as ever. `history`: each gets an address.
  constructor(root, form, results, { inPlace, history }) {
    this.#root = root;
    this.#form = form;
    this.#results = results;
    this.#language = form.getAttribute("lang"); // `form.lang` may be its field of that name
    this.#inPlace = inPlace;
    this.#history = history;
    this.#status = form.querySelector(".td-status");
    this.#combobox = new Combobox(form.elements.q, {
      complete: (text, signal) => this.#complete(text, signal),
      choose: () => this.#submit(),
      announce: (count) => this.#announce(wordsIn(this.#language).completions.replace("{count}", count)),
    });
    this.#listen();
    this.#dress();
  }

  get dictionary() {
    return this.#form.elements.dict.value;
  }

  set dictionary(value) {
    const { dict } = this.#form.elements;
    if ([...dict.options].some((option) => option.value === value)) dict.value = value;
  }

  #listen() {
    const { dict } = this.#form.elements;
    this.#form.addEventListener("submit", (event) => {
      this.#combobox.close();
      if (!this.#inPlace) return;
      event.preventDefault();
      this.#submit();
    });
    dict.addEventListener("change", () => {
      remembered(dict.value);
      this.#completions.clear();
      if (this.#inPlace && this.#results.dataset.query) this.#submit();
    });
    this.#root.addEventListener("click", (event) => this.#clicked(event));
    if (this.#history) addEventListener("popstate", () => this.#restore());
  }

  #submit() {
    const { q } = this.#form.elements;
    if (!this.#inPlace) return this.#form.requestSubmit();
    if (!q.value.trim()) return q.focus();
    if (matchMedia("(pointer: coarse)").matches) q.blur(); // puts the keyboard away
    return this.lookUp({ q: q.value, dict: this.dictionary });
  }

  #clicked(event) {
    const listen = event.target.closest?.(".td-listen");
    if (listen) return speak(listen);
    const link = event.target.closest?.("a[href]");
    const values = link && this.#inPlace && searchOf(link);
    if (!values || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return undefined;
    event.preventDefault();
    this.#form.elements.q.value = values.q;
    this.dictionary = values.dict ?? "";
    return this.lookUp(values).then(() => this.#lead());
  }

  // Leads eye and keyboard from a link that is gone to the answer that came.
  #lead() {
    this.#results.tabIndex = -1;
    this.#results.focus({ preventScroll: true });
    if (this.#results.getBoundingClientRect().top < 0) this.#form.scrollIntoView({ block: "start" });
  }

  async lookUp(values, { again = false } = {}) {
    const language = this.#language;
    this.#asking?.abort();
    const { signal } = (this.#asking = new AbortController());
    const known = Object.fromEntries(Object.entries({ ...values, lang: language }).filter(([, value]) => value));
    if (this.#history && !again) this.#record(known);
    this.#results.setAttribute("aria-busy", "true");
    const waiting = setTimeout(() => this.#announce(wordsIn(language).loading), NOTICEABLE);
    const retry = () => this.lookUp(values, { again: true });
    try {
      const { results, mayRetry } = await askFragment({ q: "", ...known }, { signal });
      if (mayRetry) results.append(failureNotice(new Failure("busy"), language, retry).lastChild);
      this.#replace(results);
    } catch (failure) {
      if (failure instanceof Stale) return;
      this.#replace(failureNotice(failure, language, retry));
    } finally {
      clearTimeout(waiting);
    }
  }

  #replace(results) {
    this.#results.replaceWith(results);
    this.#results = results;
    this.#dress();
    this.#announce(results.dataset.summary);
    if (this.#history && results.dataset.title) document.title = results.dataset.title;
  }

  #dress() {
    offerSpeech(this.#root);
    if (this.#history || !this.#inPlace) return;
    for (const link of this.#results.querySelectorAll("a[href]")) {
      if (!searchOf(link)) Object.assign(link, { target: "_blank", rel: "noopener" }); // the portal stays where it is
    }
  }

  #announce(text) {
    this.#status.textContent = this.#status.textContent === text ? `${text}\u00a0` : text; // the same twice is said twice
  }

  #record(values) {
    const address = `${this.#form.action}?${new URLSearchParams(values)}`;
    if (address !== location.href) history.pushState(null, "", address);
  }

  #restore() {
    const { q = "", ...values } = Object.fromEntries(new URLSearchParams(location.search));
    this.#form.elements.q.value = q;
    this.dictionary = values.dict ?? "";
    this.#combobox.close();
    this.lookUp({ ...values, q }, { again: true });
  }

  async #complete(text, signal) {
    const key = `${this.dictionary} ${text}`;
    if (!this.#completions.has(key)) {
      const values = { q: text, dict: this.dictionary, limit: 8 };
      const [, headwords, glosses] = await askJson(`/suggest?${new URLSearchParams(values)}`, { signal });
      if (this.#completions.size >= MOST_REMEMBERED) this.#completions.clear();
      this.#completions.set(key, [headwords, glosses]);
    }
    return this.#completions.get(key);
  }
}
