"use strict";
const reveal = () => {
  const id = decodeURIComponent(location.hash.slice(1));
  const target = id && document.getElementById(id);
  if (!target) return;
  let closed = false;
  for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) {
    closed ||= !box.open;
    box.open = true;
  }
  if (closed) target.scrollIntoView({ block: "center" });
  if (target.matches("mark")) target.focus({ preventScroll: true });
};
addEventListener("hashchange", reveal);
reveal();
addEventListener("beforeprint", () => document.querySelectorAll("details:not(.source)").forEach((box) => (box.open = true)));
const input = document.getElementById("filter");
const rows = [...document.querySelectorAll(".grid tbody tr")];
input.closest("p").hidden = rows.length < 12;
input.addEventListener("input", () => {
  const wanted = input.value.trim();
  let found = 0;
  for (const row of rows) {
    row.hidden = !row.cells[0].textContent.includes(wanted);
    found += !row.hidden;
  }
  document.getElementById("found").textContent = wanted ? `　${found}个` : "";
});
