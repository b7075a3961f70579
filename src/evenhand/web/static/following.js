// Follows work that takes long: without it, the link on the page does the same by hand.
const work = document.getElementById("work");
const bar = document.getElementById("far");
const stage = document.getElementById("stage");
const EVERY = 1000; // milliseconds

function tell({ stage: words, files, of, rows }) {
  if (files) {
    bar.max = of;
    bar.value = files;
  } else {
    bar.removeAttribute("value");
  }
  const counted = rows ? `: ${rows.toLocaleString("en-GB")} rows` : "";
  const whole = rows && of > 1 ? `, ${files} of ${of} files` : "";
  const said = `${words}${counted}${whole}.`;
  if (stage.textContent !== said) {
    stage.textContent = said;
  }
}

async function follow() {
  try {
    const answer = await fetch(work.dataset.address, { headers: { Accept: "application/json" } });
    const state = answer.ok ? await answer.json() : { at_work: false };
    if (!state.at_work) {
      window.location.reload();
      return;
    }
    tell(state);
  } catch {
    stage.textContent = "The register does not answer just now; asking again.";
  }
  window.setTimeout(follow, EVERY);
}

if (work) {
  follow();
}
