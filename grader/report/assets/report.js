// Sorting and finding in the class table; plots that can be zoomed. Every page is complete without this script.

for (const table of document.querySelectorAll("table.class")) {
  const body = table.tBodies[0];
  for (const [column, head] of [...table.tHead.rows[0].cells].entries()) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => sort(table, body, column, head));
  }
}

function sort(table, body, column, head) {
  const numeric = head.classList.contains("number");
  const before = head.getAttribute("aria-sort");
  // Points: the best first; names: from A.
  const descending = before === "none" ? numeric : before === "ascending";
  for (const other of table.tHead.rows[0].cells) other.setAttribute("aria-sort", "none");
  head.setAttribute("aria-sort", descending ? "descending" : "ascending");
  const collator = new Intl.Collator(undefined, { numeric: true });
  const value = (row) => row.cells[column].dataset.value;
  const compare = numeric ? (a, b) => value(a) - value(b) : (a, b) => collator.compare(value(a), value(b));
  const rows = [...body.rows].sort((a, b) => (descending ? -compare(a, b) : compare(a, b)));
  body.append(...rows);
}

const filter = document.getElementById("filter");
if (filter) {
  filter.closest("label").hidden = false;
  filter.addEventListener("input", () => {
    const wanted = filter.value.trim().toLowerCase();
    for (const row of document.querySelectorAll("table.class tbody tr")) {
      row.hidden = !row.cells[0].dataset.value.toLowerCase().includes(wanted);
    }
  });
}

if (window.Plotly) {
  const seen = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      seen.unobserve(target);
      draw(target);
    }
  });
  for (const figure of document.querySelectorAll("figure.plot")) seen.observe(figure);
}

/** Puts the interactive plot in the place of the picture; the picture stays for print. */
async function draw(figure) {
  const { data, layout } = JSON.parse(figure.querySelector("script").textContent);
  const place = document.createElement("div");
  place.className = "interactive";
  figure.append(place);
  const look = { height: 340, autosize: true, margin: { l: 60, r: 20, t: 40, b: 50 } };
  const legend = { orientation: "h", x: 0, y: 1.02, yanchor: "bottom" };
  await window.Plotly.newPlot(
    place,
    data,
    { ...look, legend, ...layout },
    // A figure that cannot be moved needs no buttons for it.
    { displaylogo: false, responsive: true, displayModeBar: layout.dragmode === false ? false : "hover" },
  );
  figure.classList.add("drawn");
}
