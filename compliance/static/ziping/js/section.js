// A section of the wizard: saves by itself, says so, and warns only while something is unsaved.
import { Autosave } from "./autosave.js";

const form = document.getElementById("section");
const unitOf = (element) => element.closest("[data-question], [data-criterion]");

if (form?.dataset.autosave) {
  const token = form.elements.csrfmiddlewaretoken.value;
  const autosave = new Autosave(form.dataset.autosave, token, report);
  let sending = false;

  form.addEventListener("input", (event) => {
    const typing = event.target.matches("textarea, input:not([type=radio], [type=checkbox])");
    const unit = unitOf(event.target);
    if (unit) autosave.changed(unit, { typing });
  });
  form.addEventListener("change", (event) => {
    const unit = unitOf(event.target);
    if (unit) autosave.changed(unit, { typing: false });
  });
  form.addEventListener("submit", async (event) => {
    if (event.submitter?.name === "language" && scrollY) event.submitter.formAction = inSight();
    if (sending) return;
    if (!navigator.onLine) {
      event.preventDefault(); // the browser's error page would take the place of this one
      say(form.dataset.failed, true);
      return;
    }
    const underWay = autosave.stop();
    sending = true;
    if (underWay.length === 0) return;
    event.preventDefault(); // else the page would meet its own save as somebody else's
    await Promise.allSettled(underWay);
    // Not before this event is over: until then a form ignores requests to be sent.
    setTimeout(() => form.requestSubmit(event.submitter));
  });
  addEventListener("beforeunload", (event) => {
    if (!sending && autosave.unsaved) event.preventDefault();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") autosave.flush();
  });
  addEventListener("pageshow", (event) => {
    // Back from the browser's memory: answers and tokens may be older than what is stored.
    if (event.persisted) location.reload();
  });
  for (const radio of form.querySelectorAll("input[type=radio]:checked")) offerClearing(radio);
  form.addEventListener("change", (event) => offerClearing(event.target));

  function report(unit, event) {
    if (event === "saving") return say(form.dataset.saving);
    if (event === "failed") return say(form.dataset.failed, true);
    if (event === "refused") return say(form.dataset.barred, true);
    const { status, answer } = event;
    if (answer.seen) unit.querySelector("input[type=hidden]").value = answer.seen;
    if (answer.errors) showErrors(unit, answer.errors);
    if (answer.asked) showAsked(answer.asked);
    if (status === 200) say(answer.saved);
    else say(answer.error ?? form.dataset.refused, true);
  }

  function offerClearing(radio) {
    const choices = radio.closest(".choices");
    if (radio.type !== "radio" || choices.nextElementSibling?.matches(".clear")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--quiet button--small clear";
    button.textContent = form.dataset.clear;
    button.addEventListener("click", () => {
      for (const option of choices.querySelectorAll("input")) option.checked = false;
      choices.querySelector("input").focus();
      autosave.changed(unitOf(choices), { typing: false });
      button.remove();
    });
    choices.after(button);
  }
}

// Where the page in the other language is to open: at the first question that can be seen.
function inSight() {
  const questions = [...form.querySelectorAll(".question[id]")];
  const low = innerHeight / 3;
  return `#${questions.find((one) => one.getBoundingClientRect().bottom > low)?.id ?? ""}`;
}

function say(words, failed = false) {
  const saved = document.getElementById("saved");
  saved.classList.toggle("saved--failed", failed);
  saved.querySelector("span").textContent = words;
}

function showErrors(unit, errors) {
  for (const list of unit.querySelectorAll("[data-error]")) {
    const kind = list.dataset.error;
    const [name, words] = Object.entries(errors).find(([name]) => name.startsWith(`${kind}-`)) ?? [];
    list.hidden = !name;
    list.querySelector("span").textContent = words ?? "";
    for (const field of unit.querySelectorAll(`[name^="${kind}-"]`)) {
      if (name) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    }
  }
  unit.classList.toggle("question--invalid", Object.keys(errors).length > 0);
}

function showAsked(asked) {
  for (const [question, shown] of Object.entries(asked)) {
    const unit = document.getElementById(`question-${question}`);
    if (!unit) continue;
    unit.hidden = shown === "no";
    const undetermined = unit.querySelector("[data-undetermined]");
    if (undetermined) undetermined.hidden = shown !== "undetermined";
  }
}
