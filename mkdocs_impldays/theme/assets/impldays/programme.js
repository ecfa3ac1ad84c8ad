// Filters a schedule by the choices of a `.impldays-filter`, and keeps marked sessions in the browser.
// It is before the schedule: the observer sees each session before it is painted, also under
// Material's navigation.instant.
(() => {
  const root = document.documentElement;
  if (root.programme) return; // Material runs it again on every page.
  root.programme = true;
  const KEY = "impldays-marks";
  const LINE = '[id^="session-"][data-choices]';
  const OUT = "impldays-out";

  let kept = []; // Where storage is forbidden.
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
  // While the page is loading, the last line may be there in part.
  const wholeIn = (form) => [...inSchedule(form, LINE)]
    .slice(0, document.readyState === "loading" ? -1 : undefined);
  const idOf = (line) => line.id.slice("session-".length);
  const nameOf = (form, line) => `${form.dataset.fest}/${idOf(line)}`;
  const titleOf = (line) => {
    let part = line.querySelector(".impldays-plan__what");
    while (part.lastChild) part = part.lastChild; // Words for screen readers may be before it.
    return part.data;
  };
  const startOf = (line) => (line.start ??= Date.parse(line.querySelector("time").dateTime));
  const endOf = (line) => startOf(line) + line.dataset.minutes * 6e4;
  const markedIn = (form) => {
    const set = marks();
    return wholeIn(form).filter((line) => set.has(nameOf(form, line)));
  };
  const overlapOf = (form, line, mine) => {
    const other = mine.includes(line) && mine.find((each) => each !== line
      && startOf(each) < endOf(line) && startOf(line) < endOf(each));
    return other ? form.dataset.overlap.replace("…", () => titleOf(other)) : "";
  };
  const tell = (form, text) => {
    form.querySelector("[role=status]").firstChild.data = text;
  };

  const addButton = (line, form) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "impldays-mark";
    button.setAttribute("aria-label", form.dataset.mark.replace("…", () => titleOf(line)));
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
    const lines = inSchedule(form, LINE);
    const whole = wholeIn(form).length;
    const marked = marks();
    const mine = markedIn(form);
    const chosen = [...form.querySelectorAll("select")].map((select) => select.selectedIndex - 1);
    const isLeft = (line) => {
      const choices = (line.choices ??= line.dataset.choices.split(" "));
      return (!form.elements.mine.checked || marked.has(nameOf(form, line)))
        && chosen.every((number, at) => number < 0 || ["*", `${number}`].includes(choices[at]));
    };
    let left = 0;
    for (const [at, line] of lines.entries()) {
      const isIn = isLeft(line);
      left += isIn;
      line.classList.toggle(OUT, !isIn);
      if (at === whole) break; // It may have no title yet.
      line.mark ??= addButton(line, form); // Kept there: looking it up takes a phone long.
      showMark(line.mark, mine.includes(line), overlapOf(form, line, mine));
    }
    // A day or an event of which nothing is left goes too.
    for (const part of inSchedule(form, ".impldays-date, .impldays-slot")) {
      part.classList.toggle(OUT, left < lines.length && !part.querySelector(`${LINE}:not(.${OUT})`));
    }
    form.classList.toggle("impldays-filter--marked", mine.length);
    const { count, none } = form.dataset;
    tell(form, left ? count.replace("{shown}", left).replace("{all}", lines.length) : none);
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
    try {
      const texts = await Promise.all(mine.map(async (line) => {
        const answer = await fetch(new URL(`sessions/${idOf(line)}.ics`, link.href), { cache: "no-cache" });
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
    const name = nameOf(form, line);
    const set = marks();
    if (!set.delete(name)) set.add(name);
    keep(set);
    all().forEach(update);
    const overlap = overlapOf(form, line, markedIn(form));
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
    button.form.elements.mine.focus(); // The button is no longer shown.
    tell(button.form, button.form.dataset.unmarked);
  });
  // The last line is complete, or marks have changed in another tab or before coming back.
  for (const name of ["DOMContentLoaded", "storage", "pageshow"]) {
    addEventListener(name, () => all().forEach(update));
  }
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
  look();
})();
