// Says that files are too large before they are sent: the server would say so only after it has heard them all.
(function () {
  "use strict";

  function look(event) {
    var field = event.target;
    var most = Number(field.getAttribute("data-most"));
    if (!most || !field.files) {
      return;
    }
    var sum = Array.from(field.files).reduce(function (bytes, file) {
      return bytes + file.size;
    }, 0);
    var place = document.getElementById(field.id + "_too_large");
    if (!place) {
      place = document.createElement("p");
      place.id = field.id + "_too_large";
      place.className = "error";
      place.setAttribute("role", "alert");
      field.before(place);
    }
    place.textContent = sum > most ? field.getAttribute("data-too-large") : "";
    if (sum > most) {
      field.value = "";
    }
  }

  document.addEventListener("change", look);
})();
