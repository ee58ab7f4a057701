// A conversation is kept as one types, also without a connection. Every page works without this file.
//
// What was typed while there is no signal waits sealed (held.js).
"use strict";
{
const ASIDE_FOR = 14 * 24 * 3600 * 1000;
const heldFor = (part) => heldUnder(part.dataset.draft, part.dataset.key);

// Sends fields; {status, path, version, to}: status 0 is no connection, `to` where a kept or unfinished conversation is shown.
const send = (address, pairs) => new Promise((done) => {
  const ask = new XMLHttpRequest();
  ask.open("POST", address);
  ask.timeout = 15000;
  ask.setRequestHeader("X-Requested-With", "page");
  ask.onload = () => {
    const path = new URL(ask.responseURL || address, location.href).pathname;
    let said = null;
    try { said = JSON.parse(ask.responseText); } catch (page) { said = null; }
    done({ status: ask.status, path, version: said ? said.version : null, to: (said && said.to) || "", json: said !== null });
  };
  ask.onerror = ask.ontimeout = () => done({ status: 0 });
  ask.send(new URLSearchParams(pairs));
});
const wasKept = (answer, part) => answer.to === `/conversations/${part.dataset.draft}/`;
const withToken = (pairs) => [...pairs.filter(([name]) => name !== "csrfmiddlewaretoken" && name !== "once"), ["csrfmiddlewaretoken", formToken()]];

// The same address with another fragment would only scroll: then the page is taken anew.
const goOnTo = (address) => {
  const there = new URL(address, location.href);
  if (there.pathname + there.search === location.pathname + location.search) { history.replaceState(null, "", there); location.reload(); } else location.replace(there);
};

// What is older than two weeks goes by itself.
if (mayHold) {
  for (const name of Object.keys(localStorage)) {
    if (!name.startsWith("held:")) continue;
    try { if (Date.now() - JSON.parse(localStorage.getItem(name)).at > ASIDE_FOR) localStorage.removeItem(name); } catch (broken) { localStorage.removeItem(name); }
  }
}

const writeDown = (form) => {
  const said = document.getElementById("saved"), held = heldFor(form);
  const steps = Array.from(form.querySelectorAll(".step"), (one) => one.dataset.is);
  const state = { sent: 0, dirty: false, running: false, timer: 0, stuck: false };
  form.elements.page.value = form.dataset.page;
  const pairsNow = () => {
    form.elements.sent.value = String(state.sent += 1);
    return Array.from(new FormData(form)).filter(([, value]) => typeof value === "string");
  };
  const hold = (what) => state.aside ? Promise.resolve(true) : held.keep(what);
  const drop = () => { if (!state.aside) held.drop(); };
  const tell = (words) => { said.textContent = words; said.classList.remove("warns"); };
  const warn = (words) => { said.textContent = words; said.classList.add("warns"); };
  const clock = () => new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });

  const save = async () => {
    clearTimeout(state.timer);
    if (state.running || !state.dirty || state.stuck) return;
    state.running = true; state.dirty = false;
    const pairs = pairsNow();
    const answer = await send(form.dataset.save, pairs);
    state.running = false;
    if (answer.status === 200 && answer.json) {
      form.elements.version.value = String(answer.version);
      if (!state.dirty) drop();
      tell(`${form.dataset.saved} ${clock()}`);
    } else if (answer.status === 409 || answer.status === 404) {
      state.stuck = true;
      await hold({ pairs, keep: false });
      warn(form.dataset.elsewhere);
    } else {
      const cut = answer.status === 0 || answer.status >= 500;
      state.dirty = true;
      const here = await hold({ pairs, keep: false });
      warn(!here ? form.dataset.unheld : cut ? form.dataset.offline : form.dataset.away);
      state.timer = setTimeout(save, cut ? 10000 : 60000);
      return;
    }
    if (state.dirty) later();
  };
  const later = () => { clearTimeout(state.timer); state.timer = setTimeout(save, 1500); };
  const changed = () => { state.dirty = true; later(); };
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  window.addEventListener("online", save);
  // Whoever closes the page a moment after the last letter finds it again: it is sealed before it is sent.
  let sealing;
  form.addEventListener("input", () => { clearTimeout(sealing); sealing = setTimeout(() => {
    const now = Array.from(new FormData(form)).filter(([, value]) => typeof value === "string");
    if (state.dirty) hold({ pairs: now.map(([name, value]) => [name, name === "sent" ? String(state.sent + 1) : value]), keep: false });
  }, 200); });

  // One step at a time on a phone, without asking for a page.
  const summary = (step) => {
    const section = form.querySelector(`.s-${step}`);
    const words = [];
    for (const field of section.querySelectorAll("textarea, input[type=text], input[type=radio]:checked, input[name=ready]:checked")) {
      const label = field.type === "radio" || field.type === "checkbox" ? field.closest("label").textContent.trim() : field.value.trim();
      if (label && field.value !== "not_asked" && field.name !== "where" && !(field.type === "radio" && !field.value)) words.push(label);
    }
    const whole = words.join(" · ");
    return whole.length > 90 ? `${whole.slice(0, 89)}…` : whole;
  };
  const go = (step, quietly) => {
    const place = steps.indexOf(step);
    form.elements.step.value = step;
    form.querySelector("button.sr").value = step;
    form.className = `at-${step}`;
    form.querySelectorAll(".steps li").forEach((item, number) => {
      item.className = number === place ? "now" : number < place ? "done" : "";
      const button = item.querySelector("button");
      if (number === place) button.setAttribute("aria-current", "step"); else button.removeAttribute("aria-current");
    });
    for (const line of form.querySelectorAll("[data-done]")) {
      const words = summary(line.dataset.done);
      line.hidden = steps.indexOf(line.dataset.done) >= place || !words;
      line.querySelector(".says").textContent = words;
    }
    const back = form.querySelector(".thumb .back"), on = form.querySelector(".thumb .on");
    back.hidden = place === 0; on.hidden = place === steps.length - 1;
    back.value = back.dataset.step = steps[Math.max(0, place - 1)];
    on.value = on.dataset.step = steps[Math.min(steps.length - 1, place + 1)];
    on.querySelector(".number").textContent = String(place + 2);
    const section = form.querySelector(`.s-${step}`);
    section.scrollIntoView({ block: "start" });
    const heading = section.querySelector("h2");
    heading.tabIndex = -1; heading.focus({ preventScroll: true });
    history.replaceState(null, "", `?step=${step}`);
    if (!quietly) changed();
  };
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.step) { event.preventDefault(); go(button.dataset.step); }
    if (button.dataset.another) {
      event.preventDefault();
      const rows = form.querySelectorAll(".issue"), fresh = rows[rows.length - 1].cloneNode(true);
      for (const field of fresh.querySelectorAll("textarea, input")) field.value = "";
      const legend = fresh.querySelector("legend");
      legend.textContent = legend.textContent.replace(String(rows.length), String(rows.length + 1));
      form.querySelector("#issues").append(fresh);
      fresh.querySelector("textarea").focus();
    }
  });

  const changeMentions = writeMentions({ form, hold, pairsNow, tell, warn, changed });
  const mend = document.getElementById("mend");
  if (mend) {
    mend.focus();
    mend.addEventListener("click", (event) => {
      const link = event.target.closest("[data-go]");
      if (!link) return;
      event.preventDefault();
      go(link.dataset.go, true);
      const field = document.querySelector(link.hash) || document.querySelector(`${link.hash}_0`);
      field.focus(); field.scrollIntoView({ block: "center" });
    });
  }

  // Keeping: with a connection the page is sent as it is; without one it waits sealed and goes out by itself. The
  // answer is why it was not kept: "waits" for signal, "away" from the session, gone "elsewhere", written "twice"; "" when it goes on.
  const keepBySelf = async (pairs) => {
    const answer = await send(form.dataset.keep, withToken(pairs));
    if (answer.to) { held.drop(); goOnTo(answer.to); return ""; }
    if (answer.status === 409) { form.elements.version.value = String(answer.version); return "twice"; }
    return answer.status === 0 || answer.status >= 500 ? "waits" : answer.status === 404 ? "elsewhere" : "away";
  };
  const waiting = () => {
    const again = async () => { if (await keepBySelf(pairsNow())) setTimeout(again, 10000); };
    window.addEventListener("online", again, { once: true });
    setTimeout(again, 10000);
  };
  form.addEventListener("submit", async (event) => {
    const button = event.submitter;
    clearTimeout(state.timer); clearTimeout(sealing);
    if (!button || !button.classList.contains("keep")) {
      if (button && (button.name === "add" || button.name === "remove")) { event.preventDefault(); if (!form.dataset.sent) changeMentions(button); return; }
      if (navigator.onLine) { pairsNow(); return; }
      event.preventDefault();
      hold({ pairs: pairsNow(), keep: false });
      warn(form.dataset.offline);
      setTimeout(() => { delete form.dataset.sent; }, 0);
      return;
    }
    event.preventDefault();
    button.disabled = true;
    const pairs = pairsNow();
    state.stuck = true;
    const why = await keepBySelf(pairs);
    if (!why) return;
    warn(await hold({ pairs, keep: why !== "twice" }) ? form.dataset[why] : form.dataset.unheld);
    delete form.dataset.sent;
    button.disabled = false;
    state.stuck = why === "twice"; // until she says which is right, nothing of hers replaces the other by itself
    if (why === "waits") waiting();
  });
  // What was typed here and what was written elsewhere meanwhile both stay until somebody has chosen.
  const choose = (putIn) => {
    const aside = document.getElementById("aside");
    const chosen = (then) => () => { state.aside = false; aside.hidden = true; then(); };
    state.aside = true; aside.hidden = false;
    aside.querySelector("[data-take]").onclick = chosen(putIn);
    aside.querySelector("[data-leave]").onclick = chosen(drop);
    aside.focus();
  };
  const fill = (values) => {
    const issues = (values.get("issue_said") || []).length;
    while (form.querySelectorAll(".issue").length < issues) form.querySelector("[data-another]").click();
    const places = new Map();
    for (const field of form.elements) {
      if (!field.name || ["csrfmiddlewaretoken", "once", "version", "page", "sent", "step", "other"].includes(field.name) || field.tagName === "BUTTON") continue;
      const all = values.get(field.name) || [];
      if (field.type === "radio" || field.type === "checkbox") { field.checked = all.includes(field.value); continue; }
      const place = places.get(field.name) || 0;
      places.set(field.name, place + 1);
      field.value = all[place] === undefined ? "" : all[place];
    }
    form.querySelector(".noted").hidden = !form.elements.noted.value;
  };
  // What waited in this browser comes back into the form, or goes out.
  held.open().then((found) => {
    if (!found) return;
    const values = new Map();
    for (const [name, value] of found.pairs) values.set(name, [...(values.get(name) || []), value]);
    const of = (name) => (values.get(name) || [""])[0];
    const samePage = of("page") === form.dataset.lastPage;
    if (samePage && Number(of("sent")) <= Number(form.dataset.lastSent) && !found.keep) { held.drop(); return; }
    const older = !samePage && of("version") !== form.elements.version.value;
    const putIn = () => { fill(values); go(of("step") || steps[0], true); tell(form.dataset.found); changed(); };
    if (older) { choose(putIn); return; }
    putIn();
    if (found.keep) form.querySelector(".keep").click();
  });
};

// On other pages: what waits for a draft that is listed there goes out as soon as it can.
const sendHeld = async (part) => {
  const held = heldFor(part), found = await held.open();
  if (!found) return;
  const answer = await send(found.keep ? part.dataset.keep : part.dataset.save, withToken(found.pairs));
  if (wasKept(answer, part)) { held.drop(); location.reload(); }
  else if (answer.to) { held.drop(); part.querySelector("[data-unfinished]").hidden = false; }
  if (!found.keep && answer.status === 200 && answer.json) held.drop();
};
for (const part of document.querySelectorAll("[data-kept]")) heldUnder(part.dataset.kept).drop();
for (const part of document.querySelectorAll("[data-draft]")) {
  if (part.id === "draft") writeDown(part); else { sendHeld(part); window.addEventListener("online", () => sendHeld(part)); }
}
}
