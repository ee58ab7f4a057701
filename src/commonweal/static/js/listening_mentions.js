// Whom and what she mentions, written down while a conversation is (listening.js). The page works without this file.
"use strict";

// Sends a form and takes the page that answers; null where none came.
const sendForPage = (address, pairs) => new Promise((done) => {
  const ask = new XMLHttpRequest();
  ask.open("POST", address);
  ask.timeout = 15000;
  ask.responseType = "document";
  ask.onload = () => done(ask.status < 500 ? ask.responseXML : null);
  ask.onerror = ask.ontimeout = () => done(null);
  ask.send(new URLSearchParams(pairs));
});

// What adds and removes mentions, by the button that was pressed.
const writeMentions = ({ form, hold, pairsNow, tell, warn, changed }) => {
  // Without a connection nobody can be looked up: the name is noted, with how it came up, until there is one.
  const noteName = () => {
    const name = form.elements.other_text, how = form.elements.how, noted = form.elements.noted;
    if (!name.value.trim()) return;
    noted.value = `${noted.value}${noted.value && !noted.value.endsWith("\n") ? "\n" : ""}${name.value.trim()} (${how.selectedOptions[0].textContent})`;
    name.value = "";
    noted.closest(".noted").hidden = false;
    changed();
  };

  // Names and places come into their lists without leaving the page: whoever writes stays where she was, and a
  // connection that breaks here loses nothing.
  const changeMentions = async (button) => {
    const page = navigator.onLine ? await sendForPage(form.action, [...pairsNow(), [button.name, button.value]]) : null;
    setTimeout(() => { delete form.dataset.sent; }, 0);
    const fresh = page && page.getElementById("draft");
    if (!fresh || page.querySelector("[data-elsewhere-now]")) {
      if (!page && button.value === "person") noteName();
      hold({ pairs: pairsNow(), keep: false });
      warn(page ? (fresh ? form.dataset.elsewhere : form.dataset.away) : form.dataset.offline);
      return;
    }
    for (const name of ["once", "version"]) form.elements[name].value = fresh.elements[name].value;
    const before = form.querySelectorAll(".mention").length;
    for (const id of ["mentioned", "places"]) putInPlace(page, id);
    watchPickers(form);
    const lines = Array.from(form.querySelectorAll(`#${button.value === "place" ? "places" : "mentioned"} .mention b`), (one) => one.textContent);
    if (lines.length && form.querySelectorAll(".mention").length > before) tell(`${form.dataset.added} ${lines[lines.length - 1]}`);
    const heading = form.querySelector(button.value === "place" || !form.querySelector("#mentioned .mention") ? "#h-places" : "#h-names");
    heading.tabIndex = -1; heading.focus({ preventScroll: true });
    changed();
  };
  // A finger that picks a name means it; with the keys one chooses and presses the button.
  form.addEventListener("click", (event) => {
    const option = event.target.closest("#other_options label.opt");
    if (!option || !event.detail || form.dataset.sent || option.querySelector("input").value === "new") return;
    setTimeout(() => form.requestSubmit(form.querySelector("button[name=add][value=person]")), 0);
  });
  return changeMentions;
};
