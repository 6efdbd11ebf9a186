// Saves one question or claim at a time while people go on answering.
//
// A unit is the element around a question or claim. Its fields are sent as the page would send
// them; the answer brings the token with which the page can be sent, or saved, next.

const TYPING_PAUSE = 800;
const PATIENCE = 10000;
const RETRY_AFTER = [2000, 5000, 15000, 30000];

export class Autosave {
  #address;
  #token;
  #report;
  #units = new Map(); // unit → {dirty, timer, flight, tries, blocked}

  // report(unit, event) is told "saving", "failed", "refused", or {status, answer} for what came back.
  constructor(address, token, report) {
    this.#address = address;
    this.#token = token;
    this.#report = report;
    addEventListener("online", () => this.#retryAll());
  }

  // Whether leaving now would lose something.
  get unsaved() {
    return [...this.#units.values()].some((state) => state.dirty || state.flight);
  }

  changed(unit, { typing }) {
    const state = this.#state(unit);
    state.dirty = true;
    if (state.blocked) return;
    clearTimeout(state.timer);
    state.timer = setTimeout(() => this.#save(unit), typing ? TYPING_PAUSE : 0);
  }

  // Saves at once what waits for a pause in typing, for the page may be about to go away.
  flush() {
    for (const [unit, state] of this.#units) {
      clearTimeout(state.timer);
      this.#save(unit, { keepalive: true });
    }
  }

  // Saves nothing more, for the page itself is being sent; returns what is still on its way.
  stop() {
    const flights = [];
    for (const state of this.#units.values()) {
      clearTimeout(state.timer);
      state.blocked = true;
      state.dirty = false;
      if (state.flight) flights.push(state.flight);
    }
    return flights;
  }

  #state(unit) {
    if (!this.#units.has(unit)) this.#units.set(unit, { dirty: false, tries: 0 });
    return this.#units.get(unit);
  }

  #save(unit, options) {
    const state = this.#state(unit);
    if (state.flight || state.blocked || !state.dirty) return;
    state.dirty = false;
    state.flight = this.#send(unit, state, options).finally(() => {
      state.flight = null;
      if (state.dirty && !state.tries) this.#save(unit);
    });
  }

  async #send(unit, state, options) {
    this.#report(unit, "saving");
    let response;
    let answer;
    try {
      response = await fetch(this.#address, {
        method: "POST",
        headers: { Accept: "application/json" },
        body: this.#fields(unit),
        signal: AbortSignal.timeout(PATIENCE),
        ...options,
      });
      answer = await response.json();
    } catch {
      answer = null;
    }
    const status = response?.status ?? 0;
    // A page instead of an answer: this is not for one to change any more, or not there any more.
    if (!answer && status >= 400 && status < 500 && status !== 429) {
      state.dirty = state.blocked = true;
      this.#report(unit, "refused");
      return;
    }
    if (!answer || status >= 500) {
      this.#later(unit, state);
      return;
    }
    state.tries = 0;
    // Signed out, or the token is too old: the page itself has to be sent. A conflict: kept, but the
    // choice is the page's.
    if (status === 403) state.dirty = state.blocked = true;
    if (status === 409) state.blocked = true;
    this.#report(unit, { status, answer });
  }

  #later(unit, state) {
    state.dirty = true;
    const pause = RETRY_AFTER[Math.min(state.tries, RETRY_AFTER.length - 1)];
    state.tries += 1;
    clearTimeout(state.timer);
    if (!state.blocked) state.timer = setTimeout(() => this.#save(unit), pause);
    this.#report(unit, "failed");
  }

  #retryAll() {
    for (const [unit, state] of this.#units) if (state.tries) this.#save(unit);
  }

  #fields(unit) {
    const fields = new FormData();
    fields.set("csrfmiddlewaretoken", this.#token);
    const { question, criterion } = unit.dataset;
    if (question) fields.set("question", question);
    if (criterion) fields.set("criterion", criterion);
    for (const field of unit.querySelectorAll("input, textarea")) {
      const ticks = field.type === "radio" || field.type === "checkbox";
      if (field.name && (!ticks || field.checked)) fields.append(field.name, field.value);
    }
    return fields;
  }
}
