// The list and the chains: buttons that print. Without scripts the browser's own menu prints as well.
"use strict";
for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => window.print());
}
