// Keys as readers of feeds know them: j and k move, o opens, s and / search, ? shows them. Nothing needs them.
"use strict";
(() => {
  let at = -1;
  const items = () => [...document.querySelectorAll(".item")];
  const move = (step) => {
    const all = items();
    if (!all.length) return;
    all[at]?.classList.remove("here");
    at = Math.max(0, Math.min(all.length - 1, at + step));
    all[at].classList.add("here");
    all[at].scrollIntoView({ block: "nearest" });
    all[at].querySelector("a.open, a")?.focus({ preventScroll: true });
  };
  const keys = {
    j: () => move(1),
    k: () => move(-1),
    o: () => items()[at]?.querySelector("a.open, a")?.click(),
    s: () => document.getElementById("find")?.focus(),
    "/": () => document.getElementById("find")?.focus(),
    "?": () => document.querySelector("footer")?.scrollIntoView(),
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select");
    if (event.key === "Escape" && typing) typing.blur();
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
})();
