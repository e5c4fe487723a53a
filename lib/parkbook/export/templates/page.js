// What a page can do beyond being read: light and dark, the section one is in, tables in another order.
// Everything is there without this script; it adds the buttons it needs. Written for the old browsers of offices too.
(function () {
"use strict";
var root = document.documentElement;
var all = function (selector, within) { return Array.prototype.slice.call((within || document).querySelectorAll(selector)); };
var make = function (tag, name, text) {
  var made = document.createElement(tag);
  if (name) made.className = name;
  if (text) made.textContent = text;
  return made;
};
root.classList.add("js");

// Light and dark: the system's wish, until the reader says otherwise; nothing is stored.
(function () {
  var rules = [];
  all("style").forEach(function (style) {
    Array.prototype.forEach.call(style.sheet ? style.sheet.cssRules : [], function (rule) {
      if (rule.media && /prefers-color-scheme/.test(rule.media.mediaText)) rules.push(rule);
    });
  });
  if (!rules.length || !window.matchMedia) return;
  var system = matchMedia("(prefers-color-scheme:dark)"), chosen = null;
  var button = make("button", "theme");
  button.type = "button";
  var show = function () {
    var dark = chosen === null ? system.matches : chosen;
    button.textContent = dark ? "浅色显示" : "深色显示";
    if (chosen === null) return;
    rules.forEach(function (rule) { rule.media.mediaText = dark ? "screen" : "not all"; });
    var scheme = document.querySelector("meta[name=color-scheme]");
    if (scheme) scheme.content = dark ? "dark" : "light";
  };
  button.addEventListener("click", function () { chosen = !(chosen === null ? system.matches : chosen); show(); });
  if (system.addEventListener) system.addEventListener("change", show);
  show();
  var bar = document.querySelector("main");
  bar.insertBefore(button, bar.firstChild);
})();

// The contents list marks the section at the top of the window; on a phone it folds up again after use.
(function () {
  var links = all(".contents a"), folded = document.querySelector("details.contents"), waiting = false;
  var places = links.map(function (link) { return document.getElementById(link.hash.slice(1)); });
  if (!links.length) return;
  var mark = function () {
    waiting = false;
    var current = "";
    places.forEach(function (place) { if (place && place.getBoundingClientRect().top < 140) current = place.id; });
    links.forEach(function (link) {
      if (link.hash.slice(1) !== current) { link.removeAttribute("aria-current"); return; }
      if (link.getAttribute("aria-current")) return;
      link.setAttribute("aria-current", "true");
      var list = link.closest(".wide");
      if (list && list.clientHeight) {
        var top = link.offsetTop - list.offsetTop;
        if (top < list.scrollTop + 40 || top > list.scrollTop + list.clientHeight - 60) list.scrollTop = top - list.clientHeight / 2;
      }
    });
  };
  window.addEventListener("scroll", function () { if (!waiting) { waiting = true; requestAnimationFrame(mark); } }, { passive: true });
  requestAnimationFrame(mark);
  if (folded) folded.addEventListener("click", function (event) { if (event.target.closest("a")) folded.open = false; });
})();

// A table that has room needs no window of its own: its header then stays at the top of the page.
(function () {
  var windows = all(".scroll");
  var fit = function () {
    windows.forEach(function (box) { box.classList.remove("fits"); });
    var fitting = windows.filter(function (box) { return box.scrollWidth <= box.clientWidth; });
    fitting.forEach(function (box) { box.classList.add("fits"); });
  };
  if (!windows.length) return;
  window.addEventListener("resize", fit);
  requestAnimationFrame(fit);
})();

// A browser without popovers has numbered notes at the end: a figure leads there.
if (!("popover" in HTMLElement.prototype)) {
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[popovertarget]");
    if (button) location.hash = button.getAttribute("popovertarget");
  });
}

// Tables: like units are put together and compared in one scale; what is no number stands last; totals stay in their place.
var SCALE = { "千": 1e3, "万": 1e4, "亿": 1e8, "万亿": 1e12 };
var NUMBER = /^([约近超逾第推预调差快慢高低]*)([▲▼+\-−]?)(\d[\d,]*(?:\.\d+)?)(?:[—–~～-]\d[\d.,]*)?(万亿|[千万亿])?([^\s▲▼（(]*)/;
var LOOSE = /(以上|以下|左右|余)$/;
var BELOW = /[▼\-−差慢低]/;
var TOTAL = /^(合计|总计|小计|全部|全市|全省|全国|全区|平均)/;
var PART = /^(其中|[　#└]|\s{2})/;
var collator = window.Intl && Intl.Collator ? new Intl.Collator("zh-CN", { numeric: true }) : null;
var words = function (row, column) { return row.cells[column] ? row.cells[column].textContent : ""; };
var reading = function (text) {
  text = text.trim();
  if (/^推?持平/.test(text)) return { value: 0, unit: null, text: text };
  var found = /^\d{4}年/.test(text) ? null : NUMBER.exec(text);
  if (!found) return { value: null, text: /^(|[—–\-…*×]+|未.*|缺.*|不详|原文.*|不可比)$/.test(text) ? "" : text };
  var value = +found[3].replace(/,/g, "") * (SCALE[found[4]] || 1);
  return { value: BELOW.test(found[1] + found[2]) ? -value : value, unit: found[5].replace(LOOSE, ""), text: text };
};
var compared = function (groups, column, falling) {
  var units = [], read = groups.map(function (group) { return reading(words(group[0], column)); });
  var said = read.filter(function (one) { return one.text; });
  var numeric = said.filter(function (one) { return one.value !== null; }).length * 2 >= said.length;
  read.forEach(function (one) { if (one.value !== null && one.unit !== null && units.indexOf(one.unit) < 0) units.push(one.unit); });
  var place = function (one) { return numeric ? (one.value === null ? 1e6 : Math.max(0, units.indexOf(one.unit))) : (one.text ? 0 : 1); };
  var order = groups.map(function (group, at) { return at; });
  order.sort(function (a, b) {
    var x = read[a], y = read[b], apart = place(x) - place(y), step;
    if (apart) return apart;
    if (numeric && x.value !== null) step = x.value - y.value;
    else step = collator ? collator.compare(x.text, y.text) : x.text < y.text ? -1 : x.text > y.text ? 1 : 0;
    return (falling ? -step : step) || a - b;
  });
  return { order: order.map(function (at) { return groups[at]; }), numeric: numeric };
};
var sorted = function (rows, column, falling) {
  var groups = [], slots = [];
  rows.forEach(function (row) {
    var name = words(row, 0);
    if (TOTAL.test(name.trim())) slots.push([row]);
    else if (PART.test(name) && groups.length) groups[groups.length - 1].push(row);
    else { groups.push([row]); slots.push(null); }
  });
  var order = compared(groups, column, falling).order, next = 0;
  return [].concat.apply([], slots.map(function (slot) { return slot || order[next++]; }));
};
all("table").forEach(function (table) {
  var body = table.tBodies[0], rows = body ? all("tr", body) : [];
  if (!table.tHead || rows.length < 3) return;
  var taken = {}, heads = [];
  Array.prototype.forEach.call(table.tHead.rows, function (line, level) {
    var column = 0;
    Array.prototype.forEach.call(line.cells, function (cell) {
      while (taken[level + "," + column]) column++;
      for (var across = 0; across < cell.colSpan; across++)
        for (var down = 0; down < cell.rowSpan; down++) taken[level + down + "," + (column + across)] = true;
      if (cell.scope === "col" && !cell.classList.contains("upright") && !cell.hasAttribute("data-unsorted")) heads.push({ cell: cell, column: column });
      column += cell.colSpan;
    });
  });
  heads.forEach(function (head) {
    var label = head.cell.textContent.trim();
    if (!label) return;
    var button = make("button", "sort", label);
    button.type = "button";
    button.title = "按“" + label + "”排序";
    head.cell.textContent = "";
    head.cell.appendChild(button);
    button.addEventListener("click", function () {
      var was = head.cell.getAttribute("aria-sort");
      var first = compared(rows.map(function (row) { return [row]; }), head.column, true).numeric ? "descending" : "ascending";
      var then = first === "descending" ? "ascending" : "descending";
      var now = !was ? first : was === first ? then : "";
      heads.forEach(function (other) { other.cell.removeAttribute("aria-sort"); });
      if (now) head.cell.setAttribute("aria-sort", now);
      var order = now ? sorted(rows, head.column, now === "descending") : rows;
      order.forEach(function (row) { body.appendChild(row); });
    });
  });
});
})();
