"""Prints what statsmodels makes of a small made-up cohort; its output stands in survival.json.

Run: ``python tests/reference/survival_statsmodels.py``. The cohort is a formula, so that nothing
but this file is needed to check the numbers: person i of 90 is seen from month i mod 7 until
``1 + (i·i mod 23)`` months later, has the event unless i is a multiple of 3, is in group i mod 2,
stratum (i // 2) mod 3, and has a length-of-service score (i·5 mod 11).
"""

from __future__ import annotations

import json


def cohort() -> dict[str, list[int]]:
    """The made-up cohort, one entry per person in each column."""
    people = range(90)
    entry = [i % 7 for i in people]
    return {
        "entry": entry,
        "leaving": [start + 1 + (i * i) % 23 for i, start in zip(people, entry, strict=True)],
        "event": [int(i % 3 > 0) for i in people],
        "group": [i % 2 for i in people],
        "stratum": [(i // 2) % 3 for i in people],
        "score": [(i * 5) % 11 for i in people],
    }


def main() -> None:
    import numpy as np
    import statsmodels
    from statsmodels.duration.hazard_regression import PHReg
    from statsmodels.duration.survfunc import SurvfuncRight, survdiff

    columns = {name: np.array(column) for name, column in cohort().items()}
    entry, leaving, event = columns["entry"], columns["leaving"], columns["event"]
    group, stratum = columns["group"], columns["stratum"]
    curve = SurvfuncRight(leaving, event, entry=entry)
    lengths = leaving - entry
    covariates = np.column_stack([group, columns["score"]])
    found: dict[str, object] = {
        "version": statsmodels.__version__,
        "delayed_entry_months": curve.surv_times.tolist(),
        "delayed_entry_survival": curve.surv_prob.tolist(),
        "delayed_entry_at_risk": curve.n_risk.tolist(),
        "log_rank": list(map(float, survdiff(lengths, event, group))),
        "log_rank_stratified": list(map(float, survdiff(lengths, event, group, strata=stratum))),
        "log_rank_three": list(map(float, survdiff(lengths, event, stratum))),
    }
    # PHReg counts someone who enters in a month as at risk in that same month, SurvfuncRight
    # (and R) from the next; half a month later makes the two agree.
    later = entry + 0.5
    for ties in ("efron", "breslow"):
        fit = PHReg(leaving, covariates, status=event, entry=later, strata=stratum, ties=ties).fit(
            disp=False
        )
        found[f"cox_{ties}"] = {
            "coefficient": fit.params.tolist(),
            "error": fit.bse.tolist(),
            "log_likelihood": float(fit.llf),
        }
        plain = PHReg(lengths, covariates, status=event, ties=ties).fit(disp=False)
        found[f"cox_plain_{ties}"] = {
            "coefficient": plain.params.tolist(),
            "error": plain.bse.tolist(),
            "log_likelihood": float(plain.llf),
        }
    print(json.dumps(found, indent=1))  # noqa: T201


if __name__ == "__main__":
    main()
