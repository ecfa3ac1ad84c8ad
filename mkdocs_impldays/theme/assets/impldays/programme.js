// Filters a schedule by the choices of a `.impldays-filter`, and keeps which sessions a visitor has
// marked, in this browser alone. Without this file, the schedule shows everything.
//
// It stands before the schedule: the observer sees each session before it is painted, also those that
// Material's navigation.instant puts in.
(() => {
  const root = document.documentElement;
  if (root.dataset.impldaysProgramme) return; // Material runs it again on every page.
  root.dataset.impldaysProgramme = "";
  const KEY = "impldays-marks";

  let kept = []; // Where storage is forbidden, marks last as long as the page.
  const marks = () => {
    try {
      const stored = JSON.parse(localStorage.getItem(KEY) || "[]");
      return new Set(Array.isArray(stored) ? stored : []);
    } catch {
      return new Set(kept);
    }
  };
  const keep = (set) => {
    kept = [...set];
    try {
      if (kept.length) localStorage.setItem(KEY, JSON.stringify(kept));
      else localStorage.removeItem(KEY);
    } catch {}
  };

  const formOf = (part) => {
    const fest = part.closest(".impldays-schedule")?.dataset.fest;
    return document.querySelector(`.impldays-filter[data-fest="${fest}"]`);
  };
  const linesOf = (form) => document.querySelectorAll(
    `.impldays-schedule[data-fest="${form.dataset.fest}"] li[id^="session-"]`,
  );
  const idOf = (line) => line.id.slice("session-".length);

  const buttons = new WeakMap(); // By the line they are on: looking them up takes a phone long.
  const addButton = (line, form, session) => {
    if (!session || buttons.has(line)) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "impldays-mark";
    button.setAttribute("aria-label", form.dataset.mark.replace("…", session[0]));
    (line.querySelector(".impldays") || line).append(" ", button);
    buttons.set(line, button);
  };

  const parsed = new WeakMap();
  const sessionsOf = (form) => {
    if (!parsed.has(form)) parsed.set(form, JSON.parse(form.dataset.sessions));
    return parsed.get(form);
  };

  const update = (form) => {
    const sessions = sessionsOf(form);
    const name = (id) => `${form.dataset.fest}/${id}`;
    const marked = marks();
    const mine = Object.keys(sessions).filter((id) => marked.has(name(id)));
    const chosen = [...form.querySelectorAll("option:checked[data-sessions]")]
      .map((option) => new Set(option.dataset.sessions.split(" ")));
    if (form.elements.mine.checked) chosen.push(new Set(mine));
    const lines = [...linesOf(form)];
    for (const line of lines) {
      const id = idOf(line);
      const session = sessions[id];
      addButton(line, form, session);
      const isHidden = !chosen.every((ids) => ids.has(id));
      if (line.hidden !== isHidden) line.hidden = isHidden;
      const is = marked.has(name(id));
      const button = buttons.get(line);
      if (button && button.getAttribute("aria-pressed") !== `${is}`) {
        button.setAttribute("aria-pressed", is);
        button.textContent = is ? "★" : "☆";
      }
      const other = is && mine.find((each) => each !== id
        && sessions[each][1] < session[2] && session[1] < sessions[each][2]);
      const text = other ? form.dataset.overlap.replace("…", sessions[other][0]) : "";
      const note = button?.nextSibling;
      if (note && note.textContent !== text) note.textContent = text;
      else if (text && !note) {
        const added = document.createElement("small");
        added.className = "impldays-overlap";
        added.textContent = text;
        button.after(added);
      }
    }
    // A day or an event of which nothing is left goes too.
    for (const part of document.querySelectorAll(
      `.impldays-schedule[data-fest="${form.dataset.fest}"] :is(.impldays-date, .impldays-slot)`,
    )) {
      part.hidden = chosen.length > 0 && !part.querySelector('li[id^="session-"]:not([hidden])');
    }
    const none = chosen.length && lines.length && lines.every((line) => line.hidden);
    const said = none ? form.dataset.none : "";
    const status = form.querySelector("[role=status]");
    if (status.textContent !== said) status.textContent = said;
  };

  // The address keeps the choices, so that a page can be shared as it is.
  const read = (form) => {
    const asked = new URLSearchParams(location.search);
    for (const select of form.querySelectorAll("select")) {
      const value = asked.get(select.name);
      if ([...select.options].some((option) => option.value === value)) select.value = value;
    }
    form.elements.mine.checked = asked.has("mine");
  };
  const write = (form) => {
    const address = new URL(location);
    for (const { name, value } of form.querySelectorAll("select")) {
      if (value) address.searchParams.set(name, value);
      else address.searchParams.delete(name);
    }
    if (form.elements.mine.checked) address.searchParams.set("mine", "");
    else address.searchParams.delete("mine");
    history.replaceState(history.state, "", address);
  };

  const all = () => document.querySelectorAll(".impldays-filter");
  const look = () => {
    for (const form of all()) {
      const count = linesOf(form).length;
      if (form.dataset.seen === `${count}`) continue;
      if (!form.dataset.seen) read(form);
      form.dataset.seen = count;
      update(form);
    }
  };

  document.addEventListener("change", (event) => {
    const form = event.target.closest(".impldays-filter");
    if (!form) return;
    write(form);
    update(form);
  });
  document.addEventListener("submit", (event) => {
    if (event.target.matches(".impldays-filter")) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".impldays-mark, .impldays-forget");
    if (!button) return;
    const set = marks();
    if (button.matches(".impldays-forget")) {
      set.clear();
    } else {
      const name = `${formOf(button).dataset.fest}/${idOf(button.closest("li"))}`;
      if (!set.delete(name)) set.add(name);
    }
    keep(set);
    all().forEach(update);
  });
  addEventListener("storage", () => all().forEach(update)); // Marked in another tab.
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
  look();
})();
