// Sets the page's clock in a preview. It belongs into <head> behind impldays.js, whose own element
// holds the moment; the session remembers it from page to page.
(() => {
  const KEY = "impldays-now";
  const script = document.querySelector('script[src*="impldays/impldays.js"]');
  const built = script.dataset.now ?? "";

  const show = () => {
    const bar = document.querySelector(".impldays-timebar");
    if (!bar) return;
    const moment = script.dataset.now ?? "";
    let named = moment && new Date(moment).toLocaleString();
    for (const button of bar.querySelectorAll("button")) {
      const isSet = (button.dataset.now || built) === moment;
      button.setAttribute("aria-pressed", String(isSet));
      if (isSet) named = button.dataset.now ? button.innerText.replace("\n", ", ") : "now";
    }
    bar.querySelector("[role=status]").textContent = named;
    bar.hidden = false;
    const { offsetLeft, offsetWidth } = bar.querySelector("[aria-pressed=true]") ?? bar;
    for (const line of [bar, bar.querySelector("ul")]) {
      line.scrollLeft = offsetLeft + (offsetWidth - line.clientWidth) / 2;
    }
  };

  const set = (moment) => {
    sessionStorage.setItem(KEY, moment);
    script.dataset.now = moment || built;
    dispatchEvent(new Event("pageshow")); // impldays.js picks again.
    show();
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest(".impldays-timebar button");
    if (button) set(button.dataset.now);
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches(".impldays-timebar input") && event.target.value) {
      set(new Date(event.target.value).toISOString());
    }
  });
  document.addEventListener("DOMContentLoaded", show);
  set(new URLSearchParams(location.search).get("now") ?? sessionStorage.getItem(KEY) ?? "");
})();
