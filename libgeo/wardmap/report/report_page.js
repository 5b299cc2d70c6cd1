// What the report's page can do beyond being read: a ward or a class shown in every map, chart and table at once, tables
// sorted and filtered, pictures and tables saved as shown. Without this script nothing is missing: it makes every control
// it needs.
// The address keeps the state: #SECTION&ward=CODE,CODE&sort=TABLE~COLUMN~down&find=TEXT
"use strict";
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const set = (element, attributes) => {
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };
  const make = (tag, attributes, ...children) => {
    const made = set(document.createElement(tag), attributes);
    made.append(...children);
    return made;
  };
  const order = new Intl.Collator("en-GB").compare;
  const fold = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/[\u2018\u2019]/g, "'").trim();

  // The page has each outline once. Its pictures get their own, so that a saved one is whole.
  for (const use of all("figure use")) {
    const path = document.getElementById(use.getAttribute("href").slice(1)).cloneNode();
    path.removeAttribute("id");
    for (const { name, value } of use.attributes) if (name !== "href") path.setAttribute(name, value);
    use.replaceWith(path);
  }

  const rows = all("tbody tr[data-code]");
  const pictures = all("figure svg").filter((svg) => svg.querySelector("[data-code]"));
  const drawn = (tag, attributes) => set(document.createElementNS(document.querySelector("svg").namespaceURI, tag), attributes);
  const tables = new Map(all("table[id]").map((table) => [table.id, { body: table.tBodies[0], heads: [...table.tHead.rows[0].cells] }]));
  const names = new Map(rows.map((row) => [row.dataset.code, row.cells[0].textContent]));
  const byCode = new Map(); // every mark and row of a code
  for (const one of [...rows, ...pictures.flatMap((svg) => all("[data-code]", svg))]) {
    byCode.set(one.dataset.code, [...(byCode.get(one.dataset.code) ?? []), one]);
  }
  const nameOf = (code) => names.get(code) ?? code;
  const listed = (codes) => [...codes].map(nameOf).sort(order).join(", ");
  const keyOf = (element) => element.closest("svg g[id$='-legend']");

  // A class of a key: the box with the fill that its areas have, and the words beside the box.
  const fillOf = (mark) => [...mark.children].findLast((shape) => shape.hasAttribute("fill"))?.getAttribute("fill");
  const classes = new Map(); // box: { codes, words }
  for (const key of pictures.flatMap((svg) => all("g[id$='-legend']", svg))) {
    const ofFill = new Map();
    for (const mark of all("[data-code]", key.ownerSVGElement)) {
      if (!keyOf(mark)) ofFill.set(fillOf(mark), [...(ofFill.get(fillOf(mark)) ?? []), mark.dataset.code]);
    }
    const boxes = all("rect", key).filter((box) => !box.closest("[data-code]") && ofFill.has(box.getAttribute("fill")));
    for (const box of boxes) {
      const at = box.getBoundingClientRect();
      const beside = (one, next) => next.top < at.bottom && next.bottom > at.top && next.right > at.left;
      const places = [...boxes, ...all("text", key)].map((one) => [one, one.getBoundingClientRect()]).filter(([one, next]) => one !== box && beside(one, next));
      const end = Math.min(...places.filter(([one, next]) => one.matches("rect") && next.left > at.left).map(([, next]) => next.left));
      const texts = places.filter(([one, next]) => one.matches("text") && next.left < end).sort(([, a], [, b]) => a.left - b.left);
      const codes = [...new Set(ofFill.get(box.getAttribute("fill")))];
      classes.set(box, { codes, words: `${texts.map(([one]) => one.textContent).join(": ")}. ${listed(codes)}` });
      box.classList.add("wm-class");
    }
  }
  const codesOf = (one) => classes.get(one)?.codes ?? (one ? [one.dataset.code] : []);

  const pins = new Set(); // codes
  let shown = null;       // the mark, row or class that is pointed at or has the focus
  let wanted = "";        // text of the filter
  let section = "";       // id the address leads to

  // ---- Words: one line at the foot of the page, seen and read out; Escape puts it away.

  const words = make("p", { role: "status", "aria-live": "polite" });
  const clear = make("button", { type: "button", class: "act" }, "Clear pins");
  const told = make("div", { class: "told" }, words, clear);
  const tell = (text) => {
    if (words.textContent !== text) words.textContent = text;
    clear.hidden = pins.size === 0;
    told.classList.toggle("empty", text === "");
  };

  // The same words near what they are about, in pictures. Above the point, with clear ground between: the pointer can reach them.
  const tip = make("div", { class: "tip", "aria-hidden": "true", hidden: "" }, make("p", {}));
  const showTip = (x, y) => {
    if (!shown?.ownerSVGElement) return;
    tip.hidden = false;
    tip.firstChild.textContent = words.textContent;
    const { clientWidth } = document.documentElement;
    tip.style.left = `${Math.max(0, Math.min(x - tip.offsetWidth / 2, clientWidth - tip.offsetWidth)) + scrollX}px`;
    tip.style.top = `${(y < tip.offsetHeight ? y + 1 : y - tip.offsetHeight) + scrollY}px`;
  };

  // What the table of the same topic says about a ward: its sentence, or its cells under their headings.
  const said = new Map();
  const sentence = (mark) => {
    if (classes.has(mark)) return classes.get(mark).words;
    if (said.has(mark)) return said.get(mark);
    const { code } = mark.dataset;
    let row = mark.closest("tr");
    for (let part = mark.closest("section"); part && !row; part = part.parentElement.closest("section")) {
      row = part.querySelector(`tbody tr[data-code="${CSS.escape(code)}"]`);
    }
    const heads = row && row.closest("table").tHead.rows[0].cells;
    const cells = row && [...row.cells].slice(1).map((cell, i) => `${heads[i + 1].textContent}: ${cell.textContent}`);
    said.set(mark, row ? row.dataset.spoken ?? `${nameOf(code)}. ${cells.join("; ")}` : nameOf(code));
    return said.get(mark);
  };

  // ---- Marks: what is shown or pinned gets an outline in every picture and a ground in every table.

  // Stands here and not in the page's style because it goes into saved pictures. Lengths are mm of the picture.
  // Areas that are not pinned grow pale, so their names turn dark.
  const markStyle = `
    .wm-over { pointer-events: none } .wm-over * { fill: none }
    .wm-case * { stroke: #fff; stroke-width: 2.2px } .wm-line * { stroke: #0b0c0c; stroke-width: 1.2px }
    .wm-case.wm-small * { stroke-width: 1.6px } .wm-line.wm-small * { stroke-width: .7px }
    .wm-case.wm-focus * { stroke: #fd0; stroke-width: 3px }
    .wm-some [data-code]:not(.wm-on) { opacity: .45 }
    .wm-some [id$='-labels'] text:not(.wm-own) { fill: #0b0c0c; stroke: #fff; stroke-width: .8px; paint-order: stroke }
    [data-code], .wm-class { cursor: pointer } [data-code]:focus-visible, .wm-class:focus-visible { outline: none }`;
  const isRow = (mark) => mark.querySelector("text") !== null;
  const isArea = (mark) => mark.id !== "";

  // An area's own shape, a ring about a marker, a box about a row of words. To measure is slow, so it is done once.
  const boxes = new Map();
  const outlines = (mark) => {
    if (isArea(mark)) return [...mark.children].map((shape) => shape.cloneNode());
    if (!boxes.has(mark)) boxes.set(mark, mark.getBBox());
    const { x, y, width, height } = boxes.get(mark);
    if (classes.has(mark)) return [drawn("rect", { x, y, width, height })];
    if (isRow(mark)) return [drawn("rect", { x: x - 1, y: y - 0.6, width: width + 2, height: height + 1.2 })];
    return [drawn("circle", { cx: x + width / 2, cy: y + height / 2, r: Math.max(width, height) / 2 + 1.2 })];
  };

  const overs = new Map(); // picture or key: the group of its outlines
  const overOf = (mark) => overs.get(keyOf(mark) ?? mark.ownerSVGElement);
  // Groups within a picture are moved: how a mark's own lengths lie among the outlines.
  const places = new Map();
  const placeOf = (mark) => {
    if (!places.has(mark)) {
      const { a, b, c, d, e, f } = overOf(mark).getScreenCTM().inverse().multiply(mark.getScreenCTM());
      places.set(mark, `matrix(${[a, b, c, d, e, f].map((one) => Number(one.toFixed(3)))})`);
    }
    return places.get(mark);
  };
  const lines = new Map(); // mark or class: its outlines
  const outline = (mark, on) => {
    for (const line of lines.get(mark) ?? []) line.remove();
    const kind = (isArea(mark) ? "" : " wm-small") + (mark === document.activeElement ? " wm-focus" : "");
    lines.set(mark, on ? ["wm-case", "wm-line"].map((part) => drawn("g", { class: part + kind, transform: placeOf(mark) })) : []);
    for (const line of lines.get(mark)) line.append(...outlines(mark));
    if (on) overOf(mark).append(...lines.get(mark));
  };
  // Only what has changed is drawn anew: a report has hundreds of marks.
  const draw = (code) => {
    const pinned = pins.has(code);
    const on = pinned || codesOf(shown).includes(code);
    for (const mark of byCode.get(code)) {
      if (mark.matches("tr")) {
        mark.classList.toggle("on", on);
        mark.classList.toggle("pinned", pinned);
        mark.querySelector(".pin").setAttribute("aria-pressed", pinned);
        continue;
      }
      mark.classList.toggle("wm-on", on);
      if (!keyOf(mark)) mark.setAttribute("aria-label", sentence(mark) + (pinned ? ". Pinned" : ""));
      outline(mark, on);
    }
  };
  // Names over a pinned area keep their colour: it was chosen for that ground.
  const keepNames = (mark, pinned) => {
    const svg = mark.closest("svg");
    for (const text of all("[id$='-labels'] text", svg)) {
      const own = mark.getScreenCTM().inverse().multiply(text.getScreenCTM());
      const inside = new DOMPoint(text.x.baseVal[0].value + 1, text.y.baseVal[0].value - 1).matrixTransform(own);
      if ([...mark.children].some((shape) => shape.isPointInFill(inside))) text.classList.toggle("wm-own", pinned);
    }
  };
  const drawPins = (codes) => {
    for (const code of codes) {
      draw(code);
      for (const mark of byCode.get(code).filter(isArea)) keepNames(mark, pins.has(code));
    }
    for (const svg of pictures) svg.classList.toggle("wm-some", pins.size > 0 && !svg.querySelector("[data-code] text")); // words stay readable
  };
  const arePinned = (one) => codesOf(one).every((code) => pins.has(code));
  const show = (one) => {
    const [before, codes] = [shown, new Set([...codesOf(shown), ...codesOf(one)])];
    shown = one;
    tip.hidden = true;
    for (const box of [before, one]) if (classes.has(box)) outline(box, box === one);
    for (const code of codes) draw(code);
    if (one) tell(sentence(one) + (arePinned(one) ? ". Pinned" : ""));
    else tell(pins.size ? `Pinned: ${listed(pins)}.` : "");
  };
  const pin = (one) => {
    const pinned = !arePinned(one);
    for (const code of codesOf(one)) if (pinned) pins.add(code); else pins.delete(code);
    show(one);
    drawPins(codesOf(one));
    tell(`${pinned ? "Pinned" : "No longer pinned"}. ${sentence(one)}`);
    remember();
  };
  const setPins = (codes) => {
    const before = [...pins];
    pins.clear();
    for (const code of codes) pins.add(code);
    show(null);
    drawPins([...before, ...codes]);
  };

  // ---- Tables: headings sort; the whole stays last; what has no number comes after what has one.

  const isNumbers = (head) => head.classList.contains("n");
  const numberIn = (text) => parseFloat(text.replace(/\u2212/g, "-").replace(/,/g, ""));
  const sort = ({ body, heads, by, written }) => {
    const text = (row) => row.cells[by.column].textContent;
    const way = by?.down ? -1 : 1;
    const compare = (a, b) => {
      if (!isNumbers(heads[by.column])) return way * order(text(a), text(b));
      const [x, y] = [numberIn(text(a)), numberIn(text(b))];
      return isNaN(x) || isNaN(y) ? isNaN(x) - isNaN(y) : way * (x - y);
    };
    const parts = written.filter((row) => row.className !== "whole");
    body.append(...(by ? parts.sort(compare) : parts), ...written.filter((row) => row.className === "whole"));
    heads.forEach((head, i) => head.setAttribute("aria-sort", by?.column !== i ? "none" : by.down ? "descending" : "ascending"));
  };
  // Largest or A first, then the other way, then as the report has it.
  const sortBy = (table, column) => {
    const head = table.heads[column];
    const first = isNumbers(head);
    if (table.by?.column !== column) table.by = { column, down: first };
    else table.by = table.by.down === first ? { column, down: !first } : undefined;
    sort(table);
    const ends = first ? ["smallest", "largest"] : ["A", "Z"];
    tell(table.by ? `Sorted by ${head.textContent}, ${ends[Number(table.by.down)]} first.` : "In the order of the report.");
    remember();
  };

  const filter = () => {
    const fits = (code) => fold(nameOf(code)).includes(fold(wanted));
    for (const row of rows) row.classList.toggle("out", !fits(row.dataset.code));
    const found = [...names.keys()].filter(fits);
    if (fold(wanted) === "") return "All rows are shown.";
    return found.length ? `${found.length} of ${names.size} shown in the tables: ${listed(found)}.` : `No name has \u201c${wanted}\u201d in it.`;
  };

  // ---- The address

  let waiting = 0;
  const remember = () => {
    clearTimeout(waiting); // browsers allow some hundred changes in half a minute
    waiting = setTimeout(() => {
      const parts = section ? [section] : [];
      if (pins.size) parts.push(`ward=${[...pins].map(encodeURIComponent)}`);
      for (const [id, { by }] of tables) if (by) parts.push(`sort=${encodeURIComponent(id)}~${by.column}~${by.down ? "down" : "up"}`);
      if (wanted) parts.push(`find=${encodeURIComponent(wanted)}`);
      history.replaceState(null, "", location.pathname + location.search + (parts.length ? `#${parts.join("&")}` : ""));
    }, 100);
  };
  const decoded = (text) => {
    try {
      return decodeURIComponent(text);
    } catch {
      return text; // an address cut short in a mail
    }
  };
  const recall = () => {
    const parts = location.hash.slice(1).split("&").map((part) => part.split("="));
    section = parts[0].length === 1 ? parts[0][0] : "";
    const states = parts.filter((part) => part.length > 1);
    if (states.length === 0) return remember(); // a link within the page: the state stays
    wanted = "";
    for (const table of tables.values()) table.by = undefined;
    const codes = [];
    for (const [key, value] of states) {
      const [id, column, way] = value.split("~").map(decoded);
      if (key === "ward") codes.push(...value.split(",").map(decoded));
      if (key === "find") wanted = decoded(value);
      if (key === "sort" && /^\d+$/.test(column) && tables.get(id)?.heads[column]) tables.get(id).by = { column: Number(column), down: way === "down" };
    }
    for (const table of tables.values()) sort(table);
    find.value = wanted;
    const found = filter();
    setPins(codes.filter((code) => byCode.has(code)));
    if (wanted) tell(found);
    const unknown = codes.filter((code) => !byCode.has(code));
    if (unknown.length) tell(`Not in this report: ${unknown.join(", ")}.`);
    if (section) document.getElementById(decoded(section))?.scrollIntoView();
  };

  // ---- Pictures saved as they are shown

  const svgText = (svg) => {
    const copy = svg.cloneNode(true);
    const { width, height } = svg.viewBox.baseVal; // mm
    set(copy, { width: `${width}mm`, height: `${height}mm`, role: "img" }).removeAttribute("style");
    for (const mark of all("[data-code], .wm-class", copy)) for (const name of ["tabindex", "role", "aria-label"]) mark.removeAttribute(name);
    const style = drawn("style", {});
    style.textContent = markStyle;
    copy.prepend(style);
    return new XMLSerializer().serializeToString(copy);
  };
  const save = (blob, name) => {
    const href = URL.createObjectURL(blob);
    make("a", { href, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(href), 10000);
  };
  const savePng = async (svg) => {
    const { width, height } = svg.viewBox.baseVal;
    const dots = 300 / 25.4; // a mm
    const image = new Image();
    image.src = `data:image/svg+xml,${encodeURIComponent(svgText(svg))}`;
    await image.decode();
    const canvas = make("canvas", { width: Math.round(width * dots), height: Math.round(height * dots) });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => save(blob, `${svg.id}.png`), "image/png");
  };
  // The rows that are shown, in their order. Numbers as spreadsheets read them; a mark of byte order tells Excel of UTF-8.
  const csvText = (table) => {
    const cell = (one) => {
      const text = one.classList.contains("n") ? one.textContent.replace(/,(?=\d{3})/g, "").replace(/\u2212/g, "-") : one.textContent;
      return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    };
    const kept = [...table.rows].filter((row) => !row.classList.contains("out"));
    return `\uFEFF${kept.map((row) => [...row.cells].map(cell).join(",")).join("\r\n")}\r\n`;
  };
  const copyAlt = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      tell("The alternative text is copied.");
    } catch {
      tell(`To copy by hand: ${text}`); // the browser keeps its clipboard from this page
    }
  };
  for (const caption of all("figcaption")) {
    const figure = caption.parentElement;
    const svg = figure.querySelector("svg");
    const table = document.getElementById(figure.dataset.table);
    const name = caption.querySelector("strong").textContent.replace(".", "");
    const offer = (words, act, more) => {
      const made = make("button", { type: "button", class: "act", "aria-label": `${words}: ${name}${more}` }, words);
      made.addEventListener("click", act);
      return made;
    };
    const offers = make("span", { class: "saves" },
      offer("Save SVG", () => save(new Blob([svgText(svg)], { type: "image/svg+xml" }), `${svg.id}.svg`), " as shown"),
      offer("Save PNG", () => savePng(svg).catch(() => tell("This browser cannot make the PNG: save the SVG.")), " as shown"));
    if (table) offers.append(offer("Save CSV", () => save(new Blob([csvText(table)], { type: "text/csv" }), `${table.id.replace("table-", "")}.csv`), ", its table"));
    if (figure.dataset.alt) offers.append(offer("Copy alt text", () => copyAlt(figure.dataset.alt), ""));
    caption.append(offers);
  }

  // ---- Pictures become lists to walk through: one stop for Tab, arrows from ward to ward by name

  document.head.append(make("style", {}, markStyle));
  for (const svg of pictures) {
    const marks = all("[data-code]", svg).filter((mark) => !keyOf(mark));
    for (const part of [svg, ...all("g[id$='-legend']", svg)]) overs.set(part, drawn("g", { class: "wm-over", "aria-hidden": "true" }));
    for (const [part, over] of overs) if (part !== svg && part.ownerSVGElement === svg) part.append(over);
    let ground = marks.at(-1).parentNode; // outlines lie over areas and borders, under names
    while (ground.nextElementSibling?.getAttribute("aria-hidden")) ground = ground.nextElementSibling;
    ground.after(overs.get(svg));
    svg.setAttribute("role", "graphics-document");
    // To a screen reader the other words were part of one picture; the caption and the table say them.
    for (const part of all("*", svg)) {
      const said = marks.includes(part.closest("[data-code]")) || part.closest("a, title, desc, .wm-class");
      if (!said && !part.querySelector("a, .wm-class") && !marks.some((mark) => part.contains(mark))) part.setAttribute("aria-hidden", "true");
    }
    marks.sort((a, b) => order(nameOf(a.dataset.code), nameOf(b.dataset.code)));
    const last = marks.length - 1;
    marks.push(...all(".wm-class", svg)); // after the wards, the classes of the key
    marks.forEach((mark, i) => {
      set(mark, { role: "graphics-symbol", tabindex: i === 0 ? "0" : "-1", "aria-label": sentence(mark) });
      mark.addEventListener("focus", () => marks.forEach((other) => other.setAttribute("tabindex", other === mark ? "0" : "-1")));
      mark.addEventListener("keydown", (event) => {
        const { key } = event;
        const to = { ArrowRight: i + 1, ArrowDown: i + 1, ArrowLeft: i - 1, ArrowUp: i - 1, Home: 0, End: last }[key];
        if (key === "Enter" || key === " ") pin(mark);
        else if (to === undefined) return;
        else marks[to]?.focus();
        event.preventDefault();
      });
    });
    svg.closest("[tabindex]").removeAttribute("tabindex"); // its marks take the focus, and scroll it
  }

  for (const row of rows) {
    const made = make("button", { type: "button", class: "pin", "aria-label": `Pin ${nameOf(row.dataset.code)}` });
    made.addEventListener("click", () => pin(row));
    row.cells[0].classList.add("held");
    row.cells[0].prepend(made);
  }
  for (const table of tables.values()) {
    table.written = [...table.body.rows];
    table.heads.forEach((head, column) => {
      const made = make("button", { type: "button" }, ...head.childNodes);
      made.addEventListener("click", () => sortBy(table, column));
      set(head, { "aria-sort": "none" }).append(made);
    });
  }
  const find = make("input", { type: "search", id: "find", autocomplete: "off" });
  if (rows.length) {
    const noun = rows[0].closest("table").tHead.rows[0].cells[0].textContent.toLowerCase();
    const label = make("label", { for: "find" }, `Filter tables by ${noun}`);
    document.querySelector("nav").prepend(make("div", { class: "find", role: "search" }, label, find));
    find.addEventListener("input", () => {
      wanted = find.value;
      tell(filter());
      remember();
    });
  }
  document.body.append(tip, told);
  const unpin = () => {
    setPins([]);
    remember();
  };
  clear.addEventListener("click", unpin);

  // ---- Pointer, focus, Escape

  // Names and circles lie over the areas: the area below is meant. A marker is small: near it is enough. In a key the
  // words beside a box count as the box.
  const markAt = ({ target, clientX: x, clientY: y }) => {
    if (tip.contains(target)) return shown;
    const row = target.closest("tr[data-code]");
    const svg = target.closest("svg");
    if (row || !overs.has(svg)) return row;
    const key = all("g[id$='-legend']", svg).find((one) => {
      const box = one.getBoundingClientRect();
      return x > box.left && x < box.right && y > box.top && y < box.bottom;
    });
    const box = all(".wm-class", key ?? tip).findLast((one) => {
      const { left, top, bottom } = one.getBoundingClientRect();
      return x >= left && y >= top - 1 && y <= bottom + 1;
    });
    if (box) return box;
    const below = document.elementsFromPoint(x, y).map((element) => element.closest("[data-code]")).find(Boolean);
    const near = (mark) => {
      const box = mark.getBoundingClientRect();
      return !isArea(mark) && x > box.left - 8 && x < box.right + 8 && y > box.top - 8 && y < box.bottom + 8;
    };
    return below ?? all("[data-code]", svg).find(near) ?? null;
  };
  let pointed = null;
  document.addEventListener("pointermove", (event) => {
    if (event.pointerType === "touch" || told.contains(event.target) || tip.contains(event.target)) return;
    const mark = markAt(event);
    if (mark === pointed) return;
    pointed = mark;
    show(mark);
    showTip(event.clientX, event.clientY);
  });
  document.addEventListener("click", (event) => {
    const mark = event.target.closest("a, button, input, label") ? null : markAt(event);
    if (!mark || !getSelection().isCollapsed) return;
    pointed = mark;
    pin(mark);
  });
  document.addEventListener("focusin", ({ target }) => {
    show(target.closest("[data-code], .wm-class"));
    const { left, top, width } = target.getBoundingClientRect();
    if (target.matches(":focus-visible")) showTip(left + width / 2, top);
  });
  document.addEventListener("keydown", ({ key, target }) => {
    if (key !== "Escape" || target === find) return;
    if (tip.hidden) unpin();
    tip.hidden = true;
  });
  addEventListener("hashchange", recall);
  for (const code of byCode.keys()) draw(code);
  show(null);
  recall();
})();
