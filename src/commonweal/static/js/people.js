// A person is chosen as one types; a section's form opens in its place. Both work without this file.
"use strict";

// <fieldset data-picker="address" data-field="name" data-near="id">: offers names while one types.
const watchPicker = (picker) => {
  const typed = picker.querySelector("input[type=search]");
  const button = picker.querySelector("button[name=look]");
  if (!typed || picker.dataset.watched) return;
  picker.dataset.watched = "1";
  if (button) button.hidden = true;
  let waiting, running;
  const look = async () => {
    if (running) running.abort();
    running = new AbortController();
    const field = picker.dataset.field;
    const address = new URL(picker.dataset.picker, location.href);
    address.search = new URLSearchParams({ field, near: picker.dataset.near, [`${field}_text`]: typed.value }).toString();
    const page = await fetchPage(address, `${field}_options`, running.signal);
    putInPlace(page, `${field}_options`);
  };
  typed.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(look, 150); });
  typed.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); look(); } });
};
const watchPickers = (root) => { for (const picker of root.querySelectorAll("[data-picker]")) watchPicker(picker); };
watchPickers(document);

// <a data-here>: the form behind the link opens under the heading it stands in.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-here]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const section = link.closest("section");
  const there = section.querySelector(".here");
  if (there) there.remove();
  if (there && there.dataset.from === link.href) { link.focus(); return; }
  const page = await fetchPage(link.href, "asked");
  const form = page && page.getElementById("asked");
  if (!form || document.querySelector(".here")) { location.href = link.href; return; }
  const place = document.createElement("div");
  place.className = "here";
  place.dataset.from = link.href;
  const inside = document.importNode(form, true);
  for (const one of inside.querySelectorAll("form:not([action])")) one.action = link.href;
  place.append(inside);
  section.querySelector("header").after(place);
  watchPickers(place);
  const first = place.querySelector("input:not([type=hidden]), select, textarea");
  if (first) first.focus();
});
