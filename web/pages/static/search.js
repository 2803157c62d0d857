// Completes the query by its last word, and narrows the time by dragging over the columns. Nothing needs this.
"use strict";
(() => {
  const form = document.getElementById("search");
  const box = document.getElementById("q");
  const offered = document.getElementById("completions");
  const picture = document.getElementById("over-time");
  const pause = 150; // ms: who types on is asked for once
  let waiting = 0;

  const complete = async () => {
    const typed = box.value;
    const answer = await fetch("/api/v1/completions?q=" + encodeURIComponent(typed));
    if (!answer.ok || box.value !== typed) return;
    const { queries } = await answer.json();
    offered.replaceChildren(...queries.map((query) => new Option(query, query)));
  };
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(complete, pause);
  });

  if (!picture) return;
  const wide = 10; // of a column, in units of the picture
  const columns = [...picture.querySelectorAll("g")];
  let from = -1;
  const at = (event) => {
    const place = picture.getBoundingClientRect();
    const x = ((event.clientX - place.left) / place.width) * picture.viewBox.baseVal.width;
    return Math.max(0, Math.min(columns.length - 1, Math.floor(x / wide)));
  };
  const ends = (event) => [from, at(event)].sort((one, other) => one - other);
  const show = (first, last) => columns.forEach((one, place) => one.classList.toggle("chosen", first <= place && place <= last));

  document.querySelector(".drag").hidden = false;
  picture.addEventListener("pointerdown", (event) => {
    from = at(event);
    picture.setPointerCapture(event.pointerId);
    show(from, from);
    event.preventDefault();
  });
  picture.addEventListener("pointermove", (event) => { if (from >= 0) show(...ends(event)); });
  picture.addEventListener("pointercancel", () => { from = -1; show(0, -1); });
  picture.addEventListener("pointerup", (event) => {
    if (from < 0) return;
    const [first, last] = ends(event);
    form.elements.since.value = columns[first].dataset.time;
    form.elements.until.value = columns[last].dataset.time;
    form.submit();
  });
})();
