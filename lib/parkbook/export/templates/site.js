// Search and filter on the landing page: what does not match is hidden, in the map and in the table alike.
(function () {
"use strict";
var form = document.querySelector(".filter");
if (!form) return;
var list = function (selector, within) { return Array.prototype.slice.call((within || document).querySelectorAll(selector)); };
var parks = list("[data-park]"), count = form.querySelector("output"), wanted = list("select", form), words = form.querySelector("input");
var total = list("tr[data-park]").length;
var even = function (text) { return (text.normalize ? text.normalize("NFKC") : text).toLowerCase(); };
var apply = function () {
  var parts = even(words.value).split(/\s+/).filter(Boolean), shown = 0;
  parks.forEach(function (park) {
    var name = even(park.getAttribute("data-park"));
    var fits = parts.every(function (part) { return name.indexOf(part) >= 0; }) && wanted.every(function (choice) {
      return !choice.value || park.getAttribute("data-" + choice.name) === choice.value;
    });
    park.hidden = !fits;
    if (fits && park.tagName === "TR") shown++;
  });
  list(".group").forEach(function (group) { group.hidden = !group.querySelector("[data-park]:not([hidden])"); });
  count.textContent = shown === total ? "共" + total + "个园区" : shown ? "显示" + shown + "个，共" + total + "个园区" : "没有符合条件的园区";
};
form.hidden = false;
form.addEventListener("submit", function (event) { event.preventDefault(); });
form.addEventListener("input", apply);
form.addEventListener("change", apply);
apply();
})();
