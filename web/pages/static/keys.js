// Keys as readers of feeds know them: j and k move, o opens, s and / search, ? shows them. Nothing needs them.
"use strict";
(() => {
  const here = () => document.querySelector(".item.here");
  const link = () => here()?.querySelector("a.open, a");
  const move = (step) => {
    const all = [...document.querySelectorAll(".item")];
    if (!all.length) return;
    const old = here(); // what comes live moves the others down: a place is no number
    const next = all[Math.max(0, Math.min(all.length - 1, all.indexOf(old) + step))];
    old?.classList.remove("here");
    next.classList.add("here");
    next.scrollIntoView({ block: "nearest" });
    link()?.focus({ preventScroll: true });
  };
  const help = document.getElementById("keys");
  const keys = {
    j: () => move(1),
    k: () => move(-1),
    o: () => link()?.click(),
    s: () => document.getElementById("find")?.focus(),
    "/": () => document.getElementById("find")?.focus(),
    "?": () => help.classList.toggle("shown"),
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select");
    if (event.key === "Escape") {
      typing?.blur();
      help.classList.remove("shown");
    }
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
})();
