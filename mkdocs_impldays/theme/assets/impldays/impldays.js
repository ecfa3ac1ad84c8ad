// Shows what is true at the visitor's moment. The page carries every state it can reach, each with
// the instants it lasts from and until; this file only looks at the clock and picks.
//
// In <head>, without `defer`, the observer sees each part of the page before it is painted, also
// those that Material's navigation.instant puts in.
(() => {
  // `data-now` on the script's own element sets a moment that does not move, for a preview.
  const script = document.currentScript;
  const parsed = {}; // A schedule has the same few instants hundreds of times.
  const parse = (text) => (parsed[text] ??= Date.parse(text));
  const instants = (list) => (list ? list.split(" ").map(parse) : []);
  let timer;

  // Shown from the first list's instants on, and not from the second's, whichever was last. What
  // ends before it ever begins was there from the beginning of time.
  const holds = (from, until, now) => {
    const passed = (list) => list.filter((instant) => instant <= now).length;
    const atFirst = (until[0] ?? Infinity) < (from[0] ?? Infinity);
    return passed(from) + atFirst > passed(until);
  };

  const pick = () => {
    const moment = Date.parse(script.dataset.now);
    const now = moment || Date.now();
    let wait = 6e4; // Looks once a minute: a timer does not run while the computer sleeps.
    for (const part of document.querySelectorAll(".impldays > [data-from], .impldays > [data-until]")) {
      const from = instants(part.dataset.from);
      const until = instants(part.dataset.until);
      part.hidden = !holds(from, until, now);
      for (const instant of from.concat(until)) {
        if (!moment && instant > now && instant - now <= 6e4) {
          // Screen readers announce a change only in a region that was there before it.
          const region = part.parentNode;
          const live = region.matches("ol, ul") ? ["aria-live", "polite"] : ["role", "status"];
          region.setAttribute(...live);
          wait = Math.min(wait, instant - now);
        }
      }
    }
    // The table of contents has no entry for a heading that is hidden.
    for (const link of document.querySelectorAll(":is(nav, .nav) li > a[href^='#']")) {
      const heading = document.getElementById(link.getAttribute("href").slice(1));
      link.parentNode.hidden = !!heading?.closest("[hidden]");
    }
    clearTimeout(timer);
    timer = setTimeout(pick, wait);
    addVisitorsTime();
  };

  const formats = {}; // To make one takes a hundred times as long as to use it.
  const format = (language, hasWeekday) =>
    (formats[language + hasWeekday] ??= new Intl.DateTimeFormat(language || [], {
      weekday: hasWeekday ? "short" : undefined,
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    }));

  // The visitor's own time beside the venue's, where their clocks differ: the start, and the end if
  // there is one. The label has "…" where they go. What takes longer than a moment waits; the
  // beginning is converted before it is painted, so that nothing moves.
  const addVisitorsTime = () => {
    const start = performance.now();
    for (const time of document.querySelectorAll("time[data-yours]")) {
      if (performance.now() - start > 20) {
        setTimeout(addVisitorsTime);
        break;
      }
      const there = time.dateTime;
      const { yours, end } = time.dataset;
      time.removeAttribute("data-yours");
      if (+new Date(there) === +new Date(there.slice(0, 16))) continue; // The same clock, as local.
      let day = there.slice(0, 10);
      const own = (text) => {
        const instant = new Date(text);
        const before = day;
        day = new Date(instant - instant.getTimezoneOffset() * 6e4).toISOString().slice(0, 10);
        return format(document.documentElement.lang, day !== before).format(instant);
      };
      const words = document.createElement("span");
      words.className = "impldays-yours";
      words.textContent = " " + yours.replace("…", own(there) + (end ? "–" + own(end) : ""));
      time.after(words);
    }
    observer.takeRecords(); // What was added here needs no look at the clock.
  };

  // A map is loaded when asked for, in place of its drawing.
  addEventListener("click", (event) => {
    const link = event.target.closest("a[data-map]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const frame = document.createElement("iframe");
    frame.title = link.dataset.map;
    frame.referrerPolicy = "no-referrer";
    frame.src = link.href;
    link.closest(".impldays-map").replaceChildren(frame);
    frame.focus();
  });

  const observer = new MutationObserver(pick);
  observer.observe(document, { childList: true, subtree: true });
  document.addEventListener("visibilitychange", pick);
  addEventListener("pageshow", pick); // Also when the browser brings the page back from its cache.
  pick();
})();
