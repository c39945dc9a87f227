//! Follow-ups as services: time rules, one open plan, done and open again, conflicts, scope, log, rollup, search.
