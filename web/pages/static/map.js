// The map is moved and brought nearer by its links, by keys, by dragging and by the wheel. Nothing needs this: without
// it the links load the page anew.
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

  let held = null; // where the pointer went down, and what was in the middle then
  let dragged = false;
  const scale = () => wide / now.zoom / picture.getBoundingClientRect().width; // degrees a pixel
  picture.addEventListener("dragstart", (event) => event.preventDefault());
  picture.addEventListener("pointerdown", (event) => {
    dragged = false;
    if (event.button === 0) held = { x: event.clientX, y: event.clientY, ...now };
  });
  picture.addEventListener("pointermove", (event) => {
    if (!held) return;
    const [x, y] = [event.clientX - held.x, event.clientY - held.y];
    if (!dragged && Math.hypot(x, y) < enough) return;
    if (!dragged) picture.setPointerCapture(event.pointerId);
    dragged = true;
    show(held.lon - x * scale(), held.lat + y * scale(), now.zoom);
  });
  for (const end of ["pointerup", "pointercancel"]) picture.addEventListener(end, () => { held = null; });
  picture.addEventListener("click", (event) => { if (dragged) event.preventDefault(); }, true);

  // With Ctrl, which is also what pinching on a touch pad says; or while the map has the focus. Else the page scrolls.
  picture.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && document.activeElement !== frame) return;
    event.preventDefault();
    const place = picture.getBoundingClientRect();
    const by = 2 ** (-event.deltaY / 200);
    const near = Math.min(nearest, Math.max(1, now.zoom * by));
    const [x, y] = [event.clientX - place.left - place.width / 2, event.clientY - place.top - place.height / 2];
    const gone = scale() * (1 - now.zoom / near); // what is under the pointer stays there
    show(now.lon + x * gone, now.lat - y * gone, near);
  }, { passive: false });
  document.getElementById("map-keys").hidden = false;
})();
