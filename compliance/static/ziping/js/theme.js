// Changes the theme without loading the page again, so that nothing typed on it is lost.

const MEDIA = { light: "not all", dark: "screen", auto: "screen and (prefers-color-scheme: dark)" };

export function rememberTheme() {
  const form = document.querySelector("form.theme");
  if (!form) return;
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const chosen = event.submitter;
    document.getElementById("dark-theme").media = MEDIA[chosen.value];
    for (const button of form.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button === chosen));
    }
    fetch(form.action, { method: "POST", body: new FormData(form, chosen), redirect: "manual" });
  });
}
