// Light interactivity for every page; each works without it. No inline script, no eval, no third party.
// Pages are fetched as documents (XMLHttpRequest parses them), so no text is ever turned into HTML here
// and the content policy may forbid it altogether.
"use strict";

const fetchPage = (address, fragment, signal) => new Promise((done, fail) => {
  const ask = new XMLHttpRequest();
  ask.open("GET", address);
  ask.responseType = "document";
  ask.setRequestHeader("X-Fragment", fragment);
  ask.onload = () => done(ask.status < 400 ? ask.responseXML : null);
  ask.onerror = () => done(null);
  ask.onabort = () => done(null);
  if (signal) signal.addEventListener("abort", () => ask.abort());
  ask.send();
});

// Puts the part #id of a fetched page in the place of the same part here; the new element, or null.
const putInPlace = (page, id) => {
  const fresh = page && page.getElementById(id);
  const old = document.getElementById(id);
  if (!fresh || !old) return null;
  const placed = document.importNode(fresh, true);
  old.replaceWith(placed);
  placed.dispatchEvent(new CustomEvent("placed", { bubbles: true }));
  return placed;
};

// A form is sent once: the second press does nothing until the answer is there.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
});
// Leaving takes along what waits sealed on this device, from whatever page.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || !event.target.matches("form[action$='/leave/']")) return;
  for (const name of Object.keys(localStorage)) if (name.startsWith("held:")) localStorage.removeItem(name);
});
// What a script sends in place of a form needs the form's token.
const formToken = () => { const field = document.querySelector("input[name=csrfmiddlewaretoken]"); return field ? field.value : ""; };
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// <form method="get" data-live="#id">: fetches the page again as one types and puts that part in place.
for (const form of document.querySelectorAll("form[data-live]")) {
  let waiting, running;
  const refresh = async () => {
    if (running) running.abort();
    running = new AbortController();
    const address = new URL(form.action || location.href);
    address.search = new URLSearchParams(new FormData(form)).toString();
    const page = await fetchPage(address, form.dataset.live.slice(1), running.signal);
    if (putInPlace(page, form.dataset.live.slice(1))) history.replaceState(null, "", address);
  };
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(refresh, 150); });
}

// <div id="…" data-refresh="2">: asks for itself every two seconds. When the page says that the work has
// ended, the whole page is taken anew, since its other parts may have changed with it; what somebody is
// typing at that moment is left alone.
const typing = () => document.activeElement && document.activeElement.matches("input, select, textarea");
const keepFresh = (part) => {
  setTimeout(async () => {
    const page = await fetchPage(location.href, part.id);
    if (!page) { keepFresh(part); return; }
    const fresh = page.getElementById(part.id);
    if (!(fresh && fresh.dataset.refresh) && !typing()) { location.reload(); return; }
    const placed = putInPlace(page, part.id);
    if (placed && placed.dataset.refresh) keepFresh(placed);
  }, 1000 * Number(part.dataset.refresh));
};
for (const part of document.querySelectorAll("[data-refresh]")) keepFresh(part);
