// What came of the person one points at, and who asked her; with the keys, what a block says to those who hear it.
"use strict";

{
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  tip.setAttribute("aria-hidden", "true"); // the block's own label says it to a screen reader
  document.body.append(tip);

  // Read once for each chart: a filter puts another in its place.
  let written = null, said = null;
  const words = () => {
    const now = document.getElementById("chart-words");
    if (now !== written) {
      written = now;
      said = now ? JSON.parse(now.textContent) : null;
    }
    return said;
  };

  const place = (x, y) => {
    const box = tip.getBoundingClientRect();
    const left = Math.max(4, Math.min(x + 14, innerWidth - box.width - 4));
    const top = y + 18 + box.height > innerHeight ? y - box.height - 10 : y + 18;
    tip.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  };

  const say = (lines, x, y) => {
    tip.replaceChildren(...lines.map((line) => {
      const one = document.createElement("p");
      one.textContent = line;
      return one;
    }));
    tip.hidden = !lines.length;
    if (lines.length) place(x, y);
  };

  // Whose square is at a point: her place in the block, or -1 between and beyond the squares.
  const personAt = (picture, x, y) => {
    const [step, line, across, top] = picture.dataset.grid.split(" ").map(Number);
    const at = new DOMPoint(x, y).matrixTransform(picture.getScreenCTM().inverse());
    const column = Math.floor((at.x - 1) / step), row = Math.floor((at.y - top + 2) / line);
    return column < 0 || column >= across || row < 0 ? -1 : row * across + column;
  };

  const linesFor = (picture, person, spoken) => {
    const seen = picture.dataset.seen || "", acts = spoken.acts.length;
    if (person < 0 || (person + 1) * acts > seen.length) return [];
    const lines = spoken.acts.map((act, number) => spoken.one.replace("{act}", () => act).replace("{outcome}", () => spoken.outcomes[seen[person * acts + number]]));
    const askers = (picture.dataset.askers || "").split(",")[person];
    if (askers) lines[0] += spoken.asked.replace("{askers}", () => askers.split(".").map((one) => spoken.askers[one]).join(", "));
    return lines;
  };

  let planned = false, last = null;
  const main = document.querySelector("main");
  main.addEventListener("pointermove", (event) => {
    last = event;
    if (planned || event.pointerType === "touch") return;
    planned = true;
    requestAnimationFrame(() => {
      planned = false;
      const block = last.target.closest(".wc td > a"), picture = block && block.querySelector("svg[data-seen]");
      const spoken = picture ? words() : null;
      if (!spoken) { tip.hidden = true; return; }
      say(linesFor(picture, personAt(picture, last.clientX, last.clientY), spoken), last.clientX, last.clientY);
    });
  });
  main.addEventListener("pointerleave", () => { tip.hidden = true; });
  main.addEventListener("focusin", (event) => {
    const block = event.target.closest(".wc td > a");
    if (!block || !block.matches(":focus-visible")) { tip.hidden = true; return; }
    const box = block.getBoundingClientRect();
    say([block.getAttribute("aria-label")], box.left, box.bottom - 12);
  });
  main.addEventListener("focusout", () => { tip.hidden = true; });
  addEventListener("scroll", () => { tip.hidden = true; }, { passive: true });
  addEventListener("keydown", (event) => { if (event.key === "Escape") tip.hidden = true; });
}
