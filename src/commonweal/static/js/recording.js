// Recording what came of people: a grid by keys, a list on a phone. Both pages work without this file.
//
// Every mark gets its id here, so that it counts once however often it is sent. What waits on a phone without a
// signal is sealed (held.js); no name is in it.
"use strict";
{
const randomId = () => {
  const drawn = crypto.getRandomValues(new Uint8Array(16));
  drawn[6] = (drawn[6] & 15) | 64; drawn[8] = (drawn[8] & 63) | 128;
  const hex = Array.from(drawn, (one) => one.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

// Sends marks; the answer as JSON, null without a connection, "door" where a page came instead of an answer.
const send = (address, marks) => new Promise((done) => {
  const ask = new XMLHttpRequest();
  ask.open("POST", address);
  ask.timeout = 20000;
  ask.setRequestHeader("Content-Type", "application/json");
  ask.setRequestHeader("X-CSRFToken", formToken());
  ask.onload = () => {
    let said = null;
    try { said = JSON.parse(ask.responseText); } catch (page) { said = null; }
    if (said && typeof said === "object") done(said);
    else done(ask.status >= 500 || ask.status === 0 || ask.status === 503 ? null : "door");
  };
  ask.onerror = ask.ontimeout = () => done(null);
  ask.send(JSON.stringify({ marks }));
});

// Marks that are to be sent, in the order in which they were made.
class Queue {
  constructor(address, changed) {
    this.address = address; this.changed = changed;
    this.waiting = new Map(); this.sending = false; this.kept = 0; this.trouble = ""; this.problem = ""; this.timer = 0;
    window.addEventListener("online", () => this.flush());
    window.addEventListener("beforeunload", (event) => { if (this.waiting.size && !this.holds) event.preventDefault(); });
  }
  add(mark) {
    for (const [id, other] of this.waiting) if (other.entry === mark.entry && !other.gone) this.waiting.delete(id);
    this.waiting.set(mark.id, mark);
    this.later(250);
    this.changed([], []);
  }
  later(pause) { clearTimeout(this.timer); this.timer = setTimeout(() => this.flush(), pause); }
  async flush() {
    if (this.sending || !this.waiting.size) return;
    this.sending = true;
    const some = [...this.waiting.values()].slice(0, 100);
    for (const mark of some) mark.gone = true;
    const answer = await send(this.address, some.map((mark) => ({
      id: mark.id, entry: mark.entry, outcome: mark.outcome, asker: mark.asker, again: mark.again,
      settles: mark.settles, age: Math.max(0, (Date.now() - mark.at) / 1000),
    })));
    this.sending = false;
    if (answer && answer.kept) {
      this.trouble = ""; this.problem = "";
      const done = answer.kept.map((id) => this.waiting.get(id)).filter(Boolean);
      for (const mark of done) this.waiting.delete(mark.id);
      this.kept += done.length;
      this.changed(done, answer.contested || []);
      if (this.waiting.size) this.later(0);
      return;
    }
    if (answer && answer.problem) { this.trouble = "problem"; this.problem = answer.problem; }
    else { this.trouble = answer === "door" ? "door" : "failed"; this.later(answer === "door" ? 20000 : 5000); }
    this.changed([], []);
  }
}
// The headline counts along.
const counting = (number) => { const news = document.getElementById("news"); if (news) news.textContent = news.dataset.said.replace("%n", number); };
const told = (bar, queue) => {
  const say = (name, number) => bar.dataset[name].replace("%n", number);
  const parts = [];
  if (queue.kept) parts.push(say("saved", queue.kept));
  if (queue.waiting.size) parts.push(say(queue.trouble === "failed" ? "failed" : "waiting", queue.waiting.size));
  if (queue.trouble === "door") parts.push(bar.dataset.door);
  if (queue.trouble === "problem") parts.push(queue.problem);
  bar.hidden = false;
  bar.classList.toggle("warn", Boolean(queue.trouble));
  bar.classList.toggle("ok", !queue.trouble && !queue.waiting.size && queue.kept > 0);
  return parts.join(" · ");
};

// The grid ---------------------------------------------------------------------------------------------------------
const grid = document.getElementById("grid");
if (grid) {
  const bar = document.getElementById("saved"), help = document.getElementById("keys");
  const rows = [...grid.querySelectorAll("tr[data-entry]")];
  const values = ["did", "did_not", "could_not", "unknown"];
  const offered = document.getElementById("askers");
  let now = 0, typed = "", typing = 0;
  help.hidden = false;
  const field = (row, letter) => grid.elements[`${letter}-${row.dataset.entry}`];
  const outcomeOf = (row) => { const one = row.querySelector(`input[name="o-${row.dataset.entry}"]:checked`); return one ? one.value : ""; };
  const queue = new Queue(grid.dataset.record, (done, contested) => {
    for (const mark of done) {
      const row = rows.find((one) => one.dataset.entry === mark.entry);
      if (!row) continue;
      row.classList.remove("unsaved"); row.classList.add("kept");
      const differs = contested.includes(mark.entry);
      row.classList.toggle("contested", differs);
      let note = row.querySelector(".differ");
      if (differs && !note) { note = document.createElement("span"); note.className = "fine block differ"; row.querySelector("th").append(note); }
      if (note && differs) note.textContent = bar.dataset.contested; else if (note) note.remove();
      const outcome = mark.outcome === "back" ? "" : mark.outcome;
      field(row, "k").value = [outcome, mark.asker, mark.again ? "1" : "", differs ? "1" : "", randomId()].join(",");
    }
    counting(rows.filter(outcomeOf).length);
    bar.textContent = told(bar, queue);
  });
  const record = (row) => {
    const outcome = outcomeOf(row), was = field(row, "k").value.split(",");
    if (!outcome) return;
    row.classList.add("unsaved"); row.classList.remove("kept");
    queue.add({ id: randomId(), entry: row.dataset.entry, outcome, asker: field(row, "a").value, again: field(row, "r").checked,
      settles: was[3] === "1", at: Date.now() });
  };
  const go = (place) => {
    if (place < 0 || place >= rows.length) return;
    rows[now].classList.remove("now");
    now = place;
    rows[now].classList.add("now");
    const first = rows[now].querySelector("input:checked") || rows[now].querySelector("input[type=radio]");
    first.focus({ preventScroll: true });
    rows[now].scrollIntoView({ block: "center" });
  };
  const choose = (value) => {
    const row = rows[now];
    let one = row.querySelector(`input[value="${value}"]`);
    if (!one && value === "back") {
      if (!outcomeOf(row)) return;
      for (const other of row.querySelectorAll("input[type=radio]")) other.checked = false;
      row.classList.add("unsaved");
      queue.add({ id: randomId(), entry: row.dataset.entry, outcome: "back", asker: field(row, "a").value, again: false, settles: false, at: Date.now() });
      go(now + 1);
      return;
    }
    if (!one) return;
    one.checked = true;
    record(row);
    if (value === "back") one.checked = false;
    go(now + 1);
  };
  const find = (letter) => {
    clearTimeout(typing);
    typed += letter.toLowerCase();
    typing = setTimeout(() => { typed = ""; bar.textContent = told(bar, queue); }, 1500);
    bar.hidden = false;
    bar.textContent = bar.dataset.find.replace("%n", typed);
    const order = [...rows.slice(now), ...rows.slice(0, now)];
    const fits = (row) => row.dataset.name.split(/[\s,-]+/).some((word, place, words) => words.slice(place).join(" ").startsWith(typed));
    const row = order.find(fits);
    if (row) go(rows.indexOf(row));
  };
  const fill = (select) => {
    if (select.dataset.filled) return;
    select.dataset.filled = "1";
    for (const one of offered.options) {
      if (![...select.options].some((other) => other.text === one.text)) select.add(new Option(one.text, one.value));
    }
  };
  grid.addEventListener("focusin", (event) => {
    const row = event.target.closest("tr[data-entry]");
    if (row && rows[now] !== row) { rows[now].classList.remove("now"); now = rows.indexOf(row); row.classList.add("now"); }
    if (event.target.matches("select")) fill(event.target);
  });
  grid.addEventListener("change", (event) => {
    const row = event.target.closest("tr[data-entry]");
    if (row) record(row);
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const inside = event.target.closest && event.target.closest("#grid tr[data-entry]");
    if (!inside && event.target !== document.body) return;
    const select = event.target.matches && event.target.matches("select");
    if (select) {
      if (event.key === "Enter" || event.key === "Escape") { event.preventDefault(); go(event.key === "Enter" ? now + 1 : now); }
      return;
    }
    const key = event.key;
    if (key >= "1" && key <= "4" && key.length === 1) choose(values[Number(key) - 1]);
    else if (key === "0" || key === "Backspace" || key === "Delete") choose("back");
    else if (key === "5") { const box = field(rows[now], "r"); box.checked = !box.checked; record(rows[now]); }
    else if (key === "6") field(rows[now], "a").focus();
    else if (key === "ArrowDown" || key === "Enter") go(now + 1);
    else if (key === "ArrowUp") go(now - 1);
    else if (key === "Home") go(0);
    else if (key === "End") go(rows.length - 1);
    else if (key === "PageDown" && grid.dataset.following) { queue.flush().then(() => { location.href = grid.dataset.following; }); }
    else if (key === "PageUp" && grid.dataset.before) { queue.flush().then(() => { location.href = grid.dataset.before; }); }
    else if (/^\p{L}$/u.test(key)) find(key);
    else return;
    event.preventDefault();
  });
  grid.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    delete grid.dataset.sent;
    queue.flush();
  }, true);
  const first = rows.findIndex((row) => !outcomeOf(row));
  if (!location.hash) go(Math.max(0, first));
  window.scrollTo(0, 0);
}

// The phone list ---------------------------------------------------------------------------------------------------
const list = document.getElementById("phone");
if (list) {
  const bar = document.getElementById("saved");
  const held = heldUnder(`marks:${list.dataset.test}`, list.dataset.key);
  const card = (entry) => list.querySelector(`[data-entry="${entry}"]`);
  let holding = Promise.resolve();
  const hold = () => { holding = holding.then(async () => {
    if (!queue.waiting.size) { held.drop(); queue.holds = false; return; }
    queue.holds = await held.keep([...queue.waiting.values()]);
  }); return holding; };
  const show = (entry, outcome, again, state) => {
    const one = card(entry);
    if (!one) return;
    for (const button of one.querySelectorAll("button[name=outcome]")) button.setAttribute("aria-pressed", String(button.value === outcome));
    one.querySelector("input[name=again]").checked = again;
    one.dataset.state = state;
    one.querySelector(".state").textContent = list.dataset[state] || "";
  };
  const queue = new Queue(list.dataset.record, (done, contested) => {
    for (const mark of done) show(mark.entry, mark.outcome, mark.again, contested.includes(mark.entry) ? "contested" : "kept");
    if (queue.trouble === "failed") for (const mark of queue.waiting.values()) show(mark.entry, mark.outcome, mark.again, "held");
    counting(list.querySelectorAll("button[aria-pressed=true]").length);
    bar.textContent = told(bar, queue);
    hold();
  });
  const record = (one, outcome) => {
    const again = one.querySelector("input[name=again]").checked;
    queue.add({ id: randomId(), entry: one.dataset.entry, outcome, asker: "asker", again, settles: false, at: Date.now() });
    show(one.dataset.entry, outcome, again, "sending");
  };
  list.addEventListener("submit", (event) => {
    const one = event.target.closest("[data-entry]");
    if (!one || !event.submitter) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const pressed = event.submitter.getAttribute("aria-pressed") === "true";
    record(one, pressed ? "back" : event.submitter.value);
  }, true);
  list.addEventListener("change", (event) => {
    const one = event.target.closest("[data-entry]");
    const pressed = one && one.querySelector("button[aria-pressed=true]");
    if (pressed && event.target.name === "again") record(one, pressed.value);
  });
  for (const form of document.querySelectorAll("header.top form[action*=leave]")) form.addEventListener("submit", (event) => {
    const away = event.submitter && event.submitter.name === "away";
    if (!away && queue.waiting.size && !window.confirm(list.dataset.leaving)) { event.preventDefault(); event.stopImmediatePropagation(); }
  }, true);
  held.open().then((marks) => {
    if (!marks) return;
    for (const mark of marks) { mark.gone = false; queue.waiting.set(mark.id, mark); show(mark.entry, mark.outcome, mark.again, "held"); }
    queue.holds = true;
    bar.textContent = told(bar, queue);
    queue.flush();
  });
}

// A sheet typed in: after the code the outcome, after the outcome the next line ---------------------------------------
const typedLines = document.getElementById("typed-lines");
if (typedLines) {
  typedLines.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("input, select")) return;
    const fields = [...typedLines.querySelectorAll("input:not([type=hidden]), select")];
    const next = fields[fields.indexOf(event.target) + 1];
    if (next) { event.preventDefault(); next.focus(); }
  });
}

// A download leaves the page where it is, so its form may be sent again for the next sheets.
for (const download of document.querySelectorAll("form[data-download]")) {
  download.addEventListener("submit", () => setTimeout(() => { delete download.dataset.sent; }, 3000));
}
}
