// What waits on a phone without a signal: AES-GCM ciphertext in the browser's storage, under names that begin with
// "held:". The key comes with the page, which only a signed-in session gets; it is never stored. Ciphertext goes when
// it was sent, and at leaving (house.js).
"use strict";

const mayHold = Boolean(window.crypto && crypto.subtle && window.localStorage);

// One place under `name`, sealed with `key` (hex) and bound to its name.
const heldUnder = (name, key) => {
  const place = `held:${name}`, bound = new TextEncoder().encode(name);
  const bytes = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
  const hex = (buffer) => Array.from(new Uint8Array(buffer), (one) => one.toString(16).padStart(2, "0")).join("");
  const cipher = (iv) => ({ name: "AES-GCM", iv, additionalData: bound });
  const opener = () => crypto.subtle.importKey("raw", bytes(key), "AES-GCM", false, ["encrypt", "decrypt"]);
  const drop = () => { if (mayHold) localStorage.removeItem(place); };

  // Seals it; false where that cannot be.
  const keep = async (what) => {
    if (!mayHold) return false;
    const plain = new TextEncoder().encode(JSON.stringify(what)), iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = await crypto.subtle.encrypt(cipher(iv), await opener(), plain);
    try {
      localStorage.setItem(place, JSON.stringify({ at: Date.now(), iv: hex(iv), sealed: hex(sealed) }));
    } catch (full) { return false; }
    return true;
  };

  // What waits there; null where nothing does. What this key does not open is somebody else's, and goes.
  const open = async () => {
    const found = mayHold && localStorage.getItem(place);
    if (!found) return null;
    try {
      const { iv, sealed } = JSON.parse(found);
      const plain = await crypto.subtle.decrypt(cipher(bytes(iv)), await opener(), bytes(sealed));
      return JSON.parse(new TextDecoder().decode(plain));
    } catch (broken) { drop(); return null; }
  };
  return { keep, open, drop };
};
