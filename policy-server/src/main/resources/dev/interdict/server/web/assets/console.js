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
  const seconds = Number(document.body.dataset.refresh);
  if (!seconds) return;
  const busy = (part) => {
    const chosen = getSelection();
    return part.contains(document.activeElement) || part.querySelector("details[open]")
      || (chosen && !chosen.isCollapsed && part.contains(chosen.anchorNode));
  };
  const refresh = async () => {
    if (!document.hidden) {
      try {
        const answer = await fetch(location.href, { headers: { "X-Refresh": "1" }, redirect: "error" });
        if (answer.ok) {
          const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
          for (const part of document.querySelectorAll("[data-live]")) {
            const next = fresh.getElementById(part.id);
            if (next && !busy(part)) part.replaceWith(document.adoptNode(next));
          }
        }
      } catch { /* The server is away; what is shown says how old it is. */ }
    }
    setTimeout(refresh, seconds * 1000);
  };
  setTimeout(refresh, seconds * 1000);
})();
