"use strict";
(() => {
  const data = JSON.parse(document.getElementById("concepts").textContent);
  const stage = document.getElementById("stage"), svg = stage.querySelector("svg");
  const panel = document.querySelector("aside"), body = document.getElementById("entry");
  const search = document.getElementById("search"), count = document.getElementById("count");
  const nodes = new Map([...svg.querySelectorAll(".node")].map(node => [node.dataset.id, node]));
  const links = [...svg.querySelectorAll(".link[data-from]")];
  const whole = svg.getAttribute("viewBox").split(" ").map(Number);
  let view = [...whole], chosen = null;

  const near = new Map([...nodes.keys()].map(id => [id, new Set([id])]));
  for (const link of links) {
    near.get(link.dataset.from).add(link.dataset.to);
    near.get(link.dataset.to).add(link.dataset.from);
  }

  const show = () => svg.setAttribute("viewBox", view.join(" "));
  const scale = () => Math.max(view[2] / stage.clientWidth, view[3] / stage.clientHeight);
  const at = event => {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    return [point.x, point.y];
  };
  const zoom = (factor, [x, y]) => {
    const width = Math.min(whole[2] * 3, Math.max(120, view[2] * factor)), by = width / view[2];
    view = [x - (x - view[0]) * by, y - (y - view[1]) * by, width, view[3] * by];
    show();
  };
  const middle = () => [view[0] + view[2] / 2, view[1] + view[3] / 2];

  const light = id => {
    svg.classList.toggle("away", id !== null);
    for (const [key, node] of nodes) node.classList.toggle("near", id !== null && near.get(id).has(key));
    for (const link of links) link.classList.toggle("near", id === link.dataset.from || id === link.dataset.to);
  };

  const made = (name, text, kind) => {
    const element = document.createElement(name);
    if (text) element.textContent = text;
    if (kind) element.className = kind;
    return element;
  };
  const quote = (parent, said) => {
    if (said.quote) parent.append(made("blockquote", said.quote));
    if (said.place) parent.append(made("p", said.place, "soft"));
  };
  const section = (title, rows, fill) => {
    if (!rows.length) return;
    body.append(made("h3", title));
    const list = body.appendChild(made("ul"));
    for (const row of rows) fill(list.appendChild(made("li")), row);
  };
  const open = id => {
    const concept = data[id];
    chosen = id;
    for (const [key, node] of nodes) node.classList.toggle("chosen", key === id);
    body.replaceChildren(made("h2", concept.name), made("p", concept.about, "soft"));
    section("terms", concept.terms, (row, term) => {
      row.append(made("span", term.text), made("span", "  " + term.about, "soft"));
    });
    section("definitions", concept.definitions, (row, one) => {
      row.append(made("p", one.text), made("p", one.source, "soft"));
    });
    for (const [title, rows] of concept.links) section(title, rows, (row, link) => {
      const to = row.appendChild(made("a", link.name));
      to.href = "#";
      to.addEventListener("click", event => { event.preventDefault(); go(link.to); });
      row.append(made("p", link.reason, "soft"));
      link.found.forEach(said => quote(row, said));
    });
    panel.hidden = false;
    panel.scrollTop = 0;
    light(id);
  };
  const close = () => {
    panel.hidden = true;
    chosen = null;
    for (const node of nodes.values()) node.classList.remove("chosen");
    light(null);
  };
  const go = id => {
    const box = nodes.get(id).getBBox(), place = nodes.get(id).getCTM(), own = svg.getCTM().inverse().multiply(place);
    const point = new DOMPoint(box.x + box.width / 2, box.y + box.height / 2).matrixTransform(own);
    view = [point.x - view[2] / 2, point.y - view[3] / 2, view[2], view[3]];
    show();
    open(id);
  };

  const matching = () => {
    const wanted = search.value.trim().toLowerCase();
    return wanted ? [...nodes.keys()].filter(id => data[id].search.includes(wanted)) : [];
  };
  search.addEventListener("input", () => {
    const found = new Set(matching());
    for (const [id, node] of nodes) node.classList.toggle("hit", found.has(id));
    count.textContent = search.value.trim() ? String(found.size) : "";
  });
  search.addEventListener("keydown", event => {
    const found = event.key === "Enter" ? matching() : [];
    if (found.length) go(found[(found.indexOf(chosen) + 1) % found.length]);
  });

  for (const [id, node] of nodes) {
    node.setAttribute("tabindex", "0");
    node.setAttribute("role", "button");
    node.addEventListener("pointerenter", () => light(id));
    node.addEventListener("pointerleave", () => light(chosen));
    node.addEventListener("focus", () => light(id));
    node.addEventListener("keydown", event => { if (event.key === "Enter") open(id); });
  }

  let held = null;
  stage.addEventListener("pointerdown", event => {
    held = { x: event.clientX, y: event.clientY, view: [...view], moved: false, id: event.target.closest(".node")?.dataset.id };
    stage.setPointerCapture(event.pointerId);
  });
  stage.addEventListener("pointermove", event => {
    if (!held) return;
    const dx = event.clientX - held.x, dy = event.clientY - held.y;
    held.moved ||= Math.hypot(dx, dy) > 4;
    if (!held.moved) return;
    stage.classList.add("held");
    view = [held.view[0] - dx * scale(), held.view[1] - dy * scale(), held.view[2], held.view[3]];
    show();
  });
  stage.addEventListener("pointerup", () => {
    if (held && !held.moved) held.id === undefined ? close() : open(held.id);
    held = null;
    stage.classList.remove("held");
  });
  stage.addEventListener("wheel", event => {
    event.preventDefault();
    zoom(Math.exp(Math.sign(event.deltaY) * Math.min(60, Math.abs(event.deltaY)) / 400), at(event));
  }, { passive: false });
  document.getElementById("in").addEventListener("click", () => zoom(0.8, middle()));
  document.getElementById("out").addEventListener("click", () => zoom(1.25, middle()));
  document.getElementById("all").addEventListener("click", () => { view = [...whole]; show(); });
  panel.querySelector(".close").addEventListener("click", close);
  document.addEventListener("keydown", event => { if (event.key === "Escape") close(); });
})();
