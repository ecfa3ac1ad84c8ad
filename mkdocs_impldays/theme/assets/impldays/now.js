// Keeps the screen in the hall up to date. The clock is that of impldays.js, which picks what is shown;
// this file fetches the page again to learn of changes, and keeps what is there while it cannot.
(() => {
  const MINUTE = 6e4;
  const screen = () => document.querySelector(".impldays-screen");

  const fetchAgain = async () => {
    try {
      const answer = await fetch(location.href, { cache: "no-store" });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector(".impldays-screen");
      // What a hotel's network answers instead has no screen. An equal one would only flicker.
      if (!fresh || fresh.innerHTML === shown) return;
      shown = fresh.innerHTML;
      screen().replaceChildren(...document.importNode(fresh, true).childNodes);
    } catch {} // No network: the next minutes bring it back.
  };
  let shown = "";

  // All lines are on the screen: with many rooms the letters become smaller.
  const fit = () => {
    const part = screen();
    for (let size = 1; size > 0.3; size -= 0.05) {
      part.style.setProperty("--impldays-fit", size);
      if (part.scrollHeight <= innerHeight) break;
    }
  };

  // A few pixels each minute, on a small circle, so that no bright spot burns in.
  let step = 0;
  const shift = () => {
    const angle = (step++ % 12) * Math.PI / 6;
    screen().style.translate = `${Math.round(6 * Math.cos(angle))}px ${Math.round(6 * Math.sin(angle))}px`;
  };

  new MutationObserver(fit).observe(screen(), {
    attributeFilter: ["hidden"], childList: true, subtree: true,
  });
  addEventListener("resize", fit);
  setInterval(shift, MINUTE);
  setInterval(fetchAgain, 3 * MINUTE);
  fit();
})();
