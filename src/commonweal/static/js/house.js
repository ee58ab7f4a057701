// Light interactivity for every page; each works without it. No inline script, no eval, no third party.
"use strict";

// Only this program's own fragments may become HTML: scripts and handlers are taken out first.
if (window.trustedTypes && trustedTypes.createPolicy) {
  trustedTypes.createPolicy("default", {
    createHTML(text) {
      return text.replace(/<script[\s\S]*?<\/script>/gi, "").replace(/\son\w+\s*=/gi, " data-removed=");
    },
  });
}

// A form is sent once: the second press does nothing until the answer is there.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
  window.addEventListener("pageshow", () => { delete form.dataset.sent; }, { once: true });
});

// <form data-live="#target">: fetches the page again as one types and puts that part of it in place.
for (const form of document.querySelectorAll("form[data-live]")) {
  let waiting, running;
  const refresh = async () => {
    if (running) running.abort();
    running = new AbortController();
    const address = new URL(form.action || location.href);
    address.search = new URLSearchParams(new FormData(form)).toString();
    try {
      const answer = await fetch(address, { headers: { "X-Fragment": form.dataset.live.slice(1) }, signal: running.signal });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector(form.dataset.live);
      const old = document.querySelector(form.dataset.live);
      if (fresh && old) old.replaceWith(document.importNode(fresh, true));
      history.replaceState(null, "", address);
    } catch (error) { if (error.name !== "AbortError") throw error; }
  };
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(refresh, 150); });
}

// <div id="…" data-refresh="2">: asks for itself every two seconds until the page says it has ended.
for (const part of document.querySelectorAll("[data-refresh]")) {
  const again = async (element) => {
    const answer = await fetch(location.href, { headers: { "X-Fragment": element.id } });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(element.id);
    if (!fresh) { location.reload(); return; }
    const placed = document.importNode(fresh, true);
    element.replaceWith(placed);
    if (placed.dataset.refresh) setTimeout(() => again(placed), 1000 * Number(placed.dataset.refresh));
  };
  setTimeout(() => again(part), 1000 * Number(part.dataset.refresh));
}
