// Completes the query by its last word, and narrows the time by dragging over the columns or by keys. Nothing needs this.
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
  const columns = [...picture.querySelectorAll(".column")];
  let from = -1; // where the range begins that is being drawn; -1: none is
  let here = -1; // where the keys are
  const at = (event) => {
    const place = picture.getBoundingClientRect();
    const x = ((event.clientX - place.left) / place.width) * picture.viewBox.baseVal.width;
    return Math.max(0, Math.min(columns.length - 1, Math.floor(x / wide)));
  };
  const ends = (to) => [from, to].sort((one, other) => one - other);
  const show = (first, last) => columns.forEach((one, place) => one.classList.toggle("chosen", first <= place && place <= last));
  const narrow = (to) => {
    const [first, last] = ends(to);
    form.elements.since.value = columns[first].dataset.time;
    form.elements.until.value = columns[last].dataset.time;
    form.submit();
  };

  document.querySelector(".drag").hidden = false;
  picture.addEventListener("pointerdown", (event) => {
    from = at(event);
    picture.setPointerCapture(event.pointerId);
    show(from, from);
    event.preventDefault();
  });
  picture.addEventListener("pointermove", (event) => { if (from >= 0) show(...ends(at(event))); });
  picture.addEventListener("pointercancel", () => { from = -1; show(0, -1); });
  picture.addEventListener("pointerup", (event) => { if (from >= 0) narrow(at(event)); });

  // One stop of the Tab key, not one a column; arrows go on from there.
  const links = columns.filter((one) => one.matches("a"));
  links.slice(1).forEach((one) => one.setAttribute("tabindex", "-1"));
  picture.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step) {
      here = from < 0 ? columns.indexOf(document.activeElement) : here;
      if (event.shiftKey) {
        if (from < 0) from = here;
        here = Math.max(0, Math.min(columns.length - 1, here + step));
        show(...ends(here));
      } else {
        from = -1;
        show(0, -1);
        links[links.indexOf(document.activeElement) + step]?.focus();
      }
      event.preventDefault();
    } else if (event.key === "Enter" && from >= 0) {
      event.preventDefault();
      narrow(here);
    } else if (event.key === "Escape") {
      from = -1;
      show(0, -1);
    }
  });
})();
