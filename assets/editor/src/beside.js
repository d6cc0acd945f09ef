// The list beside the text: its buttons answer without leaving the page, and what is half written in it stays.
export class Beside {
  constructor(element, onAnswer) {
    this.element = element;
    this.status = document.getElementById("text-saved");
    document.addEventListener("submit", (event) => {
      if (!event.target.matches("form[data-answer]")) return;
      event.preventDefault();
      const data = new FormData(event.target, event.submitter);
      event.target.reset();
      onAnswer(event.target.action, data);
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
    const next = this.element.querySelector(".suggestions button") || this.element.querySelector("#suggestions");
    if (!next) return;
    if (next.id) next.tabIndex = -1;
    next.focus({ preventScroll: true });
  }

  passages() {
    const places = this.element.querySelectorAll("[data-exact]:not([data-settled])");
    return [...places].map(({ dataset }) => ({ exact: dataset.exact, before: dataset.before, after: dataset.after }));
  }

  current(identity) {
    this.element.querySelectorAll("[data-suggestion]").forEach((item) => {
      item.classList.toggle("current", item.dataset.suggestion === identity);
    });
  }

  // On a narrow screen the suggestion under the finger is shown at the foot of it.
  sheet(identity) {
    const foot = document.getElementById("text-foot");
    const item = identity && [...this.element.querySelectorAll("[data-suggestion]")].find(({ dataset }) => dataset.suggestion === identity);
    foot.hidden = !item;
    if (!item || foot.dataset.shows === identity) return;
    foot.replaceChildren(...[...item.cloneNode(true).children].filter((child) => child.tagName !== "DETAILS"));
    foot.querySelectorAll("[aria-describedby]").forEach((button) => button.removeAttribute("aria-describedby"));
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
