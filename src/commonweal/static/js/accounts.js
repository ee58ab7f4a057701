// Passkeys: the question stands in the form, the answer goes into its hidden field, the form is sent as any other.
// Buttons that print; without scripts the browser's own menu prints as well.
"use strict";

for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential || !PublicKeyCredential.parseRequestOptionsFromJSON) continue;
  form.hidden = false;
  const says = form.querySelector("[data-passkey-says]");
  form.addEventListener("submit", async (event) => {
    if (form.elements.credential.value) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    says.textContent = "";
    try {
      const asked = JSON.parse(form.dataset.passkey).publicKey;
      const answer = form.dataset.passkeyAct === "create"
        ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(asked) })
        : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(asked) });
      form.elements.credential.value = JSON.stringify(answer.toJSON());
    } catch {
      says.textContent = says.dataset.passkeySays;
      return;
    }
    form.requestSubmit();
  });
}
