// The review screen by keyboard, and reusable texts at a click.
const form = document.getElementById("finding");
const writing = (element) => element.matches("textarea, select, input:not([type=radio])");

document.querySelector("[data-keys]")?.removeAttribute("hidden");

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    if (form) {
      event.preventDefault();
      form.requestSubmit();
    }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || writing(event.target)) return;
  const link = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (link) {
    event.preventDefault();
    link.click();
  } else if (form && /^[1-9]$/.test(event.key)) {
    const choice = form.querySelectorAll("input[name=kind]")[Number(event.key) - 1];
    if (choice) {
      event.preventDefault();
      choice.click();
      choice.focus();
    }
  }
});

const reusable = document.getElementById("reusable");
reusable?.addEventListener("change", () => {
  const into = document.getElementById(reusable.dataset.into);
  if (!reusable.value) return;
  into.value = into.value.trim() ? `${into.value.trimEnd()}\n${reusable.value}` : reusable.value;
  reusable.value = "";
  into.focus();
});

let sent = false;
form?.addEventListener("submit", () => {
  sent = true;
});
let changed = form?.dataset.unsaved !== undefined;
form?.addEventListener("input", () => {
  changed = true;
});
addEventListener("beforeunload", (event) => {
  if (changed && !sent) event.preventDefault();
});
