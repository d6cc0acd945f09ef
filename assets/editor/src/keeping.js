// Keeps the text: soon after each change on the server, and until that is done on this device. Nobody's words are
// written over: what somebody else has kept meanwhile is put together with these by the server.
const SOON = 1200; // milliseconds
const ASIDE = 250;
const AGAIN = 6000;

export class Keeping {
  // `editor` has document(): JSON, show(JSON): puts it in the place of the text; `told` hears what is to be said.
  constructor(config, words, editor, told) {
    Object.assign(this, { config, words, editor, told });
    this.version = config.version;
    this.base = config.document;
    this.changes = 0;
    this.kept = 0;
    this.running = null;
    this.over = false;
    this.name = `hearthpress-text-${config.key}-${config.me}`;
    addEventListener("online", () => this.later(0));
    addEventListener("beforeunload", (event) => {
      if (this.changes > this.kept) event.preventDefault();
    });
    addEventListener("pagehide", () => this.putAsideNow());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState !== "hidden") return;
      this.putAsideNow();
      this.later(0);
    });
  }

  // What an earlier visit could not send: its document, or null.
  left() {
    try {
      const copy = JSON.parse(localStorage.getItem(this.name));
      if (!copy) return null;
      this.editor.check(copy.document);
      this.editor.check(copy.base);
      this.version = copy.version;
      this.base = copy.base;
      return copy.document;
    } catch {
      // No copy of a text: it is set aside, so that it stands in nobody's way and is still there to look at.
      localStorage.setItem(`${this.name}-broken`, localStorage.getItem(this.name));
      localStorage.removeItem(this.name);
      return null;
    }
  }

  changed() {
    this.changes += 1;
    this.putAside();
    this.later(SOON);
  }

  // A moment later, so that no keystroke waits for it.
  putAside() {
    this.aside ??= setTimeout(() => this.putAsideNow(), ASIDE);
  }

  putAsideNow() {
    clearTimeout(this.aside);
    this.aside = null;
    if (this.changes === this.kept) return;
    try {
      const copy = { version: this.version, base: this.base, document: this.editor.document() };
      localStorage.setItem(this.name, JSON.stringify(copy));
    } catch {
      // No room on the device: the server has it in a moment.
    }
  }

  later(wait) {
    clearTimeout(this.timer);
    if (!this.over) this.timer = setTimeout(() => this.keep(), wait);
  }

  // Whether all that was typed is with the server.
  async keep() {
    clearTimeout(this.timer);
    while (this.running) await this.running;
    if (this.changes === this.kept) return true;
    this.running = this.send()
      .catch(() => this.lost())
      .finally(() => {
        this.running = null;
      });
    return this.running;
  }

  lost() {
    this.told.saved(this.words.offline);
    this.later(AGAIN);
    return false;
  }

  async send() {
    const upTo = this.changes;
    const sent = this.editor.document();
    // Sent again because its answer was lost, it has the same name, and is kept once.
    if (this.sending?.upTo !== upTo) this.sending = { upTo, save: `${Date.now()}-${crypto.getRandomValues(new Uint32Array(2)).join("-")}` };
    const answer = await this.post(this.config.addresses.kept, {
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ version: this.version, base: this.base, document: sent, save: this.sending.save }),
    });
    if (!answer) return false;
    if (answer.again) return this.later(0);
    if (answer.problem) {
      this.told.problem(answer.problem);
      this.later(AGAIN * 10);
      return false;
    }
    this.kept = upTo;
    this.take(answer, sent);
    return true;
  }

  // The list beside the text from this suggestion on.
  async list(identity) {
    const answer = await fetch(`?from=${encodeURIComponent(identity)}`, { headers: { Accept: "application/json" } });
    return (await answer.json()).beside;
  }

  // The server's answer, as JSON; null when this person is not signed in any more.
  async post(address, options) {
    const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
    const answer = await fetch(address, {
      method: "POST",
      ...options,
      headers: { Accept: "application/json", "X-CSRFToken": token, ...options.headers },
    });
    if (answer.ok || answer.status === 400 || answer.status === 409) {
      if ((answer.headers.get("Content-Type") || "").includes("json")) return answer.json();
    }
    if (answer.status >= 500) throw new Error(answer.status);
    this.over = answer.redirected || answer.status === 401 || answer.status === 403;
    this.told.problem(this.words.signedOut);
    return null;
  }

  // `sent` is what the server made its answer from. While more has been typed since, it stays the base of that.
  take(answer, sent) {
    const typing = this.changes > this.kept;
    const same = this.editor.same(answer.document, sent);
    if (!typing && !same) this.editor.show(answer.document);
    if (!typing || same) this.version = answer.version;
    this.base = typing && !same ? sent : answer.document;
    if (typing) {
      this.putAside();
      this.later(SOON);
    } else {
      localStorage.removeItem(this.name);
    }
    this.told.saved(this.words.saved.replace("%s", answer.savedAt));
    this.told.beside(answer.beside);
    if (answer.conflicts) this.told.problem(this.words.conflicts);
  }
}
