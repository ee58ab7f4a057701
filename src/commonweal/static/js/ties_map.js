// The map of ties: larger, smaller and moved by keys, wheel, buttons and fingers; names appear as there is room.
"use strict";

const frame = document.getElementById("ties-frame"), map = document.getElementById("ties");
if (frame && map) {
  const { people: points, groups } = JSON.parse(document.getElementById("ties-points").textContent);
  const words = document.getElementById("ties-words");
  const whole = map.viewBox.baseVal, all = { x: whole.x, y: whole.y, w: whole.width, h: whole.height };
  let view = { ...all }, planned = false;
  const SVG = "http://www.w3.org/2000/svg";
  const firstWords = [...words.childNodes];
  frame.classList.add("live");
  frame.querySelector(".ties-tools").hidden = false;

  // Names of whoever is in sight, leaders first, none over another; at first sight as the server placed them.
  const label = () => {
    const box = map.getBoundingClientRect(), scale = Math.max(view.w / box.width, view.h / box.height);
    if (view.w > all.w * 0.95 && box.width > 700) { words.replaceChildren(...firstWords); return; }
    const seen = points.filter(([x, y]) => x > view.x && x < view.x + view.w && y > view.y && y < view.y + view.h);
    const close = view.w < all.w / 5 || seen.length < 70;
    const people = seen.filter((point) => point[4] || close).sort((one, two) => two[4] - one[4]).slice(0, 160);
    const wanted = [...groups.map(([x, y, name]) => [x, y, name, "place", true]), ...people.map(([x, y, name, , leads]) => [x, y, name, leads ? "name" : "place", false])];
    const taken = [], fresh = [], beside = (box.width * scale - view.w) / 2;
    for (const [x, y, name, look, middle] of wanted) {
      const long = name.length * 6.8 * scale, gap = 9 * scale;
      for (const left of middle ? [x - long / 2] : [x + gap, x - gap - long]) {
        const it = [left, y - 9 * scale, left + long, y + 6.5 * scale];
        // A name that the frame would cut is left out, as is one over another.
        if (it[0] < view.x - beside || it[2] > view.x + view.w + beside || it[1] < view.y || it[3] > view.y + view.h) continue;
        if (taken.some((other) => it[0] < other[2] && it[2] > other[0] && it[1] < other[3] && it[3] > other[1])) continue;
        taken.push(it);
        const text = document.createElementNS(SVG, "text"), base = y + 4.5 * scale;
        text.setAttribute("x", left);
        text.setAttribute("y", base);
        text.setAttribute("class", look);
        text.setAttribute("transform", `translate(${left} ${base}) scale(${scale}) translate(${-left} ${-base})`);
        text.textContent = name;
        fresh.push(text);
        break;
      }
    }
    words.replaceChildren(...fresh);
  };
  const draw = () => {
    if (planned) return;
    planned = true;
    requestAnimationFrame(() => {
      planned = false;
      map.setAttribute("viewBox", `${view.x} ${view.y} ${view.w} ${view.h}`);
      label();
    });
  };
  const grow = (by, px, py) => {
    const w = Math.min(Math.max(view.w / by, all.w / 30), all.w), ratio = w / view.w;
    const at = px === undefined ? [view.x + view.w / 2, view.y + view.h / 2] : [px, py];
    view = { x: at[0] - (at[0] - view.x) * ratio, y: at[1] - (at[1] - view.y) * ratio, w, h: view.h * ratio };
    keep();
    draw();
  };
  const keep = () => {
    view.x = Math.min(Math.max(view.x, all.x), all.x + all.w - view.w);
    view.y = Math.min(Math.max(view.y, all.y), all.y + all.h - view.h);
  };
  const move = (dx, dy) => { view.x += dx; view.y += dy; keep(); draw(); };
  const spot = (event) => {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(map.getScreenCTM().inverse());
    return [point.x, point.y];
  };
  if (map.getBoundingClientRect().width <= 700) label();
  const acts = { in: () => grow(1.5), out: () => grow(1 / 1.5), all: () => { view = { ...all }; draw(); } };
  frame.addEventListener("click", (event) => {
    const button = event.target.closest("[data-map]");
    if (button) acts[button.dataset.map]();
  });
  frame.addEventListener("keydown", (event) => {
    if (event.target !== frame || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = view.w / 8;
    const keys = {
      "+": () => grow(1.5), "=": () => grow(1.5), "-": () => grow(1 / 1.5), "0": acts.all,
      ArrowLeft: () => move(-step, 0), ArrowRight: () => move(step, 0), ArrowUp: () => move(0, -step), ArrowDown: () => move(0, step),
    };
    if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
  });
  frame.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && document.activeElement !== frame) return;
    event.preventDefault();
    grow(event.deltaY < 0 ? 1.2 : 1 / 1.2, ...spot(event));
  }, { passive: false });

  const fingers = new Map();
  let dragged = 0, apart = 0;
  frame.addEventListener("pointerdown", (event) => {
    if (event.target.closest("button")) return;
    fingers.set(event.pointerId, [event.clientX, event.clientY]);
    dragged = 0;
    apart = 0;
  });
  addEventListener("pointermove", (event) => {
    const was = fingers.get(event.pointerId);
    if (!was) return;
    const scale = 1 / map.getScreenCTM().a;
    if (fingers.size === 1) {
      dragged += Math.abs(event.clientX - was[0]) + Math.abs(event.clientY - was[1]);
      if (dragged > 6) { frame.classList.add("drag"); move((was[0] - event.clientX) * scale, (was[1] - event.clientY) * scale); }
    }
    fingers.set(event.pointerId, [event.clientX, event.clientY]);
    if (fingers.size === 2) {
      const [one, two] = [...fingers.values()], now = Math.hypot(one[0] - two[0], one[1] - two[1]);
      if (apart) grow(now / apart, ...spot({ clientX: (one[0] + two[0]) / 2, clientY: (one[1] + two[1]) / 2 }));
      apart = now;
      dragged = 99;
    }
  });
  const lifted = (event) => {
    if (!fingers.delete(event.pointerId)) return;
    frame.classList.remove("drag");
    if (dragged > 6 || event.type === "pointercancel") return;
    const [x, y] = spot(event), scale = 1 / map.getScreenCTM().a;
    let best = null, near = 22 * scale;
    for (const point of points) {
      const far = Math.hypot(point[0] - x, point[1] - y);
      if (far < near) { near = far; best = point; }
    }
    if (best) {
      const address = new URL(location.href);
      address.searchParams.set("person", best[3]);
      location.assign(address);
    }
  };
  addEventListener("pointerup", lifted);
  addEventListener("pointercancel", lifted);
}
