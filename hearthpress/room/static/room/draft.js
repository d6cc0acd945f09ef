// Saves the draft after each change and before it is sent. Without it the Save button does so.
(() => {
  const form = document.querySelector("form[data-saved-at]");
  const status = document.getElementById("saved");
  const words = form.dataset;
  let changed = 0; // counts changes: one made during a save is saved too
  let kept = 0;
  let refused = false;
  let timer;
  let running = null;
  let over = false;
  let pressed = false;
  let leaving = false;

  const say = (text) => {
    if (status.textContent !== text) status.textContent = text;
  };

  const later = (wait) => {
    clearTimeout(timer);
    if (!over) timer = setTimeout(save, wait);
  };

  const lost = () => {
    say(words.unsaved);
    later(8000);
    return false;
  };

  const report = (problems) =>
    Object.entries(problems)
      .map(([name, text]) => {
        const label = form.querySelector(`label[for="id_${name}"]`);
        return `${label ? label.firstChild.textContent.trim() + ": " : ""}${text}`;
      })
      .join(" ");

  // Whether the form may go: its words are kept or shown.
  async function post() {
    if (new Blob([form.elements.source.value]).size > words.most) {
      say(words.tooLong);
      return false;
    }
    const upTo = changed;
    const data = new FormData(form);
    for (const { name, type } of form.elements) if (type === "file") data.delete(name);
    const answer = await fetch(words.savedAt, { method: "POST", body: data });
    if (!(answer.headers.get("Content-Type") || "").includes("json")) {
      over = answer.status < 500;
      if (!over) return lost();
      say(words.signedOut);
      return false;
    }
    const saved = await answer.json();
    over = answer.status === 409;
    if (over) {
      say(saved.problem);
      return saved.shown;
    }
    kept = upTo;
    form.elements.seen.value = saved.seen;
    const problems = report(saved.problems);
    refused = problems !== "";
    const said = words.saved.replace("%s", saved.saved_at).replace(/\.?$/, ".");
    say(refused ? words.partly.replace("%s", () => problems) : said);
    if (changed > kept) later(2000);
    return true;
  }

  const start = () => {
    running = post()
      .catch(lost)
      .finally(() => {
        running = null;
      });
    return running;
  };

  function save() {
    if (!running && changed !== kept) start();
  }

  form.addEventListener("input", (event) => {
    if (event.target.type === "file") return;
    changed += 1;
    later(2000);
  });
  form.addEventListener("submit", async (event) => {
    if (leaving) return;
    event.preventDefault();
    if (pressed) return;
    pressed = true;
    await running;
    leaving = await start();
    clearTimeout(timer);
    pressed = false;
    if (leaving) form.requestSubmit(event.submitter);
    else later(8000);
  });
  addEventListener("online", () => later(0));
  addEventListener("pageshow", () => {
    leaving = false;
  });
  addEventListener("beforeunload", (event) => {
    if (!leaving && (refused || changed > kept)) event.preventDefault();
  });
})();
