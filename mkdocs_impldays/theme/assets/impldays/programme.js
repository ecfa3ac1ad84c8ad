// Filters a schedule by the choices of a `.impldays-filter`, and keeps which sessions a visitor has
// marked, in this browser alone. Without this file, the schedule shows everything.
//
// It is before the schedule: the observer sees each session before it is painted, also those that
// Material's navigation.instant puts in.
(() => {
  const root = document.documentElement;
  if (root.programme) return; // Material runs it again on every page.
  root.programme = true;
  const KEY = "impldays-marks";
  const LINE = '[id^="session-"]';
  const OUT = "impldays-out";

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

  const all = () => document.querySelectorAll(".impldays-filter");
  const inSchedule = (form, parts) => document.querySelectorAll(
    `.impldays-schedule[data-fest="${form.dataset.fest}"] :is(${parts})`,
  );
  const idOf = (line) => line.id.slice("session-".length);
  const nameOf = (form, id) => `${form.dataset.fest}/${id}`;
  const sessionsOf = (form) => (form.sessions ??= JSON.parse(form.dataset.sessions));
  const markedIn = (form) => {
    const set = marks();
    return Object.keys(sessionsOf(form)).filter((id) => set.has(nameOf(form, id)));
  };
  const overlapOf = (form, id, mine) => {
    const sessions = sessionsOf(form);
    const [, start, end] = sessions[id];
    const other = mine.includes(id) && mine.find((each) => each !== id
      && sessions[each][1] < end && start < sessions[each][2]);
    return other ? form.dataset.overlap.replace("…", () => sessions[other][0]) : "";
  };
  const tell = (form, text) => {
    form.querySelector("[role=status]").firstChild.data = text;
  };

  const addButton = (line, form) => {
    const button = document.createElement("button");
    const [title] = sessionsOf(form)[idOf(line)];
    button.type = "button";
    button.className = "impldays-mark";
    button.setAttribute("aria-label", form.dataset.mark.replace("…", () => title));
    (line.querySelector(".impldays") || line).append(" ", button);
    return button;
  };
  const showMark = (button, isMarked, overlap) => {
    if (button.getAttribute("aria-pressed") !== `${isMarked}`) {
      button.setAttribute("aria-pressed", isMarked);
    }
    const note = button.nextSibling;
    if (note) {
      if (note.textContent !== overlap) note.textContent = overlap;
    } else if (overlap) {
      const added = document.createElement("small");
      added.className = "impldays-overlap";
      added.textContent = overlap;
      button.after(added);
    }
  };

  const update = (form) => {
    const sessions = sessionsOf(form);
    const ids = Object.keys(sessions);
    const mine = markedIn(form);
    const chosen = [...form.querySelectorAll("option:checked[data-sessions]")]
      .map((option) => new Set(option.dataset.sessions.split(" ")));
    if (form.elements.mine.checked) chosen.push(new Set(mine));
    const left = new Set(ids.filter((id) => chosen.every((choice) => choice.has(id))));
    for (const line of inSchedule(form, LINE)) {
      const id = idOf(line);
      if (!sessions[id]) continue;
      line.mark ??= addButton(line, form); // Kept there: looking it up takes a phone long.
      line.classList.toggle(OUT, !left.has(id));
      showMark(line.mark, mine.includes(id), overlapOf(form, id, mine));
    }
    // A day or an event of which nothing is left goes too.
    for (const part of inSchedule(form, ".impldays-date, .impldays-slot")) {
      part.classList.toggle(OUT, chosen.length && !part.querySelector(`${LINE}:not(.${OUT})`));
    }
    const { count, none } = form.dataset;
    tell(form, left.size ? count.replace("{shown}", left.size).replace("{all}", ids.length) : none);
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
    for (const { name } of form.querySelectorAll("[name]")) address.searchParams.delete(name);
    for (const [name, value] of new FormData(form)) {
      if (value) address.searchParams.set(name, value);
    }
    history.replaceState(history.state, "", address);
  };

  // Joins the calendar files of the marked sessions, as they are at this moment. Nothing is sent.
  const save = async (form, link) => {
    const mine = markedIn(form);
    if (!mine.length) return tell(form, form.dataset.unmarked);
    try {
      const texts = await Promise.all(mine.map(async (id) => {
        const answer = await fetch(new URL(`sessions/${id}.ics`, link.href), { cache: "no-cache" });
        if (!answer.ok && answer.status !== 404) throw answer;
        return answer.ok ? answer.text() : ""; // 404: it is no longer in the programme.
      }));
      const parts = texts.join("").match(/^BEGIN:(VEVENT|VTIMEZONE)\r\n[^]*?^END:\1\r\n/gm);
      const head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//mkdocs-impldays//marks//EN\r\n";
      const whole = [head, ...new Set(parts), "END:VCALENDAR\r\n"];
      if (!parts) throw texts;
      const file = document.createElement("a");
      file.href = URL.createObjectURL(new Blob(whole, { type: "text/calendar" }));
      file.download = `${form.dataset.fest}.ics`;
      file.click();
    } catch {
      tell(form, form.dataset.offline);
    }
  };

  const look = () => {
    for (const form of all()) {
      const count = inSchedule(form, LINE).length;
      if (form.seen === count) continue;
      if (form.seen === undefined) read(form);
      form.seen = count;
      update(form);
    }
  };

  const toggle = (button) => {
    const line = button.closest(LINE);
    const { fest } = button.closest(".impldays-schedule").dataset;
    const form = document.querySelector(`.impldays-filter[data-fest="${fest}"]`);
    const name = nameOf(form, idOf(line));
    const set = marks();
    if (!set.delete(name)) set.add(name);
    keep(set);
    all().forEach(update);
    const overlap = overlapOf(form, idOf(line), markedIn(form));
    if (overlap) tell(form, overlap);
    if (line.matches(`.${OUT}`)) form.elements.mine.focus(); // The button is no longer there.
  };

  document.addEventListener("change", ({ target }) => {
    const form = target.closest(".impldays-filter");
    if (!form) return;
    form.classList.add("impldays-filter--used");
    write(form);
    update(form);
  });
  document.addEventListener("submit", (event) => {
    if (event.target.matches(".impldays-filter")) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".impldays-mark, .impldays-save, .impldays-forget");
    if (!button) return;
    event.preventDefault();
    if (button.matches(".impldays-mark")) return toggle(button);
    if (button.matches(".impldays-save")) return save(button.closest("form"), button);
    keep([]);
    all().forEach(update);
    tell(button.form, button.form.dataset.unmarked);
  });
  // Marked in another tab, or on a page from which the visitor came back.
  for (const name of ["storage", "pageshow"]) addEventListener(name, () => all().forEach(update));
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
  look();
})();
