// A section's box ticks its answers, and shows whether all of them are ticked.
for (const section of document.querySelectorAll("[data-section]")) {
  const all = section.querySelector("input[name=section]");
  const boxes = [...section.querySelectorAll("input[name=take]")];
  const show = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked === boxes.length;
    all.indeterminate = ticked > 0 && !all.checked;
  };
  all.addEventListener("change", () => boxes.forEach((box) => { box.checked = all.checked; }));
  boxes.forEach((box) => box.addEventListener("change", show));
  window.addEventListener("pageshow", () => (all.checked ? boxes.forEach((box) => { box.checked = true; }) : show()));
}
