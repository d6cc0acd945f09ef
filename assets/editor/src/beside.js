// The list beside the text: its buttons answer without leaving the page, and what is half written in it stays.
export class Beside {
  constructor(element, onAnswer) {
    this.element = element;
    this.status = document.getElementById("text-saved");
    element.addEventListener("click", (event) => {
      const link = event.target.closest("[data-rewrite]");
      if (!link) return;
      event.preventDefault();
      this.rewrite(link);
    });
    document.addEventListener("submit", (event) => {
      if (!event.target.matches("form[data-answer]")) return;
      event.preventDefault();
      if (this.busy) return;
      this.busy = true;
      const form = event.target;
      onAnswer(form.action, new FormData(form, event.submitter), () => form.reset()).finally(() => {
        this.busy = false;
      });
    });
  }

  halfWritten() {
    return [...this.element.querySelectorAll("textarea[id], input[id]")].filter((field) => field.value !== field.defaultValue);
  }

  // `html` is our own template's.
  show(html, force = false) {
    const written = this.halfWritten().map(({ id, value }) => [id, value]);
    if (!force && (written.length || this.element.contains(document.activeElement))) return;
    this.element.innerHTML = html;
    written.forEach(([id, value]) => {
      const field = document.getElementById(id);
      if (!field) return;
      field.value = value;
      const folded = field.closest("details");
      if (folded) folded.open = true;
    });
  }

  // After an answer the next one is at hand for whoever uses the keyboard.
  focusNext() {
    const next = this.element.querySelector(".suggestions > li") || this.element.querySelector("#suggestions");
    if (!next) return;
    next.tabIndex = -1;
    next.focus({ preventScroll: true });
  }

  passages() {
    const places = this.element.querySelectorAll("[data-exact]:not([data-settled])");
    return [...places].map(({ dataset }) => ({ exact: dataset.exact, before: dataset.before, after: dataset.after }));
  }

  // The box for words of the writer's own, below the suggestion; or away again.
  rewrite(link) {
    const item = link.closest("[data-suggestion]");
    const open = item.querySelector("form");
    if (open) return open.remove();
    const form = document.getElementById("rewriting").content.firstElementChild.cloneNode(true);
    const { suggestion } = item.dataset;
    const field = form.elements.words;
    field.id = `own-${suggestion}`;
    form.querySelector("label").htmlFor = field.id;
    form.querySelector("button").value = `rewrite:${suggestion}:${link.dataset.rewrite}`;
    const words = item.querySelector("ins") || item.querySelector("del");
    field.value = words.lastChild.textContent.trim();
    field.defaultValue = field.value;
    item.append(form);
    field.focus();
    return form;
  }

  item(identity) {
    return identity ? this.element.querySelector(`[data-suggestion="${CSS.escape(identity)}"]`) : null;
  }

  current(identity) {
    const item = this.item(identity);
    if (item === this.marked) return;
    this.marked?.classList.remove("current");
    item?.classList.add("current");
    this.marked = item;
  }

  // On a narrow screen the suggestion under the finger is shown at the foot of it.
  sheet(identity) {
    const foot = document.getElementById("text-foot");
    const item = this.item(identity);
    foot.hidden = !item;
    if (!item) return;
    foot.replaceChildren(...[...item.cloneNode(true).children].filter((child) => child.tagName !== "FORM"));
    foot.querySelectorAll("[data-rewrite]").forEach((link) => link.remove());
    foot.querySelectorAll("[aria-describedby], [id]").forEach((element) => {
      element.removeAttribute("aria-describedby");
      element.removeAttribute("id");
    });
  }

  remarkOn({ exact, before, after }) {
    const form = this.element.querySelector("#new-remark form");
    Object.entries({ exact, before, after }).forEach(([name, value]) => {
      form.elements[name].value = value;
    });
    const place = form.querySelector("#remark-place");
    place.hidden = !exact;
    place.textContent = exact.length > 160 ? `“${exact.slice(0, 160)}…”` : `“${exact}”`;
    form.closest("details").open = true;
    form.elements.words.focus();
  }
}
