// Sorting and filtering of the table of attempts; the page is complete without it.
"use strict";
document.documentElement.classList.add("js");
const table = document.getElementById("attempts");
const body = table.tBodies[0];
table.querySelectorAll("th[data-sort]").forEach((head) => {
  head.addEventListener("click", () => {
    const column = head.cellIndex;
    const numeric = head.dataset.sort === "number";
    const down = head.dataset.down !== "1";
    head.dataset.down = down ? "1" : "";
    const key = (row) => row.cells[column].dataset.key ?? row.cells[column].textContent;
    const rows = Array.from(body.rows);
    rows.sort((a, b) => {
      const order = numeric ? Number(key(a)) - Number(key(b)) : key(a).localeCompare(key(b));
      return down ? -order : order;
    });
    body.append(...rows);
  });
});
document.getElementById("filter").addEventListener("input", (event) => {
  const wanted = event.target.value.toLowerCase();
  for (const row of body.rows) {
    row.hidden = !row.textContent.toLowerCase().includes(wanted);
  }
});
