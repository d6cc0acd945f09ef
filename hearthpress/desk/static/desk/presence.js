// While the page is looked at: says so twice a minute, and shows who else has it open.
(() => {
  const AGAIN = 30000;
  const form = document.querySelector("form.presence");
  const said = document.querySelector("p.presence");
  const show = (answer) => {
    if (said.textContent !== answer.words) said.textContent = answer.words;
  };
  const here = () => {
    if (document.hidden) return;
    fetch(form.action, { method: "POST", body: new FormData(form) })
      .then((answer) => (answer.ok ? answer.json() : { words: "" }))
      .then(show, () => {});
  };
  if (form && said) setInterval(here, AGAIN);
})();
