// Draws the network of the page: households as boxes, agencies as squares, possible matches dashed.
// The layout is drawn with a seeded source of chance, so a family looks the same tomorrow.

const place = document.getElementById("picture");
const chosen = document.getElementById("chosen");
const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;

const INK = "#123c4a";
const STYLE = [
  { selector: "node", style: { label: "data(label)", "font-family": "Arial, sans-serif", color: "#0b0c0c" } },
  { selector: "node[kind='person']", style: {
    width: 34, height: 34, "background-color": "#fff", "border-width": 2.5, "border-color": "#5b6b73",
    "font-size": 12, "text-valign": "bottom", "text-margin-y": 5, "text-wrap": "wrap", "text-max-width": 92,
    "text-background-color": "#fbfcfc", "text-background-opacity": 0.85, "text-background-padding": 1 } },
  { selector: "node[kind='person'][?heart]", style: { "background-color": INK, "border-color": INK } },
  { selector: "node[kind='person'][!adult]", style: { width: 26, height: 26 } },
  { selector: "node[kind='person'][further > 0]", style: { "border-style": "double", "border-width": 5 } },
  { selector: "node[kind='person'][?died]", style: { "background-color": "#fff", "border-color": "#5b6b73", "border-style": "dashed" } },
  { selector: "node[kind='household']", style: {
    shape: "round-rectangle", "background-color": "#e4eef0", "background-opacity": 0.75, "border-width": 1.5,
    "border-color": "#8aa3ab", padding: 22, "font-size": 13, "font-weight": "bold", "text-valign": "top",
    "text-margin-y": -5, "text-wrap": "wrap", "text-max-width": 210 } },
  { selector: "node[kind='household'][?heart]", style: { "background-color": "#d3e8e2", "border-color": "#1f6f5c", "border-width": 2.5 } },
  { selector: "node[kind='agency']", style: {
    shape: "rectangle", width: 18, height: 18, "background-color": "#7a5ea8", "font-size": 12,
    "text-valign": "center", "text-halign": "right", "text-margin-x": 6 } },
  { selector: "edge", style: {
    width: 2, "line-color": INK, "curve-style": "bezier", label: "data(label)", "font-size": 11,
    "font-family": "Arial, sans-serif", color: "#0b0c0c", "text-background-color": "#fbfcfc",
    "text-background-opacity": 0.9, "text-background-padding": 2, "text-rotation": "autorotate" } },
  { selector: "edge[kind='possible']", style: { "line-style": "dashed", "line-color": "#b3510f", width: 2.5 } },
  { selector: "edge[kind='lived']", style: { "line-style": "dotted", "line-color": "#6f6f6f", label: "" } },
  { selector: "edge[kind='agency']", style: { "line-color": "#b9a9d6", width: 1, "curve-style": "straight" } },
  { selector: ":selected", style: { "border-color": "#b3510f", "border-width": 5 } },
];

// Mulberry32: a small generator whose numbers depend on the seed alone.
function seeded(text) {
  let seed = 0;
  for (const letter of text) seed = (Math.imul(seed, 31) + letter.codePointAt(0)) | 0;
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function withSeed(text, work) {
  const chance = Math.random;
  Math.random = seeded(text);
  try {
    work();
  } finally {
    Math.random = chance;
  }
}

function layOut(cy) {
  const people = cy.elements().not("[kind='agency']");
  withSeed(place.dataset.source, () => {
    people.layout({
      name: "fcose", quality: "proof", animate: false, randomize: true, fit: false,
      nodeDimensionsIncludeLabels: true, nodeSeparation: 110, idealEdgeLength: 110,
      nodeRepulsion: 9000, packComponents: false, gravityCompound: 1.4,
    }).run();
  });
  if (place.clientWidth < 600) rowOfAgencies(cy, people.boundingBox());
  else columnOfAgencies(cy, people.boundingBox());
  cy.fit(cy.elements(), 24);
}

// Agencies stand in one column to the right: they are the same for everybody.
function columnOfAgencies(cy, box) {
  const agencies = cy.nodes("[kind='agency']");
  const step = Math.max(44, Math.min(90, box.h / Math.max(1, agencies.length)));
  const top = (box.y1 + box.y2) / 2 - (step * (agencies.length - 1)) / 2;
  agencies.forEach((agency, place) => agency.position({ x: box.x2 + 150, y: top + place * step }));
}

// On a narrow screen they stand below instead, in two columns.
function rowOfAgencies(cy, box) {
  cy.nodes("[kind='agency']").forEach((agency, place) => {
    agency.position({ x: box.x1 + (place % 2) * (box.w / 2), y: box.y2 + 60 + Math.floor(place / 2) * 40 });
  });
}

function filter(cy) {
  const off = [...document.querySelectorAll("#legend input:not(:checked)")].map((box) => box.value);
  let hidden = cy.collection();
  for (const kind of off) hidden = hidden.union(kind === "elsewhere" ? elsewhere(cy) : cy.elements(`[kind='${kind}']`));
  hidden.style("display", "none");
  cy.elements().difference(hidden).style("display", "element");
}

// People who were not asked about, and the households that hold none but them.
function elsewhere(cy) {
  const people = cy.nodes("[kind='person']").filter((node) => !node.data("heart"));
  const homes = cy.nodes("[kind='household']");
  return people.union(homes.filter((home) => home.children().every((person) => !person.data("heart"))));
}

function line(text, href) {
  const paragraph = document.createElement("p");
  if (!href) {
    paragraph.textContent = text;
    return paragraph;
  }
  const link = document.createElement("a");
  link.className = "govuk-link";
  link.textContent = text;
  link.href = href;
  paragraph.append(link);
  return paragraph;
}

function describe(node) {
  const { label, page, kind, id, further, open } = node.data();
  const lines = [line(label)];
  if (page) lines.push(line(kind === "household" ? "Family overview" : "Person's page", page));
  if (kind === "person" && !open && (further || node.data("heart"))) {
    lines.push(line(further ? `Open ${further} more` : "Who lived with them", opening(id)));
  }
  if (kind === "person" && open) lines.push(line("Close again", opening(id)));
  chosen.replaceChildren(...lines);
}

// The page's own address with one person more, or fewer, opened.
function opening(id) {
  const address = new URL(window.location.href);
  const open = new Set((address.searchParams.get("open") || "").split(",").filter(Boolean));
  if (!open.delete(id)) open.add(id);
  address.searchParams.set("open", [...open].sort().join(","));
  if (!open.size) address.searchParams.delete("open");
  return address.pathname + address.search;
}

function zoom(cy, factor) {
  const centre = { x: cy.width() / 2, y: cy.height() / 2 };
  cy.zoom({ level: cy.zoom() * factor, renderedPosition: centre });
}

function listen(cy) {
  document.getElementById("legend").addEventListener("change", () => filter(cy));
  document.getElementById("zoom-in").addEventListener("click", () => zoom(cy, 1.3));
  document.getElementById("zoom-out").addEventListener("click", () => zoom(cy, 1 / 1.3));
  document.getElementById("fit").addEventListener("click", () => cy.fit(cy.elements(":visible"), 24));
  cy.on("select", "node", (event) => describe(event.target));
  cy.on("unselect", "node", () => chosen.replaceChildren());
}

async function draw() {
  const answer = await fetch(place.dataset.source);
  if (!answer.ok) {
    place.replaceChildren(line("The picture could not be loaded. The tables below say the same."));
    return;
  }
  const { nodes, edges } = await answer.json();
  const elements = [...nodes, ...edges].map((data) => ({ data }));
  place.replaceChildren();
  const cy = window.cytoscape({
    container: place, elements, style: STYLE, minZoom: 0.1, maxZoom: 3,
    layout: { name: "preset" }, motionBlur: !calm, userZoomingEnabled: true,
  });
  layOut(cy);
  listen(cy);
  place.peiNetwork = cy;
  place.dataset.drawn = String(cy.nodes().length);
}

draw();
