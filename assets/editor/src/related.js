// Asks which story a related line leads to: words find live stories, one is chosen, and the line is seen before it is put in.
const SOON = 300; // milliseconds

export class Related {
  constructor(dialog, address, words) {
    Object.assign(this, { dialog, address, words });
    this.field = dialog.querySelector("#related-words");
    this.found = dialog.querySelector("#related-stories");
    this.told = dialog.querySelector("#related-told");
    this.preview = dialog.querySelector("#related-preview");
    this.put = dialog.querySelector("button[value=put]");
    this.field.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.search(), SOON);
    });
    // Enter in the box searches at once; it puts nothing in.
    this.field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      this.search();
    });
    this.found.addEventListener("change", () => this.choose());
    dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close(""));
    dialog.addEventListener("close", () => this.closed());
  }

  // `onLine` gets {story, title} when a story was chosen, then or not `after` is called.
  ask(onLine, after) {
    Object.assign(this, { onLine, after });
    this.dialog.returnValue = "";
    this.field.value = "";
    this.show([]);
    this.dialog.showModal();
    this.search();
  }

  async search() {
    clearTimeout(this.timer);
    this.told.textContent = this.words.searching;
    const asked = (this.asked = {});
    const stories = await this.stories().catch(() => null);
    if (asked !== this.asked) return; // an older answer that came late
    this.show(stories || []);
    if (!stories) this.told.textContent = this.words.offline;
    else this.told.textContent = stories.length ? "" : this.words.none;
  }

  async stories() {
    const answer = await fetch(`${this.address}?q=${encodeURIComponent(this.field.value)}`, { headers: { Accept: "application/json" } });
    return (await answer.json()).stories;
  }

  show(stories) {
    this.shown = stories;
    this.found.replaceChildren(...stories.map((story, number) => this.choice(story, number)));
    this.found.closest("fieldset").hidden = !stories.length;
    this.choose();
  }

  choice({ headline, by, standfirst }, number) {
    const label = document.createElement("label");
    const radio = Object.assign(document.createElement("input"), { type: "radio", name: "related-story", value: number });
    const about = Object.assign(document.createElement("span"), { className: "small soft" });
    about.textContent = [this.words.by.replace("%s", by), standfirst].filter(Boolean).join(" · ");
    label.append(radio, " ", Object.assign(document.createElement("strong"), { textContent: headline }), " ", about);
    return label;
  }

  chosen() {
    return this.shown[this.found.querySelector("input:checked")?.value];
  }

  choose() {
    const story = this.chosen();
    this.put.disabled = !story;
    this.preview.hidden = !story;
    this.preview.querySelector("[data-headline]").textContent = story?.headline || "";
  }

  closed() {
    const story = this.chosen();
    this.asked = null;
    if (this.dialog.returnValue === "put" && story) this.onLine({ story: story.key, title: story.headline });
    this.after();
  }
}
