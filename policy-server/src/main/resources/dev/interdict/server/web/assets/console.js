// Only comforts: every page reads and works without it.
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("scripted");
  const on = (name, work, capture) => document.addEventListener(name, work, capture);
  const address = () => location.pathname + location.search;

  // A text becomes markup in one way alone: an answer of our own is parsed into a document that runs nothing.
  const inert = ["Document parseHTMLUnsafe", "DOMParser parseFromString"];
  window.trustedTypes?.createPolicy("default", {createHTML: (text, _, sink) => (inert.includes(sink) ? text : null)});

  // What changed is said to those who do not see it.
  const say = (text) => {
    const box = document.getElementById("said");
    if (box && text) box.textContent = text;
  };
  const news = (at) => at.querySelector("[data-said]")?.dataset.said;

  // A filter takes effect when it is chosen; an empty one stays out of the address.
  on("change", (event) => {
    if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
  });
  const pause = (field) => {
    field.disabled = true;
    field.dataset.paused = "";
  };
  const resume = () => {
    for (const field of document.querySelectorAll("[data-paused]")) {
      field.disabled = false;
      delete field.dataset.paused;
    }
    document.querySelector("form.sent")?.classList.remove("sent");
  };
  on("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented) return;
    if (form.method === "get") {
      for (const field of form.elements) if (field.name && !field.value) pause(field);
      // What answers with a file leaves this page as it is.
      setTimeout(resume);
    } else {
      // A second press would be told that the first is being done, in place of what came of it.
      setTimeout(() => [...form.querySelectorAll("button")].forEach(pause));
      form.classList.add("sent");
    }
  });
  addEventListener("pageshow", () => {
    resume();
    // A browser that comes back puts what was chosen last into filters whose list is from before.
    for (const form of document.querySelectorAll("form.filters, form.panel")) form.reset();
  });
  on("htmx:configRequest", (event) => {
    const {formData} = event.detail;
    for (const [name, value] of [...formData]) if (value === "") formData.delete(name);
  });

  // Back shows a list as it was left: its address holds filters and page, this its place.
  const places = (at, y) => {
    try {
      if (y === undefined) return Number(sessionStorage.getItem("y:" + at));
      sessionStorage.setItem("y:" + at, y);
    } catch {} // A browser that keeps nothing begins at the top.
    return 0;
  };
  let leaving;
  addEventListener("scroll", () => {
    const at = address();
    clearTimeout(leaving);
    leaving = setTimeout(() => at === address() && places(at, Math.round(scrollY)), 120);
  }, {passive: true});
  let back = 0;
  addEventListener("popstate", () => { back = places(address()); });
  on("htmx:historyRestore", () => { scrollTo(0, back); });

  // Live parts are fetched again while somebody looks; a part that is in use is left alone.
  const busy = (part) => {
    const chosen = getSelection();
    return part.contains(document.activeElement) || part.querySelector("details[open], .pointed")
      || (chosen && !chosen.isCollapsed && part.contains(chosen.anchorNode));
  };
  const away = (is) => {
    const box = document.getElementById("away");
    if (box) box.hidden = !is;
  };
  const isPoll = (event) => event.detail.elt?.id === "poll";
  let used = Date.now(), told = 0, before;
  on("htmx:beforeRequest", (event) => {
    if (!isPoll(event)) {
      document.getElementById("main")?.setAttribute("aria-busy", "true");
      return places(address(), Math.round(scrollY));
    }
    if (document.hidden) return event.preventDefault();
    before = news(document);
    event.detail.elt.setAttribute("hx-select-oob",
      [...document.querySelectorAll("[data-live]")].map((part) => "#" + part.id).concat("#poll").join());
  });
  on("htmx:oobBeforeSwap", (event) => {
    const {target} = event.detail;
    if (target.matches("[data-live]") && busy(target)) event.detail.shouldSwap = false;
  });
  on("htmx:beforeSwap", (event) => {
    // Signed out meanwhile: the way back leads here.
    const {xhr} = event.detail;
    if (new URL(xhr.responseURL).pathname !== "/login") return;
    event.detail.shouldSwap = false;
    location.assign(xhr.responseURL);
  });
  on("htmx:afterRequest", (event) => {
    const {successful, xhr, pathInfo} = event.detail;
    if (!isPoll(event)) document.getElementById("main")?.removeAttribute("aria-busy");
    if (successful) used = Date.now();
    else if (!isPoll(event) && xhr.status) location.assign(pathInfo.finalRequestPath);
    away(!successful);
  });
  on("htmx:afterSettle", (event) => {
    if (event.target.id === "main") return say(news(event.target));
    // Figures that went on by themselves are said once a minute at most.
    if (news(document) === before || Date.now() - told < 60000) return;
    told = Date.now();
    before = news(document);
    say(before);
  });

  // Who points at a time is told it in their own zone too.
  on("pointerover", (event) => {
    const time = event.target.closest?.("time[title]");
    if (!time || time.dataset.own) return;
    time.dataset.own = new Date(time.dateTime).toLocaleString(root.lang, {dateStyle: "medium", timeStyle: "short"});
    time.title += "\n" + time.dataset.own + " · " + Intl.DateTimeFormat().resolvedOptions().timeZone;
  });

  // Nobody should lose a form to a session that ended.
  const ending = document.getElementById("ending");
  if (ending) {
    const soon = 5 * 60000, opened = Date.now();
    const look = () => {
      const left = opened + ending.dataset.left * 1000 - Date.now();
      const idle = used + ending.dataset.idle * 1000 - Date.now();
      ending.hidden = Math.min(left, idle) > soon;
      ending.querySelector("button").hidden = left < soon;
    };
    ending.querySelector("button").addEventListener("click", async () => {
      const answer = await fetch(location.href).catch(() => null);
      if (answer?.redirected) return location.reload();
      if (answer?.ok) used = Date.now();
      look();
    });
    setInterval(look, 15000);
    addEventListener("focus", look);
  }
})();
