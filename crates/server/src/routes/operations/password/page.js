"use strict";
// The code stands behind # in the link: no request carries it. It goes away once it was used.
const byId = (id) => document.getElementById(id);
const form = byId("form");
const input = byId("new");
const token = decodeURIComponentOrNothing(location.hash.slice(1));

function decodeURIComponentOrNothing(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}

function tell(text) {
  const said = byId("said");
  said.textContent = text;
  said.hidden = !text;
  input.setAttribute("aria-invalid", String(Boolean(text)));
  if (text) input.focus();
}

async function set() {
  const answer = await fetch("v1/auth/reset", {
    method: "POST",
    headers: { "Content-Type": "application/json", "Accept-Language": document.documentElement.lang },
    body: JSON.stringify({ token, new_password: input.value }),
    credentials: "omit",
    redirect: "error",
  });
  if (answer.ok) {
    input.value = "";
    history.replaceState(null, "", location.pathname + location.search);
    form.hidden = true;
    byId("done").hidden = false;
    byId("done").focus();
    return;
  }
  const problem = await answer.json();
  const field = (problem.errors || []).find((error) => error.field === "new_password");
  tell((field && field.message) || problem.detail || form.dataset.failed);
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = byId("set");
  if (button.getAttribute("aria-disabled") === "true") return;
  button.setAttribute("aria-disabled", "true");
  tell("");
  try {
    await set();
  } catch {
    tell(form.dataset.failed);
  }
  button.removeAttribute("aria-disabled");
});

byId("show").addEventListener("change", (event) => {
  input.type = event.target.checked ? "text" : "password";
});

// The other language keeps the code.
byId("other").addEventListener("click", (event) => {
  event.target.href += location.hash;
});

form.hidden = !token;
byId("without").hidden = Boolean(token);
if (token) input.focus();
