// Ticking a gap asks the server for the planned score and shows it; the address follows, so that
// the plan can be linked and survives the language switch.

export function recomputeOnTick() {
  const form = document.querySelector("form[data-planned]");
  if (!form) return;
  form.querySelector(".planned__send").hidden = true;
  form.addEventListener("change", () => show(form));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show(form);
  });
  form.addEventListener("click", (event) => {
    const way = event.target.closest("a[data-names]");
    if (!way || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const names = way.dataset.names.split(" ");
    for (const box of form.elements) {
      if (box.name === "close") box.checked = names.includes(box.value);
    }
    show(form).then(() => form.querySelector("[data-part=steps] a")?.focus({ preventScroll: true }));
  });
}

let latest = 0;

async function show(form) {
  const turn = ++latest;
  const query = new URLSearchParams(new FormData(form)).toString();
  const address = query ? `?${query}` : location.pathname;
  let page;
  try {
    const answer = await fetch(query ? `${form.dataset.planned}?${query}` : form.dataset.planned);
    if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    location.assign(address); // signed out, or no network: the browser says so
    return;
  }
  if (turn !== latest) return; // another box was ticked meanwhile
  for (const part of form.querySelectorAll("[data-part]")) {
    const fresh = page.querySelector(`[data-part=${part.dataset.part}]`);
    part.replaceChildren(...fresh.childNodes);
  }
  history.replaceState(null, "", address);
  for (const link of document.querySelectorAll("a.language")) link.search = location.search;
}
