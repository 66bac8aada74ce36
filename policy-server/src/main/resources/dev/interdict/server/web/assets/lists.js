// Tables: a click on a row opens it, boxes choose rows for what is done to many, an address can be copied.
(() => {
  "use strict";
  const on = (name, work) => document.addEventListener(name, work);

  on("click", (event) => {
    const row = event.target.closest("table[data-rows] tbody tr");
    if (!row || event.target.closest("a, button, input, label, summary") || !getSelection().isCollapsed) return;
    const link = row.querySelector("td.keep a");
    if (!link) return;
    if (event.ctrlKey || event.metaKey) window.open(link.href, "_blank", "noopener");
    else link.click();
  });
  on("click", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  });

  // The bar says what a deed would be done to: the rows chosen, or all that match.
  const show = (bar) => {
    const boxes = [...document.querySelectorAll(`input[type=checkbox][form="${bar.id}"][name]`)];
    const chosen = boxes.filter((box) => box.checked).length;
    const every = document.querySelector(`[data-every="${bar.id}"]`);
    const all = bar.querySelector("input[name=all]");
    if (!chosen || chosen < boxes.length) all.value = "";
    if (every) {
      every.checked = chosen > 0 && chosen === boxes.length;
      every.indeterminate = chosen > 0 && chosen < boxes.length;
    }
    const {total, shown, chosen: some, matching} = bar.dataset;
    bar.hidden = !chosen;
    bar.querySelector("[data-count]").textContent = all.value ? matching : some.replace("#", chosen);
    bar.querySelector("[data-all]").hidden = !!all.value || chosen < boxes.length || Number(total) <= Number(shown);
    for (const one of bar.querySelectorAll("[data-shown-only]")) one.hidden = !!all.value;
  };
  on("change", (event) => {
    const {target} = event;
    if (!target.matches("input[type=checkbox]")) return;
    const bar = document.getElementById(target.dataset.every || target.getAttribute("form"));
    if (!bar?.matches(".bulk")) return;
    if (target.dataset.every) {
      for (const box of document.querySelectorAll(`input[form="${bar.id}"][name]`)) if (box.type === "checkbox") box.checked = target.checked;
    }
    show(bar);
  });
  on("click", (event) => {
    const bar = event.target.closest(".bulk");
    if (event.target.closest("[data-all]")) bar.querySelector("input[name=all]").value = "true";
    else if (event.target.closest("[data-none]")) {
      for (const box of document.querySelectorAll(`input[type=checkbox][form="${bar.id}"]`)) box.checked = false;
      document.querySelector(`[data-every="${bar.id}"]`)?.focus();
    } else return;
    show(bar);
  });
  const bars = () => document.querySelectorAll(".bulk").forEach(show);
  on("htmx:load", bars);
  bars();

  // To the clipboard: an address of this console, or what the chosen rows are called.
  on("click", async (event) => {
    const button = event.target.closest("[data-copy], [data-copy-rows], [data-copy-text]");
    if (!button) return;
    const text = button.dataset.copyText ?? (button.dataset.copy
      ? new URL(button.dataset.copy, location.href).href
      : [...document.querySelectorAll(`input[form="${button.dataset.copyRows}"][name]:checked`)]
          .map((box) => box.closest("tr").querySelector("td.keep").textContent.trim()).join("\n"));
    const said = document.getElementById("said");
    try {
      await navigator.clipboard.writeText(text);
      said.textContent = button.dataset.done;
      button.classList.add("copied");
      setTimeout(() => button.classList.remove("copied"), 2000);
    } catch {
      prompt(button.textContent.trim(), text);
    }
  });
})();
