// Passkeys: sends what the browser's authenticator answers with the form around the button.
// <form data-passkey="create|get" data-options="id of a JSON script" or data-options-from="address">

const BINARY = new Set(["challenge", "id", "rawId", "userHandle", "clientDataJSON",
  "attestationObject", "authenticatorData", "signature"]);

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      ask(form);
    });
  }
}

async function ask(form) {
  const failed = form.querySelector("[data-passkey-failed]");
  const button = form.querySelector("button");
  failed.hidden = true;
  button.disabled = true;
  try {
    const { publicKey } = decode(await options(form));
    if (form.dataset.passkey === "create") {
      publicKey.authenticatorSelection = {
        ...publicKey.authenticatorSelection,
        residentKey: "required",
        requireResidentKey: true,
        userVerification: "required",
      };
    }
    const credential = await navigator.credentials[form.dataset.passkey]({ publicKey });
    form.querySelector("[data-credential]").value = JSON.stringify(plain(credential));
    form.submit();
  } catch {
    failed.hidden = false;
    button.disabled = false;
    button.focus();
  }
}

async function options(form) {
  if (form.dataset.options) {
    return JSON.parse(document.getElementById(form.dataset.options).textContent);
  }
  const answer = await fetch(form.dataset.optionsFrom, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.statusText);
  return { request_options: await answer.json() };
}

// The options of either ceremony, with bytes where the text is base64url.
function decode(data) {
  return bytesIn(data.creation_options ?? data.request_options);
}

function bytesIn(value, name = "") {
  if (Array.isArray(value)) return value.map((item) => bytesIn(item));
  if (value && typeof value === "object") {
    const isRelyingParty = name === "rp";
    return Object.fromEntries(Object.entries(value).map(([key, item]) =>
      [key, BINARY.has(key) && typeof item === "string" && !isRelyingParty ? bytes(item) : bytesIn(item, key)]));
  }
  return value;
}

function bytes(text) {
  const base64 = text.replace(/-/g, "+").replace(/_/g, "/");
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

function base64url(buffer) {
  const text = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

// The credential as the server reads it.
function plain(credential) {
  const response = {};
  for (const name of BINARY) {
    if (credential.response[name] instanceof ArrayBuffer) {
      response[name] = base64url(credential.response[name]);
    }
  }
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  return {
    type: credential.type,
    id: credential.id,
    rawId: base64url(credential.rawId),
    authenticatorAttachment: credential.authenticatorAttachment,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}
