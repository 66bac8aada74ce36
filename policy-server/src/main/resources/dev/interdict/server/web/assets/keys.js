// Single keys, for people who would rather not reach for the mouse; they can be switched off.
(() => {
  "use strict";
  const find = (what) => document.querySelector(what);
  const help = () => document.getElementById("help");
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-help]")) help()?.showModal();
  });

  const rows = () => [...document.querySelectorAll("table[data-rows] tbody tr")];
  const step = (by) => {
    const all = rows();
    if (!all.length) return;
    const now = all.indexOf(document.activeElement.closest("tr"));
    const next = all[now < 0 ? (by > 0 ? 0 : all.length - 1) : Math.max(0, Math.min(all.length - 1, now + by))];
    const link = next.querySelector("a, input");
    if (!link) next.tabIndex = -1;
    (link?.matches("input") ? next.querySelector("a") || link : link || next).focus();
  };
  const keys = {
    "/": () => find("input[type=search]")?.focus(),
    "?": () => help()?.showModal(),
    j: () => step(1),
    k: () => step(-1),
    x: () => document.activeElement.closest("tr")?.querySelector("input[type=checkbox]")?.click(),
    f: () => find(".filters select, .filters input:not([type=hidden])")?.focus(),
    e: () => find("[data-export]")?.click(),
    g: () => {},
  };
  let went = -Infinity;
  document.addEventListener("keydown", (event) => {
    const {key} = event;
    const target = event.target.closest ? event.target : document.body;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (key === "Escape") {
      for (const menu of document.querySelectorAll("details.menu[open]")) {
        menu.open = false;
        menu.querySelector("summary").focus();
      }
      if (target.matches("input[type=search]")) target.blur();
      return;
    }
    if (document.documentElement.dataset.keys === "off") return;
    // A dialog that was just closed has the focus until the page is drawn again.
    if (target.closest("input:not([type=checkbox]), select, textarea, [contenteditable], dialog[open]")) return;
    if (event.timeStamp - went < 1500) {
      went = -Infinity;
      const link = find(`[data-go="${CSS.escape(key)}"]`);
      if (link) {
        event.preventDefault();
        return link.click();
      }
    }
    const work = keys[key];
    if (!work) return;
    event.preventDefault();
    went = key === "g" ? event.timeStamp : -Infinity;
    work();
  });
})();
