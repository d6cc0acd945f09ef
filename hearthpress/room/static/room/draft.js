// Saves the draft two seconds after a change. Without it the Save button does the same.
(() => {
  const form = document.querySelector("form[data-saved-at]");
  const status = document.getElementById("saved");
  const words = form.dataset;
  let changed = 0; // counts changes, so that one made while a save is under way is saved too
  let kept = 0;
  let timer;
  let running = null;
  let over = false;

  const say = (text) => {
    if (status.textContent !== text) status.textContent = text;
  };

  const later = (wait) => {
    clearTimeout(timer);
    if (!over) timer = setTimeout(save, wait);
  };

  const report = (problems) =>
    Object.entries(problems)
      .map(([name, text]) => {
        const label = form.querySelector(`label[for="id_${name}"]`);
        return `${label ? label.firstChild.textContent.trim() + ": " : ""}${text}`;
      })
      .join(" ");

  async function post() {
    const upTo = changed;
    const data = new FormData(form);
    data.delete("upload");
    const answer = await fetch(words.savedAt, { method: "POST", body: data });
    if (!(answer.headers.get("Content-Type") || "").includes("json")) {
      over = answer.status < 500;
      say(over ? words.signedOut : words.unsaved);
      if (!over) later(8000);
      return;
    }
    const saved = await answer.json();
    if (answer.status === 409) {
      over = true;
      say(saved.problem);
      return;
    }
    kept = upTo;
    form.elements.seen.value = saved.seen;
    say(`${words.saved.replace("%s", saved.saved_at)}. ${report(saved.problems)}`.trim());
    if (changed > kept) later(2000);
  }

  function save() {
    if (running || changed === kept) return;
    running = post()
      .catch(() => {
        say(words.unsaved);
        later(8000);
      })
      .finally(() => {
        running = null;
      });
  }

  form.addEventListener("input", (event) => {
    if (event.target.name === "upload") return;
    changed += 1;
    later(2000);
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (running) {
      // The page's own save must know what the one under way has kept.
      event.preventDefault();
      running.finally(() => form.requestSubmit(event.submitter));
      return;
    }
    kept = changed;
  });
  addEventListener("online", () => later(0));
  addEventListener("beforeunload", (event) => {
    if (changed > kept) event.preventDefault();
  });
})();
