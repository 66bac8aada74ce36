// What the line of a chart says at a place, under the pointer and by arrow keys. The drawing comes from the server.
(() => {
  "use strict";
  const charts = new WeakMap();
  const chart = (svg) => {
    if (!charts.has(svg)) {
      const cursor = svg.querySelector(".cursor");
      charts.set(svg, {points: JSON.parse(svg.dataset.points), cursor, at: -1});
    }
    return charts.get(svg);
  };
  const show = (svg, at) => {
    const it = chart(svg);
    it.at = Math.max(0, Math.min(it.points.length - 1, at));
    const [x, y, text] = it.points[it.at];
    const [line, dot, words] = it.cursor.children;
    line.setAttribute("x1", x);
    line.setAttribute("x2", x);
    dot.setAttribute("cx", x);
    dot.setAttribute("cy", y);
    words.textContent = text;
    const wide = svg.viewBox.baseVal.width;
    words.setAttribute("x", x > wide * 0.6 ? x - 10 : x + 10);
    words.setAttribute("y", Math.max(60, y - 14));
    words.setAttribute("text-anchor", x > wide * 0.6 ? "end" : "start");
    svg.classList.add("pointed");
    return text;
  };
  const hide = (svg) => {
    chart(svg).at = -1;
    svg.classList.remove("pointed");
  };
  const of = (event) => event.target.closest?.("svg.touch[data-points]");
  document.addEventListener("pointermove", (event) => {
    const svg = of(event);
    for (const other of document.querySelectorAll("svg.pointed")) if (other !== svg && other !== document.activeElement) hide(other);
    if (!svg) return;
    const x = new DOMPoint(event.clientX, 0).matrixTransform(svg.getScreenCTM().inverse()).x;
    const {points} = chart(svg);
    let best = 0;
    points.forEach((point, i) => { if (Math.abs(point[0] - x) < Math.abs(points[best][0] - x)) best = i; });
    show(svg, best);
  });
  document.addEventListener("keydown", (event) => {
    const svg = document.activeElement;
    if (!svg?.matches?.("svg.touch[data-points]")) return;
    const {points, at} = chart(svg);
    const steps = {ArrowLeft: at < 0 ? points.length - 1 : at - 1, ArrowRight: at < 0 ? 0 : at + 1, Home: 0, End: points.length - 1};
    if (event.key === "Escape") return hide(svg);
    if (!(event.key in steps)) return;
    event.preventDefault();
    const text = show(svg, steps[event.key]);
    const said = document.getElementById("said");
    if (said) said.textContent = text;
  });
  // Without this script there is nothing at which a key would stop.
  const reach = () => document.querySelectorAll("svg.touch[data-points]").forEach((svg) => { svg.tabIndex = 0; });
  document.addEventListener("htmx:load", reach);
  reach();
  document.addEventListener("focusout", (event) => {
    if (of(event) === event.target) hide(event.target);
  });
})();
