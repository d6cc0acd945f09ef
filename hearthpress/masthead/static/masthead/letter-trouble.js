// On the page where the code is typed: asks a few times whether the letter came back, and says so.
const box = document.querySelector(".letter-trouble");
const ask = async () => {
  const answer = await fetch(box.dataset.ask, { headers: { Accept: "application/json" } });
  if (answer.ok && (await answer.json()).trouble) box.hidden = false;
};
for (const seconds of [4, 10, 25, 60]) setTimeout(() => box.hidden && ask(), seconds * 1000);
