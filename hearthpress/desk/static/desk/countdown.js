// Beside the time at which a writer is told: how many seconds are left. The server alone says whether it can be undone.
const SHOWN = 600;
const times = [...document.querySelectorAll("time.countdown")];
const left = (time) => Math.ceil(Number(time.dataset.at) - Date.now() / 1000);
const show = (time) => {
  const seconds = left(time);
  const said = time.nextElementSibling;
  if (seconds > SHOWN) said.textContent = "";
  else said.textContent = seconds > 0 ? said.dataset.left.replace("#", seconds) : said.dataset.over;
};
const tick = () => times.forEach(show);
if (times.length) {
  tick();
  setInterval(tick, 1000);
}
