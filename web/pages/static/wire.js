// What passes appears as it passes; what is new since the last visit is marked. Without this the page is as of its loading.
"use strict";
(() => {
  const live = document.getElementById("live");
  const lines = document.getElementById("lines");
  const pause = document.getElementById("pause");
  const density = document.getElementById("density");
  const remembered = "wirewatch-visited";
  const most = 300; // lines kept: a page that is open for a day must not grow
  const last = localStorage.getItem(remembered) || "";
  const held = [];
  let paused = false;

  let fresh = 0;
  for (const line of lines.querySelectorAll(".line")) {
    if (last === "" || line.dataset.at <= last) continue;
    line.classList.add("new");
    fresh += 1;
  }
  const since = document.getElementById("since");
  since.hidden = last === "";
  since.textContent = fresh ? `${fresh} new since your last visit.` : "Nothing new since your last visit.";
  const newest = lines.querySelector(".line");
  if (newest) localStorage.setItem(remembered, newest.dataset.at);

  const element = (name, kind, text) => {
    const made = document.createElement(name);
    made.className = kind;
    made.textContent = text;
    return made;
  };
  // The story's line so far goes: its newest article stands for it.
  const story = (line, article) => {
    const before = [...lines.querySelectorAll(".line")].find((one) => one.dataset.story === article.story_id);
    line.dataset.story = article.story_id;
    line.dataset.articles = 1 + Number(before?.dataset.articles ?? 0);
    if (!before) return;
    const first = (before.querySelector(".first") ?? before.querySelector(".source")).textContent || "unknown";
    const link = element("a", "story", `${line.dataset.articles} articles, first by `);
    link.append(element("span", "first", first));
    link.href = "/stories/" + encodeURIComponent(article.story_id);
    line.lastElementChild.append(" ", link);
    if (before.querySelector(".chips")) line.append(before.querySelector(".chips"));
    before.remove();
  };
  const put = (article) => {
    const line = element("li", "item line new", "");
    line.dataset.at = article.first_seen;
    const open = element("a", "open", article.title || "(no title)");
    open.href = "/articles/" + encodeURIComponent(article.id);
    const when = element("time", "", article.first_seen.slice(0, 16).replace("T", " "));
    const meta = element("span", "meta", "");
    meta.append(element("span", "source", article.source || ""));
    line.append(when, " ", open, " ", meta);
    story(line, article);
    lines.querySelector(".none")?.remove();
    lines.prepend(line);
    localStorage.setItem(remembered, article.first_seen);
    while (lines.children.length > most) lines.lastElementChild.remove();
  };
  const say = (text) => { live.textContent = text; };
  const told = () => say(paused ? `Paused; ${held.length} wait.` : "Live.");

  const events = new EventSource("/api/v1/events?q=" + encodeURIComponent(live.dataset.query));
  events.addEventListener("open", told);
  events.addEventListener("error", () => say("The connection is broken; trying again."));
  events.addEventListener("article", (event) => {
    const article = JSON.parse(event.data);
    if (paused) held.push(article); else put(article);
    told();
  });
  events.addEventListener("alert", (event) => {
    const alert = JSON.parse(event.data);
    say(`Alert ${alert.subscription_name}: ${alert.title}`);
  });

  pause.hidden = density.hidden = false;
  pause.addEventListener("click", () => {
    paused = !paused;
    pause.textContent = paused ? "Go on" : "Pause";
    if (!paused) held.splice(0).forEach(put);
    told();
  });
  const dense = (wanted) => {
    lines.classList.toggle("dense", wanted);
    density.textContent = wanted ? "Roomier" : "Denser";
    localStorage.setItem(density.id, wanted ? "dense" : "");
  };
  dense(localStorage.getItem(density.id) === "dense");
  density.addEventListener("click", () => dense(!lines.classList.contains("dense")));
})();
