/* global fetchPage, putInPlace: from house.js */
// The wall chart without loading whole pages: filters answer at once, a block opens its names, squares grow.
"use strict";

const page = document.querySelector("main");
let asking;

const show = async (address, parts) => {
  const chart = document.getElementById("chart");
  chart.setAttribute("aria-busy", "true");
  try {
    if (asking) asking.abort();
    asking = new AbortController();
    const mine = asking;
    const fresh = await fetchPage(address, parts.join(" "), asking.signal);
    if (mine.signal.aborted) return false;
    if (!fresh) { location.assign(address); return false; }
    for (const id of parts) putInPlace(fresh, id);
    history.replaceState(null, "", address);
    return true;
  } finally {
    document.getElementById("chart").removeAttribute("aria-busy");
  }
};

// Filters: as one chooses or types; the button does the same for who prefers it.
const form = document.querySelector("[data-chart-filters]");
let waiting;
if (form) {
  const refresh = () => {
    const address = new URL(form.action || location.href);
    const chosen = new URLSearchParams(new FormData(form));
    for (const [name, value] of [...chosen]) if (!value) chosen.delete(name);
    address.search = chosen.toString();
    address.hash = "";
    return show(address, ["news", "chart"]);
  };
  form.addEventListener("input", (event) => {
    clearTimeout(waiting);
    waiting = setTimeout(refresh, event.target.type === "search" ? 250 : 30);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    delete form.dataset.sent;
    clearTimeout(waiting);
    refresh();
  });
}

const opened = (link) => link.closest("a[href*='block=']:not([href*='page='])");

page.addEventListener("click", async (event) => {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
  const grow = event.target.closest("[data-zoom]");
  if (grow) { event.preventDefault(); zoom(grow); return; }
  const link = opened(event.target);
  if (!link || !document.getElementById("side")) return;
  event.preventDefault();
  const address = new URL(link.href);
  address.hash = "";
  if (!await show(address, ["side"])) return;
  const block = address.searchParams.get("block");
  for (const other of document.querySelectorAll(".wc td > a")) {
    if (new URL(other.href).searchParams.get("block") === block) other.setAttribute("aria-current", "true");
    else other.removeAttribute("aria-current");
  }
  const side = document.getElementById("side");
  const beside = matchMedia("(min-width:64rem)").matches;
  side.focus({ preventScroll: beside });
  if (!beside) side.scrollIntoView();
});

// Squares grow and shrink by attributes, which the content policy allows.
const steps = [75, 100, 150, 200];
const zoom = (pressed) => {
  const address = new URL(location.href);
  const now = steps.indexOf(Number(address.searchParams.get("zoom") || 100));
  const next = steps[now + (pressed.dataset.zoom === "larger" ? 1 : -1)];
  if (!next) return;
  for (const picture of document.querySelectorAll(".wc .squares-of")) {
    const box = picture.viewBox.baseVal;
    picture.setAttribute("width", Math.floor(box.width * next / 100));
    picture.setAttribute("height", Math.floor(box.height * next / 100));
  }
  address.searchParams.set("zoom", next);
  history.replaceState(null, "", address);
  for (const button of document.querySelectorAll("[data-zoom]")) {
    const way = steps.indexOf(next) + (button.dataset.zoom === "larger" ? 1 : -1);
    if (steps[way]) button.removeAttribute("aria-disabled");
    else button.setAttribute("aria-disabled", "true");
  }
};

// A download leaves the page where it is, so its form may be sent again for the next paper.
for (const download of document.querySelectorAll("form[data-download]")) {
  download.addEventListener("submit", () => setTimeout(() => { delete download.dataset.sent; }, 3000));
}
