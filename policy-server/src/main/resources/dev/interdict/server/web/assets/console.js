// Only comforts: every page reads and works without it.
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("scripted");

  // A filter takes effect when it is chosen.
  document.addEventListener("change", (event) => {
    if (event.target.matches("select[data-submit]")) event.target.form.requestSubmit();
  });

  // Empty filters stay out of the address.
  document.addEventListener("submit", (event) => {
    if (event.target.method !== "get") return;
    for (const field of event.target.elements) if (field.name && !field.value) field.disabled = true;
  });
  addEventListener("pageshow", () => {
    for (const field of document.querySelectorAll("form :disabled")) field.disabled = false;
  });

  // A slash goes to the search field, Escape leaves it.
  document.addEventListener("keydown", (event) => {
    const search = document.querySelector("input[type=search]");
    if (!search || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/" && !event.target.closest("input, select, textarea")) {
      event.preventDefault();
      search.focus();
    } else if (event.key === "Escape" && event.target === search) {
      search.blur();
    }
  });

  // Live parts are fetched again while somebody looks; a part that is in use is left alone.
  const wait = () => Number(document.body.dataset.refresh) * 1000;
  if (!wait()) return;
  const away = document.getElementById("away");
  const busy = (part) => {
    const chosen = getSelection();
    return part.contains(document.activeElement) || part.querySelector("details[open]")
      || (chosen && !chosen.isCollapsed && part.contains(chosen.anchorNode));
  };
  const show = (fresh) => {
    document.body.dataset.refresh = fresh.body.dataset.refresh || "60";
    for (const part of document.querySelectorAll("[data-live]")) {
      const next = fresh.getElementById(part.id);
      if (next && !busy(part)) part.replaceWith(document.adoptNode(next));
    }
  };
  const refresh = async () => {
    if (!document.hidden) {
      try {
        const answer = await fetch(location.href);
        // Signed out meanwhile: the way back leads here.
        if (answer.redirected) return location.reload();
        if (answer.ok) show(new DOMParser().parseFromString(await answer.text(), "text/html"));
        if (away) away.hidden = answer.ok;
      } catch {
        if (away) away.hidden = false;
      }
    }
    setTimeout(refresh, wait());
  };
  setTimeout(refresh, wait());
})();
