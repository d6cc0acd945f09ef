// Fetches what a signed-in person sees beyond the public page. Whoever is not signed in has no marker, and asks nothing.
(function () {
  "use strict";

  var place = document.getElementById("yours");

  function show(words) {
    place.innerHTML = words;
    place.hidden = !words;
  }

  function look() {
    if (("; " + document.cookie).indexOf("; hearthpress_signed_in=1") < 0) {
      show("");
      return;
    }
    fetch(place.getAttribute("data-from") + "?page=" + encodeURIComponent(location.pathname)).then(function (answer) {
      return answer.status === 200 ? answer.text() : "";
    }).then(show, function () {});
  }

  if (place && window.fetch) {
    look();
    // Going back may bring the page as it was before somebody signed out.
    window.addEventListener("pageshow", function (event) {
      if (event.persisted) {
        show("");
        look();
      }
    });
  }
})();
