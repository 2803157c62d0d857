// The map is moved and brought nearer by its links, by keys, by dragging, by the wheel and by two fingers. Nothing needs
// this: without it the links load the page anew.
"use strict";
(() => {
  const frame = document.getElementById("mapped");
  const picture = frame?.querySelector("svg");
  if (!picture) return;
  const nearest = Number(frame.dataset.nearest);
  const [wide, high] = [360, 180];
  const enough = 4; // pixels: what moved less was meant as a click
  let now = { lon: Number(frame.dataset.lon), lat: Number(frame.dataset.lat), zoom: Number(frame.dataset.zoom) };
  const dots = [...picture.querySelectorAll("circle")];
  const sizes = dots.map((dot) => Number(dot.getAttribute("r")) * now.zoom);
  const within = (number, most) => Math.min(most, Math.max(-most, number));

  const show = (lon, lat, zoom) => {
    const near = Math.min(nearest, Math.max(1, zoom));
    now = { zoom: near, lon: within(lon, (wide - wide / near) / 2), lat: within(lat, (high - high / near) / 2) };
    const [width, height] = [wide / near, high / near];
    picture.setAttribute("viewBox", `${now.lon - width / 2} ${-now.lat - height / 2} ${width} ${height}`);
    dots.forEach((dot, place) => dot.setAttribute("r", sizes[place] / near));
    const here = new URL(location.href);
    for (const name of ["lon", "lat", "zoom"]) {
      const value = String(Math.round(now[name] * 1000) / 1000);
      here.searchParams.set(name, value);
      document.querySelector(`form.query input[name=${name}]`).value = value;
    }
    history.replaceState(null, "", here);
  };
  const move = (right, up) => show(now.lon + (right * wide) / now.zoom, now.lat + (up * high) / now.zoom, now.zoom);
  const nearer = (by) => show(now.lon, now.lat, now.zoom * by);
  const step = ({ right, up, by, lon, lat, zoom }) => {
    if (zoom) show(Number(lon), Number(lat), Number(zoom));
    else if (by) nearer(Number(by));
    else move(Number(right), Number(up));
  };

  document.querySelectorAll(".moves a").forEach((link) => link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return; // it is to be opened beside this one
    event.preventDefault();
    step(link.dataset);
  }));

  frame.tabIndex = 0;
  const keys = {
    ArrowLeft: () => move(-0.25, 0), ArrowRight: () => move(0.25, 0), ArrowUp: () => move(0, 0.25), ArrowDown: () => move(0, -0.25),
    "+": () => nearer(2), "=": () => nearer(2), "-": () => nearer(0.5), 0: () => show(0, 0, 1),
  };
  frame.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });

  const fingers = new Map(); // where each pointer is that is down
  let held = null; // where they were, and what was shown, when one of them last came or went
  let dragged = false;
  const hand = () => {
    const [one, two = one] = fingers.values();
    return { x: (one.x + two.x) / 2, y: (one.y + two.y) / 2, apart: Math.hypot(one.x - two.x, one.y - two.y) };
  };
  // Nearer or farther by so much, so that what was under the one place is under the other.
  const carry = (from, to, by) => {
    const place = picture.getBoundingClientRect();
    const middle = { x: place.left + place.width / 2, y: place.top + place.height / 2 };
    const near = Math.min(nearest, Math.max(1, from.zoom * by));
    const [before, after] = [from.zoom, near].map((zoom) => wide / zoom / place.width);
    show(
      from.lon + (from.x - middle.x) * before - (to.x - middle.x) * after,
      from.lat - (from.y - middle.y) * before + (to.y - middle.y) * after,
      near,
    );
  };
  picture.addEventListener("dragstart", (event) => event.preventDefault());
  picture.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || fingers.size === 2) return;
    if (!fingers.size) dragged = false;
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    held = { ...now, ...hand() };
  });
  picture.addEventListener("pointermove", (event) => {
    if (!fingers.has(event.pointerId)) return;
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    const to = hand();
    if (!dragged && fingers.size === 1 && Math.hypot(to.x - held.x, to.y - held.y) < enough) return;
    if (!dragged) for (const id of fingers.keys()) picture.setPointerCapture(id);
    dragged = true;
    carry(held, to, held.apart ? to.apart / held.apart : 1);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    picture.addEventListener(end, (event) => {
      if (fingers.delete(event.pointerId) && fingers.size) held = { ...now, ...hand() };
    });
  }
  picture.addEventListener("click", (event) => { if (dragged) event.preventDefault(); }, true);

  // With Ctrl, which is also what pinching on a touch pad says; or while the map has the focus. Else the page scrolls.
  picture.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && document.activeElement !== frame) return;
    event.preventDefault();
    const at = { x: event.clientX, y: event.clientY };
    carry({ ...now, ...at }, at, 2 ** (-event.deltaY / 200));
  }, { passive: false });
  document.getElementById("map-keys").hidden = false;
})();
