// A figure's link leads to its explanation; with a script the explanation opens below the figure.

export function openInPlace() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-explain]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    toggle(link);
  });
  for (const link of document.querySelectorAll("a[data-explain]")) {
    link.setAttribute("aria-expanded", "false");
  }
}

async function toggle(link) {
  const place = link.closest("[data-explanations]");
  const before = place.querySelector(":scope > .explained");
  const opener = place.querySelector("a[data-explain][aria-expanded=true]");
  before?.remove();
  opener?.setAttribute("aria-expanded", "false");
  if (opener === link) return;
  let page;
  try {
    const answer = await fetch(link.href);
    if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    location.assign(link.href);
    return;
  }
  place.append(panel(link, page));
  link.setAttribute("aria-expanded", "true");
}

function panel(link, page) {
  const box = document.getElementById("explained").content.firstElementChild.cloneNode(true);
  const title = page.querySelector("h1").textContent;
  box.setAttribute("aria-label", title);
  box.querySelector(".explained__title").textContent = title;
  box.append(page.querySelector("[data-explanation]"));
  const close = () => {
    toggle(link);
    link.focus();
  };
  box.querySelector("button").addEventListener("click", close);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  requestAnimationFrame(() => box.focus());
  return box;
}
